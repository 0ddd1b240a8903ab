"""Files for a panel plan: candidates, interviewers, and who must not meet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hiring.commands.sheet_file import Sheet, clean, is_blank, quoted, read_sheet
from hiring.errors import Refused
from hiring.planning.panel import PanelCandidate, PanelInterviewer

NUMBER = re.compile(r"\d{1,5}", re.ASCII)
MOST = 2000


def read_candidates(source: str) -> tuple[PanelCandidate, ...]:
    """So many candidates, or those of a file ``candidate[,languages,days]``.

    Raises Refused, with every offending line on standard error.
    """
    if NUMBER.fullmatch(source):
        return tuple(PanelCandidate(f"Candidate {n}") for n in range(1, _number(source, "candidates") + 1))
    sheet = _named(source, "candidate", ("languages", "days"))
    lists = (_listed(sheet, "languages"), _listed(sheet, "days"))
    return tuple(map(PanelCandidate, _names(sheet, "candidate"), *lists))


def read_interviewers(source: str, most: int | None = None) -> tuple[PanelInterviewer, ...]:
    """So many interviewers, or those of a file ``interviewer[,max_load,languages,days,skills]``.

    ``most`` is the greatest load of all who have none of their own. Raises Refused as above.
    """
    if NUMBER.fullmatch(source):
        return tuple(
            PanelInterviewer(f"Interviewer {n}", most) for n in range(1, _number(source, "interviewers") + 1)
        )
    sheet = _named(source, "interviewer", ("max_load", "languages", "days", "skills"))
    sheet.check("max_load", _flaw_of_load)
    sheet.refuse_if_wrong()
    loads = [int(cell) if not is_blank(cell) else most for cell in _column(sheet, "max_load")]
    lists = (_listed(sheet, each) for each in ("languages", "days", "skills"))
    return tuple(map(PanelInterviewer, _names(sheet, "interviewer"), loads, *lists))


def read_conflicts(source: str | None) -> frozenset[tuple[str, str]]:
    """The pairs of a file ``candidate,interviewer``; names that nobody has do no harm."""
    if source is None:
        return frozenset()
    sheet = read_sheet(source, ("candidate", "interviewer"), ("reason",))
    sheet.check_names("candidate", "interviewer")
    sheet.refuse_if_wrong()
    return frozenset(zip(_names(sheet, "candidate"), _names(sheet, "interviewer"), strict=True))


def _named(source: str, column: str, optional: Sequence[str]) -> Sheet:
    """The sheet, once everybody in it has a name of their own."""
    sheet = read_sheet(source, (column,), optional)
    sheet.check_names(column)
    seen: set[str] = set()
    for line, name in zip(sheet.lines, _names(sheet, column), strict=False):
        if name in seen and name:
            sheet.add(line, f"{quoted(name)} stands there already")
        seen.add(name)
    sheet.refuse_if_wrong()
    if not seen:
        raise Refused(f"There is no {column} in {sheet.name}.")
    return sheet


def _names(sheet: Sheet, column: str) -> list[str]:
    return [clean(cell) for cell in sheet.columns.get(column, ())]


def _column(sheet: Sheet, column: str) -> Sequence[str]:
    return sheet.columns.get(column, [""] * len(sheet.lines))


def _listed(sheet: Sheet, column: str) -> list[frozenset[str]]:
    return [frozenset(cell.casefold().split()) for cell in _column(sheet, column)]


def _flaw_of_load(cell: str) -> str | None:
    if is_blank(cell) or NUMBER.fullmatch(cell.strip()):
        return None
    return f"{quoted(cell)} is no whole number of candidates"


def _number(source: str, whom: str) -> int:
    if not 1 <= int(source) <= MOST:
        raise Refused(f"Choose 1 to {MOST:,} {whom}.")
    return int(source)

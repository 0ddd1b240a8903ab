"""A file of selections by group: ``group,applicants,selected``, and ``example`` where it holds several comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from hiring.assessment.selection import Group
from hiring.commands.sheet_file import Sheet, clean, is_blank, quoted, read_sheet

COLUMNS = ("group", "applicants", "selected")
EXAMPLE = "example"
COUNT = re.compile(r"\d{1,9}", re.ASCII)


def read_groups(source: str) -> dict[str, tuple[Group, ...]]:
    """The groups of each example, in the order of the file; the example has no name where the file names none.

    Raises Refused, with every offending line on standard error.
    """
    sheet = read_sheet(source, COLUMNS, (EXAMPLE,))
    sheet.check_names("group")
    sheet.check("applicants", partial(_flaw, "applicants"))
    sheet.check("selected", partial(_flaw, "people selected"))
    found: dict[str, dict[str, Group]] = {}
    for line, example, group in _groups(sheet):
        _add(sheet, line, group, found.setdefault(example, {}))
    sheet.refuse_if_wrong()
    return {example: tuple(groups.values()) for example, groups in found.items()}


def _groups(sheet: Sheet) -> Iterator[tuple[int, str, Group]]:
    """Each row in which nothing is wrong so far, with its line and its example."""
    examples = sheet.columns.get(EXAMPLE, [""] * len(sheet.lines))
    if set(COLUMNS) - set(sheet.columns):
        return
    columns = (sheet.columns[column] for column in COLUMNS)
    for line, example, name, applicants, selected in zip(sheet.lines, examples, *columns, strict=True):
        if line not in sheet.problems:
            yield line, clean(example), Group(clean(name), int(applicants), int(selected))


def _flaw(whom: str, cell: str) -> str | None:
    """Why a cell is no count of people."""
    if is_blank(cell):
        return f"the number of {whom} is blank"
    if not COUNT.fullmatch(cell.strip()):
        return f"{quoted(cell)} is no whole number of {whom} from 0 to 999,999,999"
    return None


def _add(sheet: Sheet, line: int, group: Group, known: dict[str, Group]) -> None:
    if group.name in known:
        sheet.add(line, f"the group {quoted(group.name)} stands there already")
    if group.selected > group.applicants:
        sheet.add(line, f"{group.selected} are selected of {group.applicants} applicants")
    known.setdefault(group.name, group)

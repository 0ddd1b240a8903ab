"""A file of ratings in long form: ``candidate,interviewer,item,score``, one score for each row."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from hiring.assessment.ratings import Positions, Ratings
from hiring.commands.sheet_file import Sheet, clean, is_blank, quoted, read_sheet

NAMES = ("candidate", "interviewer", "item")
COLUMNS = (*NAMES, "score")
LARGEST_SCORE = 1e9
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
NO_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)

Scale = tuple[float, float]
Column = tuple[tuple[str, ...], Positions]  # Names, and which of them each row has.


def read_ratings(source: str, scale: Scale | None = None) -> Ratings:
    """The ratings in a file, or on standard input where the source is ``-``.

    Names are compared without space around them. Raises Refused, with every offending line on standard error.
    """
    sheet = read_sheet(source, COLUMNS)
    sheet.check_names(*NAMES)
    sheet.check("score", lambda cell: _flaw(cell, scale))
    candidates, interviewers, items = columns = [_positions(sheet, column) for column in NAMES]
    _note_repeats(sheet, columns)
    sheet.refuse_if_wrong()
    scores = np.array([float(cell) for cell in sheet.columns["score"]], dtype=np.float64)
    names = candidates[0], interviewers[0], items[0]
    return Ratings(*names, candidates[1], interviewers[1], items[1], scores)


def _flaw(cell: str, scale: Scale | None) -> str | None:
    """Why a cell is no score."""
    written = cell.strip()
    if is_blank(cell):
        return "the score is blank"
    if DECIMAL_COMMA.fullmatch(written):
        return f"the score {written} has a decimal comma; write {written.replace(',', '.')}"
    if NO_NUMBER.fullmatch(written):
        return f"the score {written} is not a finite number"
    if not NUMBER.fullmatch(written):
        return f"the score {quoted(cell)} is not a number"
    return _misplaced(float(written), written, scale)


def _misplaced(score: float, written: str, scale: Scale | None) -> str | None:
    if scale and not scale[0] <= score <= scale[1]:
        return f"the score {quoted(written)} is off the scale from {scale[0]:g} to {scale[1]:g}"
    if not math.isfinite(score) or abs(score) > LARGEST_SCORE:
        return f"the score {quoted(written)} is too large to be a rating"
    return None


def _positions(sheet: Sheet, column: str) -> Column:
    """The different names of a column in the order of their first row, and each row's position among them."""
    cells = sheet.columns.get(column, ())
    known: dict[str, int] = {}
    position = {cell: known.setdefault(clean(cell), len(known)) for cell in dict.fromkeys(cells)}
    return tuple(known), np.fromiter(map(position.__getitem__, cells), dtype=np.intp, count=len(cells))


def _note_repeats(sheet: Sheet, columns: Sequence[Column]) -> None:
    """Notes each row that rates what another row has rated."""
    if set(COLUMNS) - set(sheet.columns):
        return
    triples = list(zip(*(positions.tolist() for _, positions in columns), strict=True))
    if len(set(triples)) == len(triples):
        return
    first: dict[tuple[int, ...], int] = {}
    for line, triple in zip(sheet.lines, triples, strict=True):
        rated = [names[place] for (names, _), place in zip(columns, triple, strict=True)]
        if first.setdefault(triple, line) != line and not any(map(is_blank, rated)):
            sheet.add(line, f"this rating of {quoted(rated[0])} stands in line {first[triple]} already")

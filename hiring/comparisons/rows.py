"""Which of the compared candidates a list shows: by name, by what deserves a look, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from hiring.assessment.cut import CutStanding
from hiring.comparisons.document import ComparedCandidate
from hiring.models import CLOSED_STATUSES, ApplicationStatus

PAGE = 100


class Show(StrEnum):
    """What deserves a look."""

    ALL = "all"
    IN_PROGRESS = "in_progress"
    DISPUTED = "disputed"
    BELOW_FLOOR = "below_floor"
    BORDERLINE = "borderline"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Listed:
    """One page of the rows that were asked for; ``found`` counts them on all pages."""

    rows: tuple[ComparedCandidate, ...]
    found: int
    page: int
    pages: int

    @property
    def by_band(self) -> tuple[tuple[ComparedCandidate, ...], ...]:
        """The rows of this page in runs of one group and band."""
        return tuple(tuple(rows) for _, rows in groupby(self.rows, lambda row: (row.group, row.band)))


def listed(rows: Sequence[ComparedCandidate], show: Show, name: str, page: int) -> Listed:
    """The rows that fit, ``PAGE`` at a time; a page beyond the last is the last."""
    wanted = [row for row in rows if SHOWN[show](row) and name.casefold() in row.name.casefold()]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(max(page, 1), pages)
    return Listed(tuple(wanted[(page - 1) * PAGE : page * PAGE]), len(wanted), page, pages)


def _is_in_progress(row: ComparedCandidate) -> bool:
    return row.status not in (*CLOSED_STATUSES, ApplicationStatus.HIRED)


SHOWN: dict[Show, Callable[[ComparedCandidate], bool]] = {
    Show.ALL: lambda row: True,
    Show.IN_PROGRESS: _is_in_progress,
    Show.DISPUTED: lambda row: row.is_disputed,
    Show.BELOW_FLOOR: lambda row: row.is_below_floor,
    Show.BORDERLINE: lambda row: row.to_cut is CutStanding.BORDERLINE,
    Show.INCOMPLETE: lambda row: bool(row.missing) or row.has_gaps,
}

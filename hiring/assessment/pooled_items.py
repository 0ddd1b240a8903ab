"""Questions over several groups of candidates who were asked different ones: how each does, and goes with the rest.

Within one group that answered the same questions, the correlation is the corrected item-total correlation of
``items`` (Nunnally & Bernstein 1994, Psychometric Theory, chapter 8). Where groups were asked different
questions there is no common total; the total is then the mean of the candidate's other questions, and both
sides are taken from the mean of the group, so that strong and weak groups do not pass for discrimination.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hiring.assessment.estimates import Figure, Lack, NotEnough
from hiring.assessment.items import FLAGGED_FROM, ItemFlag, correlation, item_flags
from hiring.assessment.ratings import Numbers, Positions, Ratings


@dataclass(frozen=True)
class PooledItem:
    """One item, by its position. ``n`` counts candidates with a score on it.

    ``mean`` and ``sd`` are those of the candidates' averages, in scale points (sd is None for one candidate);
    ``floor`` and ``ceiling`` the shares of single scores at the ends of the scale; ``corrected_r`` the
    correlation with the mean of the candidate's other items, within groups; its n counts the candidates who
    have others, in groups with two or more of them.
    """

    item: int
    n: int
    mean: float
    sd: float | None
    corrected_r: Figure
    floor: float
    ceiling: float
    flags: tuple[ItemFlag, ...]


def pooled_items(ratings: Ratings, group: Positions, scale: tuple[float, float]) -> tuple[PooledItem, ...]:
    """Every item's figures; ``group`` holds the group of each candidate, ``scale`` the ends of the scale."""
    cells = _Cells.of(ratings)
    return tuple(_figures(ratings, cells, group, item, scale) for item in range(len(ratings.items)))


@dataclass(frozen=True, eq=False)
class _Cells:
    """One row for each candidate and item: the mean over interviewers, and the mean of the other items."""

    candidate: Positions
    item: Positions
    value: Numbers
    rest: Numbers  # NaN where the candidate has no other item.

    @classmethod
    def of(cls, ratings: Ratings) -> _Cells:
        width = max(len(ratings.items), 1)
        kept, row = np.unique(ratings.candidate * width + ratings.item, return_inverse=True)
        value = np.bincount(row, ratings.score, len(kept)) / np.bincount(row, minlength=len(kept))
        candidate, item = np.divmod(kept, width)
        others = np.bincount(candidate)[candidate] - 1
        left = np.bincount(candidate, value)[candidate] - value
        rest = np.divide(left, others, out=np.full(len(kept), np.nan), where=others > 0)
        return cls(candidate, item, value, rest)


def _figures(
    ratings: Ratings, cells: _Cells, group: Positions, item: int, scale: tuple[float, float]
) -> PooledItem:
    rows = np.flatnonzero(cells.item == item)
    value = cells.value[rows]
    scores = ratings.score[ratings.item == item]
    floor, ceiling = (float((scores == end).mean()) for end in scale)
    corrected = _corrected(value, cells.rest[rows], group[cells.candidate[rows]])
    return PooledItem(
        item=item,
        n=len(rows),
        mean=float(value.mean()),
        sd=float(value.std(ddof=1)) if len(rows) > 1 else None,
        corrected_r=corrected,
        floor=floor,
        ceiling=ceiling,
        flags=item_flags(corrected, floor, ceiling, len(rows)),
    )


def _corrected(value: Numbers, rest: Numbers, group: Positions) -> Figure:
    """The correlation within groups. Not enough: fewer than thirty candidates, or no differences."""
    known = ~np.isnan(rest)
    value, rest, group = value[known], rest[known], group[known]
    size = np.bincount(group)[group] if len(group) else group
    value, rest, group = value[size > 1], rest[size > 1], group[size > 1]
    if len(value) < FLAGGED_FROM:
        return NotEnough(len(value), FLAGGED_FROM, Lack.TOO_FEW_CANDIDATES)
    return correlation(_within(value, group), _within(rest, group))


def _within(value: Numbers, group: Positions) -> Numbers:
    """The distance of each value from the mean of its group; rounding does not pass for a difference."""
    mean = np.bincount(group, value) / np.maximum(np.bincount(group), 1)
    return np.asarray(np.round(value - mean[group], 12), dtype=np.float64)

"""Questions or skills as a scale: how each goes with the others, and Cronbach's alpha.

Internal consistency says whether items rise and fall together over candidates. It is no agreement
between interviewers and no validity, and skills that are meant to differ may rightly show little of it.
Scores are averaged over interviewers first, because several ratings of one answer are not independent.
Candidates without a score on every item are left out.

Cronbach 1951 (Psychometrika 16(3), 297-334); interval: Feldt 1965 (Psychometrika 30(3), 357-370);
corrected correlations: Nunnally & Bernstein 1994, Psychometric Theory, chapter 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.ratings import Numbers, Ratings

FEWEST_CANDIDATES = 3
FLAGGED_FROM = 30  # With fewer candidates a correlation swings too much to act on.
WEAK, WATCH = 0.20, 0.30
CROWDED = 0.50  # More than this share of scores at one end tells little about the rest.
CONFIDENCE = 0.95
ROUNDING = 1e-12  # A difference that is a smaller share of the scores comes from how numbers are stored.


class ItemFlag(StrEnum):
    """What to look at in an item."""

    NEGATIVE = "negative"
    WEAK = "weak"
    WATCH = "watch"
    FLOOR = "floor"
    CEILING = "ceiling"


@dataclass(frozen=True)
class ItemFigures:
    """One item, by its position. ``n`` counts candidates with a score on it.

    ``mean`` and ``sd`` are those of the candidates' averages, in scale points (sd is None for one
    candidate); ``floor`` and ``ceiling`` the shares of single scores at the ends of the scale;
    ``corrected_r`` the correlation with the sum of the other items, ``alpha_if_deleted`` alpha without it.
    """

    item: int
    n: int
    mean: float
    sd: float | None
    corrected_r: Figure
    alpha_if_deleted: Figure
    floor: float
    ceiling: float
    flags: tuple[ItemFlag, ...]


def cronbach(values: Numbers) -> Figure:
    """Cronbach's alpha of a table of shape (candidates, items) with Feldt's 95 % interval.

    Rows with NaN are left out; ``n`` counts the others. Not enough: fewer than two items or three
    candidates, or candidates whose sums are all the same. There is no interval where all items say the
    same of everybody, because the F distribution then has nothing to work with.
    """
    complete = values[~np.isnan(values).any(axis=1)]
    n, items = complete.shape
    if items < 2:
        return NotEnough(items, 2, Lack.TOO_FEW_ITEMS)
    if n < FEWEST_CANDIDATES:
        return NotEnough(n, FEWEST_CANDIDATES, Lack.TOO_FEW_CANDIDATES)
    apart = _deviations(complete)
    if not apart.any():
        return NotEnough(n, 0, Lack.NO_VARIATION)
    total, parts = float((apart.sum(axis=1) ** 2).sum()), float((apart**2).sum())
    if total <= ROUNDING * parts:
        return NotEnough(n, 0, Lack.NO_CANDIDATE_VARIATION)
    alpha = items / (items - 1) * (1 - parts / total)
    return Estimate(min(alpha, 1.0), n, _feldt(alpha, n, items) if alpha < 1 - ROUNDING else None)


def _deviations(values: Numbers) -> Numbers:
    """Distances from the mean of each column, the largest being 1; zeros where they are rounding only."""
    moved = values - values[:1]  # A large offset then costs no digits.
    apart = moved - moved.mean(axis=0)
    apart[:, np.max(np.abs(apart), axis=0) <= ROUNDING * np.max(np.abs(values), axis=0)] = 0.0
    largest = float(np.max(np.abs(apart), initial=0.0))
    return np.asarray(apart / largest if largest > 0 else apart, dtype=np.float64)


def cronbach_of(ratings: Ratings) -> Figure:
    """Cronbach's alpha of ratings, averaged over interviewers."""
    return cronbach(averages(ratings))


def averages(ratings: Ratings) -> Numbers:
    """The mean over interviewers for each candidate and item, shape (candidates, items); NaN if not rated."""
    shape = (len(ratings.candidates), len(ratings.items))
    cell = ratings.candidate * max(shape[1], 1) + ratings.item
    size = shape[0] * shape[1]
    count = np.bincount(cell, minlength=size)
    total = np.bincount(cell, ratings.score, minlength=size)
    mean = np.divide(total, count, out=np.full(size, np.nan), where=count > 0)
    return np.asarray(mean.reshape(shape), dtype=np.float64)


def item_figures(ratings: Ratings, scale: tuple[float, float] | None = None) -> tuple[ItemFigures, ...]:
    """Every item's figures. ``scale`` holds the ends of the scale; without it, the lowest and highest score."""
    if len(ratings.score) == 0:
        return ()
    table = averages(ratings)
    complete = table[~np.isnan(table).any(axis=1)]
    ends = scale or (float(np.min(ratings.score)), float(np.max(ratings.score)))
    return tuple(
        _figures(ratings, item, table[:, item], complete, ends) for item in range(len(ratings.items))
    )


def _figures(
    ratings: Ratings, item: int, column: Numbers, complete: Numbers, ends: tuple[float, float]
) -> ItemFigures:
    known = column[~np.isnan(column)]
    scores = ratings.score[ratings.item == item]
    floor, ceiling = (float((scores == end).mean()) for end in ends)
    corrected = _corrected(complete, item)
    return ItemFigures(
        item=item,
        n=len(known),
        mean=float(known.mean()),
        sd=float(known.std(ddof=1)) if len(known) > 1 else None,
        corrected_r=corrected,
        alpha_if_deleted=_without(complete, item),
        floor=floor,
        ceiling=ceiling,
        flags=item_flags(corrected, floor, ceiling, len(known)),
    )


def _corrected(complete: Numbers, item: int) -> Figure:
    """The correlation of an item with the sum of the others."""
    n, items = complete.shape
    if items < 2:
        return NotEnough(items, 2, Lack.TOO_FEW_ITEMS)
    if n < FEWEST_CANDIDATES:
        return NotEnough(n, FEWEST_CANDIDATES, Lack.TOO_FEW_CANDIDATES)
    return correlation(complete[:, item], np.delete(complete, item, axis=1).sum(axis=1))


def correlation(one: Numbers, other: Numbers) -> Figure:
    """Pearson's correlation of one pair or more; ``n`` counts them. Not enough: either is the same for all."""
    apart, beside = (_deviations(each[:, None])[:, 0] for each in (one, other))
    size = float(np.sqrt((apart @ apart) * (beside @ beside)))
    if size == 0:
        return NotEnough(len(one), 0, Lack.NO_VARIATION)
    return Estimate(float(np.clip(apart @ beside / size, -1.0, 1.0)), len(one))


def _without(complete: Numbers, item: int) -> Figure:
    if complete.shape[1] < 3:
        return NotEnough(complete.shape[1], 3, Lack.TOO_FEW_ITEMS)
    return cronbach(np.delete(complete, item, axis=1))


def item_flags(corrected: Figure, floor: float, ceiling: float, n: int) -> tuple[ItemFlag, ...]:
    """What to look at in an item that ``n`` candidates have scores on; nothing below ``FLAGGED_FROM``."""
    if n < FLAGGED_FROM:
        return ()
    flags: list[ItemFlag] = []
    if isinstance(corrected, Estimate) and corrected.n >= FLAGGED_FROM and corrected.value < WATCH:
        weak = ItemFlag.WEAK if corrected.value < WEAK else ItemFlag.WATCH
        flags.append(ItemFlag.NEGATIVE if corrected.value < 0 else weak)
    flags += [ItemFlag.FLOOR] if floor > CROWDED else []
    flags += [ItemFlag.CEILING] if ceiling > CROWDED else []
    return tuple(flags)


def _feldt(alpha: float, n: int, items: int) -> Interval:
    """(1 - true alpha) / (1 - alpha) follows F with n - 1 and (n - 1)(items - 1) degrees of freedom."""
    from scipy.special import fdtri  # Kept out of start-up: it takes a noticeable time to import.

    tail = (1 - CONFIDENCE) / 2
    free = (n - 1, (n - 1) * (items - 1))
    low, high = (1 - (1 - alpha) * float(fdtri(*free, side)) for side in (1 - tail, tail))
    return Interval(low, high)

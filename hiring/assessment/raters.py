"""Habits of interviewers, as far as ratings show them: hints for coaching, never grades of people.

Severity is the effect of the interviewer in the crossed model (mixed_model), with the interval from its
prediction error. Spread, halo, consistency and drift follow Saal, Downey & Lahey 1980 (Psychological
Bulletin 88(2), 413-428) and Wolfe 2004 (Psychology Science 46(1), 35-51). Small numbers make all of
them swing; every figure says how many ratings it rests on and is left out below its least number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.items import ROUNDING, correlation
from hiring.assessment.mixed_model import Fit
from hiring.assessment.ratings import Means, Numbers, Positions, Ratings

FEWEST_FOR_SPREAD = 3  # The smallest numbers that give a figure; flags need more.
FEWEST_FOR_HALO = 5
FEWEST_SHARED = 5
FEWEST_IN_ORDER = 20
FLAGGED_FROM = 10
SEVERE = 0.3  # In points of a scale from 1 to 5; other scales in proportion to their range.
FIVE_POINTS = 4.0  # The range of that scale.
MONTH = 30.0  # Days.
NARROW = 0.6
HALO = 0.25  # Our rule for "markedly higher": skills go together this much more than for the others.
NOISY = 1.5
NORMAL = 1.959963984540054  # The 97.5 % point of the normal distribution.


class RaterFlag(StrEnum):
    """What to talk about in coaching."""

    SEVERE = "severe"
    LENIENT = "lenient"
    NARROW = "narrow"
    CONSTANT = "constant"
    HALO = "halo"
    INCONSISTENT = "inconsistent"
    DRIFT = "drift"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class RaterFigures:
    """One interviewer, by position. ``ratings`` counts candidates.

    ``severity`` is in scale points, positive for one who rates lower than the others; ``spread`` the
    standard deviation of the own values divided by that of all interviewers pooled; ``halo`` the mean
    correlation of items over the own candidates; ``consistency`` the correlation with the mean of the
    others on shared candidates; ``drift`` the change of the residual in scale points in thirty days;
    ``order`` its change with one scale point of the candidate before. Both are slopes with a 95 %
    interval over 20 candidates or more.
    """

    interviewer: int
    ratings: int
    severity: Figure
    spread: Figure
    halo: Figure
    consistency: Figure
    drift: Figure
    order: Figure
    flags: tuple[RaterFlag, ...]


def rater_figures(
    ratings: Ratings,
    fitted: Fit | NotEnough,
    when: Numbers | None = None,
    scale: tuple[float, float] | None = None,
) -> tuple[RaterFigures, ...]:
    """Every interviewer's figures.

    ``when`` is the moment of each row of ``ratings`` in days, for drift and order; ``scale`` holds the
    ends of the scale, by default the lowest and the highest score. The least severity that is flagged,
    0.3 points from 1 to 5, is the same share of any other scale: 0.75 points from 0 to 10.
    Figures that the fitted model is needed for say what it lacks; drift and order that no moments are known.
    """
    if len(ratings.score) == 0:
        return ()
    table = _Table.of(ratings, fitted, when, scale)
    return tuple(_figures(table, position) for position in range(len(ratings.interviewers)))


@dataclass(frozen=True, eq=False)
class _Table:
    """What all interviewers are compared with."""

    ratings: Ratings
    means: Means
    fitted: Fit | NotEnough
    moments: Numbers | None
    residual: Numbers | None
    range: float
    pooled_spread: float
    halos: tuple[Figure, ...]

    @classmethod
    def of(
        cls,
        ratings: Ratings,
        fitted: Fit | NotEnough,
        when: Numbers | None,
        scale: tuple[float, float] | None,
    ) -> _Table:
        means = ratings.means
        low, high = scale or (float(np.min(ratings.score)), float(np.max(ratings.score)))
        halos = tuple(_halo(ratings, position) for position in range(len(ratings.interviewers)))
        moments = None if when is None else _moments(ratings, when)
        spread = _pooled_spread(means)
        return cls(ratings, means, fitted, moments, _residual(means, fitted), high - low, spread, halos)


def _figures(table: _Table, position: int) -> RaterFigures:
    rows = np.flatnonzero(table.means.interviewer == position)
    values = table.means.value[rows]
    figures = RaterFigures(
        interviewer=position,
        ratings=len(rows),
        severity=_severity(table.fitted, position, len(rows)),
        spread=_spread(values, table.pooled_spread),
        halo=table.halos[position],
        consistency=_consistency(table.means, position),
        drift=_slope_over_time(table, rows),
        order=_slope_over_previous(table, rows),
        flags=(),
    )
    return replace(figures, flags=tuple(_flags(table, figures, rows)))


def _severity(fitted: Fit | NotEnough, position: int, n: int) -> Figure:
    if isinstance(fitted, NotEnough):
        return fitted
    value, error = -float(fitted.interviewer_effects[position]), float(fitted.interviewer_errors[position])
    around = Interval(value - NORMAL * error, value + NORMAL * error) if error > 0 else None
    return Estimate(value + 0.0, n, around)


def _pooled_spread(means: Means) -> float:
    """The standard deviation within interviewers, pooled over all who met two or more."""
    value = means.value - means.value[0]  # A large offset then costs no digits.
    middle = np.bincount(means.interviewer, value, len(means.rated)) / np.maximum(means.rated, 1)
    squares = float(((value - middle[means.interviewer]) ** 2).sum())
    free = int((means.rated[means.rated > 1] - 1).sum())
    return float(np.sqrt(squares / free)) if free else 0.0


def _spread(values: Numbers, pooled: float) -> Figure:
    if len(values) < FEWEST_FOR_SPREAD:
        return NotEnough(len(values), FEWEST_FOR_SPREAD, Lack.TOO_FEW_CANDIDATES)
    if pooled <= ROUNDING * float(np.max(np.abs(values))):
        return NotEnough(len(values), 0, Lack.NO_VARIATION)
    return Estimate(0.0 if _is_constant(values) else float(values.std(ddof=1)) / pooled, len(values))


def _is_constant(values: Numbers) -> bool:
    """Whether all are the same; means of the same scores may differ in their last digit."""
    return float(np.ptp(values)) <= ROUNDING * float(np.max(np.abs(values)))


def _halo(ratings: Ratings, position: int) -> Figure:
    """The mean correlation of all pairs of items over the candidates this interviewer rated on all of them."""
    rows = ratings.interviewer == position
    items = len(ratings.items)
    if items < 2:
        return NotEnough(items, 2, Lack.TOO_FEW_ITEMS)
    table = np.full((len(ratings.candidates), items), np.nan)
    table[ratings.candidate[rows], ratings.item[rows]] = ratings.score[rows]
    complete = table[~np.isnan(table).any(axis=1)]
    if len(complete) < FEWEST_FOR_HALO:
        return NotEnough(len(complete), FEWEST_FOR_HALO, Lack.TOO_FEW_CANDIDATES)
    varied = complete[:, np.ptp(complete, axis=0) > 0]
    if varied.shape[1] < 2:
        return NotEnough(len(complete), 0, Lack.NO_VARIATION)
    together = np.corrcoef(varied, rowvar=False)
    return Estimate(float(together[np.triu_indices_from(together, 1)].mean()), len(complete))


def _consistency(means: Means, position: int) -> Figure:
    own = means.interviewer == position
    total = np.bincount(means.candidate, means.value, minlength=len(means.candidates))
    candidate, value = means.candidate[own], means.value[own]
    others = means.raters[candidate] - 1
    shared = others > 0
    if shared.sum() < FEWEST_SHARED:
        return NotEnough(int(shared.sum()), FEWEST_SHARED, Lack.TOO_FEW_SHARED)
    rest = (total[candidate] - value)[shared] / others[shared]
    return correlation(value[shared], rest)


def _residual(means: Means, fitted: Fit | NotEnough) -> Numbers | None:
    """What is left of each value after candidate and interviewer."""
    if isinstance(fitted, NotEnough) or fitted.residual_variance == 0:
        return None  # Without a residual variance there is nothing left but rounding.
    explained = fitted.adjusted[means.candidate] + fitted.interviewer_effects[means.interviewer]
    return np.asarray(means.value - explained, dtype=np.float64)


def _moments(ratings: Ratings, when: Numbers) -> Numbers:
    """The mean moment of each row of the means."""
    pair = ratings.candidate * len(ratings.interviewers) + ratings.interviewer
    _kept, row = np.unique(pair, return_inverse=True)
    return np.asarray(np.bincount(row, when) / np.bincount(row), dtype=np.float64)


def _slope_over_time(table: _Table, rows: Positions) -> Figure:
    if table.moments is None or table.residual is None:
        return _nothing_over_time(table, len(rows))
    return _slope(table.moments[rows] / MONTH, table.residual[rows])


def _slope_over_previous(table: _Table, rows: Positions) -> Figure:
    """Values given at one moment stand together: nobody knows which came first."""
    if table.moments is None or table.residual is None:
        return _nothing_over_time(table, len(rows))
    moments, place = np.unique(table.moments[rows], return_inverse=True)
    means = np.bincount(place, table.means.value[rows]) / np.bincount(place, minlength=len(moments))
    later = place > 0
    return _slope(means[place[later] - 1], table.residual[rows][later])


def _nothing_over_time(table: _Table, n: int) -> NotEnough:
    if table.moments is None:
        return NotEnough(0, 0, Lack.NO_TIMES)
    return table.fitted if isinstance(table.fitted, NotEnough) else NotEnough(n, 0, Lack.NO_VARIATION)


def _slope(over: Numbers, residual: Numbers) -> Figure:
    """The least-squares slope with its 95 % interval. Not enough: fewer than 20 points, or all at one place."""
    from scipy.special import stdtrit  # Kept out of start-up: it takes a noticeable time to import.

    n = len(over)
    if n < FEWEST_IN_ORDER:
        return NotEnough(n, FEWEST_IN_ORDER, Lack.TOO_FEW_CANDIDATES)
    if _is_constant(over):
        return NotEnough(n, 0, Lack.NO_VARIATION)
    apart = over - over.mean()
    squares = float(apart @ apart)
    slope = float(apart @ residual) / squares
    left = residual - residual.mean() - slope * apart
    margin = float(stdtrit(n - 2, 0.975)) * float(np.sqrt(left @ left / (n - 2) / squares))
    return Estimate(slope, n, Interval(slope - margin, slope + margin))


def _flags(table: _Table, figures: RaterFigures, rows: Positions) -> list[RaterFlag]:
    checks = (
        (RaterFlag.SEVERE, _stands_out(figures.severity, SEVERE * table.range / FIVE_POINTS)),
        (RaterFlag.LENIENT, _stands_out(_negative(figures.severity), SEVERE * table.range / FIVE_POINTS)),
        (RaterFlag.CONSTANT, len(rows) > 1 and _is_constant(table.means.value[rows])),
        (RaterFlag.NARROW, _is_narrow(figures)),
        (RaterFlag.HALO, _goes_together(table, figures)),
        (RaterFlag.INCONSISTENT, _is_noisy(table, rows)),
        (RaterFlag.DRIFT, _excludes_zero(figures.drift)),
        (RaterFlag.CONTRAST, _excludes_zero(figures.order)),
    )
    return [flag for flag, holds in checks if holds]


def _negative(figure: Figure) -> Figure:
    if isinstance(figure, NotEnough) or figure.interval is None:
        return figure
    return Estimate(-figure.value, figure.n, Interval(-figure.interval.high, -figure.interval.low))


def _stands_out(figure: Figure, least: float) -> bool:
    if isinstance(figure, NotEnough) or figure.interval is None:
        return False
    return figure.interval.low > 0 and figure.value >= least - ROUNDING


def _excludes_zero(figure: Figure) -> bool:
    if isinstance(figure, NotEnough) or figure.interval is None:
        return False
    return figure.interval.low > 0 or figure.interval.high < 0


def _is_narrow(figures: RaterFigures) -> bool:
    spread = figures.spread
    return isinstance(spread, Estimate) and spread.n >= FLAGGED_FROM and 0 < spread.value < NARROW


def _goes_together(table: _Table, figures: RaterFigures) -> bool:
    own = figures.halo
    others = [
        each.value
        for position, each in enumerate(table.halos)
        if position != figures.interviewer and isinstance(each, Estimate)
    ]
    if not isinstance(own, Estimate) or own.n < FLAGGED_FROM or not others:
        return False
    return own.value - sum(others) / len(others) >= HALO


def _is_noisy(table: _Table, rows: Positions) -> bool:
    """Whether the own residuals vary one and a half times as much as those of the others."""
    if table.residual is None or len(rows) < FLAGGED_FROM or len(rows) == len(table.residual):
        return False
    own = float(np.sqrt(np.mean(table.residual[rows] ** 2)))
    others = float(np.sqrt(np.mean(np.delete(table.residual, rows) ** 2)))
    return others > 0 and own / others > NOISY

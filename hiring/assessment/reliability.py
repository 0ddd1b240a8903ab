"""How far ratings tell candidates apart: the family of intraclass correlations, with intervals.

From the components of the mixed model (ten Hove, Jorgensen & van der Ark 2024, Psychological Methods
29(5), 967-979): interviewers are random, so that the figures hold for others like them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.intervals import Bounds, bounds
from hiring.assessment.mixed_model import Fit
from hiring.assessment.ratings import Means

WIDEST = 0.40  # An interval wider than this spans more than half of the published grades.
LEAST_CANDIDATES, LEAST_INTERVIEWERS = 10, 3
EDGES = (0.50, 0.75, 0.90)  # Koo & Li 2016, Journal of Chiropractic Medicine 15(2), 155-163.


class Grade(StrEnum):
    """Koo & Li's words for reliability."""

    POOR = "poor"
    MODERATE = "moderate"
    GOOD = "good"
    EXCELLENT = "excellent"


@dataclass(frozen=True)
class Band:
    """The grades at both ends of an interval; they are often the same."""

    low: Grade
    high: Grade


@dataclass(frozen=True)
class Reliability:
    """All figures of one design; ``n`` is the number of candidates.

    With the variances c of candidates, r of interviewers and e of the residual: ``single`` is ICC(A,1) =
    c / (c + r + e), of one interviewer's value; ``panel`` is ICC(A,k) = c / (c + (r + e) / khat), of the
    mean of a panel of average size; ``ranking`` is ICC(Q,k) = c / (c + q r + e / khat), of the order by
    raw means in this very design; ``consistency`` is ICC(C,1) = c / (c + e), of one interviewer's value
    if severity were removed.
    """

    khat: Figure
    q: Figure
    single: Figure
    panel: Figure
    ranking: Figure
    consistency: Figure


def average_raters(means: Means) -> Figure:
    """The harmonic mean of the numbers of interviewers of the candidates, k-hat; ``n`` counts candidates.

    Not enough: no ratings.
    """
    raters = means.raters[means.raters > 0]
    if len(raters) == 0:
        return NotEnough(0, 1, Lack.NO_RATINGS)
    return Estimate(float(len(raters) / (1.0 / raters).sum()), len(raters))


def overlap(means: Means) -> Figure:
    """The share q of the interviewers' variance that disturbs the order of two candidates' raw means.

    0 where everybody met the same interviewers, 1 / k-hat where no two candidates share one: 1 / k-hat less
    the mean, over pairs of candidates, of the interviewers shared by their numbers of interviewers
    (Putka, Le, McCloy & Diaz 2008, Journal of Applied Psychology 93(5), 959-981). ``n`` counts candidates.
    Not enough: fewer than two candidates, who make no pair.
    """
    raters = means.raters.astype(np.float64)
    count = int((raters > 0).sum())
    if count < 2:
        return NotEnough(count, 2, Lack.TOO_FEW_CANDIDATES)
    share = 1.0 / raters[means.candidate]
    together = np.bincount(means.interviewer, share) ** 2 - np.bincount(means.interviewer, share**2)
    shared = float(together.sum()) / (count * (count - 1))
    return Estimate(max(float((share**2).sum()) / count - shared, 0.0), count)


def reliability(means: Means, fitted: Fit | NotEnough, seed: int = 0) -> Reliability:
    """All figures with 95 % intervals; see ``intervals.bounds`` for how these are found.

    Every figure lies between 0 and 1. Not enough: what the fit lacks. Where interviewers agree but for
    their severity there is no residual to give an interval from, and the figures stand alone.
    ``seed`` matters only where the candidates' variance is estimated as 0, and the upper bounds are
    found by simulation.
    """
    khat, q = average_raters(means), overlap(means)
    if isinstance(fitted, NotEnough):
        return Reliability(khat, q, fitted, fitted, fitted, fitted)
    if isinstance(khat, NotEnough) or isinstance(q, NotEnough):
        raise ValueError("A fitted design has two candidates with ratings.")
    around = bounds(means, fitted, khat.value, q.value, seed)
    return Reliability(khat, q, *figures(fitted, khat.value, q.value, around))


def figures(
    fitted: Fit, khat: float, q: float, around: Bounds
) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    """The figures single, panel, ranking and consistency."""
    severity, error = fitted.interviewer_variance, fitted.residual_variance
    disturbances = (severity + error, (severity + error) / khat, q * severity + error / khat, error)
    values = (_share(fitted.candidate_variance, disturbance) for disturbance in disturbances)
    count = len(fitted.means.candidates)
    one, two, three, four = (
        Estimate(value, count, _around(value, interval))
        for value, interval in zip(values, around, strict=True)
    )
    return one, two, three, four


def _share(candidates: float, disturbance: float) -> float:
    """The part of all variance that is candidates'; 0 where there is none of either."""
    return candidates / (candidates + disturbance) if candidates > 0 else 0.0


def _around(value: float, interval: Interval | None) -> Interval | None:
    """The interval, made to hold the value.

    A variance that the analysis of variance finds negative is 0 by REML, and the value moves a little.
    """
    return interval and Interval(min(interval.low, value), max(interval.high, value))


def band(figure: Figure, candidates: int, interviewers: int) -> Band | NotEnough:
    """Koo & Li's grades, applied to the interval rather than to the figure, as they ask.

    Not enough: no figure or no interval; fewer than 10 candidates or 3 interviewers; an interval wider
    than .40. In the last case ``needed`` is about the number of candidates that would make it narrow
    enough, since the width shrinks as the root of their number grows.
    """
    if isinstance(figure, NotEnough):
        return figure
    if candidates < LEAST_CANDIDATES:
        return NotEnough(candidates, LEAST_CANDIDATES, Lack.TOO_FEW_CANDIDATES)
    if interviewers < LEAST_INTERVIEWERS:
        return NotEnough(interviewers, LEAST_INTERVIEWERS, Lack.TOO_FEW_RATERS)
    if figure.interval is None:
        return NotEnough(candidates, 0, Lack.AT_THE_BOUNDARY)
    width = figure.interval.high - figure.interval.low
    if width > WIDEST:
        needed = int(np.ceil(candidates * (width / WIDEST) ** 2))
        return NotEnough(candidates, max(needed, candidates + 1), Lack.TOO_FEW_CANDIDATES)
    return Band(_grade(figure.interval.low), _grade(figure.interval.high))


def _grade(value: float) -> Grade:
    moderate, good, excellent = EDGES
    if value < moderate:
        return Grade.POOR
    if value < good:
        return Grade.MODERATE
    return Grade.GOOD if value <= excellent else Grade.EXCELLENT

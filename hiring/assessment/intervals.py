"""95 % intervals of intraclass correlations: exact on complete data, otherwise from the information.

Complete data: F distributions of the mean squares (Shrout & Fleiss 1979, Psychological Bulletin 86(2),
420-428; McGraw & Wong 1996, Psychological Methods 1(1), 30-46, case 2A). Incomplete data: the expected
information of the restricted likelihood, by the delta method on the logit scale, which keeps the
interval between 0 and 1. Incomplete data with a variance of candidates that is 0 or as small as its own
standard error, where a logit means little: a parametric bootstrap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.absorbed import Design, Point
from hiring.assessment.estimates import Interval
from hiring.assessment.mixed_model import Fit
from hiring.assessment.ratings import Means, Numbers

TAIL = 0.025
NORMAL = 1.959963984540054  # The quantile of the normal distribution at 1 - TAIL.
CLEAR = 1.0  # Standard errors from 0 to a variance whose logarithm may be taken for normal.
SIMULATED = 1_000
SMALLEST_RATIO, BISECTIONS = 1e-6, 30
CELLS = 400_000  # Numbers held at once while simulating: some three megabytes.

# Of single, panel, ranking and consistency, in this order; None where there is no residual.
Bounds = tuple[Interval | None, Interval | None, Interval | None, Interval | None]


def bounds(means: Means, fitted: Fit, khat: float, q: float, seed: int) -> Bounds:
    """The intervals of ICC(A,1), ICC(A,k), ICC(Q,k) and ICC(C,1).

    None where the residual is 0: what is estimated at that edge has no standard error, and a figure of
    1 from a few ratings that agree is not certain.
    """
    if fitted.information is None:
        return None, None, None, None
    if len(means.value) == len(means.candidates) * len(means.interviewers):
        squares = _MeanSquares.of(means)
        if squares.between_candidates > 0.0:  # Otherwise F says that 0 is certain, however few the ratings.
            return _by_mean_squares(squares)
    disturbances = _disturbances(khat, q)
    covariance: Numbers = np.linalg.pinv(fitted.information, hermitian=True).astype(np.float64)
    if fitted.candidate_variance < CLEAR * math.sqrt(covariance[0, 0]):
        return _four(_by_bootstrap(means, fitted, disturbances, seed))
    return _four(_by_information(fitted, covariance, disturbances))


def _disturbances(khat: float, q: float) -> Numbers:
    """What of the interviewers' and of the residual variance disturbs each figure, shape (4, 2)."""
    return np.array([[1.0, 1.0], [1.0 / khat, 1.0 / khat], [q, 1.0 / khat], [0.0, 1.0]])


def _four(intervals: Iterator[Interval]) -> Bounds:
    one, two, three, four = intervals
    return one, two, three, four


def _by_information(fitted: Fit, covariance: Numbers, disturbances: Numbers) -> Iterator[Interval]:
    """logit ICC = log c - log(disturbance), and its variance from the inverse of the information."""
    variances = np.array([fitted.interviewer_variance, fitted.residual_variance])
    for weights in disturbances:
        disturbance = float(weights @ variances)
        gradient = np.concatenate(([1.0 / fitted.candidate_variance], -weights / disturbance))
        logit = math.log(fitted.candidate_variance / disturbance)
        margin = NORMAL * math.sqrt(gradient @ covariance @ gradient)
        yield Interval(_logistic(logit - margin), _logistic(logit + margin))


def _logistic(logit: float) -> float:
    return 0.5 * (1.0 + math.tanh(logit / 2.0))


@dataclass(frozen=True)
class _MeanSquares:
    """The mean squares of a complete table of candidates by interviewers."""

    candidates: int
    interviewers: int
    between_candidates: float
    between_interviewers: float
    error: float

    @classmethod
    def of(cls, means: Means) -> _MeanSquares:
        """The mean squares of complete means."""
        table = np.empty((len(means.candidates), len(means.interviewers)))
        table[means.candidate, means.interviewer] = means.value - means.value[0]
        table /= np.max(np.abs(table))
        candidates, interviewers = table.shape
        rows, columns = table.mean(axis=1), table.mean(axis=0)
        rest = table - rows[:, None] - columns + table.mean()
        error = float((rest**2).sum()) / ((candidates - 1) * (interviewers - 1))
        by_row, by_column = float(rows.var(ddof=1)), float(columns.var(ddof=1))
        return cls(candidates, interviewers, interviewers * by_row, candidates * by_column, error)

    @property
    def agreement(self) -> float:
        """ICC(A,1), 0 where the estimator is negative."""
        difference = self.between_candidates - self.error
        severity = self.interviewers * (self.between_interviewers - self.error) / self.candidates
        total = self.between_candidates + (self.interviewers - 1) * self.error + severity
        return max(difference / total, 0.0) if total > 0 else 0.0


def _by_mean_squares(squares: _MeanSquares) -> Bounds:
    """Satterthwaite's approximation for agreement, exact F for consistency.

    The intervals of a panel's mean are those of one interviewer by the formula of Spearman and Brown,
    and a complete design ranks by raw means as a mean of consistent values does: q is 0.
    """
    single, consistency = _agreement(squares), _consistency(squares)
    raters = squares.interviewers
    return single, _lengthened(single, raters), _lengthened(consistency, raters), consistency


def _consistency(squares: _MeanSquares) -> Interval:
    """ICC(C,1): (F - 1) / (F + k - 1) at the bounds of F (McGraw & Wong 1996, table 7)."""
    first, second = squares.candidates - 1, (squares.candidates - 1) * (squares.interviewers - 1)
    ratio = squares.between_candidates / squares.error
    low, high = ratio / _quantile(first, second), ratio * _quantile(second, first)
    shift = squares.interviewers - 1
    return _clipped((low - 1.0) / (low + shift), (high - 1.0) / (high + shift))


def _agreement(squares: _MeanSquares) -> Interval:
    """ICC(A,1) (McGraw & Wong 1996, table 7, case 2A; Shrout & Fleiss 1979, p. 424)."""
    candidates, raters, error = squares.candidates, squares.interviewers, squares.error
    freedom = _freedom(squares)
    below, above = _quantile(candidates - 1, freedom), _quantile(freedom, candidates - 1)
    between = squares.between_candidates
    other = raters * squares.between_interviewers + (raters * candidates - raters - candidates) * error
    low = candidates * (between - below * error) / (below * other + candidates * between)
    high = candidates * (above * between - error) / (other + candidates * above * between)
    return _clipped(low, high)


def _freedom(squares: _MeanSquares) -> float:
    """Satterthwaite's degrees of freedom of the mixture of both mean squares."""
    candidates, raters = squares.candidates, squares.interviewers
    odds = raters * squares.agreement / (candidates * (1.0 - squares.agreement))
    severity = odds * squares.between_interviewers
    error = (1.0 + odds * (candidates - 1)) * squares.error
    parts = severity**2 / (raters - 1) + error**2 / ((candidates - 1) * (raters - 1))
    return (severity + error) ** 2 / parts


def _quantile(first: float, second: float) -> float:
    """The quantile of F at 1 - TAIL."""
    from scipy.special import fdtri  # Kept out of start-up: it takes a noticeable time to import.

    return float(fdtri(first, second, 1.0 - TAIL))


def _lengthened(interval: Interval, raters: int) -> Interval:
    """Spearman and Brown's formula at both ends."""
    low, high = (raters * end / (1.0 + (raters - 1) * end) for end in (interval.low, interval.high))
    return Interval(low, high)


def _clipped(low: float, high: float) -> Interval:
    """A share of variance is between 0 and 1."""
    return Interval(min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0))


def _by_bootstrap(means: Means, fitted: Fit, disturbances: Numbers, seed: int) -> Iterator[Interval]:
    """From the least to the largest variance of candidates under which the estimate is not surprising.

    The test is turned round: designs are simulated with candidates' variances of many sizes, the severity
    as estimated. An estimate is at most the one found where the likelihood falls from there on; at
    the upper end that is as rare as ``TAIL``, at the lower end its contrary is.
    """
    candidate, severity = (
        variance / fitted.residual_variance
        for variance in (fitted.candidate_variance, fitted.interviewer_variance)
    )
    point = Point(Design.of(means.candidate, means.interviewer, means.value), candidate, severity)
    draws = np.random.default_rng(seed)
    simulated = [_Simulated.draw(point, count, draws) for count in _batches(len(means.value))]
    low, high = (_ratio_where(share, simulated) for share in (1.0 - TAIL, TAIL))
    for weights in disturbances:
        disturbance = float(weights @ (severity, 1.0))
        yield Interval(low / (low + disturbance), high / (high + disturbance))


def _batches(rows: int) -> Iterator[int]:
    size = max(CELLS // rows, 1)
    for begin in range(0, SIMULATED, size):
        yield min(size, SIMULATED - begin)


@dataclass(frozen=True, eq=False)
class _Simulated:
    """Ratings drawn without a variance of candidates, and what candidates would add to them.

    With s the root of the candidates' ratio the ratings are y = rest + s Zc a. ``rest`` and ``added`` are
    Zc' P of the two, shape (candidates, draws), with P at the estimate; ``total`` holds the coefficients
    of y' P y = t0 + t1 s + t2 s**2, shape (3, draws). The likelihood falls where y' P Zc Zc' P y is at
    most ``expected`` times y' P y.
    """

    rest: Numbers
    added: Numbers
    total: Numbers
    expected: float

    @classmethod
    def draw(cls, point: Point, count: int, draws: np.random.Generator) -> _Simulated:
        """So many sets of ratings of the design."""
        design = point.design
        candidates, interviewers = design.met.shape[0], design.met.shape[1] - 1
        ability = draws.standard_normal((candidates, count))
        kindness = math.sqrt(point.interviewer_ratio) * draws.standard_normal((interviewers, count))
        noise = draws.standard_normal((len(design.value), count)) + kindness[design.interviewer]
        sums = _over(design.candidate, noise, candidates), _over(design.interviewer, noise, interviewers)
        rest, explained = _absorbed(point, *sums)
        added, _ = _absorbed(point, design.raters[:, None] * ability, design.met[:, 1:].T @ ability)
        total = np.stack(
            [
                (noise**2).sum(axis=0) - explained,
                2.0 * (ability * rest).sum(axis=0),
                (ability * added).sum(axis=0),
            ]
        )
        return cls(rest, added, total, float(point.traces[0]) / point.freedom)

    def falls(self, ratio: float) -> NDArray[np.bool_]:
        """In which draws no larger variance of candidates would be estimated, were this their ratio."""
        root = math.sqrt(ratio)
        sums = ((self.rest + root * self.added) ** 2).sum(axis=0)
        total = self.total[0] + root * self.total[1] + ratio * self.total[2]
        return np.asarray(sums <= self.expected * total)


def _over(position: NDArray[np.intp], rows: Numbers, length: int) -> Numbers:
    """Sums of rows by position, shape (length, draws)."""
    order = np.argsort(position, kind="stable")
    begins = np.searchsorted(position[order], np.arange(length))
    result: Numbers = np.add.reduceat(rows[order], begins, axis=0)
    return result


def _absorbed(point: Point, by_candidate: Numbers, by_interviewer: Numbers) -> tuple[Numbers, Numbers]:
    """Zc' P y, and y' y less y' P y, from the sums of ratings y."""
    met, scale = point.design.met, point.scale[:, None]
    light = by_candidate / point.divisor[:, None]
    right = np.vstack([light.sum(axis=0), by_interviewer - point.candidate_ratio * (met[:, 1:].T @ light)])
    solved = point.inverse @ (scale * right)
    explained = point.candidate_ratio * (by_candidate * light).sum(axis=0) + (scale * right * solved).sum(
        axis=0
    )
    return light - met @ (scale * solved) / point.divisor[:, None], explained


def _ratio_where(wanted: float, simulated: list[_Simulated]) -> float:
    """The ratio of variances at which the share of draws with no larger estimate falls to this; 0 if none."""

    def share(ratio: float) -> float:
        return float(np.concatenate([one.falls(ratio) for one in simulated]).mean())

    if share(0.0) <= wanted:
        return 0.0
    low, high = math.log(SMALLEST_RATIO), -math.log(SMALLEST_RATIO)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if share(math.exp(middle)) > wanted else (low, middle)
    return math.exp(high)

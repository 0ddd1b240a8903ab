"""Candidates and interviewers apart: variance components and effects of the crossed model by REML.

y_ij = mean + c_i + r_j + e_ij with c ~ N(0, candidate variance), r ~ N(0, interviewer variance) and
e ~ N(0, residual variance); the residual holds what an interviewer sees in one candidate only, and error.
Components: restricted maximum likelihood (Patterson & Thompson 1971, Biometrika 58(3), 545-554).
Effects and their prediction error variances: the mixed-model equations (Henderson 1975, Biometrics
31(2), 423-447), whose full inverse includes that the mean is not known either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hiring.assessment.absorbed import Design, Point
from hiring.assessment.estimates import Lack, NotEnough
from hiring.assessment.linkage import Part, parts
from hiring.assessment.ratings import Means, Numbers, Positions
from hiring.assessment.reml import best_point

EXACT = 1e-10  # A residual that is a smaller share of all variation is rounding, not disagreement.
ROUNDING = 1e-13
TINIEST, LARGEST = 1e-70, 1e70  # Beyond these, products of variances are no numbers any more.


@dataclass(frozen=True, eq=False)
class Fit:
    """The fitted model, in scale points; variances in squared scale points.

    Effects stand in the order of ``means.candidates`` and ``means.interviewers``. An interviewer's effect
    is positive for one who rates higher than the others. ``*_errors`` are the square roots of the
    prediction error variances; they are 0 where the component itself is estimated as 0, which is the
    edge of what can be estimated and no certainty. ``information`` is the expected information about the
    three variances (candidate, interviewer, residual), shape (3, 3); None where the residual variance is 0.

    Where the design falls into parts that share nobody, the components come from all ratings under one
    mean, because each part tells of the same kinds of variance. Effects come from each part alone, with
    these components and a mean of its own: whether one part's candidates are better or its interviewers
    kinder cannot be told. ``part`` holds, for each candidate, the position of its part in
    ``linkage.parts(means)``, and ``level`` the mean of that part; effects compare within a part only.
    """

    means: Means
    mean: float
    candidate_variance: float
    interviewer_variance: float
    residual_variance: float
    candidate_effects: Numbers
    interviewer_effects: Numbers
    candidate_errors: Numbers
    interviewer_errors: Numbers
    part: Positions
    level: Numbers
    information: Numbers | None
    own_variance: Numbers
    loading: Numbers

    @property
    def at_boundary(self) -> bool:
        """Whether a variance is estimated as 0."""
        return min(self.candidate_variance, self.interviewer_variance, self.residual_variance) == 0.0

    @property
    def adjusted(self) -> Numbers:
        """Each candidate's value with the interviewers' severity taken out, drawn toward the part's mean."""
        return self.level + self.candidate_effects

    def candidate_covariance(self) -> Numbers:
        """The covariance of the errors of prediction, shape (candidates, candidates); 0 between parts.

        It is ``own_variance`` on the diagonal plus ``loading`` times its transpose, which is all that
        most questions need.
        """
        shared = self.loading @ self.loading.T
        shared[self.part[:, None] != self.part] = 0.0
        return shared + np.diag(self.own_variance)


def fit(means: Means) -> Fit | NotEnough:
    """The variance components and effects, or why they cannot be told apart.

    Everybody in ``means`` has at least one rating. Not enough: no ratings; one candidate or one
    interviewer; every candidate met one interviewer, or every interviewer one candidate; no two
    interviewers who share two candidates, directly or round about others, so that severity and error are
    one; all ratings equal. The order of the rows changes nothing, to the last digit.
    """
    linked = parts(means)
    lack = _lack(means, linked)
    if lack is not None:
        return lack
    table = _Table.of(means, linked)
    found = _exact(table) or _estimated(table)
    return _gathered(means, table, found)


def _lack(means: Means, linked: tuple[Part, ...]) -> NotEnough | None:
    """Why the components cannot be told apart, if they cannot."""
    candidates, interviewers = len(means.candidates), len(means.interviewers)
    if len(means.value) == 0:
        return NotEnough(0, 4, Lack.NO_RATINGS)
    if candidates < 2:
        return NotEnough(candidates, 2, Lack.TOO_FEW_CANDIDATES)
    if interviewers < 2:
        return NotEnough(interviewers, 2, Lack.TOO_FEW_RATERS)
    return _lack_of_links(means, linked) or _lack_of_variation(means)


def _lack_of_links(means: Means, linked: tuple[Part, ...]) -> NotEnough | None:
    """Whether no circle of candidates and interviewers leaves a difference that only error explains."""
    shared = int((means.raters > 1).sum())
    if shared == 0:
        return NotEnough(0, 2, Lack.NOT_LINKED)
    if np.max(means.rated) < 2:
        return NotEnough(1, 2, Lack.TOO_FEW_CANDIDATES)
    if len(means.value) <= len(means.candidates) + len(means.interviewers) - len(linked):
        return NotEnough(shared, shared + 1, Lack.TOO_FEW_SHARED)
    return None


def _lack_of_variation(means: Means) -> NotEnough | None:
    """Whether all ratings are the same but for rounding, or no arithmetic can hold their squares."""
    largest = float(np.max(np.abs(means.value)))
    if largest >= LARGEST:
        return NotEnough(len(means.value), 0, Lack.AT_THE_BOUNDARY)
    if float(np.ptp(means.value)) <= max(ROUNDING * largest, TINIEST):
        return NotEnough(len(means.value), 0, Lack.NO_VARIATION)
    return None


@dataclass(frozen=True, eq=False)
class _Table:
    """The ratings sorted by names, centred and scaled, so that neither order nor offset costs a digit.

    ``candidates`` and ``interviewers`` lead from the positions in the means to those here; ``part`` is
    the part of each candidate, and ``home`` that of each interviewer.
    """

    candidate: Positions
    interviewer: Positions
    value: Numbers
    candidates: Positions
    interviewers: Positions
    part: Positions
    home: Positions
    centre: float
    unit: float

    @classmethod
    def of(cls, means: Means, linked: tuple[Part, ...]) -> _Table:
        """The table of these means."""
        candidates, interviewers = _places(means.candidates), _places(means.interviewers)
        candidate, interviewer = candidates[means.candidate], interviewers[means.interviewer]
        rows = np.lexsort((interviewer, candidate))
        part, home = np.empty_like(candidates), np.empty_like(interviewers)
        for position, one in enumerate(linked):
            part[candidates[list(one.candidates)]] = position
            home[interviewers[list(one.interviewers)]] = position
        first = means.value[rows[0]]
        value = means.value[rows] - first  # Exact, so that a large offset takes no digits.
        middle = value.mean()
        unit = np.max(np.abs(value - middle))
        scaled = (value - middle) / unit
        places = (candidates, interviewers, part, home)
        return cls(candidate[rows], interviewer[rows], scaled, *places, float(first + middle), float(unit))

    def groups(self) -> Iterator[tuple[Positions, Positions, Positions]]:
        """The rows, the candidates and the interviewers of each part."""
        row_part = self.part[self.candidate]
        for position in range(int(np.max(self.part)) + 1):
            rows, candidates, interviewers = (
                np.flatnonzero(which == position) for which in (row_part, self.part, self.home)
            )
            yield rows, candidates, interviewers


def _places(names: tuple[str, ...]) -> Positions:
    """The place of each name in the order of the alphabet."""
    places = np.empty(len(names), dtype=np.intp)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return places


@dataclass(frozen=True, eq=False)
class _Found:
    """What is said of a table, in its order and in its units; ``variances`` as in ``Fit.information``."""

    variances: Numbers
    mean: float
    information: Numbers | None
    level: Numbers
    candidate_effects: Numbers
    interviewer_effects: Numbers
    interviewer_errors: Numbers
    own_variance: Numbers
    loading: Numbers

    @classmethod
    def empty(cls, table: _Table, variances: Numbers, mean: float, information: Numbers | None) -> _Found:
        """Zeros for every part to fill."""
        candidates, interviewers = len(table.part), len(table.home)
        return cls(
            variances,
            mean,
            information,
            level=np.zeros(candidates),
            candidate_effects=np.zeros(candidates),
            interviewer_effects=np.zeros(interviewers),
            interviewer_errors=np.zeros(interviewers),
            own_variance=np.zeros(candidates),
            loading=np.zeros((candidates, int(np.max(np.bincount(table.home))) + 1)),
        )


def _estimated(table: _Table) -> _Found:
    """Components by REML over the whole table; effects and their errors part by part."""
    point = best_point(Design.of(table.candidate, table.interviewer, table.value))
    residual = point.residual_variance
    variances = residual * np.append(point.ratios, 1.0)
    mean = float(point.solution(table.value)[0])
    found = _Found.empty(table, variances, mean, point.products / (2.0 * residual**2))
    for rows, candidates, interviewers in table.groups():
        candidate = np.searchsorted(candidates, table.candidate[rows])
        interviewer = np.searchsorted(interviewers, table.interviewer[rows])
        part = Point(Design.of(candidate, interviewer, table.value[rows]), *point.ratios.tolist())
        _predict(found, part, candidates, interviewers)
    return found


def _predict(found: _Found, part: Point, candidates: Positions, interviewers: Positions) -> None:
    """Fills in one part: effects from Henderson's equations, errors from their full inverse.

    The candidates' block of the inverse is diagonal (a/d) plus the product of (a/d) met with the inverse
    of the absorbed equations, so its root is kept rather than the block.
    """
    residual, shrink = found.variances[2], part.candidate_ratio / part.divisor
    solved = part.solution(part.design.value)
    found.level[candidates] = solved[0]
    found.interviewer_effects[interviewers] = solved[1:]
    found.candidate_effects[candidates] = part.candidate_ratio * part.design.over_candidates(part.projected)
    spread = np.diagonal(part.inverse)[1:] * part.interviewer_ratio
    found.interviewer_errors[interviewers] = np.sqrt(residual * spread)
    found.own_variance[candidates] = residual * shrink
    root = (part.design.met * part.scale) @ part.root
    found.loading[candidates, : root.shape[1]] = np.sqrt(residual) * shrink[:, None] * root


def _exact(table: _Table) -> _Found | None:
    """The limit of REML where ratings are sums of candidate and severity without residual, else None.

    Both effects are then known but for the mean of each part, and their variances are those of samples.
    """
    candidate, interviewer = _least_squares(table)
    rest = table.value - candidate[table.candidate] - interviewer[table.interviewer]
    if rest @ rest > EXACT * (table.value @ table.value):
        return None
    variances = np.array(
        [_sample_variance(candidate, table.part), _sample_variance(interviewer, table.home), 0.0]
    )
    found = _Found.empty(table, variances, float(np.mean(candidate) + np.mean(interviewer)), None)
    for _, candidates, interviewers in table.groups():
        middle, kindness = candidate[candidates].mean(), interviewer[interviewers].mean()
        found.level[candidates] = middle + kindness
        found.candidate_effects[candidates] = candidate[candidates] - middle
        found.interviewer_effects[interviewers] = interviewer[interviewers] - kindness
        found.loading[candidates, 0] = np.sqrt(variances[0] / len(candidates))
        found.interviewer_errors[interviewers] = np.sqrt(variances[1] / len(interviewers))
    return found


def _least_squares(table: _Table) -> tuple[Numbers, Numbers]:
    """Fixed effects of candidates (with the mean) and of interviewers, whose sum is 0 in each part."""
    design = Design.of(table.candidate, table.interviewer, table.value)
    sums = design.over_candidates(table.value) / design.raters
    right = design.over_interviewers(table.value - sums[table.candidate])
    within = (table.home[:, None] == table.home).astype(np.float64)
    shared = sum(one[1:, 1:] / size for one, size in zip(design.shared, design.sizes, strict=True))
    interviewer = np.linalg.solve(np.diag(design.rated) - shared + within, right)
    rest = table.value - interviewer[table.interviewer]
    return design.over_candidates(rest) / design.raters, interviewer


def _sample_variance(effects: Numbers, part: Positions) -> float:
    """The variance within parts; 0 where it is only rounding."""
    sizes = np.bincount(part)
    centred = effects - (np.bincount(part, effects) / sizes)[part]
    result = float(centred @ centred) / (len(effects) - len(sizes))
    return result if result > EXACT else 0.0


def _gathered(means: Means, table: _Table, found: _Found) -> Fit:
    """The same in the units of the scale and in the order of the means."""
    unit, candidates, interviewers = table.unit, table.candidates, table.interviewers
    loading, own = unit * found.loading[candidates], unit**2 * found.own_variance[candidates]
    candidate, interviewer, residual = (unit**2 * found.variances).tolist()
    return Fit(
        means=means,
        mean=table.centre + unit * found.mean,
        candidate_variance=candidate,
        interviewer_variance=interviewer,
        residual_variance=residual,
        candidate_effects=unit * found.candidate_effects[candidates],
        interviewer_effects=unit * found.interviewer_effects[interviewers],
        candidate_errors=np.sqrt(own + (loading**2).sum(axis=1)),
        interviewer_errors=unit * found.interviewer_errors[interviewers],
        part=table.part[candidates],
        level=table.centre + unit * found.level[candidates],
        information=None if found.information is None else found.information / unit**4,
        own_variance=own,
        loading=loading,
    )

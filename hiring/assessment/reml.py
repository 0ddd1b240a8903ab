"""The ratios of variances with the highest restricted likelihood: Newton's method, and every boundary.

A variance may be estimated as 0, where a search over logarithms would run for ever and a search over
variances would stick; so the inside and each face (no variance of interviewers, none of candidates,
neither) are searched on their own, and the best point of all is the answer. The inside is searched from
two sides, because in very small designs with hardly any residual the likelihood may have two tops.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.absorbed import Design, Point
from hiring.assessment.ratings import Numbers

STARTS = ((1.0, 0.5), (200.0, 100.0), (1.0, 0.0), (0.0, 0.5), (0.0, 0.0))
LEAST_RATIO, LARGEST_RATIO = 1e-7, 1e14  # A reliability of one in ten million is none.
STEPS, HALVINGS = 60, 30
LONGEST = 2.0  # On the logarithm: a factor of seven in one step.


def best_point(design: Design) -> Point:
    """Where the restricted likelihood of the design is highest; see the module's docstring."""
    found = [point for start in STARTS if (point := climb(Point(design, *start))) is not None]
    return min(found, key=lambda point: point.deviance)


def climb(point: Point) -> Point | None:
    """The highest likelihood over those ratios that are not 0; None where one of them runs to 0."""
    free = point.ratios > 0
    for _ in range(STEPS):
        step = _step(point, free)
        if np.abs(step).max() < 1e-10:
            return point
        better = _shorter_until_better(point, step)
        if better is None:
            return point
        point = better
        if point.ratios[free].min() < LEAST_RATIO:
            return None
        if point.ratios.max() > LARGEST_RATIO:
            return point
    return point


def _step(point: Point, free: NDArray[np.bool_]) -> Numbers:
    """The step on the logarithms of both ratios, 0 for one that is held at 0."""
    step = np.zeros(2)
    if not free.any():
        return step
    ratios, slope = point.ratios[free], point.slope[free]
    around = np.ix_(free, free)
    bend = np.outer(ratios, ratios)
    curvature = bend * point.curvature[around] + np.diag(ratios * slope)
    if np.linalg.eigvalsh(curvature)[0] <= 0:
        curvature = bend * point.expected_curvature[around]
    wanted = -np.linalg.lstsq(curvature, ratios * slope)[0]
    step[free] = wanted * min(1.0, LONGEST / max(float(np.abs(wanted).max()), LONGEST / 2))
    return step


def _shorter_until_better(point: Point, step: Numbers) -> Point | None:
    """The next point; None where no step, however short, raises the likelihood any more."""
    for halving in range(HALVINGS):
        ratios = point.ratios * np.exp(step / 2.0**halving)
        other = Point(point.design, float(ratios[0]), float(ratios[1]))
        if other.deviance < point.deviance:
            return other
    return None

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
LARGEST_RATIO = 1e14
SMALL_RATIO = 0.01  # From here down it is asked whether the likelihood falls from 0 on.
STEPS, HALVINGS = 60, 20
CLOSE = 1e-6  # The next step would be its square; the likelihood's own rounding is near.
FLAT = 1e-12
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
        if np.max(np.abs(step)) < CLOSE:
            return _moved(point, step)
        better = _shorter_until_better(point, step)
        if better is None:
            return point
        point = better
        if _runs_to_nothing(point):
            return None
        if np.max(point.ratios) > LARGEST_RATIO:
            return point
    return point


def _runs_to_nothing(point: Point) -> bool:
    """Whether a small ratio would have nothing to stop it on its way to 0."""
    for place, ratio in enumerate(point.ratios):
        if 0 < ratio < SMALL_RATIO:
            edge = point.ratios * (np.arange(2) != place)
            if Point(point.design, *edge.tolist()).slope[place] >= 0:
                return True
    return False


def _step(point: Point, free: NDArray[np.bool_]) -> Numbers:
    """Newton's step on the logarithms of both ratios, 0 for one that is held at 0.

    Where the deviance bends down instead of up, the step goes down all the same.
    """
    step = np.zeros(2)
    if not free.any():
        return step
    ratios = point.ratios[free]
    slope = ratios * point.slope[free]
    curvature = np.outer(ratios, ratios) * point.curvature[np.ix_(free, free)] + np.diag(slope)
    bends, axes = np.linalg.eigh(curvature)
    wanted: Numbers = -axes @ ((slope @ axes) / np.maximum(np.abs(bends), FLAT))
    step[free] = wanted * min(1.0, LONGEST / max(float(np.max(np.abs(wanted))), FLAT))
    return step


def _shorter_until_better(point: Point, step: Numbers) -> Point | None:
    """The next point; None where no step, however short, raises the likelihood any more."""
    for halving in range(HALVINGS):
        other = _moved(point, step / 2.0**halving)
        if other.deviance < point.deviance:
            return other
    return None


def _moved(point: Point, step: Numbers) -> Point:
    """The point one step on, on the logarithms."""
    ratios = point.ratios * np.exp(step)
    return Point(point.design, float(ratios[0]), float(ratios[1]))

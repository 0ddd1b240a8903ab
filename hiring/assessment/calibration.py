"""How near somebody's levels come to those of experts, on written answers that both have rated.

Frame-of-reference training (Bernardin & Buckley 1981, Academy of Management Review 6(2), 205-212) shows raters
their own level beside the target and the reason for it. Distance is the mean absolute error, direction the mean
difference; both are in scale points. The interval of the difference is Student's, with n - 1 degrees of freedom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough

FEWEST = 5  # Samples. Below this one answer more or less moves the error by a fifth of a level and more.
COVERAGE = 0.95


@dataclass(frozen=True)
class Calibration:
    """``error`` is the mean absolute distance to the targets, ``severity`` the mean of target minus level.

    Severity is positive for one who rates lower than the experts, as among interviewers. ``exact`` counts the
    levels that hit the target, out of ``n``.
    """

    n: int
    exact: int
    error: Figure
    severity: Figure


def calibration(pairs: Sequence[tuple[int, int]]) -> Calibration:
    """The figures for pairs of own level and target."""
    n = len(pairs)
    exact = sum(level == target for level, target in pairs)
    if n < FEWEST:
        lack = NotEnough(n, FEWEST, Lack.TOO_FEW_ITEMS if n else Lack.NO_RATINGS)
        return Calibration(n, exact, lack, lack)
    differences = np.array([target - level for level, target in pairs], dtype=float)
    error = Estimate(float(np.mean(np.abs(differences))), n)
    return Calibration(n, exact, error, Estimate(float(np.mean(differences)), n, _interval(differences)))


def _interval(differences: np.ndarray) -> Interval | None:
    from scipy.special import stdtrit  # Kept out of start-up: it takes a noticeable time to import.

    spread = float(np.std(differences, ddof=1))
    if spread == 0:
        return None  # Always the same difference: there is nothing to estimate a chance error from.
    half = float(stdtrit(len(differences) - 1, (1 + COVERAGE) / 2)) * spread / math.sqrt(len(differences))
    middle = float(np.mean(differences))
    return Interval(middle - half, middle + half)

"""What more or fewer interviewers would do to the reliability of their mean.

Spearman 1910 (British Journal of Psychology 3, 271-295) and Brown 1910 (same volume, 296-322).
"""

from __future__ import annotations

import math

from hiring.assessment.estimates import Lack, NotEnough

LEAST = 1e-9  # A reliability below this is none at all.


def projected(single: float, raters: float) -> float | NotEnough:
    """The reliability of the mean of so many interviewers, from the reliability of one, both between 0 and 1.

    Not enough: one interviewer tells nothing of candidates, so that many tell nothing either.

    >>> round(projected(0.44, 3), 2)
    0.7
    """
    if not LEAST < single <= 1 or raters <= 0:
        return NotEnough(0, 0, Lack.NO_CANDIDATE_VARIATION)
    return raters * single / (1 + (raters - 1) * single)


def interviewers_needed(single: float, target: float) -> int | NotEnough:
    """The least number of interviewers whose mean reaches the target reliability. Not enough: as above.

    >>> interviewers_needed(0.44, 0.70)
    3

    Raises ValueError for a target that no number reaches: it must lie above 0 and below 1.
    """
    if not 0 < target < 1:
        raise ValueError("A target lies above 0 and below 1.")
    if not LEAST < single <= 1:
        return NotEnough(0, 0, Lack.NO_CANDIDATE_VARIATION)
    if single >= target:
        return 1
    exact = target * (1 - single) / (single * (1 - target))
    nearest = round(exact)
    # .70 from .44 is 2.97, but a whole number that is reached exactly must not be rounded up.
    return nearest if math.isclose(exact, nearest, rel_tol=1e-9) else math.ceil(exact)

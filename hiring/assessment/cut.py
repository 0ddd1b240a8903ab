"""Where a candidate stands to a cut, and to a floor: what is too close to call is said to be so.

A cut is set before anybody is rated, from what a minimally qualified candidate would show
(modified Angoff on anchored scales). Candidates within one standard error of it are borderline
(29 CFR 1607.5H asks for cuts that are reasonable; AERA, APA & NCME 2014, Standards 5.21 and 5.22,
ask for their precision to be reported).
"""

from __future__ import annotations

from enum import StrEnum

from hiring.assessment.bands import Precision
from hiring.assessment.estimates import Estimate, Figure, NotEnough


class CutStanding(StrEnum):
    """On which side of a cut somebody stands, if that can be said."""

    MEETS = "meets_cut"
    BORDERLINE = "borderline"
    BELOW = "below_cut"


def standing_to_cut(
    composite: Figure, raters: int, cut: float, known: Precision | NotEnough
) -> CutStanding | None:
    """On which side of the cut a composite stands; within one standard error it is borderline.

    Without a known precision every side is borderline; without a composite there is no side.
    """
    if not isinstance(composite, Estimate) or raters == 0:
        return None
    if isinstance(known, NotEnough) or abs(composite.value - cut) <= known.standard_error(raters):
        return CutStanding.BORDERLINE
    return CutStanding.MEETS if composite.value > cut else CutStanding.BELOW


def is_below_floor(mean: Figure, floor: int | None) -> bool:
    """Whether a must-have skill was rated lower than it must be; what is not rated is not below."""
    return floor is not None and isinstance(mean, Estimate) and mean.value < floor

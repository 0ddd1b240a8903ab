"""A figure with its n, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """Why a figure cannot be given."""

    NO_RATINGS = "no_ratings"
    TOO_FEW_SKILLS = "too_few_skills"
    TOO_FEW_RATERS = "too_few_raters"
    TOO_FEW_SCORECARDS = "too_few_scorecards"


@dataclass(frozen=True)
class Interval:
    """The range from ``low`` to ``high``, both on the scale of the figure."""

    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A figure that rests on ``n`` ratings, raters or skills, as its function says."""

    value: float
    n: int
    interval: Interval | None = None


@dataclass(frozen=True)
class NotEnough:
    """No figure: there were ``n`` where ``needed`` are needed."""

    n: int
    needed: int
    why: Lack


Figure = Estimate | NotEnough

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
    TOO_FEW_CANDIDATES = "too_few_candidates"
    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_SHARED = "too_few_shared"
    TOO_FEW_SORTERS = "too_few_sorters"
    NO_VARIATION = "no_variation"
    NO_CANDIDATE_VARIATION = "no_candidate_variation"
    AT_THE_BOUNDARY = "at_the_boundary"
    NOT_LINKED = "not_linked"
    BELOW_ZERO = "below_zero"
    NO_TIMES = "no_times"


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
    """No figure: there were ``n`` where ``needed`` are needed; ``needed`` is 0 where more would not help."""

    n: int
    needed: int
    why: Lack


Figure = Estimate | NotEnough

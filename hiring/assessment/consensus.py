"""Whether a panel's consensus drifts toward one voice: how far it lies from everybody's own ratings.

Discussion adds little to the mean of independent ratings (Pulakos, Schmitt, Whitney & Smith 1996,
Personnel Psychology 49(1), 85-102), and takes much away where it only repeats the most senior voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough

FEWEST = 5  # Disputed skills; below this, chance alone puts somebody nearest.
NOTICEABLE = 0.5  # Levels.
FAR = 0.5  # A consensus this far from the mean needs its reason.
LEVELS = range(1, 6)


@dataclass(frozen=True)
class Settled:
    """A skill of a candidate with everybody's own value and the consensus, all in levels."""

    own: Mapping[int, float]
    consensus: float

    @property
    def is_disputed(self) -> bool:
        """Whether the own values differ at all; where they do not, nobody could pull."""
        return len(set(self.own.values())) > 1


@dataclass(frozen=True)
class Pull:
    """The mean distance of the consensus from one rater's own values, and from those of the others.

    ``n`` of both counts disputed skills. ``is_noticeable`` says that the consensus lies nearer to this
    rater by at least half a level.
    """

    own: Figure
    others: Figure

    @property
    def is_noticeable(self) -> bool:
        """Whether it is worth a talk."""
        if isinstance(self.own, NotEnough) or isinstance(self.others, NotEnough):
            return False
        return self.others.value - self.own.value >= NOTICEABLE


def pull_of(rater: int, settled: Sequence[Settled]) -> Pull:
    """How near the consensus lies to a rater on the disputed skills that this rater and others rated."""
    shared = [each for each in settled if each.is_disputed and rater in each.own and len(each.own) > 1]
    if len(shared) < FEWEST:
        lack = NotEnough(len(shared), FEWEST, Lack.TOO_FEW_SKILLS)
        return Pull(lack, lack)
    own = [abs(each.consensus - each.own[rater]) for each in shared]
    others = [_distance_of_others(rater, each) for each in shared]
    return Pull(Estimate(sum(own) / len(own), len(own)), Estimate(sum(others) / len(others), len(others)))


def distances(settled: Sequence[Settled]) -> dict[int, Figure]:
    """How far the consensus lies from each rater's own values on the disputed skills, on average and in levels.

    >>> distances([Settled({1: 5, 2: 3}, 4)] * 6)[1]
    Estimate(value=1.0, n=6, interval=None)
    """
    disputed = [each for each in settled if each.is_disputed]
    raters = sorted({rater for each in settled for rater in each.own})
    return {rater: _mean_distance(rater, disputed) for rater in raters}


def free_levels(own: Sequence[float]) -> tuple[int, ...]:
    """The levels that a consensus may have without saying why.

    >>> free_levels([2, 4])
    (3,)
    """
    return tuple(level for level in LEVELS if not needs_reason(level, own))


def needs_reason(level: int | None, own: Sequence[float]) -> bool:
    """Whether a consensus must say why: it is N, far from the mean, or beyond what anybody gave."""
    if level is None or not own:
        return True
    mean = sum(own) / len(own)
    return abs(level - mean) >= FAR or not min(own) <= level <= max(own)


def _mean_distance(rater: int, disputed: Sequence[Settled]) -> Figure:
    away = [abs(each.consensus - each.own[rater]) for each in disputed if rater in each.own]
    if len(away) < FEWEST:
        return NotEnough(len(away), FEWEST, Lack.TOO_FEW_SKILLS)
    return Estimate(sum(away) / len(away), len(away))


def _distance_of_others(rater: int, settled: Settled) -> float:
    values = [value for other, value in settled.own.items() if other != rater]
    return sum(abs(settled.consensus - value) for value in values) / len(values)

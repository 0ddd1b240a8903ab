"""Do colleagues read an anchor as its author meant it? Agreement after anchors were sorted blind.

Smith & Kendall 1963 (Journal of Applied Psychology 47(2), 149-155) called it retranslation: people who
did not write the anchors put each of them back to a skill and a level. An anchor is worth keeping where
most of them choose the skill that was meant, and where their levels agree with one another and with the
level that was meant.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean, stdev

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough

LEAST_SHARE = 0.7  # Retranslation asks for 60 to 80 per cent in the meant skill; this is the middle.
LARGEST_SPREAD = 1.0  # Standard deviation on five levels, as 1.5 on the usual seven.
HALF_A_LEVEL = 0.5  # From here on the mean is as near to another level as to the one that was meant.
MOST = 0.5  # Where fewer than half chose the meant skill, other words will hardly help.
FEW_SORTERS = 5  # Below this, one sorter more or less moves the share by more than 20 points.
NORMAL = 1.959963984540054  # The 97.5 % quantile of the normal distribution.
CLOSE = 1e-9


class Verdict(StrEnum):
    """What the figures say about an anchor."""

    KEEP = "keep"
    REWORK = "rework"
    DROP = "drop"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why the figures do not say that an anchor may be kept."""

    OTHER_SKILL = "other_skill"
    WIDE_SPREAD = "wide_spread"
    OTHER_LEVEL = "other_level"


@dataclass(frozen=True)
class Choice:
    """Where one sorter put an anchor; no skill means that it belongs to none of them."""

    skill: str | None
    level: int | None = None


@dataclass(frozen=True)
class Agreement:
    """How one anchor was read.

    ``share`` is that of the sorters who chose the meant skill, with its Wilson interval; ``level`` and
    ``spread`` are mean and standard deviation of the levels that these sorters gave.
    """

    meant_level: int
    sorters: int
    share: Figure
    level: Figure
    spread: Figure
    levels: tuple[int, ...]

    @property
    def distance(self) -> float | None:
        """How far the mean level lies above (or, negative, below) the level that was meant."""
        return self.level.value - self.meant_level if isinstance(self.level, Estimate) else None

    @property
    def reads_as(self) -> int | None:
        """The level as which it is read; half-way between two it is the one that was not meant."""
        if self.distance is None:
            return None
        steps = math.floor(abs(self.distance) + HALF_A_LEVEL + CLOSE)
        return self.meant_level + int(math.copysign(steps, self.distance))

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every criterion that the figures miss."""
        return tuple(doubt for doubt, is_missed in self._criteria() if is_missed)

    @property
    def verdict(self) -> Verdict:
        """Whether to keep, rework or drop it; unknown where one opinion would decide."""
        if self.sorters >= 2 and isinstance(self.share, Estimate) and self.share.value < MOST - CLOSE:
            return Verdict.DROP
        if isinstance(self.spread, NotEnough):
            return Verdict.UNKNOWN
        return Verdict.REWORK if self.doubts else Verdict.KEEP

    @property
    def rests_on_few(self) -> bool:
        """Whether the verdict may turn with the next sorter."""
        return self.sorters < FEW_SORTERS

    def _criteria(self) -> Iterable[tuple[Doubt, bool]]:
        share, spread, distance = self.share, self.spread, self.distance
        yield Doubt.OTHER_SKILL, isinstance(share, Estimate) and share.value < LEAST_SHARE - CLOSE
        yield Doubt.WIDE_SPREAD, isinstance(spread, Estimate) and spread.value > LARGEST_SPREAD + CLOSE
        yield Doubt.OTHER_LEVEL, distance is not None and abs(distance) >= HALF_A_LEVEL - CLOSE


def agreement(skill: str, level: int, choices: Sequence[Choice]) -> Agreement:
    """How an anchor that was meant for this skill and level was read by those who did not write it.

    >>> agreed = agreement("tact", 4, [Choice("tact", 3), Choice("tact", 3), Choice("tact", 4), Choice("calm", 4)])
    >>> agreed.share.value, round(agreed.level.value, 2), agreed.reads_as, agreed.verdict.value
    (0.75, 3.33, 3, 'rework')
    """
    levels = tuple(each.level for each in choices if each.skill == skill and each.level is not None)
    hits = sum(each.skill == skill for each in choices)
    return Agreement(
        meant_level=level,
        sorters=len(choices),
        share=share_of(hits, len(choices)),
        level=_mean(levels),
        spread=_spread(levels),
        levels=tuple(sorted(levels)),
    )


def share_of(hits: int, n: int) -> Figure:
    """A share with its 95 % interval by Wilson, or that nobody has sorted yet."""
    if n == 0:
        return NotEnough(0, 1, Lack.TOO_FEW_SORTERS)
    return Estimate(hits / n, n, wilson(hits, n))


def wilson(hits: int, n: int) -> Interval:
    """The 95 % score interval of a share: Wilson 1927, Journal of the American Statistical Association 22, 209-212.

    It stays between 0 and 1 and is honest for few sorters, also where all of them agree.

    >>> round(wilson(5, 5).low, 2), wilson(5, 5).high
    (0.57, 1.0)
    """
    share, square = hits / n, NORMAL**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = NORMAL / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if hits == 0 else centre - half
    high = 1.0 if hits == n else centre + half
    return Interval(low, high)


def confusion(
    skills: Collection[str], sorted_into: Iterable[tuple[str, Choice]]
) -> Mapping[str, Mapping[str | None, int]]:
    """How often anchors meant for one skill were put into each of them, or into none; the meant skill first."""
    counts = Counter((meant, choice.skill) for meant, choice in sorted_into)
    return {meant: {chosen: counts[meant, chosen] for chosen in (*skills, None)} for meant in skills}


def _mean(levels: Sequence[int]) -> Figure:
    if not levels:
        return NotEnough(0, 1, Lack.TOO_FEW_SORTERS)
    return Estimate(float(mean(levels)), len(levels))


def _spread(levels: Sequence[int]) -> Figure:
    """The standard deviation of a sample, which needs two levels."""
    if len(levels) < 2:
        return NotEnough(len(levels), 2, Lack.TOO_FEW_SORTERS)
    return Estimate(stdev(levels), len(levels))

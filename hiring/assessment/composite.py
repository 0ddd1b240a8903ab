"""Means of levels and the composite: a mechanical combination by weights fixed beforehand.

Combining by rule predicts job performance better than combining by talk (Kuncel, Klieger,
Connelly & Ones 2013, Journal of Applied Psychology 98(6), 1060-1072).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough

# Our rule, fixed before any interview: half of the weight must be rated. A hair less is rounding.
LEAST_WEIGHT_RATED = 0.5 - 1e-9


def mean_level(levels: Iterable[float | None]) -> Figure:
    """The arithmetic mean of the levels that were given; None (not enough evidence) is left out.

    >>> mean_level([3, None, 4])
    Estimate(value=3.5, n=2, interval=None)
    """
    given = [level for level in levels if level is not None]
    if not given:
        return NotEnough(0, 1, Lack.NO_RATINGS)
    return Estimate(sum(given) / len(given), len(given))


def composite(values: Mapping[str, float | None], weights: Mapping[str, float]) -> Figure:
    """The weighted mean of skill values, in levels from 1 to 5; ``n`` counts the skills it rests on.

    A skill without a value is left out with its weight, never counted as zero. At least half of
    the total weight must be rated.

    >>> composite({"empathy": 4.0, "patience": 2.0}, {"empathy": 3, "patience": 1})
    Estimate(value=3.5, n=2, interval=None)
    """
    rated = {skill: value for skill in weights if (value := values.get(skill)) is not None}
    weight = sum(weights[skill] for skill in rated)
    if weight < LEAST_WEIGHT_RATED * sum(weights.values()) or not rated:
        needed = fewest_skills(weights)
        return NotEnough(len(rated), needed, Lack.TOO_FEW_SKILLS if rated else Lack.NO_RATINGS)
    total = sum(weights[skill] * value for skill, value in rated.items())
    return Estimate(total / weight, len(rated))


def fewest_skills(weights: Mapping[str, float]) -> int:
    """How many skills, the heaviest first, make up half of the total weight."""
    count, reached = 0, 0.0
    for weight in sorted(weights.values(), reverse=True):
        if reached >= LEAST_WEIGHT_RATED * sum(weights.values()):
            break
        count, reached = count + 1, reached + weight
    return max(count, 1)

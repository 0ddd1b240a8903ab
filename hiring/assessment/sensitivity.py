"""How much an order of candidates rests on the weights: what other weights would change.

Composites follow the rule of hiring.assessment.composite: a skill without a value is left out with
its weight, and half of the weight must be rated. Weights are tried one at a time (one-at-a-time
sensitivity analysis; Saltelli et al. 2008, Global Sensitivity Analysis, chapter 1), because people ask
"what if this counted more?" one skill at a time. What brings two neighbours level is worked out in two
ways: the smallest change of one weight in relation to itself, the others as they are, and the smallest share
of all weight that must go from one skill to another.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from hiring.assessment.composite import composite
from hiring.assessment.estimates import Estimate
from hiring.assessment.places import ROUNDING, places

STEP = 0.5  # Each weight is tried half as large and half again as large.
Values = Mapping[str, Mapping[str, float | None]]  # A candidate's value of each skill.


@dataclass(frozen=True)
class Trial:
    """One changed weight (``factor`` times its own; 0 leaves the skill out) and who changes places by it.

    ``moved`` names the candidates whose place changes, or who have no composite any more; ``first_changes``
    says whether somebody comes first who did not before. Equal composites share a place.
    """

    skill: str
    factor: float
    moved: tuple[str, ...]
    first_changes: bool


@dataclass(frozen=True)
class Move:
    """A share of all weight that is taken from one skill and given to another."""

    source: str
    target: str
    share: float


@dataclass(frozen=True)
class Flip:
    """What brings two neighbours level; beyond it the lower one leads.

    ``factor`` multiplies the weight of ``skill``: of all factors on one weight it is the one nearest to 1, and
    half as much is as near as twice as much. ``move`` is the smallest from one skill to one other. Either is
    None where nothing of its kind does it, or where both ``are_level`` already.
    """

    upper: str
    lower: str
    skill: str | None
    factor: float | None
    move: Move | None
    are_level: bool


@dataclass(frozen=True)
class Sensitivity:
    """Every trial, and for each pair of neighbours what would bring them level."""

    order: tuple[str, ...]
    trials: tuple[Trial, ...]
    flips: tuple[Flip, ...]


def sensitivity(values: Values, weights: Mapping[str, float]) -> Sensitivity:
    """What the order of the candidates owes to the weights.

    Candidates without a composite are left out, and so are skills without weight. An only skill is not
    left out on trial, for nothing would be left.
    """
    counted = {skill: weight for skill, weight in weights.items() if weight > 0}
    before = _places(_composites(values, counted))
    factors = (1 - STEP, 1 + STEP, 0.0) if len(counted) > 1 else (1 - STEP, 1 + STEP)
    trials = tuple(_trial(values, counted, before, skill, factor) for skill in counted for factor in factors)
    pairs = itertools.pairwise(before)
    return Sensitivity(tuple(before), trials, tuple(smallest_flip(values, counted, *pair) for pair in pairs))


def smallest_flip(values: Values, weights: Mapping[str, float], upper: str, lower: str) -> Flip:
    """The smallest changes of the weights, all above 0, that bring two candidates with composites level.

    Where both were rated on the same skills, and the one that speaks most for the upper candidate has weight
    enough to give, no change of all weights that keeps their sum is smaller than the move, added up over
    skills without signs: each unit of weight then goes from where it counts most to where it counts least.
    """
    pair = _Pair(values[upper], values[lower], weights)
    if pair.are_level({}):
        return Flip(upper, lower, None, None, None, True)
    skill, factor = pair.smallest_factor() or (None, None)
    return Flip(upper, lower, skill, factor, pair.smallest_move(), False)


@dataclass(frozen=True)
class _Pair:
    """Two candidates' values under some weights.

    Where weights change by an amount t along a direction, each composite is (a + t b) / (c + t d), so that
    two of them are equal where a quadratic in t is zero.
    """

    one: Mapping[str, float | None]
    other: Mapping[str, float | None]
    weights: Mapping[str, float]

    def smallest_factor(self) -> tuple[str, float] | None:
        """The skill and the factor on its weight."""
        found = sorted(
            (round(abs(math.log1p(amount / weight)), 9), skill, amount)
            for skill, weight in self.weights.items()
            for amount in self._level_at({skill: 1.0})
            if amount > -weight * (1 - ROUNDING)
        )
        for _size, skill, amount in found:
            if self.are_level({skill: amount}):
                return skill, 1 + amount / self.weights[skill]
        return None

    def smallest_move(self) -> Move | None:
        """The move of at most all the weight of a skill."""
        found = sorted(
            (min(amount, self.weights[source]), source, target)
            for source, target in itertools.permutations(self.weights, 2)
            for amount in self._level_at({source: -1.0, target: 1.0})
            if 0 < amount <= self.weights[source] * (1 + ROUNDING)
        )
        for amount, source, target in found:
            if self.are_level({source: -amount, target: amount}):
                return Move(source, target, amount / sum(self.weights.values()))
        return None

    def are_level(self, change: Mapping[str, float]) -> bool:
        """Whether both have a composite, and the same one, when these amounts are added to the weights."""
        changed = {skill: weight + change.get(skill, 0.0) for skill, weight in self.weights.items()}
        one, other = composite(self.one, changed), composite(self.other, changed)
        if not (isinstance(one, Estimate) and isinstance(other, Estimate)):
            return False
        return abs(one.value - other.value) <= ROUNDING * max(1.0, abs(one.value))

    def _level_at(self, direction: Mapping[str, float]) -> list[float]:
        """The amounts along a direction at which both are level."""
        (a, b, c, d), (e, f, g, h) = (self._line(each, direction) for each in (self.one, self.other))
        # (a + t b)(g + t h) = (e + t f)(c + t d)
        return _roots(b * h - f * d, a * h + b * g - e * d - f * c, a * g - e * c)

    def _line(
        self, values: Mapping[str, float | None], direction: Mapping[str, float]
    ) -> tuple[float, float, float, float]:
        """The weighted sum of values and the sum of weights, each with its change along the direction."""
        rated = {skill: value for skill in self.weights if (value := values.get(skill)) is not None}
        return (
            sum(self.weights[skill] * value for skill, value in rated.items()),
            sum(step * rated[skill] for skill, step in direction.items() if skill in rated),
            sum(self.weights[skill] for skill in rated),
            sum(step for skill, step in direction.items() if skill in rated),
        )


def _roots(square: float, linear: float, constant: float) -> list[float]:
    """The real roots of a quadratic, or of what is left of it where leading terms are rounding only."""
    size = max(abs(square), abs(linear), abs(constant))
    if max(abs(square), abs(linear)) <= ROUNDING * size:
        return []
    if abs(square) <= ROUNDING * size:
        return [-constant / linear]
    under = linear * linear - 4 * square * constant
    if under < 0:
        return []
    half = -(linear + math.copysign(math.sqrt(under), linear)) / 2
    return [half / square, *([constant / half] if half else [])]


def _trial(
    values: Values, weights: Mapping[str, float], before: Mapping[str, int], skill: str, factor: float
) -> Trial:
    tried = {key: weight * (factor if key == skill else 1) for key, weight in weights.items()}
    after = _places(_composites(values, {key: weight for key, weight in tried.items() if weight}))
    moved = tuple(name for name, place in before.items() if after.get(name) != place)
    first = {name for name, place in after.items() if place == 1}
    return Trial(skill, factor, moved, any(before.get(name) != 1 for name in first))


def _composites(values: Values, weights: Mapping[str, float]) -> dict[str, float]:
    """The composites of those who have one."""
    figures = {name: composite(skills, weights) for name, skills in values.items()}
    return {name: figure.value for name, figure in figures.items() if isinstance(figure, Estimate)}


def _places(composites: Mapping[str, float]) -> dict[str, int]:
    """Each candidate's place, from the highest composite to the lowest, equal ones in the order given."""
    order = sorted(composites, key=lambda name: -round(composites[name], 9))
    return dict(zip(order, places([composites[name] for name in order]), strict=True))

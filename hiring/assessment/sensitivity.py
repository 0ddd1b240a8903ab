"""How much an order of candidates rests on the weights: what other weights would change.

Composites follow the rule of hiring.assessment.composite: a skill without a value is left out with
its weight, and half of the weight must be rated. Weights are tried one at a time (one-at-a-time
sensitivity analysis; Saltelli et al. 2008, Global Sensitivity Analysis, chapter 1), because people ask
"what if this counted more?" one skill at a time.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.composite import composite
from hiring.assessment.estimates import Estimate

STEP = 0.5  # Each weight is tried half as large and half again as large.
Values = Mapping[str, Mapping[str, float | None]]  # A candidate's value of each skill.


@dataclass(frozen=True)
class Trial:
    """One changed weight (``factor`` times its own; 0 leaves the skill out) and who changes places by it.

    ``moved`` names the candidates whose place changes; ``first_changes`` whether somebody else comes first.
    """

    skill: str
    factor: float
    moved: tuple[str, ...]
    first_changes: bool


@dataclass(frozen=True)
class Flip:
    """The smallest relative change of one weight that makes the lower of two neighbours draw level.

    ``factor`` multiplies the weight of ``skill``; None where no positive factor does it.
    """

    upper: str
    lower: str
    skill: str | None
    factor: float | None


@dataclass(frozen=True)
class Sensitivity:
    """Every trial, and for each pair of neighbours what would bring them level."""

    order: tuple[str, ...]
    trials: tuple[Trial, ...]
    flips: tuple[Flip, ...]


def sensitivity(values: Values, weights: Mapping[str, float]) -> Sensitivity:
    """What the order of the candidates owes to the weights; candidates without a composite are left out."""
    order = _order(values, weights)
    trials = tuple(
        _trial(values, weights, order, skill, factor)
        for skill in weights
        for factor in (1 - STEP, 1 + STEP, 0.0)
    )
    pairs = itertools.pairwise(order)
    return Sensitivity(order, trials, tuple(smallest_flip(values, weights, *pair) for pair in pairs))


def smallest_flip(values: Values, weights: Mapping[str, float], upper: str, lower: str) -> Flip:
    """The weight whose smallest relative change, up or down, brings two candidates level.

    With factor t on the weight of skill s both composites are (a + t b) / (c + t d), so that they are
    equal where a quadratic in t is zero; the root nearest to 1 on a logarithmic scale is the smallest.
    """
    found = [
        (abs(math.log(factor)), skill, factor)
        for skill in weights
        for factor in _level_at(values[upper], values[lower], weights, skill)
    ]
    if not found:
        return Flip(upper, lower, None, None)
    _size, skill, factor = min(found)
    return Flip(upper, lower, skill, factor)


def _level_at(
    one: Mapping[str, float | None],
    other: Mapping[str, float | None],
    weights: Mapping[str, float],
    skill: str,
) -> list[float]:
    """The positive factors on a skill's weight at which two candidates are level."""
    (a, b, c, d), (e, f, g, h) = _line(one, weights, skill), _line(other, weights, skill)
    # (a + t b)(g + t h) = (e + t f)(c + t d)
    square, linear, constant = b * h - f * d, a * h + b * g - e * d - f * c, a * g - e * c
    return [root for root in _roots(square, linear, constant) if root > 1e-9]


def _line(
    values: Mapping[str, float | None], weights: Mapping[str, float], skill: str
) -> tuple[float, float, float, float]:
    """Numerator and denominator of the composite without the skill, and what the skill adds to each."""
    rated = {key: value for key in weights if (value := values.get(key)) is not None}
    rest = [key for key in rated if key != skill]
    own = rated.get(skill)
    return (
        sum(weights[key] * rated[key] for key in rest),
        weights[skill] * own if own is not None else 0.0,
        sum(weights[key] for key in rest),
        weights[skill] if own is not None else 0.0,
    )


def _roots(square: float, linear: float, constant: float) -> list[float]:
    size = max(abs(square), abs(linear), abs(constant))
    if size == 0 or max(abs(square), abs(linear)) <= 1e-12 * size:
        return []
    if abs(square) <= 1e-12 * size:
        return [-constant / linear]
    under = linear * linear - 4 * square * constant
    if under < 0:
        return []
    half = -(linear + math.copysign(math.sqrt(under), linear)) / 2
    return [half / square, *([constant / half] if half else [])]


def _trial(
    values: Values, weights: Mapping[str, float], order: Sequence[str], skill: str, factor: float
) -> Trial:
    tried = {key: weight * (factor if key == skill else 1) for key, weight in weights.items()}
    after = _order(values, {key: weight for key, weight in tried.items() if weight})
    places = {name: place for place, name in enumerate(after)}
    moved = tuple(name for place, name in enumerate(order) if places.get(name) != place)
    return Trial(skill, factor, moved, bool(order) and order[:1] != after[:1])


def _order(values: Values, weights: Mapping[str, float]) -> tuple[str, ...]:
    """The candidates from the highest composite to the lowest, equal ones in the order given."""
    figures = {name: composite(skills, weights) for name, skills in values.items()}
    known = {name: figure.value for name, figure in figures.items() if isinstance(figure, Estimate)}
    return tuple(sorted(known, key=lambda name: -round(known[name], 9)))

"""What an order of candidates owes to the weights."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hiring.assessment.composite import composite
from hiring.assessment.estimates import Estimate
from hiring.assessment.sensitivity import Flip, Move, sensitivity, smallest_flip

EQUAL = {"empathy": 1.0, "patience": 1.0}
VALUES = {"Anna": {"empathy": 5.0, "patience": 3.0}, "Bo": {"empathy": 3.0, "patience": 4.5}}


def test_a_weight_that_changes_who_comes_first_is_named() -> None:
    found = sensitivity(VALUES, EQUAL)

    first = {(trial.skill, trial.factor) for trial in found.trials if trial.first_changes}
    assert found.order == ("Anna", "Bo")
    # Anna leads while 2 times empathy weighs more than 1.5 times patience.
    assert first == {("empathy", 0.5), ("empathy", 0.0), ("patience", 1.5)}


def test_the_smallest_change_that_brings_two_level() -> None:
    flip = smallest_flip(VALUES, EQUAL, "Anna", "Bo")

    # 2 e = 1.5 p: three quarters of one weight, or four thirds of the other, are as near. Of all the weight,
    # 1/2 of which is on each, 2 (1/2 - m) = 1.5 (1/2 + m) takes m = 1/14.
    assert (flip.skill, flip.factor) == ("empathy", pytest.approx(0.75))
    assert flip.move == Move("empathy", "patience", pytest.approx(1 / 14))


def test_who_is_better_in_everything_is_not_overtaken() -> None:
    values = {"Anna": {"empathy": 5.0, "patience": 4.0}, "Bo": {"empathy": 3.0, "patience": 2.0}}

    flip = smallest_flip(values, EQUAL, "Anna", "Bo")

    assert (flip.skill, flip.factor) == (None, None)
    assert not any(trial.moved for trial in sensitivity(values, EQUAL).trials)


def test_candidates_without_a_composite_are_left_out() -> None:
    values = {**VALUES, "Cy": {"empathy": None, "patience": None}}

    assert sensitivity(values, EQUAL).order == ("Anna", "Bo")


levels = st.one_of(st.none(), st.sampled_from([1.0, 2.0, 2.5, 3.0, 4.0, 5.0]))
people = st.fixed_dictionaries({"a": levels, "b": levels, "c": levels})


weighted = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from([1.0, 2.0, 5.0])))


@given(people, people, weighted)
@settings(max_examples=300, deadline=None)
def test_at_the_factor_and_at_the_move_found_the_two_are_level(
    one: dict[str, float | None], other: dict[str, float | None], weights: dict[str, float]
) -> None:
    flip = smallest_flip({"Anna": one, "Bo": other}, weights, "Anna", "Bo")

    if flip.skill is not None and flip.factor is not None:
        tried = {**weights, flip.skill: weights[flip.skill] * flip.factor}
        assert value(one, tried) == pytest.approx(value(other, tried), abs=1e-6)
    if flip.move is not None:
        moved = after(flip.move, flip.move.share, weights)
        assert value(one, moved) == pytest.approx(value(other, moved), abs=1e-6)
    if flip.are_level:
        assert value(one, weights) == pytest.approx(value(other, weights))


@given(people, people, weighted)
@settings(max_examples=200, deadline=None)
def test_smaller_changes_leave_the_order_as_it_is(
    one: dict[str, float | None], other: dict[str, float | None], weights: dict[str, float]
) -> None:
    first, second = composite(one, weights), composite(other, weights)
    if (
        not (isinstance(first, Estimate) and isinstance(second, Estimate))
        or first.value <= second.value + 1e-6
    ):
        return

    flip = smallest_flip({"Anna": one, "Bo": other}, weights, "Anna", "Bo")

    size = abs(math.log(flip.factor)) if flip.factor else math.log(50)
    for skill in weights:
        for part in np.linspace(-0.99, 0.99, 41):
            assert leads(one, other, {**weights, skill: weights[skill] * math.exp(part * size)})
    for source, target in itertools.permutations(weights, 2):
        most = min(flip.move.share if flip.move else 1.0, weights[source] / sum(weights.values()))
        for part in np.linspace(0.01, 0.99, 21):
            assert leads(one, other, after(Move(source, target, 0), part * most, weights))


def leads(one: dict[str, float | None], other: dict[str, float | None], weights: dict[str, float]) -> bool:
    """Whether the first is ahead, or either has no composite."""
    first, second = composite(one, weights), composite(other, weights)
    return not (isinstance(first, Estimate) and isinstance(second, Estimate)) or first.value > second.value


def after(move: Move, share: float, weights: dict[str, float]) -> dict[str, float]:
    amount = share * sum(weights.values())
    moved = {move.source: weights[move.source] - amount, move.target: weights[move.target] + amount}
    return {**weights, **moved}


def value(person: dict[str, float | None], weights: dict[str, float]) -> float:
    found = composite(person, weights)
    assert isinstance(found, Estimate)
    return found.value


rated = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from([1.0, 2.0, 2.5, 3.0, 4.0, 5.0])))


@given(rated, rated, weighted)
@settings(max_examples=100, deadline=None)
def test_no_other_change_of_all_weights_is_smaller_than_the_move(
    one: dict[str, float | None], other: dict[str, float | None], weights: dict[str, float]
) -> None:
    apart = np.array([(one[skill] or 0) - (other[skill] or 0) for skill in "abc"])
    own = np.array([weights[skill] for skill in "abc"])
    flip = smallest_flip({"Anna": one, "Bo": other}, weights, "Anna", "Bo")
    if apart @ own <= 0 or flip.move is None:
        return

    # Gains and losses of each skill, at least 0; losses at most the weight.
    found = linprog(
        np.ones(6),
        A_eq=[[1, 1, 1, -1, -1, -1], [*apart, *-apart]],
        b_eq=[0, -(apart @ own)],
        bounds=[(0, None)] * 3 + [(0, each) for each in own],
    )
    least = found.fun / 2 / own.sum()
    assert flip.move.share >= least - 1e-9
    if apart["abc".index(flip.move.source)] == max(apart):
        assert flip.move.share == pytest.approx(least, abs=1e-9)


def test_who_is_level_already_needs_no_change() -> None:
    values = {"Anna": {"empathy": 5.0, "patience": 3.0}, "Bo": {"empathy": 3.0, "patience": 5.0}}

    assert smallest_flip(values, EQUAL, "Anna", "Bo") == Flip("Anna", "Bo", None, None, None, True)


def test_candidates_who_share_a_place_are_moved_when_it_is_taken_apart() -> None:
    values = {
        "Anna": {"empathy": 3.0, "patience": 5.0},
        "Bo": {"empathy": 5.0, "patience": 3.0},
        "Cy": {"empathy": 1.0, "patience": 1.0},
    }

    half, *_others = sensitivity(values, EQUAL).trials

    # With half the weight on empathy Anna stays first, and Bo, who was level, is second.
    assert (half.skill, half.factor, half.moved, half.first_changes) == ("empathy", 0.5, ("Bo",), False)


def test_an_only_skill_is_not_left_out() -> None:
    found = sensitivity({"Anna": {"empathy": 4.0}, "Bo": {"empathy": 3.0}}, {"empathy": 1.0, "calm": 0.0})

    assert [(trial.skill, trial.factor, trial.moved) for trial in found.trials] == [
        ("empathy", 0.5, ()),
        ("empathy", 1.5, ()),
    ]
    assert (found.flips[0].factor, found.flips[0].move) == (None, None)


def test_a_skill_whose_loss_leaves_too_little_takes_the_composite_away() -> None:
    values = {"Anna": {"empathy": 5.0, "patience": None}, "Bo": {"empathy": 3.0, "patience": 3.0}}

    found = {(trial.skill, trial.factor): trial for trial in sensitivity(values, EQUAL).trials}

    assert found["empathy", 0.0].moved == ("Anna", "Bo")
    assert found["patience", 1.5].moved == ("Anna", "Bo")  # Under half of the weight is rated.


def test_nobody_has_no_order() -> None:
    assert sensitivity({}, EQUAL).order == ()
    assert sensitivity({"Anna": {"empathy": 4.0}}, {}).order == ()

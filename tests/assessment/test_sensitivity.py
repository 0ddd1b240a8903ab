"""What an order of candidates owes to the weights."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.composite import composite
from hiring.assessment.estimates import Estimate
from hiring.assessment.sensitivity import sensitivity, smallest_flip

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

    assert flip.skill == "empathy" or flip.skill == "patience"
    assert flip.factor == pytest.approx(0.75 if flip.skill == "empathy" else 4 / 3)


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


@given(st.tuples(people, people), st.tuples(*[st.sampled_from([1.0, 2.0, 5.0])] * 3))
@settings(max_examples=200, deadline=None)
def test_at_the_factor_found_the_two_are_level(
    two: tuple[dict[str, float | None], dict[str, float | None]], given_weights: tuple[float, ...]
) -> None:
    weights = dict(zip("abc", given_weights, strict=True))
    values = {"Anna": two[0], "Bo": two[1]}

    flip = smallest_flip(values, weights, "Anna", "Bo")

    if flip.skill is not None and flip.factor is not None:
        tried = {
            skill: weight * (flip.factor if skill == flip.skill else 1) for skill, weight in weights.items()
        }
        one, other = (composite(each, tried) for each in two)
        if isinstance(one, Estimate) and isinstance(other, Estimate):
            assert one.value == pytest.approx(other.value, abs=1e-6)

"""Means and composites, with the cases in which there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hiring.assessment.composite import composite, fewest_skills, mean_level
from hiring.assessment.estimates import Estimate, Lack, NotEnough

LEVELS = st.floats(min_value=1, max_value=5)


def test_not_enough_evidence_is_left_out_of_a_mean() -> None:
    assert mean_level([2, None, 5]) == Estimate(3.5, 2)


def test_without_any_level_there_is_no_mean() -> None:
    assert mean_level([None, None]) == NotEnough(0, 1, Lack.NO_RATINGS)


def test_a_heavier_skill_counts_more() -> None:
    assert composite({"a": 5.0, "b": 1.0}, {"a": 3, "b": 1}) == Estimate(4.0, 2)


def test_a_gap_is_left_out_with_its_weight() -> None:
    assert composite({"a": 4.0, "b": None, "c": 2.0}, {"a": 1, "b": 1, "c": 1}) == Estimate(3.0, 2)


def test_less_than_half_of_the_weight_makes_no_composite() -> None:
    assert composite({"a": 4.0}, {"a": 1, "b": 2}) == NotEnough(1, 1, Lack.TOO_FEW_SKILLS)


def test_half_of_the_weight_is_enough_in_spite_of_rounding() -> None:
    weights = {"a": 1.0, "b": 1.0 - 2e-16, "c": 2.0}

    assert isinstance(composite({"a": 3.0, "b": 5.0}, weights), Estimate)


def test_a_skill_without_weight_does_not_count() -> None:
    assert composite({"a": 4.0, "stray": 1.0}, {"a": 1}) == Estimate(4.0, 1)


def test_no_skills_make_no_composite() -> None:
    assert composite({}, {}) == NotEnough(0, 1, Lack.NO_RATINGS)


def test_half_of_the_weight_may_need_few_heavy_skills() -> None:
    assert fewest_skills({"a": 10, "b": 1, "c": 1}) == 1
    assert fewest_skills({"a": 1, "b": 1, "c": 1, "d": 1}) == 2


@given(st.dictionaries(st.text(min_size=1), LEVELS, min_size=1), st.integers(min_value=1, max_value=10))
def test_equal_weights_give_the_plain_mean_and_stay_on_the_scale(
    values: dict[str, float], weight: int
) -> None:
    figure = composite(values, dict.fromkeys(values, weight))

    assert isinstance(figure, Estimate)
    assert abs(figure.value - sum(values.values()) / len(values)) < 1e-9
    assert min(values.values()) - 1e-9 <= figure.value <= max(values.values()) + 1e-9

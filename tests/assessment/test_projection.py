"""More interviewers: the worked figures of the literature."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.assessment.estimates import NotEnough
from hiring.assessment.projection import interviewers_needed, projected


@pytest.mark.parametrize(("raters", "reliability"), [(1, 0.44), (2, 0.61), (3, 0.70), (4, 0.76)])
def test_the_mean_of_more_interviewers_is_more_reliable(raters: int, reliability: float) -> None:
    found = projected(0.44, raters)

    assert isinstance(found, float)
    assert round(found, 2) == reliability


@pytest.mark.parametrize(("target", "needed"), [(0.44, 1), (0.61, 2), (0.70, 3), (0.76, 5), (0.9, 12)])
def test_how_many_are_needed(target: float, needed: int) -> None:
    assert interviewers_needed(0.44, target) == needed


def test_a_number_that_is_reached_exactly_is_not_rounded_up() -> None:
    assert interviewers_needed(0.5, 0.75) == 3


def test_no_number_helps_where_one_interviewer_tells_nothing() -> None:
    assert isinstance(interviewers_needed(0.0, 0.7), NotEnough)
    assert isinstance(interviewers_needed(5e-324, 0.7), NotEnough)
    assert isinstance(projected(-0.1, 3), NotEnough)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_number_needed_is_the_least_that_reaches_the_target(single: float, target: float) -> None:
    needed = interviewers_needed(single, target)

    assert isinstance(needed, int)
    assert reached(single, needed) >= target - 1e-9
    assert needed == 1 or reached(single, needed - 1) < target


def reached(single: float, raters: int) -> float:
    found = projected(single, raters)
    assert isinstance(found, float)
    return found


def test_a_target_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(ValueError, match="below 1"):
        interviewers_needed(0.5, 1.0)

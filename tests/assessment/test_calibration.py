"""Distance to the experts and its direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.assessment.calibration import calibration
from hiring.assessment.estimates import Estimate, Lack, NotEnough

Level = st.integers(1, 5)


def test_a_worked_example() -> None:
    """Differences 1, 0, -1, 2, 1: mean absolute 1.0, mean 0.6, s 1.140, t(4) 2.776: 0.6 ± 1.416."""
    found = calibration([(2, 3), (3, 3), (4, 3), (1, 3), (3, 4)])

    assert (found.n, found.exact) == (5, 1)
    assert found.error == Estimate(1.0, 5)
    assert isinstance(found.severity, Estimate)
    assert found.severity.value == pytest.approx(0.6)
    assert found.severity.interval is not None
    assert found.severity.interval.low == pytest.approx(-0.8157, abs=1e-4)
    assert found.severity.interval.high == pytest.approx(2.0157, abs=1e-4)


def test_too_few_answers_give_no_figure() -> None:
    assert calibration([(3, 3)] * 4).error == NotEnough(4, 5, Lack.TOO_FEW_ITEMS)
    assert calibration([]).severity == NotEnough(0, 5, Lack.NO_RATINGS)


def test_always_the_same_difference_has_no_interval() -> None:
    assert calibration([(2, 3)] * 6).severity == Estimate(1.0, 6, None)


@given(st.lists(st.tuples(Level, Level), min_size=5, max_size=60))
def test_distance_is_never_below_direction(pairs: list[tuple[int, int]]) -> None:
    found = calibration(pairs)

    assert isinstance(found.error, Estimate)
    assert isinstance(found.severity, Estimate)
    assert found.error.value >= abs(found.severity.value) - 1e-12
    assert 0 <= found.exact <= found.n

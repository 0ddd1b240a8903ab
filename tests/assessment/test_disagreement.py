"""How far raters are apart."""

from __future__ import annotations

from hiring.assessment.disagreement import is_wide, spread
from hiring.assessment.estimates import Estimate, Lack, NotEnough


def test_the_spread_is_the_distance_of_the_extremes() -> None:
    assert spread([2, 5, 3]) == Estimate(3, 3)


def test_one_rater_has_nobody_to_disagree_with() -> None:
    assert spread([4, None]) == NotEnough(1, 2, Lack.TOO_FEW_RATERS)


def test_one_and_a_half_levels_are_wide() -> None:
    assert is_wide(Estimate(1.5, 2))
    assert not is_wide(Estimate(1.4, 2))
    assert not is_wide(NotEnough(1, 2, Lack.TOO_FEW_RATERS))

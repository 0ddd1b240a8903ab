"""Intervals and bands, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from hiring.assessment.bands import Precision, bands, precision, with_interval
from hiring.assessment.estimates import Estimate, Interval, Lack, NotEnough

# Within-candidate squares: .5 + .5 + 2 + 0 = 3 on 4 degrees of freedom, so the variance is .75.
RATINGS = {1: [4.0, 5.0], 2: [3.0, 4.0], 3: [1.0, 3.0], 4: [2.0, 2.0]}


def test_the_precision_pools_the_differences_within_candidates() -> None:
    known = precision(RATINGS)

    assert isinstance(known, Precision)
    assert known.standard_deviation == pytest.approx(math.sqrt(0.75))
    assert known.degrees == 4
    assert known.critical == pytest.approx(2.776445, abs=1e-6)  # Student's t, .975, 4 degrees


def test_too_few_scorecards_give_no_precision() -> None:
    assert precision({1: [4.0, 5.0], 2: [3.0]}) == NotEnough(1, 4, Lack.TOO_FEW_SCORECARDS)


def test_an_interval_stays_on_the_scale() -> None:
    known = Precision(standard_deviation=0.5, degrees=4, critical=2.0)

    assert with_interval(Estimate(4.8, 10), 1, known) == Estimate(4.8, 1, Interval(3.8, 5.0))


def test_without_a_precision_there_is_a_figure_but_no_interval() -> None:
    known = NotEnough(1, 4, Lack.TOO_FEW_SCORECARDS)

    assert with_interval(Estimate(4.0, 10), 3, known) == Estimate(4.0, 3)


def test_candidates_closer_than_the_error_share_a_band() -> None:
    known = Precision(standard_deviation=0.5, degrees=20, critical=2.0)
    figures = {1: Estimate(4.5, 2), 2: Estimate(3.9, 2), 3: Estimate(3.2, 2), 4: Estimate(3.0, 2)}

    # The error of a difference is sqrt(.125 + .125) = .5, so that 1.0 tells two apart.
    assert bands(figures, known) == {1: 1, 2: 1, 3: 2, 4: 2}


def test_raters_who_agree_perfectly_still_tie_equal_candidates() -> None:
    known = Precision(standard_deviation=0.0, degrees=20, critical=2.0)

    assert bands({1: Estimate(4.0, 2), 2: Estimate(4.0, 2), 3: Estimate(3.9, 2)}, known) == {1: 1, 2: 1, 3: 2}


def test_without_a_precision_everybody_is_tied() -> None:
    known = NotEnough(1, 4, Lack.TOO_FEW_SCORECARDS)

    assert bands({1: Estimate(5.0, 1), 2: Estimate(1.0, 1)}, known) == {1: 1, 2: 1}


def test_a_candidate_without_a_figure_has_no_band() -> None:
    known = Precision(standard_deviation=0.5, degrees=20, critical=2.0)

    assert bands({1: NotEnough(0, 1, Lack.NO_RATINGS), 2: Estimate(3.0, 2)}, known) == {2: 1}

"""Intraclass correlations agree with published ones, and are never more certain than the design."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from hiring.assessment.absorbed import Design, Point
from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.intervals import _absorbed
from hiring.assessment.mixed_model import fit
from hiring.assessment.ratings import Means
from hiring.assessment.reliability import Band, Grade, Reliability, average_raters, band, overlap, reliability
from tests.assessment.designs import DESIGNS, SHROUT_FLEISS, design, designs, fitted, means, table

FIGURES = ("single", "panel", "ranking", "consistency")


def of(ratings: Means, seed: int = 0) -> Reliability:
    return reliability(ratings, fit(ratings), seed)


def given_figure(figure: Figure) -> Estimate:
    assert isinstance(figure, Estimate)
    return figure


def interval(figure: Figure) -> Interval:
    found = given_figure(figure).interval
    assert found is not None
    return found


# Shrout & Fleiss 1979, table 4, and the intervals that R's psych prints for the same table.
PUBLISHED = {
    "single": (0.29, 0.019, 0.761),  # ICC(2,1)
    "panel": (0.62, 0.071, 0.927),  # ICC(2,4)
    "consistency": (0.71, 0.342, 0.946),  # ICC(3,1)
    "ranking": (0.91, 0.676, 0.986),  # ICC(3,4)
}


@pytest.mark.parametrize("name", FIGURES)
def test_shrout_and_fleiss_have_their_published_values_and_intervals(name: str) -> None:
    found = getattr(of(table(np.array(SHROUT_FLEISS, dtype=float))), name)
    value, low, high = PUBLISHED[name]

    assert found.value == pytest.approx(value, abs=0.005)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=0.0006)
    assert found.n == 6


def test_complete_designs_have_no_overlap_to_disturb_the_order() -> None:
    found = of(table(np.array(SHROUT_FLEISS, dtype=float)))

    assert given_figure(found.khat).value == pytest.approx(4)
    assert given_figure(found.q).value == pytest.approx(0, abs=1e-12)


def test_nested_designs_are_disturbed_by_all_of_severity() -> None:
    nested = means([("C", "I", 1), ("C", "J", 2), ("D", "K", 3), ("D", "L", 4)])

    assert given_figure(average_raters(nested)).value == pytest.approx(2)
    assert given_figure(overlap(nested)).value == pytest.approx(1 / 2)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_overlap_is_the_mean_over_all_pairs_of_candidates(name: str) -> None:
    ratings = design(name)
    met = np.zeros((len(ratings.candidates), len(ratings.interviewers)))
    met[ratings.candidate, ratings.interviewer] = 1
    raters = met.sum(axis=1)

    shared = (met @ met.T) / np.outer(raters, raters)
    pairs = ~np.eye(len(met), dtype=bool)

    assert given_figure(overlap(ratings)).value == pytest.approx((1 / raters).mean() - shared[pairs].mean())
    assert given_figure(average_raters(ratings)).value == pytest.approx(1 / (1 / raters).mean())


def test_the_panel_is_one_interviewer_lengthened() -> None:
    found = of(design("forty"))
    single, panel = given_figure(found.single), given_figure(found.panel)

    for one, many in zip(
        (single.value, interval(single).low, interval(single).high),
        (panel.value, interval(panel).low, interval(panel).high),
        strict=True,
    ):
        assert many == pytest.approx(3 * one / (1 + 2 * one))


def test_an_incomplete_design_has_the_interval_of_its_information() -> None:
    ratings = design("forty")
    model = fitted(ratings)
    step, at = 1e-6, np.array([model.candidate_variance, model.interviewer_variance, model.residual_variance])

    def logit(variances: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return float(np.log(variances[0] / (variances[1] + variances[2])))

    slope = [(logit(at + step * unit) - logit(at - step * unit)) / (2 * step) for unit in np.eye(3)]
    assert model.information is not None
    margin = 1.959964 * np.sqrt(slope @ np.linalg.inv(model.information) @ slope)
    ends = 1 / (1 + np.exp(-(logit(at) + np.array([-margin, margin]))))

    found = interval(of(ratings).single)

    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=1e-6)


def test_no_variance_of_candidates_is_a_reliability_of_0_that_may_be_more() -> None:
    ratings = design("equal")

    found = of(ratings)

    for name in FIGURES:
        figure = given_figure(getattr(found, name))
        assert figure.value == 0
        assert interval(figure).low == 0
        assert 0.1 < interval(figure).high < 0.7
    assert of(ratings) == found
    assert interval(of(ratings, seed=1).single).high == pytest.approx(interval(found.single).high, abs=0.05)


def test_what_is_simulated_agrees_with_the_model_row_by_row() -> None:
    ratings, chance = design("uneven"), np.random.default_rng(3)
    arrays = Design.of(ratings.candidate, ratings.interviewer, ratings.value)
    point, rows = Point(arrays, 0.8, 0.4), chance.normal(size=len(ratings.value))

    sums, explained = _absorbed(
        point, arrays.over_candidates(rows)[:, None], arrays.over_interviewers(rows)[:, None]
    )

    assert sums[:, 0] == pytest.approx(arrays.over_candidates(point.project(rows)))
    assert explained[0] == pytest.approx(rows @ rows - rows @ point.project(rows))


def test_perfect_agreement_is_1_without_an_interval() -> None:
    found = of(table(np.repeat([[1.0], [3.0], [4.0]], 2, axis=1)))

    assert found.single == Estimate(1.0, 3, None)


def test_severity_without_error_lowers_agreement_and_not_consistency() -> None:
    ability, kindness = np.array([1.0, 2.0, 4.0, 3.5, 3.0]), np.array([-0.5, 0.0, 0.8])

    found = of(table(ability[:, None] + kindness))

    assert given_figure(found.single).value < 0.9
    assert found.consistency == Estimate(1.0, 5, None)


def test_no_variation_has_no_reliability() -> None:
    found = of(table(np.full((4, 3), 2.0)))

    for name in FIGURES:
        assert getattr(found, name) == NotEnough(12, 0, Lack.NO_VARIATION)


def test_no_ratings_have_no_figures_at_all() -> None:
    found = of(means([]))

    assert found.khat == NotEnough(0, 1, Lack.NO_RATINGS)
    assert found.q == NotEnough(0, 2, Lack.TOO_FEW_CANDIDATES)
    assert found.single == NotEnough(0, 4, Lack.NO_RATINGS)


@given(designs())
@settings(max_examples=200, deadline=None)
def test_every_figure_is_a_share_inside_its_interval(rows: list[tuple[str, str, float]]) -> None:
    found = of(means(rows))

    for name in FIGURES:
        figure = getattr(found, name)
        if isinstance(figure, Estimate):
            assert 0 <= figure.value <= 1
            if figure.interval is not None:
                assert 0 <= figure.interval.low <= figure.value <= figure.interval.high <= 1


# Words


def figure(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, 40, Interval(low, high))


@pytest.mark.parametrize(
    ("low", "high", "grades"),
    [
        (0.30, 0.49, (Grade.POOR, Grade.POOR)),
        (0.45, 0.60, (Grade.POOR, Grade.MODERATE)),
        (0.50, 0.75, (Grade.MODERATE, Grade.GOOD)),
        (0.76, 0.90, (Grade.GOOD, Grade.GOOD)),
        (0.80, 0.95, (Grade.GOOD, Grade.EXCELLENT)),
    ],
)
def test_the_band_is_that_of_both_ends(low: float, high: float, grades: tuple[Grade, Grade]) -> None:
    assert band(figure(low, high), 40, 6) == Band(*grades)


def test_a_wide_interval_has_no_band_and_says_how_many_candidates_it_takes() -> None:
    assert band(figure(0.2, 0.7), 20, 6) == NotEnough(20, 32, Lack.TOO_FEW_CANDIDATES)


def test_few_people_have_no_band() -> None:
    narrow = figure(0.6, 0.7)

    assert band(narrow, 9, 6) == NotEnough(9, 10, Lack.TOO_FEW_CANDIDATES)
    assert band(narrow, 10, 2) == NotEnough(2, 3, Lack.TOO_FEW_RATERS)
    assert isinstance(band(narrow, 10, 3), Band)


def test_a_figure_without_interval_has_no_band() -> None:
    assert band(Estimate(1.0, 12), 12, 3) == NotEnough(12, 0, Lack.AT_THE_BOUNDARY)


def test_what_is_lacking_for_the_figure_is_lacking_for_the_band() -> None:
    lacking = NotEnough(0, 2, Lack.NOT_LINKED)

    assert band(lacking, 40, 6) == lacking

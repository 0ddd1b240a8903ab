"""The crossed model agrees with lme4 and with textbook algebra, and does not depend on how data are written."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.absorbed import Design, Point
from hiring.assessment.estimates import Lack, NotEnough
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.ratings import Numbers
from tests.assessment.designs import (
    DESIGNS,
    REFERENCE,
    SHROUT_FLEISS,
    design,
    designs,
    fitted,
    means,
    rows_of,
    table,
)

LINKED = [name for name in DESIGNS if name != "parted"]


def expected() -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    with (REFERENCE / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["design"], row["quantity"]][row["name"]] = float(row["value"])
    return found


EXPECTED = expected()


def variances(fit: Fit) -> list[float]:
    return [fit.candidate_variance, fit.interviewer_variance, fit.residual_variance]


def of(names: tuple[str, ...], values: Numbers) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


# Against lme4


@pytest.mark.parametrize("name", DESIGNS)
def test_components_and_mean_agree_with_lme4(name: str) -> None:
    found = fitted(design(name))

    assert variances(found) == pytest.approx(list(EXPECTED[name, "variance"].values()), abs=1e-5)
    assert found.mean == pytest.approx(EXPECTED[name, "mean"][""], abs=1e-5)


@pytest.mark.parametrize("name", LINKED)
def test_effects_agree_with_lme4(name: str) -> None:
    found = fitted(design(name))

    assert of(found.means.candidates, found.candidate_effects) == pytest.approx(
        EXPECTED[name, "candidate"], abs=1e-4
    )
    assert of(found.means.interviewers, found.interviewer_effects) == pytest.approx(
        EXPECTED[name, "interviewer"], abs=1e-4
    )


@pytest.mark.parametrize("name", LINKED)
def test_errors_of_prediction_agree_with_the_inverse_of_dense_matrices(name: str) -> None:
    found = fitted(design(name))

    assert of(found.means.candidates, found.candidate_errors) == pytest.approx(
        EXPECTED[name, "candidate error"], abs=1e-4
    )
    assert of(found.means.interviewers, found.interviewer_errors) == pytest.approx(
        EXPECTED[name, "interviewer error"], abs=2e-3 if name == "alike" else 1e-4
    )


@pytest.mark.parametrize("name", DESIGNS)
def test_the_information_agrees_with_traces_of_dense_matrices(name: str) -> None:
    found = fitted(design(name)).information

    assert found is not None
    assert found.ravel().tolist() == pytest.approx(list(EXPECTED[name, "information"].values()), rel=1e-3)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_likelihood_is_lme4s(name: str) -> None:
    ratings = design(name)
    candidate, interviewer, residual = EXPECTED[name, "variance"].values()

    point = Point(
        Design.of(ratings.candidate, ratings.interviewer, ratings.value),
        candidate / residual,
        interviewer / residual,
    )

    assert point.deviance == pytest.approx(EXPECTED[name, "criterion"][""], abs=1e-6)


def test_slope_and_curvature_are_those_of_the_likelihood() -> None:
    ratings, at, near = design("uneven"), np.array([1.3, 0.6]), 1e-5
    arrays = Design.of(ratings.candidate, ratings.interviewer, ratings.value)
    steps = near * np.eye(2)

    slope = [
        (Point(arrays, *(at + step)).deviance - Point(arrays, *(at - step)).deviance) / (2 * near)
        for step in steps
    ]
    curvature = [
        (Point(arrays, *(at + step)).slope - Point(arrays, *(at - step)).slope) / (2 * near) for step in steps
    ]

    assert Point(arrays, *at).slope == pytest.approx(np.array(slope), abs=1e-6)
    assert Point(arrays, *at).curvature == pytest.approx(np.array(curvature), abs=1e-6)


# Against the analysis of variance


def components(values: Numbers) -> list[float]:
    """The estimators of a complete two-way table: solutions of the expected mean squares."""
    candidates, interviewers = values.shape
    rows, columns = values.mean(axis=1), values.mean(axis=0)
    rest = values - rows[:, None] - columns + values.mean()
    error = float((rest**2).sum()) / ((candidates - 1) * (interviewers - 1))
    return [
        float(rows.var(ddof=1)) - error / interviewers,
        float(columns.var(ddof=1)) - error / candidates,
        error,
    ]


def test_shrout_and_fleiss_give_the_components_of_the_analysis_of_variance() -> None:
    values = np.array(SHROUT_FLEISS, dtype=float)

    assert variances(fitted(table(values))) == pytest.approx(components(values), abs=1e-7)


@given(st.integers(3, 8), st.integers(2, 5), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_complete_data_give_the_components_of_the_analysis_of_variance(
    candidates: int, interviewers: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(candidates, 1)) + chance.normal(size=(1, interviewers))
    values = values + chance.normal(size=(candidates, interviewers))

    wanted = components(values)
    found = variances(fitted(table(values)))

    if min(wanted) > 1e-6:
        assert found == pytest.approx(wanted, rel=1e-5)
    else:
        assert min(found) < 1e-5


def test_an_effect_is_the_mean_drawn_toward_the_middle() -> None:
    values = np.array(SHROUT_FLEISS, dtype=float)
    found = fitted(table(values))
    candidate, _, residual = variances(found)

    kept = candidate / (candidate + residual / 4)

    assert found.adjusted == pytest.approx(values.mean() + kept * (values.mean(axis=1) - values.mean()))


def test_the_covariance_of_errors_has_the_errors_on_its_diagonal() -> None:
    found = fitted(design("uneven"))

    assert np.sqrt(np.diagonal(found.candidate_covariance())) == pytest.approx(found.candidate_errors)


# Edges


def test_the_variance_of_interviewers_may_be_none() -> None:
    found = fitted(design("alike"))

    assert found.interviewer_variance == 0
    assert found.interviewer_effects.tolist() == [0.0] * 5
    assert found.at_boundary


def test_the_variance_of_candidates_may_be_none() -> None:
    found = fitted(design("equal"))

    assert found.candidate_variance == 0
    assert found.adjusted == pytest.approx(np.full(18, found.mean))
    assert found.at_boundary


def test_interviewers_who_differ_by_severity_alone_leave_no_residual() -> None:
    ability, kindness = np.array([1.0, 2.0, 4.0, 3.5, 3.0]), np.array([-0.5, 0.0, 0.8])

    found = fitted(table(ability[:, None] + kindness))

    assert variances(found) == pytest.approx([ability.var(ddof=1), kindness.var(ddof=1), 0.0])
    assert found.residual_variance == 0
    assert found.information is None
    assert found.adjusted == pytest.approx(ability + 0.1)


def test_perfect_agreement_has_no_variance_of_interviewers() -> None:
    found = fitted(table(np.repeat([[1.0], [3.0], [4.0]], 2, axis=1)))

    assert variances(found) == [pytest.approx(7 / 3), 0.0, 0.0]


def test_of_two_tops_of_the_likelihood_the_higher_one_is_found() -> None:
    rows = [("A", "J", -0.65), ("B", "I", 0.05), ("B", "J", 1.47), ("C", "J", -0.54), ("D", "I", 0.0)]
    rows += [("D", "J", 1.51), ("E", "I", -0.04), ("E", "J", 1.32), ("F", "I", 0.67)]
    ratings = means(rows)
    found = fitted(ratings)

    arrays = Design.of(ratings.candidate, ratings.interviewer, ratings.value)
    ratios = (
        found.candidate_variance / found.residual_variance,
        found.interviewer_variance / found.residual_variance,
    )

    assert Point(arrays, *ratios).deviance < Point(arrays, 0.0, 0.0).deviance - 1
    assert np.abs(Point(arrays, *ratios).slope * ratios).max() < 1e-5


def test_parts_that_share_nobody_have_means_of_their_own() -> None:
    ratings = design("parted")
    lifted = [(*row[:2], row[2] + 10 * row[0].startswith("C1")) for row in rows_of(ratings)]

    before, after = fitted(ratings), fitted(means(lifted))

    home = [name.startswith("C1") for name in ratings.candidates]
    assert before.part.tolist() == [int(other) for other in home]
    for found in (before, after):
        assert not found.candidate_covariance()[found.part[:, None] != found.part].any()
        for part in (0, 1):
            assert found.candidate_effects[found.part == part].sum() == pytest.approx(0, abs=1e-9)
    assert after.level - before.level == pytest.approx(10.0 * np.array(home), abs=0.2)


NOT_ENOUGH = {
    "nobody": ([], NotEnough(0, 4, Lack.NO_RATINGS)),
    "one candidate": ([("C", "I", 1), ("C", "J", 2)], NotEnough(1, 2, Lack.TOO_FEW_CANDIDATES)),
    "one interviewer": ([("C", "I", 1), ("D", "I", 2)], NotEnough(1, 2, Lack.TOO_FEW_RATERS)),
    "everybody rated once": (
        [("C", "I", 1), ("D", "I", 2), ("E", "J", 4)],
        NotEnough(0, 2, Lack.NOT_LINKED),
    ),
    "interviewers of one candidate each": (
        [("C", "I", 1), ("C", "J", 2), ("D", "K", 2), ("D", "L", 4)],
        NotEnough(1, 2, Lack.TOO_FEW_CANDIDATES),
    ),
    "a chain": (
        [("C", "I", 1), ("C", "J", 2), ("D", "J", 2), ("D", "K", 4)],
        NotEnough(2, 3, Lack.TOO_FEW_SHARED),
    ),
    "all the same": (
        [("C", "I", 3), ("C", "J", 3), ("D", "I", 3), ("D", "J", 3)],
        NotEnough(4, 0, Lack.NO_VARIATION),
    ),
    "the same but for rounding": (
        [("C", "I", 0.3), ("C", "J", 0.1 + 0.2), ("D", "I", 0.3), ("D", "J", 0.3)],
        NotEnough(4, 0, Lack.NO_VARIATION),
    ),
    "beyond arithmetic": (
        [("C", "I", 1e200), ("C", "J", 2e200), ("D", "I", 4e200), ("D", "J", 1e200)],
        NotEnough(4, 0, Lack.AT_THE_BOUNDARY),
    ),
}


@pytest.mark.parametrize(("rows", "answer"), NOT_ENOUGH.values(), ids=NOT_ENOUGH)
def test_a_design_that_cannot_tell_says_why(rows: list[tuple[str, str, float]], answer: NotEnough) -> None:
    assert fit(means(rows)) == answer


# However the data are written


@given(designs(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str, float]], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = fit(means(rows)), fit(means(shuffled))

    if isinstance(one, NotEnough):
        assert other == one
    else:
        assert isinstance(other, Fit)
        assert variances(other) == variances(one)
        assert of(other.means.candidates, other.adjusted) == of(one.means.candidates, one.adjusted)


@given(designs())
@settings(max_examples=200, deadline=None)
def test_no_figure_is_ever_without_a_number(rows: list[tuple[str, str, float]]) -> None:
    found = fit(means(rows))

    if isinstance(found, Fit):
        assert min(variances(found)) >= 0
        for values in (variances(found), found.adjusted, found.interviewer_effects, found.candidate_errors):
            assert np.isfinite(values).all()
        assert np.isfinite(found.interviewer_errors).all()
        assert np.isfinite(found.candidate_covariance()).all()


@given(designs(), st.sampled_from([-1e6, -7.0, 1e6]), st.sampled_from([1e-3, 1.0, 1e4]))
@settings(max_examples=100, deadline=None)
def test_offset_and_unit_of_the_scale_do_not_matter(
    rows: list[tuple[str, str, float]], offset: float, unit: float
) -> None:
    rows = [(candidate, interviewer, round(score) % 97) for candidate, interviewer, score in rows]

    one, other = fit(means(rows)), fit(means([(*row[:2], offset + unit * row[2]) for row in rows]))

    if isinstance(one, Fit):
        assert isinstance(other, Fit)
        assert np.array(variances(other)) / unit**2 == pytest.approx(
            np.array(variances(one)), rel=1e-4, abs=1e-5
        )
        assert (other.adjusted - offset) / unit == pytest.approx(one.adjusted, rel=1e-4, abs=1e-3)


@given(st.integers(0, 2**32), st.integers(0, 2), st.sampled_from([-2.0, 0.5, 3.0]))
@settings(max_examples=60, deadline=None)
def test_a_stricter_interviewer_moves_in_severity_and_nobody_in_order(
    seed: int, interviewer: int, shift: float
) -> None:
    values = np.random.default_rng(seed).normal(size=(8, 3)) + np.arange(8)[:, None] / 2
    other = values.copy()
    other[:, interviewer] += shift

    before, after = fitted(table(values)), fitted(table(other))

    assert np.argsort(after.adjusted).tolist() == np.argsort(before.adjusted).tolist()
    moved = after.interviewer_effects[interviewer] - before.interviewer_effects[interviewer]
    assert moved * np.sign(shift) > -1e-7
    if min(before.interviewer_variance, after.interviewer_variance) > 1e-6:
        assert moved * np.sign(shift) > 0

"""Ranks say how sure they are, within each part of the design only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.assessment.linkage import parts
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.ratings import Means
from hiring.assessment.standing import Standing, _best_last, _drawn_values, probability_better, standings
from tests.assessment.designs import design, designs, fitted, means, rows_of, table


def of(ratings: Means, top: int = 3, seed: int = 0, draws: int = 5000) -> tuple[Standing, ...]:
    return standings(ratings, fit(ratings), parts(ratings), top, seed, draws)


def by_name(ratings: Means, found: tuple[Standing, ...]) -> dict[str, Standing]:
    return {ratings.candidates[each.candidate]: replace(each, candidate=0) for each in found}


def test_every_candidate_stands_with_mean_adjusted_value_and_error() -> None:
    ratings = design("uneven")
    model = fitted(ratings)

    found = of(ratings)

    assert [each.candidate for each in found] == list(range(15))
    for each in found:
        own = ratings.value[ratings.candidate == each.candidate]
        assert each.ratings == len(own)
        assert each.mean == pytest.approx(own.mean())
        assert each.adjusted == pytest.approx(model.adjusted[each.candidate])
        assert each.sd == pytest.approx(model.candidate_errors[each.candidate])


def test_the_chances_of_the_top_places_add_up_to_their_number() -> None:
    assert sum(each.p_top or 0 for each in of(design("forty"), top=5)) == pytest.approx(5)


def test_draws_have_the_covariance_of_the_errors() -> None:
    model = fitted(design("uneven"))
    everybody = np.arange(15)

    drawn = np.concatenate(list(_drawn_values(model, everybody, np.random.default_rng(1), 200_000)))

    assert drawn.mean(axis=0) == pytest.approx(model.adjusted, abs=0.01)
    assert np.cov(drawn.T) == pytest.approx(model.candidate_covariance(), abs=0.01)


def test_the_chance_to_be_best_of_two_is_the_chance_to_be_better() -> None:
    ratings = table(np.array([[3.0, 2.5, 4.0, 3.5], [2.5, 2.9, 3.1, 3.0]]))
    model = fitted(ratings)

    better = probability_better(model, 0, 1)

    assert isinstance(better, Estimate)
    assert of(ratings, top=1, draws=50_000)[0].p_top == pytest.approx(better.value, abs=0.01)


def test_the_chance_to_be_better_uses_the_whole_covariance() -> None:
    model = fitted(design("uneven"))
    covariance = model.candidate_covariance()

    found = probability_better(model, 2, 7)

    sd = np.sqrt(covariance[2, 2] + covariance[7, 7] - 2 * covariance[2, 7])
    difference = model.adjusted[2] - model.adjusted[7]
    below = np.random.default_rng(1).normal(difference, sd, 400_000) > 0
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(below.mean(), abs=0.005)
    assert found.n == 8
    assert probability_better(model, 7, 2) == Estimate(pytest.approx(1 - found.value), 8)
    assert probability_better(model, 2, 2) == Estimate(0.5, 8)


def test_a_clear_order_is_certain_and_a_close_one_is_not() -> None:
    clear = (
        np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
        + np.array([[0.01, 0.02, 0], [0, 0, 0.02]])[[0, 1, 0, 1, 0]]
    )
    close = np.random.default_rng(5).normal(size=(5, 3)) + clear / 4

    sure, unsure = of(table(clear)), of(table(close))

    assert [(each.rank_low, each.rank_high) for each in sure] == [(5, 5), (4, 4), (3, 3), (2, 2), (1, 1)]
    assert all(each.rank_low < each.rank_high for each in unsure if each.rank_low and each.rank_high)


def test_ranks_hold_the_truth_most_of_the_time() -> None:
    held = []
    for seed in range(40):
        chance = np.random.default_rng(seed)
        ability = chance.normal(size=12)
        values = ability[:, None] + chance.normal(0, 0.5, 4) + chance.normal(0, 0.8, (12, 4))
        ranks = 12 - ability.argsort().argsort()
        held += [
            each.rank_low <= ranks[each.candidate] <= each.rank_high
            for each in of(table(values), draws=1000)
            if each.rank_low is not None and each.rank_high is not None
        ]

    assert 0.92 < np.mean(held) < 0.995


def test_candidates_rank_among_those_of_their_own_part() -> None:
    ratings = design("parted")

    found = of(ratings)

    for part, size in ((0, 12), (1, 9)):
        own = [each for each in found if each.part == part]
        assert len(own) == size
        assert max(each.rank_high or 0 for each in own) == size
        assert sum(each.p_top or 0 for each in own) == pytest.approx(3)
    model = fitted(ratings)
    one, other = (int(np.flatnonzero(model.part == part)[0]) for part in (0, 1))
    assert probability_better(model, one, other) == NotEnough(0, 1, Lack.NOT_LINKED)


def test_without_a_fit_only_the_means_stand() -> None:
    found = of(means([("C", "I", 1), ("D", "I", 2)]))

    assert found[1] == Standing(1, 1, 2.0, None, None, 0, None, None, None)
    assert of(means([])) == ()


def test_without_differences_between_candidates_nobody_is_ranked() -> None:
    ratings = design("equal")

    assert {(each.sd, each.rank_low, each.rank_high, each.p_top) for each in of(ratings)} == {(None,) * 4}
    assert probability_better(fitted(ratings), 0, 1) == NotEnough(18, 0, Lack.NO_CANDIDATE_VARIATION)


def test_without_any_error_to_rank_with_nobody_is_ranked() -> None:
    ratings = table(np.repeat([[1.0], [3.0], [4.0]], 2, axis=1))

    assert [(each.adjusted, each.rank_low) for each in of(ratings)] == [
        (pytest.approx(1), None),
        (pytest.approx(3), None),
        (pytest.approx(4), None),
    ]
    assert probability_better(fitted(ratings), 0, 1) == NotEnough(3, 0, Lack.AT_THE_BOUNDARY)


def test_a_seed_repeats_and_another_differs_by_chance_only() -> None:
    ratings = design("forty")

    first, again, other = of(ratings), of(ratings), of(ratings, seed=1)

    assert again == first
    assert other != first
    for one, two in zip(first, other, strict=True):
        assert one.p_top == pytest.approx(two.p_top, abs=0.04)


def test_the_order_of_rows_changes_no_standing() -> None:
    ratings = design("forty")
    rows = rows_of(ratings)
    shuffled = means([rows[row] for row in np.random.default_rng(4).permutation(len(rows))])

    assert by_name(shuffled, of(shuffled)) == by_name(ratings, of(ratings))


def test_places_by_whole_numbers_are_those_of_the_values() -> None:
    values = np.random.default_rng(2).normal(size=(50, 300))

    assert _best_last(values).tolist() == values.argsort(axis=1).tolist()


@given(designs())
@settings(max_examples=100, deadline=None)
def test_ranks_are_places_and_chances_are_chances(rows: list[tuple[str, str, float]]) -> None:
    ratings = means(rows)
    model = fit(ratings)

    for each in of(ratings, draws=100):
        if each.rank_low is not None and each.rank_high is not None and each.p_top is not None:
            assert 1 <= each.rank_low <= each.rank_high <= len(ratings.candidates)
            assert 0 <= each.p_top <= 1
        if isinstance(model, Fit):
            assert each.adjusted is not None
            assert np.isfinite(each.adjusted)

"""Items as a scale: by hand, by the definition, and where nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.assessment.items import ItemFlag, averages, cronbach, cronbach_of, item_figures
from hiring.assessment.ratings import Numbers, Ratings


def ratings_of(table: Numbers, interviewers: int = 1) -> Ratings:
    return Ratings.of(
        (f"c{c}", f"i{i}", f"q{q}", float(score))
        for c, row in enumerate(table)
        for q, score in enumerate(row)
        for i in range(interviewers)
    )


SMALL = np.array([[1.0, 2, 2], [2, 2, 3], [3, 4, 3], [4, 4, 5], [5, 4, 4]])


def test_alpha_by_hand() -> None:
    # Variances 2.5, 1.2, 1.3 sum to 5.0; the sums 5, 7, 10, 13, 13 have the variance 12.8: 3/2 (1 - 5/12.8).
    found = cronbach(SMALL)

    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(1.5 * (1 - 5 / 12.8))


def test_feldts_interval_is_the_one_of_the_f_distribution() -> None:
    found = cronbach(SMALL)

    assert isinstance(found, Estimate)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(1 - (1 - found.value) * f.ppf(0.975, 4, 8))
    assert found.interval.high == pytest.approx(1 - (1 - found.value) * f.ppf(0.025, 4, 8))


def test_an_item_is_correlated_with_the_rest_without_itself() -> None:
    first, *_rest = item_figures(ratings_of(SMALL))

    assert isinstance(first.corrected_r, Estimate)
    assert first.corrected_r.value == pytest.approx(np.corrcoef(SMALL[:, 0], SMALL[:, 1:].sum(axis=1))[0, 1])
    assert (first.n, first.mean, first.floor, first.ceiling) == (5, 3.0, 0.2, 0.2)


def test_interviewers_are_averaged_before_anything_else() -> None:
    twice = Ratings.of([("a", "x", "q", 2.0), ("a", "y", "q", 4.0), ("b", "x", "q", 5.0)])

    assert averages(twice).tolist() == [[3.0], [5.0]]
    assert item_figures(ratings_of(SMALL, interviewers=3))[0].n == 5


def test_candidates_who_miss_an_item_are_left_out_of_alpha() -> None:
    table = np.vstack([SMALL, [1, np.nan, 5]])

    assert cronbach(table) == cronbach(SMALL)


@pytest.mark.parametrize(
    ("table", "lack"),
    [
        (SMALL[:, :1], Lack.TOO_FEW_ITEMS),
        (SMALL[:2], Lack.TOO_FEW_CANDIDATES),
        (np.full((5, 3), 3.0), Lack.NO_VARIATION),
        (np.array([[1.0, 5], [5, 1], [3, 3]]), Lack.NO_CANDIDATE_VARIATION),
    ],
)
def test_there_is_no_alpha_where_nothing_carries_it(table: Numbers, lack: Lack) -> None:
    found = cronbach(table)

    assert isinstance(found, NotEnough)
    assert found.why is lack


def test_flags_wait_for_thirty_candidates() -> None:
    random = np.random.default_rng(1)
    good = random.normal(size=(40, 1))
    table = np.hstack([good + random.normal(size=(40, 3)) * 0.5, random.normal(size=(40, 1)), -good])

    few, many = item_figures(ratings_of(table[:29])), item_figures(ratings_of(table))

    assert all(each.flags == () for each in few)
    assert [each.flags for each in many][:3] == [(), (), ()]
    assert many[4].flags == (ItemFlag.NEGATIVE,)


def test_an_item_at_the_end_of_the_scale_is_flagged() -> None:
    table = np.tile([[5.0, 1], [5, 2], [5, 3], [4, 4], [5, 5]], (8, 1))

    first, second = item_figures(ratings_of(table), scale=(1, 5))

    assert ItemFlag.CEILING in first.flags
    assert ItemFlag.CEILING not in second.flags


def test_no_ratings_have_no_items() -> None:
    assert item_figures(Ratings.of([])) == ()
    assert isinstance(cronbach_of(Ratings.of([])), NotEnough)

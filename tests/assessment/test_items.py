"""Items as a scale: by hand, by the definition, and where nothing can be said."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import f

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
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


def test_an_item_that_tells_nobody_apart_has_no_correlation() -> None:
    # .1 + .1 + .1 is not .3, so that means of equal scores differ in the last digit.
    same = [0.1, 0.1, 0.1, 0.1, 0.1]
    table = ratings_of(np.column_stack([SMALL, same]), interviewers=3)

    *_others, last = item_figures(table)

    assert last.corrected_r == NotEnough(5, 0, Lack.NO_VARIATION)
    assert last.alpha_if_deleted == cronbach(SMALL)


def test_items_that_all_say_the_same_have_no_interval() -> None:
    assert cronbach(np.repeat(SMALL[:, :1], 3, axis=1)) == Estimate(1.0, 5)


def test_the_figures_of_a_table_by_definition() -> None:
    table = np.random.default_rng(5).integers(1, 6, size=(35, 4)).astype(float)
    table[3, 1] = np.nan

    found = item_figures(ratings_without_gaps(table), scale=(1, 5))

    full = np.delete(table, 3, axis=0)
    for item, each in enumerate(found):
        rest = np.delete(full, item, axis=1)
        assert figure(each.corrected_r) == pytest.approx(np.corrcoef(full[:, item], rest.sum(axis=1))[0, 1])
        assert figure(each.alpha_if_deleted) == pytest.approx(by_definition(rest))
        assert each.n == 35 - (item == 1)
        assert each.mean == pytest.approx(np.nanmean(table[:, item]))
        assert each.sd == pytest.approx(np.nanstd(table[:, item], ddof=1))
        assert (each.floor, each.ceiling) == (
            pytest.approx(np.mean(table[~np.isnan(table[:, item]), item] == 1)),
            pytest.approx(np.mean(table[~np.isnan(table[:, item]), item] == 5)),
        )


def ratings_without_gaps(table: Numbers) -> Ratings:
    rows = ((f"c{c}", "i", f"q{q}", float(score)) for (c, q), score in np.ndenumerate(table))
    return Ratings.of(row for row in rows if not np.isnan(row[3]))


def by_definition(table: Numbers) -> float:
    """Alpha from the mean variance and the mean covariance of items."""
    covariances = np.cov(table, rowvar=False)
    items = len(covariances)
    variance, together = np.diag(covariances).mean(), covariances[np.triu_indices(items, 1)].mean()
    return float(items * together / (variance + (items - 1) * together))


def figure(found: Figure) -> float:
    assert isinstance(found, Estimate)
    return found.value


tables = arrays(
    float,
    st.tuples(st.integers(1, 8), st.integers(1, 4)),
    elements=st.one_of(st.sampled_from([1.0, 2.0, 3.0]), st.floats(-1e9, 1e9)),
)


@given(tables)
@settings(max_examples=150, deadline=None)
def test_every_figure_is_a_number_or_nothing(table: Numbers) -> None:
    ratings = ratings_of(table, interviewers=2)

    for found in (cronbach_of(ratings), *(each.corrected_r for each in item_figures(ratings))):
        assert all(math.isfinite(each) for each in numbers(found))
        assert isinstance(found, NotEnough) or found.value <= 1
    assert all(math.isfinite(each.mean) and math.isfinite(each.sd or 0) for each in item_figures(ratings))


def numbers(found: Figure) -> list[float]:
    if isinstance(found, NotEnough):
        return [found.n, found.needed]
    return [found.value, *([found.interval.low, found.interval.high] if found.interval else [])]


levels = arrays(
    float, st.tuples(st.integers(3, 8), st.integers(2, 4)), elements=st.sampled_from([1.0, 2, 3, 5])
)


@given(levels, st.sampled_from([-20.0, 1e6]), st.sampled_from([0.001, 7.0]))
@settings(max_examples=60, deadline=None)
def test_a_scale_moved_and_stretched_changes_no_correlation(
    table: Numbers, shift: float, factor: float
) -> None:
    before, after = (item_figures(ratings_of(each)) for each in (table, (table + shift) * factor))

    assert numbers(cronbach((table + shift) * factor)) == pytest.approx(
        numbers(cronbach(table)), rel=1e-4, abs=1e-6
    )
    for one, other in zip(before, after, strict=True):
        assert numbers(other.corrected_r) == pytest.approx(numbers(one.corrected_r), abs=1e-6)
        assert (other.floor, other.ceiling, other.flags) == (one.floor, one.ceiling, one.flags)


@given(levels, st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_changes_no_figure(table: Numbers, random: Random) -> None:
    rows = [(f"c{c}", "i", f"q{q}", float(score)) for (c, q), score in np.ndenumerate(table)]
    before, after = Ratings.of(rows), Ratings.of(random.sample(rows, len(rows)))

    assert numbers(cronbach_of(after)) == pytest.approx(numbers(cronbach_of(before)), rel=1e-9)
    named = {after.items[each.item]: each for each in item_figures(after)}
    for each in item_figures(before):
        other = named[before.items[each.item]]
        assert numbers(other.corrected_r) == pytest.approx(numbers(each.corrected_r), abs=1e-9)
        assert (other.n, other.floor, other.ceiling) == (each.n, each.floor, each.ceiling)


def test_no_ratings_have_no_items() -> None:
    assert item_figures(Ratings.of([])) == ()
    assert isinstance(cronbach_of(Ratings.of([])), NotEnough)

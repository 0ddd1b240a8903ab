"""Alpha against Krippendorff's own example, against a slow second way, and where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.assessment.krippendorff import MOST_VALUES, Metric, alpha, alphas_of
from hiring.assessment.ratings import Numbers, Ratings

NAN = math.nan
# Krippendorff 2011, Computing Krippendorff's alpha-reliability, part C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, NAN],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
UNITS = np.array(OBSERVERS).T


def difference(metric: Metric, one: float, other: float, pairable: list[float]) -> float:
    """A squared difference, straight from the definition."""
    if metric is Metric.NOMINAL:
        return float(one != other)
    if metric is Metric.ORDINAL:
        low, high = min(one, other), max(one, other)
        between = sum(low <= value <= high for value in pairable)
        return (
            float((between - (pairable.count(one) + pairable.count(other)) / 2) ** 2) if one != other else 0.0
        )
    if metric is Metric.RATIO:
        return ((one - other) / (one + other)) ** 2 if one + other else 0.0
    return (one - other) ** 2


def slowly(values: Numbers, metric: Metric) -> float | None:
    """Alpha pair by pair."""
    units = [[value for value in row if not math.isnan(value)] for row in values.tolist()]
    units = [unit for unit in units if len(unit) > 1]
    pairable = [value for unit in units for value in unit]
    observed = sum(
        difference(metric, one, other, pairable) / (len(unit) - 1)
        for unit in units
        for place, one in enumerate(unit)
        for second, other in enumerate(unit)
        if place != second
    )
    expected = sum(difference(metric, one, other, pairable) for one in pairable for other in pairable)
    return 1 - (len(pairable) - 1) * observed / expected if expected else None


@pytest.mark.parametrize(
    ("metric", "published"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849), (Metric.RATIO, 0.797)],
)
def test_the_published_example(metric: Metric, published: float) -> None:
    found = alpha(UNITS, metric)

    assert isinstance(found, Estimate)
    assert round(found.value, 3) == published
    assert found.n == 11
    assert found.interval is not None
    assert found.interval.low < found.value < found.interval.high


tables = arrays(
    float, st.tuples(st.integers(2, 7), st.integers(2, 4)), elements=st.sampled_from([1, 2, 3, 4, 5, NAN])
)


@pytest.mark.parametrize("metric", Metric)
@given(values=tables)
@settings(max_examples=60, deadline=None)
def test_it_agrees_with_the_definition(metric: Metric, values: Numbers) -> None:
    found, expected = alpha(values, metric, resamples=0), slowly(values, metric)

    if expected is None:
        assert isinstance(found, NotEnough)
    else:
        assert isinstance(found, Estimate)
        assert found.value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", Metric)
def test_values_that_are_all_different_agree_with_the_definition(metric: Metric) -> None:
    values = np.random.default_rng(3).uniform(1, 9, size=(12, 3))

    found = alpha(values, metric)

    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(slowly(values, metric), abs=1e-9)
    assert found.interval is not None
    assert found.interval.low <= found.value <= found.interval.high


def test_with_more_values_than_a_table_holds_there_is_no_interval() -> None:
    found = alpha(np.arange(MOST_VALUES + 2.0).reshape(-1, 2), Metric.INTERVAL)

    assert isinstance(found, Estimate)
    assert found.interval is None


@pytest.mark.parametrize("metric", Metric)
def test_the_interval_is_that_of_alphas_of_clusters_drawn_again(metric: Metric) -> None:
    random = np.random.default_rng(8)
    values = np.clip(np.round(random.normal(3, 1, (12, 1)) + random.normal(0, 1, (12, 3))), 1, 5)
    clusters = np.repeat(np.arange(6), 2)

    found = alpha(values, metric, seed=4, resamples=100, clusters=clusters)

    drawn = np.random.default_rng(4).integers(0, 6, size=(100, 6))
    again = [slowly(values.reshape(6, 2, 3)[chosen].reshape(12, 3), metric) for chosen in drawn]
    low, high = np.percentile([each for each in again if each is not None], [2.5, 97.5])
    assert isinstance(found, Estimate)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-9)


def test_where_nobody_ever_differed_there_is_no_interval() -> None:
    found = alpha(np.repeat([[1.0], [2], [3], [4], [5], [2]], 3, axis=1), Metric.ORDINAL)

    assert found == Estimate(1.0, 6)


def test_ratios_need_a_scale_that_begins_at_zero() -> None:
    values = np.array([[-1.0, 1], [2, 2]])

    assert alpha(values, Metric.RATIO) == NotEnough(2, 0, Lack.BELOW_ZERO)
    assert isinstance(alpha(np.abs(values) - 1, Metric.RATIO), Estimate)


@given(tables, st.sampled_from([-7.0, 0.5, 1e6]), st.sampled_from([0.01, 3.0, 1e9]))
@settings(max_examples=60, deadline=None)
def test_a_scale_moved_and_stretched_changes_nothing(values: Numbers, shift: float, factor: float) -> None:
    for metric in (Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL):
        before, after = (alpha(each, metric, resamples=50) for each in (values, (values + shift) * factor))

        assert figures(after) == pytest.approx(figures(before), abs=1e-6)


def figures(found: Figure) -> list[float]:
    if isinstance(found, NotEnough):
        return [found.n, found.needed]
    around = [found.interval.low, found.interval.high] if found.interval else []
    return [found.value, found.n, *around]


@pytest.mark.parametrize("metric", Metric)
@given(
    values=arrays(
        float,
        st.tuples(st.integers(1, 8), st.integers(1, 4)),
        elements=st.one_of(
            st.just(NAN), st.sampled_from([0.0, 5e-324, 1e300, -1e300, 1.0]), st.floats(-9, 9)
        ),
    )
)
@settings(max_examples=60, deadline=None)
def test_alpha_is_a_number_of_at_most_one_or_nothing(metric: Metric, values: Numbers) -> None:
    found = alpha(values, metric, resamples=40)

    assert all(math.isfinite(each) for each in figures(found))
    if isinstance(found, Estimate):
        assert found.value <= 1
        assert found.interval is None or found.interval.low <= found.value <= found.interval.high <= 1


@pytest.mark.parametrize("metric", Metric)
def test_the_same_rating_everywhere_is_no_agreement(metric: Metric) -> None:
    assert alpha(np.full((6, 3), 4.0), metric) == NotEnough(6, 0, Lack.NO_VARIATION)


def test_units_with_one_rating_tell_nothing() -> None:
    assert alpha(np.array([[1, NAN], [NAN, 2]]), Metric.ORDINAL) == NotEnough(0, 1, Lack.TOO_FEW_SHARED)


def test_few_candidates_have_no_interval() -> None:
    found = alpha(np.array([[1.0, 2], [2, 2], [4, 5]]), Metric.ORDINAL)

    assert isinstance(found, Estimate)
    assert found.interval is None


def test_a_seed_repeats_and_the_order_of_rows_changes_nothing() -> None:
    rows = [
        (f"c{c}", f"i{i}", f"q{q}", float((c * 3 + i * q) % 5 + 1))
        for c in range(8)
        for i in range(3)
        for q in (1, 2)
    ]

    first, again = (alphas_of(Ratings.of(rows), seed=5)[Metric.ORDINAL] for _ in range(2))
    backwards = alphas_of(Ratings.of(rows[::-1]), seed=5)[Metric.ORDINAL]

    assert first == again
    assert isinstance(first, Estimate)
    assert isinstance(backwards, Estimate)
    assert backwards.value == pytest.approx(first.value, abs=1e-12)
    assert first.n == 16

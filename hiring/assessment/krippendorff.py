"""Krippendorff's alpha: agreement beyond chance, for any number of raters, missing ratings and four metrics.

Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability; and (2019) Content Analysis,
4th edition, chapter 12. alpha = 1 - observed disagreement / disagreement expected by chance, over all
units that two or more rated. The ordinal difference of two values is the difference of their
mid-ranks among all pairable values, so that ordinal alpha is interval alpha of the mid-ranks. The
interval is the percentile interval of a bootstrap that draws whole clusters (candidates), because the
ratings of one candidate depend on one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.ratings import Numbers, Positions, Ratings

RESAMPLES = 1000
FEWEST_CLUSTERS = 5  # Fewer cannot stand for those one might have drawn instead.
MOST_VALUES = 16  # Up to so many distinct values, a bootstrap by coincidences is cheap.
BLOCK = 512


class Metric(StrEnum):
    """What counts as a small or a large difference of two ratings."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def alpha(
    values: Numbers,
    metric: Metric,
    seed: int = 0,
    resamples: int = RESAMPLES,
    clusters: Positions | None = None,
) -> Figure:
    """Alpha of a table of shape (units, raters); NaN where a rater has not rated a unit.

    ``clusters`` says which units belong together for the bootstrap, by default each by itself. ``n`` of
    the estimate counts the units with two or more ratings. Not enough: no such unit, or no two
    different values in them.
    """
    unit, rater = np.nonzero(~np.isnan(values))
    cluster = np.arange(len(values)) if clusters is None else clusters
    return _alpha(unit, values[unit, rater], cluster, metric, seed, resamples)


def alpha_of(ratings: Ratings, metric: Metric, seed: int = 0) -> Figure:
    """Alpha of ratings, with candidate and item as the unit and candidates as the clusters."""
    pair = ratings.candidate * max(len(ratings.items), 1) + ratings.item
    known, unit = np.unique(pair, return_inverse=True)
    return _alpha(unit, ratings.score, known // max(len(ratings.items), 1), metric, seed, RESAMPLES)


@dataclass(frozen=True, eq=False)
class _Pairable:
    """The ratings of units with two or more: unit and rank of the value of each, and the distinct values."""

    unit: Positions
    place: Positions
    levels: Numbers
    raters: Positions
    cluster: Positions

    @property
    def marginals(self) -> Numbers:
        return np.bincount(self.place, minlength=len(self.levels)).astype(float)


def _alpha(
    unit: Positions, score: Numbers, cluster: Positions, metric: Metric, seed: int, resamples: int
) -> Figure:
    raters = np.bincount(unit, minlength=len(cluster))
    if not (raters > 1).any():
        return NotEnough(0, 1, Lack.TOO_FEW_SHARED)
    table = _pairable(unit, score, cluster, raters)
    if len(table.levels) < 2:
        return NotEnough(len(table.raters), 0, Lack.NO_VARIATION)
    observed, expected = _observed(table, metric), _expected(table.marginals, table.levels, metric)
    if expected <= 0:
        return NotEnough(len(table.raters), 0, Lack.NO_VARIATION)
    value = 1 - (len(table.unit) - 1) * observed / expected
    return Estimate(value, len(table.raters), _interval(table, metric, seed, resamples))


def _pairable(unit: Positions, score: Numbers, cluster: Positions, raters: Positions) -> _Pairable:
    rows = raters[unit] > 1
    kept, number = np.unique(unit[rows], return_inverse=True)
    levels, place = np.unique(score[rows], return_inverse=True)
    _known, group = np.unique(cluster[kept], return_inverse=True)
    return _Pairable(number, place, levels, raters[kept], group)


def _observed(table: _Pairable, metric: Metric) -> float:
    """The sum of squared differences over all ordered pairs within a unit, each unit divided by raters - 1."""
    if metric is Metric.RATIO and len(table.levels) <= MOST_VALUES:
        apart = _differences(table.levels, table.levels, metric)
        return float((_coincidences(table).sum(axis=0) * apart).sum())
    if metric is Metric.RATIO:
        return sum(_ratio_within(scores) for scores in _by_unit(table))
    if metric is Metric.NOMINAL:
        return float(_nominal_within(table).sum())
    return float(_interval_within(table, _scale(table, metric)[table.place]).sum())


def _scale(table: _Pairable, metric: Metric) -> Numbers:
    """Where each distinct value lies on the scale of the metric."""
    return _midranks(table.marginals) if metric is Metric.ORDINAL else table.levels - table.levels[0]


def _midranks(marginals: Numbers) -> Numbers:
    return np.asarray(np.cumsum(marginals, axis=-1) - marginals / 2, dtype=np.float64)


def _interval_within(table: _Pairable, scores: Numbers) -> Numbers:
    """Of each unit, the squared differences of all ordered pairs divided by raters - 1."""
    squares = np.bincount(table.unit, scores**2)
    sums = np.bincount(table.unit, scores)
    apart = np.maximum(table.raters * squares - sums**2, 0.0)
    return np.asarray(2 * apart / (table.raters - 1), dtype=np.float64)


def _nominal_within(table: _Pairable) -> Numbers:
    """Of each unit, the ordered pairs of different values divided by raters - 1."""
    values = len(table.levels)
    cells, count = np.unique(table.unit * values + table.place, return_counts=True)
    equal = np.bincount(cells // values, count.astype(float) ** 2, minlength=len(table.raters))
    return np.asarray((table.raters**2 - equal) / (table.raters - 1), dtype=np.float64)


def _by_unit(table: _Pairable) -> Iterator[Numbers]:
    rows = np.argsort(table.unit, kind="stable")
    yield from np.split(table.levels[table.place[rows]], np.cumsum(table.raters)[:-1])


def _ratio_within(scores: Numbers) -> float:
    return float(_differences(scores, scores, Metric.RATIO).sum()) / (len(scores) - 1)


def _differences(one: Numbers, other: Numbers, metric: Metric) -> Numbers:
    """Squared differences of every value of ``one`` and every value of ``other``, on the scale given."""
    apart = one[:, None] - other[None, :]
    if metric is Metric.NOMINAL:
        return np.asarray(apart != 0, dtype=np.float64)
    if metric is Metric.RATIO:
        together = np.abs(one)[:, None] + np.abs(other)[None, :]
        apart = np.divide(apart, together, out=np.zeros_like(apart), where=together > 0)
    return np.asarray(apart**2, dtype=np.float64)


def _expected(marginals: Numbers, levels: Numbers, metric: Metric) -> float:
    """The sum of squared differences over all ordered pairs of pairable values."""
    n = marginals.sum()
    if metric is Metric.NOMINAL:
        return float(n**2 - (marginals**2).sum())
    if metric is Metric.RATIO:
        blocks = range(0, len(levels), BLOCK)
        return float(
            sum(
                marginals[at : at + BLOCK] @ _differences(levels[at : at + BLOCK], levels, metric) @ marginals
                for at in blocks
            )
        )
    scale = _midranks(marginals) if metric is Metric.ORDINAL else levels - levels[0]
    return float(2 * (n * (marginals @ scale**2) - (marginals @ scale) ** 2))


def _interval(table: _Pairable, metric: Metric, seed: int, resamples: int) -> Interval | None:
    """The 95 % percentile interval, or none where clusters are few or the values too many for it."""
    clusters = int(table.cluster.max()) + 1
    if clusters < FEWEST_CLUSTERS or len(table.levels) > MOST_VALUES or resamples < 1:
        return None
    drawn = _draws(clusters, seed, resamples)
    values = len(table.levels)
    pairs = (drawn @ _coincidences(table).reshape(clusters, -1)).reshape(resamples, values, values)
    marginals = pairs.sum(axis=2)
    apart = _drawn_differences(marginals, table.levels, metric)
    expected = (marginals[:, :, None] * marginals[:, None, :] * apart).sum(axis=(1, 2))
    observed = (pairs * apart).sum(axis=(1, 2))
    fine = expected > 0
    if fine.sum() < resamples / 2:
        return None
    found = 1 - (marginals.sum(axis=1)[fine] - 1) * observed[fine] / expected[fine]
    low, high = np.percentile(found, [2.5, 97.5])
    return Interval(float(low), float(high))


def _draws(clusters: int, seed: int, resamples: int) -> Numbers:
    """How often each cluster is drawn in each resample, shape (resamples, clusters)."""
    chosen = np.random.default_rng(seed).integers(0, clusters, size=(resamples, clusters))
    chosen += np.arange(resamples)[:, None] * clusters
    return (
        np.bincount(chosen.ravel(), minlength=resamples * clusters).reshape(resamples, clusters).astype(float)
    )


def _coincidences(table: _Pairable) -> Numbers:
    """The coincidence matrix of each cluster, shape (clusters, values, values)."""
    values = len(table.levels)
    cells = np.bincount(table.unit * values + table.place, minlength=len(table.raters) * values)
    counts = cells.reshape(-1, values).astype(float)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(values)
    pairs[:, diagonal, diagonal] -= counts
    pairs /= (table.raters - 1)[:, None, None]
    sums = np.zeros((int(table.cluster.max()) + 1, values, values))
    np.add.at(sums, table.cluster, pairs)
    return sums


def _drawn_differences(marginals: Numbers, levels: Numbers, metric: Metric) -> Numbers:
    if metric is Metric.ORDINAL:
        ranks = _midranks(marginals)
        return np.asarray((ranks[:, :, None] - ranks[:, None, :]) ** 2, dtype=np.float64)
    return _differences(levels, levels, metric)[None, :, :]

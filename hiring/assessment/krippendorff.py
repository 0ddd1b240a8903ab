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
from functools import cached_property

import numpy as np

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough
from hiring.assessment.ratings import Numbers, Positions, Ratings

RESAMPLES = 1000
FEWEST_RESAMPLES = 200  # So many are drawn even of ratings that are many and all different.
FEWEST_CLUSTERS = 5  # Fewer cannot stand for those one might have drawn instead.
MOST_VALUES = 1000  # A table of all differences of so many values still fits into memory.
BLOCK = 512
WORK = 30_000_000  # Differences that the ordinal metric takes part of a second for.


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
    """Alpha of a table of shape (units, raters), NaN where a rater has not rated a unit, with a 95 % interval.

    ``clusters`` says which units belong together for the bootstrap, by default each by itself. ``n`` of
    the estimate counts the units with two or more ratings. Not enough: no such unit; no two different
    values in them; the ratio metric of values below 0. There is no interval where fewer than five
    clusters could be drawn from, where nobody differed about any unit (redrawing cannot tell how
    often somebody would), or with more than 1,000 different values.
    """
    unit, rater = np.nonzero(~np.isnan(values))
    cluster = np.arange(len(values)) if clusters is None else clusters
    return _alpha(_pairable(unit, values[unit, rater], cluster, seed, resamples), metric)


def alphas_of(ratings: Ratings, seed: int = 0) -> dict[Metric, Figure]:
    """Alpha of ratings by every metric, with candidate and item as the unit and candidates as the clusters."""
    items = max(len(ratings.items), 1)
    known, unit = np.unique(ratings.candidate * items + ratings.item, return_inverse=True)
    table = _pairable(unit, ratings.score, known // items, seed, RESAMPLES)
    return {metric: _alpha(table, metric) for metric in Metric}


@dataclass(frozen=True, eq=False)
class _Pairable:
    """The ratings of units with two or more.

    ``unit`` and ``place`` hold, for each rating, its unit and the position of its value in ``levels``;
    ``raters`` and ``cluster`` the number of ratings and the cluster of each unit. ``seed`` and
    ``resamples`` say how clusters are drawn again.
    """

    unit: Positions
    place: Positions
    levels: Numbers
    raters: Positions
    cluster: Positions
    seed: int
    resamples: int

    @property
    def clusters(self) -> int:
        return int(np.max(self.cluster)) + 1

    @cached_property
    def scaled(self) -> Numbers:
        """The levels divided by a power of two, which costs no digit, so that no square is too large."""
        _part, exponent = np.frexp(np.max(np.abs(self.levels)))
        return np.asarray(np.ldexp(self.levels, -exponent), dtype=np.float64)

    @cached_property
    def spaced(self) -> Numbers:
        """The levels moved and stretched to run from 0 to 1."""
        scaled = self.scaled - self.scaled[0]
        return np.asarray(scaled / scaled[-1], dtype=np.float64)

    @cached_property
    def nominally_apart(self) -> Numbers:
        """Of each unit, the ordered pairs of different values divided by raters - 1."""
        values = len(self.levels)
        cells, count = np.unique(self.unit * values + self.place, return_counts=True)
        equal = np.bincount(cells // values, count.astype(np.float64) ** 2, minlength=len(self.raters))
        return np.asarray((self.raters**2 - equal) / (self.raters - 1), dtype=np.float64)

    @cached_property
    def drawn(self) -> Numbers:
        """How often each cluster is drawn in each resample, shape (resamples, clusters)."""
        shape = (self.resamples, self.clusters)
        chosen = np.random.default_rng(self.seed).integers(0, self.clusters, size=shape)
        chosen += np.arange(self.resamples)[:, None] * self.clusters
        counts = np.bincount(chosen.ravel(), minlength=self.resamples * self.clusters)
        return counts.reshape(shape).astype(np.float64)

    @cached_property
    def drawn_totals(self) -> Numbers:
        """How often each value stands in each resample, shape (resamples, levels)."""
        cells = self.cluster[self.unit] * len(self.levels) + self.place
        counts = np.bincount(cells, minlength=self.clusters * len(self.levels))
        return np.asarray(self.drawn @ counts.reshape(self.clusters, -1).astype(np.float64))

    @property
    def totals(self) -> Numbers:
        """How often each value was given, shape (1, levels)."""
        counts = np.bincount(self.place, minlength=len(self.levels))
        return counts[None, :].astype(np.float64)


def _pairable(unit: Positions, score: Numbers, cluster: Positions, seed: int, resamples: int) -> _Pairable:
    raters = np.bincount(unit, minlength=len(cluster))
    rows = raters[unit] > 1
    kept, number = np.unique(unit[rows], return_inverse=True)
    levels, place = np.unique(score[rows], return_inverse=True)
    _known, group = np.unique(cluster[kept], return_inverse=True)
    return _Pairable(number, place, levels, raters[kept], group, seed, resamples)


def _alpha(table: _Pairable, metric: Metric) -> Figure:
    units = len(table.raters)
    if units == 0:
        return NotEnough(0, 1, Lack.TOO_FEW_SHARED)
    if len(table.levels) < 2:
        return NotEnough(units, 0, Lack.NO_VARIATION)
    if metric is Metric.RATIO and table.levels[0] < 0:
        return NotEnough(units, 0, Lack.BELOW_ZERO)
    apart = _apart(table, metric)
    chance = float(_by_chance(table, table.totals, metric)[0])
    value = 1 - (len(table.unit) - 1) * float(apart.sum()) / chance
    found = _interval(table, metric, apart)
    # Clusters drawn twice look more alike than they are, and may push a narrow interval past the value.
    around = found and Interval(min(found.low, value), max(found.high, value))
    return Estimate(value, units, around)


def _apart(table: _Pairable, metric: Metric) -> Numbers:
    """Of each unit, the squared differences of all ordered pairs divided by raters - 1."""
    if metric is Metric.NOMINAL:
        return table.nominally_apart
    if metric is Metric.RATIO:
        return _relatively_apart(table)
    scale = _midranks(table.totals)[0] if metric is Metric.ORDINAL else table.spaced
    return _linearly_apart(table, scale[table.place])


def _linearly_apart(table: _Pairable, scores: Numbers) -> Numbers:
    """Differences of all pairs are twice the number of raters times the squared distances from the mean."""
    mean = np.bincount(table.unit, scores) / table.raters
    squares = np.bincount(table.unit, (scores - mean[table.unit]) ** 2)
    return np.asarray(2 * table.raters * squares / (table.raters - 1), dtype=np.float64)


def _relatively_apart(table: _Pairable) -> Numbers:
    apart = np.zeros(len(table.raters))
    for unit, one, other in _pairs(table):
        apart += np.bincount(unit, _ratio(table.scaled[one], table.scaled[other]), minlength=len(apart))
    return 2 * apart / (table.raters - 1)


def _ratio(one: Numbers, other: Numbers) -> Numbers:
    """The squared difference in relation to the sum; 0 of two zeros."""
    sums = np.asarray(one + other)
    return np.asarray(np.divide(one - other, sums, out=np.zeros(sums.shape), where=sums > 0) ** 2)


def _pairs(table: _Pairable) -> Iterator[tuple[Positions, Positions, Positions]]:
    """Every unordered pair within a unit once: the unit, and the places of both values."""
    rows = np.argsort(table.unit, kind="stable")
    first = np.cumsum(table.raters) - table.raters
    for size in np.unique(table.raters).tolist():
        units = np.flatnonzero(table.raters == size)
        places = table.place[rows[first[units][:, None] + np.arange(size)]]
        for step in range(1, size):
            yield np.repeat(units, size - step), places[:, step:].ravel(), places[:, :-step].ravel()


def _midranks(totals: Numbers) -> Numbers:
    """The mean rank of the ratings of each value, by rows."""
    return np.asarray(np.cumsum(totals, axis=1) - totals / 2, dtype=np.float64)


def _by_chance(table: _Pairable, totals: Numbers, metric: Metric) -> Numbers:
    """The sum of squared differences over all ordered pairs of ratings, for each row of how often values occur."""
    n = totals.sum(axis=1)
    if metric is Metric.NOMINAL:
        return np.asarray(n**2 - (totals**2).sum(axis=1), dtype=np.float64)
    if metric is Metric.RATIO:
        return _ratios_by_chance(table.scaled, totals)
    scale = _midranks(totals) if metric is Metric.ORDINAL else table.spaced[None, :]
    mean = (totals * scale).sum(axis=1) / n
    return np.asarray(2 * n * (totals * (scale - mean[:, None]) ** 2).sum(axis=1), dtype=np.float64)


def _ratios_by_chance(levels: Numbers, totals: Numbers) -> Numbers:
    result = np.zeros(len(totals))
    for at in range(0, len(levels), BLOCK):
        apart = _ratio(levels[at : at + BLOCK, None], levels[None, :])
        result += ((totals[:, at : at + BLOCK] @ apart) * totals).sum(axis=1)
    return result


def _interval(table: _Pairable, metric: Metric, apart: Numbers) -> Interval | None:
    """The 95 % percentile interval; resamples without two different values are left out."""
    if table.resamples < 1 or table.clusters < FEWEST_CLUSTERS or len(table.levels) > MOST_VALUES:
        return None
    if not table.nominally_apart.any():
        return None
    is_ordinal = metric is Metric.ORDINAL
    observed = _ordinally_apart(table) if is_ordinal else table.drawn @ np.bincount(table.cluster, apart)
    return _percentiles(table, metric, table.drawn_totals[: len(observed)], observed)


def _percentiles(table: _Pairable, metric: Metric, totals: Numbers, observed: Numbers) -> Interval | None:
    chance = _by_chance(table, totals, metric)
    varied = ((totals > 0).sum(axis=1) > 1) & (chance > 0)
    if 2 * int(varied.sum()) < len(varied):
        return None
    found = 1 - (totals[varied].sum(axis=1) - 1) * observed[varied] / chance[varied]
    low, high = np.percentile(found, [2.5, 97.5])
    return Interval(float(low), float(high))


def _ordinally_apart(table: _Pairable) -> Numbers:
    """The squared differences of ranks within units, for as many resamples as there is time for.

    Ranks change with every resample, so that each difference is taken anew.
    """
    pairs = _counted_pairs(table)
    resamples = max(FEWEST_RESAMPLES, WORK // len(pairs.count))
    often = np.ascontiguousarray(table.drawn[:resamples].T)
    ranks = np.ascontiguousarray(_midranks(table.drawn_totals[:resamples]).T)
    result = np.zeros(often.shape[1])
    for at in range(0, len(pairs.count), BLOCK):
        rows = slice(at, at + BLOCK)
        apart = ranks[pairs.high[rows]] - ranks[pairs.low[rows]]
        apart *= apart
        apart *= often[pairs.cluster[rows]]
        result += pairs.count[rows] @ apart
    return 2 * result


@dataclass(frozen=True, eq=False)
class _CountedPairs:
    """The coincidences of each cluster: how often two places were given to one unit, above the diagonal."""

    cluster: Positions
    low: Positions
    high: Positions
    count: Numbers


def _counted_pairs(table: _Pairable) -> _CountedPairs:
    values = len(table.levels)
    found = []
    for unit, one, other in _pairs(table):
        low, high = np.minimum(one, other), np.maximum(one, other)
        differ = np.flatnonzero(low < high)
        unit, low, high = unit[differ], low[differ], high[differ]
        found.append(
            _summed((table.cluster[unit] * values + low) * values + high, 1 / (table.raters[unit] - 1))
        )
    keys, counts = (np.concatenate(each) for each in zip(*found, strict=True))
    key, count = _summed(keys, counts)
    rest, high = np.divmod(key, values)
    cluster, low = np.divmod(rest, values)
    return _CountedPairs(cluster, low, high, count)


def _summed(keys: Positions, counts: Numbers) -> tuple[Positions, Numbers]:
    known, place = np.unique(keys, return_inverse=True)
    return known, np.bincount(place, counts, minlength=len(known)).astype(np.float64, copy=False)

"""Where each candidate stands, and how sure that is: adjusted values, ranks with intervals, chances.

The errors of two candidates' values are correlated, because both rest on the same interviewers' severity
and the same mean; every comparison here uses the whole covariance of the errors of prediction
(Henderson 1975, Biometrics 31(2), 423-447), by its diagonal and its low rank.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.assessment.linkage import Part
from hiring.assessment.mixed_model import Fit
from hiring.assessment.ratings import Means, Numbers, Positions

Ranks = NDArray[np.unsignedinteger[Any]]

DRAWS = 5_000
TAIL = 0.025  # Ranks lie outside their interval in one draw of twenty.
CELLS = 400_000  # Numbers held at once while drawing: some three megabytes.


@dataclass(frozen=True)
class Standing:
    """One candidate among those of the same connected part.

    ``mean`` is the raw mean and ``adjusted`` the value with severity taken out, in scale points; ``sd`` is
    the standard error of the adjusted value about the part's mean. With a chance of 95 % the rank, 1 for
    the best, is from ``rank_low`` to ``rank_high``; ``p_top`` is the chance to be among the best ``top``.
    """

    candidate: int
    ratings: int
    mean: float
    adjusted: float | None
    sd: float | None
    part: int
    rank_low: int | None
    rank_high: int | None
    p_top: float | None


def standings(
    means: Means,
    fitted: Fit | NotEnough,
    parts: tuple[Part, ...],
    top: int,
    seed: int,
    draws: int = DRAWS,
) -> tuple[Standing, ...]:
    """Every candidate's standing within its part, in the order of ``means.candidates``.

    Ranks come from so many draws of all effects together, from their distribution given the ratings; they
    repeat with the seed and do not depend on the order of the rows. Only raw means are given where nothing
    could be fitted. Standard errors and ranks are left out where the variance of candidates or of the
    residual is estimated as 0: the one leaves nothing to rank by, the other no error to rank with.
    """
    raters = means.raters
    rows = np.argsort(means.value)  # The same sums, to the last digit, in whatever order rows come.
    mean = np.bincount(means.candidate[rows], means.value[rows], len(raters)) / raters
    found: list[Standing] = []
    for position, part in enumerate(parts):
        values = _values(fitted, part, top, seed, draws)
        for candidate, value in zip(part.candidates, values, strict=True):
            adjusted, sd, low, high, chance = value
            ratings = int(raters[candidate])
            found.append(
                Standing(
                    candidate, ratings, float(mean[candidate]), adjusted, sd, position, low, high, chance
                )
            )
    return tuple(sorted(found, key=lambda standing: standing.candidate))


_Value = tuple[float | None, float | None, int | None, int | None, float | None]


def _values(fitted: Fit | NotEnough, part: Part, top: int, seed: int, draws: int) -> Sequence[_Value]:
    """The adjusted value, its error, both ranks and the chance of the top, for each candidate of a part."""
    if isinstance(fitted, NotEnough):
        return [(None, None, None, None, None)] * len(part.candidates)
    candidates = np.array(part.candidates, dtype=np.intp)
    adjusted = fitted.adjusted[candidates].tolist()
    if _lack(fitted) is not None:
        return [(value, None, None, None, None) for value in adjusted]
    errors = fitted.candidate_errors[candidates].tolist()
    places = _places(_drawn_ranks(fitted, candidates, seed, draws), top)
    return [(value, error, *place) for value, error, place in zip(adjusted, errors, places, strict=True)]


def _lack(fitted: Fit) -> NotEnough | None:
    """Why candidates of this fit cannot be compared, if they cannot."""
    count = len(fitted.means.candidates)
    if fitted.candidate_variance == 0.0:
        return NotEnough(count, 0, Lack.NO_CANDIDATE_VARIATION)
    if fitted.residual_variance == 0.0:
        return NotEnough(count, 0, Lack.AT_THE_BOUNDARY)
    return None


def _drawn_ranks(fitted: Fit, candidates: Positions, seed: int, draws: int) -> Ranks:
    """The rank of each candidate, 0 for the best, in each draw; shape (draws, candidates).

    Chance is dealt out by name, so that everybody gets the same whatever the order of the rows.
    """
    names, count = fitted.means.candidates, len(candidates)
    order = np.array(sorted(range(count), key=lambda at: names[candidates[at]]), dtype=np.intp)
    ranks = np.empty((draws, count), dtype=np.min_scalar_type(count))
    places = np.arange(count, dtype=ranks.dtype)[None, ::-1]
    begin = 0
    for batch in _drawn_values(fitted, candidates[order], np.random.default_rng(seed), draws):
        np.put_along_axis(ranks[begin : begin + len(batch)], order[_best_last(batch)], places, axis=1)
        begin += len(batch)
    return ranks


def _best_last(values: Numbers) -> NDArray[np.int32]:
    """The positions that sort each row.

    The place is kept in the lowest bits of the value, rounded to what the other bits hold, because whole
    numbers are sorted in a third of the time that positions take.
    """
    count = values.shape[1]
    bits = count.bit_length()
    lowest = float(np.min(values))
    unit = max(float(np.max(values)) - lowest, np.finfo(np.float64).tiny) / (2 ** (31 - bits) - 1)
    keys: NDArray[np.int32] = ((values - lowest) / unit).astype(np.int32)
    keys <<= bits
    keys |= np.arange(count, dtype=np.int32)
    keys.sort(axis=1)
    keys &= 2**bits - 1
    return keys


def _drawn_values(
    fitted: Fit, candidates: Positions, chance: np.random.Generator, draws: int
) -> Iterator[Numbers]:
    """Draws of the candidates' true values given the ratings, in batches of rows."""
    values, own = fitted.adjusted[candidates], np.sqrt(fitted.own_variance[candidates])
    loading = np.ascontiguousarray(fitted.loading[candidates].T)
    size = max(CELLS // len(candidates), 1)
    for begin in range(0, draws, size):
        count = min(size, draws - begin)
        batch = chance.standard_normal((count, len(candidates)))
        batch *= own
        batch += chance.standard_normal((count, len(loading))) @ loading
        batch += values
        yield batch


def _places(ranks: Ranks, top: int) -> Iterator[tuple[int, int, float]]:
    """For each candidate the lowest and highest rank, 1 for the best, that leave ``TAIL`` of the draws on
    either side, and the share of draws among the best ``top``."""
    draws, candidates = ranks.shape
    outside = math.floor(TAIL * draws)
    size = max(CELLS // max(draws, candidates), 1)
    for begin in range(0, candidates, size):
        block = ranks[:, begin : begin + size]
        own = np.arange(block.shape[1]) * candidates
        counted = np.bincount((block + own).ravel(), minlength=block.shape[1] * candidates)
        up_to = counted.reshape(-1, candidates).cumsum(axis=1)
        low = (up_to <= outside).sum(axis=1) + 1
        high = (up_to < draws - outside).sum(axis=1) + 1
        chance = up_to[:, min(top, candidates) - 1] / draws if top > 0 else np.zeros(len(low))
        yield from zip(low.tolist(), high.tolist(), chance.tolist(), strict=True)


def probability_better(fitted: Fit, one: int, other: int) -> Figure:
    """The chance that one candidate's true value is above the other's, given the ratings: Phi(d / sd).

    ``n`` counts the ratings of both; candidates are positions in ``fitted.means.candidates``. Not enough:
    candidates of different parts, whom nobody compares; no variance of candidates or of the residual.
    """
    lack = _lack(fitted)
    if lack is not None:
        return lack
    if fitted.part[one] != fitted.part[other]:
        return NotEnough(0, 1, Lack.NOT_LINKED)
    raters = fitted.means.raters
    ratings = int(raters[one] + raters[other])
    if one == other:
        return Estimate(0.5, ratings)
    apart = fitted.loading[one] - fitted.loading[other]
    sd = math.sqrt(float(fitted.own_variance[one] + fitted.own_variance[other] + apart @ apart))
    difference = float(fitted.candidate_effects[one] - fitted.candidate_effects[other])
    return Estimate(0.5 * math.erfc(-difference / (sd * math.sqrt(2.0))), ratings)

"""Everything that is told of one table of ratings, and what must not be concluded from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from hiring.assessment.estimates import Figure, Lack, NotEnough
from hiring.assessment.items import ItemFigures, cronbach_of, item_figures
from hiring.assessment.krippendorff import Metric, alphas_of
from hiring.assessment.linkage import Bridge, Part, bridges, cut_candidates, cut_interviewers, parts
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.raters import RaterFigures, rater_figures
from hiring.assessment.ratings import Means, Positions, Ratings
from hiring.assessment.reliability import Band, Reliability, band, reliability
from hiring.assessment.standing import Standing, standings

FEW_CANDIDATES = 10  # Below this, and below the next, no verbal grade is given.
FEW_INTERVIEWERS = 3
FEW_FOR_ITEMS = 30  # Below this, figures on items are too uncertain to act on.


class Concern(StrEnum):
    """What limits the conclusions that may be drawn."""

    NO_RATINGS = "no_ratings"
    SEPARATE_PARTS = "separate_parts"
    WEAK_LINKS = "weak_links"
    HINGES = "hinges"
    NOT_ADJUSTED = "not_adjusted"
    AT_THE_BOUNDARY = "at_the_boundary"
    FEW_CANDIDATES = "few_candidates"
    FEW_INTERVIEWERS = "few_interviewers"
    SINGLE_RATERS = "single_raters"
    PARTLY_RATED = "partly_rated"
    FEW_FOR_ITEMS = "few_for_items"


@dataclass(frozen=True)
class Caution:
    """A concern with the number it is about.

    ``why`` says what the model lacked, ``pairs`` names candidate and interviewer of each weak link, and
    ``names`` those who alone link others though by more than one rating.
    """

    concern: Concern
    number: int = 0
    why: NotEnough | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Assessment:
    """All figures of one table of ratings; positions refer to the names of ``ratings``, which are sorted.

    ``band`` grades ``reliability.single`` and ``panel_band`` grades ``reliability.panel``. Standings come
    by part, the best first; raters and items by name.
    """

    ratings: Ratings
    means: Means
    parts: tuple[Part, ...]
    bridges: tuple[Bridge, ...]
    fitted: Fit | NotEnough
    reliability: Reliability
    band: Band | NotEnough
    panel_band: Band | NotEnough
    alpha: Mapping[Metric, Figure]
    cronbach: Figure
    standings: tuple[Standing, ...]
    raters: tuple[RaterFigures, ...]
    items: tuple[ItemFigures, ...]
    cautions: tuple[Caution, ...]

    @cached_property
    def scores_of_candidates(self) -> Positions:
        """The number of scores of each candidate, shape (candidates,)."""
        return np.bincount(self.ratings.candidate, minlength=len(self.ratings.candidates))

    @cached_property
    def scores_of_interviewers(self) -> Positions:
        """The number of scores by each interviewer, shape (interviewers,)."""
        return np.bincount(self.ratings.interviewer, minlength=len(self.ratings.interviewers))

    def severity_error(self, interviewer: int) -> float | None:
        """The standard deviation of what is not known about an interviewer's severity, in scale points."""
        if isinstance(self.fitted, NotEnough) or self.fitted.interviewer_errors[interviewer] <= 0:
            return None
        return float(self.fitted.interviewer_errors[interviewer])


def assessment(ratings: Ratings, top: int, seed: int, scale: tuple[float, float] | None = None) -> Assessment:
    """All figures of the ratings.

    ``top`` is the number of places for which each candidate's chance is given, within the part of the
    design the candidate belongs to; ``seed`` makes the draws and resamples repeat; ``scale`` holds the
    ends of the scale, by default the lowest and the highest score. The order of the rows makes no
    difference, to the last digit. Without any rating every figure lacks ratings.
    """
    table = sorted_by_names(ratings)
    if len(table.score) == 0:
        return _without_ratings(table)
    means = table.means
    linked, weak, fitted = parts(means), bridges(means), fit(means)
    figures = reliability(means, fitted, seed)
    people = len(means.candidates), len(means.interviewers)
    return Assessment(
        ratings=table,
        means=means,
        parts=linked,
        bridges=weak,
        fitted=fitted,
        reliability=figures,
        band=band(figures.single, *people),
        panel_band=band(figures.panel, *people),
        alpha=alphas_of(table, seed),
        cronbach=cronbach_of(table),
        standings=_best_first(standings(means, fitted, linked, top, seed)),
        raters=rater_figures(table, fitted, scale=scale),
        items=item_figures(table, scale),
        cautions=_cautions(table, means, linked, weak, fitted),
    )


def _without_ratings(table: Ratings) -> Assessment:
    lack = NotEnough(0, 1, Lack.NO_RATINGS)
    alike = dict.fromkeys(Metric, lack)
    figures = Reliability(lack, lack, lack, lack, lack, lack)
    nothing = (Caution(Concern.NO_RATINGS),)
    return Assessment(table, table.means, (), (), lack, figures, lack, lack, alike, lack, (), (), (), nothing)


def sorted_by_names(ratings: Ratings) -> Ratings:
    """The same ratings with names and rows in their natural order, in which 10 comes after 9."""
    (candidates, candidate), (interviewers, interviewer), (items, item) = (
        _sorted(names, positions)
        for names, positions in (
            (ratings.candidates, ratings.candidate),
            (ratings.interviewers, ratings.interviewer),
            (ratings.items, ratings.item),
        )
    )
    rows = np.lexsort((item, interviewer, candidate))
    placed = (candidate[rows], interviewer[rows], item[rows])
    return Ratings(candidates, interviewers, items, *placed, ratings.score[rows])


def _sorted(names: tuple[str, ...], positions: Positions) -> tuple[tuple[str, ...], Positions]:
    order = sorted(range(len(names)), key=lambda place: _natural(names[place]))
    places = np.empty(len(names), dtype=np.intp)
    places[order] = np.arange(len(names))
    return tuple(names[place] for place in order), places[positions]


def _natural(name: str) -> tuple[list[str | int], str]:
    pieces = re.split(r"([0-9]+)", name.casefold())
    return [int(piece) if place % 2 else piece for place, piece in enumerate(pieces)], name


def _best_first(found: Sequence[Standing]) -> tuple[Standing, ...]:
    """By part, and within it from the highest adjusted value (without one, the highest mean) to the lowest."""

    def place(each: Standing) -> tuple[int, float, int]:
        value = each.mean if each.adjusted is None else each.adjusted
        return each.part, -round(value, 9), each.candidate

    return tuple(sorted(found, key=place))


def _cautions(
    ratings: Ratings, means: Means, linked: Sequence[Part], weak: Sequence[Bridge], fitted: Fit | NotEnough
) -> tuple[Caution, ...]:
    hinges = _hinges(weak, means)
    counted = (
        Caution(Concern.SEPARATE_PARTS, len(linked) if len(linked) > 1 else 0),
        Caution(Concern.WEAK_LINKS, len(weak), pairs=_names_of(weak, means)),
        Caution(Concern.HINGES, len(hinges), names=hinges),
        Caution(Concern.FEW_CANDIDATES, _if_below(FEW_CANDIDATES, len(means.candidates))),
        Caution(Concern.FEW_INTERVIEWERS, _if_below(FEW_INTERVIEWERS, len(means.interviewers))),
        Caution(Concern.SINGLE_RATERS, int((means.raters == 1).sum())),
        Caution(Concern.PARTLY_RATED, _partly_rated(ratings)),
        Caution(
            Concern.FEW_FOR_ITEMS,
            _if_below(FEW_FOR_ITEMS, len(means.candidates)) if len(ratings.items) > 1 else 0,
        ),
    )
    return (*_cautions_of_model(fitted), *(caution for caution in counted if caution.number))


def _names_of(weak: Sequence[Bridge], means: Means) -> tuple[tuple[str, str], ...]:
    return tuple((means.candidates[each.candidate], means.interviewers[each.interviewer]) for each in weak)


def _hinges(weak: Sequence[Bridge], means: Means) -> tuple[str, ...]:
    """Those whose loss would part interviewers, unless a weak link says so already."""
    candidates = set(cut_candidates(means)) - {each.candidate for each in weak}
    interviewers = set(cut_interviewers(means)) - {each.interviewer for each in weak}
    named = [means.candidates[each] for each in sorted(candidates)]
    return tuple(named + [means.interviewers[each] for each in sorted(interviewers)])


def _if_below(least: int, number: int) -> int:
    return number if number < least else 0


def _cautions_of_model(fitted: Fit | NotEnough) -> Iterator[Caution]:
    if isinstance(fitted, NotEnough):
        yield Caution(Concern.NOT_ADJUSTED, why=fitted)
    elif fitted.at_boundary:
        yield Caution(Concern.AT_THE_BOUNDARY)


def _partly_rated(ratings: Ratings) -> int:
    """How many meetings of a candidate and an interviewer have no score on some item."""
    meetings = ratings.candidate * len(ratings.interviewers) + ratings.interviewer
    rated = np.unique(meetings, return_counts=True)[1]
    return int((rated < len(ratings.items)).sum())

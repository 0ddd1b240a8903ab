"""How far a comparison can be relied on: agreement of the interviewers, and values with severity taken out."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from hiring.assessment.estimates import Figure, NotEnough
from hiring.assessment.linkage import Part, parts
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.places import places
from hiring.assessment.projection import interviewers_needed
from hiring.assessment.ratings import Means
from hiring.assessment.reliability import Band, Reliability, band, reliability
from hiring.assessment.sensitivity import Sensitivity, sensitivity
from hiring.assessment.standing import Standing, standings
from hiring.comparisons.document import Basis, ComparedCandidate, Comparison
from hiring.comparisons.figures import value_of

TOP = 3
SEED = 1  # The draws are the same at every look, so that a figure changes only when a rating does.
TARGET = 0.70
FIRST = 50  # Further down, nobody asks what another weight would do.


@dataclass(frozen=True)
class Agreement:
    """How well the interviewers of a job agree about its candidates; ``needed`` is for a reliability of .70."""

    candidates: int
    interviewers: int
    scorecards: int
    figures: Reliability
    grade: Band | NotEnough
    needed: int | NotEnough
    parts: tuple[tuple[str, ...], ...]

    @property
    def is_parted(self) -> bool:
        """Whether there are candidates who share no interviewer, not even round about others."""
        return len(self.parts) > 1


@dataclass(frozen=True)
class Place:
    """Where a candidate stands once severity is taken out, beside the place by raw composite; 1 is the best.

    ``strictness`` says by how much the own interviewers rate lower than others on average, in levels;
    ``pull`` how far the value is drawn toward the middle because few ratings stand behind it.
    """

    standing: Standing
    raw_place: int
    adjusted_place: int
    strictness: float
    pull: float

    @property
    def moved(self) -> int:
        """By how many places the candidate goes up; negative when it goes down."""
        return self.raw_place - self.adjusted_place


@dataclass(frozen=True)
class Adjusted:
    """The adjusted values of all candidates by application, and the places of ``top``; empty if there are none."""

    places: dict[int, Place]
    lack: NotEnough | None
    top: int = TOP


class Assessed:
    """Everything that the estimators say about one set of ratings, each worked out once and when it is asked for."""

    def __init__(self, means: Means) -> None:
        self.means = means

    @cached_property
    def fitted(self) -> Fit | NotEnough:
        """The fitted model."""
        return fit(self.means)

    @cached_property
    def linked(self) -> tuple[Part, ...]:
        """Who can be compared with whom."""
        return parts(self.means)

    @cached_property
    def figures(self) -> Reliability:
        """How far the ratings can be relied on."""
        return reliability(self.means, self.fitted)

    @cached_property
    def adjusted(self) -> Adjusted:
        """Every candidate's value with severity taken out."""
        if isinstance(self.fitted, NotEnough):
            return Adjusted({}, self.fitted)
        found = standings(self.means, self.fitted, self.linked, TOP, SEED)
        return Adjusted(_placed(self.means, self.fitted, found), None)


class _Kept:
    """The last few assessments of this process, because drawing ranks for thousands takes most of a second.

    They are kept by a fingerprint of everything that goes in: whose candidates the reader may read, by number,
    who rated them, and every value. What comes out is worked out from that alone. So nobody is ever given
    more than the own ratings tell: who may read one candidate less, or sees a single value changed, has
    another fingerprint, and whoever has the same one would work out the same figures. Names, words and
    rights are not kept; they are read anew at every look.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._found: OrderedDict[bytes, Assessed] = OrderedDict()

    def of(self, means: Means) -> Assessed:
        """The assessment of these ratings, known or new."""
        key = fingerprint(means)
        with self._lock:
            assessed = self._found.pop(key, None) or Assessed(means)
            self._found[key] = assessed
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return assessed


def fingerprint(means: Means) -> bytes:
    """What tells one set of ratings from every other."""
    found = hashlib.sha256(repr((means.candidates, means.interviewers)).encode())
    for column in (means.candidate, means.interviewer, means.value):
        found.update(column.tobytes())
    return found.digest()


_kept = _Kept(8)


def agreement_of(basis: Basis, sheet: Comparison) -> Agreement:
    """The agreement behind a comparison."""
    assessed = _kept.of(basis.means)
    means, figures = assessed.means, assessed.figures
    candidates, interviewers = len(means.candidates), len(means.interviewers)
    return Agreement(
        candidates=candidates,
        interviewers=interviewers,
        scorecards=sheet.scorecards,
        figures=figures,
        grade=band(figures.single, candidates, interviewers),
        needed=_needed(figures.single),
        parts=_names(assessed.linked, means, sheet.rows),
    )


def adjusted_of(basis: Basis) -> Adjusted:
    """Every candidate's value with severity taken out, beside the raw place within the same part."""
    return _kept.of(basis.means).adjusted


def sensitivity_of(basis: Basis, rows: Sequence[ComparedCandidate]) -> Sensitivity:
    """What the order of the first candidates owes to the weights; they go by the numbers of applications.

    Where candidates fall into groups that share no interviewer, only the largest one has an order to ask about.
    """
    rows = [row for row in rows if row.group in (None, 1)]
    values = {
        str(row.application_id): {cell.skill_id: value_of(cell.mean) for cell in row.cells}
        for row in rows[:FIRST]
    }
    return sensitivity(values, basis.weights)


def _needed(single: Figure) -> int | NotEnough:
    if isinstance(single, NotEnough):
        return single
    return interviewers_needed(single.value, TARGET)


def _names(
    linked: Sequence[Part], means: Means, rows: Sequence[ComparedCandidate]
) -> tuple[tuple[str, ...], ...]:
    names = {row.application_id: row.name for row in rows}
    return tuple(tuple(names[int(means.candidates[each])] for each in part.candidates) for part in linked)


def _placed(means: Means, fitted: Fit, found: Sequence[Standing]) -> dict[int, Place]:
    """Where each application stands, raw and adjusted, and why."""
    raw = _ranks(found, [each.mean for each in found])
    adjusted = _ranks(found, [each.adjusted or 0.0 for each in found])
    kindness = np.bincount(means.candidate, fitted.interviewer_effects[means.interviewer]) / means.raters
    strictness = (-kindness).tolist()
    placed = {}
    for each in found:
        at = each.candidate
        pull = (each.adjusted or 0.0) - (each.mean + strictness[at])
        placed[int(means.candidates[at])] = Place(each, raw[at], adjusted[at], strictness[at], pull)
    return placed


def _ranks(found: Sequence[Standing], values: Sequence[float]) -> dict[int, int]:
    """Places within each part, the best first."""
    ranks: dict[int, int] = {}
    for part in {each.part for each in found}:
        own = [
            (each.candidate, value) for each, value in zip(found, values, strict=True) if each.part == part
        ]
        ranks |= dict(zip((key for key, _v in own), places([value for _k, value in own]), strict=True))
    return ranks

"""How far a comparison can be relied on: agreement of the interviewers, and values with severity taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
SEPARATE_YARDSTICK, PANEL_YARDSTICK = (
    0.44,
    0.74,
)  # Huffcutt, Culbertson & Weyhrauch 2013, IJSA 21(3), 264-276.


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


def agreement_of(basis: Basis, sheet: Comparison) -> Agreement:
    """The agreement behind a comparison."""
    means = means_of(basis)
    figures = reliability(means, fit(means))
    candidates, interviewers = len(means.candidates), len(means.interviewers)
    return Agreement(
        candidates=candidates,
        interviewers=interviewers,
        scorecards=sheet.scorecards,
        figures=figures,
        grade=band(figures.single, candidates, interviewers),
        needed=_needed(figures.single),
        parts=_names(parts(means), means, sheet.rows),
    )


def adjusted_of(basis: Basis) -> Adjusted:
    """Every candidate's value with severity taken out, beside the raw place within the same part."""
    means = means_of(basis)
    fitted, linked = fit(means), parts(means)
    if isinstance(fitted, NotEnough):
        return Adjusted({}, fitted)
    found = standings(means, fitted, linked, TOP, SEED)
    raw = _ranks(found, [each.mean for each in found])
    adjusted = _ranks(found, [each.adjusted or 0.0 for each in found])
    standing_by_application = {
        int(means.candidates[each.candidate]): Place(
            each, raw[each.candidate], adjusted[each.candidate], *_reasons(means, fitted, each)
        )
        for each in found
    }
    return Adjusted(standing_by_application, None)


def sensitivity_of(basis: Basis, rows: Sequence[ComparedCandidate]) -> Sensitivity:
    """What the order of the first candidates owes to the weights; they go by the numbers of applications."""
    values = {
        str(row.application_id): {cell.skill_id: value_of(cell.mean) for cell in row.cells}
        for row in rows[:FIRST]
    }
    return sensitivity(values, basis.weights)


def means_of(basis: Basis) -> Means:
    """Each interviewer's composite of each candidate; candidates and interviewers go by their numbers."""
    rows = [
        (application, interviewer, value)
        for application, own in basis.composites.items()
        for interviewer, value in own.items()
    ]
    applications = sorted({row[0] for row in rows})
    interviewers = sorted({row[1] for row in rows})
    at = {number: place for place, number in enumerate(applications)}
    by = {number: place for place, number in enumerate(interviewers)}
    return Means(
        tuple(map(str, applications)),
        tuple(map(str, interviewers)),
        np.array([at[row[0]] for row in rows], dtype=np.intp),
        np.array([by[row[1]] for row in rows], dtype=np.intp),
        np.array([row[2] for row in rows], dtype=np.float64),
    )


def _needed(single: Figure) -> int | NotEnough:
    if isinstance(single, NotEnough):
        return single
    return interviewers_needed(single.value, TARGET)


def _names(
    linked: Sequence[Part], means: Means, rows: Sequence[ComparedCandidate]
) -> tuple[tuple[str, ...], ...]:
    names = {row.application_id: row.name for row in rows}
    return tuple(tuple(names[int(means.candidates[each])] for each in part.candidates) for part in linked)


def _ranks(found: Sequence[Standing], values: Sequence[float]) -> dict[int, int]:
    """Places within each part, the best first."""
    ranks: dict[int, int] = {}
    for part in {each.part for each in found}:
        own = [
            (each.candidate, value) for each, value in zip(found, values, strict=True) if each.part == part
        ]
        ranks |= dict(zip((key for key, _v in own), places([value for _k, value in own]), strict=True))
    return ranks


def _reasons(means: Means, fitted: Fit, standing: Standing) -> tuple[float, float]:
    """How strict the own interviewers are, and how far the value is drawn toward the middle."""
    own = means.interviewer[means.candidate == standing.candidate]
    strictness = -float(fitted.interviewer_effects[own].mean())
    fair = standing.mean + strictness
    return strictness, (standing.adjusted or 0.0) - fair

"""An interviewer's private mirror: how the own ratings look beside those of colleagues, in words of coaching.

Nothing here grades or ranks anybody, and no colleague has a name. Candidates are pooled over jobs; each
counts once for each job, so that interviewers are compared on the same candidates only, and a strong field
of candidates makes nobody look kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import numpy as np
from sqlalchemy import Select

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.assessment.linkage import parts
from hiring.assessment.mixed_model import fit
from hiring.assessment.raters import (
    FEWEST_SHARED,
    FLAGGED_FROM,
    SEVERE,
    RaterFigures,
    RaterFlag,
    rater_figures,
)
from hiring.assessment.ratings import Means, Numbers, Ratings
from hiring.i18n import _
from hiring.models import Person, now
from hiring.quality.queries import (
    SkillValue,
    job_titles,
    own_missing_since,
    own_submissions,
    skill_values_around,
)

SCALE = (1.0, 5.0)
MANY_LATE = 0.25  # Our rule: below this share, lateness is an exception and needs no advice.
SECONDS_IN_DAY = 86_400
NOTHING = NotEnough(0, FEWEST_SHARED, Lack.TOO_FEW_SHARED)
NO_MODEL = NotEnough(0, 0, Lack.NOT_LINKED)  # Halo needs none.


@dataclass(frozen=True)
class Reflection:
    """One figure with what may be done about it; ``is_hint`` where something is worth trying."""

    figure: Figure
    advice: str
    is_hint: bool


ALONE = Reflection(NotEnough(0, 2, Lack.TOO_FEW_RATERS), "", False)


@dataclass(frozen=True)
class Basis:
    """What the mirror rests on: own candidates, those shared with colleagues, and the colleagues and jobs."""

    candidates: int
    shared: int
    colleagues: int
    jobs: int


@dataclass(frozen=True)
class Lateness:
    """How long own scorecards take, in hours from the start of the interview; no median without any."""

    submitted: int
    median_hours: float | None
    late: int
    standard_hours: int
    waiting: int

    @property
    def share_late(self) -> float:
        """The share that came later than the standard, from 0 to 1."""
        return self.late / self.submitted if self.submitted else 0.0

    @property
    def advice(self) -> str:
        """What may be done about it."""
        if self.share_late >= MANY_LATE:
            return _(
                "Memory fades within hours, and what is left drifts toward the overall impression. Keep a quarter of "
                "an hour free right after each interview, and write the evidence before you talk to anybody."
            )
        return _("Evidence that is written soon is evidence. Keep the time after each interview free.")


@dataclass(frozen=True)
class Mirror:
    """Everything on the page. ``halo_job`` is the job whose ratings the halo comes from.

    ``drift`` is how much higher the own levels become in thirty days, ``order`` how much higher they are
    after a candidate who got one level more; both beside what colleagues make of the same candidates.

    ``plain_difference`` is how much lower the own values are than the mean of the colleagues' on shared
    candidates, without any model.
    """

    basis: Basis
    severity: Reflection
    plain_difference: Figure
    spread: Reflection
    halo: Reflection
    halo_job: str
    drift: Reflection
    order: Reflection
    lateness: Lateness


def mirror_of(person: Person, readable: Select[int], standard_hours: int) -> Mirror:
    """The mirror of a person, from ratings of the ``readable`` applications alone."""
    values = skill_values_around(person, readable)
    lateness = lateness_of(own_submissions(person), own_missing_since(person), standard_hours)
    name, ratings = str(person.id), _ratings(values)
    own = [value for value in values if value.interviewer_id == person.id]
    titles = job_titles({value.job_id for value in own})
    if name not in ratings.interviewers:
        return _empty(lateness)
    position, means = ratings.interviewers.index(name), ratings.means
    shared, colleagues = _company(means, position)
    figures = rater_figures(ratings, fit(means), _days(values), SCALE)[position]
    severity = figures.severity
    if shared < FEWEST_SHARED:
        severity = NotEnough(shared, FEWEST_SHARED, Lack.TOO_FEW_SHARED)
    job_id = _fullest_job(own)
    halo = _own_figures([value for value in values if value.job_id == job_id], name)
    return Mirror(
        basis=Basis(figures.ratings, shared, colleagues, len(titles)),
        severity=_about_severity(severity, figures.flags),
        plain_difference=_plain_difference(means, position),
        spread=_about_spread(figures.spread, figures.flags, colleagues),
        halo=_about_halo(halo.halo, halo.flags),
        halo_job=titles[job_id],
        drift=_about_drift(figures.drift, figures.flags, colleagues),
        order=_about_order(figures.order, figures.flags, colleagues),
        lateness=lateness,
    )


def lateness_of(
    submissions: Collection[tuple[datetime, datetime]], missing: Collection[datetime], standard_hours: int
) -> Lateness:
    """Own scorecards against the standard; one that is still missing counts as late once its time is over."""
    taken = [max((sent - begun).total_seconds() / 3600, 0.0) for begun, sent in submissions]
    return Lateness(
        submitted=len(taken),
        median_hours=median(taken) if taken else None,
        late=sum(hours > standard_hours for hours in taken),
        standard_hours=standard_hours,
        waiting=sum((now() - begun).total_seconds() / 3600 > standard_hours for begun in missing),
    )


def _ratings(values: Sequence[SkillValue]) -> Ratings:
    rows = (
        (str(each.application_id), str(each.interviewer_id), each.skill_id, each.value) for each in values
    )
    return Ratings.of(rows)


def _days(values: Sequence[SkillValue]) -> Numbers:
    """When each value was made, in days."""
    return np.array([each.met_at.timestamp() for each in values], dtype=np.float64) / SECONDS_IN_DAY


def _company(means: Means, position: int) -> tuple[int, int]:
    """How many own candidates others rated too, and how many colleagues are linked through any."""
    own = means.candidate[means.interviewer == position]
    shared = int((means.raters[own] > 1).sum())
    linked = next(part for part in parts(means) if position in part.interviewers)
    return shared, len(linked.interviewers) - 1


def _plain_difference(means: Means, position: int) -> Figure:
    """How much lower than the mean of the others the own values are, over the shared candidates."""
    own = means.interviewer == position
    total = np.bincount(means.candidate, means.value)
    candidate, value = means.candidate[own], means.value[own]
    others = means.raters[candidate] - 1
    shared = others > 0
    if shared.sum() < FEWEST_SHARED:
        return NotEnough(int(shared.sum()), FEWEST_SHARED, Lack.TOO_FEW_SHARED)
    rest = (total[candidate] - value)[shared] / others[shared]
    return Estimate(float((rest - value[shared]).mean()), int(shared.sum()))


def _fullest_job(own: Sequence[SkillValue]) -> int:
    """The job in which most candidates were rated; skills are the same for all only within a job."""
    rated: dict[int, set[int]] = defaultdict(set)
    for value in own:
        rated[value.job_id].add(value.application_id)
    return max(rated, key=lambda job_id: (len(rated[job_id]), job_id))


def _own_figures(values: Sequence[SkillValue], name: str) -> RaterFigures:
    ratings = _ratings(values)
    return rater_figures(ratings, NO_MODEL, scale=SCALE)[ratings.interviewers.index(name)]


def _empty(lateness: Lateness) -> Mirror:
    nothing = Reflection(NotEnough(0, 1, Lack.NO_RATINGS), "", False)
    return Mirror(
        Basis(0, 0, 0, 0), nothing, nothing.figure, nothing, nothing, "", nothing, nothing, lateness
    )


def _about_severity(figure: Figure, flags: Sequence[RaterFlag]) -> Reflection:
    if isinstance(figure, NotEnough):
        return Reflection(figure, "", False)
    if RaterFlag.SEVERE in flags:
        advice = _(
            "You gave lower levels than colleagues gave the same candidates. Before you choose a level, read it and "
            "the one above aloud, and name the piece of evidence that is missing. Or the others are too kind: compare "
            "two answers with a colleague."
        )
        return Reflection(figure, advice, True)
    if RaterFlag.LENIENT in flags:
        advice = _(
            "You gave higher levels than colleagues gave the same candidates. Before you choose a level, read it and "
            "the one below aloud, and point to the words that reach it. Or the others are too strict: compare two "
            "answers with a colleague."
        )
        return Reflection(figure, advice, True)
    if figure.interval is None:
        return Reflection(figure, _("From so few ratings, habits cannot be told from chance."), False)
    if abs(figure.value) >= SEVERE:
        return Reflection(
            figure,
            _("This may be a habit or chance: with so few candidates or colleagues it cannot be told."),
            False,
        )
    return Reflection(figure, _("No difference from colleagues that would need attention."), False)


def _about_spread(figure: Figure, flags: Sequence[RaterFlag], colleagues: int) -> Reflection:
    if not colleagues:
        return ALONE
    if isinstance(figure, NotEnough):
        return Reflection(figure, "", False)
    if RaterFlag.CONSTANT in flags or RaterFlag.NARROW in flags:
        advice = _(
            "You use less of the scale than your colleagues. If an answer is clearly better or worse than another, let "
            "the levels say so; 1 and 5 are meant to be given."
        )
        return Reflection(figure, advice, True)
    return Reflection(
        figure, _no_hint(figure, _("You use the scale about as widely as one would expect.")), False
    )


def _about_halo(figure: Figure, flags: Sequence[RaterFlag]) -> Reflection:
    if isinstance(figure, NotEnough):
        return Reflection(figure, "", False)
    if RaterFlag.HALO in flags:
        advice = _(
            "Your levels of different skills go together more than those of your colleagues. Rate each answer right "
            "after it was given, skill by skill, and leave the overall impression to the end."
        )
        return Reflection(figure, advice, True)
    return Reflection(
        figure, _no_hint(figure, _("Skills differ in your ratings about as much as one would expect.")), False
    )


def _about_drift(figure: Figure, flags: Sequence[RaterFlag], colleagues: int) -> Reflection:
    usual = _("No change that could not be chance.")
    advice = _(
        "Your levels have been moving away from those of colleagues for the same candidates. Read the anchors "
        "again before the next interview, and rate a practice answer now and then."
    )
    return _about_change(figure, advice if RaterFlag.DRIFT in flags else "", usual, colleagues)


def _about_order(figure: Figure, flags: Sequence[RaterFlag], colleagues: int) -> Reflection:
    usual = _("The candidate before does not seem to matter.")
    advice = _(
        "The candidate before seems to colour the next one. Compare each answer with the words of the levels, "
        "never with the last candidate, and leave some minutes between two interviews."
    )
    return _about_change(figure, advice if RaterFlag.CONTRAST in flags else "", usual, colleagues)


def _about_change(figure: Figure, advice: str, usual: str, colleagues: int) -> Reflection:
    if not colleagues:
        return ALONE
    if isinstance(figure, NotEnough):
        return Reflection(figure, "", False)
    return Reflection(figure, advice or usual, bool(advice))


def _no_hint(figure: Estimate, words: str) -> str:
    if figure.n < FLAGGED_FROM:
        return _(
            "A first impression only: below %(least)s candidates, nothing follows from it.",
            least=FLAGGED_FROM,
        )
    return words

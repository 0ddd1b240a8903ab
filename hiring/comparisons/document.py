"""The comparison of a job's candidates, as page and PDF show it.

An interviewer's value of a skill is the mean of the levels they gave to its questions; a
candidate's value is the mean over interviewers; the composite is the weighted mean of the skills.
N is left out of every mean and shown as a gap.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

from hiring.assessment.bands import Precision, bands, precision, with_interval
from hiring.assessment.composite import composite
from hiring.assessment.cut import CutStanding, standing_to_cut
from hiring.assessment.estimates import Figure, Lack, NotEnough
from hiring.assessment.linkage import parts
from hiring.assessment.ratings import Means, Numbers
from hiring.comparisons.columns import Columns, columns_of
from hiring.comparisons.figures import (
    Cell,
    Cells,
    ComparedSkill,
    by_application,
    compared_skills,
    guides_used,
)
from hiring.comparisons.queries import (
    Applicant,
    Awaited,
    Card,
    applications_of,
    awaited_scorecards,
    submitted_cards,
)
from hiring.dropped.document import dropped_words
from hiring.guides.frozen import FrozenGuide
from hiring.models import ApplicationStatus, Job, Recommendation

NOBODY_AWAITED = Awaited()
NO_RATINGS = NotEnough(0, 1, Lack.NO_RATINGS)
KINDS = tuple(Recommendation)


class Order(StrEnum):
    """How the candidates are listed."""

    COMPOSITE = "composite"
    DISAGREEMENT = "disagreement"
    NAME = "name"


@dataclass(frozen=True)
class ComparedCandidate:
    """A row. ``widest`` is the widest spread of any skill, in levels; 0 if there is none.

    Where the candidates fall into groups that share no interviewer, ``group`` counts these from 1, and the
    band is one of the group: nobody knows whose interviewers are kinder. Elsewhere it is None.
    """

    application_id: int
    name: str
    status: ApplicationStatus
    composite: Figure
    group: int | None
    band: int | None
    to_cut: CutStanding | None
    recommendations: tuple[tuple[Recommendation, int], ...]
    submitted: int
    missing: tuple[str, ...]
    to_come: tuple[str, ...]
    widest: float
    is_disputed: bool
    is_below_floor: bool
    has_gaps: bool
    source: Cells = field(repr=False, compare=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The skills, in the order of the columns."""
        return self.source.get(self.application_id, self.source.empty)

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the skills without a value."""
        return tuple(cell.skill_name for cell in self.cells if isinstance(cell.mean, NotEnough))

    @property
    def below_floor(self) -> tuple[Cell, ...]:
        """The must-have skills that were rated lower than they must be."""
        return tuple(cell for cell in self.cells if cell.is_below_floor)


@dataclass(frozen=True)
class Dispute:
    """A skill on which a candidate's interviewers are far apart: the debrief starts here."""

    row: ComparedCandidate
    place: int

    @property
    def application_id(self) -> int:
        """The candidate's application."""
        return self.row.application_id

    @property
    def candidate(self) -> str:
        """The candidate's name."""
        return self.row.name

    @property
    def cell(self) -> Cell:
        """The skill, with who gave what."""
        return self.row.cells[self.place]


@dataclass(frozen=True)
class Comparison:
    """All candidates of a job that the reader may compare.

    ``hidden`` names those whose ratings the reader may not see before submitting an own scorecard;
    ``unrated`` those without a submitted scorecard. ``dropped`` are questions that do not count, with the reasons.
    """

    job_id: int
    job_title: str
    versions: tuple[int, ...]
    guide_hash: str
    skills: tuple[ComparedSkill, ...]
    cut: float | None
    rows: tuple[ComparedCandidate, ...]
    hidden: tuple[ComparedCandidate, ...]
    unrated: tuple[ComparedCandidate, ...]
    dropped: tuple[tuple[str, str], ...]
    disputes: tuple[Dispute, ...]
    precision: Precision | NotEnough
    scorecards: int

    @property
    def missing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Candidates with scorecards that are owed, and whose."""
        everybody = (*self.rows, *self.unrated)
        return tuple((row.name, row.missing) for row in everybody if row.missing)

    @property
    def to_come(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Candidates with interviews still to come, and whose."""
        everybody = (*self.rows, *self.unrated)
        return tuple((row.name, row.to_come) for row in everybody if row.to_come)

    @property
    def is_weighted(self) -> bool:
        """Whether some skill counts more than another."""
        return len({skill.weight for skill in self.skills}) > 1

    @property
    def data_hash(self) -> str:
        """A short fingerprint of every figure shown, to tell two printed comparisons apart."""
        shown = replace(self, hidden=())  # Where hidden candidates stand must not show, not even in a hash.
        cells = [row.cells for row in self.rows]
        return hashlib.sha256(repr((shown, cells)).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Basis:
    """Everything a comparison rests on, read once. ``cards`` holds only what the reader may see."""

    job: Job
    applications: Sequence[Applicant]
    readable: set[int]
    cards: Mapping[int, Sequence[Card]]
    versions: tuple[int, ...]
    guide: FrozenGuide | None
    awaited: Mapping[int, Awaited]

    @cached_property
    def skills(self) -> tuple[ComparedSkill, ...]:
        """The columns."""
        return compared_skills(self.job, self.guide)

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each skill, as it was published."""
        return {skill.id: float(skill.weight) for skill in self.skills}

    @cached_property
    def columns(self) -> Columns:
        """What the scorecards say, as numbers."""
        return columns_of(self.cards, [skill.id for skill in self.skills])

    @cached_property
    def cells(self) -> Cells:
        """What the scorecards of each rated application say about each skill, whatever the weights."""
        names = {card.interviewer_id: card.interviewer for own in self.cards.values() for card in own}
        return Cells(self.skills, self.columns, names)

    @cached_property
    def composites(self) -> Numbers:
        """Each interviewer's own composite of each candidate by the published weights, by row of the columns."""
        return self.columns.own_composites(self.weights)

    @property
    def means(self) -> Means:
        """The same for the estimators."""
        return self.columns.as_means(self.composites)


def basis_of(job: Job, readable: set[int]) -> Basis:
    """What the comparison of the job's candidates rests on, limited to the applications in ``readable``."""
    cards = by_application(submitted_cards(readable))
    used, guide = guides_used(job, cards)
    return Basis(job, applications_of(job), readable, cards, used, guide, awaited_scorecards(job))


def comparison_of(job: Job, readable: set[int], order: Order = Order.COMPOSITE) -> Comparison:
    """The comparison of the job's candidates, limited to the applications in ``readable``."""
    return compared(basis_of(job, readable), order)


def compared(
    basis: Basis, order: Order = Order.COMPOSITE, weights: Mapping[str, float] | None = None
) -> Comparison:
    """The comparison of what was read, by the published weights or, to see what if, by others."""
    own = basis.composites if weights is None else basis.columns.own_composites(weights)
    known = precision(basis.columns.by_candidate(own))
    figures = _figures(basis, basis.weights if weights is None else weights, known)
    marks, groups = _marks(basis), _groups(basis.columns.as_means(own))
    placed = _bands(figures, known, groups)
    rows = [_row(each, basis, known, figures, groups, placed, marks) for each in basis.applications]
    readable_rows = [row for row in rows if row.application_id in basis.readable]
    rated = [row for row in readable_rows if row.submitted]
    return Comparison(
        job_id=basis.job.id,
        job_title=basis.job.title,
        versions=basis.versions,
        guide_hash=basis.guide.content_hash if basis.guide else "",
        skills=basis.skills,
        cut=basis.job.cut.level if basis.job.cut else None,
        rows=tuple(sorted(rated, key=_key(order))),
        hidden=tuple(row for row in rows if row.application_id not in basis.readable),
        unrated=tuple(row for row in readable_rows if not row.submitted),
        dropped=dropped_words(basis.job),
        disputes=_disputes(basis, rated),
        precision=known,
        scorecards=sum(row.submitted for row in rated),
    )


def _figures(basis: Basis, weights: Mapping[str, float], known: Precision | NotEnough) -> dict[int, Figure]:
    """The composite of each rated application, with its interval."""
    columns = basis.columns
    means = np.where(np.isnan(columns.means), np.array(None), columns.means).tolist()
    return {
        key: with_interval(composite(dict(zip(columns.skills, own, strict=True)), weights), raters, known)
        for key, own, raters in zip(columns.applications, means, columns.raters, strict=True)
    }


def _groups(means: Means) -> dict[int, int]:
    """The group of each candidate with a composite, the largest first; nothing if all are linked."""
    linked = parts(means)
    if len(linked) < 2:
        return {}
    numbers = list(map(int, means.candidates))
    return {numbers[each]: number for number, part in enumerate(linked, 1) for each in part.candidates}


def _bands(
    figures: Mapping[int, Figure], known: Precision | NotEnough, groups: Mapping[int, int]
) -> dict[int, int]:
    """Bands within each group."""
    placed: dict[int, int] = {}
    for group in sorted({groups.get(key, 0) for key in figures}):
        placed |= bands({key: each for key, each in figures.items() if groups.get(key, 0) == group}, known)
    return placed


@dataclass(frozen=True)
class _Marks:
    """What deserves a look: the widest spread, and whether a skill is disputed, below its floor, or missing."""

    widest: float = 0.0
    is_disputed: bool = False
    is_below_floor: bool = False
    has_gaps: bool = True


UNMARKED = _Marks()


def _marks(basis: Basis) -> dict[int, _Marks]:
    columns = basis.columns
    marks = (
        columns.widths.max(axis=1, initial=0.0),
        columns.wide.any(axis=1),
        columns.below([skill.floor for skill in basis.skills]).any(axis=1),
        np.isnan(columns.means).any(axis=1),
    )
    found = zip(*(each.tolist() for each in marks), strict=True)
    return {key: _Marks(*own) for key, own in zip(columns.applications, found, strict=True)}


def _row(
    applicant: Applicant,
    basis: Basis,
    known: Precision | NotEnough,
    figures: Mapping[int, Figure],
    groups: Mapping[int, int],
    placed: Mapping[int, int],
    marks: Mapping[int, _Marks],
) -> ComparedCandidate:
    key, cut = applicant.id, basis.job.cut
    cards, awaited = basis.cards.get(key, ()), basis.awaited.get(key, NOBODY_AWAITED)
    figure, own = figures.get(key, NO_RATINGS), marks.get(key, UNMARKED)
    return ComparedCandidate(
        application_id=key,
        name=applicant.name,
        status=applicant.status,
        composite=figure,
        group=groups.get(key),
        band=placed.get(key),
        to_cut=standing_to_cut(figure, basis.columns.raters_of(key), cut.level, known) if cut else None,
        recommendations=_recommendations(cards),
        submitted=len(cards),
        missing=awaited.owed,
        to_come=awaited.to_come,
        widest=own.widest,
        is_disputed=own.is_disputed,
        is_below_floor=own.is_below_floor,
        has_gaps=own.has_gaps,
        source=basis.cells,
    )


def _recommendations(cards: Sequence[Card]) -> tuple[tuple[Recommendation, int], ...]:
    given = Counter(card.recommendation for card in cards)
    return tuple((kind, given[kind]) for kind in KINDS if kind in given)


def _key(order: Order) -> Callable[[ComparedCandidate], Any]:
    def by_composite(row: ComparedCandidate) -> tuple[float, float, str]:
        figure = row.composite
        if isinstance(figure, NotEnough):
            return (math.inf, 0.0, row.name)
        return (row.group or 0, -figure.value, row.name)

    def by_disagreement(row: ComparedCandidate) -> tuple[float, str]:
        return (-row.widest, row.name)

    def by_name(row: ComparedCandidate) -> str:
        return row.name

    return {Order.COMPOSITE: by_composite, Order.DISAGREEMENT: by_disagreement, Order.NAME: by_name}[order]


def _disputes(basis: Basis, rows: Sequence[ComparedCandidate]) -> tuple[Dispute, ...]:
    columns = basis.columns
    found = [
        (-float(columns.widths[position, place]), row.name, basis.skills[place].name, Dispute(row, place))
        for row in rows
        if row.is_disputed
        for position in (columns.place[row.application_id],)
        for place in np.flatnonzero(columns.wide[position]).tolist()
    ]
    return tuple(each for *_, each in sorted(found, key=lambda one: one[:3]))

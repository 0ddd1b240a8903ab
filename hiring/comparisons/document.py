"""The comparison of a job's candidates, as page and PDF show it.

An interviewer's value of a skill is the mean of the levels they gave to its questions; a
candidate's value is the mean over interviewers; the composite is the weighted mean of the skills.
N is left out of every mean and shown as a gap.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from hiring.assessment.bands import Precision, bands, precision, with_interval
from hiring.assessment.composite import composite
from hiring.assessment.cut import CutStanding, standing_to_cut
from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.comparisons.figures import (
    Cell,
    ComparedSkill,
    by_application,
    cell_of,
    compared_skills,
    composites,
    guides_used,
    value_of,
)
from hiring.comparisons.queries import Awaited, Card, applications_of, awaited_scorecards, submitted_cards
from hiring.guides.frozen import FrozenGuide
from hiring.models import Application, ApplicationStatus, Job, Recommendation


class Order(StrEnum):
    """How the candidates are listed."""

    COMPOSITE = "composite"
    DISAGREEMENT = "disagreement"
    NAME = "name"


@dataclass(frozen=True)
class ComparedCandidate:
    """A row."""

    application_id: int
    name: str
    status: ApplicationStatus
    composite: Figure
    band: int | None
    to_cut: CutStanding | None
    cells: tuple[Cell, ...]
    recommendations: tuple[tuple[Recommendation, int], ...]
    submitted: int
    missing: tuple[str, ...]
    to_come: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the skills without a value."""
        return tuple(cell.skill_name for cell in self.cells if isinstance(cell.mean, NotEnough))

    @property
    def below_floor(self) -> tuple[Cell, ...]:
        """The must-have skills that were rated lower than they must be."""
        return tuple(cell for cell in self.cells if cell.is_below_floor)

    @property
    def widest(self) -> float:
        """The widest spread of any skill, in levels; 0 if there is none."""
        return max((cell.width for cell in self.cells), default=0.0)


@dataclass(frozen=True)
class Dispute:
    """A skill on which a candidate's interviewers are far apart: the debrief starts here."""

    application_id: int
    candidate: str
    cell: Cell


@dataclass(frozen=True)
class Comparison:
    """All candidates of a job that the reader may compare.

    ``hidden`` names those whose ratings the reader may not see before submitting an own scorecard;
    ``unrated`` those without a submitted scorecard.
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
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Basis:
    """Everything a comparison rests on, read once. ``cards`` holds only what the reader may see."""

    job: Job
    applications: Sequence[Application]
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
    def cells(self) -> dict[int, tuple[Cell, ...]]:
        """What the scorecards of each rated application say about each skill, whatever the weights."""
        return {key: tuple(cell_of(skill, own) for skill in self.skills) for key, own in self.cards.items()}

    @cached_property
    def composites(self) -> dict[int, dict[int, float]]:
        """Each interviewer's own composite by the published weights, by application and interviewer."""
        weights = self.weights
        return {key: composites(own, weights) for key, own in self.cards.items()}


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
    own = basis.composites if weights is None else _composites_by(basis, weights)
    weights = basis.weights if weights is None else weights
    known = precision({key: [*values.values()] for key, values in own.items()})
    rows = [_row(application, basis, weights, known) for application in basis.applications]
    readable_rows = [row for row in rows if row.application_id in basis.readable]
    rated = _with_bands([row for row in readable_rows if row.submitted], known)
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
        disputes=_disputes(rated),
        precision=known,
        scorecards=sum(row.submitted for row in rated),
    )


def _composites_by(basis: Basis, weights: Mapping[str, float]) -> dict[int, dict[int, float]]:
    return {key: composites(own, weights) for key, own in basis.cards.items()}


def _row(
    application: Application, basis: Basis, weights: Mapping[str, float], known: Precision | NotEnough
) -> ComparedCandidate:
    cards, awaited = basis.cards.get(application.id, ()), basis.awaited.get(application.id, Awaited())
    cells = basis.cells.get(application.id) or tuple(cell_of(skill, ()) for skill in basis.skills)
    figure = composite({cell.skill_id: value_of(cell.mean) for cell in cells}, weights)
    if not cards:
        figure = NotEnough(0, 1, Lack.NO_RATINGS)
    raters = len({card.interviewer_id for card in cards})
    cut = basis.job.cut
    given = Counter(card.recommendation for card in cards if card.recommendation is not None)
    return ComparedCandidate(
        application_id=application.id,
        name=application.candidate.name,
        status=application.status,
        composite=with_interval(figure, raters, known),
        band=None,
        to_cut=standing_to_cut(figure, raters, cut.level, known) if cut else None,
        cells=cells,
        recommendations=tuple((kind, given[kind]) for kind in Recommendation if given[kind]),
        submitted=len(cards),
        missing=awaited.owed,
        to_come=awaited.to_come,
    )


def _with_bands(rows: Sequence[ComparedCandidate], known: Precision | NotEnough) -> list[ComparedCandidate]:
    placed = bands({row.application_id: row.composite for row in rows}, known)
    return [replace(row, band=placed.get(row.application_id)) for row in rows]


def _key(order: Order) -> Callable[[ComparedCandidate], Any]:
    def by_composite(row: ComparedCandidate) -> tuple[float, str]:
        figure = row.composite
        return (-figure.value if isinstance(figure, Estimate) else 0.0, row.name)

    def by_disagreement(row: ComparedCandidate) -> tuple[float, str]:
        return (-row.widest, row.name)

    def by_name(row: ComparedCandidate) -> str:
        return row.name

    return {Order.COMPOSITE: by_composite, Order.DISAGREEMENT: by_disagreement, Order.NAME: by_name}[order]


def _disputes(rows: Iterable[ComparedCandidate]) -> tuple[Dispute, ...]:
    found = [
        Dispute(row.application_id, row.name, cell) for row in rows for cell in row.cells if cell.is_disputed
    ]
    return tuple(sorted(found, key=lambda each: (-each.cell.width, each.candidate, each.cell.skill_name)))

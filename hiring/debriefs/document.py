"""A debrief as it is led, shared on a screen, and kept as minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hiring.assessment.consensus import Pull, Settled, pull_of
from hiring.comparisons.document import Basis, ComparedCandidate, basis_of, compared
from hiring.comparisons.figures import Cell
from hiring.debriefs.queries import (
    addenda_to,
    candidates_in,
    consensus_in,
    debriefs_of,
    points_in,
    senior_voices,
)
from hiring.models import ConsensusRating, Debrief, DebriefAddendum, Job, OpenPoint


@dataclass(frozen=True)
class TalkedSkill:
    """A skill with everybody's own value and what was agreed on; ``earlier`` counts replaced consensus."""

    cell: Cell
    consensus: ConsensusRating | None
    earlier: int


@dataclass(frozen=True)
class TalkedCandidate:
    """A candidate of the debrief, the skill with the widest disagreement first."""

    row: ComparedCandidate
    discussed_at: datetime | None
    skills: tuple[TalkedSkill, ...]
    points: tuple[OpenPoint, ...]

    @property
    def settled(self) -> int:
        """How many skills have a consensus."""
        return sum(skill.consensus is not None for skill in self.skills)


@dataclass(frozen=True)
class Voice:
    """A hiring manager of the job, and how near the consensus lies to their own ratings."""

    name: str
    pull: Pull


@dataclass(frozen=True)
class DebriefSheet:
    """The candidates the reader may read about, the widest disagreement first; ``hidden`` counts the others."""

    debrief: Debrief
    job: Job
    candidates: tuple[TalkedCandidate, ...]
    hidden: int
    voices: tuple[Voice, ...]
    addenda: tuple[DebriefAddendum, ...]

    @property
    def is_open(self) -> bool:
        """Whether something may still be written down."""
        return self.debrief.closed_at is None

    @property
    def current(self) -> TalkedCandidate | None:
        """The first who was not talked about yet, else the first."""
        waiting = (each for each in self.candidates if each.discussed_at is None)
        return next(waiting, next(iter(self.candidates), None))

    def candidate(self, application_id: int | None) -> TalkedCandidate | None:
        """The candidate with this application, else the current one."""
        wanted = (each for each in self.candidates if each.row.application_id == application_id)
        return next(wanted, self.current)


@dataclass(frozen=True)
class Choice:
    """A candidate who may be taken in, or why not yet: the names of those who owe a scorecard."""

    row: ComparedCandidate

    @property
    def is_ready(self) -> bool:
        """Whether the whole panel has submitted."""
        return bool(self.row.submitted) and not self.row.missing


@dataclass(frozen=True)
class DebriefList:
    """The job's debriefs, and whom a new one may be about."""

    debriefs: Sequence[Debrief]
    choices: tuple[Choice, ...]


def debrief_list(job: Job, readable: set[int]) -> DebriefList:
    """The job's debriefs, with the candidates in ``readable`` to choose from, the widest disagreement first."""
    rows = sorted(compared(basis_of(job, readable)).rows, key=lambda row: (-row.widest, row.name))
    return DebriefList(debriefs_of(job), tuple(map(Choice, rows)))


def debrief_sheet(debrief: Debrief, readable: set[int]) -> DebriefSheet:
    """The debrief, limited to the applications in ``readable``."""
    places = {each.application_id: each.discussed_at for each in candidates_in(debrief)}
    shown = readable & set(places)
    basis = basis_of(debrief.job, shown)
    consensus = consensus_in(debrief, shown)
    points = points_in(debrief, shown)
    rows = sorted(
        (row for row in compared(basis).rows if row.application_id in shown),
        key=lambda row: (-row.widest, row.name),
    )
    return DebriefSheet(
        debrief=debrief,
        job=debrief.job,
        candidates=tuple(_talked(row, places, consensus, points) for row in rows),
        hidden=len(set(places) - shown),
        voices=_voices(debrief, basis, consensus),
        addenda=tuple(addenda_to(debrief)),
    )


def _talked(
    row: ComparedCandidate,
    places: Mapping[int, datetime | None],
    consensus: Sequence[ConsensusRating],
    points: Sequence[OpenPoint],
) -> TalkedCandidate:
    own = [each for each in consensus if each.application_id == row.application_id]
    return TalkedCandidate(
        row=row,
        discussed_at=places[row.application_id],
        skills=tuple(
            _talked_skill(cell, [each for each in own if each.skill_id == cell.skill_id])
            for cell in sorted(row.cells, key=lambda cell: (-cell.width, cell.skill_name))
        ),
        points=tuple(each for each in points if each.application_id == row.application_id),
    )


def _talked_skill(cell: Cell, written: Sequence[ConsensusRating]) -> TalkedSkill:
    return TalkedSkill(cell, written[-1] if written else None, max(len(written) - 1, 0))


def _voices(debrief: Debrief, basis: Basis, consensus: Sequence[ConsensusRating]) -> tuple[Voice, ...]:
    newest = {(each.application_id, each.skill_id): each.level for each in consensus}
    settled = [
        Settled(
            {each.interviewer_id: each.value for each in cell.values if each.value is not None}, float(level)
        )
        for application, cells in basis.cells.items()
        for cell in cells
        if (level := newest.get((application, cell.skill_id))) is not None
    ]
    return tuple(Voice(name, pull_of(person, settled)) for person, name in senior_voices(debrief.job).items())

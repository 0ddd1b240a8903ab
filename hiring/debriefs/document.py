"""A debrief as it is led, shared on a screen, and kept as minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hiring.assessment.consensus import Pull, Settled, distances, free_levels, pull_of
from hiring.assessment.estimates import Figure
from hiring.comparisons.document import Basis, ComparedCandidate, basis_of, compared
from hiring.comparisons.evidence import Answer, answers_about
from hiring.comparisons.figures import Cell
from hiring.debriefs.frozen import Minuted, MinutedSkill, minuted_skill
from hiring.debriefs.queries import (
    addenda_to,
    candidates_in,
    consensus_in,
    points_in,
    senior_voices,
    talked_about_ids,
)
from hiring.guides.frozen import FrozenGuide, FrozenSkill
from hiring.models import ConsensusRating, Debrief, DebriefAddendum, DebriefCandidate, Job, OpenPoint

NEVER = datetime.max.replace(tzinfo=UTC)  # Whoever was not talked about stands last, by disagreement.


@dataclass(frozen=True)
class TalkedSkill:
    """A skill with everybody's own value and every consensus that was written down, the oldest first."""

    cell: Cell
    written: tuple[ConsensusRating, ...]

    @property
    def consensus(self) -> ConsensusRating | None:
        """What holds now."""
        return self.written[-1] if self.written else None

    @property
    def earlier(self) -> tuple[ConsensusRating, ...]:
        """What held before, the newest first."""
        return self.written[-2::-1]

    @property
    def free_levels(self) -> tuple[int, ...]:
        """The levels that need no reason."""
        return free_levels([each.value for each in self.cell.values if each.value is not None])


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

    @property
    def reason(self) -> Cell | None:
        """The skill that gives the candidate the place in the order; None if nobody differs."""
        widest = self.skills[0].cell if self.skills else None
        return widest if widest is not None and widest.width else None

    @property
    def differing(self) -> tuple[TalkedSkill, ...]:
        """The skills to talk about: those on which the interviewers differ."""
        return tuple(skill for skill in self.skills if skill.cell.width)

    @property
    def others(self) -> tuple[TalkedSkill, ...]:
        """The skills on which nobody differs."""
        return tuple(skill for skill in self.skills if not skill.cell.width)

    def unsettled_after(self, skill_id: str) -> str | None:
        """The next differing skill without a consensus, from this one on and then from the first."""
        ids = [skill.cell.skill_id for skill in self.differing]
        start = ids.index(skill_id) + 1 if skill_id in ids else 0
        ordered = [*self.differing[start:], *self.differing[:start]]
        return next((skill.cell.skill_id for skill in ordered if skill.consensus is None), None)


@dataclass(frozen=True)
class MinutedLine:
    """A skill as the minutes show it."""

    skill: MinutedSkill
    written: tuple[ConsensusRating, ...]


@dataclass(frozen=True)
class MinutedCandidate:
    """A candidate as the minutes show them."""

    application_id: int
    name: str
    discussed_at: datetime | None
    lines: tuple[MinutedLine, ...]
    points: tuple[OpenPoint, ...]


@dataclass(frozen=True)
class Voice:
    """A hiring manager of the job, and how near the consensus lies to their own ratings."""

    name: str
    pull: Pull


@dataclass(frozen=True)
class DebriefSheet:
    """The candidates the reader may read about, the widest disagreement first; ``hidden`` counts the others.

    ``minutes`` holds them in the order of discussion, since closing with the ratings of that moment.
    """

    debrief: Debrief
    job: Job
    guide: FrozenGuide | None
    candidates: tuple[TalkedCandidate, ...]
    minutes: tuple[MinutedCandidate, ...]
    hidden: int
    voices: tuple[Voice, ...]
    away: tuple[tuple[str, Figure], ...]
    addenda: tuple[DebriefAddendum, ...]

    @property
    def is_open(self) -> bool:
        """Whether something may still be written down."""
        return self.debrief.closed_at is None

    @property
    def shows_notes(self) -> bool:
        """Whether the notes may be read: they may tell of anybody; ``access.may_read_minutes`` for a sheet."""
        return not self.hidden

    @property
    def current(self) -> TalkedCandidate | None:
        """The first who was not talked about yet, else the first."""
        waiting = (each for each in self.candidates if each.discussed_at is None)
        return next(waiting, next(iter(self.candidates), None))

    @property
    def raters(self) -> tuple[str, ...]:
        """Everybody whose ratings the debrief shows."""
        cells = [skill.cell for each in self.candidates for skill in each.skills]
        return tuple(sorted({value.interviewer for cell in cells for value in cell.values}))

    def candidate(self, application_id: int | None) -> TalkedCandidate | None:
        """The candidate with this application, else the current one."""
        wanted = (each for each in self.candidates if each.row.application_id == application_id)
        return next(wanted, self.current)


@dataclass(frozen=True)
class Talk:
    """The candidate who is talked about, with what was written about each skill, and its rubric."""

    candidate: TalkedCandidate
    answers: Mapping[str, tuple[Answer, ...]]
    rubrics: Mapping[str, FrozenSkill]


@dataclass(frozen=True)
class Choice:
    """A candidate who may be taken in, or why not yet: the names of those who owe a scorecard.

    ``is_sealed`` keeps back what the ratings say while the job's own rule keeps them closed.
    """

    row: ComparedCandidate
    is_sealed: bool

    @property
    def is_ready(self) -> bool:
        """Whether the whole panel has submitted."""
        return bool(self.row.submitted) and not self.row.missing


@dataclass(frozen=True)
class Choices:
    """Whom a debrief may be about; ``hidden`` counts those whose ratings the reader may not read yet."""

    rows: tuple[Choice, ...]
    hidden: int

    @property
    def has_ready(self) -> bool:
        """Whether anybody can be taken in."""
        return any(each.is_ready for each in self.rows)


def choices_for(job: Job, debatable: set[int], readable: set[int], debrief: Debrief | None = None) -> Choices:
    """The job's rated candidates and those who wait for scorecards, the widest disagreement first.

    Those who are in ``debrief`` already are left out; those who are not in ``readable`` come last, by name.
    """
    inside = talked_about_ids(debrief) if debrief else set()
    comparison = compared(basis_of(job, debatable))
    waiting = [row for row in comparison.unrated if row.missing]
    choices = [Choice(row, row.application_id not in readable) for row in (*comparison.rows, *waiting)]
    choices.sort(
        key=lambda each: (each.is_sealed, 0.0 if each.is_sealed else -each.row.widest, each.row.name)
    )
    hidden = [row for row in comparison.hidden if row.application_id not in inside]
    return Choices(tuple(each for each in choices if each.row.application_id not in inside), len(hidden))


def debrief_sheet(debrief: Debrief, readable: set[int]) -> DebriefSheet:
    """The debrief, limited to the applications in ``readable``."""
    places = {each.application_id: each for each in candidates_in(debrief)}
    shown = readable & set(places)
    basis = basis_of(debrief.job, shown)
    consensus, points = consensus_in(debrief, shown), points_in(debrief, shown)
    talked = _in_order(basis, shown, places, consensus, points)
    settled = _settled(basis, consensus)
    return DebriefSheet(
        debrief=debrief,
        job=debrief.job,
        guide=basis.guide,
        candidates=talked,
        minutes=_minutes(talked, places),
        hidden=len(set(places) - shown),
        voices=tuple(Voice(name, pull_of(key, settled)) for key, name in senior_voices(debrief.job).items()),
        away=_away(basis, settled),
        addenda=tuple(addenda_to(debrief)),
    )


def talk_of(sheet: DebriefSheet, application_id: int | None) -> Talk | None:
    """What lies on the table: the candidate with this application, else the one whose turn it is."""
    candidate = sheet.candidate(application_id)
    if candidate is None:
        return None
    answers = answers_about(candidate.row.application_id, sheet.job, sheet.guide)
    return Talk(candidate, answers, sheet.guide.skills_by_id if sheet.guide else {})


def _in_order(
    basis: Basis,
    shown: set[int],
    places: Mapping[int, DebriefCandidate],
    consensus: Sequence[ConsensusRating],
    points: Sequence[OpenPoint],
) -> tuple[TalkedCandidate, ...]:
    comparison = compared(basis)
    rows = [row for row in (*comparison.rows, *comparison.unrated) if row.application_id in shown]
    rows.sort(key=lambda row: (-row.widest, row.name))
    return tuple(_talked(row, places[row.application_id], consensus, points) for row in rows)


def _talked(
    row: ComparedCandidate,
    place: DebriefCandidate,
    consensus: Sequence[ConsensusRating],
    points: Sequence[OpenPoint],
) -> TalkedCandidate:
    own = [each for each in consensus if each.application_id == row.application_id]
    return TalkedCandidate(
        row=row,
        discussed_at=place.discussed_at,
        skills=tuple(
            TalkedSkill(cell, tuple(each for each in own if each.skill_id == cell.skill_id))
            for cell in sorted(row.cells, key=lambda cell: (-cell.width, cell.skill_name))
        ),
        points=tuple(each for each in points if each.application_id == row.application_id),
    )


def _minutes(
    talked: Sequence[TalkedCandidate], places: Mapping[int, DebriefCandidate]
) -> tuple[MinutedCandidate, ...]:
    ordered = sorted(talked, key=lambda each: each.discussed_at or NEVER)
    kept = [(_kept(places[each.row.application_id], each, n), each) for n, each in enumerate(ordered, 1)]
    kept.sort(key=lambda pair: pair[0].place)
    return tuple(_minuted(each, minuted) for minuted, each in kept)


def _kept(place: DebriefCandidate, talked: TalkedCandidate, number: int) -> Minuted:
    if place.minuted is not None:
        return Minuted.model_validate(place.minuted)
    return Minuted(place=number, skills=tuple(minuted_skill(skill.cell) for skill in talked.skills))


def _minuted(talked: TalkedCandidate, kept: Minuted) -> MinutedCandidate:
    written = {skill.cell.skill_id: skill.written for skill in talked.skills}
    return MinutedCandidate(
        application_id=talked.row.application_id,
        name=talked.row.name,
        discussed_at=talked.discussed_at,
        lines=tuple(MinutedLine(skill, written.get(skill.skill_id, ())) for skill in kept.skills),
        points=talked.points,
    )


def _settled(basis: Basis, consensus: Sequence[ConsensusRating]) -> list[Settled]:
    newest = {(each.application_id, each.skill_id): each.level for each in consensus}
    return [
        Settled(
            {each.interviewer_id: each.value for each in cell.values if each.value is not None}, float(level)
        )
        for application, cells in basis.cells.items()
        for cell in cells
        if (level := newest.get((application, cell.skill_id))) is not None
    ]


def _away(basis: Basis, settled: Sequence[Settled]) -> tuple[tuple[str, Figure], ...]:
    names = {card.interviewer_id: card.interviewer for cards in basis.cards.values() for card in cards}
    found = [(names[key], figure) for key, figure in distances(settled).items()]
    return tuple(sorted(found, key=lambda pair: pair[0]))

"""One's practice: an answer to rate, the experts' view of it, and how one's levels develop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hiring.assessment.calibration import Calibration, calibration
from hiring.bank.queries import question, skill, skill_name
from hiring.models import Job, Person, PracticeRating, PracticeRound, now
from hiring.practice.queries import calibrated_at, rounds_of, trainees_of, trainer_of
from question_bank import SampleAnswer, Skill, sample, samples

SEVERITY_WORTH_A_WORD = 0.3  # Scale points, as for interviewers.


@dataclass(frozen=True)
class Card:
    """One sample in a round, with the words of its language; ``level`` is None until it is rated."""

    position: int
    sample: SampleAnswer
    question: str
    skill: Skill
    level: int | None
    evidence: str
    target: int

    @property
    def distance(self) -> int:
        """Own level minus target; 0 until it is rated."""
        return 0 if self.level is None else self.level - self.target


@dataclass(frozen=True)
class RoundSheet:
    """One round: what is rated, and the next answer to rate."""

    id: int
    person: str
    is_calibration: bool
    language: str
    began_at: datetime
    finished_at: datetime | None
    cards: tuple[Card, ...]
    figures: Calibration

    @property
    def rated(self) -> tuple[Card, ...]:
        """What was rated, in the order of the round."""
        return tuple(card for card in self.cards if card.level is not None)

    @property
    def next(self) -> Card | None:
        """The answer to rate now."""
        return next((card for card in self.cards if card.level is None), None)

    @property
    def shows_targets(self) -> bool:
        """In practice each target follows its rating; in a calibration all of them follow the last one."""
        return self.finished_at is not None or not self.is_calibration


@dataclass(frozen=True)
class RoundLine:
    """One finished or begun round in the list."""

    id: int
    began_at: datetime
    is_calibration: bool
    skill: str | None
    rated: int
    size: int
    figures: Calibration


@dataclass(frozen=True)
class SkillLine:
    """How one's levels for one skill lie beside the targets."""

    skill: str
    figures: Calibration


@dataclass(frozen=True)
class PracticeSheet:
    """Somebody's practice in full, for themselves and their trainer."""

    person_id: int
    person: str
    rounds: tuple[RoundLine, ...]
    figures: Calibration
    recent: Calibration
    skills: tuple[SkillLine, ...]
    calibrated_at: datetime | None
    trainer: Person | None
    trainees: tuple[Person, ...]

    @property
    def errors(self) -> tuple[float, ...]:
        """The mean absolute error of each finished round in which it can be told, oldest first."""
        figures = [line.figures.error for line in reversed(self.rounds) if line.rated == line.size]
        return tuple(figure.value for figure in figures if hasattr(figure, "value"))


def round_sheet(round_: PracticeRound) -> RoundSheet:
    """One round with the words of its language."""
    return RoundSheet(
        id=round_.id,
        person=round_.person.name,
        is_calibration=round_.is_calibration,
        language=round_.language,
        began_at=round_.created_at,
        finished_at=round_.finished_at,
        cards=tuple(_card(each, round_.language) for each in round_.ratings),
        figures=calibration(_pairs(round_.ratings)),
    )


def practice_sheet(person: Person) -> PracticeSheet:
    """Everything about somebody's practice."""
    rounds = rounds_of(person)
    given = [each for round_ in rounds if _counts(round_) for each in round_.ratings if each.level]
    return PracticeSheet(
        person_id=person.id,
        person=person.name,
        rounds=tuple(map(_line, rounds)),
        figures=calibration(_pairs(given)),
        recent=calibration(_pairs(given[:10])),
        skills=tuple(_skill_lines(given)),
        calibrated_at=calibrated_at([person.id]).get(person.id),
        trainer=trainer_of(person),
        trainees=tuple(trainees_of(person)),
    )


def practice_skills() -> list[tuple[str, str]]:
    """The skills for which there are samples, with their names."""
    return [(each, skill_name(each)) for each in dict.fromkeys(found.skill for found in samples(None))]


def uncalibrated(job: Job, people: Sequence[Person]) -> list[tuple[Person, datetime | None]]:
    """Those whose last calibration is older than the job asks for, or who have none; with its date."""
    if job.calibration_days is None:
        return []
    at, oldest = calibrated_at([each.id for each in people]), now() - timedelta(days=job.calibration_days)
    return [(each, at.get(each.id)) for each in people if at.get(each.id, oldest) <= oldest]


def _counts(round_: PracticeRound) -> bool:
    # A calibration that is not finished shows no targets yet, also not through a mean.
    return round_.finished_at is not None or not round_.is_calibration


def _line(round_: PracticeRound) -> RoundLine:
    skills = {each.skill_id for each in round_.ratings}
    rated = [each for each in round_.ratings if each.level is not None]
    return RoundLine(
        id=round_.id,
        began_at=round_.created_at,
        is_calibration=round_.is_calibration,
        skill=None if round_.is_calibration else ", ".join(map(skill_name, sorted(skills))),
        rated=len(rated),
        size=len(round_.ratings),
        figures=calibration(_pairs(rated) if _counts(round_) else []),
    )


def _skill_lines(given: Sequence[PracticeRating]) -> list[SkillLine]:
    by_skill: dict[str, list[PracticeRating]] = {}
    for each in given:
        by_skill.setdefault(each.skill_id, []).append(each)
    return [
        SkillLine(skill_name(ident), calibration(_pairs(rows))) for ident, rows in sorted(by_skill.items())
    ]


def _pairs(ratings: Sequence[PracticeRating]) -> list[tuple[int, int]]:
    return [(each.level, each.target) for each in ratings if each.level is not None]


def _card(rating: PracticeRating, language: str) -> Card:
    found = sample(rating.sample_id, language)
    return Card(
        position=rating.position,
        sample=found,
        question=question(found.question, language).text,
        skill=skill(rating.skill_id, language),
        level=rating.level,
        evidence=rating.evidence,
        target=rating.target,
    )

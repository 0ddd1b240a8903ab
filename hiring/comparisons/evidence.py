"""The evidence on one skill, candidates side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.comparisons.figures import (
    Cell,
    ComparedSkill,
    card_of,
    cell_of,
    compared_skills,
    guides_used,
)
from hiring.comparisons.queries import Card, applications_of, submitted_scorecards
from hiring.guides.frozen import FrozenGuide, FrozenSkill
from hiring.models import Job, Scorecard


@dataclass(frozen=True)
class Answer:
    """How one interviewer rated one answer, and on what evidence. ``level`` None means N."""

    interviewer: str
    question: str
    level: int | None
    evidence: str
    changed_after_reading: bool


@dataclass(frozen=True)
class CandidateEvidence:
    """All that was written about one skill of one candidate."""

    application_id: int
    name: str
    cell: Cell
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class SkillEvidence:
    """The evidence on one skill side by side, the widest disagreement first."""

    job_id: int
    job_title: str
    skill: FrozenSkill
    candidates: tuple[CandidateEvidence, ...]
    skills: tuple[ComparedSkill, ...]


def evidence_of(job: Job, readable: set[int]) -> tuple[SkillEvidence, ...]:
    """The evidence on each of the guide's skills for the applications in ``readable``."""
    cards = _by_application(submitted_scorecards(readable))
    figures = {key: [card_of(card) for card in own] for key, own in cards.items()}
    _, guide = guides_used(job, figures)
    if guide is None:
        return ()
    names = {each.id: each.candidate.name for each in applications_of(job) if each.id in cards}
    return tuple(
        _skill_evidence(job, guide, skill, cards, figures, names) for skill in compared_skills(job, guide)
    )


def answers_about(application_id: int, guide: FrozenGuide | None) -> dict[str, tuple[Answer, ...]]:
    """What was written about each skill of one candidate, by the skill's id; the first submitted first."""
    cards, questions = submitted_scorecards({application_id}), _questions(guide) if guide else {}
    rated = {rating.skill_id for card in cards for rating in card.ratings}
    return {skill_id: tuple(_answers(cards, skill_id, questions)) for skill_id in rated}


def evidence_on(job: Job, skill_id: str, readable: set[int]) -> SkillEvidence:
    """The evidence on one skill.

    Raises LookupError if the job's guide knows no such skill.
    """
    found = {each.skill.id: each for each in evidence_of(job, readable)}
    return found[skill_id]


def _by_application(cards: Iterable[Scorecard]) -> dict[int, list[Scorecard]]:
    grouped: dict[int, list[Scorecard]] = defaultdict(list)
    for card in cards:
        grouped[card.interview.application_id].append(card)
    return dict(grouped)


def _skill_evidence(
    job: Job,
    guide: FrozenGuide,
    skill: ComparedSkill,
    cards: Mapping[int, Sequence[Scorecard]],
    figures: Mapping[int, Sequence[Card]],
    names: Mapping[int, str],
) -> SkillEvidence:
    questions = _questions(guide)
    candidates = [
        CandidateEvidence(
            key, name, cell_of(skill, figures[key]), tuple(_answers(cards[key], skill.id, questions))
        )
        for key, name in names.items()
    ]
    candidates.sort(key=lambda each: (-each.cell.width, each.name))
    return SkillEvidence(
        job.id, job.title, guide.skills_by_id[skill.id], tuple(candidates), compared_skills(job, guide)
    )


def _questions(guide: FrozenGuide) -> dict[str, str]:
    return {item.question_id: item.text for round_ in guide.rounds for item in round_.items}


def _answers(cards: Sequence[Scorecard], skill_id: str, questions: Mapping[str, str]) -> Iterable[Answer]:
    for card in cards:
        for rating in card.ratings:
            if rating.skill_id == skill_id and rating.is_given:
                text = questions.get(rating.question_id, rating.question_id)
                yield Answer(
                    card.interviewer.name, text, rating.level, rating.evidence, card.changed_after_reading
                )

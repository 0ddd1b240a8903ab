"""The evidence on one skill, candidates side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.comparisons.figures import (
    Cell,
    ComparedSkill,
    by_application,
    cell_of,
    compared_skills,
    guides_used,
)
from hiring.comparisons.queries import applications_of, submitted_scorecards
from hiring.guides.frozen import FrozenSkill
from hiring.models import Job, Scorecard


@dataclass(frozen=True)
class Answer:
    """How one interviewer rated one answer, and on what evidence. ``level`` None means N."""

    interviewer: str
    question: str
    level: int | None
    evidence: str


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


def evidence_on(job: Job, skill_id: str, readable: set[int]) -> SkillEvidence:
    """The evidence on one skill for the applications in ``readable``.

    Raises LookupError if the job's guides know no such skill.
    """
    cards = by_application(submitted_scorecards(readable))
    _, guide = guides_used(job, cards)
    if guide is None or skill_id not in guide.skills_by_id:
        raise LookupError(skill_id)
    questions = {item.question_id: item.text for round_ in guide.rounds for item in round_.items}
    skills = compared_skills(guide)
    chosen = next(skill for skill in skills if skill.id == skill_id)
    candidates = [
        CandidateEvidence(
            application.id,
            application.candidate.name,
            cell_of(chosen, cards[application.id]),
            tuple(_answers(cards[application.id], skill_id, questions)),
        )
        for application in applications_of(job)
        if application.id in cards
    ]
    candidates.sort(key=lambda one: (-one.cell.width, one.name))
    return SkillEvidence(job.id, job.title, guide.skills_by_id[skill_id], tuple(candidates), skills)


def _answers(cards: Sequence[Scorecard], skill_id: str, questions: Mapping[str, str]) -> Iterable[Answer]:
    for card in cards:
        for rating in card.ratings:
            if rating.skill_id == skill_id and rating.is_given:
                text = questions.get(rating.question_id, rating.question_id)
                yield Answer(card.interviewer.name, text, rating.level, rating.evidence)

"""The evidence on one skill, candidates side by side."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hiring.candidates.naming import told
from hiring.comparisons.document import Basis
from hiring.comparisons.figures import Cell, ComparedSkill
from hiring.comparisons.queries import submitted_scorecards
from hiring.dropped.queries import dropped_of
from hiring.guides.frozen import FrozenGuide, FrozenSkill
from hiring.models import Job, Scorecard

PAGE = 50


@dataclass(frozen=True)
class Answer:
    """How one interviewer rated one answer, and on what evidence. ``level`` None means N.

    A dropped question's answer ``counts`` no more, but stays to be read.
    """

    interviewer: str
    question: str
    level: int | None
    evidence: str
    changed_after_reading: bool
    counts: bool = True


@dataclass(frozen=True)
class CandidateEvidence:
    """All that was written about one skill of one candidate."""

    application_id: int
    name: str
    cell: Cell
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class SkillEvidence:
    """The evidence on one skill side by side, the widest disagreement first.

    ``candidates`` are those of one ``page`` of ``pages``.
    """

    job_title: str
    skill: FrozenSkill
    candidates: tuple[CandidateEvidence, ...]
    skills: tuple[ComparedSkill, ...]
    page: int = 1
    pages: int = 1

    @property
    def data_hash(self) -> str:
        """A short fingerprint of everything shown, to tell two printed documents apart."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def evidence_of(basis: Basis, application_ids: Collection[int] | None = None) -> tuple[SkillEvidence, ...]:
    """The evidence on each of the guide's skills for all rated applications, or for those of them asked for."""
    if basis.guide is None:
        return ()
    chosen = {key for key in basis.cells if application_ids is None or key in application_ids}
    cards = _by_application(submitted_scorecards(chosen))
    places = range(len(basis.skills))
    orders = [[key for key in _widest_first(basis, place) if key in chosen] for place in places]
    return tuple(_skill_evidence(basis, basis.guide, place, orders[place], cards) for place in places)


def evidence_on(
    basis: Basis, skill_id: str, page: int = 1, application_id: int | None = None
) -> SkillEvidence:
    """The evidence on one skill, ``PAGE`` candidates at a time: a page, or the one on which an application stands.

    A page beyond the last is the last. Raises LookupError if the job's guide knows no such skill.
    """
    if basis.guide is None or skill_id not in basis.weights:
        raise LookupError(skill_id)
    place = list(basis.weights).index(skill_id)
    keys = _widest_first(basis, place)
    pages = max(1, -(-len(keys) // PAGE))
    page = keys.index(application_id) // PAGE + 1 if application_id in keys else min(max(page, 1), pages)
    shown = keys[(page - 1) * PAGE : page * PAGE]
    cards = _by_application(submitted_scorecards(shown))
    return replace(_skill_evidence(basis, basis.guide, place, shown, cards), page=page, pages=pages)


def all_evidence_on(basis: Basis, skill_id: str) -> SkillEvidence:
    """The evidence on one skill of every rated application.

    Raises LookupError if the job's guide knows no such skill.
    """
    if basis.guide is None or skill_id not in basis.weights:
        raise LookupError(skill_id)
    place = list(basis.weights).index(skill_id)
    keys = _widest_first(basis, place)
    return _skill_evidence(basis, basis.guide, place, keys, _by_application(submitted_scorecards(keys)))


def answers_about(application_id: int, job: Job, guide: FrozenGuide | None) -> dict[str, tuple[Answer, ...]]:
    """What was written about each skill of one candidate, by the skill's id; the first submitted first."""
    cards, questions = submitted_scorecards({application_id}), _questions(guide) if guide else {}
    rated = {rating.skill_id for card in cards for rating in card.ratings}
    dropped = _dropped(job)
    return {skill_id: tuple(_answers(job, cards, skill_id, questions, dropped)) for skill_id in rated}


def _by_application(cards: Iterable[Scorecard]) -> dict[int, list[Scorecard]]:
    grouped: dict[int, list[Scorecard]] = defaultdict(list)
    for card in cards:
        grouped[card.interview.application_id].append(card)
    return dict(grouped)


def _widest_first(basis: Basis, place: int) -> list[int]:
    """The rated applications, those first whose interviewers are farthest apart on a skill; else by name."""
    columns = basis.columns
    names = {each.id: each.name for each in basis.applications}
    widths = dict(zip(columns.applications, columns.widths[:, place].tolist(), strict=True))
    return sorted(widths, key=lambda key: (-widths[key], names[key], key))


def _skill_evidence(
    basis: Basis,
    guide: FrozenGuide,
    place: int,
    keys: Sequence[int],
    cards: Mapping[int, Sequence[Scorecard]],
) -> SkillEvidence:
    questions, skill = _questions(guide), basis.skills[place]
    names = {each.id: each.name for each in basis.applications}
    dropped = _dropped(basis.job)
    candidates = (
        CandidateEvidence(
            key,
            names[key],
            basis.cells[key][place],
            tuple(_answers(basis.job, cards[key], skill.id, questions, dropped)),
        )
        for key in keys
    )
    return SkillEvidence(basis.job.title, guide.skills_by_id[skill.id], tuple(candidates), basis.skills)


def _dropped(job: Job) -> frozenset[str]:
    return frozenset(each.question_id for each in dropped_of(job))


def _questions(guide: FrozenGuide) -> dict[str, str]:
    return {item.question_id: item.text for round_ in guide.rounds for item in round_.items}


def _answers(
    job: Job, cards: Sequence[Scorecard], skill_id: str, questions: Mapping[str, str], dropped: frozenset[str]
) -> Iterable[Answer]:
    for card in cards:
        for rating in card.ratings:
            if rating.skill_id == skill_id and rating.is_given:
                text = questions.get(rating.question_id, rating.question_id)
                evidence = told(rating.evidence, job, card.interview.application_id)
                yield Answer(
                    card.interviewer.name,
                    text,
                    rating.level,
                    evidence,
                    card.changed_after_reading,
                    rating.question_id not in dropped,
                )

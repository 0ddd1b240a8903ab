"""What second raters see, and what came of it.

A second rater sees the evidence of one question across candidates, in an order of their own, without the
names of candidate and interviewer and without the first level. Names are taken out of the words as well; what
else tells of a person (a pronoun, an employer) is not.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hiring.assessment.calibration import Calibration, calibration
from hiring.candidates.naming import name_of, nameless
from hiring.guides.frozen import FrozenSkill, frozen_guide
from hiring.models import EvidenceReview, EvidenceReviewer, Job, Rating, SecondRating
from hiring.second_ratings.queries import evidence_in, reviews_of, second_ratings_in

FAR = 2  # Levels: from here on two readings of the same words deserve a talk.


@dataclass(frozen=True)
class AnswerToRead:
    """One answer without a person. ``key`` names it in the form, and tells nothing."""

    key: str
    rating_id: int
    words: str
    level: int | None
    is_rated: bool
    reason: str


@dataclass(frozen=True)
class QuestionToRead:
    """One question with the answers of all candidates."""

    id: str
    text: str
    skill: FrozenSkill
    answers: tuple[AnswerToRead, ...]

    @property
    def rated(self) -> int:
        """How many answers the reader has rated."""
        return sum(each.is_rated for each in self.answers)


@dataclass(frozen=True)
class Task:
    """Everything that somebody was asked to rate once more."""

    review_id: int
    job_title: str
    questions: tuple[QuestionToRead, ...]

    def question(self, question_id: str) -> QuestionToRead | None:
        """One of the questions."""
        return next((each for each in self.questions if each.id == question_id), None)

    def after(self, question_id: str) -> QuestionToRead | None:
        """The first question after this one, in a circle, that is not rated in full."""
        at = next(place for place, each in enumerate(self.questions) if each.id == question_id)
        following = (*self.questions[at + 1 :], *self.questions[:at])
        return next((each for each in following if each.rated < len(each.answers)), None)


@dataclass(frozen=True)
class ReviewLine:
    """A review as those who opened it see it; ``rated`` counts what each has given about whom the reader may read."""

    id: int
    opened_at: datetime
    closed_at: datetime | None
    reviewers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Apart:
    """Two readings of the same words that are far apart."""

    application_id: int
    candidate: str
    skill: str
    interviewer: str
    first: int
    reader: str
    second: int
    reason: str


@dataclass(frozen=True)
class Result:
    """How second levels lie beside the first ones. ``without`` counts pairs in which one is N."""

    job_title: str
    figures: Calibration
    skills: tuple[tuple[str, Calibration], ...]
    apart: tuple[Apart, ...]
    without: int


def task_of(review: EvidenceReview, reviewer: EvidenceReviewer, application_ids: set[int]) -> Task:
    """What somebody is to rate, of these applications; evidence of their own is never among it."""
    stored = {each.rating_id: each for each in second_ratings_in(review, reviewer.person)}
    by_question: dict[str, list[Rating]] = defaultdict(list)
    for rating in evidence_in(application_ids):
        if rating.scorecard.interviewer_id != reviewer.person_id:
            by_question[rating.question_id].append(rating)
    questions = (_question(key, ratings, reviewer, stored) for key, ratings in by_question.items())
    return Task(
        review.id, review.job.title, tuple(sorted(questions, key=lambda each: (each.skill.name, each.id)))
    )


def lines_of(job: Job, readable: set[int]) -> tuple[ReviewLine, ...]:
    """The job's reviews."""
    seen = {rating.id for rating in evidence_in(readable)}
    return tuple(_line(review, seen) for review in reviews_of(job))


def result_of(review: EvidenceReview, readable: set[int]) -> Result:
    """First and second levels beside each other, of the applications in ``readable``."""
    ratings = {rating.id: rating for rating in evidence_in(readable)}
    pairs = [
        (ratings[each.rating_id], each) for each in second_ratings_in(review) if each.rating_id in ratings
    ]
    both = [(first, second) for first, second in pairs if first.level and second.level]
    names = _skill_names(ratings.values())
    by_skill: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for first, second in both:
        by_skill[names[first.skill_id]].append((first.level or 0, second.level or 0))
    apart = [_apart(first, second, names) for first, second in both]
    return Result(
        job_title=review.job.title,
        figures=calibration([pair for own in by_skill.values() for pair in own]),
        skills=tuple((name, calibration(own)) for name, own in sorted(by_skill.items())),
        apart=tuple(
            sorted(
                (each for each in apart if abs(each.first - each.second) >= FAR),
                key=lambda each: (-abs(each.first - each.second), each.candidate, each.skill),
            )
        ),
        without=len(pairs) - len(both),
    )


def _question(
    question_id: str, ratings: Sequence[Rating], reviewer: EvidenceReviewer, stored: dict[int, SecondRating]
) -> QuestionToRead:
    newest = max(ratings, key=lambda each: each.scorecard.interview.guide_version.number)
    guide = frozen_guide(newest.scorecard.interview.guide_version)
    texts = {item.question_id: item.text for round_ in guide.rounds for item in round_.items}
    answers = [_answer(rating, reviewer, stored.get(rating.id)) for rating in ratings]
    random.Random(f"{reviewer.seed}-{question_id}").shuffle(answers)  # noqa: S311  # An order, not a secret.
    skill = guide.skills_by_id[newest.skill_id]
    return QuestionToRead(question_id, texts.get(question_id, question_id), skill, tuple(answers))


def _answer(rating: Rating, reviewer: EvidenceReviewer, second: SecondRating | None) -> AnswerToRead:
    card = rating.scorecard
    key = hashlib.sha256(f"{reviewer.seed}-{rating.id}".encode()).hexdigest()[:12]
    words = nameless(rating.evidence, card.interview.application.candidate.name, card.interviewer.name)
    if second is None:
        return AnswerToRead(key, rating.id, words, None, False, "")
    return AnswerToRead(key, rating.id, words, second.level, True, second.reason)


def _line(review: EvidenceReview, seen: set[int]) -> ReviewLine:
    given: dict[int, int] = defaultdict(int)
    for each in second_ratings_in(review):
        given[each.person_id] += each.rating_id in seen
    people = tuple((each.person.name, given[each.person_id]) for each in review.reviewers)
    return ReviewLine(review.id, review.created_at, review.closed_at, people)


def _skill_names(ratings: Iterable[Rating]) -> dict[str, str]:
    names: dict[str, str] = {}
    for version in {each.scorecard.interview.guide_version for each in ratings}:
        names |= {skill.id: skill.name for skill in frozen_guide(version).skills}
    return names


def _apart(first: Rating, second: SecondRating, names: dict[str, str]) -> Apart:
    application, reader = first.scorecard.interview.application, second.person
    return Apart(
        application.id,
        name_of(application),
        names[first.skill_id],
        first.scorecard.interviewer.name,
        first.level or 0,
        reader.name,
        second.level or 0,
        second.reason,
    )

"""The reviews of a job's written evidence, and the ratings that they are about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    EvidenceReview,
    EvidenceReviewer,
    Interview,
    InterviewStatus,
    Job,
    Person,
    Rating,
    Scorecard,
    ScorecardStatus,
    SecondRating,
)


def reviews_of(job: Job) -> Sequence[EvidenceReview]:
    """The job's reviews, the newest first."""
    query = (
        select(EvidenceReview)
        .where(EvidenceReview.job_id == job.id)
        .options(selectinload(EvidenceReview.reviewers))
        .order_by(EvidenceReview.id.desc())
    )
    return db.session.scalars(query).all()


def open_reviews_for(person: Person) -> Sequence[EvidenceReview]:
    """The open reviews in which somebody rates, with their jobs."""
    query = (
        select(EvidenceReview)
        .join(EvidenceReview.reviewers)
        .where(EvidenceReviewer.person_id == person.id, EvidenceReview.closed_at.is_(None))
        .options(joinedload(EvidenceReview.job))
        .order_by(EvidenceReview.id)
    )
    return db.session.scalars(query).unique().all()


def reviewer_in(review: EvidenceReview, person: Person) -> EvidenceReviewer | None:
    """Somebody's seat in a review."""
    return next((each for each in review.reviewers if each.person_id == person.id), None)


def evidence_in(application_ids: Collection[int]) -> Sequence[Rating]:
    """The submitted ratings of these applications that come with written evidence."""
    query = (
        select(Rating)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .join(Interview.application)
        .where(
            Interview.application_id.in_(application_ids),
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
            Rating.evidence != "",
            or_(Rating.level.is_not(None), Rating.not_enough_evidence),
        )
        .options(
            contains_eager(Rating.scorecard).joinedload(Scorecard.interviewer),
            contains_eager(Rating.scorecard)
            .contains_eager(Scorecard.interview)
            .joinedload(Interview.guide_version),
            contains_eager(Rating.scorecard)
            .contains_eager(Scorecard.interview)
            .contains_eager(Interview.application),
        )
        .order_by(Rating.id)
    )
    return db.session.scalars(query).unique().all()


def second_ratings_in(review: EvidenceReview, person: Person | None = None) -> Sequence[SecondRating]:
    """What was given in a review, by everybody or by one person."""
    query = select(SecondRating).where(SecondRating.review_id == review.id).order_by(SecondRating.id)
    if person is not None:
        query = query.where(SecondRating.person_id == person.id)
    return db.session.scalars(query.options(joinedload(SecondRating.person))).all()

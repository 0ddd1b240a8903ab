"""Everything read about dropped questions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select

from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    DroppedQuestion,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    PendingDecision,
    Rating,
    Scorecard,
    ScorecardStatus,
)

DECIDED = (
    ApplicationStatus.CLOSED_NOT_SELECTED,
    ApplicationStatus.TALENT_POOL,
    ApplicationStatus.OFFER,
    ApplicationStatus.HIRED,
)


def dropped_of(job: Job) -> Sequence[DroppedQuestion]:
    """What no longer counts in the job, the first dropped first."""
    query = select(DroppedQuestion).where(DroppedQuestion.job_id == job.id).order_by(DroppedQuestion.id)
    return db.session.scalars(query).all()


def ratings_by_question(job: Job) -> dict[str, int]:
    """How many levels submitted scorecards give to each question of the job."""
    query = (
        select(Rating.question_id, func.count(Rating.level))
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .join(Interview.application)
        .where(
            Application.job_id == job.id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
        .group_by(Rating.question_id)
    )
    return dict(db.session.execute(query).all())


def published_versions(job: Job) -> Sequence[GuideVersion]:
    """The job's published guides, the newest first."""
    query = select(GuideVersion).join(GuideVersion.guide).where(Guide.job_id == job.id)
    return db.session.scalars(query.order_by(GuideVersion.number.desc())).all()


def is_dropped() -> ColumnElement[bool]:
    """Whether the question of a rating no longer counts in the job of its application, for a query of both."""
    return exists().where(
        DroppedQuestion.job_id == Application.job_id, DroppedQuestion.question_id == Rating.question_id
    )


def somebody_is_decided(job: Job) -> bool:
    """Whether a rated candidate of the job was decided upon, released or not."""
    is_rated = exists().where(
        Interview.application_id == Application.id,
        Scorecard.interview_id == Interview.id,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )
    is_waiting = exists().where(PendingDecision.application_id == Application.id)
    query = select(Application.id).where(
        Application.job_id == job.id, is_rated, Application.status.in_(DECIDED) | is_waiting
    )
    return db.session.scalar(query.limit(1)) is not None

"""Everything read for a panel plan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from hiring.extensions import db
from hiring.models import Application, ApplicationStatus, Interview, InterviewStatus, Job

# Nobody owes a scorecard for them, so that being listed here tells nobody what was decided.
TO_PLAN = (
    ApplicationStatus.APPLIED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.INVITED,
    ApplicationStatus.REOPENED,
)


def without_interview(job: Job) -> Sequence[Application]:
    """The job's open applications for which no interview is planned or was held, in the order they came."""
    planned = exists().where(
        Interview.application_id == Application.id, Interview.status != InterviewStatus.CANCELLED
    )
    query = (
        select(Application)
        .where(Application.job_id == job.id, Application.status.in_(TO_PLAN), ~planned)
        .order_by(Application.id)
    )
    return db.session.scalars(query).unique().all()

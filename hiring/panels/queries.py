"""Everything read for a panel plan and for the coverage board."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

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


def interviews_of(job: Job) -> Sequence[Interview]:
    """The job's interviews that are planned or were held, with candidate, version and panel."""
    query = (
        select(Interview)
        .join(Interview.application)
        .options(
            contains_eager(Interview.application).joinedload(Application.candidate),
            joinedload(Interview.guide_version),
            selectinload(Interview.panel),
        )
        .where(Application.job_id == job.id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.application_id, Interview.id)
    )
    return db.session.scalars(query).unique().all()

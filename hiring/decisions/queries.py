"""Everything read about decisions and the messages that go with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from hiring.candidates.naming import shown_name
from hiring.extensions import db
from hiring.models import (
    CLOSED_STATUSES,
    Application,
    ApplicationStatus,
    Interview,
    InterviewStatus,
    Job,
    Organisation,
    PendingDecision,
    Rating,
    Scorecard,
    ScorecardStatus,
)


def rated_skill_ids(application: Application) -> set[str]:
    """The skills on which the candidate's submitted scorecards say something."""
    query = (
        select(Rating.skill_id)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .where(
            Interview.application_id == application.id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
        .distinct()
    )
    return set(db.session.scalars(query))


def pending_decision(application: Application) -> PendingDecision | None:
    """The decision about the application that waits to be released."""
    return db.session.scalar(select(PendingDecision).where(PendingDecision.application_id == application.id))


def mark_of(pending: PendingDecision | None) -> str:
    """What tells a waiting decision from one that has taken its place; nothing if none waits.

    Its number alone does not: a database may give it to the next one.
    """
    return f"{pending.id}-{pending.created_at.isoformat()}" if pending is not None else ""


def pending_decisions(job: Job, readable: Collection[int]) -> Sequence[PendingDecision]:
    """The job's decisions that wait to be released, limited to the applications in ``readable``, by name."""
    query = (
        select(PendingDecision)
        .join(PendingDecision.application)
        .join(Application.candidate)
        .options(contains_eager(PendingDecision.application).contains_eager(Application.candidate))
        .where(Application.job_id == job.id, PendingDecision.application_id.in_(readable))
        .order_by(shown_name(), PendingDecision.id)
    )
    return db.session.scalars(query).unique().all()


def undecided(job: Job, readable: Collection[int]) -> Sequence[Application]:
    """Applications still in progress that have been rated and wait for a decision, by name."""
    waiting = select(PendingDecision.application_id)
    rated = (
        select(Interview.application_id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .where(Scorecard.status == ScorecardStatus.SUBMITTED, Interview.status != InterviewStatus.CANCELLED)
    )
    query = (
        select(Application)
        .join(Application.candidate)
        .options(contains_eager(Application.candidate))
        .where(
            Application.job_id == job.id,
            Application.id.in_(readable),
            Application.id.in_(rated),
            Application.id.not_in(waiting),
            Application.status.not_in([*CLOSED_STATUSES, ApplicationStatus.HIRED, ApplicationStatus.OFFER]),
        )
        .order_by(shown_name(), Application.id)
    )
    return db.session.scalars(query).all()


def organisation_name() -> str:
    """The name of the organisation, as candidates know it."""
    return db.session.scalar(select(Organisation.name)) or ""

"""What waits for somebody, read from the database in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select

from hiring.candidates.naming import shown_name
from hiring.candidates.queries import TELLING_NOTHING
from hiring.extensions import db
from hiring.guides.frozen import frozen_guide
from hiring.interviews.queries import is_over, sealed_applications
from hiring.models import (
    Application,
    ApplicationStatus,
    Candidate,
    Decision,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    JobStatus,
    Panelist,
    Person,
    Rating,
    Scorecard,
    ScorecardStatus,
)

Rows = Sequence[Any]  # Named tuples; the document gives them their types.

RECENT_DECISIONS = 10

SETTLED_STATUSES = (
    ApplicationStatus.OFFER,
    ApplicationStatus.HIRED,
    ApplicationStatus.CLOSED_NOT_SELECTED,
    ApplicationStatus.CLOSED_POSITION,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.TALENT_POOL,
)


def seats_to_rate(person: Person) -> Rows:
    """The person's interviews without a submitted scorecard, by time, with how much of a draft is rated."""
    given = or_(Rating.level.is_not(None), Rating.not_enough_evidence)
    rated = (
        select(func.count(Rating.id))
        .where(Rating.scorecard_id == Scorecard.id, given)
        .correlate(Scorecard)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Interview.id,
            Interview.starts_at,
            Interview.place,
            Interview.guide_version_id,
            Interview.round_position,
            shown_name().label("candidate"),
            Job.title.label("job"),
            Scorecard.saved_at,
            rated.label("rated"),
            is_over().label("is_over"),
        )
        .join(Panelist, Panelist.interview_id == Interview.id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .outerjoin(
            Scorecard, and_(Scorecard.interview_id == Interview.id, Scorecard.interviewer_id == person.id)
        )
        .where(
            Panelist.person_id == person.id,
            Interview.status != InterviewStatus.CANCELLED,
            or_(Scorecard.id.is_(None), Scorecard.status != ScorecardStatus.SUBMITTED),
        )
        .order_by(Interview.starts_at, Interview.id)
    ).all()


def question_counts(version_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """How many questions each round of these versions has, by version and position."""
    versions = db.session.scalars(select(GuideVersion).where(GuideVersion.id.in_(version_ids)))
    return {
        (version.id, round_.position): len(round_.items)
        for version in versions
        for round_ in frozen_guide(version).rounds
    }


def jobs_to_prepare(editable: Collection[int] | None) -> Rows:
    """Jobs that are not closed, with their guide, its newest version and the number of candidates."""
    version = select(func.max(GuideVersion.number)).where(GuideVersion.guide_id == Guide.id)
    query = (
        select(
            Job.id,
            Job.title,
            Guide.id.label("guide_id"),
            version.correlate(Guide).scalar_subquery().label("version"),
            _number_of_candidates().label("candidates"),
        )
        .outerjoin(Guide, Guide.job_id == Job.id)
        .where(Job.status != JobStatus.CLOSED)
        .order_by(Job.id)
    )
    return db.session.execute(_limited(query, editable)).all()


def unsettled_applications(editable: Collection[int] | None, owed: Collection[int]) -> Rows:
    """Applications about which something is still to be done, for jobs that are not closed.

    What was decided about the ``owed`` ones is hidden: they stay as if nothing had been.
    """
    query = (
        select(
            Application.id,
            Application.job_id,
            Application.status,
            Application.status_reason,
            Application.restart_date,
            shown_name().label("candidate"),
            Job.title.label("job"),
            Application.id.in_(sealed_applications()).label("is_sealed"),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(Job.status != JobStatus.CLOSED, _is_unsettled(owed))
        .order_by(Application.created_at, Application.id)
    )
    return db.session.execute(_limited(query, editable)).all()


def seats_in_unsettled(editable: Collection[int] | None, owed: Collection[int]) -> Rows:
    """Every seat on the panels of unsettled applications, and whether its scorecard is submitted."""
    submitted = and_(
        Scorecard.interview_id == Interview.id,
        Scorecard.interviewer_id == Panelist.person_id,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )
    query = (
        select(
            Interview.id,
            Interview.application_id,
            Interview.starts_at,
            is_over().label("is_over"),
            Person.id.label("person_id"),
            Person.name.label("person"),
            Scorecard.id.is_not(None).label("is_submitted"),
        )
        .join(Application, Application.id == Interview.application_id)
        .join(Job, Job.id == Application.job_id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .join(Person, Person.id == Panelist.person_id)
        .outerjoin(Scorecard, submitted)
        .where(
            Job.status != JobStatus.CLOSED,
            _is_unsettled(owed),
            Interview.status != InterviewStatus.CANCELLED,
        )
        .order_by(Interview.starts_at, Interview.id, Panelist.id)
    )
    return db.session.execute(_limited(query, editable)).all()


def recent_decisions(hidden: Collection[int]) -> Rows:
    """The newest decisions, without those about ``hidden`` applications."""
    query = (
        select(
            Decision.application_id,
            Decision.outcome,
            Decision.decided_at,
            shown_name().label("candidate"),
            Job.title.label("job"),
            Person.name.label("decided_by"),
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .join(Person, Person.id == Decision.decided_by_id)
        .where(Decision.application_id.not_in(hidden))
        .order_by(Decision.id.desc())
        .limit(RECENT_DECISIONS)
    )
    return db.session.execute(query).all()


def jobs_with_candidates() -> Rows:
    """Jobs that are not closed and have candidates, with their number."""
    query = (
        select(Job.id, Job.title, _number_of_candidates().label("candidates"))
        .where(Job.status != JobStatus.CLOSED, exists().where(Application.job_id == Job.id))
        .order_by(Job.title, Job.id)
    )
    return db.session.execute(query).all()


def first_things() -> Any:
    """How far a new installation has come; the demo organisation does not count."""
    real_jobs = select(Job.id).where(~Job.is_demo)
    people = select(func.count(Person.id)).where(Person.active)
    published = select(GuideVersion.id).join(Guide, Guide.id == GuideVersion.guide_id)
    applied = select(Application.id).where(Application.job_id.in_(real_jobs))
    planned = select(Interview.id).join(Application, Application.id == Interview.application_id)
    return db.session.execute(
        select(
            people.scalar_subquery().label("active_people"),
            people.where(~Person.is_demo).scalar_subquery().label("own_people"),
            exists(real_jobs).label("has_job"),
            exists(published.where(Guide.job_id.in_(real_jobs))).label("has_guide"),
            exists(applied).label("has_candidate"),
            exists(planned.where(Application.job_id.in_(real_jobs))).label("has_interview"),
        )
    ).one()


def _is_unsettled(owed: Collection[int]) -> ColumnElement[bool]:
    unknown = and_(Application.id.in_(owed), Application.status.not_in(TELLING_NOTHING))
    return or_(Application.status.not_in(SETTLED_STATUSES), unknown)


def _number_of_candidates() -> ScalarSelect[int]:
    return (
        select(func.count(Application.id))
        .where(Application.job_id == Job.id)
        .correlate(Job)
        .scalar_subquery()
    )


def _limited(query: Any, editable: Collection[int] | None) -> Any:
    return query if editable is None else query.where(Job.id.in_(editable))

"""Everything read about jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import aliased

from hiring.candidates.naming import shown_name
from hiring.extensions import db
from hiring.models import (
    Application,
    Candidate,
    Decision,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    JobMember,
    Panelist,
    Person,
    Scorecard,
    ScorecardStatus,
    TeamRole,
    now,
)

LEADS = (TeamRole.HIRING_MANAGER, TeamRole.RECRUITER)


def has_scorecards(job: Job) -> bool:
    """Whether somebody has begun to rate for this job, which fixes its skills and weights."""
    query = (
        select(Scorecard.id)
        .join(Scorecard.interview)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.job_id == job.id)
        .limit(1)
    )
    return db.session.scalar(query) is not None


def is_another_lead(job: Job, person: Person) -> bool:
    """Whether somebody other than this person leads the job."""
    query = select(JobMember.id).where(
        JobMember.job_id == job.id, JobMember.role.in_(LEADS), JobMember.person_id != person.id
    )
    return db.session.scalar(query.limit(1)) is not None


def panels_of(person: Person, job: Job) -> Sequence[str]:
    """The names of the job's candidates whom the person interviews."""
    query = (
        select(shown_name().label("name"))
        .join(Application, Application.candidate_id == Candidate.id)
        .join(Interview, Interview.application_id == Application.id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(
            Application.job_id == job.id,
            Panelist.person_id == person.id,
            Interview.status != InterviewStatus.CANCELLED,
        )
        .distinct()
        .order_by("name")
    )
    return db.session.scalars(query).all()


def people_to_add() -> Sequence[Person]:
    """Everybody with an active account, by name."""
    return db.session.scalars(select(Person).where(Person.active).order_by(Person.name, Person.id)).all()


def team_of(job: Job) -> Sequence[JobMember]:
    """The hiring team, by name."""
    query = select(JobMember).join(JobMember.person).where(JobMember.job_id == job.id).order_by(Person.name)
    return db.session.scalars(query).all()


def listed_jobs(person: Person, visible: set[int] | None) -> Sequence[Row[Job, TeamRole, int, int, int, int]]:
    """Jobs with the person's role, and the numbers of candidates, submitted and owed scorecards, guide version.

    ``visible`` limits the jobs to these numbers; None means all of them.
    """
    mine = aliased(JobMember)
    query = (
        select(
            Job,
            mine.role,
            _candidates().label("candidates"),
            _submitted().label("submitted"),
            _owed().label("owed"),
            _newest_version().label("version"),
        )
        .outerjoin(mine, and_(mine.job_id == Job.id, mine.person_id == person.id))
        .order_by(Job.created_at.desc(), Job.id.desc())
    )
    if visible is not None:
        query = query.where(Job.id.in_(visible))
    return db.session.execute(query).all()


def scorecard_counts(job: Job) -> tuple[int, int]:
    """How many scorecards of the job are submitted, and how many are owed for interviews that have begun."""
    row = db.session.execute(select(_submitted(), _owed()).select_from(Job).where(Job.id == job.id)).one()
    return row[0], row[1]


def has_begun() -> ColumnElement[bool]:
    """The condition that an interview has begun, so that its scorecards are owed."""
    started = and_(Interview.status == InterviewStatus.PLANNED, Interview.starts_at <= now())
    return or_(Interview.status == InterviewStatus.HELD, started)


def guide_of(job: Job) -> Guide | None:
    """The job's guide with its draft, if somebody has started one."""
    return db.session.scalar(select(Guide).where(Guide.job_id == job.id))


def newest_version(job: Job) -> Row[int, int, datetime] | None:
    """Id, number and moment of the newest published guide."""
    query = (
        select(GuideVersion.id, GuideVersion.number, GuideVersion.published_at)
        .join(GuideVersion.guide)
        .where(Guide.job_id == job.id)
        .order_by(GuideVersion.number.desc())
        .limit(1)
    )
    return db.session.execute(query).first()


def decided_application_ids(job: Job) -> set[int]:
    """The applications about which something was decided."""
    query = (
        select(Decision.application_id)
        .join(Application, Application.id == Decision.application_id)
        .where(Application.job_id == job.id)
    )
    return set(db.session.scalars(query))


def applications_with_status(job: Job) -> Sequence[Application]:
    """The job's applications, for counting by what the reader may know of their status."""
    return db.session.scalars(select(Application).where(Application.job_id == job.id)).all()


def _candidates() -> ScalarSelect[int]:
    return (
        select(func.count(Application.id))
        .where(Application.job_id == Job.id)
        .correlate(Job)
        .scalar_subquery()
    )


def _submitted() -> ScalarSelect[int]:
    return (
        select(func.count(Scorecard.id))
        .join(Interview, Interview.id == Scorecard.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.job_id == Job.id,
            Scorecard.status == ScorecardStatus.SUBMITTED,
            Interview.status != InterviewStatus.CANCELLED,
        )
        .correlate(Job)
        .scalar_subquery()
    )


def _owed() -> ScalarSelect[int]:
    done = and_(
        Scorecard.interview_id == Interview.id,
        Scorecard.interviewer_id == Panelist.person_id,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )
    return (
        select(func.count(Panelist.id))
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(Scorecard, done)
        .where(Application.job_id == Job.id, Scorecard.id.is_(None), has_begun())
        .correlate(Job)
        .scalar_subquery()
    )


def _newest_version() -> ScalarSelect[int]:
    return (
        select(func.max(GuideVersion.number))
        .join(Guide, Guide.id == GuideVersion.guide_id)
        .where(Guide.job_id == Job.id)
        .correlate(Job)
        .scalar_subquery()
    )

"""Everything read about interviews and panels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from hiring.conflicts.queries import candidates_in_conflict
from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    DebriefCandidate,
    Interview,
    InterviewStatus,
    Job,
    JobMember,
    Panelist,
    Person,
    RatingsOpen,
    Scorecard,
    ScorecardStatus,
    TeamRole,
    now,
)

AN_INTERVIEW = timedelta(hours=1)  # While it lasts, the kit is what its interviewers look for.


def is_over(moment: datetime | None = None) -> ColumnElement[bool]:
    """The condition that an interview is over, so that its scorecards can be expected."""
    began = (moment or now()) - AN_INTERVIEW
    ended = and_(Interview.status == InterviewStatus.PLANNED, Interview.starts_at <= began)
    return or_(Interview.status == InterviewStatus.HELD, ended)


def closed_application_ids(person: Person, job_id: int | None = None) -> set[int]:
    """The applications whose ratings are closed to the person.

    They still owe a scorecard there, interviews to come included, or are in conflict with the candidate.
    """
    query = closed_applications(person)
    if job_id is not None:
        query = query.where(Application.job_id == job_id)
    return set(db.session.scalars(query))


def is_closed_to(person: Person, application: Application) -> bool:
    """Whether the person sits on a panel for this application and has not submitted yet, or is in conflict."""
    return (
        db.session.scalar(closed_applications(person).where(Application.id == application.id).limit(1))
        is not None
    )


def is_on_panel(person: Person, interview: Interview) -> bool:
    """Whether the person interviews in this interview."""
    query = select(Panelist.id).where(Panelist.interview_id == interview.id, Panelist.person_id == person.id)
    return db.session.scalar(query) is not None


def panel_application_ids(person: Person, job_id: int | None = None) -> set[int]:
    """The applications in whose interviews the person takes part."""
    query = panel_applications(person)
    if job_id is not None:
        query = query.where(Application.job_id == job_id)
    return set(db.session.scalars(query))


def interviews_candidate(person: Person, application: Application) -> bool:
    """Whether the person is on any panel for this application."""
    return (
        db.session.scalar(panel_applications(person).where(Application.id == application.id).limit(1))
        is not None
    )


def people_to_seat(job: Job) -> Sequence[Row[Person, TeamRole | None]]:
    """Everybody with an active account and the role on the job's team, by name."""
    query = (
        select(Person, JobMember.role)
        .outerjoin(JobMember, and_(JobMember.person_id == Person.id, JobMember.job_id == job.id))
        .where(Person.active)
        .order_by(Person.name, Person.id)
    )
    return db.session.execute(query).all()


def seats_with_scorecards(interview: Interview) -> Sequence[Row[Person, Scorecard | None]]:
    """The panel in its order, each with the scorecard where one was begun."""
    begun = and_(Scorecard.interview_id == interview.id, Scorecard.interviewer_id == Person.id)
    query = (
        select(Person, Scorecard)
        .join(Panelist, Panelist.person_id == Person.id)
        .outerjoin(Scorecard, begun)
        .where(Panelist.interview_id == interview.id)
        .order_by(Panelist.id)
    )
    return db.session.execute(query).all()


def rater_ids(interview: Interview) -> set[int]:
    """The numbers of those who have begun a scorecard."""
    query = select(Scorecard.interviewer_id).where(Scorecard.interview_id == interview.id)
    return set(db.session.scalars(query))


def submitter_names(interview: Interview) -> Sequence[str]:
    """The names of those who have submitted a scorecard."""
    query = (
        select(Person.name)
        .join(Scorecard, Scorecard.interviewer_id == Person.id)
        .where(Scorecard.interview_id == interview.id, Scorecard.status == ScorecardStatus.SUBMITTED)
        .order_by(Person.name)
    )
    return db.session.scalars(query).all()


def has_other_interviews(interview: Interview) -> bool:
    """Whether another interview of the same application is still planned."""
    query = select(Interview.id).where(
        Interview.application_id == interview.application_id,
        Interview.id != interview.id,
        Interview.status == InterviewStatus.PLANNED,
    )
    return db.session.scalar(query.limit(1)) is not None


def cancellation_of(interview: Interview) -> AuditEvent | None:
    """Who cancelled the interview, when, and why."""
    query = select(AuditEvent).where(
        AuditEvent.action == "cancel_interview",
        AuditEvent.thing == Interview.__tablename__,
        AuditEvent.thing_id == interview.id,
    )
    return db.session.scalar(query.limit(1))


def panel_applications(person: Person) -> Select[int]:
    """The same as ``panel_application_ids``, to be asked within another query."""
    return (
        select(Application.id)
        .join(Interview, Interview.application_id == Application.id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(Panelist.person_id == person.id, Interview.status != InterviewStatus.CANCELLED)
    )


def closed_applications(person: Person) -> Select[int]:
    """The same as ``closed_application_ids``, to be asked within another query."""
    owed = _unsubmitted(person).correlate(None)
    conflicts = candidates_in_conflict(person).correlate(None)
    return select(Application.id).where(
        or_(Application.id.in_(owed), Application.candidate_id.in_(conflicts))
    )


def _unsubmitted(person: Person) -> Select[int]:
    submitted = select(Scorecard.interview_id).where(
        Scorecard.interviewer_id == person.id, Scorecard.status == ScorecardStatus.SUBMITTED
    )
    return panel_applications(person).where(Interview.id.not_in(submitted))


def is_sealed(application: Application) -> bool:
    """Whether the job's own rule keeps the ratings of this application closed for everybody; no query by default."""
    if application.job.ratings_open is RatingsOpen.AFTER_OWN:
        return False
    return db.session.scalar(sealed_applications().where(Application.id == application.id)) is not None


def sealed_application_ids(job: Job) -> set[int]:
    """The applications of a job whose ratings its own rule keeps closed; no query by default."""
    if job.ratings_open is RatingsOpen.AFTER_OWN:
        return set()
    return set(db.session.scalars(sealed_applications().where(Application.job_id == job.id)))


def sealed_applications() -> Select[int]:
    """The applications whose ratings their job's rule keeps closed, whoever asks."""
    query = select(Application.id).join(Job, Job.id == Application.job_id).where(or_(*_sealing()))
    return query.correlate(None)  # Also within a query that names applications itself.


def _sealing() -> tuple[ColumnElement[bool], ...]:
    submitted = select(Scorecard.id).where(
        Scorecard.interview_id == Interview.id,
        Scorecard.interviewer_id == Panelist.person_id,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )
    owing = (
        select(Panelist.id)
        .join(Interview, Interview.id == Panelist.interview_id)
        .where(
            Interview.application_id == Application.id,
            Interview.status != InterviewStatus.CANCELLED,
            ~submitted.exists(),
        )
    )
    talked_about = select(DebriefCandidate.id).where(DebriefCandidate.application_id == Application.id)
    waits_for_all = and_(Job.ratings_open == RatingsOpen.AFTER_ALL, owing.exists())
    waits_for_debrief = and_(Job.ratings_open == RatingsOpen.AT_DEBRIEF, ~talked_about.exists())
    return waits_for_all, waits_for_debrief


def plans_used_for(application: Application) -> list[tuple[int, int]]:
    """Numbers of versions with positions of rounds by which the candidate is interviewed, the earliest first."""
    query = (
        select(Interview.guide_version_id, Interview.round_position)
        .where(Interview.application_id == application.id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.starts_at, Interview.id)
    )
    return [(version_id, position) for version_id, position in db.session.execute(query)]

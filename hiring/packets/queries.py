"""Everything a packet reads: a fixed number of queries, whatever the number of scorecards."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hiring.candidates.naming import name_of
from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    Candidate,
    CandidateMessage,
    ConsensusRating,
    Decision,
    Interview,
    InterviewStatus,
    Job,
    JobMember,
    Panelist,
    Person,
    Scorecard,
    ScorecardStatus,
)


def submitted_scorecards_of(application: Application) -> Sequence[Scorecard]:
    """The application's submitted scorecards with everything written in them, in the order of the interviews."""
    query = (
        select(Scorecard)
        .join(Scorecard.interview)
        .options(
            contains_eager(Scorecard.interview).joinedload(Interview.guide_version),
            joinedload(Scorecard.interviewer),
            selectinload(Scorecard.ratings),
            selectinload(Scorecard.observations),
            selectinload(Scorecard.versions),
        )
        .where(
            Interview.application_id == application.id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
        .order_by(Interview.starts_at, Scorecard.submitted_at, Scorecard.id)
    )
    return db.session.scalars(query).unique().all()


def rated_applications(job: Job, application_ids: Collection[int]) -> Sequence[Application]:
    """Those of these applications of the job about whom a scorecard was submitted, by number."""
    rated = (
        select(Interview.application_id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .where(Interview.status != InterviewStatus.CANCELLED, Scorecard.status == ScorecardStatus.SUBMITTED)
    )
    query = select(Application).where(
        Application.job_id == job.id, Application.id.in_(application_ids), Application.id.in_(rated)
    )
    return db.session.scalars(query.order_by(Application.id)).unique().all()


def rated_people(job: Job, application_ids: Collection[int]) -> dict[int, str]:
    """The names of those of these applications about whom a scorecard was submitted, by application, in their order."""
    names = {each.id: name_of(each) for each in rated_applications(job, application_ids)}
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def decisions_on(application: Application) -> Sequence[Decision]:
    """What was decided about the application, the newest first."""
    query = (
        select(Decision)
        .where(Decision.application_id == application.id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    return db.session.scalars(query).unique().all()


def consensus_on(application: Application) -> Sequence[ConsensusRating]:
    """Every consensus about the application that was written down in a debrief, the oldest first."""
    query = (
        select(ConsensusRating)
        .options(joinedload(ConsensusRating.written_by))
        .where(ConsensusRating.application_id == application.id)
        .order_by(ConsensusRating.id)
    )
    return db.session.scalars(query).all()


def messages_to(application: Application) -> Sequence[CandidateMessage]:
    """The messages that a person has marked as sent, the oldest first."""
    query = (
        select(CandidateMessage)
        .where(CandidateMessage.application_id == application.id, CandidateMessage.sent_at.is_not(None))
        .order_by(CandidateMessage.sent_at, CandidateMessage.id)
    )
    return db.session.scalars(query).all()


def interviews_of(application: Application) -> Sequence[Interview]:
    """All interviews of the application with their panels, also the cancelled ones, in their order."""
    query = (
        select(Interview)
        .options(selectinload(Interview.panel))
        .where(Interview.application_id == application.id)
        .order_by(Interview.starts_at, Interview.id)
    )
    return db.session.scalars(query).unique().all()


def changes_of(application: Application) -> Sequence[AuditEvent]:
    """What was recorded about the application itself, its interviews and its decisions, the oldest first."""
    interviews = select(Interview.id).where(Interview.application_id == application.id)
    decisions = select(Decision.id).where(Decision.application_id == application.id)
    query = (
        select(AuditEvent)
        .where(
            or_(
                (AuditEvent.thing == "application") & (AuditEvent.thing_id == application.id),
                (AuditEvent.thing == "interview") & AuditEvent.thing_id.in_(interviews),
                (AuditEvent.thing == "decision") & AuditEvent.thing_id.in_(decisions),
            )
        )
        .order_by(AuditEvent.id)
    )
    return db.session.scalars(query).all()


def colleagues_of(job: Job) -> Sequence[str]:
    """The names of those who interview or lead for the job, by number."""
    panels = (
        select(Panelist.person_id)
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.job_id == job.id)
    )
    members = select(JobMember.person_id).where(JobMember.job_id == job.id)
    query = select(Person.name).where(or_(Person.id.in_(panels), Person.id.in_(members))).order_by(Person.id)
    return db.session.scalars(query).all()


def others_than(application: Application) -> Sequence[str]:
    """The names of the other candidates of the job, by number."""
    query = (
        select(Candidate.name)
        .join(Application, Application.candidate_id == Candidate.id)
        .where(Application.job_id == application.job_id, Application.id != application.id)
        .order_by(Candidate.id)
    )
    return db.session.scalars(query).all()

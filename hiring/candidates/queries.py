"""Everything read about candidates and their applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    Candidate,
    CandidateMessage,
    Decision,
    Interview,
    InterviewStatus,
    Job,
    Outcome,
    Panelist,
    Person,
    Recommendation,
    Scorecard,
    ScorecardStatus,
    now,
)
from question_bank import message

ShownStatus = ApplicationStatus | None  # None: in progress, and the reader may know no more yet.

REVEALING_STATUSES = (
    ApplicationStatus.ON_HOLD,
    ApplicationStatus.OFFER,
    ApplicationStatus.HIRED,
    ApplicationStatus.CLOSED_NOT_SELECTED,
    ApplicationStatus.TALENT_POOL,
)


# These come from the candidate and from the job, whatever a panel thinks.
TELLING_NOTHING = (ApplicationStatus.CLOSED_POSITION, ApplicationStatus.WITHDRAWN)


def shown(status: ApplicationStatus, owes_scorecard: bool) -> ShownStatus:
    """The status as somebody may know it; who owes a scorecard learns only that it is in progress.

    Hiding the revealing ones alone would tell that there is something to hide.
    """
    return None if owes_scorecard and status not in TELLING_NOTHING else status


def template_reveals(template_id: str) -> bool:
    """Whether a message by this template tells what was decided."""
    return bool({str(status) for status in REVEALING_STATUSES} & set(message(template_id).statuses))


def template_title(template_id: str) -> str:
    """The occasion of a message, as a title."""
    template = message(template_id)
    if template.any_status:
        return _("An apology")
    return template.trigger[:1].upper() + template.trigger[1:]


@dataclass(frozen=True)
class Seat:
    """Somebody's place on the panel of one interview, and how far the scorecard is."""

    application_id: int
    interview_id: int
    interview_status: InterviewStatus
    starts_at: datetime
    person_id: int
    person_name: str
    scorecard_id: int | None
    scorecard_status: ScorecardStatus | None
    recommendation: Recommendation | None

    @property
    def is_submitted(self) -> bool:
        """Whether the scorecard is locked."""
        return self.scorecard_status is ScorecardStatus.SUBMITTED

    @property
    def has_begun(self) -> bool:
        """Whether the interview was held, or its time has come."""
        return self.interview_status is InterviewStatus.HELD or self.starts_at <= now()

    @property
    def is_owed(self) -> bool:
        """Whether the scorecard is missing although the interview has begun."""
        return self.has_begun and not self.is_submitted


def seats_of(*applications: int, job: Job | None = None) -> tuple[Seat, ...]:
    """Who interviews in these applications or in all of a job's, by time; cancelled interviews left out."""
    query = (
        select(
            Interview.application_id,
            Interview.id,
            Interview.status,
            Interview.starts_at,
            Person.id,
            Person.name,
            Scorecard.id,
            Scorecard.status,
            Scorecard.recommendation,
        )
        .join(Panelist, Panelist.interview_id == Interview.id)
        .join(Person, Person.id == Panelist.person_id)
        .outerjoin(
            Scorecard,
            and_(Scorecard.interview_id == Interview.id, Scorecard.interviewer_id == Person.id),
        )
        .where(Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.starts_at, Interview.id, Panelist.id)
    )
    if job is not None:
        query = query.join(Application, Application.id == Interview.application_id)
        query = query.where(Application.job_id == job.id)
    else:
        query = query.where(Interview.application_id.in_(applications))
    return tuple(Seat(*row) for row in db.session.execute(query))


def applications_with_outcome(job: Job) -> Sequence[Row[Application, Outcome]]:
    """The job's applications, each with the outcome of its newest decision, if there is one."""
    newest = (
        select(Decision.application_id, func.max(Decision.id).label("id"))
        .group_by(Decision.application_id)
        .subquery()
    )
    query = (
        select(Application, Decision.outcome)
        .outerjoin(newest, newest.c.application_id == Application.id)
        .outerjoin(Decision, Decision.id == newest.c.id)
        .where(Application.job_id == job.id)
        .order_by(Application.id)
    )
    return db.session.execute(query).all()


def interviews_of(application: Application) -> Sequence[Interview]:
    """The application's interviews with their guide versions, by time; cancelled ones too."""
    query = (
        select(Interview)
        .options(joinedload(Interview.guide_version))
        .where(Interview.application_id == application.id)
        .order_by(Interview.starts_at, Interview.id)
    )
    return db.session.scalars(query).all()


def decisions_about(application: Application) -> Sequence[Decision]:
    """Every decision, the newest first."""
    query = select(Decision).where(Decision.application_id == application.id).order_by(Decision.id.desc())
    return db.session.scalars(query).all()


def messages_to(application: Application) -> Sequence[CandidateMessage]:
    """Every message, the newest first."""
    query = (
        select(CandidateMessage)
        .options(selectinload(CandidateMessage.drafted_by))
        .where(CandidateMessage.application_id == application.id)
        .order_by(CandidateMessage.id.desc())
    )
    return db.session.scalars(query).all()


def senders_of(messages: Sequence[CandidateMessage]) -> dict[int, str]:
    """Who marked each message as sent, by the message's number."""
    query = select(AuditEvent.thing_id, AuditEvent.actor_name).where(
        AuditEvent.action == "mark_message_sent",
        AuditEvent.thing_id.in_([message.id for message in messages]),
    )
    return {number: name for number, name in db.session.execute(query) if number is not None}


def application_by_email(job: Job, email: str) -> Application | None:
    """The application for this job of the candidate with this address."""
    query = (
        select(Application)
        .join(Application.candidate)
        .where(Application.job_id == job.id, func.lower(Candidate.email) == email.lower())
    )
    return db.session.scalar(query.limit(1))


def candidate_by_email(email: str, is_demo: bool) -> Candidate | None:
    """The candidate with this address; invented candidates are kept apart from real ones."""
    query = select(Candidate).where(
        func.lower(Candidate.email) == email.lower(), Candidate.is_demo == is_demo
    )
    return db.session.scalar(query.limit(1))


def other_applications(application: Application) -> Sequence[Application]:
    """The same candidate's applications for other jobs."""
    query = (
        select(Application)
        .options(joinedload(Application.job))
        .where(Application.candidate_id == application.candidate_id, Application.id != application.id)
    )
    return db.session.scalars(query).all()

"""Everything read about the quality of ratings, questions and the process, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, false, func, select, true

from hiring.candidates.naming import shown_name
from hiring.dropped.queries import is_dropped
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    Candidate,
    CandidateMessage,
    Decision,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Outcome,
    Panelist,
    Person,
    ProcessStandard,
    QuestionOutcome,
    Rating,
    Scorecard,
    ScorecardStatus,
    now,
)

COUNTS = (Interview.status != InterviewStatus.CANCELLED, Scorecard.status == ScorecardStatus.SUBMITTED)


def stored_standard() -> ProcessStandard | None:
    """The organisation's standard, once it has been set."""
    return db.session.get(ProcessStandard, 1)


# The mirror


@dataclass(frozen=True)
class SkillValue:
    """What one interviewer made of one skill of one candidate: the mean level of its answers.

    ``met_at`` is when they first talked about it.
    """

    job_id: int
    application_id: int
    interviewer_id: int
    skill_id: str
    value: float
    met_at: datetime


def skill_values_around(person: Person, readable: Select[int]) -> list[SkillValue]:
    """The submitted values of the ``readable`` applications, of jobs in which the person has rated one of them."""
    rated_in = (
        select(Application.job_id)
        .join(Interview, Interview.application_id == Application.id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .where(Scorecard.interviewer_id == person.id, Application.id.in_(readable), *COUNTS)
    )
    key = (Application.job_id, Application.id, Scorecard.interviewer_id, Rating.skill_id)
    query = (
        select(*key, func.sum(Rating.level), func.count(Rating.level), func.min(Interview.starts_at))
        .select_from(Rating)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.id.in_(readable),
            Application.job_id.in_(rated_in),
            Rating.level.is_not(None),
            ~is_dropped(),
            *COUNTS,
        )
        .group_by(*key)
        .order_by(*key)
    )
    return [
        SkillValue(job_id, application_id, interviewer_id, skill_id, int(total or 0) / count, met_at)
        for job_id, application_id, interviewer_id, skill_id, total, count, met_at in db.session.execute(
            query
        )
    ]


def job_titles(job_ids: Collection[int]) -> dict[int, str]:
    """The titles of some jobs."""
    query = select(Job.id, Job.title).where(Job.id.in_(job_ids))
    return {row.id: row.title for row in db.session.execute(query)}


def own_submissions(person: Person) -> list[tuple[datetime, datetime]]:
    """When each interview began and when the person's scorecard of it was submitted."""
    query = (
        select(Interview.starts_at, Scorecard.submitted_at)
        .join(Scorecard.interview)
        .where(Scorecard.interviewer_id == person.id, *COUNTS)
        .order_by(Scorecard.id)
    )
    return [(begun, sent) for begun, sent in db.session.execute(query) if sent is not None]


def own_missing_since(person: Person) -> Sequence[datetime]:
    """When the interviews began whose scorecards the person has not submitted."""
    submitted = select(Scorecard.interview_id).where(
        Scorecard.interviewer_id == person.id, Scorecard.status == ScorecardStatus.SUBMITTED
    )
    query = (
        select(Interview.starts_at)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(
            Panelist.person_id == person.id,
            Interview.status != InterviewStatus.CANCELLED,
            Interview.starts_at <= now(),
            Interview.id.not_in(submitted),
        )
        .order_by(Interview.starts_at)
    )
    return db.session.scalars(query).all()


# Questions


@dataclass(frozen=True)
class QuestionLevel:
    """What one interviewer gave for one answer; the level is None for N, ``seconds`` if nothing measured them."""

    job_id: int
    application_id: int
    interviewer_id: int
    question_id: str
    skill_id: str
    level: int | None
    was_skipped: bool
    seconds: int | None


def question_levels(readable: Select[int]) -> list[QuestionLevel]:
    """Every rating of a submitted scorecard of the ``readable`` applications."""
    query = (
        select(
            Application.job_id,
            Application.id,
            Scorecard.interviewer_id,
            Rating.question_id,
            Rating.skill_id,
            Rating.level,
            func.coalesce(Rating.outcome == QuestionOutcome.SKIPPED, false()),
            Rating.seconds,
        )
        .select_from(Rating)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.id.in_(readable), *COUNTS)
        .order_by(Application.id, Scorecard.id, Rating.id)
    )
    return [QuestionLevel(*row) for row in db.session.execute(query)]


def versions_rated(readable: Select[int]) -> Sequence[GuideVersion]:
    """The guide versions by which the ``readable`` applications were rated, the newest last."""
    used = (
        select(Interview.guide_version_id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .where(Interview.application_id.in_(readable), *COUNTS)
    )
    return db.session.scalars(
        select(GuideVersion).where(GuideVersion.id.in_(used)).order_by(GuideVersion.id)
    ).all()


# The process


@dataclass(frozen=True)
class Applied:
    """An application as it stands, and when it began."""

    application_id: int
    job_id: int
    job_title: str
    name: str
    status: ApplicationStatus
    applied_at: datetime


def applied_in(job_ids: Collection[int] | None) -> list[Applied]:
    """The applications of these jobs, or of all, by candidate."""
    query = (
        select(Application.id, Job.id, Job.title, shown_name(), Application.status, Application.created_at)
        .join(Job, Job.id == Application.job_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(_of(job_ids))
        .order_by(shown_name(), Application.id)
    )
    return [Applied(*row) for row in db.session.execute(query)]


def messages_sent_in(job_ids: Collection[int] | None) -> list[tuple[int, datetime, str]]:
    """The messages that somebody has sent: application, moment and template, the first sent first."""
    query = (
        select(CandidateMessage.application_id, CandidateMessage.sent_at, CandidateMessage.template_id)
        .join(CandidateMessage.application)
        .where(CandidateMessage.sent_at.is_not(None), _of(job_ids))
        .order_by(CandidateMessage.sent_at, CandidateMessage.id)
    )
    return [(number, at, template) for number, at, template in db.session.execute(query) if at is not None]


def interviews_begun_in(job_ids: Collection[int] | None) -> Sequence[Row[int, datetime]]:
    """The interviews whose time has come: application and moment, the first one first."""
    query = (
        select(Interview.application_id, Interview.starts_at)
        .join(Application, Application.id == Interview.application_id)
        .where(Interview.status != InterviewStatus.CANCELLED, Interview.starts_at <= now(), _of(job_ids))
        .order_by(Interview.starts_at, Interview.id)
    )
    return db.session.execute(query).all()


def decided_in(job_ids: Collection[int] | None) -> Sequence[Row[int, datetime]]:
    """The decisions for or against somebody, without those to wait: application and moment, the first one first."""
    query = (
        select(Decision.application_id, Decision.decided_at)
        .join(Decision.application)
        .where(Decision.outcome != Outcome.HOLD, _of(job_ids))
        .order_by(Decision.decided_at, Decision.id)
    )
    return db.session.execute(query).all()


def status_changes_in(job_ids: Collection[int] | None) -> list[tuple[int, datetime, str]]:
    """The recorded changes of status: application, moment and new status, the first one first."""
    query = (
        select(AuditEvent.thing_id, AuditEvent.at, AuditEvent.details)
        .where(AuditEvent.action == "change_application_status")
        .order_by(AuditEvent.at, AuditEvent.id)
    )
    if job_ids is not None:
        query = query.where(AuditEvent.job_id.in_(job_ids))
    return [
        (number, at, str(details.get("after", "")))
        for number, at, details in db.session.execute(query)
        if number
    ]


def jobs_in(job_ids: Collection[int] | None) -> Sequence[Row[int, str]]:
    """Numbers and titles of these jobs, or of all, the newest first."""
    query = select(Job.id, Job.title).order_by(Job.id.desc())
    if job_ids is not None:
        query = query.where(Job.id.in_(job_ids))
    return db.session.execute(query).all()


def _of(job_ids: Collection[int] | None) -> ColumnElement[bool]:
    return true() if job_ids is None else Application.job_id.in_(job_ids)

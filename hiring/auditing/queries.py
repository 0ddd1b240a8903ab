"""Everything read of the audit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    Candidate,
    CandidateMessage,
    Decision,
    Interview,
    Job,
    PendingDecision,
    Scorecard,
)


@dataclass(frozen=True)
class Wanted:
    """Which entries to list: of one actor by name, of one job by number, about candidates by name, between two days."""

    who: str = ""
    job_id: int | None = None
    candidate: str = ""
    since: date | None = None
    until: date | None = None


def events_of(job: Job) -> Sequence[AuditEvent]:
    """What was recorded about the job and everything that belongs to it, the oldest first."""
    query = select(AuditEvent).where(AuditEvent.job_id == job.id).order_by(AuditEvent.id)
    return db.session.scalars(query).all()


def events_wanted(
    wanted: Wanted, closed: Collection[int], page: int, size: int
) -> tuple[Sequence[AuditEvent], int]:
    """A page of the entries that are wanted, the newest first, and how many there are on all pages.

    ``closed`` are jobs of which nothing is listed.
    """
    conditions = list(_conditions(wanted, closed))
    count = db.session.scalar(select(func.count(AuditEvent.id)).where(*conditions)) or 0
    query = select(AuditEvent).where(*conditions).order_by(AuditEvent.id.desc())
    return db.session.scalars(query.limit(size).offset((page - 1) * size)).all(), count


def actors() -> Sequence[str]:
    """The names of everybody who did something."""
    return db.session.scalars(select(AuditEvent.actor_name).distinct().order_by(AuditEvent.actor_name)).all()


def jobs_recorded(closed: Collection[int]) -> Sequence[Row[int, str]]:
    """Ids and titles of the jobs, the newest first, without the ``closed`` ones."""
    query = select(Job.id, Job.title).where(Job.id.not_in(closed)).order_by(Job.id.desc())
    return db.session.execute(query).all()


def _conditions(wanted: Wanted, closed: Collection[int]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if closed:
        found.append(or_(AuditEvent.job_id.is_(None), AuditEvent.job_id.not_in(closed)))
    if wanted.who:
        found.append(AuditEvent.actor_name == wanted.who)
    if wanted.job_id is not None:
        found.append(AuditEvent.job_id == wanted.job_id)
    if wanted.candidate:
        found.append(_is_about(wanted.candidate))
    if wanted.since is not None:
        found.append(AuditEvent.at >= _beginning(wanted.since))
    if wanted.until is not None:
        found.append(AuditEvent.at < _beginning(wanted.until) + timedelta(days=1))
    return found


def _is_about(name: str) -> ColumnElement[bool]:
    """Whether an entry is about a candidate whose name contains this, or about anything that belongs to them."""
    candidates = select(Candidate.id).where(Candidate.name.icontains(name, autoescape=True))
    applications = select(Application.id).where(Application.candidate_id.in_(candidates))
    interviews = select(Interview.id).where(Interview.application_id.in_(applications))
    belonging: tuple[tuple[str, Select[int]], ...] = (
        (Candidate.__tablename__, candidates),
        (Application.__tablename__, applications),
        (Interview.__tablename__, interviews),
        (Scorecard.__tablename__, select(Scorecard.id).where(Scorecard.interview_id.in_(interviews))),
        *(
            (kind.__tablename__, select(kind.id).where(kind.application_id.in_(applications)))
            for kind in (Decision, PendingDecision, CandidateMessage)
        ),
    )
    return or_(
        *((AuditEvent.thing == thing) & AuditEvent.thing_id.in_(numbers) for thing, numbers in belonging)
    )


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

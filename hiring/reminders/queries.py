"""Everything read about owed scorecards and the reminders sent for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from hiring.candidates.naming import shown_name
from hiring.candidates.queries import TELLING_NOTHING
from hiring.extensions import db
from hiring.interviews.queries import is_over
from hiring.models import (
    Application,
    Candidate,
    Interview,
    Job,
    JobStatus,
    Panelist,
    Person,
    Reminder,
    ReminderRule,
    Scorecard,
    ScorecardStatus,
)


def stored_rule() -> ReminderRule | None:
    """The organisation's rule, as the database has it now."""
    return db.session.get(ReminderRule, 1, populate_existing=True)


def owed_seats(job_ids: Collection[int] | None, moment: datetime | None = None) -> Sequence[Any]:
    """The seats whose scorecard is owed for an interview that is over, oldest first; None asks for every job.

    Interviews to come, cancelled ones, closed jobs, candidates who withdrew, and people who have left are not
    among them. What was decided about a candidate changes nothing here: silence would tell it to who still owes.
    """
    query = _owed(moment).order_by(Interview.starts_at, Interview.id, Person.name)
    if job_ids is not None:
        query = query.where(Job.id.in_(job_ids))
    return db.session.execute(query).all()


def owed_seat(interview_id: int, person_id: int, moment: datetime | None = None) -> Any | None:
    """One of these seats; None if nothing is owed from it."""
    query = _owed(moment).where(Interview.id == interview_id, Panelist.person_id == person_id)
    return db.session.execute(query).one_or_none()


def latest_reminder(interview_id: int, person_id: int) -> Reminder | None:
    """The newest reminder from this seat, sent or not."""
    query = select(Reminder).where(Reminder.interview_id == interview_id, Reminder.person_id == person_id)
    return db.session.scalar(query.order_by(Reminder.number.desc()).limit(1))


def _owed(moment: datetime | None) -> Select[*tuple[Any, ...]]:
    newest = (
        select(
            Reminder.interview_id,
            Reminder.person_id,
            func.max(Reminder.number).label("number"),
            func.max(Reminder.claimed_at).label("claimed_at"),
        )
        .group_by(Reminder.interview_id, Reminder.person_id)
        .subquery()
    )
    return (
        select(
            Panelist.id.label("panelist_id"),
            Interview.id.label("interview_id"),
            Interview.starts_at,
            Person.id.label("person_id"),
            Person.name,
            Person.email,
            Application.id.label("application_id"),
            shown_name().label("candidate"),
            Job.id.label("job_id"),
            Job.title.label("job"),
            Scorecard.saved_at,
            func.coalesce(newest.c.number, 0).label("reminders"),
            newest.c.claimed_at.label("reminded_at"),
            Reminder.failure,
        )
        .join(Panelist, Panelist.interview_id == Interview.id)
        .join(Person, Person.id == Panelist.person_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .outerjoin(
            Scorecard, and_(Scorecard.interview_id == Interview.id, Scorecard.interviewer_id == Person.id)
        )
        .outerjoin(newest, and_(newest.c.interview_id == Interview.id, newest.c.person_id == Person.id))
        .outerjoin(
            Reminder,
            and_(
                Reminder.interview_id == Interview.id,
                Reminder.person_id == Person.id,
                Reminder.number == newest.c.number,
            ),
        )
        .where(
            is_over(moment),
            Person.active,
            Job.status != JobStatus.CLOSED,
            Application.status.not_in(TELLING_NOTHING),
            or_(Scorecard.id.is_(None), Scorecard.status != ScorecardStatus.SUBMITTED),
        )
    )

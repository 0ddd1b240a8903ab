"""Everything read about interviews and panels."""

from __future__ import annotations

from sqlalchemy import Select, select

from hiring.extensions import db
from hiring.models import (
    Application,
    Interview,
    InterviewStatus,
    Panelist,
    Person,
    Scorecard,
    ScorecardStatus,
)


def owed_application_ids(person: Person, job_id: int | None = None) -> set[int]:
    """The applications for which the person still owes a scorecard, interviews to come included."""
    query = _owed(person)
    if job_id is not None:
        query = query.where(Application.job_id == job_id)
    return set(db.session.scalars(query))


def owes_scorecard_for(person: Person, application: Application) -> bool:
    """Whether the person sits on a panel for this application and has not submitted yet."""
    return db.session.scalar(_owed(person).where(Application.id == application.id).limit(1)) is not None


def is_on_panel(person: Person, interview: Interview) -> bool:
    """Whether the person interviews in this interview."""
    query = select(Panelist.id).where(
        Panelist.interview_id == interview.id, Panelist.person_id == person.id
    )
    return db.session.scalar(query) is not None


def panel_application_ids(person: Person, job_id: int | None = None) -> set[int]:
    """The applications in whose interviews the person takes part."""
    query = _on_panel(person)
    if job_id is not None:
        query = query.where(Application.job_id == job_id)
    return set(db.session.scalars(query))


def interviews_candidate(person: Person, application: Application) -> bool:
    """Whether the person is on any panel for this application."""
    return db.session.scalar(_on_panel(person).where(Application.id == application.id).limit(1)) is not None


def _on_panel(person: Person) -> Select[int]:
    return (
        select(Application.id)
        .join(Interview, Interview.application_id == Application.id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(Panelist.person_id == person.id, Interview.status != InterviewStatus.CANCELLED)
    )


def _owed(person: Person) -> Select[int]:
    submitted = select(Scorecard.interview_id).where(
        Scorecard.interviewer_id == person.id, Scorecard.status == ScorecardStatus.SUBMITTED
    )
    return _on_panel(person).where(Interview.id.not_in(submitted))

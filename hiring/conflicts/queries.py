"""Everything read about conflicts of interest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, and_, func, or_, select

from hiring.extensions import db
from hiring.models import (
    Application,
    Candidate,
    ConflictOfInterest,
    Interview,
    InterviewStatus,
    Panelist,
    Person,
    Scorecard,
    ScorecardStatus,
)


def candidates_in_conflict(person: Person) -> Select[int]:
    """Whom the person must not interview, for a query of applications: those declared, and oneself by e-mail."""
    declared = select(ConflictOfInterest.candidate_id).where(ConflictOfInterest.person_id == person.id)
    is_oneself = and_(Candidate.email != "", func.lower(Candidate.email) == func.lower(person.email))
    return select(Candidate.id).where(or_(Candidate.id.in_(declared), is_oneself))


def is_in_conflict(person: Person, application: Application) -> bool:
    """Whether the person must have nothing to do with this candidate."""
    query = candidates_in_conflict(person).where(Candidate.id == application.candidate_id)
    return db.session.scalar(query) is not None


def pairs_in_conflict(applications: Collection[Application]) -> set[tuple[int, int]]:
    """Numbers of applications with those of the people who must not interview them."""
    pairs = and_(
        Person.id == ConflictOfInterest.person_id, Application.candidate_id == ConflictOfInterest.candidate_id
    )
    query = (
        select(Application.id, Person.id)
        .join(Application.candidate)
        .join(
            Person,
            or_(
                select(ConflictOfInterest.id).where(pairs).exists(),
                and_(Candidate.email != "", func.lower(Candidate.email) == func.lower(Person.email)),
            ),
        )
        .where(Application.id.in_([each.id for each in applications]))
    )
    return {(application_id, person_id) for application_id, person_id in db.session.execute(query)}


def declared_about(application: Application) -> Sequence[ConflictOfInterest]:
    """What was declared about the candidate, the oldest first."""
    query = (
        select(ConflictOfInterest)
        .where(ConflictOfInterest.candidate_id == application.candidate_id)
        .order_by(ConflictOfInterest.id)
    )
    return db.session.scalars(query).all()


def declared_between(person: Person, application: Application) -> ConflictOfInterest | None:
    """The declaration about these two, if there is one."""
    query = select(ConflictOfInterest).where(
        ConflictOfInterest.person_id == person.id,
        ConflictOfInterest.candidate_id == application.candidate_id,
    )
    return db.session.scalar(query)


def unrated_seats(person: Person, candidate_id: int) -> Sequence[Panelist]:
    """Where the person sits on a panel for the candidate and has not submitted."""
    submitted = select(Scorecard.id).where(
        Scorecard.interview_id == Panelist.interview_id,
        Scorecard.interviewer_id == person.id,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )
    query = (
        select(Panelist)
        .join(Panelist.interview)
        .join(Interview.application)
        .where(
            Panelist.person_id == person.id,
            Application.candidate_id == candidate_id,
            Interview.status != InterviewStatus.CANCELLED,
            ~submitted.exists(),
        )
        .order_by(Interview.starts_at)
    )
    return db.session.scalars(query).all()


def people_with_accounts() -> Sequence[Person]:
    """Everybody who could be in conflict, by name."""
    return db.session.scalars(select(Person).where(Person.active).order_by(Person.name, Person.id)).all()

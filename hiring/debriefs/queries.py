"""Everything read for a debrief."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from hiring.candidates.naming import name_of
from hiring.extensions import db
from hiring.models import (
    Application,
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    DebriefCandidate,
    Job,
    JobMember,
    OpenPoint,
    TeamRole,
)


def debriefs_of(job: Job) -> Sequence[Debrief]:
    """The job's debriefs, the newest first."""
    query = (
        select(Debrief)
        .options(joinedload(Debrief.opened_by), joinedload(Debrief.closed_by))
        .where(Debrief.job_id == job.id)
        .order_by(Debrief.id.desc())
    )
    return db.session.scalars(query).all()


def candidates_in(debrief: Debrief) -> Sequence[DebriefCandidate]:
    """Whom the debrief is about, in the order they were taken in."""
    query = (
        select(DebriefCandidate)
        .join(DebriefCandidate.application)
        .options(contains_eager(DebriefCandidate.application))
        .where(DebriefCandidate.debrief_id == debrief.id)
        .order_by(DebriefCandidate.id)
    )
    return db.session.scalars(query).all()


def talked_about_ids(debrief: Debrief) -> set[int]:
    """The applications the debrief is about."""
    query = select(DebriefCandidate.application_id).where(DebriefCandidate.debrief_id == debrief.id)
    return set(db.session.scalars(query))


def candidate_in(debrief: Debrief, application_id: int) -> DebriefCandidate | None:
    """One of them; None if the debrief is not about this application."""
    query = select(DebriefCandidate).where(
        DebriefCandidate.debrief_id == debrief.id, DebriefCandidate.application_id == application_id
    )
    return db.session.scalar(query)


def consensus_in(debrief: Debrief, application_ids: Collection[int]) -> Sequence[ConsensusRating]:
    """Every consensus of these applications that was written down, the oldest first."""
    query = (
        select(ConsensusRating)
        .options(joinedload(ConsensusRating.written_by))
        .where(ConsensusRating.debrief_id == debrief.id, ConsensusRating.application_id.in_(application_ids))
        .order_by(ConsensusRating.id)
    )
    return db.session.scalars(query).all()


def newest_consensus(debrief: Debrief, application_id: int, skill_id: str) -> ConsensusRating | None:
    """What was agreed on last about a skill."""
    query = (
        select(ConsensusRating)
        .where(
            ConsensusRating.debrief_id == debrief.id,
            ConsensusRating.application_id == application_id,
            ConsensusRating.skill_id == skill_id,
        )
        .order_by(ConsensusRating.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def newest_addendum(debrief: Debrief) -> DebriefAddendum | None:
    """What was added last to the closed minutes."""
    query = select(DebriefAddendum).where(DebriefAddendum.debrief_id == debrief.id)
    return db.session.scalar(query.order_by(DebriefAddendum.id.desc()).limit(1))


def points_in(debrief: Debrief, application_ids: Collection[int]) -> Sequence[OpenPoint]:
    """The open points about these applications, the oldest first."""
    query = (
        select(OpenPoint)
        .options(joinedload(OpenPoint.answered_by))
        .where(OpenPoint.debrief_id == debrief.id, OpenPoint.application_id.in_(application_ids))
        .order_by(OpenPoint.id)
    )
    return db.session.scalars(query).all()


def point_in(debrief: Debrief, point_id: int) -> OpenPoint | None:
    """One open point of the debrief."""
    found = db.session.get(OpenPoint, point_id)
    return found if found is not None and found.debrief_id == debrief.id else None


def addenda_to(debrief: Debrief) -> Sequence[DebriefAddendum]:
    """What was added after closing, the oldest first."""
    query = (
        select(DebriefAddendum)
        .options(joinedload(DebriefAddendum.written_by))
        .where(DebriefAddendum.debrief_id == debrief.id)
        .order_by(DebriefAddendum.id)
    )
    return db.session.scalars(query).all()


def senior_voices(job: Job) -> dict[int, str]:
    """The hiring managers of the job, whom others may follow: names by number of the person."""
    query = (
        select(JobMember)
        .options(joinedload(JobMember.person))
        .where(JobMember.job_id == job.id, JobMember.role == TeamRole.HIRING_MANAGER)
    )
    return {member.person_id: member.person.name for member in db.session.scalars(query)}


def names_of(application_ids: Collection[int]) -> dict[int, str]:
    """The candidates' names by application."""
    query = select(Application).where(Application.id.in_(application_ids))
    return {each.id: name_of(each) for each in db.session.scalars(query).unique()}

"""Everything read about scorecards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    Application,
    Debrief,
    DebriefCandidate,
    Decision,
    Interview,
    InterviewStatus,
    Panelist,
    PendingDecision,
    Person,
    Scorecard,
    ScorecardSave,
    ScorecardStatus,
    ScorecardVersion,
)


def scorecard_of(interview: Interview, interviewer: Person) -> Scorecard | None:
    """The interviewer's scorecard with its ratings and observations, as the database has it now."""
    query = (
        select(Scorecard)
        .options(selectinload(Scorecard.ratings), selectinload(Scorecard.observations))
        .where(Scorecard.interview_id == interview.id, Scorecard.interviewer_id == interviewer.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query)


def holds_seat(interview: Interview, person: Person) -> bool:
    """Whether the person is on the panel; until the transaction ends, nobody else writes from that seat."""
    query = select(Panelist.id).where(Panelist.interview_id == interview.id, Panelist.person_id == person.id)
    return db.session.scalar(query.with_for_update()) is not None


def versions_of(card: Scorecard) -> Sequence[ScorecardVersion]:
    """What was submitted, the oldest first."""
    query = (
        select(ScorecardVersion)
        .options(joinedload(ScorecardVersion.reopened_by))
        .where(ScorecardVersion.scorecard_id == card.id)
        .order_by(ScorecardVersion.number)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).all()


def others_have_submitted(card: Scorecard) -> bool:
    """Whether there is any scorecard of somebody else about the same application to read."""
    query = (
        select(Scorecard.id)
        .join(Scorecard.interview)
        .where(
            Interview.application_id == card.interview.application_id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.interviewer_id != card.interviewer_id,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def is_decided(application: Application) -> bool:
    """Whether somebody has decided about the application, released or not."""
    made = select(Decision.id).where(Decision.application_id == application.id)
    waiting = select(PendingDecision.id).where(PendingDecision.application_id == application.id)
    return db.session.scalar(made.union_all(waiting).limit(1)) is not None


def is_talked_about(application: Application) -> bool:
    """Whether a debrief about the application is open."""
    query = (
        select(Debrief.id)
        .join(DebriefCandidate, DebriefCandidate.debrief_id == Debrief.id)
        .where(DebriefCandidate.application_id == application.id, Debrief.closed_at.is_(None))
    )
    return db.session.scalar(query.limit(1)) is not None


def acknowledged_revision(card: Scorecard, key: str) -> int | None:
    """The revision with which a save of this key was answered."""
    query = select(ScorecardSave.card_revision).where(
        ScorecardSave.scorecard_id == card.id, ScorecardSave.key == key
    )
    return db.session.scalar(query)


def forget_saves_before(card: Scorecard, kept: int) -> None:
    """Lets go of all but the newest keys of a scorecard."""
    own = ScorecardSave.scorecard_id == card.id
    newest = select(ScorecardSave.id).where(own).order_by(ScorecardSave.id.desc()).limit(kept)
    db.session.execute(delete(ScorecardSave).where(own, ScorecardSave.id.not_in(newest)))

"""Everything a packet reads: a fixed number of queries, whatever the number of scorecards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    Application,
    CandidateMessage,
    Decision,
    Interview,
    InterviewStatus,
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


def decisions_on(application: Application) -> Sequence[Decision]:
    """What was decided about the application, the newest first."""
    query = (
        select(Decision)
        .where(Decision.application_id == application.id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    return db.session.scalars(query).unique().all()


def messages_to(application: Application) -> Sequence[CandidateMessage]:
    """The messages that a person has marked as sent, the oldest first."""
    query = (
        select(CandidateMessage)
        .where(CandidateMessage.application_id == application.id, CandidateMessage.sent_at.is_not(None))
        .order_by(CandidateMessage.sent_at, CandidateMessage.id)
    )
    return db.session.scalars(query).all()

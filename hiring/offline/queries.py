"""Everything read about answers that came from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hiring.extensions import db
from hiring.models import EntryStatus, Interview, Person, ScorecardEntry


def waiting_entries(interview: Interview, interviewer: Person) -> Sequence[ScorecardEntry]:
    """What the interviewer has still to look at, oldest first."""
    query = select(ScorecardEntry).where(
        ScorecardEntry.interview_id == interview.id,
        ScorecardEntry.interviewer_id == interviewer.id,
        ScorecardEntry.status == EntryStatus.WAITING,
    )
    return db.session.scalars(query.order_by(ScorecardEntry.id)).all()

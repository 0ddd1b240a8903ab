"""Everything read about scorecards."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hiring.extensions import db
from hiring.models import Interview, Panelist, Person, Scorecard


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

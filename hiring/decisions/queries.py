"""Everything read about decisions and the messages that go with them."""

from __future__ import annotations

from sqlalchemy import select

from hiring.extensions import db
from hiring.models import (
    Application,
    Interview,
    InterviewStatus,
    Organisation,
    Rating,
    Scorecard,
    ScorecardStatus,
)


def rated_skill_ids(application: Application) -> set[str]:
    """The skills on which the candidate's submitted scorecards say something."""
    query = (
        select(Rating.skill_id)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .where(
            Interview.application_id == application.id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
        .distinct()
    )
    return set(db.session.scalars(query))


def organisation_name() -> str:
    """The name of the organisation, as candidates know it."""
    return db.session.scalar(select(Organisation.name)) or ""

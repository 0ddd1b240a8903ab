"""Everything read about invitations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hiring.extensions import db
from hiring.models import Interview, Invitation


def invitations_to(interview: Interview) -> Sequence[Invitation]:
    """What each person was told of the interview, whoever left its panel included."""
    query = select(Invitation).where(Invitation.interview_id == interview.id).order_by(Invitation.id)
    return db.session.scalars(query).all()

"""Invitations: what each interviewer was told of an interview last."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, UtcDateTime
from hiring.models.interviews import Interview
from hiring.models.people import Person


class News(StrEnum):
    """What somebody does not know yet of an interview."""

    INVITED = "invited"
    CHANGED = "changed"
    CALLED_OFF = "called_off"


class Invitation(Base):
    """What somebody was told of an interview by mail: up to which change, and whether it was called off for them.

    ``sequence`` is the interview's revision that the last mail spoke of, None as long as none was taken;
    ``failure`` is what the mail server said to the last attempt, empty if it took it.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sequence: Mapped[int | None]
    is_called_off: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(Text, default="")

    interview: Mapped[Interview] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")

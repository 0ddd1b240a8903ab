"""Interviews: one candidate, one round of one guide version, and the panel that rates independently."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice
from hiring.models.candidates import Application
from hiring.models.guides import GuideVersion
from hiring.models.people import Person


class InterviewStatus(StrEnum):
    """Whether an interview will be, was or will not be held."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Interview(Created, Revised, Base):
    """One conversation with one candidate.

    ``language`` is that of the words it is held in, the guide's own where it is empty; ``time_zone`` is the clock by
    which its time is told, UTC where it is empty.
    """

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    guide_version_id: Mapped[int] = mapped_column(ForeignKey("guide_version.id"), index=True)
    round_position: Mapped[int] = mapped_column(default=1)
    status: Mapped[InterviewStatus] = mapped_column(
        choice(InterviewStatus, "status_known"), default=InterviewStatus.PLANNED
    )
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(16), default="", server_default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="", server_default="")

    application: Mapped[Application] = relationship(lazy="joined")
    guide_version: Mapped[GuideVersion] = relationship()
    panel: Mapped[list[Panelist]] = relationship(
        back_populates="interview", cascade="all, delete-orphan", order_by="Panelist.id"
    )


class Panelist(Base):
    """Somebody who interviews and owes a scorecard for it."""

    __tablename__ = "panelist"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    interview: Mapped[Interview] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship(lazy="joined")

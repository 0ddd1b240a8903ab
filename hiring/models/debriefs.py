"""Debriefs: what a panel said once everybody had rated, beside the ratings that nobody can change any more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, now
from hiring.models.candidates import Application
from hiring.models.jobs import Job
from hiring.models.people import Person


class Debrief(Created, Revised, Base):
    """One meeting about candidates of one job. ``revision`` counts everything that changes in it."""

    __tablename__ = "debrief"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    present: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship()
    opened_by: Mapped[Person] = relationship(foreign_keys=[opened_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])


class DebriefCandidate(Base):
    """A candidate who is talked about.

    ``minuted`` is what the minutes say since they were closed (``hiring/debriefs/frozen.py``): a scorecard that comes
    later changes nothing in them.
    """

    __tablename__ = "debrief_candidate"
    __table_args__ = (UniqueConstraint("debrief_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    debrief_id: Mapped[int] = mapped_column(ForeignKey("debrief.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    discussed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minuted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    application: Mapped[Application] = relationship()


class ConsensusRating(Base):
    """What the panel agreed on about one skill; no level is N. Later ones never erase earlier ones."""

    __tablename__ = "consensus_rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        CheckConstraint("level IS NOT NULL OR reason <> ''", name="reason_if_n"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    debrief_id: Mapped[int] = mapped_column(ForeignKey("debrief.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[str] = mapped_column(String(60))
    level: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    written_by: Mapped[Person] = relationship()


class OpenPoint(Base):
    """Something parked: who looks into it, until when, and what came of it. An answer is never changed."""

    __tablename__ = "open_point"
    __table_args__ = (CheckConstraint("text <> ''", name="has_text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    debrief_id: Mapped[int] = mapped_column(ForeignKey("debrief.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200), default="")
    until: Mapped[date | None] = mapped_column(Date)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    application: Mapped[Application] = relationship()
    answered_by: Mapped[Person | None] = relationship()


class DebriefAddendum(Created, Base):
    """Something said after the minutes were closed."""

    __tablename__ = "debrief_addendum"
    __table_args__ = (CheckConstraint("text <> ''", name="has_text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    debrief_id: Mapped[int] = mapped_column(ForeignKey("debrief.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    written_by: Mapped[Person] = relationship()

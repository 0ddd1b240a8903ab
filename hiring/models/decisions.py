"""Hiring decisions: by a named person, with a reason tied to skills. Later ones never erase earlier ones."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime, choice, now
from hiring.models.candidates import Application
from hiring.models.people import Person


class Outcome(StrEnum):
    """What was decided about an application."""

    HIRE = "hire"
    NO_HIRE = "no_hire"
    HOLD = "hold"


class Decision(Base):
    """One decision about one application."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("outcome <> 'hold' OR restart_date IS NOT NULL", name="date_if_hold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, "outcome_known"))
    reason_code: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(Text)
    skill_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    restart_date: Mapped[date | None] = mapped_column(Date)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    application: Mapped[Application] = relationship()
    decided_by: Mapped[Person] = relationship(lazy="joined")


class PendingDecision(Created, Base):
    """A decision that waits to be released together with others. Until then nothing about the application changes."""

    __tablename__ = "pending_decision"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("outcome <> 'hold' OR restart_date IS NOT NULL", name="date_if_hold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, "outcome_known"))
    reason_code: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(Text)
    skill_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    restart_date: Mapped[date | None] = mapped_column(Date)
    words_for_candidate: Mapped[str] = mapped_column(Text, default="")
    acknowledged_missing: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    application: Mapped[Application] = relationship()
    decided_by: Mapped[Person] = relationship(lazy="joined")

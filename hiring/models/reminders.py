"""Reminders: the organisation's rules for them, and each one that was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Revised, UtcDateTime, now
from hiring.models.interviews import Interview
from hiring.models.people import Person


class ReminderRule(Revised, Base):
    """One row: when those who owe a scorecard are reminded, and the hours in which nobody is written to.

    The quiet hours begin at ``quiet_from`` and end before ``quiet_until``, in the zone named; where both are
    the same there are none.
    """

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("first_after_hours BETWEEN 1 AND 720", name="first_in_range"),
        CheckConstraint("every_hours BETWEEN 1 AND 720", name="every_in_range"),
        CheckConstraint("most BETWEEN 1 AND 20", name="most_in_range"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from_on_clock"),
        CheckConstraint("quiet_until BETWEEN 0 AND 23", name="quiet_until_on_clock"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    is_on: Mapped[bool] = mapped_column(default=False)
    first_after_hours: Mapped[int] = mapped_column(default=4)
    every_hours: Mapped[int] = mapped_column(default=24)
    most: Mapped[int] = mapped_column(default=3)
    quiet_from: Mapped[int] = mapped_column(default=19)
    quiet_until: Mapped[int] = mapped_column(default=8)
    quiet_on_weekends: Mapped[bool] = mapped_column(default=True)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")


class Reminder(Base):
    """One mail to one interviewer about one interview: claimed before it is sent, so that none is sent twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("interview_id", "person_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(Text, default="")

    interview: Mapped[Interview] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

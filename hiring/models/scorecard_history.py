"""What became of a scorecard over time: submitted versions, acknowledged saves, and what came from elsewhere."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime, choice, now
from hiring.models.interviews import Interview
from hiring.models.people import Person
from hiring.models.scorecards import Scorecard


class ScorecardVersion(Base):
    """A scorecard as it was submitted; kept for ever, also when it is reopened, with the reason for that.

    ``content`` holds the answers as ``scorecards.versions`` writes and reads them.
    ``had_read_others`` says whether the writer could read the others' ratings when it was reopened.
    """

    __tablename__ = "scorecard_version"
    __table_args__ = (
        UniqueConstraint("scorecard_id", "number"),
        CheckConstraint(
            "reopened_at IS NULL OR (reopened_by_id IS NOT NULL AND reopen_reason <> '')",
            name="reason_if_reopened",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reopen_reason: Mapped[str] = mapped_column(Text, default="")
    had_read_others: Mapped[bool | None]

    scorecard: Mapped[Scorecard] = relationship()
    reopened_by: Mapped[Person | None] = relationship()

    @property
    def answers(self) -> dict[str, str]:
        """The answers as fields of the form, without the clock: how long a question took is no answer."""
        fields: dict[str, str] = self.content.get("fields", {})
        return {name: value for name, value in fields.items() if not name.startswith("seconds-")}


class ScorecardSave(Base):
    """A save that was acknowledged: the same key sent again gets the same answer and changes nothing."""

    __tablename__ = "scorecard_save"
    __table_args__ = (UniqueConstraint("scorecard_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    card_revision: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class EntrySource(StrEnum):
    """Where words came from that were not typed into the scoring page."""

    OFFLINE_FORM = "offline_form"
    PAPER = "paper"


class EntryStatus(StrEnum):
    """Whether the interviewer has looked at what came from elsewhere."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


class ScorecardEntry(Created, Base):
    """Answers from an offline form or from paper. Nothing enters the scorecard until its interviewer says so."""

    __tablename__ = "scorecard_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"), index=True)
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    source: Mapped[EntrySource] = mapped_column(choice(EntrySource, "source_known"))
    status: Mapped[EntryStatus] = mapped_column(
        choice(EntryStatus, "status_known"), default=EntryStatus.WAITING
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    base_revision: Mapped[int | None]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    interviewer: Mapped[Person] = relationship(foreign_keys=[interviewer_id])
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])

"""Interview guides: a draft that is edited, and versions that are frozen for ever."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice, now
from hiring.models.jobs import Job
from hiring.models.people import Person


class RoundKind(StrEnum):
    """What sort of conversation a round is."""

    SCREEN = "screen"
    STRUCTURED = "structured"
    PANEL = "panel"
    FINAL = "final"


class Guide(Created, Revised, Base):
    """The plan for a job's interviews as it is being written; one for each job."""

    __tablename__ = "guide"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), unique=True)
    language: Mapped[str] = mapped_column(String(16), default="en")
    preset_id: Mapped[str | None] = mapped_column(String(60))

    job: Mapped[Job] = relationship()
    rounds: Mapped[list[GuideRound]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="GuideRound.position"
    )
    versions: Mapped[list[GuideVersion]] = relationship(
        back_populates="guide", order_by="GuideVersion.number"
    )


class GuideRound(Base):
    """One conversation of the plan with its minutes and scripts.

    ``prompts`` are questions for the interviewer alone, one in a line: not read aloud, not rated.
    """

    __tablename__ = "guide_round"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes_in_range"),
        CheckConstraint("opening_minutes BETWEEN 0 AND 60", name="opening_in_range"),
        CheckConstraint("closing_minutes BETWEEN 0 AND 60", name="closing_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[RoundKind] = mapped_column(choice(RoundKind, "kind_known"), default=RoundKind.STRUCTURED)
    name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int] = mapped_column(default=60)
    opening_minutes: Mapped[int] = mapped_column(default=5)
    closing_minutes: Mapped[int] = mapped_column(default=7)
    opening_script: Mapped[str] = mapped_column(Text, default="")
    closing_script: Mapped[str] = mapped_column(Text, default="")
    prompts: Mapped[str] = mapped_column(Text, default="", server_default="")

    guide: Mapped[Guide] = relationship(back_populates="rounds")
    items: Mapped[list[GuideItem]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="GuideItem.position"
    )


class GuideItem(Base):
    """One question of a round, by its id in the bank, with the team's own note for interviewers."""

    __tablename__ = "guide_item"
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes_in_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("guide_round.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(80))
    skill_id: Mapped[str] = mapped_column(String(60))
    minutes: Mapped[int] = mapped_column(default=7)
    note: Mapped[str] = mapped_column(Text, default="", server_default="")

    round: Mapped[GuideRound] = relationship(back_populates="items")


class GuideVersion(Base):
    """A published guide: every word an interviewer uses, copied at that moment and never changed.

    ``content`` is described by ``hiring.guides.frozen``; ``content_hash`` is the SHA-256 of its canonical JSON.
    ``translations`` hold the same in the bank's other languages, by language. ``parallel_to`` is the version of which
    this is a parallel form: other questions on the same skills in the same minutes.
    """

    __tablename__ = "guide_version"
    __table_args__ = (UniqueConstraint("guide_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id"), index=True)
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(16))
    bank_version: Mapped[str] = mapped_column(String(80))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    translations: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, server_default="{}", deferred=True
    )
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    parallel_to_id: Mapped[int | None] = mapped_column(ForeignKey("guide_version.id"))

    guide: Mapped[Guide] = relationship(back_populates="versions")
    published_by: Mapped[Person] = relationship()
    parallel_to: Mapped[GuideVersion | None] = relationship(remote_side="GuideVersion.id")


class DroppedQuestion(Created, Base):
    """A question that no longer counts in a job's figures, for any candidate, and why."""

    __tablename__ = "dropped_question"
    __table_args__ = (
        UniqueConstraint("job_id", "question_id"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    question_id: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    dropped_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship()
    dropped_by: Mapped[Person] = relationship(lazy="joined")

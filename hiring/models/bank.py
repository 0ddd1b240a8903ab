"""What an organisation adds to the question bank: its own skills and probes, in revisions that never change."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice, now
from hiring.models.people import Person


class EntryKind(StrEnum):
    """What sort of thing an entry is."""

    SKILL = "skill"
    PROBE = "probe"


class RevisionStatus(StrEnum):
    """How far a revision has come. Only active ones are offered to guides."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ACTIVE = "active"
    RETIRED = "retired"


ONLY_ACTIVE = text("status = 'active'")


class BankEntry(Created, Revised, Base):
    """An organisation's own skill, or its own probe for a skill; its words stand in its revisions.

    ``ident`` is the id that guides cite (``own-queue-care``, ``empathy-o1``) and is never used again.
    A copy of bundled content remembers from what, and the revision of the words that were copied.
    """

    __tablename__ = "bank_entry"
    __table_args__ = (
        CheckConstraint(
            "(copied_from IS NULL) = (copied_revision IS NULL)", name="copy_knows_what_was_copied"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ident: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind, "kind_known"))
    skill_id: Mapped[str] = mapped_column(String(60), index=True)
    language: Mapped[str] = mapped_column(String(16), default="en")
    copied_from: Mapped[str | None] = mapped_column(String(80))
    copied_revision: Mapped[str | None] = mapped_column(String(16))

    revisions: Mapped[list[BankRevision]] = relationship(
        back_populates="entry", cascade="all, delete-orphan", order_by="BankRevision.number"
    )

    @property
    def latest(self) -> BankRevision:
        """The newest words, whatever their status."""
        return self.revisions[-1]

    @property
    def active(self) -> BankRevision | None:
        """The words that guides are offered, if there are any."""
        return next((each for each in self.revisions if each.status is RevisionStatus.ACTIVE), None)


class BankRevision(Base):
    """The words of an entry as somebody wrote them, and why; what was written is never changed.

    ``content`` has the shape of a skill or of a probe in the bank's files. ``override_reason`` says why
    words that the linter blocks were kept; ``activated_at`` stays when they are retired, for what was in use
    once is never deleted.
    """

    __tablename__ = "bank_revision"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("number >= 1", name="numbers_count_from_one"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint(
            "status NOT IN ('reviewed', 'active') OR reviewed_by_id IS NOT NULL", name="reviewed_if_in_use"
        ),
        Index(
            "ix_bank_revision_one_active",
            "entry_id",
            unique=True,
            sqlite_where=ONLY_ACTIVE,
            postgresql_where=ONLY_ACTIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("bank_entry.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    status: Mapped[RevisionStatus] = mapped_column(
        choice(RevisionStatus, "status_known"), default=RevisionStatus.DRAFT
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    override_reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    entry: Mapped[BankEntry] = relationship(back_populates="revisions")
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=[reviewed_by_id])


class BankEdition(Base):
    """What the bundled bank said when this installation first ran it; upgrades are told apart by it.

    ``phrases`` maps ``file`` and address, joined by a colon, to the English words.
    """

    __tablename__ = "bank_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(String(80), unique=True)
    phrases: Mapped[dict[str, str]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

"""Documents that people ask for: what they chose last, many at once in the background, and links for others."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime, choice
from hiring.models.jobs import Job
from hiring.models.people import Person


class ExportChoice(Base):
    """What somebody chose for a kind of document the last time."""

    __tablename__ = "export_choice"
    __table_args__ = (UniqueConstraint("person_id", "document"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    document: Mapped[str] = mapped_column(String(40))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)


class ExportForm(StrEnum):
    """How many documents are handed over together."""

    ARCHIVE = "archive"
    MERGED = "merged"


class ExportStatus(StrEnum):
    """Whether an export goes on. What was made until it was cancelled, or failed, is kept."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ExportRun(Created, Base):
    """The packets of many candidates, made one after the other beside the pages.

    Whoever makes them holds the lease and renews it; a run whose lease has run out is taken up by somebody else.
    ``merged`` is the whole document, where one was asked for; ``message`` says what went wrong.
    """

    __tablename__ = "export_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    form: Mapped[ExportForm] = mapped_column(choice(ExportForm, "form_known"))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[ExportStatus] = mapped_column(
        choice(ExportStatus, "status_known"), default=ExportStatus.RUNNING
    )
    message: Mapped[str] = mapped_column(Text, default="")
    leased_by: Mapped[str] = mapped_column(String(40), default="")
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    job: Mapped[Job] = relationship()
    person: Mapped[Person] = relationship()
    files: Mapped[list[ExportFile]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="ExportFile.position"
    )

    @property
    def is_whole(self) -> bool:
        """Whether everything is there, as one document."""
        return self.form is ExportForm.MERGED and self.status is ExportStatus.DONE


class ExportFile(Base):
    """One document of a run; ``content`` is there once it was made, ``fingerprint`` is that of its data."""

    __tablename__ = "export_file"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("export_run.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255), default="")
    about: Mapped[str] = mapped_column(String(255), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    run: Mapped[ExportRun] = relationship(back_populates="files")


class SharedDocument(Created, Base):
    """A document behind a link that works for a while, for somebody named on each of its pages.

    Only a hash of the link's secret is kept. The content goes when the link is revoked or has expired.
    """

    __tablename__ = "shared_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    document: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(200))
    shared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    job: Mapped[Job] = relationship()
    shared_by: Mapped[Person] = relationship()

"""Candidates, and their applications for jobs. Nothing about looks, age, health, family or origin is a field."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice, now
from hiring.models.jobs import Job
from hiring.models.people import Person


class ApplicationStatus(StrEnum):
    """Where an application stands; the ids are those of the bank's terminology."""

    APPLIED = "applied"
    IN_REVIEW = "in_review"
    INVITED = "invited"
    INTERVIEW_SCHEDULED = "interview_scheduled"
    INTERVIEWED = "interviewed"
    WAITING_FOR_CANDIDATE = "waiting_for_candidate"
    ON_HOLD = "on_hold"
    REOPENED = "reopened"
    OFFER = "offer"
    HIRED = "hired"
    CLOSED_NOT_SELECTED = "closed_not_selected"
    CLOSED_POSITION = "closed_position"
    WITHDRAWN = "withdrawn"
    TALENT_POOL = "talent_pool"


CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 7

CLOSED_STATUSES = (
    ApplicationStatus.CLOSED_NOT_SELECTED,
    ApplicationStatus.CLOSED_POSITION,
    ApplicationStatus.WITHDRAWN,
)


class Candidate(Created, Revised, Base):
    """A person who may be hired.

    With a ``hold_reason`` nobody erases the record; who lifts the hold is not who erases it. Of somebody who was erased
    only ``erased_at`` is known.
    """

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(60), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    hold_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    hold_lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    applications: Mapped[list[Application]] = relationship(back_populates="candidate")


def new_code() -> str:
    """A code to stand for a candidate where the name is hidden: no letters or digits that look alike."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Application(Created, Revised, Base):
    """A candidate for a job."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("job_id", "candidate_id"),
        Index("uq_application_job_id_code", "job_id", "code", unique=True),
        CheckConstraint(
            "status <> 'on_hold' OR (status_reason <> '' AND restart_date IS NOT NULL)",
            name="reason_and_date_if_on_hold",
        ),
        CheckConstraint(
            "status NOT IN ('closed_not_selected', 'closed_position', 'withdrawn') OR status_reason <> ''",
            name="reason_if_closed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(
        choice(ApplicationStatus, "status_known"), default=ApplicationStatus.APPLIED
    )
    status_reason: Mapped[str] = mapped_column(Text, default="")
    restart_date: Mapped[date | None] = mapped_column(Date)
    source_of_contact: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(8), default=new_code)

    job: Mapped[Job] = relationship()
    candidate: Mapped[Candidate] = relationship(back_populates="applications", lazy="joined")
    messages: Mapped[list[CandidateMessage]] = relationship(
        back_populates="application", cascade="all, delete-orphan", order_by="CandidateMessage.id"
    )


class CandidateMessage(Base):
    """A message to a candidate as it was drafted, and whether a person has sent it."""

    __tablename__ = "candidate_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    template_id: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="messages")
    drafted_by: Mapped[Person] = relationship()

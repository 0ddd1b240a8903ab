"""Second ratings: written evidence read question by question, blind to the person and to the first rating."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime, now
from hiring.models.jobs import Job
from hiring.models.people import Person
from hiring.models.scorecards import Rating


class EvidenceReview(Created, Base):
    """Colleagues rate a job's written evidence a second time."""

    __tablename__ = "evidence_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    job: Mapped[Job] = relationship()
    opened_by: Mapped[Person] = relationship()
    reviewers: Mapped[list[EvidenceReviewer]] = relationship(
        back_populates="review", cascade="all, delete-orphan", order_by="EvidenceReviewer.id"
    )


class EvidenceReviewer(Base):
    """Somebody who rates a second time; ``seed`` decides the order in which they meet the answers."""

    __tablename__ = "evidence_reviewer"
    __table_args__ = (UniqueConstraint("review_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("evidence_review.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seed: Mapped[int]

    review: Mapped[EvidenceReview] = relationship(back_populates="reviewers")
    person: Mapped[Person] = relationship(lazy="joined")


class SecondRating(Base):
    """What a second reader makes of the evidence of one rating: a level from 1 to 5, or N."""

    __tablename__ = "second_rating"
    __table_args__ = (
        UniqueConstraint("review_id", "rating_id", "person_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        CheckConstraint("not_enough_evidence = (level IS NULL)", name="level_or_n"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("evidence_review.id", ondelete="CASCADE"))
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    level: Mapped[int | None]
    not_enough_evidence: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    rating: Mapped[Rating] = relationship()
    person: Mapped[Person] = relationship()

"""Practice: written sample answers rated by interviewers and compared with the experts' levels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime
from hiring.models.people import Person


class PracticeRound(Created, Base):
    """One sitting: the samples it shows, in their order, and whether it counts as a calibration once finished."""

    __tablename__ = "practice_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(16))
    is_calibration: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    ratings: Mapped[list[PracticeRating]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="PracticeRating.position"
    )


class PracticeRating(Base):
    """One sample of a round; ``level`` is empty until it is rated, ``target`` is what the experts gave then."""

    __tablename__ = "practice_rating"
    __table_args__ = (
        UniqueConstraint("round_id", "sample_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        CheckConstraint("target BETWEEN 1 AND 5", name="target_on_scale"),
        CheckConstraint("(level IS NULL) = (rated_at IS NULL)", name="rated_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("practice_round.id", ondelete="CASCADE"))
    position: Mapped[int]
    sample_id: Mapped[str] = mapped_column(String(80))
    skill_id: Mapped[str] = mapped_column(String(60))
    target: Mapped[int]
    level: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    round: Mapped[PracticeRound] = relationship(back_populates="ratings")


class Trainer(Base):
    """Who, besides the interviewer, reads the interviewer's practice."""

    __tablename__ = "trainer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    trainer: Mapped[Person] = relationship(foreign_keys=[trainer_id])

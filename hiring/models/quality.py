"""The organisation's own standard for its hiring process."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiring.models.base import Base, Revised

LONGEST_DAYS = 365
LONGEST_HOURS = 720


class ProcessStandard(Revised, Base):
    """One row: the longest that candidates and colleagues should wait; until it is written, values are suggested."""

    __tablename__ = "process_standard"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("first_answer_days BETWEEN 1 AND 365", name="first_answer_in_range"),
        CheckConstraint("first_interview_days BETWEEN 1 AND 365", name="first_interview_in_range"),
        CheckConstraint("decision_days BETWEEN 1 AND 365", name="decision_in_range"),
        CheckConstraint("silence_days BETWEEN 1 AND 365", name="silence_in_range"),
        CheckConstraint("scorecard_hours BETWEEN 1 AND 720", name="scorecard_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_answer_days: Mapped[int]
    first_interview_days: Mapped[int]
    decision_days: Mapped[int]
    silence_days: Mapped[int]
    scorecard_hours: Mapped[int]

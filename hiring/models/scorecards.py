"""Scorecards: one interviewer's record of one interview: ratings, evidence, observations, recommendation."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice
from hiring.models.interviews import Interview
from hiring.models.people import Person

if TYPE_CHECKING:
    from hiring.models.scorecard_history import ScorecardVersion


class ScorecardStatus(StrEnum):
    """A draft belongs to its writer alone; a submitted scorecard is locked."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Recommendation(StrEnum):
    """What the interviewer would do; it stands beside the composite and never in it."""

    STRONG_HIRE = "strong_hire"
    HIRE = "hire"
    NO_HIRE = "no_hire"
    STRONG_NO_HIRE = "strong_no_hire"
    UNDECIDED = "undecided"


class ObservationState(StrEnum):
    """What became of something worth noticing."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NO_OCCASION = "no_occasion"


class QuestionOutcome(StrEnum):
    """Whether a question of the guide was put to the candidate."""

    ASKED = "asked"
    SKIPPED = "skipped"


class Scorecard(Created, Revised, Base):
    """One interviewer's record of one interview."""

    __tablename__ = "scorecard"
    __table_args__ = (
        UniqueConstraint("interview_id", "interviewer_id"),
        CheckConstraint(
            "status <> 'submitted' OR (recommendation IS NOT NULL AND submitted_at IS NOT NULL)",
            name="complete_if_submitted",
        ),
        CheckConstraint(
            "status <> 'submitted' OR recommendation <> 'undecided' OR open_point <> ''",
            name="open_point_if_undecided",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[ScorecardStatus] = mapped_column(
        choice(ScorecardStatus, "status_known"), default=ScorecardStatus.DRAFT
    )
    recommendation: Mapped[Recommendation | None] = mapped_column(
        choice(Recommendation, "recommendation_known")
    )
    recommendation_reason: Mapped[str] = mapped_column(Text, default="")
    open_point: Mapped[str] = mapped_column(Text, default="")
    contradiction_reason: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    interviewer: Mapped[Person] = relationship(lazy="joined")
    ratings: Mapped[list[Rating]] = relationship(
        back_populates="scorecard", cascade="all, delete-orphan", order_by="Rating.id"
    )
    observations: Mapped[list[ObservationMark]] = relationship(
        back_populates="scorecard", cascade="all, delete-orphan", order_by="ObservationMark.id"
    )
    versions: Mapped[list[ScorecardVersion]] = relationship(viewonly=True, order_by="ScorecardVersion.number")

    @property
    def is_submitted(self) -> bool:
        """Whether the scorecard is locked."""
        return self.status is ScorecardStatus.SUBMITTED

    @property
    def changed_after_reading(self) -> bool:
        """Whether it differs from a version after which its writer could read the others' ratings."""
        if not self.is_submitted or len(self.versions) < 2:
            return False
        newest = self.versions[-1].answers
        return any(each.had_read_others and each.answers != newest for each in self.versions[:-1])


class Rating(Base):
    """What one interviewer has on one question: whether it was asked, notes, evidence, and the level.

    The level is 1 to 5, or N for not enough evidence, or nothing yet. ``notes`` are the lines written while
    listening, as ``scorecards.notes`` reads them; ``probes`` are the places of the follow-ups used, from 1;
    ``seconds`` is how long the question was the one talked about, where the page measured it.
    """

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("scorecard_id", "question_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        CheckConstraint("NOT (not_enough_evidence AND level IS NOT NULL)", name="level_or_n"),
        CheckConstraint("seconds >= 0", name="time_passed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id", ondelete="CASCADE"))
    question_id: Mapped[str] = mapped_column(String(80))
    skill_id: Mapped[str] = mapped_column(String(60))
    level: Mapped[int | None]
    not_enough_evidence: Mapped[bool] = mapped_column(default=False)
    evidence: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[QuestionOutcome | None] = mapped_column(choice(QuestionOutcome, "outcome_known"))
    skip_reason: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    probes: Mapped[list[int]] = mapped_column(JSON, default=list)
    seconds: Mapped[int | None]

    scorecard: Mapped[Scorecard] = relationship(back_populates="ratings")

    @property
    def is_given(self) -> bool:
        """Whether the interviewer has chosen a level or N."""
        return self.level is not None or self.not_enough_evidence


class ObservationMark(Base):
    """Something the bank asks to notice, and whether it was seen through the interview."""

    __tablename__ = "observation_mark"
    __table_args__ = (UniqueConstraint("scorecard_id", "observation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id", ondelete="CASCADE"))
    observation_id: Mapped[str] = mapped_column(String(80))
    state: Mapped[ObservationState] = mapped_column(choice(ObservationState, "state_known"))
    evidence: Mapped[str] = mapped_column(Text, default="")

    scorecard: Mapped[Scorecard] = relationship(back_populates="observations")

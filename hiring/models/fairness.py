"""Voluntary answers about sex and ethnicity: a store of its own that nobody who rates or decides can read.

Answers are only ever used in sums. What was published stays stored, because the difference of two
reports must not tell about a single person either.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, UtcDateTime, choice, now
from hiring.models.jobs import Job
from hiring.models.people import Person


class Sex(StrEnum):
    """What candidates may answer about their sex; not answering is an answer."""

    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"
    NOT_SAID = "not_said"


class Ethnicity(StrEnum):
    """The categories of the U.S. EEO-1 report, which New York City's bias audits use as well."""

    HISPANIC = "hispanic"
    WHITE = "white"
    BLACK = "black"
    PACIFIC_ISLANDER = "pacific_islander"
    ASIAN = "asian"
    NATIVE_AMERICAN = "native_american"
    TWO_OR_MORE = "two_or_more"
    NOT_SAID = "not_said"


class Stage(StrEnum):
    """A step at which some go on and others do not; BOTTOM_LINE is the whole way.

    The stages that begin with ABOVE are scoring rates: who was rated above the median, over all
    conversations or in those of one kind.
    """

    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    BOTTOM_LINE = "bottom_line"
    ABOVE_MEDIAN = "above_median"
    ABOVE_IN_SCREEN = "above_in_screen"
    ABOVE_IN_STRUCTURED = "above_in_structured"
    ABOVE_IN_PANEL = "above_in_panel"
    ABOVE_IN_FINAL = "above_in_final"


class VoluntaryQuestions(Created, Base):
    """That a job asks voluntary questions, and which; without a row it asks none."""

    __tablename__ = "voluntary_questions"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    asks_sex: Mapped[bool] = mapped_column(default=True)
    asks_ethnicity: Mapped[bool] = mapped_column(default=False)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship()
    asked_by: Mapped[Person] = relationship()


class VoluntaryAnswer(Base):
    """What a candidate answered. Only sums of many are ever read."""

    __tablename__ = "voluntary_answer"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), primary_key=True
    )
    sex: Mapped[Sex] = mapped_column(choice(Sex, "sex_known"), default=Sex.NOT_SAID)
    ethnicity: Mapped[Ethnicity] = mapped_column(
        choice(Ethnicity, "ethnicity_known"), default=Ethnicity.NOT_SAID
    )


class PublishedCell(Base):
    """A cell of a job's report as it was published last. ``sex`` or ``ethnicity`` is "*" for a sum over all."""

    __tablename__ = "published_cell"
    __table_args__ = (UniqueConstraint("job_id", "stage", "sex", "ethnicity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), index=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage, "stage_known"))
    sex: Mapped[str] = mapped_column(String(40))
    ethnicity: Mapped[str] = mapped_column(String(40))
    reached: Mapped[int]
    selected: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

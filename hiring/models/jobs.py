"""Jobs: the brief, the hiring team, and the skills with their weights."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, choice
from hiring.models.people import Person

EQUAL_WEIGHT = 1
HEAVIEST_WEIGHT = 10
LOWEST_FLOOR, HIGHEST_FLOOR = 2, 4

BRIEF_FIELDS = (
    "role_purpose",
    "customers_and_channels",
    "touch_points",
    "decision_room",
    "service_standards",
    "culture_and_values",
    "work_environment",
    "growth_and_vision",
    "what_we_give",
    "unique_skills_here",
    "product_to_learn",
    "must_not_matter",
    "process_and_dates",
    "who_takes_part",
)


class JobStatus(StrEnum):
    """Where a job stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class TeamRole(StrEnum):
    """What somebody does for one job."""

    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"


class RatingsOpen(StrEnum):
    """When an interviewer may read the others' ratings of a candidate."""

    AFTER_OWN = "after_own"
    AFTER_ALL = "after_all"
    AT_DEBRIEF = "at_debrief"


class Job(Created, Revised, Base):
    """A position to fill.

    ``hides_names`` shows codes instead of candidates' names to those who need not know them;
    ``calibration_days`` is the age at which an interviewer's calibration no longer counts for this job.
    """

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("calibration_days BETWEEN 1 AND 730", name="calibration_in_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[JobStatus] = mapped_column(choice(JobStatus, "status_known"), default=JobStatus.DRAFT)
    location: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_channel: Mapped[str] = mapped_column(String(200), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    ratings_open: Mapped[RatingsOpen] = mapped_column(
        choice(RatingsOpen, "ratings_open_known"), default=RatingsOpen.AFTER_OWN
    )
    hides_names: Mapped[bool] = mapped_column(default=False)
    calibration_days: Mapped[int | None]

    brief: Mapped[JobBrief] = relationship(back_populates="job", cascade="all, delete-orphan", lazy="joined")
    members: Mapped[list[JobMember]] = relationship(
        back_populates="job", cascade="all, delete-orphan", order_by="JobMember.id"
    )
    skills: Mapped[list[JobSkill]] = relationship(
        back_populates="job", cascade="all, delete-orphan", order_by="JobSkill.position"
    )
    cut: Mapped[JobCut | None] = relationship(
        back_populates="job", cascade="all, delete-orphan", lazy="joined"
    )


class JobBrief(Base):
    """What the job is, in the fields of the bank's job brief; ``question_bank.brief_fields`` explains each."""

    __tablename__ = "job_brief"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    role_purpose: Mapped[str] = mapped_column(Text, default="")
    customers_and_channels: Mapped[str] = mapped_column(Text, default="")
    touch_points: Mapped[str] = mapped_column(Text, default="")
    decision_room: Mapped[str] = mapped_column(Text, default="")
    service_standards: Mapped[str] = mapped_column(Text, default="")
    culture_and_values: Mapped[str] = mapped_column(Text, default="")
    work_environment: Mapped[str] = mapped_column(Text, default="")
    growth_and_vision: Mapped[str] = mapped_column(Text, default="")
    what_we_give: Mapped[str] = mapped_column(Text, default="")
    unique_skills_here: Mapped[str] = mapped_column(Text, default="")
    product_to_learn: Mapped[str] = mapped_column(Text, default="")
    must_not_matter: Mapped[str] = mapped_column(Text, default="")
    process_and_dates: Mapped[str] = mapped_column(Text, default="")
    who_takes_part: Mapped[str] = mapped_column(Text, default="")

    job: Mapped[Job] = relationship(back_populates="brief")


class JobMember(Base):
    """Somebody on a job's hiring team."""

    __tablename__ = "job_member"
    __table_args__ = (UniqueConstraint("job_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[TeamRole] = mapped_column(choice(TeamRole, "role_known"))

    job: Mapped[Job] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined")


class JobSkill(Base):
    """A skill the job is rated on. A weight other than the equal one carries its reason.

    A ``floor`` makes it a must-have: a mean below this level is shown whatever the composite says.
    """

    __tablename__ = "job_skill"
    __table_args__ = (
        UniqueConstraint("job_id", "skill_id"),
        CheckConstraint(f"weight BETWEEN 1 AND {HEAVIEST_WEIGHT}", name="weight_in_range"),
        CheckConstraint(f"weight = {EQUAL_WEIGHT} OR weight_reason <> ''", name="reason_if_unequal"),
        CheckConstraint(f"floor BETWEEN {LOWEST_FLOOR} AND {HIGHEST_FLOOR}", name="floor_on_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    skill_id: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    weight: Mapped[int] = mapped_column(default=EQUAL_WEIGHT)
    weight_reason: Mapped[str] = mapped_column(Text, default="")
    floor: Mapped[int | None]

    job: Mapped[Job] = relationship(back_populates="skills")


class JobCut(Created, Base):
    """The composite from which a candidate meets the standard, set before anybody was rated, and why there."""

    __tablename__ = "job_cut"
    __table_args__ = (
        CheckConstraint("level > 1 AND level < 5", name="level_within_scale"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[float]
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship(back_populates="cut")
    set_by: Mapped[Person] = relationship()

"""Standards: what each of a hiring team expects of a candidate who is just good enough."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created
from hiring.models.jobs import Job
from hiring.models.people import Person


class StandardJudgement(Created, Base):
    """The level, in halves, that somebody thinks a minimally qualified candidate's answers show on one skill."""

    __tablename__ = "standard_judgement"
    __table_args__ = (
        UniqueConstraint("job_id", "person_id", "skill_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    skill_id: Mapped[str] = mapped_column(String(60))
    level: Mapped[float]

    job: Mapped[Job] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")

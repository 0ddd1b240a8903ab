"""Conflicts of interest: why somebody must not interview, read about or decide upon a candidate."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, choice
from hiring.models.candidates import Candidate
from hiring.models.people import Person


class ConflictKind(StrEnum):
    """What ties the two together."""

    RELATIVE = "relative"
    FRIEND = "friend"
    FORMER_REPORT = "former_report"
    FORMER_MANAGER = "former_manager"
    BUSINESS = "business"
    OTHER = "other"


class ConflictOfInterest(Created, Base):
    """Somebody is too close to a candidate to be fair, or to look it; it holds for every job."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (UniqueConstraint("candidate_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ConflictKind] = mapped_column(choice(ConflictKind, "kind_known"))
    note: Mapped[str] = mapped_column(Text, default="")
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))

    candidate: Mapped[Candidate] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    declared_by: Mapped[Person] = relationship(foreign_keys=[declared_by_id], lazy="joined")

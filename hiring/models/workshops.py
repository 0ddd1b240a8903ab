"""Workshops in which colleagues sort anchors blind, to see whether a rubric says what it means."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, choice
from hiring.models.people import Person


class WorkshopStatus(StrEnum):
    """Anchors are proposed, then sorted blind, then discussed and signed off."""

    PROPOSING = "proposing"
    SORTING = "sorting"
    CLOSED = "closed"
    SIGNED_OFF = "signed_off"


class Workshop(Created, Revised, Base):
    """One round of sorting for a few skills. ``skills`` lists ``{"id", "name", "meaning"}``."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint(
            "(status = 'signed_off') = (signed_off_by_id IS NOT NULL)", name="signed_off_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16), default="en")
    skills: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    status: Mapped[WorkshopStatus] = mapped_column(
        choice(WorkshopStatus, "status_known"), default=WorkshopStatus.PROPOSING
    )
    led_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sign_off_note: Mapped[str] = mapped_column(Text, default="")

    led_by: Mapped[Person] = relationship(foreign_keys=[led_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])
    anchors: Mapped[list[WorkshopAnchor]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="WorkshopAnchor.id"
    )
    sorters: Mapped[list[Sorter]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Sorter.id"
    )


class WorkshopAnchor(Base):
    """A proposed anchor with the skill and level its author meant, which sorters do not see."""

    __tablename__ = "workshop_anchor"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[str] = mapped_column(String(60))
    level: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_kept: Mapped[bool | None]

    workshop: Mapped[Workshop] = relationship(back_populates="anchors")
    proposed_by: Mapped[Person] = relationship()


class Sorter(Base):
    """A colleague who sorts; whoever has finished may see the agreement."""

    __tablename__ = "workshop_sorter"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    workshop: Mapped[Workshop] = relationship(back_populates="sorters")
    person: Mapped[Person] = relationship()
    placements: Mapped[list[Placement]] = relationship(back_populates="sorter", cascade="all, delete-orphan")


class Placement(Base):
    """Where a sorter put one anchor; no skill means that it belongs to none of them."""

    __tablename__ = "workshop_placement"
    __table_args__ = (
        UniqueConstraint("sorter_id", "anchor_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        CheckConstraint("skill_id IS NOT NULL OR level IS NULL", name="no_level_without_skill"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sorter_id: Mapped[int] = mapped_column(ForeignKey("workshop_sorter.id", ondelete="CASCADE"), index=True)
    anchor_id: Mapped[int] = mapped_column(ForeignKey("workshop_anchor.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[str | None] = mapped_column(String(60))
    level: Mapped[int | None]

    sorter: Mapped[Sorter] = relationship(back_populates="placements")
    anchor: Mapped[WorkshopAnchor] = relationship()

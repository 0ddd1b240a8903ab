"""The organisation that this installation belongs to."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from hiring.models.base import Base, Revised, choice


class Paper(StrEnum):
    """The sizes of paper that documents can be made for."""

    A4 = "a4"
    LETTER = "letter"


class Organisation(Revised, Base):
    """One row: the name on documents and messages, and the paper they are printed on."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    paper: Mapped[Paper] = mapped_column(choice(Paper, "paper_known"), default=Paper.A4)

"""What can be searched for in the bank: a row for each passage, and how far the rows are up to date."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from hiring.models.base import Base, choice
from question_bank import QuestionKind

# SQLite's full-text table, with tables of its own below it, and PostgreSQL's GIN index: revision 0003 makes them.
FULL_TEXT = "bank_passage_words"


class Found(StrEnum):
    """What a passage is in the bank."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    LISTEN_FOR = "listen_for"
    NOTE = "note"
    TITLE = "title"
    INDICATOR = "indicator"
    ANCHOR = "anchor"
    MEANING = "meaning"
    OBSERVATION = "observation"
    SCRIPT = "script"
    MESSAGE = "message"
    RULE = "rule"
    BRIEF = "brief"
    PRESET = "preset"


class PassageStatus(StrEnum):
    """Whether a passage came with the product, or how far the organisation's own words have come."""

    BUNDLED = "bundled"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    ACTIVE = "active"
    RETIRED = "retired"


class Analysed(TypeDecorator[Iterable[str]]):
    """Words that were cut and stemmed already, in the shape in which each database indexes them as they are."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return " ".join(f"'{word}':{place}" for place, word in enumerate(value, 1))
        return " ".join(value)


class BankPassage(Base):
    """One passage of the bank in one language, bundled or of an own entry; made anew from these, never edited.

    ``place`` is its anchor on the page of its skill, or on the page of the words around the questions.
    ``uses`` counts the published guide versions that hold the question.
    """

    __tablename__ = "bank_passage"
    __table_args__ = (
        CheckConstraint("(entry_id IS NULL) = (status = 'bundled')", name="own_or_bundled"),
        CheckConstraint("(entry_id IS NULL) = (entry_revision IS NULL)", name="entry_with_revision"),
        Index("ix_bank_passage_facets", "skill_id", "found", "kind", "level", "language", "status", "uses"),
    )

    # The long columns stand last: a count by facets then reads only the beginning of each row.
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entry.id", ondelete="CASCADE"), index=True)
    entry_revision: Mapped[int | None]
    found: Mapped[Found] = mapped_column(choice(Found, "found_known"))
    kind: Mapped[QuestionKind | None] = mapped_column(choice(QuestionKind, "kind_known"))
    level: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(16))
    status: Mapped[PassageStatus] = mapped_column(choice(PassageStatus, "status_known"))
    uses: Mapped[int] = mapped_column(default=0)
    skill_id: Mapped[str | None] = mapped_column(String(60))
    ident: Mapped[str] = mapped_column(String(100), index=True)
    place: Mapped[str] = mapped_column(String(100))
    skill_name: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[Iterable[str]] = mapped_column(Analysed, deferred=True)


class BankIndexPart(Base):
    """From what a part of the passages was made; when that differs from what there is, it is made anew."""

    __tablename__ = "bank_index_part"

    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(200))


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether the models say what a table or an index is; only the revisions know of the full-text ones."""
    return FULL_TEXT not in (name or "")

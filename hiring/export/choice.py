"""What somebody chose about a document: how it is printed, what is in it, and what is taken out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hiring.export.redaction import Redaction
from hiring.export.tables import Table, texts_in, with_texts
from hiring.models import Paper

NOTHING_OUT = Redaction()


@dataclass(frozen=True)
class Choice:
    """How to make a document.

    ``exported_by`` stands in the foot of each page. ``language`` is that of the document's own words, the reader's
    unless it is given. ``sections`` are ids in their order; none means all in the usual order. ``recipient`` is
    printed across every page. ``with_data`` makes a file for archives that holds its figures as data.
    """

    exported_by: str
    paper: Paper = Paper.A4
    language: str | None = None
    grey: bool = False
    recipient: str = ""
    with_data: bool = False
    sections: tuple[str, ...] = ()
    redaction: Redaction = NOTHING_OUT

    def sections_of(self, usual: Iterable[str]) -> tuple[str, ...]:
        """The sections to print, of those that the document has."""
        known = tuple(usual)
        return tuple(each for each in self.sections if each in known) or known

    def redacted(self, tables: Sequence[Table]) -> list[Table]:
        """The tables without what is to be taken out."""
        texts = self.redaction.of_texts(texts_in(tables))
        return [with_texts(table, texts) for table in tables]

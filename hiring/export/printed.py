"""A template and its sheet as a confidential document: what every paper face of a feature shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from flask import Response, current_app, render_template

from hiring.errors import Refused
from hiring.export.choice import Choice
from hiring.export.files import data_response, file_name, pdf_response
from hiring.export.kept import KeptDocuments
from hiring.export.pdf import render_pdf
from hiring.export.redaction import Removed
from hiring.export.tables import DataFormat, Table, as_csv, as_file, as_json_lines
from hiring.i18n import _, chosen_language
from hiring.models import Paper, now

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
SEPARATOR = "\x1f"
WHOLE, COVER, PART = "whole", "cover", "part"


class Document(Protocol):
    """What every document can do once it is prepared, made of one piece or of parts."""

    @property
    def name(self) -> str:
        """The name of the file."""

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What was taken out."""

    def pdf(self) -> bytes:
        """The document."""

    def data(self, ending: DataFormat) -> bytes:
        """The same for other programs."""


@dataclass(frozen=True)
class Prepared:
    """A document as it is to be printed. It needs nothing more: no database, and nobody who asks.

    ``name`` is that of the file; ``tables`` makes the same as data, ``files`` are those inside the document;
    ``removed`` is what was taken out.
    """

    html: str
    title: str
    name: str
    language: str
    paper: Paper
    grey: bool
    is_archived: bool
    tables: Callable[[], Sequence[Table]]
    files: tuple[tuple[str, bytes], ...]
    removed: tuple[Removed, ...]
    created: datetime
    kept: KeptDocuments

    def pdf(self) -> bytes:
        """The document; the same state, exported again on the same day, is the document that was made then."""
        return self.kept.document(self.key, self._render)

    def data(self, ending: DataFormat) -> bytes:
        """The same for other programs.

        Raises Refused if there are no figures in it.
        """
        return as_file(_some(self.tables()), ending)

    @property
    def key(self) -> str:
        """Everything that decides the bytes of the document."""
        data = (sha256(content).hexdigest() for _name, content in self.files)
        printing = (self.language, self.paper, str(self.grey), str(self.is_archived))
        return SEPARATOR.join((_renderer(), self.title, *printing, *data, self.html))

    def _render(self) -> bytes:
        return render_pdf(
            self.html,
            title=self.title,
            language=self.language,
            paper=self.paper,
            created=self.created,
            grey=self.grey,
            files=self.files,
            archive=self.is_archived,
        )


def prepared(
    template: str,
    *,
    title: str,
    name: tuple[object, ...],
    choice: Choice,
    sections: Iterable[str] = (),
    language: str | None = None,
    tables: Callable[[], Sequence[Table]] = tuple,
    role: str = WHOLE,
    confidential: bool = True,
    **shown: Any,
) -> Prepared:
    """The document before it is printed; ``name`` are the parts of its file's name, as ``file_name`` takes them.

    ``shown`` reaches the template; ``templates/print.html`` says which names in it its head and foot use.
    ``sections`` are those that the document has; ``tables`` makes the data for a file that holds them. A cover and
    a part (``role``) have no numbers of pages, and a part has no data inside it.
    """
    created = now()
    spoken = language or choice.language or chosen_language()
    html = render_template(
        template,
        exported_by=choice.exported_by,
        exported_at=created,
        recipient=choice.recipient,
        confidential=confidential,
        locale=spoken,
        sections=choice.sections_of(sections),
        role=role,
        **shown,
    )
    html, removed = choice.redaction.of_html(html)

    def clean() -> Sequence[Table]:
        return choice.redacted(tables())

    return Prepared(
        html,
        choice.redaction.of_text(title),
        file_name(*(choice.redaction.of_text(str(part)) for part in name)),
        spoken,
        choice.paper,
        choice.grey,
        choice.with_data,
        clean,
        _inside(_some(clean())) if choice.with_data and role != PART else (),
        removed,
        created,
        kept_documents(),
    )


def document_response(document: Document, ending: DataFormat | None = None) -> Response:
    """The document as a download: a PDF, or the same as data."""
    if ending is None:
        return pdf_response(document.pdf(), document.name)
    name = f"{document.name.rpartition('.')[0]}.{ending}"
    return data_response(document.data(ending), ending, name)


def _inside(tables: Sequence[Table]) -> tuple[tuple[str, bytes], ...]:
    """The files inside a document for archives: a CSV for each table, and all of them as JSON Lines."""
    sheets = ((f"{table.id}.csv", as_csv([table])) for table in tables)
    return (*sheets, ("data.jsonl", as_json_lines(tables)))


def _some(tables: Sequence[Table]) -> Sequence[Table]:
    if not tables:
        raise Refused(_("This document has no figures that could be handed over as data."), field="kind")
    return tables


def kept_documents() -> KeptDocuments:
    """The documents that this installation keeps."""
    settings = current_app.extensions["hiring_settings"]
    return KeptDocuments(settings.data_folder / "documents", settings.kept_documents_mb * 1024 * 1024)


@cache
def _renderer() -> str:
    """A mark of everything else that decides how a document looks: it changes with an upgrade."""
    parts = [version("weasyprint"), version("pydyf")]
    sources = (*HERE.glob("*.py"), *(STATIC / "print").iterdir(), *(STATIC / "fonts" / "paper").iterdir())
    for file in sorted(sources):
        content = sha256(file.read_bytes()).hexdigest() if file.suffix != ".ttf" else str(file.stat().st_size)
        parts.append(f"{file.name} {content}")
    return sha256("\n".join(parts).encode()).hexdigest()

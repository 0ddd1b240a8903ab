"""An extract of the audit as PDF and as a table."""

from __future__ import annotations

from hiring.auditing.document import Extract
from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.export.tables import Column, Table
from hiring.i18n import _


def extract_paper(extract: Extract, choice: Choice) -> Prepared:
    """The extract as a document."""
    return prepared(
        "auditing/extract.print.html",
        title=_("Audit extract: %(job)s", job=extract.job_title),
        name=(_("audit extract"), extract.job_title),
        choice=choice,
        tables=lambda: extract_tables(extract),
        extract=extract,
        document_kind=_("Audit extract"),
        job_title=extract.job_title,
    )


def extract_tables(extract: Extract) -> tuple[Table, ...]:
    """The same as a table."""
    columns = (
        Column("number", _("Number")),
        Column("at", _("When"), 28),
        Column("who", _("Who"), 24),
        Column("action", _("What"), 28),
        Column("thing", _("About"), 24),
        Column("details", _("Details"), 80),
    )
    rows = tuple(
        (line.number, line.at.isoformat(), line.who, line.action, line.thing, line.details)
        for line in extract.lines
    )
    return (Table("audit", _("Audit extract"), columns, rows),)

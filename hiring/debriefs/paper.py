"""The minutes of a debrief as PDF."""

from __future__ import annotations

from hiring.debriefs.document import DebriefSheet
from hiring.export.files import file_name
from hiring.export.printed import printed
from hiring.i18n import _
from hiring.models import Paper


def minutes_pdf(sheet: DebriefSheet, exported_by: str, paper: Paper) -> bytes:
    """The minutes as a document; ``exported_by`` stands in the foot of each page."""
    return printed(
        "debriefs/minutes.print.html",
        title=_("Debrief minutes: %(job)s", job=sheet.job.title),
        exported_by=exported_by,
        paper=paper,
        sheet=sheet,
        document_kind=_("Debrief minutes"),
        job_title=sheet.job.title,
    )


def minutes_file(sheet: DebriefSheet) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("debrief"), sheet.job.title, sheet.debrief.id)

"""The minutes of a debrief as PDF."""

from __future__ import annotations

from hiring.debriefs.document import DebriefSheet
from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.i18n import _


def minutes_paper(sheet: DebriefSheet, choice: Choice) -> Prepared:
    """The minutes as a document; the name of its file holds nothing that the ratings decide."""
    return prepared(
        "debriefs/minutes.print.html",
        title=_("Debrief minutes: %(job)s", job=sheet.job.title),
        name=(_("debrief"), sheet.job.title, sheet.debrief.id),
        choice=choice,
        sheet=sheet,
        document_kind=_("Debrief minutes"),
        job_title=sheet.job.title,
    )

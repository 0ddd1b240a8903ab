"""Selection rates as PDF: what was published, and nothing else."""

from __future__ import annotations

from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.fairness.data import rates_tables
from hiring.fairness.document import RatesReport
from hiring.i18n import _
from hiring.models import Job


def rates_paper(job: Job, sheet: RatesReport, choice: Choice) -> Prepared:
    """The published rates as a document."""
    return prepared(
        "fairness/rates.print.html",
        title=_("Selection rates: %(job)s", job=job.title),
        name=(_("selection rates"), job.title),
        choice=choice,
        tables=lambda: rates_tables(sheet),
        sheet=sheet,
        document_kind=_("Selection rates"),
        job_title=job.title,
    )

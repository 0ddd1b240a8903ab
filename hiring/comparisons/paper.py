"""The comparison as PDF."""

from __future__ import annotations

from flask import render_template

from hiring.comparisons.document import Comparison
from hiring.comparisons.evidence import SkillEvidence
from hiring.export.files import file_name
from hiring.export.pdf import render_pdf
from hiring.i18n import _, chosen_language
from hiring.models import Paper, now


def comparison_pdf(
    sheet: Comparison, evidence: tuple[SkillEvidence, ...], exported_by: str, paper: Paper
) -> bytes:
    """The comparison with the evidence on every skill; ``exported_by`` stands in the foot of each page."""
    created = now()
    html = render_template(
        "comparisons/comparison.print.html",
        sheet=sheet,
        evidence=evidence,
        document_kind=_("Candidate comparison"),
        job_title=sheet.job_title,
        guide_version=", ".join(str(number) for number in sheet.versions),
        exported_by=exported_by,
        exported_at=created,
        confidential=True,
    )
    title = _("Candidate comparison: %(job)s", job=sheet.job_title)
    return render_pdf(html, title=title, language=chosen_language(), paper=paper, created=created)


def comparison_file(sheet: Comparison) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("comparison"), sheet.job_title)

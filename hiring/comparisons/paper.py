"""The comparison as PDF."""

from __future__ import annotations

from hiring.comparisons.document import Comparison
from hiring.comparisons.evidence import SkillEvidence
from hiring.export.files import file_name
from hiring.export.printed import printed
from hiring.i18n import _
from hiring.models import Paper


def comparison_pdf(
    sheet: Comparison, evidence: tuple[SkillEvidence, ...], exported_by: str, paper: Paper
) -> bytes:
    """The comparison with the evidence on every skill; ``exported_by`` stands in the foot of each page."""
    return printed(
        "comparisons/comparison.print.html",
        title=_("Candidate comparison: %(job)s", job=sheet.job_title),
        exported_by=exported_by,
        paper=paper,
        sheet=sheet,
        evidence=evidence,
        document_kind=_("Candidate comparison"),
        job_title=sheet.job_title,
        guide_version=", ".join(str(number) for number in sheet.versions),
    )


def comparison_file(sheet: Comparison) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("comparison"), sheet.job_title)

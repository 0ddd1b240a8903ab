"""The comparison as PDF."""

from __future__ import annotations

from hiring.comparisons.analysis import agreement_of
from hiring.comparisons.document import Basis, compared
from hiring.comparisons.evidence import SkillEvidence
from hiring.export.files import file_name
from hiring.export.printed import printed
from hiring.i18n import _
from hiring.models import Job, Paper


def comparison_pdf(
    basis: Basis, evidence: tuple[SkillEvidence, ...], exported_by: str, paper: Paper
) -> bytes:
    """The comparison with the evidence on every skill; ``exported_by`` stands in the foot of each page."""
    sheet = compared(basis)
    return printed(
        "comparisons/comparison.print.html",
        title=_("Candidate comparison: %(job)s", job=sheet.job_title),
        exported_by=exported_by,
        paper=paper,
        sheet=sheet,
        ratings_open=basis.job.ratings_open,
        evidence=evidence,
        agreement=agreement_of(basis, sheet) if sheet.rows else None,
        document_kind=_("Candidate comparison"),
        job_title=sheet.job_title,
        guide_version=", ".join(str(number) for number in sheet.versions),
    )


def comparison_file(job: Job) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("comparison"), job.title)

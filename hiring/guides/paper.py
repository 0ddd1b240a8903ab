"""The interviewer's copy of a guide as PDF."""

from __future__ import annotations

from datetime import datetime

from hiring.export.files import file_name
from hiring.export.printed import printed
from hiring.guides.document import frozen_draft, guide_sheet
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.i18n import _
from hiring.models import Guide, GuideVersion, Paper


def version_pdf(version: GuideVersion, exported_by: str, paper: Paper) -> bytes:
    """A published guide; ``exported_by`` stands in the foot of each page."""
    content = frozen_guide(version)
    return _pdf(content, exported_by, paper, version.number, version.published_at)


def draft_pdf(guide: Guide, exported_by: str, paper: Paper) -> bytes:
    """The draft, marked as one; ``guide`` comes from ``queries.with_draft``."""
    return _pdf(frozen_draft(guide), exported_by, paper)


def version_file(version: GuideVersion) -> str:
    """The name of the file of a published guide."""
    number = _("version %(n)s", n=version.number)
    return file_name(_("interview guide"), version.content["job_title"], number)


def draft_file(guide: Guide) -> str:
    """The name of the file of a draft."""
    return file_name(_("interview guide draft"), guide.job.title)


def _pdf(
    content: FrozenGuide,
    exported_by: str,
    paper: Paper,
    number: int | None = None,
    published_at: datetime | None = None,
) -> bytes:
    return printed(
        "guides/guide.print.html",
        title=_("Interview guide: %(job)s", job=content.job_title),
        exported_by=exported_by,
        paper=paper,
        language=content.language,
        sheet=guide_sheet(content),
        number=number,
        published_at=published_at,
        document_kind=_("Interview guide") if number else _("Draft of an interview guide"),
        job_title=content.job_title,
        guide_version=number,
        size=paper.value,
    )

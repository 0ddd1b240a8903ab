"""A guide as PDF: the interviewer's copy with rubrics and room to write, and a compact one to have at hand.

All of it is in the language of the guide, whatever the reader's is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.guides.data import guide_tables
from hiring.guides.document import frozen_draft, guide_sheet
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.models import Guide, GuideVersion

SECTIONS: dict[str, Any] = {
    "conduct": _l("How to interview"),
    "weights": _l("Skills and weights"),
    "preparation": _l("To read beforehand"),
    "plan": _l("Time plan and opening"),
    "questions": _l("Questions with rubrics and room to write"),
    "closing": _l("Closing"),
    "observations": _l("What to notice throughout"),
    "recommendation": _l("Recommendation"),
}


def version_paper(version: GuideVersion, choice: Choice) -> Prepared:
    """A published guide."""
    content = frozen_guide(version)
    with force_locale(content.language):
        name = (_("interview guide"), content.job_title, _("version %(n)s", n=version.number))
        return _paper("guides/guide.print.html", content, name, choice, version.number, version.published_at)


def compact_paper(version: GuideVersion, choice: Choice) -> Prepared:
    """A published guide on few pages: what to say and ask, and boxes for the levels."""
    content = frozen_guide(version)
    with force_locale(content.language):
        name = (_("compact guide"), content.job_title, _("version %(n)s", n=version.number))
        return _paper(
            "guides/compact.print.html", content, name, choice, version.number, version.published_at
        )


def draft_paper(guide: Guide, choice: Choice) -> Prepared:
    """The draft, marked as one; ``guide`` comes from ``queries.with_draft``."""
    content = frozen_draft(guide)
    with force_locale(content.language):
        name = (_("interview guide draft"), content.job_title)
        return _paper("guides/guide.print.html", content, name, choice)


def _paper(
    template: str,
    content: FrozenGuide,
    name: tuple[str, ...],
    choice: Choice,
    number: int | None = None,
    published_at: datetime | None = None,
) -> Prepared:
    sheet = guide_sheet(content)
    return prepared(
        template,
        title=_("Interview guide: %(job)s", job=content.job_title),
        name=name,
        choice=choice,
        sections=SECTIONS,
        language=content.language,
        tables=lambda: guide_tables(sheet),
        sheet=sheet,
        number=number,
        published_at=published_at,
        document_kind=_("Interview guide") if number else _("Draft of an interview guide"),
        job_title=content.job_title,
        guide_version=number,
        size=choice.paper.value,
    )

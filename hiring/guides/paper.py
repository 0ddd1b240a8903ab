"""A guide as PDF: the interviewer's copy with rubrics and room to write, and a compact one to have at hand.

These two are in the language of the guide, whatever the reader's is. Blank scorecards, cards and the kick-off sheet
are in any language that the version was published in.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.guides.data import guide_tables
from hiring.guides.document import frozen_draft, guide_sheet
from hiring.guides.frozen import FrozenGuide, frozen_guide, languages_of
from hiring.i18n import _, listed
from hiring.i18n import lazy_gettext as _l
from hiring.models import Guide, GuideVersion
from question_bank import brief_fields

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


def scorecard_paper(version: GuideVersion, choice: Choice) -> Prepared:
    """A blank scorecard, in the language that was chosen where the version has it."""
    return _in_chosen_language("guides/scorecard.print.html", _l("blank scorecard"), version, choice)


def cards_paper(version: GuideVersion, choice: Choice) -> Prepared:
    """One card for each question."""
    return _in_chosen_language("guides/cards.print.html", _l("interviewer cards"), version, choice)


def kick_off_paper(version: GuideVersion, choice: Choice) -> Prepared:
    """What a hiring team agrees on before the first interview."""
    job = version.guide.job
    language = _language(version, choice)
    return _in_chosen_language(
        "guides/kick_off.print.html",
        _l("kick-off sheet"),
        version,
        choice,
        team=listed(member.person.name for member in job.members),
        cut=job.cut.level if job.cut else None,
        floors={each.skill_id: each.floor for each in job.skills},
        brief=[
            (field.label, getattr(job.brief, field.id))
            for field in brief_fields(language)
            if job.brief and getattr(job.brief, field.id, "").strip()
        ],
    )


def _language(version: GuideVersion, choice: Choice) -> str:
    chosen = choice.language or version.language
    return chosen if chosen in languages_of(version) else version.language


def _in_chosen_language(
    template: str, kind: Any, version: GuideVersion, choice: Choice, **shown: Any
) -> Prepared:
    content = frozen_guide(version, _language(version, choice))
    with force_locale(content.language):
        words = str(kind)
        return prepared(
            template,
            title=f"{words[:1].upper()}{words[1:]}: {content.job_title}",
            name=(words, content.job_title, _("version %(n)s", n=version.number)),
            choice=choice,
            language=content.language,
            sheet=guide_sheet(content),
            number=version.number,
            document_kind=f"{words[:1].upper()}{words[1:]}",
            job_title=content.job_title,
            guide_version=version.number,
            size=choice.paper.value,
            **shown,
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

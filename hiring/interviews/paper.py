"""What a candidate is told before an interview, as PDF: topics, time, people and help, and no question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import force_locale

from hiring.candidates.naming import name_of
from hiring.export.choice import Choice
from hiring.export.printed import Prepared, prepared
from hiring.guides.frozen import FrozenSkill, frozen_guide, languages_of
from hiring.i18n import _
from hiring.models import Interview


@dataclass(frozen=True)
class Handout:
    """One interview as its candidate reads about it; it starts by the clock of its own time zone."""

    candidate: str
    job_title: str
    starts_at: datetime
    zone: str
    minutes: int
    place: str
    people: tuple[str, ...]
    topics: tuple[FrozenSkill, ...]
    contact: str


def handout_of(interview: Interview, language: str = "") -> Handout:
    """The sheet; topics are in ``language`` where the guide was published in it, else in the interview's own."""
    version, application = interview.guide_version, interview.application
    known = language if language in languages_of(version) else interview.language
    guide = frozen_guide(version, known)
    round_ = guide.round_at(interview.round_position)
    job, zone = application.job, interview.time_zone or "UTC"
    return Handout(
        candidate=name_of(application),
        job_title=job.title,
        starts_at=interview.starts_at.astimezone(ZoneInfo(zone)),
        zone=zone.replace("_", " "),
        minutes=round_.minutes,
        place=interview.place,
        people=tuple(seat.person.name for seat in interview.panel),
        topics=tuple(guide.skills_by_id[skill_id] for skill_id in round_.skill_ids),
        contact=", ".join(each for each in (job.contact_name, job.contact_channel) if each),
    )


def handout_paper(interview: Interview, choice: Choice) -> Prepared:
    """The handout, in the language that was chosen, else in the interview's own."""
    language = choice.language or interview.language or interview.guide_version.language
    handout = handout_of(interview, language)
    with force_locale(language):
        return prepared(
            "interviews/handout.print.html",
            title=_("Your interview: %(job)s", job=handout.job_title),
            name=(_("your interview"), handout.job_title, handout.candidate),
            choice=choice,
            language=language,
            confidential=False,
            handout=handout,
            document_kind=_("Your interview"),
            job_title=handout.job_title,
        )

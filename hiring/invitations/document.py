"""Who is to be told what of an interview, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hiring.i18n import _
from hiring.invitations.queries import invitations_to
from hiring.models import Interview, InterviewStatus, Invitation, News, Person
from hiring.settings import Settings


@dataclass(frozen=True)
class Guest:
    """Somebody whom an interview concerns; ``news`` is None for whoever knows how it stands."""

    person: Person
    news: News | None
    told_at: datetime | None
    failure: str


def guests_of(interview: Interview) -> tuple[Guest, ...]:
    """The panel in its order, then those who were invited once and do not sit on it any more."""
    known = {each.person_id: each for each in invitations_to(interview)}
    panel = [seat.person for seat in interview.panel]
    former = [
        each.person for each in known.values() if each.person not in panel and each.sequence is not None
    ]
    return tuple(
        _guest(interview, person, known.get(person.id), person in panel) for person in (*panel, *former)
    )


def _guest(interview: Interview, person: Person, told: Invitation | None, is_seated: bool) -> Guest:
    if told is None:
        told = Invitation(sequence=None, is_called_off=False, sent_at=None, failure="")
    expected = is_seated and interview.status is not InterviewStatus.CANCELLED
    news = _news(interview, told) if expected else _end(told)
    return Guest(person, news, told.sent_at, told.failure)


def _news(interview: Interview, told: Invitation) -> News | None:
    """What somebody on the panel does not know yet; what is over is no news."""
    if interview.status is not InterviewStatus.PLANNED:
        return None
    if told.sequence is None or told.is_called_off:
        return News.INVITED
    return News.CHANGED if told.sequence != interview.revision else None


def _end(told: Invitation) -> News | None:
    """Whether somebody who was invited still has to learn that it is off."""
    return News.CALLED_OFF if told.sequence is not None and not told.is_called_off else None


def invitation_words(interview: Interview, person: Person, news: News, settings: Settings) -> tuple[str, str]:
    """Subject and text of an invitation. It names job, time and place, and not the candidate."""
    when = interview.starts_at.astimezone(ZoneInfo(interview.time_zone or "UTC"))
    known = {
        "name": person.name,
        "job": interview.application.job.title,
        "day": f"{when:%Y-%m-%d}",
        "time": f"{when:%H:%M}",
        "zone": (interview.time_zone or "UTC").replace("_", " "),
        "place": interview.place or _("not said yet"),
        "link": f"{settings.shown_address}/interviews/{interview.id}",
    }
    subjects = {
        News.INVITED: _("Interview on %(day)s: %(job)s", **known),
        News.CHANGED: _("Changed: interview on %(day)s, %(job)s", **known),
        News.CALLED_OFF: _("Called off: interview on %(day)s, %(job)s", **known),
    }
    if news is News.CALLED_OFF:
        text = _(
            "Dear %(name)s,\n\n"
            "the interview on %(day)s at %(time)s (%(zone)s, %(job)s) does not take place with you. "
            "Nobody expects a scorecard of you. The attached file takes it out of your calendar.",
            **known,
        )
    else:
        text = _(
            "Dear %(name)s,\n\n"
            "you interview on %(day)s at %(time)s (%(zone)s) for the job “%(job)s”. Place: %(place)s.\n\n"
            "Whom you meet, what you ask, and the scorecard: %(link)s\n\n"
            "The attached file puts it into your calendar, or moves it there. If you know the candidate, as a "
            "relative, a friend or from work, say so on that page before you prepare.",
            **known,
        )
    return subjects[news], text + "\n"

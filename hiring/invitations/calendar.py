"""An interview as a calendar file that calendars of all kinds take in (RFC 5545, RFC 5546).

It has the same UID for ever and a SEQUENCE that grows with each change, so that taken in again it moves the entry, and
as a cancellation it strikes the entry out. Times are told by the interview's own clock, whose rules stand in the file.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from hiring.guides.frozen import frozen_guide
from hiring.i18n import _
from hiring.models import Interview, InterviewStatus, Person
from hiring.settings import Settings


def calendar_file(
    interview: Interview, settings: Settings, guest: Person | None = None, method: str = ""
) -> bytes:
    """The interview as one event that links to the kit; taken in again, it replaces the earlier one.

    For a ``guest`` it is an invitation with the method REQUEST, or one that is called off with CANCEL.
    """
    is_cancelled = interview.status is InterviewStatus.CANCELLED or method == "CANCEL"
    starts_at = interview.starts_at.astimezone(ZoneInfo(interview.time_zone or "UTC"))
    kit = f"{settings.shown_address}/interviews/{interview.id}/scorecard"
    minutes = frozen_guide(interview.guide_version).round_at(interview.round_position).minutes
    event = Event()
    event.add("uid", f"interview-{interview.id}@{settings.shown_address.partition('://')[2]}")
    event.add("dtstamp", interview.created_at)
    event.add("dtstart", starts_at)
    event.add("dtend", (interview.starts_at + timedelta(minutes=minutes)).astimezone(starts_at.tzinfo))
    event.add("sequence", interview.revision)
    event.add("summary", _("Interview: %(job)s", job=interview.application.job.title))
    event.add("description", _("Kit and scorecard: %(link)s", link=kit))
    event.add("url", kit)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if settings.mail_from:
        event.add("organizer", f"mailto:{parseaddr(settings.mail_from)[1]}")
    if guest is not None:
        event.add("attendee", f"mailto:{guest.email}", {"CN": guest.name, "ROLE": "REQ-PARTICIPANT"})
    if interview.place:
        event.add("location", interview.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Hiring toolkit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else method or "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())

"""An interview as a calendar file that calendars of all kinds take in (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event

from hiring.guides.frozen import frozen_guide
from hiring.i18n import _
from hiring.models import Interview, InterviewStatus
from hiring.settings import Settings


def calendar_file(interview: Interview, settings: Settings) -> bytes:
    """The interview as one event that links to the kit; taken in again, it replaces the earlier one."""
    kit = f"{settings.shown_address}/interviews/{interview.id}/scorecard"
    minutes = frozen_guide(interview.guide_version).round_at(interview.round_position).minutes
    event = Event()
    event.add("uid", f"interview-{interview.id}@{settings.shown_address.partition('://')[2]}")
    event.add("dtstamp", interview.created_at)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.starts_at + timedelta(minutes=minutes))
    event.add("sequence", interview.revision)
    event.add("summary", _("Interview: %(job)s", job=interview.application.job.title))
    event.add("description", _("Kit and scorecard: %(link)s", link=kit))
    event.add("url", kit)
    event.add("status", "CANCELLED" if interview.status is InterviewStatus.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    if interview.place:
        event.add("location", interview.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Hiring toolkit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())

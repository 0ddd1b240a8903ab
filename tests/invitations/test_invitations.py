"""Invitations: the calendar file, and mail that tells each interviewer what they do not know yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from hiring.conflicts.operations import declare
from hiring.extensions import db
from hiring.interviews.operations import cancel_interview, change_interview
from hiring.invitations.document import guests_of
from hiring.models import AuditEvent, ConflictKind, Interview, InterviewStatus, Job, News, Person, now
from tests import factories
from tests.conftest import SignIn
from tests.mail_server import Letters


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def interview(job: Job, hugo: Person, ivy: Person, ian: Person) -> Interview:
    """Tomorrow, by Ivy and Ian."""
    version = factories.guide_version(job, hugo)
    found = factories.interview(
        factories.application(job),
        version,
        ivy,
        ian,
        starts_at=now() + timedelta(days=1),
        status=InterviewStatus.PLANNED,
    )
    db.session.commit()
    return found


def due(interview: Interview) -> dict[str, News | None]:
    return {each.person.name: each.news for each in guests_of(interview)}


def file_of(message: EmailMessage) -> Calendar:
    """The part that calendars show; it says the same as the attached file."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    shown, attached = (_lines(part) for part in parts)
    assert shown == attached
    return Calendar.from_ical("\r\n".join(shown))


def _lines(part: Message) -> list[str]:
    said = part.get_payload(decode=True)
    assert isinstance(said, bytes)
    return said.decode().splitlines()


def test_the_panel_is_invited_once_told_of_changes_and_of_the_end(
    mailed: Letters, interview: Interview, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    address = f"/interviews/{interview.id}/invite"
    assert due(interview) == {"Ivy": News.INVITED, "Ian": News.INVITED}

    sign_in(hugo).post(address)
    assert mailed.addresses == ["ivy@example.org", "ian@example.org"]
    invited = file_of(mailed.taken[0])
    again = sign_in(hugo).post(address, follow_redirects=True)
    assert "Everybody knows how this interview stands." in again.text
    assert len(mailed.taken) == 2

    later = interview.starts_at + timedelta(hours=2)
    change_interview(interview, hugo, interview.guide_version, later, [ivy])
    db.session.commit()
    assert due(interview) == {"Ivy": News.CHANGED, "Ian": News.CALLED_OFF}
    sign_in(hugo).post(address)
    moved, struck = (file_of(each) for each in mailed.taken[2:])

    assert [str(each["METHOD"]) for each in (invited, moved, struck)] == ["REQUEST", "REQUEST", "CANCEL"]
    (before,), (after,), (gone,) = (each.walk("VEVENT") for each in (invited, moved, struck))
    assert before["UID"] == after["UID"] == gone["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") - before.decoded("DTSTART") == timedelta(hours=2)
    assert str(gone["ATTENDEE"]) == "mailto:ian@example.org"
    assert str(after["ORGANIZER"]) == "mailto:hiring@example.org"

    cancel_interview(interview, hugo, "The budget is gone.")
    db.session.commit()
    assert due(interview) == {"Ivy": News.CALLED_OFF, "Ian": None}
    sign_in(hugo).post(address)
    assert mailed.addresses[4:] == ["ivy@example.org"]
    assert str(file_of(mailed.taken[4])["METHOD"]) == "CANCEL"
    assert set(due(interview).values()) == {None}


def test_who_leaves_because_of_a_conflict_is_called_off(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    sign_in(hugo).post(f"/interviews/{interview.id}/invite")
    declare(interview.application, ian, ConflictKind.FRIEND, by=ian)
    db.session.commit()

    assert due(interview) == {"Ivy": News.CHANGED, "Ian": News.CALLED_OFF}


def test_neither_the_candidate_nor_ratings_are_named(
    mailed: Letters, interview: Interview, hugo: Person, sign_in: SignIn
) -> None:
    sign_in(hugo).post(f"/interviews/{interview.id}/invite")

    assert mailed.taken
    assert all("Carl" not in message.as_string() for message in mailed.taken)


def test_who_is_told_again_is_who_could_not_be_reached(
    mailed: Letters, interview: Interview, hugo: Person, sign_in: SignIn
) -> None:
    mailed.refuses = "550 Not here"
    refused = sign_in(hugo).post(f"/interviews/{interview.id}/invite", follow_redirects=True)
    assert "Ivy: The mail server refused: 550 Not here" in refused.text
    assert due(interview) == {"Ivy": News.INVITED, "Ian": News.INVITED}
    assert not db.session.scalars(select(AuditEvent).where(AuditEvent.action == "send_invitation")).all()

    mailed.refuses = ""
    sign_in(hugo).post(f"/interviews/{interview.id}/invite")

    assert mailed.addresses == ["ivy@example.org", "ian@example.org"]
    assert set(due(interview).values()) == {None}


def test_without_a_mail_server_nothing_is_offered_and_nothing_is_lost(
    interview: Interview, hugo: Person, sign_in: SignIn
) -> None:
    page = sign_in(hugo).get(f"/interviews/{interview.id}").text
    answer = sign_in(hugo).post(f"/interviews/{interview.id}/invite", follow_redirects=True)

    assert "No mail server is named" in page
    assert f"/interviews/{interview.id}/invite" not in page
    assert "Mail is not set up" in answer.text
    assert due(interview) == {"Ivy": News.INVITED, "Ian": News.INVITED}


def test_only_who_may_change_the_interview_invites(
    mailed: Letters, interview: Interview, ivy: Person, olga: Person, sign_in: SignIn
) -> None:
    for person in (ivy, olga):
        assert sign_in(person).post(f"/interviews/{interview.id}/invite").status_code == 403
    assert not mailed.taken


# The calendar file for oneself


def test_the_calendar_file_opens_the_kit(
    app: Flask, mailed: Letters, interview: Interview, ivy: Person, olga: Person, sign_in: SignIn
) -> None:
    interview.place = "Room 2; second floor, left"
    db.session.commit()
    address = f"/interviews/{interview.id}/calendar.ics"

    answer = sign_in(ivy).get(address)
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")

    assert answer.mimetype == "text/calendar"
    assert str(event["URL"]) == f"https://hiring.example.org/interviews/{interview.id}/scorecard"
    assert str(event["LOCATION"]) == "Room 2; second floor, left"
    assert event.decoded("DTSTART") == interview.starts_at.replace(microsecond=0)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
    assert "Carl" not in answer.text
    assert sign_in(olga).get(address).status_code == 403


def test_a_calendar_file_of_a_cancelled_interview_says_so(
    interview: Interview, hugo: Person, sign_in: SignIn
) -> None:
    interview.status = InterviewStatus.CANCELLED
    db.session.commit()

    said = sign_in(hugo).get(f"/interviews/{interview.id}/calendar.ics").data

    assert b"STATUS:CANCELLED" in said
    assert b"METHOD:CANCEL" in said


def test_a_calendar_file_tells_the_time_by_the_interviews_own_clock_and_moves_the_entry(
    interview: Interview, hugo: Person, sign_in: SignIn
) -> None:
    interview.starts_at, interview.time_zone = datetime(2026, 12, 1, 8, 30, tzinfo=UTC), "Europe/Copenhagen"
    db.session.commit()
    address = f"/interviews/{interview.id}/calendar.ics"
    first = Calendar.from_ical(sign_in(hugo).get(address).data)
    interview.starts_at = datetime(2027, 7, 1, 8, 30, tzinfo=UTC)
    db.session.commit()
    second = Calendar.from_ical(sign_in(hugo).get(address).data)

    (before,), (after,) = first.walk("VEVENT"), second.walk("VEVENT")
    assert (before["DTSTART"].params["TZID"], f"{before.decoded('DTSTART'):%H:%M}") == (
        "Europe/Copenhagen",
        "09:30",
    )
    assert f"{after.decoded('DTSTART'):%H:%M}" == "10:30"  # Summer time.
    assert [str(each["TZID"]) for each in second.walk("VTIMEZONE")] == ["Europe/Copenhagen"]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]

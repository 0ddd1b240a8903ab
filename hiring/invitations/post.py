"""Sending what somebody is to be told of an interview, with a file that calendars take in."""

from __future__ import annotations

from hiring.errors import SetupProblem
from hiring.invitations.calendar import calendar_file
from hiring.invitations.document import Guest, invitation_words
from hiring.invitations.operations import note_failure, note_told
from hiring.mail import NotSent, letter, send
from hiring.models import Interview, News, Person
from hiring.settings import Settings


def tell(interview: Interview, guest: Guest, news: News, by: Person, settings: Settings) -> None:
    """Sends the news to one person and notes it; whoever calls commits, also when NotSent or SetupProblem is raised.

    A mail that was sent and not noted, because the power went, is sent again: calendars know it by its UID.
    """
    method = "CANCEL" if news is News.CALLED_OFF else "REQUEST"
    subject, text = invitation_words(interview, guest.person, news, settings)
    message = letter(settings, guest.person.name, guest.person.email, subject, text)
    file = calendar_file(interview, settings, guest.person, method).decode()
    # As an alternative calendars show it with buttons; as a file every other program can keep it.
    message.add_alternative(file, subtype="calendar", params={"method": method})
    message.add_attachment(file, subtype="calendar", filename="interview.ics", params={"method": method})
    try:
        send(settings, message)
    except (NotSent, SetupProblem) as problem:
        note_failure(interview, guest.person, str(problem))
        raise
    note_told(interview, guest.person, news, by)

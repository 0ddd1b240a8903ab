"""Noting what somebody was told of an interview."""

from __future__ import annotations

from hiring import audit
from hiring.extensions import db
from hiring.invitations.queries import invitations_to
from hiring.models import Interview, Invitation, News, Person, now


def note_told(interview: Interview, person: Person, news: News, by: Person) -> None:
    """The mail server took the message."""
    invitation = _invitation(interview, person)
    invitation.sequence, invitation.sent_at, invitation.failure = interview.revision, now(), ""
    invitation.is_called_off = news is News.CALLED_OFF
    application = interview.application
    audit.record(
        "send_invitation",
        interview,
        by,
        application.job_id,
        application_id=application.id,
        person=person.name,
        news=news.value,
    )


def note_failure(interview: Interview, person: Person, sentence: str) -> None:
    """The mail server did not take it; the person is to be told at the next attempt."""
    _invitation(interview, person).failure = sentence


def _invitation(interview: Interview, person: Person) -> Invitation:
    for known in invitations_to(interview):
        if known.person_id == person.id:
            return known
    made = Invitation(interview=interview, person=person)
    db.session.add(made)
    return made

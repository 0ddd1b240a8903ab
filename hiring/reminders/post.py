"""Sending a claimed reminder, and noting what became of it."""

from __future__ import annotations

from hiring.errors import SetupProblem
from hiring.mail import NotSent, letter, send
from hiring.models import Reminder
from hiring.reminders.document import current_rule, reminder_words, seat_of
from hiring.reminders.operations import note_failure, note_sent
from hiring.reminders.queries import owed_seat
from hiring.settings import Settings


def deliver(reminder: Reminder, settings: Settings) -> None:
    """Sends the reminder; whoever calls commits, also when NotSent or SetupProblem is raised.

    Who submitted between claiming and sending gets none.
    """
    row = owed_seat(reminder.interview_id, reminder.person_id, reminder.claimed_at)
    if row is None:
        return
    subject, text = reminder_words(seat_of(row), current_rule(), settings)
    try:
        send(settings, letter(settings, row.name, row.email, subject, text))
    except (NotSent, SetupProblem) as problem:
        note_failure(reminder, str(problem))
        raise
    note_sent(reminder)

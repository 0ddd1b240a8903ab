"""Setting the rule, and claiming a reminder before it is sent, so that two processes never send the same one."""

from __future__ import annotations

from datetime import datetime, timedelta

from hiring import audit
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Panelist, Person, Reminder, ReminderRule, now
from hiring.reminders.document import OwedSeat, Rule, current_rule, seat_of, time_zones
from hiring.reminders.queries import latest_reminder, owed_seat, stored_rule

ONE_HOUR = timedelta(hours=1)
RANGES = {
    "first_after_hours": (1, 720),
    "every_hours": (1, 720),
    "most": (1, 20),
    "quiet_from": (0, 23),
    "quiet_until": (0, 23),
}


def set_rule(by: Person, wanted: Rule, revision: int | None = None) -> ReminderRule:
    """Writes the rule; the first time this makes it."""
    values = {name: getattr(wanted, name) for name in Rule.__dataclass_fields__ if name != "revision"}
    for name, (least, most) in RANGES.items():
        if not least <= values[name] <= most:
            sentence = _("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
            raise Refused(sentence, field=name)
    if wanted.time_zone not in time_zones():
        raise Refused(_("Choose a time zone from the list, such as Europe/Copenhagen."), field="time_zone")
    found = stored_rule()
    if revision is not None and revision != (found.revision if found else 0):
        raise Stale(_("Somebody else changed the rule since you opened the page. See what is stored now."))
    found = found or ReminderRule(id=1)
    for name, value in values.items():
        setattr(found, name, value)
    db.session.add(found)
    audit.record("set_reminder_rule", found, by, **values)
    return found


def claim_due(seat: OwedSeat, moment: datetime) -> Reminder | None:
    """Claims the reminder that the rule wants from this seat; None if it is no longer owed or was claimed meanwhile."""
    found = _still_owed(seat.interview_id, seat.person_id, moment)
    rule = current_rule()
    if found is None or rule.is_quiet(moment) or not found.is_due(rule, moment):
        return None
    return _claim(found, moment, by=None)


def claim(panelist: Panelist, by: Person, moment: datetime | None = None) -> Reminder:
    """Claims a reminder that a colleague asks for.

    Raises Refused where nothing is owed, in quiet hours, and within an hour of the last one.
    """
    at = moment or now()
    seat, rule = _still_owed(panelist.interview_id, panelist.person_id, at), current_rule()
    name = panelist.person.name
    if seat is None:
        raise Refused(_("%(name)s owes no scorecard for this interview now.", name=name))
    if rule.is_quiet(at):
        opens = f"{rule.next_open_hour(at):%Y-%m-%d %H:%M}"
        raise Refused(_("These are quiet hours. Remind %(name)s from %(time)s on.", name=name, time=opens))
    if seat.reminded_at and not seat.failure and at < seat.reminded_at + ONE_HOUR:
        raise Refused(_("%(name)s was reminded less than an hour ago.", name=name))
    return _claim(seat, at, by)


def note_sent(reminder: Reminder) -> None:
    """The mail server has taken it."""
    reminder.sent_at, reminder.failure = now(), ""
    audit.record("send_reminder", reminder, None, interview_id=reminder.interview_id, number=reminder.number)


def note_failure(reminder: Reminder, sentence: str) -> None:
    """The mail server has not taken it; the next run tries again."""
    reminder.failure = sentence


def _still_owed(interview_id: int, person_id: int, moment: datetime) -> OwedSeat | None:
    row = owed_seat(interview_id, person_id, moment)
    return None if row is None else seat_of(row)


def _claim(seat: OwedSeat, moment: datetime, by: Person | None) -> Reminder:
    found = latest_reminder(seat.interview_id, seat.person_id)
    if found is None or found.number != seat.next_number:
        found = Reminder(
            interview_id=seat.interview_id, person_id=seat.person_id, number=seat.next_number, failure=""
        )
        db.session.add(found)
    found.claimed_at, found.failure = moment, ""
    found.asked_by_id = by.id if by else None
    db.session.flush()
    return found

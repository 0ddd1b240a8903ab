"""Who owes what, when the next reminder is due, and whether this is an hour in which anybody is written to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from hiring.i18n import _
from hiring.interviews.queries import AN_INTERVIEW
from hiring.models import ReminderRule, now
from hiring.reminders.queries import owed_seats, stored_rule
from hiring.settings import Settings

ONE_HOUR = timedelta(hours=1)
SATURDAY = 5
LONGEST_QUIET = 24 * 4  # Hours; a weekend with the nights around it is shorter.


@dataclass(frozen=True)
class Rule:
    """When those who owe are reminded; ``is_on`` says whether that happens by itself."""

    is_on: bool = False
    first_after_hours: int = 4
    every_hours: int = 24
    most: int = 3
    quiet_from: int = 19
    quiet_until: int = 8
    quiet_on_weekends: bool = True
    time_zone: str = "UTC"
    revision: int = 0

    def local(self, moment: datetime) -> datetime:
        """The moment on the organisation's clock."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nobody is written to at this moment."""
        here = self.local(moment)
        if self.quiet_on_weekends and here.weekday() >= SATURDAY:
            return True
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= here.hour < self.quiet_until
        return here.hour >= self.quiet_from or here.hour < self.quiet_until

    def next_open_hour(self, moment: datetime) -> datetime:
        """The first full hour from ``moment`` on, on the organisation's clock, in which people are written to.

        Hours are counted in UTC, so that a night in which the clock changes is neither skipped nor met twice.
        """
        hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        hours = (hour + ONE_HOUR * n for n in range(1, LONGEST_QUIET))
        return self.local(next(each for each in hours if not self.is_quiet(each)))


@dataclass(frozen=True)
class OwedSeat:
    """One scorecard that is owed, and what was done to remind its writer."""

    panelist_id: int
    interview_id: int
    application_id: int
    job_id: int
    person_id: int
    name: str
    email: str
    candidate: str
    job: str
    starts_at: datetime
    is_begun: bool
    reminders: int
    reminded_at: datetime | None
    failure: str

    @property
    def ended_at(self) -> datetime:
        """When the scorecard could first be expected."""
        return self.starts_at + AN_INTERVIEW

    @property
    def next_number(self) -> int:
        """The number of the next reminder; one that could not be sent is tried again under its own number."""
        return max(self.reminders, 1) if self.failure or not self.reminders else self.reminders + 1

    def is_due(self, rule: Rule, moment: datetime) -> bool:
        """Whether the rule wants a reminder now; quiet hours are asked about apart."""
        if self.failure:
            return True
        if self.reminders >= rule.most:
            return False
        if self.reminded_at is None:
            return moment >= self.ended_at + rule.first_after_hours * ONE_HOUR
        return moment >= self.reminded_at + rule.every_hours * ONE_HOUR


@dataclass(frozen=True)
class OwedSheet:
    """Everything owed that the reader may know of."""

    seats: tuple[OwedSeat, ...]
    rule: Rule
    sends_mail: bool
    opens_at: datetime | None

    @property
    def people(self) -> int:
        """How many people owe anything."""
        return len({seat.person_id for seat in self.seats})


def rule_of(stored: ReminderRule | None) -> Rule:
    """The rule in force: the stored one, else suggestions that are switched off."""
    if stored is None:
        return Rule()
    return Rule(**{name: getattr(stored, name) for name in Rule.__dataclass_fields__})


def current_rule() -> Rule:
    """The organisation's rule now."""
    return rule_of(stored_rule())


def seat_of(row: Any) -> OwedSeat:
    """One row of ``queries.owed_seats``."""
    return OwedSeat(
        panelist_id=row.panelist_id,
        interview_id=row.interview_id,
        application_id=row.application_id,
        job_id=row.job_id,
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        candidate=row.candidate,
        job=row.job,
        starts_at=row.starts_at,
        is_begun=row.saved_at is not None,
        reminders=row.reminders,
        reminded_at=row.reminded_at,
        failure=row.failure or "",
    )


def owed_sheet(
    job_ids: Collection[int] | None, sends_mail: bool, moment: datetime | None = None
) -> OwedSheet:
    """What is owed in these jobs, and whether anybody may be written to now."""
    at, rule = moment or now(), current_rule()
    return OwedSheet(
        seats=tuple(map(seat_of, owed_seats(job_ids, at))),
        rule=rule,
        sends_mail=sends_mail,
        opens_at=rule.next_open_hour(at) if rule.is_quiet(at) else None,
    )


def due_seats(moment: datetime) -> tuple[OwedSeat, ...]:
    """Those who are to be reminded at this moment by the organisation's rule."""
    rule = current_rule()
    if not rule.is_on or rule.is_quiet(moment):
        return ()
    return tuple(seat for seat in map(seat_of, owed_seats(None, moment)) if seat.is_due(rule, moment))


def reminder_words(seat: OwedSeat, rule: Rule, settings: Settings) -> tuple[str, str]:
    """Subject and text of a reminder. It names job and time, and neither the candidate nor anybody's ratings."""
    when = rule.local(seat.starts_at)
    subject = _("Your scorecard is still missing: %(job)s, %(day)s", job=seat.job, day=f"{when:%Y-%m-%d}")
    text = _(
        "Dear %(name)s,\n\n"
        "your scorecard for the interview on %(day)s at %(time)s (%(job)s) has not been submitted yet. "
        "What one remembers fades within hours, so please finish it today.\n\n"
        "Open your kit: %(link)s\n\n"
        "You get this because you were on the panel. Once you submit, no more reminders come.",
        name=seat.name,
        job=seat.job,
        day=f"{when:%Y-%m-%d}",
        time=f"{when:%H:%M}",
        link=f"{settings.shown_address}/interviews/{seat.interview_id}/scorecard",
    )
    return subject, text + "\n"


def time_zones() -> list[str]:
    """The names of all time zones, sorted."""
    return sorted(available_timezones())

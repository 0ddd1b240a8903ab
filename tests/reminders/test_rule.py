"""When people are written to: after the interview, not too often, never in quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import ApplicationStatus, InterviewStatus, Job, Person, Reminder
from hiring.reminders.document import Rule, current_rule, due_seats
from hiring.reminders.operations import claim_due, note_failure, set_rule
from tests import factories
from tests.conftest import SignIn

TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
RULE = Rule(is_on=True, first_after_hours=4, every_hours=24, most=2, quiet_from=19, quiet_until=8)
HOUR = timedelta(hours=1)


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


def held(job: Job, *panel: Person, at: datetime = TUESDAY_NOON - 6 * HOUR, name: str = "Carl"):  # type: ignore[no-untyped-def]
    lead = panel[0]
    version = factories.guide_version(job, lead, number=sum(map(ord, name)))
    return factories.interview(factories.application(job, name), version, *panel, starts_at=at)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-03-03T12:00", False),
        ("2026-03-03T18:59", False),
        ("2026-03-03T19:00", True),
        ("2026-03-03T23:30", True),
        ("2026-03-04T07:59", True),
        ("2026-03-04T08:00", False),
        ("2026-03-07T12:00", True),  # A Saturday.
        ("2026-03-08T12:00", True),
    ],
)
def test_nobody_is_written_to_in_quiet_hours(moment: str, quiet: bool) -> None:
    assert RULE.is_quiet(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is quiet


def test_quiet_hours_are_read_from_the_organisations_clock() -> None:
    rule = Rule(quiet_from=19, quiet_until=8, time_zone="Asia/Shanghai")

    assert rule.is_quiet(TUESDAY_NOON)  # Eight in the evening there.
    assert rule.next_open_hour(TUESDAY_NOON).isoformat() == "2026-03-04T08:00:00+08:00"


def test_a_weekend_ends_on_monday_morning() -> None:
    friday_night = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)

    assert RULE.next_open_hour(friday_night).isoformat() == "2026-03-09T08:00:00+00:00"


def test_the_same_hour_twice_means_no_quiet_hours() -> None:
    rule = Rule(quiet_from=8, quiet_until=8, quiet_on_weekends=False)

    assert not any(rule.is_quiet(TUESDAY_NOON + HOUR * n) for n in range(24 * 7))


def test_only_those_who_owe_are_due(job: Job, hugo: Person, ivy: Person, ian: Person, ada: Person) -> None:
    set_rule(ada, RULE)
    over = held(job, hugo, ivy, ian)
    factories.scorecard(over, ivy)
    factories.scorecard(over, hugo, submitted=False)

    assert [seat.name for seat in due_seats(TUESDAY_NOON)] == ["Hugo", "Ian"]


def test_nobody_is_due_before_the_interview_is_over_for_long_enough(
    job: Job, ivy: Person, ada: Person
) -> None:
    set_rule(ada, RULE)
    planned = held(job, ivy, at=TUESDAY_NOON)
    planned.status = InterviewStatus.PLANNED
    db.session.flush()

    due = {hours: len(due_seats(TUESDAY_NOON + hours * HOUR)) for hours in (-3, 0, 1, 2, 4, 5, 6)}

    assert due == {-3: 0, 0: 0, 1: 0, 2: 0, 4: 0, 5: 1, 6: 1}


def test_cancelled_interviews_closed_jobs_and_people_who_left_are_left_alone(
    job: Job, hugo: Person, ivy: Person, ian: Person, ada: Person
) -> None:
    set_rule(ada, RULE)
    held(job, ivy).status = InterviewStatus.CANCELLED
    other = factories.job("Clerk", lead=hugo)
    other.status = "closed"
    held(other, ivy, name="Dora")
    held(job, ian, name="Elsa")
    ian.active = False
    db.session.flush()

    assert due_seats(TUESDAY_NOON) == ()


def test_a_decision_changes_nothing_for_who_owes(job: Job, ivy: Person, ada: Person) -> None:
    set_rule(ada, RULE)
    application = held(job, ivy).application
    decided, withdrew = ApplicationStatus.CLOSED_NOT_SELECTED, ApplicationStatus.WITHDRAWN
    application.status_reason = "Told."
    due = {}
    for status in (application.status, decided, withdrew):
        application.status = status
        db.session.flush()
        due[status] = len(due_seats(TUESDAY_NOON))

    assert due == {ApplicationStatus.INTERVIEW_SCHEDULED: 1, decided: 1, withdrew: 0}


def test_reminders_keep_their_distance_and_end(job: Job, ivy: Person, ada: Person) -> None:
    set_rule(ada, RULE)
    held(job, ivy)
    sent = []
    for hours in range(24 * 3):
        moment = TUESDAY_NOON + hours * HOUR
        for seat in due_seats(moment):
            reminder = claim_due(seat, moment)
            assert reminder is not None
            sent.append((hours, reminder.number))

    assert sent == [(0, 1), (24, 2)]


def test_a_reminder_is_claimed_once(job: Job, ivy: Person, ada: Person) -> None:
    set_rule(ada, RULE)
    held(job, ivy)
    (seat,) = due_seats(TUESDAY_NOON)

    first, second = claim_due(seat, TUESDAY_NOON), claim_due(seat, TUESDAY_NOON)

    assert first is not None
    assert second is None


def test_a_reminder_that_was_not_taken_is_tried_again_under_its_number(
    job: Job, ivy: Person, ada: Person
) -> None:
    set_rule(ada, RULE)
    held(job, ivy)
    (seat,) = due_seats(TUESDAY_NOON)
    first = claim_due(seat, TUESDAY_NOON)
    assert first is not None
    note_failure(first, "The mail server could not be reached.")
    db.session.flush()
    (again,) = due_seats(TUESDAY_NOON + HOUR / 4)
    second = claim_due(again, TUESDAY_NOON + HOUR / 4)

    assert second is first
    assert db.session.scalars(db.select(Reminder.number)).all() == [1]


def test_the_rule_is_off_until_somebody_switches_it_on(job: Job, ivy: Person) -> None:
    held(job, ivy)

    assert current_rule().is_on is False
    assert due_seats(TUESDAY_NOON) == ()


FORM = {
    "is_on": "y",
    "first_after_hours": "6",
    "every_hours": "24",
    "most": "3",
    "quiet_from": "18",
    "quiet_until": "9",
    "time_zone": "Europe/Copenhagen",
    "revision": "0",
}


def test_an_administrator_sets_the_rule(ada: Person, sign_in: SignIn) -> None:
    answer = sign_in(ada).post("/organisation/reminders", data=FORM)

    assert answer.status_code == 303
    assert current_rule() == Rule(True, 6, 24, 3, 18, 9, False, "Europe/Copenhagen", 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"most": "0"}, "Write a whole number from 1 to 20."),
        ({"quiet_from": "24"}, "Write a whole number from 0 to 23."),
        ({"every_hours": "soon"}, "Write a whole number, such as 7."),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list"),
    ],
)
def test_a_wrong_answer_stands_beside_its_field(
    ada: Person, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    answer = sign_in(ada).post("/organisation/reminders", data={**FORM, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="6"' in answer.text


def test_a_save_over_somebody_elses_is_refused(ada: Person, sign_in: SignIn) -> None:
    set_rule(ada, RULE)
    db.session.commit()

    answer = sign_in(ada).post("/organisation/reminders", data=FORM)

    assert answer.status_code == 422
    assert "Stored meanwhile by somebody else" in answer.text
    with pytest.raises(Stale):
        set_rule(ada, RULE, revision=7)


def test_only_administrators_set_the_rule(rosa: Person, hugo: Person, ada: Person, sign_in: SignIn) -> None:
    seen = {
        person.name: sign_in(person).get("/organisation/reminders").status_code
        for person in (rosa, hugo, ada)
    }

    assert seen == {"Rosa": 403, "Hugo": 403, "Ada": 200}
    with pytest.raises(Refused, match="from 0 to 23"):
        set_rule(ada, Rule(quiet_until=99))

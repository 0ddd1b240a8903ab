"""Mail that really goes through a mail server: by a person, by the command, and when the server says no."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from hiring import access
from hiring.extensions import db
from hiring.models import AuditEvent, Interview, InterviewStatus, Job, Person, Reminder, now
from hiring.reminders.document import Rule
from hiring.reminders.operations import set_rule
from tests import factories
from tests.command_line import Run
from tests.conftest import Queries, SignIn
from tests.mail_server import Letters

ALWAYS = Rule(is_on=True, first_after_hours=1, quiet_from=0, quiet_until=0, quiet_on_weekends=False)


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def interview(job: Job, hugo: Person, ivy: Person, ian: Person, ada: Person) -> Interview:
    """Ivy has submitted, Ian owes."""
    set_rule(ada, ALWAYS)
    found = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy, ian)
    factories.scorecard(found, ivy)
    db.session.commit()
    return found


def seat_of(interview: Interview, person: Person) -> int:
    return next(seat.id for seat in interview.panel if seat.person_id == person.id)


def test_a_lead_reminds_who_owes(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    answer = sign_in(hugo).post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)

    assert "Ian is reminded." in answer.text
    assert mailed.addresses == ["ian@example.org"]
    letter = mailed.taken[0]
    text = letter.get_content()
    assert f"https://hiring.example.org/interviews/{interview.id}/scorecard" in text
    assert (letter["From"], letter["Auto-Submitted"]) == ("Hiring <hiring@example.org>", "auto-generated")
    assert "Carl" not in text + letter["Subject"]
    assert "Reminded once" in answer.text
    assert db.session.scalars(db.select(AuditEvent.action)).all()[-1] == "send_reminder"


def test_the_link_opens_the_kit_after_signing_in(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    sign_in(hugo).post(f"/panelists/{seat_of(interview, ian)}/remind")
    link = next(word for word in mailed.taken[0].get_content().split() if word.startswith("https://"))
    page = link.removeprefix("https://hiring.example.org")

    assert sign_in(ian).get(page).status_code == 200
    assert sign_in(None).get(page).location == f"/sign-in?next={page}"


def test_whoever_submitted_is_not_reminded(
    mailed: Letters, interview: Interview, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    answer = sign_in(hugo).post(f"/panelists/{seat_of(interview, ivy)}/remind", follow_redirects=True)

    assert "Ivy owes no scorecard for this interview now." in answer.text
    assert mailed.taken == []


def test_nobody_is_reminded_of_an_interview_to_come(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    interview.status, interview.starts_at = InterviewStatus.PLANNED, now() + timedelta(hours=2)
    db.session.commit()

    answer = sign_in(hugo).post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)

    assert "owes no scorecard" in answer.text
    assert mailed.taken == []


def test_a_second_press_within_the_hour_sends_nothing(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    browser = sign_in(hugo)
    browser.post(f"/panelists/{seat_of(interview, ian)}/remind")
    answer = browser.post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)

    assert "was reminded less than an hour ago" in answer.text
    assert len(mailed.taken) == 1


def test_what_the_server_refuses_is_told_and_can_be_tried_again(
    mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    mailed.refuses = "552 The box is full"
    browser = sign_in(hugo)
    refused = browser.post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)
    mailed.refuses = ""
    taken = browser.post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)

    assert "The mail server refused: 552 The box is full" in refused.text
    assert "The last reminder was not sent" in refused.text
    assert "Ian is reminded." in taken.text
    assert [(each.number, each.failure) for each in db.session.scalars(db.select(Reminder))] == [(1, "")]


def test_a_server_out_of_reach_is_told(
    app: Flask, mailed: Letters, interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    known = app.extensions["hiring_settings"]
    app.extensions["hiring_settings"] = known.model_copy(update={"mail_port": 1})

    answer = sign_in(hugo).post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)

    assert "The mail server could not be reached" in answer.text


def test_nothing_goes_out_until_mail_is_set_up(
    interview: Interview, hugo: Person, ian: Person, sign_in: SignIn
) -> None:
    browser = sign_in(hugo)

    assert "Remind Ian" not in browser.get("/owed").text
    answer = browser.post(f"/panelists/{seat_of(interview, ian)}/remind", follow_redirects=True)
    assert "Mail is not set up: set HIRING_MAIL_SERVER" in answer.text


def test_only_those_who_lead_remind(
    mailed: Letters,
    interview: Interview,
    rosa: Person,
    ivy: Person,
    olga: Person,
    ian: Person,
    sign_in: SignIn,
) -> None:
    seat = next(each for each in interview.panel if each.person_id == ian.id)
    address = f"/panelists/{seat.id}/remind"

    answers = {each.name: sign_in(each).post(address).status_code for each in (ivy, ian, olga, rosa)}

    assert answers == {"Ivy": 403, "Ian": 403, "Olga": 403, "Rosa": 303}
    assert len(mailed.taken) == 1
    assert [access.may_remind(each, seat) for each in (rosa, ivy)] == [True, False]


def test_the_list_shows_only_jobs_that_one_leads(
    interview: Interview, hugo: Person, ivy: Person, rosa: Person, ada: Person, sign_in: SignIn
) -> None:
    other = factories.job("Clerk", lead=rosa)
    factories.interview(factories.application(other, "Dora"), factories.guide_version(other, rosa), ivy)
    db.session.commit()

    assert sign_in(ivy).get("/owed").status_code == 403
    assert "Dora" not in sign_in(hugo).get("/owed").text
    assert {"Dora", "Carl"} <= set(sign_in(rosa).get("/owed").text.replace("<", " ").split())
    assert [access.leads_anywhere(each) for each in (hugo, rosa, ivy, ada)] == [True, True, False, False]
    assert [access.may_set_reminders(each) for each in (hugo, ada)] == [False, True]


def test_the_list_costs_the_same_for_one_row_and_for_three(
    job: Job, interview: Interview, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn, queries: Queries
) -> None:
    browser = sign_in(hugo)
    browser.get("/owed")
    with queries() as one:
        browser.get("/owed")
    version = factories.guide_version(job, hugo, number=7)
    for name in ("Dora", "Elsa"):
        factories.interview(factories.application(job, name), version, ivy, ian)
    db.session.commit()
    with queries() as three:
        assert browser.get("/owed").text.count("Not reminded yet") == 5

    assert len(one) == len(three)


def test_the_command_reminds_once(
    mailed: Letters, letters: tuple[Letters, int], app: Flask, interview: Interview, hiring: Run
) -> None:
    variables = {
        "HIRING_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "HIRING_MAIL_SERVER": "127.0.0.1",
        "HIRING_MAIL_PORT": str(letters[1]),
        "HIRING_MAIL_SECURITY": "none",
        "HIRING_MAIL_FROM": "hiring@example.org",
    }
    said = [hiring("remind", *words, **variables) for words in (["--dry-run"], [], [])]

    assert [each.returncode for each in said] == [0, 0, 0]
    assert "Would remind Ian" in said[0].stdout
    assert "Reminded Ian" in said[1].stdout
    assert "Nobody is due" in said[2].stdout
    assert mailed.addresses == ["ian@example.org"]


def test_the_command_says_what_is_not_set_up(app: Flask, interview: Interview, hiring: Run) -> None:
    answer = hiring("remind", HIRING_DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"])

    assert answer.returncode == 2
    assert "HIRING_MAIL_SERVER" in answer.stderr


def test_an_administrator_sends_a_message_to_themselves(
    mailed: Letters, ada: Person, sign_in: SignIn
) -> None:
    answer = sign_in(ada).post("/organisation/reminders/test", follow_redirects=True)

    assert "A message was sent to ada@example.org." in answer.text
    assert mailed.addresses == ["ada@example.org"]

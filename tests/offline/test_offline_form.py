"""The form in one file: filled, uploaded, looked at, taken over; and refused where it does not fit."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.models import (
    AuditEvent,
    EntryStatus,
    Interview,
    InterviewStatus,
    Person,
    Scorecard,
    ScorecardEntry,
)
from hiring.scorecards.operations import Answers, save_scorecard
from tests import factories
from tests.conftest import SignIn
from tests.offline.conftest import EVIDENCE, LEVEL, filled

WORDS = "She rang back twice & wrote </script> <b>it</b> down."


def form_of(browser: FlaskClient, interview: Interview) -> str:
    return browser.get(f"/interviews/{interview.id}/scorecard/form.html").text


def upload(browser: FlaskClient, interview: Interview, content: bytes) -> Any:
    data = {"file": (io.BytesIO(content), "filled.html")}
    return browser.post(f"/interviews/{interview.id}/scorecard/upload", data=data)


def stored(interview: Interview, person: Person) -> dict[str, tuple[int | None, str]]:
    query = db.select(Scorecard).where(
        Scorecard.interview_id == interview.id, Scorecard.interviewer_id == person.id
    )
    card = db.session.scalar(query.execution_options(populate_existing=True))
    return {each.question_id: (each.level, each.evidence) for each in card.ratings} if card else {}


def test_the_form_is_one_file_that_asks_nothing_of_a_network(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    answer = sign_in(ivy).get(f"/interviews/{interview.id}/scorecard/form.html")

    assert answer.headers["Content-Disposition"] == f"attachment; filename=scorecard-{interview.id}.html"
    assert not [
        word for word in ("src=", "href=", "url(", "http://", "https://", "import ") if word in answer.text
    ]
    assert "Tell me about a person you had to help." in answer.text


def test_a_filled_form_is_looked_at_before_it_is_taken_over(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    answer = upload(browser, interview, filled(form_of(browser, interview), **{LEVEL: "4", EVIDENCE: WORDS}))
    page = browser.get(answer.location)

    assert answer.status_code == 303
    assert "wrote &lt;/script&gt;" in page.text
    assert stored(interview, ivy) == {}

    taken = browser.post(f"{answer.location}/take", data={"revision": "0"})

    assert taken.location == f"/interviews/{interview.id}/scorecard"
    assert stored(interview, ivy) == {"empathy-1-q1": (4, WORDS)}
    assert "take_over_entry" in db.session.scalars(db.select(AuditEvent.action)).all()


def test_what_was_stored_meanwhile_stays_unless_one_chooses_otherwise(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    form = form_of(browser, interview)
    save_scorecard(interview, ivy, Answers(ratings={"empathy-1-q1": (2, "Written on the page.")}))
    db.session.commit()
    content = filled(form, **{LEVEL: "4", EVIDENCE: "Written in the bunker."})

    first = upload(browser, interview, content).location
    page = browser.get(first).text
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    unchanged = browser.post(f"{first}/take", data={"revision": revision})
    kept = stored(interview, ivy)
    second = upload(browser, interview, content).location
    choices = {f"choice:{EVIDENCE}": "both", f"choice:{LEVEL}": "take", "revision": revision}
    answer = browser.post(f"{second}/take", data=choices)

    assert "Your scorecard was changed after this was begun" in page
    assert kept == {"empathy-1-q1": (2, "Written on the page.")}
    assert (unchanged.status_code, answer.status_code) == (303, 303)
    assert stored(interview, ivy) == {"empathy-1-q1": (4, "Written on the page.\n\nWritten in the bunker.")}


def test_a_save_between_looking_and_taking_is_noticed(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    entry = upload(browser, interview, filled(form_of(browser, interview), **{LEVEL: "4"})).location
    save_scorecard(interview, ivy, Answers(ratings={"empathy-1-q1": (2, "Meanwhile.")}))
    db.session.commit()

    answer = browser.post(f"{entry}/take", data={"revision": "0"})

    assert answer.status_code == 409
    assert "Your scorecard was saved meanwhile" in answer.text
    assert stored(interview, ivy) == {"empathy-1-q1": (2, "Meanwhile.")}


def test_it_is_answered_once(interview: Interview, ivy: Person, sign_in: SignIn) -> None:
    browser = sign_in(ivy)
    entry = upload(browser, interview, filled(form_of(browser, interview), **{LEVEL: "4"})).location
    browser.post(f"{entry}/throw-away")

    answer = browser.post(f"{entry}/take", data={"revision": "0"})

    assert answer.status_code == 422
    assert "You have already answered this." in answer.text
    assert db.session.scalars(db.select(ScorecardEntry.status)).all() == [EntryStatus.REFUSED]
    assert stored(interview, ivy) == {}


def stamped(form: bytes, **changes: Any) -> bytes:
    before, opened, rest = form.decode().partition('id="scorecard">')
    stamp, closed, after = rest.partition("</script>")
    return (before + opened + json.dumps(json.loads(stamp) | changes) + closed + after).encode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"interview": 99}, "This form is for another interview."),
        ({"interviewer": 99}, "This form belongs to a colleague"),
        (
            {"guide": "f" * 64, "guide_version": 7},
            "was made for guide version 7, and the interview now uses version 1",
        ),
        ({"revision": 5}, "names a state of your scorecard that is not stored here"),
        ({"format": 2}, "This is not a filled form of ours."),
        ({"fields": ["level"]}, "This is not a filled form of ours."),
        ({"fields": {"level-empathy-1-q1": 4}}, "This is not a filled form of ours."),
        ({"fields": {"level-empathy-1-q1": "9"}}, "Choose a level from 1 to 5."),
        ({"fields": {"level-other-1-q1": "3"}}, "This question does not belong to the interview."),
        ({"fields": {"evidence-empathy-1-q1": "x" * 20_001}}, "This text has 20001 characters."),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_its_reason(
    interview: Interview, ivy: Person, sign_in: SignIn, changes: dict[str, Any], sentence: str
) -> None:
    browser = sign_in(ivy)
    answer = upload(browser, interview, stamped(form_of(browser, interview).encode(), **changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(ScorecardEntry)) == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"<html></html>", b"[" * 100_000, b'{"format": 1}', b"a picture"]
)
def test_another_file_is_refused(interview: Interview, ivy: Person, sign_in: SignIn, content: bytes) -> None:
    answer = upload(sign_in(ivy), interview, content)

    assert answer.status_code == 422
    assert "Choose the HTML file" in answer.text


def test_a_submitted_or_cancelled_interview_takes_no_form(
    interview: Interview, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    content = filled(form_of(browser, interview), **{LEVEL: "4"})
    factories.scorecard(interview, ivy)
    db.session.commit()
    submitted = upload(browser, interview, content)
    interview.status = InterviewStatus.CANCELLED
    db.session.commit()

    assert "already submitted" in submitted.text
    assert upload(browser, interview, content).status_code == 403


def test_the_form_and_what_came_of_it_are_the_interviewers_alone(
    interview: Interview, ivy: Person, ian: Person, hugo: Person, rosa: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    entry = upload(browser, interview, filled(form_of(browser, interview), **{LEVEL: "4"})).location

    for person in (ian, hugo, rosa):
        assert sign_in(person).get(entry).status_code == 403
        assert sign_in(person).post(f"{entry}/take", data={"revision": "0"}).status_code == 403
    assert sign_in(hugo).get(f"/interviews/{interview.id}/scorecard/form.html").status_code == 403
    assert "A form that you uploaded is waiting" in browser.get(f"/interviews/{interview.id}/scorecard").text

"""Pages of scorecards, without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from hiring.extensions import db
from hiring.models import Interview, InterviewStatus, Panelist, Person, Scorecard
from tests import factories
from tests.conftest import Queries, SignIn

COMPLETE = {
    "revision": "0",
    "level-empathy-1-q1": "4",
    "evidence-empathy-1-q1": "Rang back twice.",
    "level-patience-1-q1": "3",
    "evidence-patience-1-q1": "Let the caller finish.",
    "level-patience-2-q1": "N",
    "evidence-patience-2-q1": "",
    "recommendation": "hire",
    "recommendation_reason": "Solid examples.",
    "attested": "1",
}
JSON = {"Accept": "application/json"}


def save(client: FlaskClient, interview: Interview, **changed: str) -> TestResponse:
    fields = {**COMPLETE, **{name.replace("__", "-"): value for name, value in changed.items()}}
    return client.post(f"/interviews/{interview.id}/scorecard/save", data=fields)


def submit(client: FlaskClient, interview: Interview, **changed: str) -> TestResponse:
    return client.post(f"/interviews/{interview.id}/scorecard/submit", data={**COMPLETE, **changed})


def save_by_script(client: FlaskClient, interview: Interview, **changed: str) -> TestResponse:
    fields = {**COMPLETE, **changed}
    return client.post(f"/interviews/{interview.id}/scorecard/save", data=fields, headers=JSON)


def stored() -> Scorecard | None:
    db.session.expire_all()
    return db.session.scalar(select(Scorecard))


def stored_revision() -> int:
    card = stored()
    assert card is not None
    return card.revision


def test_the_page_holds_the_kit_and_the_scoring(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    page = sign_in(ivy).get(f"/interviews/{interview.id}/scorecard").text

    for words in (
        "Good morning, Carl.",
        "Thank you, Carl.",
        "Do not interrupt.",
        "Tell me about a person you had to help.",
        "Examples from outside customer service are equally welcome.",
        "What did you do next?",
        "Action",
        "an action of one&#39;s own",
        "Names a feeling",
        "Red flag",
        "Empathy at level 1.",
        "Empathy at level 5.",
        "Asks when something is unclear",
        "0 of 3 rated",
        "Guide version 1",
    ):
        assert words in page


def test_evidence_stands_before_the_level(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    page = sign_in(ivy).get(f"/interviews/{interview.id}/scorecard").text

    assert page.index('name="evidence-empathy-1-q1"') < page.index('name="level-empathy-1-q1"')


def test_opening_the_page_stores_nothing(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    sign_in(ivy).get(f"/interviews/{interview.id}/scorecard")

    assert stored() is None


@pytest.mark.parametrize("who", ["olga", "rosa", "hugo"])
def test_only_the_panel_opens_it(
    sign_in: SignIn, interview: Interview, request: pytest.FixtureRequest, who: str
) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(f"/interviews/{interview.id}/scorecard").status_code == 403
    assert save(client, interview).status_code == 403
    assert submit(client, interview).status_code == 403


def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn, interview: Interview) -> None:
    assert save_by_script(sign_in(None), interview).status_code == 401


def test_saving_keeps_everything(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    client = sign_in(ivy)

    answer = save(client, interview)
    page = client.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert "Your scorecard is saved." in page
    assert "Rang back twice." in page
    assert "3 of 3 rated" in page


def test_a_level_that_is_none_stands_beside_its_question_and_keeps_the_text(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    answer = submit(sign_in(ivy), interview, **{"level-empathy-1-q1": "seven"})

    assert answer.status_code == 422
    assert 'id="level-empathy-1-q1-error"' in answer.text
    assert "Choose a level from 1 to 5." in answer.text
    assert "Rang back twice." in answer.text
    assert stored() is None


def test_too_long_evidence_is_refused_and_not_lost(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    long = "Rang back. " * 2000

    answer = save(sign_in(ivy), interview, **{"evidence-empathy-1-q1": long})

    assert answer.status_code == 422
    assert "This text has 22000 characters." in answer.text
    assert long.strip() in answer.text


def test_a_form_with_every_field_empty_names_what_is_missing(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    client = sign_in(ivy)

    answer = client.post(f"/interviews/{interview.id}/scorecard/submit", data={"revision": "0"})

    assert answer.status_code == 422
    for words in ("Question 1, Empathy", "Question 3, Patience", "Choose your recommendation."):
        assert words in answer.text


def test_a_submission_without_evidence_is_refused_and_stays_saved(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    answer = submit(sign_in(ivy), interview, **{"evidence-empathy-1-q1": " "})

    assert answer.status_code == 422
    assert '<a href="#evidence-empathy-1-q1">Question 1, Empathy: write the evidence' in answer.text
    card = stored()
    assert card is not None
    assert not card.is_submitted
    assert card.recommendation_reason == "Solid examples."


def test_submitting_leads_to_the_locked_scorecard(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    client = sign_in(ivy)

    answer = submit(client, interview)
    page = client.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    for words in (
        "Submitted",
        "Rang back twice.",
        "Above",
        "Empathy at level 4.",
        "Not enough evidence",
        "Hire",
    ):
        assert words in page
    assert interview.guide_version.content_hash[:12] in page


def test_after_submission_the_kit_leads_to_the_scorecard(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    client = sign_in(ivy)
    card_page = submit(client, interview).headers["Location"]

    again = client.get(f"/interviews/{interview.id}/scorecard")

    assert (again.status_code, again.headers["Location"]) == (303, card_page)


def test_a_second_submission_is_refused_with_its_reason(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    client = sign_in(ivy)
    submit(client, interview)

    again = submit(client, interview, **{"evidence-empathy-1-q1": "Second thoughts."})

    assert again.status_code == 409
    assert "You have already submitted your scorecard." in again.text
    assert "Second thoughts." in again.text


def test_a_script_hears_that_it_is_locked(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    client = sign_in(ivy)
    submit(client, interview)

    answer = save_by_script(client, interview)

    assert (answer.status_code, answer.json["sentence"]) == (
        423,
        "You have already submitted your scorecard.",
    )


def test_a_script_gets_the_revision_and_the_summary(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    answer = save_by_script(sign_in(ivy), interview, recommendation="strong_no_hire")

    assert answer.json["revision"] == stored_revision()
    assert answer.json["contradicts"]
    assert "Say why your recommendation differs from your ratings." in answer.json["summary"]


def test_two_windows_never_overwrite_each_other(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    client = sign_in(ivy)
    save_by_script(client, interview)

    answer = save_by_script(client, interview, **{"evidence-empathy-1-q1": "Something else."})

    assert answer.status_code == 409
    assert answer.json["stored"]["evidence-empathy-1-q1"] == "Rang back twice."
    assert answer.json["revision"] == stored_revision()
    card = stored()
    assert card is not None
    assert card.ratings[0].evidence == "Rang back twice."


def test_without_a_script_both_versions_stand_on_the_page(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    client = sign_in(ivy)
    save(client, interview)

    answer = save(client, interview, **{"evidence-empathy-1-q1": "Something else."})

    assert answer.status_code == 409
    assert "Something else.</textarea>" in answer.text
    assert '<p class="other-version-text">Rang back twice.</p>' in answer.text
    assert f'name="revision" value="{stored_revision()}"' in answer.text


@pytest.mark.parametrize("revision", ["", "one", "-5"])
def test_an_unreadable_revision_overwrites_nothing(
    sign_in: SignIn, interview: Interview, ivy: Person, revision: str
) -> None:
    client = sign_in(ivy)
    save(client, interview)

    assert save(client, interview, revision=revision).status_code == 409


def test_markup_in_evidence_is_shown_as_text(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    markup = "</textarea><script>alert(1)</script><b>bold</b>"
    client = sign_in(ivy)
    answer = submit(client, interview, **{"evidence-empathy-1-q1": markup, "recommendation_reason": markup})

    page = client.get(answer.headers["Location"]).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_unknown_question_is_refused(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    answer = save_by_script(sign_in(ivy), interview, **{"level-listening-1-q1": "3"})

    assert answer.status_code == 422
    assert "does not belong to the interview" in answer.json["sentence"]


def test_a_cancelled_interview_cannot_be_rated(sign_in: SignIn, interview: Interview, ivy: Person) -> None:
    interview.status = InterviewStatus.CANCELLED

    assert sign_in(ivy).get(f"/interviews/{interview.id}/scorecard").status_code == 403


def test_who_owes_a_scorecard_does_not_read_another(
    sign_in: SignIn, interview: Interview, ivy: Person, ian: Person, rosa: Person, olga: Person
) -> None:
    card = factories.scorecard(interview, ivy)
    address = f"/scorecards/{card.id}"

    statuses = [sign_in(person).get(address).status_code for person in (ivy, rosa, ian, olga)]

    assert statuses == [200, 200, 403, 403]


def test_nobody_else_reads_a_draft(sign_in: SignIn, interview: Interview, ivy: Person, rosa: Person) -> None:
    card = factories.scorecard(interview, ivy, submitted=False)

    assert sign_in(rosa).get(f"/scorecards/{card.id}").status_code == 403
    assert sign_in(ivy).get(f"/scorecards/{card.id}").status_code == 303


def test_the_number_of_queries_does_not_grow_with_the_panel(
    sign_in: SignIn, interview: Interview, ivy: Person, queries: Callable[[], Queries]
) -> None:
    client = sign_in(ivy)
    factories.scorecard(interview, ivy, submitted=False)
    with queries() as alone:
        client.get(f"/interviews/{interview.id}/scorecard")
    for number in range(3):
        interview.panel.append(Panelist(person=factories.person(f"Member {number}")))
    with queries() as together:
        client.get(f"/interviews/{interview.id}/scorecard")

    assert len(alone) == len(together)
    assert len(together) <= 14


def test_characters_that_no_font_shows_are_left_out_of_evidence(
    sign_in: SignIn, interview: Interview, ivy: Person
) -> None:
    typed = {"evidence-empathy-1-q1": " Rang\x00 back\x0b\x1b[2J\r\ntwice.\t"}

    save_by_script(sign_in(ivy), interview, **typed)

    card = stored()
    assert card is not None
    assert card.ratings[0].evidence == " Rang back[2J\ntwice.\t"

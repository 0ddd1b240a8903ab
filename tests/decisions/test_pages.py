"""Pages of decisions and messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from hiring.decisions.operations import draft_message, fingerprint
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    CandidateMessage,
    Decision,
    Job,
    Outcome,
    Person,
    now,
)
from tests import factories
from tests.conftest import Queries, SignIn

ANSWERS = {
    "revision": 1,
    "outcome": "no_hire",
    "skill_ids": ["patience"],
    "reason": "Two of three answers named no action of their own.",
    "reason_code": "not_selected_skills",
}


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def carl(job: Job, hugo: Person, ivy: Person) -> Application:
    """Carl was interviewed by Ivy, who has submitted."""
    application = factories.application(job)
    factories.scorecard(factories.interview(application, factories.guide_version(job, hugo), ivy), ivy)
    return application


def test_the_page_shows_what_the_panel_said(sign_in: SignIn, carl: Application, hugo: Person) -> None:
    page = sign_in(hugo).get(f"/applications/{carl.id}/decision").text

    for words in ("1 submitted scorecard", "Composite", "3.50", "Empathy", "Patience", "Hire"):
        assert words in page
    assert "acknowledged_missing" not in page


def test_a_decision_is_recorded_and_its_message_drafted(
    sign_in: SignIn, carl: Application, hugo: Person
) -> None:
    answer = sign_in(hugo).post(f"/applications/{carl.id}/decision", data=ANSWERS)

    db.session.refresh(carl)
    decision = db.session.scalars(select(Decision)).one()
    message = db.session.scalars(select(CandidateMessage)).one()
    assert (decision.outcome, decision.decided_by_id) == (Outcome.NO_HIRE, hugo.id)
    assert carl.status is ApplicationStatus.CLOSED_NOT_SELECTED
    assert answer.headers["Location"] == f"/messages/{message.id}"
    assert "What tipped the scales was that your examples showed us too little" in message.text
    assert message.sent_at is None


def test_a_decision_is_not_recorded_over_one_that_was_not_seen(
    sign_in: SignIn, carl: Application, hugo: Person
) -> None:
    browser, url = sign_in(hugo), f"/applications/{carl.id}/decision"
    browser.post(url, data=ANSWERS)

    again = browser.post(url, data=ANSWERS | {"reason": "Sent a second time."})
    seen = browser.post(url, data=ANSWERS | {"revision": carl.revision})

    assert again.status_code == 422
    assert "Somebody else has changed this application" in again.text
    assert "Sent a second time." in again.text
    assert f'value="{carl.revision}"' in again.text
    assert seen.status_code == 303
    assert len(db.session.scalars(select(Decision)).all()) == 2


def test_the_candidates_own_reason_goes_into_the_message(
    sign_in: SignIn, carl: Application, hugo: Person
) -> None:
    words = {"candidate_reason": "that the telephone work needs more patience than your examples showed."}

    sign_in(hugo).post(f"/applications/{carl.id}/decision", data=ANSWERS | words)

    text = db.session.scalars(select(CandidateMessage.text)).one()
    assert "needs more patience than your examples showed. Thank you" in text


def test_a_hold_drafts_a_message_with_its_date(sign_in: SignIn, carl: Application, hugo: Person) -> None:
    day = (now() + timedelta(days=30)).date()
    hold = {"outcome": "hold", "reason_code": "budget_pending", "restart_date": day.isoformat()}

    sign_in(hugo).post(f"/applications/{carl.id}/decision", data=ANSWERS | hold)

    text = db.session.scalars(select(CandidateMessage.text)).one()
    assert "that the budget has not been approved yet" in text
    assert str(day.year) in text
    assert "{" not in text


def test_templates_to_choose_from_name_the_candidate_and_put_blanks_in_words(
    sign_in: SignIn, carl: Application, rosa: Person
) -> None:
    page = sign_in(rosa).get(f"/applications/{carl.id}/messages/new?template=msg-offer").text

    assert f"Dear {carl.candidate.name}, " in page
    assert "{candidate_name}" not in page
    assert "[the promised date]" in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"outcome": ""}, "outcome", "Choose what is decided."),
        ({"reason": ""}, "reason", "Write the reason in a sentence"),
        ({"reason": "x" * 4001}, "reason", "Write at most 4000 characters."),
        ({"skill_ids": []}, "skill_ids", "Choose at least one skill"),
        ({"reason_code": "because"}, "reason_code", "Choose the kind of reason."),
        ({"outcome": "hold", "reason_code": "role_on_hold"}, "restart_date", "Choose the date on which"),
        ({"restart_date": "tomorrow"}, "restart_date", "Choose a date, such as"),
    ],
)
def test_a_wrong_answer_stands_beside_its_field_with_the_rest_kept(
    sign_in: SignIn, carl: Application, hugo: Person, changes: dict[str, Any], field: str, sentence: str
) -> None:
    typed = ANSWERS | {"candidate_reason": "that the shifts do not fit"} | changes

    answer = sign_in(hugo).post(f"/applications/{carl.id}/decision", data=typed)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in unescape(answer.text)
    assert "that the shifts do not fit" in answer.text
    assert db.session.scalars(select(Decision)).all() == []


def test_missing_scorecards_must_be_acknowledged(
    sign_in: SignIn, carl: Application, hugo: Person, ian: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), ian)
    browser, url = sign_in(hugo), f"/applications/{carl.id}/decision"

    page = browser.get(url).text
    refused = browser.post(url, data=ANSWERS)
    accepted = browser.post(url, data=ANSWERS | {"acknowledged_missing": "y"})

    assert "1 scorecard is missing" in page
    assert "Ian, interview of" in page
    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert 'id="acknowledged_missing-error"' in refused.text


def test_who_owes_a_scorecard_an_interviewer_and_an_outsider_do_not_decide(
    sign_in: SignIn, carl: Application, hugo: Person, ivy: Person, olga: Person, hana: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), hugo)

    answers = [sign_in(each).get(f"/applications/{carl.id}/decision") for each in (hugo, ivy, olga, hana)]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]


def test_earlier_decisions_are_shown(sign_in: SignIn, carl: Application, hugo: Person) -> None:
    browser = sign_in(hugo)
    browser.post(f"/applications/{carl.id}/decision", data=ANSWERS)

    page = browser.get(f"/applications/{carl.id}/decision").text

    assert "Earlier decisions" in page
    assert ANSWERS["reason"] in page


def test_the_same_queries_for_one_and_three_scorecards(
    sign_in: SignIn, carl: Application, hugo: Person, ian: Person, ivy: Person, queries: Callable[[], Queries]
) -> None:
    browser, url = sign_in(hugo), f"/applications/{carl.id}/decision"
    browser.get(url)
    with queries() as for_one:
        browser.get(url)
    for number, interviewer in ((2, ian), (3, ivy)):
        version = factories.guide_version(carl.job, hugo, number=number)
        factories.scorecard(factories.interview(carl, version, interviewer), interviewer)
    browser.get(url)

    with queries() as for_three:
        browser.get(url)

    assert len(for_one) == len(for_three)


@pytest.fixture
def draft(carl: Application, rosa: Person) -> CandidateMessage:
    return draft_message(carl, "msg-received", rosa)


def test_all_templates_are_offered_those_for_the_status_first(
    sign_in: SignIn, carl: Application, rosa: Person
) -> None:
    page = sign_in(rosa).get(f"/applications/{carl.id}/messages/new").text

    assert page.count("?template=msg-") == 14
    assert page.index("?template=msg-reminder") < page.index("?template=msg-received")


def test_a_chosen_template_is_shown_and_drafted(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    browser, url = sign_in(rosa), f"/applications/{carl.id}/messages/new"

    page = browser.get(f"{url}?template=msg-invitation").text
    answer = browser.post(url, data={"template": "msg-invitation"})

    message = db.session.scalars(select(CandidateMessage)).one()
    assert "Draft this message" in page
    assert answer.headers["Location"] == f"/messages/{message.id}"
    assert message.text.startswith("Dear Carl, we would like to meet you")


def test_a_template_that_does_not_exist_is_not_found(
    sign_in: SignIn, carl: Application, rosa: Person
) -> None:
    browser, url = sign_in(rosa), f"/applications/{carl.id}/messages/new"

    assert browser.get(f"{url}?template=msg-nonsense").status_code == 404
    assert browser.post(url, data={"template": "msg-nonsense"}).status_code == 400


def test_blanks_are_marked_and_asked_for(sign_in: SignIn, draft: CandidateMessage, rosa: Person) -> None:
    page = sign_in(rosa).get(f"/messages/{draft.id}").text

    assert "<mark>{date}</mark>" in page
    assert "The promised date" in page
    assert "mailto:" not in page


def send(message: CandidateMessage, **changes: str) -> dict[str, str]:
    form = {"text": message.text, "opened": fingerprint(message.text), "do": "save"}
    return form | {name.replace("_", "-"): value for name, value in changes.items()}


def test_words_for_a_blank_are_put_into_the_text(
    sign_in: SignIn, draft: CandidateMessage, rosa: Person
) -> None:
    browser = sign_in(rosa)
    answer = browser.post(f"/messages/{draft.id}", data=send(draft, blank_date="3 May"))

    db.session.refresh(draft)
    assert answer.status_code == 303
    assert "will tell you by 3 May whether" in draft.text
    assert "mailto:" in browser.get(f"/messages/{draft.id}").text


def test_a_message_with_a_blank_is_saved_but_not_marked_as_sent(
    sign_in: SignIn, draft: CandidateMessage, rosa: Person
) -> None:
    answer = sign_in(rosa).post(
        f"/messages/{draft.id}", data=send(draft, text="Dear Carl, you hear by {date}.", do="send")
    )

    db.session.refresh(draft)
    assert answer.status_code == 422
    assert "Fill in the promised date." in answer.text
    assert (draft.text, draft.sent_at) == ("Dear Carl, you hear by {date}.", None)


def test_a_complete_message_is_marked_as_sent(sign_in: SignIn, draft: CandidateMessage, rosa: Person) -> None:
    browser = sign_in(rosa)
    answer = browser.post(f"/messages/{draft.id}", data=send(draft, blank_date="3 May", do="send"))
    page = browser.get(f"/messages/{draft.id}").text

    db.session.refresh(draft)
    assert (answer.status_code, draft.sent_at is not None) == (303, True)
    assert "Marked as sent by Rosa" in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("text", "sentence"), [(" ", "Write the message."), ("x" * 8001, "Write at most 8000 characters.")]
)
def test_a_wrong_text_is_refused_beside_its_field(
    sign_in: SignIn, draft: CandidateMessage, rosa: Person, text: str, sentence: str
) -> None:
    answer = sign_in(rosa).post(f"/messages/{draft.id}", data=send(draft, text=text))

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_text_over_somebody_elses_shows_both(
    sign_in: SignIn, draft: CandidateMessage, rosa: Person
) -> None:
    browser, mine = sign_in(rosa), send(draft, text="What I wrote.")
    browser.post(f"/messages/{draft.id}", data=send(draft, text="What Hugo wrote."))

    answer = browser.post(f"/messages/{draft.id}", data=mine)

    assert answer.status_code == 422
    assert "What Hugo wrote." in answer.text
    assert "What I wrote." in answer.text


def test_who_may_read_and_write_messages(
    sign_in: SignIn, draft: CandidateMessage, hugo: Person, ivy: Person, olga: Person, hana: Person
) -> None:
    cast = {"Hugo": hugo, "Hana": hana, "Ivy": ivy, "Olga": olga}

    reads = {name: sign_in(who).get(f"/messages/{draft.id}").status_code for name, who in cast.items()}
    writes = {name: sign_in(who).post(f"/messages/{draft.id}").status_code for name, who in cast.items()}

    assert reads == {"Hugo": 200, "Hana": 200, "Ivy": 403, "Olga": 403}
    assert writes == {"Hugo": 422, "Hana": 403, "Ivy": 403, "Olga": 403}


def test_who_owes_a_scorecard_reads_no_message_that_tells_of_a_decision(
    sign_in: SignIn, carl: Application, draft: CandidateMessage, hugo: Person, rosa: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), hugo)
    offer = draft_message(carl, "msg-offer", rosa)
    browser = sign_in(hugo)

    assert browser.get(f"/messages/{draft.id}").status_code == 200
    assert browser.get(f"/messages/{offer.id}").status_code == 403
    assert "msg-offer" not in browser.get(f"/applications/{carl.id}/messages/new").text


def test_a_letter_is_written_in_the_candidates_language(
    sign_in: SignIn, rosa: Person, carl: Application
) -> None:
    browser, address = sign_in(rosa), f"/applications/{carl.id}/messages/new"

    shown = browser.get(f"{address}?template=msg-received&language=ru").text
    browser.post(address, data={"template": "msg-received", "language": "ru"})

    written = db.session.scalars(select(CandidateMessage)).one()
    assert f"Здравствуйте, {carl.candidate.name}!" in shown
    assert written.text.startswith(f"Здравствуйте, {carl.candidate.name}!")


def test_a_decision_is_kept_and_released_together_with_others(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser = sign_in(hugo)
    answer = browser.post(f"/applications/{carl.id}/decision", data=ANSWERS | {"do": "keep"})
    assert answer.location == f"/jobs/{job.id}/decisions"
    page = browser.get(f"/jobs/{job.id}/decisions").text
    number = page.split('name="pending" value="')[1].split('"')[0]

    released = browser.post(f"/jobs/{job.id}/decisions", data={"pending": number})

    db.session.refresh(carl)
    assert "Release the decision about Carl" in page
    assert released.status_code == 303
    assert carl.status is ApplicationStatus.CLOSED_NOT_SELECTED
    assert "No decision waits" in browser.get(f"/jobs/{job.id}/decisions").text


def test_releasing_nothing_is_answered_on_the_page(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser = sign_in(hugo)
    browser.post(f"/applications/{carl.id}/decision", data=ANSWERS | {"do": "keep"})

    answer = browser.post(f"/jobs/{job.id}/decisions", data={})

    assert answer.status_code == 422
    assert "Tick at least one decision to release." in answer.text


def test_what_waits_for_somebody_one_still_has_to_rate_is_out_of_reach(
    sign_in: SignIn, carl: Application, job: Job, rosa: Person, hugo: Person, ivy: Person
) -> None:
    sign_in(hugo).post(f"/applications/{carl.id}/decision", data=ANSWERS | {"do": "keep"})
    factories.interview(carl, factories.guide_version(job, hugo, number=2), hugo)

    page = sign_in(hugo).get(f"/jobs/{job.id}/decisions").text
    answer = sign_in(hugo).post(f"/jobs/{job.id}/decisions", data={"pending": "1"})

    assert "Carl" not in page
    assert answer.status_code == 422


def test_a_waiting_decision_is_taken_back_on_its_page(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser = sign_in(hugo)
    browser.post(f"/applications/{carl.id}/decision", data=ANSWERS | {"do": "keep"})

    browser.post(f"/applications/{carl.id}/decision/take-back")

    assert "No decision waits" in browser.get(f"/jobs/{job.id}/decisions").text


@pytest.mark.parametrize("who", ["olga", "ivy"])
def test_who_does_not_lead_the_job_releases_nothing(
    request: pytest.FixtureRequest, sign_in: SignIn, carl: Application, job: Job, who: str
) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert browser.get(f"/jobs/{job.id}/decisions").status_code == 403
    assert browser.post(f"/jobs/{job.id}/decisions").status_code == 403
    assert browser.post(f"/applications/{carl.id}/decision/take-back").status_code == 403
    assert browser.get(f"/applications/{carl.id}/explanation").status_code == 403


def test_the_explanation_speaks_to_the_candidate(sign_in: SignIn, carl: Application, hugo: Person) -> None:
    browser = sign_in(hugo)
    before = browser.get(f"/applications/{carl.id}/explanation")
    browser.post(f"/applications/{carl.id}/decision", data=ANSWERS)

    page = unescape(browser.get(f"/applications/{carl.id}/explanation").text)

    assert before.status_code == 303
    assert "not to go on with your application" in page
    assert "showed us too little of a skill this job depends on" in page
    assert ANSWERS["reason"] not in page


def test_the_same_queries_for_one_and_three_waiting_decisions(
    sign_in: SignIn, job: Job, hugo: Person, queries: Callable[[], Queries]
) -> None:
    browser = sign_in(hugo)
    counts = []
    for names in (["Anna"], ["Bo", "Cy"]):
        for name in names:
            browser.post(
                f"/applications/{factories.application(job, name).id}/decision", data=ANSWERS | {"do": "keep"}
            )
        with queries() as seen:
            assert names[0] in browser.get(f"/jobs/{job.id}/decisions").text
        counts.append(len(seen))

    assert counts[0] == counts[1]


def waiting_mark(page: str) -> str:
    return page.split('name="pending" value="')[1].split('"')[0]


def seen_on(page: str) -> str:
    return unescape(page.split('name="seen"')[1].split('value="')[1].split('"')[0])


@pytest.mark.parametrize("sent", ["x", "1", "²", "9" * 5000])
def test_an_unreadable_tick_releases_nothing(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person, sent: str
) -> None:
    browser = sign_in(hugo)
    browser.post(f"/applications/{carl.id}/decision", data=ANSWERS | {"do": "keep"})

    answer = browser.post(f"/jobs/{job.id}/decisions", data={"pending": sent})

    assert answer.status_code == 422
    assert "Look at what waits now." in answer.text


def test_a_decision_that_took_the_place_of_the_ticked_one_is_not_released(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser, address = sign_in(hugo), f"/applications/{carl.id}/decision"
    browser.post(address, data=ANSWERS | {"do": "keep"})
    seen = waiting_mark(browser.get(f"/jobs/{job.id}/decisions").text)
    browser.post(f"{address}/take-back")
    browser.post(address, data=ANSWERS | {"outcome": "hire", "do": "keep"})

    answer = browser.post(f"/jobs/{job.id}/decisions", data={"pending": seen})

    db.session.refresh(carl)
    assert answer.status_code == 422
    assert carl.status is not ApplicationStatus.OFFER


def test_a_decision_kept_in_another_window_is_not_replaced_unseen(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser, address = sign_in(hugo), f"/applications/{carl.id}/decision"
    seen = seen_on(browser.get(address).text)
    browser.post(address, data=ANSWERS | {"do": "keep", "seen": seen})

    late = browser.post(address, data=ANSWERS | {"do": "keep", "seen": seen, "reason": "Other words."})
    again = browser.post(
        address, data=ANSWERS | {"do": "keep", "seen": seen_on(late.text), "reason": "Other words."}
    )

    assert (late.status_code, again.status_code) == (422, 303)
    assert "Other words." in late.text
    assert ANSWERS["reason"] in unescape(late.text)


def test_a_decision_sent_twice_is_recorded_once(sign_in: SignIn, carl: Application, hugo: Person) -> None:
    browser, address = sign_in(hugo), f"/applications/{carl.id}/decision"
    hire = ANSWERS | {"outcome": "hire"}
    browser.post(address, data=hire)
    page = browser.get(address).text
    revision = page.split('name="revision"')[1].split('value="')[1].split('"')[0]
    twice = hire | {"seen": seen_on(page), "revision": revision}

    answers = [browser.post(address, data=twice).status_code for _ in range(2)]

    assert answers == [303, 422]


def test_a_changed_decision_is_not_taken_back_unseen(
    sign_in: SignIn, carl: Application, job: Job, hugo: Person
) -> None:
    browser, address = sign_in(hugo), f"/applications/{carl.id}/decision"
    browser.post(address, data=ANSWERS | {"do": "keep"})
    seen = waiting_mark(browser.get(f"/jobs/{job.id}/decisions").text)
    browser.post(address, data=ANSWERS | {"outcome": "hire", "do": "keep"})

    browser.post(f"{address}/take-back", data={"mark": seen})

    assert "No decision waits" not in browser.get(f"/jobs/{job.id}/decisions").text


def test_a_letter_that_another_decision_has_overtaken_is_not_marked_as_sent(
    sign_in: SignIn, carl: Application, hugo: Person
) -> None:
    browser, address = sign_in(hugo), f"/applications/{carl.id}/decision"
    browser.post(address, data=ANSWERS)
    rejection = db.session.scalars(select(CandidateMessage)).one()
    browser.post(address, data=ANSWERS | {"outcome": "hire", "revision": 2})

    answer = browser.post(
        f"/messages/{rejection.id}", data=send(rejection, text="Dear Carl, we decided.", do="send")
    )

    db.session.refresh(rejection)
    assert answer.status_code == 422
    assert "does not fit the newest decision (Hire)" in answer.text
    assert (rejection.text, rejection.sent_at) == ("Dear Carl, we decided.", None)

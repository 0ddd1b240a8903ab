"""Deciding and writing to candidates: what is recorded, and what is refused with which sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from hiring.decisions.document import (
    NO_HIRE_CODES,
    REASONS_FOR_CANDIDATES,
    blank_meaning,
    fill_blanks,
    message_sheet,
    pieces_of,
)
from hiring.decisions.explanation import explanation_of
from hiring.decisions.operations import (
    decide,
    draft_message,
    fingerprint,
    keep_for_release,
    mark_sent,
    release,
    rewrite_message,
    take_back,
)
from hiring.decisions.queries import pending_decision
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    CandidateMessage,
    Decision,
    Job,
    Outcome,
    Person,
    now,
)
from question_bank import messages, reason_codes
from tests import factories

SOON = now().date() + timedelta(days=14)
REASON = "Two of three answers named no action of their own."


@pytest.fixture
def job(hugo: Person) -> Job:
    made = factories.job(lead=hugo)
    made.contact_name, made.contact_channel = "Rosa Lind", "rosa@example.org"
    return made


@pytest.fixture
def carl(job: Job, hugo: Person, ivy: Person) -> Application:
    """Carl was interviewed by Ivy, who has submitted."""
    application = factories.application(job)
    factories.scorecard(factories.interview(application, factories.guide_version(job, hugo), ivy), ivy)
    return application


def no_hire(application: Application, by: Person, **changes: Any) -> Decision:
    answers = {"reason": REASON, "skill_ids": ["patience"], "reason_code": "not_selected_skills"}
    return decide(application, by, Outcome.NO_HIRE, **answers | changes)


def test_a_hire_moves_the_application_to_the_offer(carl: Application, hugo: Person) -> None:
    decision = decide(carl, hugo, Outcome.HIRE, "Steady evidence at level 4.", ["empathy", "patience"])

    assert carl.status is ApplicationStatus.OFFER
    assert (decision.decided_by_id, decision.skill_ids) == (hugo.id, ["empathy", "patience"])


def test_a_no_hire_closes_the_application_with_its_reason(carl: Application, hugo: Person) -> None:
    no_hire(carl, hugo)

    assert (carl.status, carl.status_reason) == (ApplicationStatus.CLOSED_NOT_SELECTED, REASON)


def test_a_hold_pauses_the_application_until_its_date(carl: Application, hugo: Person) -> None:
    decide(carl, hugo, Outcome.HOLD, "Two more to meet.", [], "waiting_for_other_interviews", SOON)

    assert (carl.status, carl.restart_date) == (ApplicationStatus.ON_HOLD, SOON)


def test_a_decision_is_on_record(carl: Application, hugo: Person) -> None:
    decision = no_hire(carl, hugo)

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "decide")).one()
    assert (event.actor_name, event.thing_id) == ("Hugo", decision.id)
    assert event.details["outcome"] == "no_hire"


def test_a_later_decision_erases_no_earlier_one(carl: Application, hugo: Person) -> None:
    decide(carl, hugo, Outcome.HOLD, "Two more to meet.", [], "waiting_for_other_interviews", SOON)
    no_hire(carl, hugo)

    assert [each.outcome for each in db.session.scalars(select(Decision).order_by(Decision.id))] == [
        Outcome.HOLD,
        Outcome.NO_HIRE,
    ]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"reason": " "}, "reason", "Write the reason"),
        ({"skill_ids": []}, "skill_ids", "Choose at least one skill"),
        ({"skill_ids": ["juggling"]}, "skill_ids", "Choose skills that this job is rated on"),
        ({"reason_code": ""}, "reason_code", "Choose the kind of reason"),
        ({"reason_code": "role_on_hold"}, "reason_code", "Choose the kind of reason"),
        ({"reason_code": "withdrawn_by_candidate"}, "reason_code", "Choose the kind of reason"),
    ],
)
def test_a_decision_without_its_reasons_is_refused_beside_the_field(
    carl: Application, hugo: Person, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        no_hire(carl, hugo, **changes)

    assert refused.value.field == field
    assert carl.status is ApplicationStatus.INTERVIEW_SCHEDULED


@pytest.mark.parametrize(
    ("code", "restart", "field"),
    [
        ("", SOON, "reason_code"),
        ("not_selected_skills", SOON, "reason_code"),
        ("role_on_hold", None, "restart_date"),
    ],
)
def test_a_hold_needs_its_code_and_its_date(
    carl: Application, hugo: Person, code: str, restart: Any, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        decide(carl, hugo, Outcome.HOLD, "We wait.", [], code, restart)

    assert refused.value.field == field


def test_missing_scorecards_are_named_and_must_be_acknowledged(
    carl: Application, hugo: Person, ian: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), ian)

    with pytest.raises(Refused, match="Wait for the scorecards of Ian") as refused:
        no_hire(carl, hugo)
    no_hire(carl, hugo, acknowledged_missing=True)

    assert refused.value.field == "acknowledged_missing"
    assert carl.status is ApplicationStatus.CLOSED_NOT_SELECTED


def test_who_owes_a_scorecard_does_not_decide(carl: Application, hugo: Person) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), hugo)

    with pytest.raises(Refused, match="Submit your own scorecard"):
        no_hire(carl, hugo, acknowledged_missing=True)


def test_nobody_decides_about_somebody_who_has_withdrawn(carl: Application, hugo: Person) -> None:
    carl.status, carl.status_reason = ApplicationStatus.WITHDRAWN, "Found another job."

    with pytest.raises(Refused, match="no longer in the running"):
        no_hire(carl, hugo)


def test_a_draft_is_filled_with_what_is_known(carl: Application, rosa: Person) -> None:
    text = draft_message(carl, "msg-closed-not-selected", rosa, reason="that the shifts do not fit").text

    assert text.startswith("Dear Carl, we have decided on another person for Support agent")
    assert "What tipped the scales was that the shifts do not fit." in text
    assert "Rosa Lind will gladly talk with you until {date}" in text


def test_without_a_contact_the_writer_is_the_contact(job: Job, carl: Application, rosa: Person) -> None:
    job.contact_name = job.contact_channel = ""

    assert "Rosa, rosa@example.org" in draft_message(carl, "msg-received", rosa).text


@pytest.mark.parametrize("template", [each.id for each in messages()])
def test_every_template_becomes_a_draft(carl: Application, rosa: Person, template: str) -> None:
    sheet = message_sheet(draft_message(carl, template, rosa))

    assert all(meaning != name for name, meaning in sheet.blanks)


def test_every_reason_code_of_a_decision_has_words_for_the_candidate() -> None:
    used = {*NO_HIRE_CODES, *(code.id for code in reason_codes("pausing"))}

    assert used == set(REASONS_FOR_CANDIDATES)


def test_a_message_with_a_blank_cannot_count_as_sent(carl: Application, rosa: Person) -> None:
    draft = draft_message(carl, "msg-closed-not-selected", rosa, reason="that the shifts do not fit")

    with pytest.raises(Refused, match="Fill in the promised date") as refused:
        mark_sent(draft, rosa)

    assert (refused.value.field, draft.sent_at) == ("text", None)


def test_several_blanks_are_named_once_each(carl: Application, rosa: Person) -> None:
    with pytest.raises(Refused) as refused:
        mark_sent(draft_message(carl, "msg-no-reply", rosa), rosa)

    assert refused.value.sentence == (
        "Fill in the day on which we asked, what happens next, or what is asked of the candidate and the promised date."
    )


def test_a_complete_message_counts_as_sent_by_a_person(carl: Application, rosa: Person) -> None:
    draft = draft_message(carl, "msg-received", rosa, date="3 May")

    mark_sent(draft, rosa)

    assert draft.sent_at is not None
    assert message_sheet(draft).sent_by == "Rosa"


def test_a_sent_message_stays_as_it_is(carl: Application, rosa: Person) -> None:
    draft = draft_message(carl, "msg-received", rosa, date="3 May")
    mark_sent(draft, rosa)

    with pytest.raises(Refused, match="sent already"):
        rewrite_message(draft, "Other words.", rosa)
    with pytest.raises(Refused, match="sent already"):
        mark_sent(draft, rosa)


def test_a_text_over_somebody_elses_is_refused(carl: Application, rosa: Person) -> None:
    draft = draft_message(carl, "msg-received", rosa)
    opened = fingerprint(draft.text)
    rewrite_message(draft, "First.", rosa, opened)

    with pytest.raises(Stale):
        rewrite_message(draft, "Second.", rosa, opened)


def test_blanks_are_filled_one_after_the_other() -> None:
    text = "On {date} we asked for {next_step}; until {date}, {name}."

    filled = fill_blanks(text, {"date": ["3 May", "9 May"], "next_step": [" "]})

    assert filled == "On 3 May we asked for {next_step}; until 9 May, {name}."


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert fill_blanks("{date} {time}", {"date": ["{time}"], "time": ["nine"]}) == "{time} nine"


def test_a_message_is_cut_at_its_blanks() -> None:
    assert [(each.text, each.is_blank) for each in pieces_of("By {date}.")] == [
        ("By ", False),
        ("{date}", True),
        (".", False),
    ]


def test_an_unknown_blank_is_named_by_itself() -> None:
    assert blank_meaning("weather") == "weather"


def test_the_mail_link_carries_address_subject_and_text(carl: Application, rosa: Person) -> None:
    carl.candidate.email = "carl+jobs@example.org"

    link = message_sheet(draft_message(carl, "msg-received", rosa, date="3 May & later")).mailto

    assert link.startswith(
        "mailto:carl%2Bjobs@example.org?subject=Your%20application%3A%20Support%20agent&body="
    )
    assert "3%20May%20%26%20later" in link


def test_thanks_for_a_referral_are_not_addressed_to_the_candidate(carl: Application, rosa: Person) -> None:
    assert message_sheet(draft_message(carl, "msg-referral-thanks", rosa)).mailto.startswith("mailto:?")


def kept(application: Application, by: Person, outcome: Outcome = Outcome.HIRE, **more: Any) -> Any:
    given: dict[str, Any] = {"reason": REASON, "skill_ids": ["patience"]} | more
    return keep_for_release(application, by, outcome, **given)


def test_a_decision_that_waits_changes_nothing_yet(carl: Application, hugo: Person) -> None:
    before = carl.status

    kept(carl, hugo)

    assert carl.status is before
    assert db.session.scalars(select(Decision)).all() == []
    assert db.session.scalars(select(CandidateMessage)).all() == []


def test_a_waiting_decision_gives_way_to_a_later_one(carl: Application, hugo: Person, rosa: Person) -> None:
    kept(carl, hugo)
    later = kept(carl, rosa, Outcome.NO_HIRE, reason_code="not_selected_skills")

    assert pending_decision(carl) is later


def test_a_recorded_decision_takes_the_place_of_a_waiting_one(carl: Application, hugo: Person) -> None:
    kept(carl, hugo)

    decide(carl, hugo, Outcome.HIRE, REASON, ["patience"])

    assert pending_decision(carl) is None


def test_released_decisions_are_made_in_the_name_of_who_took_them(
    carl: Application, job: Job, hugo: Person, rosa: Person
) -> None:
    cleo = factories.application(job, "Cleo")
    kept(carl, hugo)
    kept(
        cleo,
        hugo,
        Outcome.NO_HIRE,
        reason_code="not_selected_skills",
        words_for_candidate="that it was close",
    )

    drafts = release([pending_decision(carl), pending_decision(cleo)], rosa)  # type: ignore[list-item]
    db.session.flush()

    decisions = db.session.scalars(select(Decision).order_by(Decision.id)).all()
    assert [(each.outcome, each.decided_by_id) for each in decisions] == [
        (Outcome.HIRE, hugo.id),
        (Outcome.NO_HIRE, hugo.id),
    ]
    assert (carl.status, cleo.status) == (ApplicationStatus.OFFER, ApplicationStatus.CLOSED_NOT_SELECTED)
    assert [draft.template_id for draft in drafts] == ["msg-offer", "msg-closed-not-selected"]
    assert "that it was close" in drafts[1].text
    assert pending_decision(carl) is None


def test_if_one_cannot_be_released_none_is(carl: Application, job: Job, hugo: Person) -> None:
    cleo = factories.application(job, "Cleo")
    waiting = [kept(carl, hugo), kept(cleo, hugo)]
    cleo.status, cleo.status_reason = ApplicationStatus.WITHDRAWN, "Found another place."
    db.session.commit()

    with pytest.raises(Refused, match="Cleo: Cleo is no longer in the running"):
        release(waiting, hugo)

    assert db.session.scalars(select(Decision)).all() == []
    assert carl.status is not ApplicationStatus.OFFER
    assert pending_decision(carl) is waiting[0]


def test_releasing_nothing_is_refused(hugo: Person) -> None:
    with pytest.raises(Refused, match="Tick at least one"):
        release([], hugo)


def test_a_waiting_decision_can_be_taken_back(carl: Application, hugo: Person) -> None:
    take_back(kept(carl, hugo), hugo)
    db.session.flush()

    assert pending_decision(carl) is None
    assert [event.action for event in db.session.scalars(select(AuditEvent))][-1] == "take_back_decision"


def test_a_hold_that_waits_needs_its_date(carl: Application, hugo: Person) -> None:
    with pytest.raises(Refused, match="Choose the date") as refused:
        kept(carl, hugo, Outcome.HOLD, reason_code="budget_pending")

    assert refused.value.field == "restart_date"


def test_an_explanation_names_decision_skills_and_the_nearest_description(
    carl: Application, hugo: Person
) -> None:
    decide(carl, hugo, Outcome.NO_HIRE, REASON, ["patience"], "not_selected_skills")
    db.session.flush()

    sheet = explanation_of(carl)

    assert sheet is not None
    assert (sheet.decided_by, sheet.outcome, sheet.grounds) == (hugo.name, Outcome.NO_HIRE, ("Patience",))
    assert [(each.name, each.raters, each.is_ground) for each in sheet.skills] == [
        ("Empathy", 1, False),
        ("Patience", 1, True),
    ]
    assert all(each.descriptions for each in sheet.skills)
    assert REASON not in repr(sheet)


def test_without_a_decision_there_is_nothing_to_explain(carl: Application) -> None:
    assert explanation_of(carl) is None

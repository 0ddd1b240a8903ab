"""Submitting keeps a version; reopening gives the scorecard back, with its reason, and keeps what was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from hiring.access import may_read_ratings, may_read_versions, may_reopen_scorecard
from hiring.comparisons.queries import submitted_scorecards
from hiring.debriefs.operations import close_debrief
from hiring.errors import Refused
from hiring.extensions import db
from hiring.interviews.queries import is_closed_to
from hiring.models import (
    AuditEvent,
    Debrief,
    DebriefCandidate,
    Decision,
    Interview,
    Outcome,
    Person,
    Scorecard,
    ScorecardVersion,
)
from hiring.scorecards.operations import Unfinished, reopen_scorecard, save_scorecard, submit_scorecard
from hiring.scorecards.queries import versions_of
from hiring.scorecards.versions import version_sheet
from tests import factories
from tests.conftest import SignIn
from tests.scorecards.test_operations import COMPLETE

WHY = "The second question was rated under the wrong heading."
CHANGED = replace(COMPLETE, recommendation_reason="Solid examples, and one more.")


@pytest.fixture
def card(interview: Interview, ivy: Person) -> Scorecard:
    """Ivy has submitted."""
    made = submit_scorecard(interview, ivy, COMPLETE)
    db.session.commit()
    return made


def reopened(card: Scorecard, by: Person) -> ScorecardVersion:
    writer, application = card.interviewer, card.interview.application
    version = reopen_scorecard(card, by, WHY, may_read_ratings(writer, application))
    db.session.commit()
    return version


def events(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)))


def test_a_submission_keeps_a_version_with_what_its_writer_stood_by(card: Scorecard) -> None:
    (version,) = versions_of(card)

    assert (version.number, version.submitted_at) == (1, card.submitted_at)
    assert version.content["fields"]["evidence-empathy-1-q1"] == "Rang back twice."
    assert version.content["guide"] == card.interview.guide_version.content_hash
    assert version.content["attestation"].startswith("This is what I saw and heard")
    assert events("submit_scorecard")[0].details["attested"] is True


def test_without_the_tick_nothing_is_submitted_and_no_version_kept(interview: Interview, ivy: Person) -> None:
    with pytest.raises(Unfinished) as refused:
        submit_scorecard(interview, ivy, COMPLETE, attested=False)

    assert [gap.target for gap in refused.value.gaps] == ["attested"]
    assert db.session.scalars(select(ScorecardVersion)).all() == []


def test_a_reopened_scorecard_is_owed_again_and_left_out(card: Scorecard, hugo: Person, ivy: Person) -> None:
    application = card.interview.application

    version = reopened(card, hugo)

    assert (card.is_submitted, card.submitted_at) == (False, None)
    assert is_closed_to(ivy, application)
    assert not may_read_ratings(ivy, application)
    assert submitted_scorecards({application.id}) == []
    assert (version.reopened_by_id, version.reopen_reason) == (hugo.id, WHY)
    assert events("reopen_scorecard")[0].details["reason"] == WHY


def test_it_is_recorded_whether_there_was_anything_of_others_to_read(
    card: Scorecard, hugo: Person, ian: Person
) -> None:
    assert reopened(card, hugo).had_read_others is False

    factories.scorecard(card.interview, ian)
    submit_scorecard(card.interview, card.interviewer)

    assert reopened(card, hugo).had_read_others is True


def test_changes_after_reading_are_labelled_and_an_unchanged_one_is_not(
    card: Scorecard, hugo: Person, ivy: Person, ian: Person
) -> None:
    factories.scorecard(card.interview, ian)
    reopened(card, hugo)
    submit_scorecard(card.interview, ivy)
    db.session.commit()
    assert not card.changed_after_reading

    reopened(card, hugo)
    submit_scorecard(card.interview, ivy, CHANGED)
    db.session.commit()

    assert card.changed_after_reading


def test_versions_stand_side_by_side_with_what_changed(card: Scorecard, hugo: Person, ivy: Person) -> None:
    reopened(card, hugo)
    submit_scorecard(card.interview, ivy, CHANGED)

    sheet = version_sheet(card, versions_of(card))

    assert [head.number for head in sheet.heads] == [1, 2]
    (row,) = [row for row in sheet.rows if row.is_changed]
    assert row.name == "Reasons"
    assert [piece.kind for piece in row.cells[1].pieces] == ["same", "new", "same"]


def test_a_scorecard_from_before_versions_keeps_its_first_one_when_reopened(
    interview: Interview, hugo: Person, ivy: Person
) -> None:
    old = factories.scorecard(interview, ivy)
    submitted_at = old.submitted_at

    version = reopened(old, hugo)

    assert (version.number, version.submitted_at) == (1, submitted_at)
    assert version.content["attestation"] == ""


@pytest.mark.parametrize("reason", ["", " – "])
def test_reopening_needs_a_reason(card: Scorecard, hugo: Person, reason: str) -> None:
    with pytest.raises(Refused, match="Write why") as refused:
        reopen_scorecard(card, hugo, reason, may_read_others=False)

    assert refused.value.field == "reason"
    assert card.is_submitted


def test_a_draft_is_not_reopened(card: Scorecard, hugo: Person) -> None:
    reopened(card, hugo)

    with pytest.raises(Refused, match="open already"):
        reopen_scorecard(card, hugo, WHY, may_read_others=False)


def test_after_a_decision_it_stays(card: Scorecard, hugo: Person) -> None:
    application_id = card.interview.application_id
    factories.add(
        Decision(application_id=application_id, outcome=Outcome.HIRE, reason="Yes.", decided_by_id=hugo.id)
    )

    with pytest.raises(Refused, match="addendum"):
        reopen_scorecard(card, hugo, WHY, may_read_others=False)

    assert card.is_submitted


def test_while_a_debrief_about_the_candidate_is_open_it_stays(card: Scorecard, hugo: Person) -> None:
    application = card.interview.application
    debrief = factories.add(Debrief(job_id=application.job_id, opened_by_id=hugo.id))
    factories.add(DebriefCandidate(debrief_id=debrief.id, application_id=application.id))

    with pytest.raises(Refused, match="A debrief about this candidate is open"):
        reopen_scorecard(card, hugo, WHY, may_read_others=False)

    close_debrief(debrief, hugo)
    assert reopen_scorecard(card, hugo, WHY, may_read_others=False).number == 1


def test_those_who_lead_and_owe_nothing_reopen_never_the_writer(
    card: Scorecard, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    cast = (rosa, hugo, ivy, ian, olga)

    assert [may_reopen_scorecard(each, card) for each in cast] == [True, True, False, False, False]


def test_a_lead_who_owes_or_wrote_it_does_not_reopen(card: Scorecard, hugo: Person, ivy: Person) -> None:
    version = card.interview.guide_version
    own = factories.interview(card.interview.application, version, hugo)
    assert not may_reopen_scorecard(hugo, card)

    by_hugo = factories.scorecard(own, hugo)
    assert may_reopen_scorecard(hugo, card)
    assert not may_reopen_scorecard(hugo, by_hugo)


def test_versions_are_for_those_who_may_read_and_owe_nothing(
    card: Scorecard, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    assert [may_read_versions(each, card) for each in (hugo, ivy, ian, olga)] == [True, True, False, False]

    reopened(card, hugo)

    assert not may_read_versions(ivy, card)


def test_reopening_through_the_page(sign_in: SignIn, card: Scorecard, hugo: Person, ivy: Person) -> None:
    address = f"/scorecards/{card.id}/reopen"
    assert sign_in(ivy).get(address).status_code == 403
    lead = sign_in(hugo)
    assert address in lead.get(f"/scorecards/{card.id}").text

    empty = lead.post(address, data={"reason": ""})
    answer = lead.post(address, data={"reason": WHY})

    assert (empty.status_code, answer.status_code) == (422, 303)
    assert "Write why it is reopened." in empty.text
    db.session.expire_all()
    assert not card.is_submitted
    assert "This scorecard is open already" in lead.get(address).text


def test_the_versions_page_and_the_label(
    sign_in: SignIn, card: Scorecard, hugo: Person, ivy: Person, ian: Person
) -> None:
    factories.scorecard(card.interview, ian)
    reopened(card, hugo)
    submit_scorecard(card.interview, ivy, CHANGED)
    db.session.commit()
    client = sign_in(hugo)

    page = client.get(f"/scorecards/{card.id}/versions").text

    for words in (WHY, "Reopened by Hugo", "<ins>", "open to the writer", "1 field changed"):
        assert words in page
    job_id = card.interview.application.job_id
    for address in (f"/scorecards/{card.id}", f"/jobs/{job_id}/comparison/evidence/empathy"):
        assert "Changed after the others’ ratings were open" in client.get(address).text


def test_advice_reaches_the_writer_alone_and_is_not_kept(
    sign_in: SignIn, interview: Interview, ivy: Person, hugo: Person
) -> None:
    answers = replace(COMPLETE, recommendation_reason="I liked him.")
    save_scorecard(interview, ivy, answers)
    db.session.commit()
    writer = sign_in(ivy)
    kit = writer.get(f"/interviews/{interview.id}/scorecard").text
    assert "<q>I liked him</q>" in kit
    assert kit.count("A judgement without behaviour") == 2

    card = submit_scorecard(interview, ivy)
    db.session.commit()

    assert "A judgement without" not in writer.get(f"/scorecards/{card.id}").text
    assert "A judgement without" not in sign_in(hugo).get(f"/scorecards/{card.id}").text
    (version,) = versions_of(card)
    assert "advice" not in str(version.content)
    assert "judgement" not in str([event.details for event in db.session.scalars(select(AuditEvent))])

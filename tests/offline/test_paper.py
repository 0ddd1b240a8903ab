"""Paper typed in by a colleague, confirmed by the interviewer."""

from __future__ import annotations

from hiring import access
from hiring.extensions import db
from hiring.models import EntrySource, Interview, Panelist, Person, RoleName, Scorecard, ScorecardEntry
from tests import factories
from tests.conftest import SignIn
from tests.offline.conftest import EVIDENCE, LEVEL

TYPED = {
    LEVEL: "4",
    EVIDENCE: "Rang back twice.",
    "recommendation": "hire",
    "recommendation_reason": "Solid.",
}


def seat_of(interview: Interview, person: Person) -> Panelist:
    return next(seat for seat in interview.panel if seat.person_id == person.id)


def test_a_lead_types_and_the_interviewer_confirms(
    interview: Interview, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    address = f"/panelists/{seat_of(interview, ivy).id}/paper"
    lead = sign_in(hugo)
    answer = lead.post(address, data=TYPED, follow_redirects=True)

    assert "Ivy confirms it before it counts." in answer.text
    assert db.session.scalar(db.select(Scorecard)) is None
    entry = db.session.scalars(db.select(ScorecardEntry)).one()
    assert (entry.source, entry.entered_by_id, entry.interviewer_id) == (EntrySource.PAPER, hugo.id, ivy.id)
    assert lead.get(f"/scorecard-entries/{entry.id}").status_code == 403

    own = sign_in(ivy)
    assert "Hugo typed in your paper" in own.get(f"/interviews/{interview.id}/scorecard").text
    own.post(f"/scorecard-entries/{entry.id}/take", data={"revision": "0"})
    card = db.session.scalars(db.select(Scorecard)).one()
    assert [(each.level, each.evidence) for each in card.ratings] == [(4, "Rang back twice.")]
    assert (card.recommendation, card.submitted_at) == ("hire", None)


def test_a_wrong_level_stands_beside_its_field_with_the_words_kept(
    interview: Interview, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    address = f"/panelists/{seat_of(interview, ivy).id}/paper"
    answer = sign_in(hugo).post(address, data={**TYPED, LEVEL: "7"})

    assert answer.status_code == 422
    assert "Choose a level from 1 to 5." in answer.text
    assert "Rang back twice." in answer.text
    assert db.session.scalar(db.select(ScorecardEntry)) is None


def test_an_empty_sheet_is_refused(interview: Interview, hugo: Person, ivy: Person, sign_in: SignIn) -> None:
    answer = sign_in(hugo).post(f"/panelists/{seat_of(interview, ivy).id}/paper", data={EVIDENCE: " "})

    assert answer.status_code == 422
    assert "Type in at least one level or one text." in answer.text


def test_nobody_types_in_paper_of_those_whom_they_must_not_read_yet(
    interview: Interview, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    seat = seat_of(interview, ivy)
    owing = factories.person("Rita", RoleName.RECRUITER)
    factories.interview(interview.application, interview.guide_version, owing)

    allowed = {each.name: access.may_type_paper(each, seat) for each in (rosa, hugo, ivy, ian, olga, owing)}

    assert allowed == {"Rosa": True, "Hugo": True, "Ivy": False, "Ian": False, "Olga": False, "Rita": False}


def test_the_interview_offers_it_to_those_who_may(
    interview: Interview, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    assert sign_in(hugo).get(f"/interviews/{interview.id}").text.count("Type in from paper") == 2
    assert "Type in from paper" not in sign_in(ian).get(f"/interviews/{interview.id}").text


def test_only_the_interviewer_answers(interview: Interview, hugo: Person, ivy: Person, ian: Person) -> None:
    entry = factories.add(
        ScorecardEntry(
            interview_id=interview.id,
            interviewer_id=ivy.id,
            entered_by_id=hugo.id,
            source=EntrySource.PAPER,
            content={"fields": {}},
        )
    )

    assert [access.may_answer_entry(each, entry) for each in (ivy, ian, hugo)] == [True, False, False]

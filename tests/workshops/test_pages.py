"""Pages of workshops: who opens them, what they refuse, and that sorters see nothing they should not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from hiring.assessment.retranslation import Choice
from hiring.extensions import db
from hiring.models import BankEntry, Person, Workshop, WorkshopStatus
from hiring.workshops.operations import close_sorting, invite, place, propose_anchor
from hiring.workshops.queries import anchors_in, placements_of, sorter_of
from tests import factories
from tests.conftest import Queries, SignIn
from tests.workshops.stages import (
    SKILLS,
    closed,
    follow_the_figures,
    signed_off,
    sort_all,
    sorting,
    started,
)

TOKEN = re.compile(r'csrf_token"[^>]*value="[^"]*"|"X-CSRFToken": "[^"]*"')


def at(workshop: Workshop, page: str = "") -> str:
    return f"/bank/workshops/{workshop.id}{page}"


def all_meant(workshop: Workshop) -> dict[str, str]:
    """What a browser sends for a sorting in which everything is put where it was meant."""
    skills = {f"skill-{each.id}": each.skill_id for each in anchors_in(workshop)}
    return skills | {f"level-{each.id}": str(each.level) for each in anchors_in(workshop)}


def only_workshop() -> Workshop:
    return db.session.scalars(select(Workshop)).one()


# The list, and starting one


def test_the_list_shows_all_to_who_writes_for_the_bank_and_to_sorters_their_own(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    sorting(rosa, ivy, ian, title="With Ivy")
    started(rosa, ian, title="Without her")

    seen = {who.name: sign_in(who).get("/bank/workshops").text for who in (hugo, ivy, olga)}

    assert [("With Ivy" in page, "Without her" in page) for page in seen.values()] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert "/sort" in seen["Ivy"]
    assert "/bank/workshops/new" not in seen["Olga"]


def test_a_sorter_finds_on_the_first_page_what_waits(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    before = sign_in(ivy).get("/").text

    sort_all(workshop, ivy)

    assert (at(workshop, "/sort") in before, "One thing waits for you." in before) == (True, True)
    assert at(workshop, "/sort") not in sign_in(ivy).get("/").text


def test_a_workshop_is_started(sign_in: SignIn, rosa: Person) -> None:
    form = {"title": "Two neighbours", "language": "en", "skill_ids": list(SKILLS), "leader_sorts": "y"}

    got = sign_in(rosa).post("/bank/workshops/new", data=form)

    assert (got.status_code, got.location) == (303, at(only_workshop()))
    assert [each.person for each in only_workshop().sorters] == [rosa]


def test_the_form_of_a_new_workshop_offers_own_drafts(sign_in: SignIn, own_draft: BankEntry) -> None:
    page = sign_in(own_draft.latest.author).get("/bank/workshops/new").text

    assert "Queue care (own, English)" in page


def test_an_interviewer_starts_no_workshop(sign_in: SignIn, olga: Person) -> None:
    assert sign_in(olga).get("/bank/workshops/new").status_code == 403


def test_one_skill_is_refused_beside_the_skills(sign_in: SignIn, rosa: Person) -> None:
    form = {"title": "Only one", "language": "en", "skill_ids": ["empathy"]}

    got = sign_in(rosa).post("/bank/workshops/new", data=form)

    assert got.status_code == 422
    assert 'id="skill_ids-error"' in got.text
    assert 'value="Only one"' in got.text
    assert re.search(r'<input checked[^>]*value="empathy"', got.text)


# One workshop


@pytest.mark.parametrize("part", ["", "/propose"])
def test_those_who_take_part_open_a_workshop_and_outsiders_do_not(
    sign_in: SignIn, rosa: Person, hugo: Person, ada: Person, ivy: Person, olga: Person, part: str
) -> None:
    workshop = started(rosa, ivy)

    found = {
        who.name: sign_in(who).get(at(workshop, part)).status_code for who in (rosa, hugo, ada, ivy, olga)
    }

    assert found == {"Rosa": 200, "Hugo": 200, "Ada": 200, "Ivy": 200, "Olga": 403}


def test_only_who_leads_sees_what_others_propose_before_the_sorting_is_closed(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = started(rosa, ivy, ian, author=ian)

    def seen_by(person: Person, page: str = "") -> bool:
        return "Sounds like empathy" in sign_in(person).get(at(workshop, page)).text

    assert [seen_by(each) for each in (rosa, hugo, ivy, ian)] == [True, False, False, True]
    assert [seen_by(each, "/propose") for each in (rosa, hugo, ivy, ian)] == [False, False, False, True]


def test_a_leader_who_sorts_sees_only_their_own(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = started(rosa, ivy, author=ian, sorts=True)

    assert "Sounds like" not in sign_in(rosa).get(at(workshop)).text


def test_a_colleague_is_invited_and_let_go(sign_in: SignIn, rosa: Person, ivy: Person) -> None:
    workshop, client = started(rosa), sign_in(rosa)

    assert client.post(at(workshop, "/sorters"), data={"person_id": str(ivy.id)}).status_code == 303
    assert "Ivy" in client.get(at(workshop)).text
    assert client.post(at(workshop, "/sorters/remove"), data={"person_id": str(ivy.id)}).status_code == 303
    db.session.refresh(workshop)
    assert workshop.sorters == []


@pytest.mark.parametrize("person_id", ["", "0", "letters"])
def test_an_invitation_of_nobody_is_refused_beside_the_field(
    sign_in: SignIn, rosa: Person, person_id: str
) -> None:
    workshop = started(rosa)

    got = sign_in(rosa).post(at(workshop, "/sorters"), data={"person_id": person_id})

    assert got.status_code == 422
    assert 'id="person_id-error"' in got.text


def test_opening_says_what_is_missing(sign_in: SignIn, rosa: Person) -> None:
    workshop = started(rosa, levels=(1, 3))

    got = sign_in(rosa).post(at(workshop, "/open"))

    assert got.status_code == 422
    assert "Empathy has no anchor at level 5 yet." in got.text
    assert workshop.status is WorkshopStatus.PROPOSING


@pytest.mark.parametrize("door", ["/sorters", "/sorters/remove", "/open", "/close"])
def test_only_who_leads_invites_opens_and_closes(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, door: str
) -> None:
    workshop = started(rosa, ivy)

    assert [sign_in(each).post(at(workshop, door)).status_code for each in (hugo, ivy)] == [403, 403]


def test_progress_is_counted_for_who_leads_and_for_nobody_else(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    place(workshop, ivy, {anchors_in(workshop)[0].id: Choice(None)})
    db.session.commit()

    pages = [sign_in(each).get(at(workshop)).text for each in (rosa, hugo, ian)]

    assert ["1 of 6 sorted" in page for page in pages] == [True, False, False]


# Proposing


def test_an_anchor_is_proposed_changed_and_taken_back(sign_in: SignIn, rosa: Person, ivy: Person) -> None:
    workshop, client = started(rosa, ivy), sign_in(ivy)
    form = {"skill_id": "empathy", "level": "4", "text": "Says what the other may feel."}

    assert client.post(at(workshop, "/propose"), data=form).status_code == 303
    [own] = [each for each in anchors_in(workshop) if each.proposed_by_id == ivy.id]
    address = f"/bank/workshops/anchors/{own.id}"
    assert client.post(address, data=form | {"level": "5"}).status_code == 303
    assert (own.skill_id, own.level, own.text) == ("empathy", 5, "Says what the other may feel.")
    assert client.post(f"{address}/withdraw").status_code == 303
    assert len(anchors_in(workshop)) == 6


def test_the_levels_of_a_skill_are_taken_over_once(sign_in: SignIn, rosa: Person, ivy: Person) -> None:
    workshop, client = started(rosa, ivy), sign_in(ivy)

    first, second = (client.post(at(workshop, "/take-over"), data={"skill_id": "empathy"}) for _ in "12")

    assert (first.status_code, second.status_code) == (303, 422)
    assert "among the proposals already" in second.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"skill_id": "listening"}, "skill_id"),
        ({"level": "9"}, "level"),
        ({"text": ""}, "text"),
        ({}, "text"),
    ],
)
def test_a_wrong_proposal_keeps_what_was_typed(
    sign_in: SignIn, rosa: Person, ivy: Person, wrong: dict[str, str], field: str
) -> None:
    workshop = started(rosa, ivy)
    form = {"skill_id": "empathy", "level": "1", "text": "Sounds like empathy at 1."} | wrong

    for address in (at(workshop, "/propose"), f"/bank/workshops/anchors/{other_anchor(workshop, ivy).id}"):
        got = sign_in(ivy).post(address, data=form)
        assert got.status_code == 422
        assert f'id="{field}-error"' in got.text
        assert form["text"] in got.text


def other_anchor(workshop: Workshop, author: Person) -> Any:
    anchor = propose_anchor(workshop, author, "patience", 2, "Sighs aloud.")
    db.session.commit()
    return anchor


def test_nobody_edits_anothers_anchor(sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person) -> None:
    anchor = anchors_in(started(rosa, ivy))[0]

    for person in (hugo, ivy):
        client = sign_in(person)
        assert client.get(f"/bank/workshops/anchors/{anchor.id}").status_code == 403
        assert client.post(f"/bank/workshops/anchors/{anchor.id}/withdraw").status_code == 403


def test_words_that_give_the_answer_away_are_noticed(sign_in: SignIn, rosa: Person) -> None:
    workshop = started(rosa)
    propose_anchor(workshop, rosa, "empathy", 5, "As 4, and shared what was learned.")
    propose_anchor(workshop, rosa, "empathy", 2, "Shows little empathy for the stakeholder.")
    db.session.commit()

    page = sign_in(rosa).get(at(workshop, "/propose")).text

    assert [words in page for words in ("Leans on another level", "Gives it away", "Jargon")] == [True] * 3


# Sorting


def test_a_part_is_saved_and_what_was_chosen_is_shown_again(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop, client = sorting(rosa, ivy, ian), sign_in(ivy)
    one, other = (each.id for each in anchors_in(workshop)[:2])
    part = {f"skill-{one}": "patience", f"level-{one}": "2", f"skill-{other}": "none", f"level-{other}": "5"}

    assert client.post(at(workshop, "/sort"), data=part | {"do": "save"}).status_code == 303

    page = client.get(at(workshop, "/sort")).text
    assert "2 of 6" in page
    assert f'id="skill-{one}-patience" value="patience" checked' in page
    assert f'id="skill-{other}-none" value="none" checked' in page
    assert f'id="level-{other}-5" value="5" checked' not in page


def test_a_level_without_a_skill_is_refused_beside_the_anchor(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    number = anchors_in(workshop)[0].id

    got = sign_in(ivy).post(at(workshop, "/sort"), data={f"level-{number}": "2", "do": "save"})

    assert got.status_code == 422
    assert f'id="error-{number}"' in got.text
    assert "Choose the skill as well." in got.text
    assert f'id="level-{number}-2" value="2" checked' in got.text


@pytest.mark.parametrize("name", ["skill", "level"])
def test_what_is_no_skill_and_no_level_is_refused(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person, name: str
) -> None:
    workshop = sorting(rosa, ivy, ian)
    number = anchors_in(workshop)[0].id
    form = {f"skill-{number}": "empathy", f"level-{number}": "2"} | {f"{name}-{number}": "letters"}

    got = sign_in(ivy).post(at(workshop, "/sort"), data=form)

    assert got.status_code == 422
    assert "Choose" in got.text.split(f'id="error-{number}"')[1][:300]


def test_finishing_too_early_keeps_the_part_and_names_the_rest(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    number = anchors_in(workshop)[0].id
    form = {f"skill-{number}": "empathy", f"level-{number}": "1", "do": "finish"}

    got = sign_in(ivy).post(at(workshop, "/sort"), data=form)

    assert got.status_code == 422
    assert got.text.count("This one is still to be sorted.") == 10  # Five anchors, above and beside each.
    sorter = sorter_of(workshop, ivy)
    assert sorter is not None
    assert list(placements_of(sorter)) == [number]


def test_a_finished_sorting_is_locked_and_can_still_be_read(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop, client = sorting(rosa, ivy, ian), sign_in(ivy)

    assert client.post(at(workshop, "/sort"), data=all_meant(workshop) | {"do": "finish"}).status_code == 303

    page = client.get(at(workshop, "/sort")).text
    assert "Your sorting is locked." in page
    assert 'name="do"' not in page
    again = client.post(at(workshop, "/sort"), data=all_meant(workshop))
    assert (again.status_code, "You have finished" in again.text) == (422, True)


def test_only_those_who_were_asked_sort_and_only_once_it_has_begun(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    open_, proposing = sorting(rosa, ivy, ian), started(rosa, ivy)

    assert [sign_in(each).get(at(open_, "/sort")).status_code for each in (ivy, rosa, hugo, olga)] == [
        200,
        403,
        403,
        403,
    ]
    assert sign_in(ivy).get(at(proposing, "/sort")).status_code == 403


# Blind


def sorting_page(client: FlaskClient, workshop: Workshop) -> str:
    db.session.commit()
    return TOKEN.sub("", client.get(at(workshop, "/sort")).text)


def test_the_sorting_page_is_the_same_to_the_byte_whatever_others_do(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, olga)
    pages = [sorting_page(sign_in(ivy), workshop)]
    place(workshop, ian, {each.id: Choice("empathy", 1) for each in anchors_in(workshop)})
    pages.append(sorting_page(sign_in(ivy), workshop))
    sort_all(workshop, ian, empathy=Choice(None))
    sort_all(workshop, olga)
    pages.append(sorting_page(sign_in(ivy), workshop))

    assert len(set(pages)) == 1


def test_the_sorting_page_does_not_tell_what_was_meant_nor_by_whom(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, author=hugo)
    before = sorting_page(sign_in(ivy), workshop)

    for each in anchors_in(workshop):
        each.skill_id, each.level, each.proposed_by = "patience", 2, ian

    assert sorting_page(sign_in(ivy), workshop) == before
    assert "Hugo" not in before


def test_the_list_and_the_workshop_tell_a_sorter_nothing_of_others_either(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, olga)

    def seen() -> list[str]:
        db.session.commit()
        return [TOKEN.sub("", sign_in(ivy).get(each).text) for each in ("/bank/workshops", at(workshop))]

    before = seen()
    sort_all(workshop, ian, empathy=Choice(None))
    sort_all(workshop, olga)

    assert seen() == before


def test_who_has_not_finished_finds_the_agreement_closed_at_every_door(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, hugo)
    for person in (ivy, ian):
        sort_all(workshop, person)
    close_sorting(workshop, rosa)
    follow_the_figures(workshop, rosa)

    client = sign_in(hugo)

    assert [client.get(at(workshop, each)).status_code for each in ("/agreement", "/drafts")] == [403, 403]
    assert [
        client.post(at(workshop, each)).status_code for each in ("/agreement", "/sign-off", "/drafts")
    ] == [403] * 3
    assert "Sounds like empathy" not in client.get(at(workshop)).text
    assert sign_in(ivy).get(at(workshop, "/agreement")).status_code == 200


def test_nobody_sees_the_agreement_while_the_sorting_goes_on(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    sort_all(workshop, ivy)

    assert [sign_in(each).get(at(workshop, "/agreement")).status_code for each in (rosa, hugo, ivy, ian)] == [
        403
    ] * 4


# Agreement, decisions, sign-off


def test_the_agreement_tells_how_each_anchor_was_read(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    workshop = closed(rosa, ivy, ian)

    page = sign_in(hugo).get(at(workshop, "/agreement")).text

    assert "Fewer than half put it in Empathy" in page
    assert "95 % interval 34 % to 100 %" in page  # Two of two: 1 / (1 + 1.96² / 2).
    assert "Only 2 sorters" in page
    assert "Put elsewhere: Patience 2" in re.sub(r"\s+", " ", page)
    assert sign_in(olga).get(at(workshop, "/agreement")).status_code == 403


def test_a_decision_against_the_figures_without_a_reason_is_refused_beside_the_anchor(
    sign_in: SignIn, rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    misread, other = (
        next(each.id for each in anchors_in(workshop) if words in each.text)
        for words in ("empathy at 5", "empathy at 1")
    )
    form = {f"keep-{misread}": "yes", f"keep-{other}": "yes", f"reason-{other}": "Ours."}

    got = sign_in(rosa).post(at(workshop, "/agreement"), data=form)

    assert got.status_code == 422
    assert f'id="decision-{misread}-error"' in got.text
    assert "Ours." in got.text
    assert (
        sign_in(rosa)
        .post(at(workshop, "/agreement"), data=form | {f"reason-{misread}": "Reworded."})
        .status_code
        == 303
    )
    assert "Reworded." in sign_in(ivy).get(at(workshop, "/agreement")).text


def test_only_who_leads_decides(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)

    assert [sign_in(each).post(at(workshop, "/agreement")).status_code for each in (hugo, ivy)] == [403, 403]


def test_a_sign_off_without_a_word_is_refused_beside_the_field(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)
    form = {"revision": str(workshop.revision), "sign_off_note": " "}

    got = sign_in(hugo).post(at(workshop, "/sign-off"), data=form)

    assert got.status_code == 422
    assert 'id="sign_off_note-error"' in got.text


def test_a_stale_sign_off_keeps_the_note(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)
    form = {"revision": str(workshop.revision - 1), "sign_off_note": "Good enough."}

    got = sign_in(hugo).post(at(workshop, "/sign-off"), data=form)

    assert got.status_code == 422
    assert "Decisions have changed since you opened the page." in got.text
    assert "Good enough." in got.text


def test_who_led_and_interviewers_do_not_sign_off(
    sign_in: SignIn, rosa: Person, ada: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)
    form = {"revision": str(workshop.revision), "sign_off_note": "Good enough."}

    assert [sign_in(each).post(at(workshop, "/sign-off"), data=form).status_code for each in (rosa, ivy)] == [
        403,
        403,
    ]
    assert sign_in(ada).post(at(workshop, "/sign-off"), data=form).status_code == 303


def test_a_draft_is_written_from_what_was_kept(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = signed_off(rosa, hugo, ivy, ian)

    got = sign_in(rosa).post(at(workshop, "/drafts"), data={"skill_id": "empathy"})

    entry = db.session.scalars(select(BankEntry)).one()
    assert (got.status_code, got.location) == (303, f"/bank/own/{entry.id}")
    page = sign_in(rosa).get(got.location).text
    assert "Levels 1, 3 validated" in page
    assert "2 sorters" in page


def test_an_interviewer_writes_no_draft(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = signed_off(rosa, hugo, ivy, ian)

    assert sign_in(ivy).get(at(workshop, "/drafts")).status_code == 403


def test_a_draft_of_nothing_is_refused(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = signed_off(rosa, hugo, ivy, ian)

    got = sign_in(rosa).post(at(workshop, "/drafts"), data={"skill_id": "listening", "level-1": "letters"})

    assert got.status_code == 422
    assert "No anchor of this skill was kept." in got.text


def test_a_skill_in_use_says_which_levels_are_validated(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    from hiring.authoring.operations import activate, review
    from hiring.workshops.operations import put_into_draft

    entry = put_into_draft(signed_off(rosa, hugo, ivy, ian), hugo, "empathy")
    review(entry, rosa)
    activate(entry, rosa)

    page = sign_in(olga).get(f"/bank/{entry.ident}").text

    assert "Levels 1, 3 validated" in page
    assert "in the workshop “Two neighbours”" in page


# As many queries for three as for one

Count = Callable[[FlaskClient, str], int]


@pytest.fixture
def count(queries: Callable[[], Queries]) -> Count:
    """``count(client, address)`` opens a page twice and counts the queries of the second time."""

    def counted(client: FlaskClient, address: str) -> int:
        client.get(address)
        with queries() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    return counted


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    sign_in: SignIn, count: Count, rosa: Person, ivy: Person, ian: Person
) -> None:
    client = sign_in(rosa)
    started(rosa, ivy, ian)
    for_one = count(client, "/bank/workshops")
    for number in (2, 3):
        started(rosa, ivy, ian, factories.person(f"Person {number}"), title=f"Round {number}")

    assert count(client, "/bank/workshops") == for_one <= 3 + 8


@pytest.mark.parametrize("part", ["", "/propose"])
def test_a_workshop_takes_as_many_queries_for_many_anchors_as_for_few(
    sign_in: SignIn, count: Count, rosa: Person, hugo: Person, ivy: Person, ian: Person, part: str
) -> None:
    client, workshop = sign_in(rosa), started(rosa, ivy, levels=(1,))
    few = count(client, at(workshop, part))
    for person in (rosa, hugo, ivy, ian):
        for level in (2, 3, 4):
            propose_anchor(workshop, person, "patience", level, f"{person.name} proposes {level}.")
    for number in range(3):
        invite(workshop, factories.person(f"Person {number}"), rosa)
    db.session.commit()

    assert count(client, at(workshop, part)) == few


@pytest.mark.parametrize(
    ("part", "make"), [("/sort", sorting), ("/agreement", closed), ("/drafts", signed_off)]
)
def test_sorting_agreement_and_drafts_take_as_many_queries_for_many_anchors_as_for_few(
    sign_in: SignIn,
    count: Count,
    rosa: Person,
    hugo: Person,
    ivy: Person,
    ian: Person,
    ada: Person,
    part: str,
    make: Callable[..., Workshop],
) -> None:
    signer = (hugo,) if make is signed_off else ()
    client = sign_in(hugo if part == "/drafts" else ivy)
    few = count(client, at(make(rosa, *signer, ivy, ian), part))

    many = count(client, at(make(rosa, *signer, ivy, ian, ada, levels=(1, 2, 3, 4, 5)), part))

    assert many == few

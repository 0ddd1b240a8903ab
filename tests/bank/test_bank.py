"""Browsing the question bank: all skills, a search, one skill in full."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from hiring.bank.document import bank_sheet, skill_sheet
from hiring.models import Person
from question_bank import QuestionKind, Sign, observations, question, skill, skills
from tests.conftest import SignIn


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_first_page_shows_every_skill_with_its_meaning(sign_in: SignIn, olga: Person) -> None:
    page = words_of(sign_in(olga).get("/bank").text)

    assert [each.name for each in skills() if each.name not in page or each.meaning not in page] == []


@pytest.mark.parametrize("address", ["/bank", "/bank/empathy"])
def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn, address: str) -> None:
    answer = sign_in(None).get(address)

    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={address}")


@pytest.mark.parametrize("skill_id", [each.id for each in skills()])
def test_a_skills_page_holds_every_word_an_interviewer_needs(
    sign_in: SignIn, olga: Person, skill_id: str
) -> None:
    found = skill(skill_id)
    expected = [
        found.meaning,
        found.why_it_matters,
        found.boundary,
        *(each.text for each in found.questions),
        *(each.text for probe in found.probes for each in probe.follow_ups),
        *(probe.listen_for[1:] for probe in found.probes),
        *(probe.note[1:] for probe in found.probes),
        *(each.text for each in found.indicators),
        *(each.text for each in found.anchors),
        *(each.text for each in observations(skill_id)),
    ]

    page = words_of(sign_in(olga).get(f"/bank/{skill_id}").text)

    assert [text for text in expected if re.sub(r"\s+", " ", text.strip()) not in page] == []
    assert page.count("Red flag") == len(found.red_flags)


def test_every_place_that_a_search_links_to_exists(sign_in: SignIn, olga: Person) -> None:
    client = sign_in(olga)
    missing = []

    for shelf in bank_sheet("e").shelves:
        page = client.get(f"/bank/{shelf.id}").text
        missing += [each.place for each in shelf.passages if f'id="{each.place}"' not in page]

    assert missing == []


def test_an_unknown_skill_is_a_missing_page(sign_in: SignIn, olga: Person) -> None:
    answer = sign_in(olga).get("/bank/juggling")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_kind_shows_only_questions_of_that_kind() -> None:
    sheet = bank_sheet(kind=QuestionKind.MOTIVATION)

    found = {each.place for shelf in sheet.shelves for each in shelf.passages}
    assert found == {each.id for one in skills() for each in one.questions if each.kind == "motivation"}


def test_words_are_found_in_any_case_and_order() -> None:
    sheet = bank_sheet("PARCEL caller")

    assert "empathy-1-q2" in {each.place for shelf in sheet.shelves for each in shelf.passages}


def test_words_and_kind_narrow_each_other_down(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=parcel&kind=behavioural").text

    assert question("empathy-1-q2").text not in words_of(page)
    assert 'value="parcel"' in page
    assert re.search(r'<option value="behavioural" selected>', page)


def test_a_search_without_a_hit_says_what_to_try(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=zeppelin").text

    assert "Nothing in the bank matches" in page
    assert "Try fewer or shorter words" in page


@pytest.mark.parametrize("query", ["kind=nonsense", "q=", "q=%00", "q=%20%20", "kind=&q="])
def test_a_query_that_asks_for_nothing_shows_everything(sign_in: SignIn, olga: Person, query: str) -> None:
    answer = sign_in(olga).get(f"/bank?{query}")

    assert answer.status_code == 200
    assert skills()[-1].meaning in words_of(answer.text)


def test_what_is_searched_for_is_text_and_never_markup(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=<script>alert(1)</script>").text

    assert "<script>alert" not in page


def test_a_skill_knows_its_neighbours_and_its_observations() -> None:
    sheet = skill_sheet(skills()[1])

    assert (sheet.previous, sheet.next) == (skills()[0], skills()[2])
    assert {each.sign for each in sheet.positive_observations} == {Sign.POSITIVE}
    assert len(sheet.positive_observations + sheet.negative_observations) == len(sheet.observations)


def test_the_pages_take_few_queries(sign_in: SignIn, olga: Person, queries: Any) -> None:
    client = sign_in(olga)

    with queries() as seen:
        client.get("/bank?q=e")
        client.get("/bank/empathy")

    assert len(seen) <= 6

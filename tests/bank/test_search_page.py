"""Looking for something in the bank, on its page."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from hiring.bank.search import find
from hiring.extensions import db
from hiring.models import Person, RevisionStatus
from question_bank import skills
from tests.bank.conftest import add_probe
from tests.bank.test_bank import words_of
from tests.conftest import SignIn


def links_in(page: str) -> list[str]:
    rows = re.findall(r'<li class="list-row bank-hit">.*?<a href="([^"]+)"', page, re.DOTALL)
    return [html.unescape(each) for each in rows]


def count_beside(page: str, name: str, value: str) -> str:
    found = re.search(
        rf'name="{name}" value="{value}".*?<span class="number small">([\d,]+)', page, re.DOTALL
    )
    return found[1] if found else ""


def test_without_a_search_the_core_skills_stand_before_the_others(sign_in: SignIn, olga: Person) -> None:
    page = words_of(sign_in(olga).get("/bank").text)
    places = [page.index(each.meaning) for each in skills()]

    assert places == sorted(places)
    assert page.index("Core skills") < places[0] < page.index("Skills to add") < places[-1]


def test_a_hit_is_marked_and_leads_to_its_place(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=PARCEL+caller&language=en").text

    assert "<mark>parcel</mark>" in page
    assert links_in(page) == ["/bank/empathy?language=en#empathy-1-q2"]
    assert "Found in one place." in page


@pytest.mark.parametrize("language", ["en", "da", "ru", "zh"])
def test_every_place_that_a_search_links_to_exists(sign_in: SignIn, olga: Person, language: str) -> None:
    client = sign_in(olga)
    hits = find("", languages=[language], limit=100_000).hits
    pages = dict.fromkeys({hit.skill_id for hit in hits}, "")
    for skill_id in pages:
        pages[skill_id] = client.get(f"/bank/{skill_id or 'words'}?language={language}").text

    assert {hit.place for hit in hits if f'id="{hit.place}"' not in pages[hit.skill_id]} == set()


def test_facets_say_how_much_they_give_and_what_is_chosen(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=customer&language=en&found=question&found=anchor").text

    total = find("customer", languages=["en"]).facets.founds
    assert count_beside(page, "found", "question") == str(total["question"])
    assert 'name="found" value="anchor" checked' in page
    assert 'name="language" value="en" checked' in page
    assert f"Found in {total['question'] + total['anchor']} places." in page


def test_the_next_page_keeps_words_and_choices(sign_in: SignIn, olga: Person) -> None:
    client = sign_in(olga)
    first = client.get("/bank?q=customer&language=en&kind=behavioural&kind=situational").text
    address = re.search(r'rel="next" href="([^"]+)"', first)
    assert address is not None

    second = client.get(html.unescape(address[1])).text

    assert links_in(second)
    assert set(links_in(first)) & set(links_in(second)) == set()
    assert 'value="customer"' in second
    assert 'name="kind" value="situational" checked' in second


def test_a_search_without_a_hit_says_what_to_try(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=zeppelin&kind=motivation").text

    assert "Nothing in the bank matches" in page
    assert "Try fewer or shorter words" in page
    assert 'name="kind" value="motivation" checked' in page


def test_where_no_place_holds_all_words_the_page_says_that_it_shows_some(
    sign_in: SignIn, olga: Person
) -> None:
    page = sign_in(olga).get("/bank?q=parcel+zeppelin").text

    assert "No place holds all of these words." in page
    assert "<mark>parcel</mark>" in page
    assert "Nothing in the bank matches" not in page


@pytest.mark.parametrize(
    "query",
    ["kind=nonsense", "q=", "q=%00", "q=%20%20", "kind=&q=", "level=9", "page=-4", "page=x", "used=perhaps"],
)
def test_a_query_that_asks_for_nothing_shows_everything(sign_in: SignIn, olga: Person, query: str) -> None:
    answer = sign_in(olga).get(f"/bank?{query}")

    assert answer.status_code == 200
    assert skills()[-1].meaning in words_of(answer.text)


@pytest.mark.parametrize("words", ["%22", "%27", "-", "*", "NOT", "a+OR+(", "%FF", "%ED%A0%80", "x" * 3000])
def test_any_words_are_answered(sign_in: SignIn, olga: Person, words: str) -> None:
    assert sign_in(olga).get(f"/bank?q={words}&page=9999").status_code == 200


def test_what_is_searched_for_is_text_and_never_markup(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?q=<script>alert(1)</script>").text

    assert "<script>alert" not in page


def test_drafts_are_found_by_those_who_write(sign_in: SignIn, olga: Person, rosa: Person) -> None:
    entry = add_probe(rosa, "What does <b>a lighthouse</b> keeper need?", status=RevisionStatus.DRAFT)
    db.session.commit()

    writer, outsider = (sign_in(each).get("/bank?q=lighthouse").text for each in (rosa, olga))

    assert links_in(writer) == [f"/bank/own/{entry.id}"]
    assert "&lt;b&gt;a <mark>lighthouse</mark>&lt;/b&gt;" in writer
    assert "Own, draft" in writer
    assert "Nothing in the bank matches" in outsider
    assert "Own, draft" not in outsider


def test_own_words_in_use_lead_to_the_page_of_their_skill(
    sign_in: SignIn, olga: Person, rosa: Person
) -> None:
    add_probe(rosa, "What does a lighthouse keeper need?")
    client = sign_in(olga)

    (address,) = links_in(client.get("/bank?q=lighthouse").text)

    assert address == "/bank/empathy?language=en#empathy-o1-q1"
    assert 'id="empathy-o1-q1"' in client.get(address).text


def test_of_a_long_text_the_part_around_the_hit_is_shown(sign_in: SignIn, olga: Person) -> None:
    page = sign_in(olga).get("/bank?found=message&language=en&q=interpreter").text

    shown = re.findall(r'<a href="[^"]+" lang="en">(.*?)</a>', page, re.DOTALL)
    (cut,) = [each for each in shown if each.startswith("… ")]
    assert "<mark>interpreter</mark>" in cut
    assert len(cut) < 400


def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn) -> None:
    assert sign_in(None).get("/bank/words").location == "/sign-in?next=/bank/words"


def test_the_number_of_queries_does_not_grow_with_the_hits(
    sign_in: SignIn, olga: Person, queries: Any
) -> None:
    client, numbers = sign_in(olga), []
    client.get("/bank")

    for address in ("/bank?q=parcel", "/bank?q=e", "/bank?language=en&kind=behavioural", "/bank"):
        with queries() as seen:
            client.get(address)
        numbers.append(len(seen))

    assert len(set(numbers)) == 1
    assert numbers[0] <= 8


def test_looking_for_any_of_the_words_costs_one_query_however_much_is_found(
    sign_in: SignIn, olga: Person, queries: Any
) -> None:
    client, numbers = sign_in(olga), []
    client.get("/bank")

    for words in ("parcel+caller", "zeppelin+caller", "zeppelin+customer+the+a+of"):
        with queries() as seen:
            client.get(f"/bank?q={words}")
        numbers.append(len(seen))

    all_words, one_hit, many = numbers
    assert one_hit == many == all_words + 1 <= 8

"""The bank's pages in its languages: one skill, two side by side, and how far each translation has come."""

from __future__ import annotations

import pytest
from flask import Flask

from hiring.bank.languages import label_of
from hiring.models import Person
from question_bank import languages, question, skill
from tests.conftest import Queries, SignIn


@pytest.mark.parametrize("language", languages())
def test_a_skill_is_shown_in_each_language(ivy: Person, sign_in: SignIn, language: str) -> None:
    page = sign_in(ivy).get(f"/bank/empathy?language={language}").text

    assert skill("empathy", language).name in page
    assert question("empathy-x1-q1", language).text in page
    assert f'lang="{language}"' in page


def test_a_language_that_does_not_exist_is_english(ivy: Person, sign_in: SignIn) -> None:
    assert question("empathy-1-q1").text in sign_in(ivy).get("/bank/empathy?language=xx").text


def test_two_languages_stand_side_by_side(ivy: Person, sign_in: SignIn) -> None:
    page = sign_in(ivy).get("/bank/patience/languages?left=ru&right=zh").text

    assert question("patience-1-q1", "ru").text in page
    assert question("patience-1-q1", "zh").text in page
    assert "Русский and 简体中文 side by side" in page


def test_a_skill_that_does_not_exist_is_not_found(ivy: Person, sign_in: SignIn) -> None:
    assert sign_in(ivy).get("/bank/bravery/languages").status_code == 404


def test_the_page_of_translations_says_how_far_each_has_come(ivy: Person, sign_in: SignIn) -> None:
    page = sign_in(ivy).get("/bank/translations").text

    assert page.count("0 missing, 0 stale") == 3
    assert page.count("Everything is translated and up to date.") == 3


@pytest.mark.parametrize(
    "address", ["/bank/empathy?language=da", "/bank/empathy/languages", "/bank/translations"]
)
def test_nobody_reads_without_signing_in(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 302


def test_a_language_costs_no_more_queries_than_english(
    ivy: Person, sign_in: SignIn, queries: Queries
) -> None:
    browser = sign_in(ivy)
    browser.get("/bank/empathy")

    with queries() as english:
        browser.get("/bank/empathy")
    with queries() as danish:
        browser.get("/bank/empathy?language=da")

    assert len(danish) == len(english)


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("empathy.name", "Name"),
        ("empathy-1-q1.text", "Main question"),
        ("empathy-1-q2.text", "Alternative"),
        ("empathy-1.follow_ups.2", "Follow-up 2"),
        ("empathy-neg-1.text", "Speaks against"),
        ("empathy.anchors.5", "Level 5"),
        ("empathy-1.title", "What to find out"),
    ],
)
def test_an_address_is_called_by_people_words(app: Flask, address: str, label: str) -> None:
    with app.test_request_context():
        assert label_of(address) == label

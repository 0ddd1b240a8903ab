"""A skill on paper, and its page in each language, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from hiring.models import Person
from question_bank import languages
from tests import browser
from tests.browser import Installation

FURNITURE = (".sidebar", ".topbar", ".skip-link", ".breadcrumb", ".tabs", ".page-actions", ".card-actions")
A4_HEIGHT = 1123  # In the browser's pixels, margins included.
# The lists of signs may go on overleaf.
CARDS = """[...document.querySelectorAll(".bank-sheet .card:not(.grid-2 > *)")].map(card => [
    getComputedStyle(card).breakInside, card.offsetHeight, card.scrollWidth - card.clientWidth])"""
OVERLAPS = """[...document.querySelectorAll(".rubric-row")].filter(row => {
    const word = row.querySelector(".level-word").getBoundingClientRect();
    const text = row.querySelector(".rubric-text").getBoundingClientRect();
    return word.right > text.left && word.bottom > text.top;
}).length"""


@pytest.fixture
def reader(installation: Installation, window: Page, rosa: Person) -> Page:
    """Rosa's window, signed in."""
    browser.sign_in(window, installation.url, browser.give_password(rosa))
    return window


def test_on_paper_a_skill_has_no_navigation_and_no_buttons(reader: Page, installation: Installation) -> None:
    reader.goto(f"{installation.url}/bank/empathy?language=ru")
    for part in FURNITURE[3:]:
        expect(reader.locator(part).first).to_be_visible()

    reader.emulate_media(media="print")

    for part in (*FURNITURE, "button", ".button", "nav"):
        for each in reader.locator(part).all():
            expect(each).to_be_hidden()
    expect(reader.get_by_text("Usage and history").first).to_be_hidden()
    expect(reader.get_by_role("heading", level=1, name="Эмпатия")).to_be_visible()
    expect(reader.get_by_text("Значительно выше ожиданий")).to_be_visible()


def test_on_paper_each_question_stays_with_its_follow_ups(reader: Page, installation: Installation) -> None:
    reader.emulate_media(media="print")
    reader.set_viewport_size({"width": 688, "height": 900})  # A4 between its margins.
    pages = [f"{skill}?language={code}" for skill in ("empathy", "persuasion") for code in languages()]

    for page in pages:
        reader.goto(f"{installation.url}/bank/{page}")
        cards = reader.evaluate(CARDS)
        assert len(cards) >= 5, page
        assert {rule for rule, _height, _cut in cards} == {"avoid-page"}, page
        assert max(height for _rule, height, _cut in cards) < A4_HEIGHT * 0.8, page
        assert max(cut for _rule, _height, cut in cards) <= 0, page


def test_the_print_button_opens_the_browsers_dialogue(reader: Page, installation: Installation) -> None:
    reader.add_init_script("window.print = () => { document.body.dataset.printed = 'yes' }")
    reader.goto(f"{installation.url}/bank/empathy")

    reader.get_by_role("button", name="Print").press("Enter")

    assert reader.evaluate("document.body.dataset.printed") == "yes"


def test_long_words_of_levels_do_not_run_into_what_stands_beside_them(
    reader: Page, installation: Installation
) -> None:
    for language in languages():
        reader.goto(f"{installation.url}/bank/empathy?language={language}")
        assert reader.evaluate(OVERLAPS) == 0, language

"""The builder in a real browser: by keyboard, without the page being fetched anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from hiring.models import Guide, Person
from question_bank import question
from tests import browser
from tests.browser import Installation

FIRST = ".guide-item >> nth=0"


@pytest.fixture
def builder(installation: Installation, window: Page, guide: Guide, hugo: Person) -> Page:
    """Hugo's window with the builder open, marked so that a reload would show."""
    path = f"/guides/{guide.id}/edit"
    browser.sign_in(window, installation.url, browser.give_password(hugo))
    window.goto(installation.url + path)
    window.evaluate("document.body.dataset.same = 'yes'")
    return window


def test_a_question_moves_by_keyboard_and_keeps_the_focus(builder: Page) -> None:
    button = builder.get_by_role("button", name="Move question 1 down")
    place = f"#{button.get_attribute('id')}"
    button.focus()

    builder.keyboard.press("Enter")

    expect(builder.locator(FIRST)).to_contain_text(question("empathy-2-q1").text)
    expect(builder.locator(place)).to_be_focused()
    expect(builder.locator("#builder-said")).to_have_text("Moved.")
    assert builder.evaluate("document.body.dataset.same") == "yes"


def test_minutes_are_saved_when_one_leaves_the_field(builder: Page) -> None:
    minutes = builder.locator(f"{FIRST} >> input[name=minutes]")
    minutes.fill("12")

    minutes.press("Enter")

    expect(builder.locator(".progress-numbers")).to_have_text("48 of 45")
    expect(builder.locator("[data-error-summary]")).to_have_count(0)
    expect(builder.locator(".guide-summary")).to_contain_text("“Interview” is planned 3 minutes too long.")


def test_a_refusal_is_shown_without_a_reload(builder: Page) -> None:
    minutes = builder.locator(f"{FIRST} >> input[name=minutes]")
    minutes.fill("many")

    minutes.press("Tab")

    expect(builder.locator(".guide-error")).to_have_text("Give the question 1 to 60 whole minutes.")
    expect(minutes).to_have_value("many")
    assert builder.evaluate("document.body.dataset.same") == "yes"


def test_a_question_is_dragged_to_another_place(builder: Page) -> None:
    grip = builder.locator(f"{FIRST} >> [data-grip]")

    grip.drag_to(builder.locator(".guide-item >> nth=2"), target_position={"x": 40, "y": 90})

    expect(builder.locator(FIRST)).to_contain_text(question("empathy-2-q1").text)
    expect(builder.locator("#builder-said")).to_have_text("Moved.")
    assert builder.evaluate("document.body.dataset.same") == "yes"

"""Writing a probe in a real browser: the check while one types, rows by keyboard, and two colleagues to the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from hiring.models import Person
from tests import browser
from tests.authoring.conftest import OFF_LIMITS, QUESTION
from tests.browser import Installation

NEW = "/bank/own/probes/new?skill=patience"


@pytest.fixture
def editor(installation: Installation, window: Page, rosa: Person) -> Page:
    """Rosa's window with an empty probe, marked so that a reload would show."""
    browser.sign_in(window, installation.url, browser.give_password(rosa))
    window.goto(installation.url + NEW)
    window.evaluate("document.body.dataset.same = 'yes'")
    return window


def test_the_check_speaks_while_one_types(editor: Page) -> None:
    editor.get_by_label("Main question", exact=True).press_sequentially(OFF_LIMITS)

    expect(editor.locator("#findings")).to_contain_text("Age is off limits")
    assert editor.evaluate("document.body.dataset.same") == "yes"


def test_a_row_is_added_by_keyboard_and_can_be_written_in_at_once(editor: Page) -> None:
    editor.get_by_label("Title").fill("Typed before")
    editor.get_by_role("button", name="Add a follow-up").press("Enter")

    expect(editor.get_by_label("Follow-up 4", exact=True)).to_be_focused()
    expect(editor.get_by_label("Title")).to_have_value("Typed before")
    assert editor.evaluate("document.body.dataset.same") == "yes"


def test_a_row_is_removed_without_a_reload(editor: Page) -> None:
    editor.get_by_label("Follow-up 2", exact=True).fill("Stays")

    editor.get_by_role("button", name="Remove follow-up 1").click()

    expect(editor.get_by_label("Follow-up 3", exact=True)).to_have_count(0)
    expect(editor.get_by_label("Follow-up 1", exact=True)).to_have_value("Stays")
    assert editor.evaluate("document.body.dataset.same") == "yes"


def test_a_question_is_moved_by_keyboard_and_its_button_stays_in_hand(editor: Page) -> None:
    editor.get_by_label("Main question", exact=True).fill("First?")
    editor.locator("#questions-1-text").fill("Second?")
    editor.get_by_role("button", name="Move the main question down").press("Enter")

    expect(editor.get_by_label("Main question", exact=True)).to_have_value("Second?")
    back = editor.get_by_role("button", name="Move parallel form 1 up")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(editor.get_by_label("Main question", exact=True)).to_have_value("First?")
    assert editor.evaluate("document.body.dataset.same") == "yes"


def test_enter_in_a_field_saves_and_removes_no_row(editor: Page) -> None:
    editor.get_by_label("Title").press("Enter")

    expect(editor.locator("[data-error-summary]")).to_contain_text("Write the main question.")


def test_from_the_first_word_to_the_bank(
    hugo: Person, editor: Page, installation: Installation, chromium: Browser
) -> None:
    email = browser.give_password(hugo)
    editor.get_by_label("Main question", exact=True).fill(QUESTION)
    for number in (1, 2, 3):
        editor.get_by_label(f"Follow-up {number}", exact=True).fill(f"What came {number}?")
    editor.get_by_label("Why it is added").fill("Queues are our daily bread.")
    editor.get_by_role("button", name="Save as a draft").click()
    expect(editor.locator("h1")).to_contain_text(QUESTION)

    hugos = chromium.new_context().new_page()
    browser.sign_in(hugos, installation.url, email)
    hugos.goto(editor.url)
    hugos.get_by_role("button", name="I have reviewed it").click()
    hugos.get_by_role("button", name="Put into use").click()
    hugos.get_by_role("link", name="See it in the bank").click()

    expect(hugos.locator("#patience-o1")).to_contain_text(QUESTION)
    hugos.context.close()


def test_without_scripts_rows_and_the_check_work_all_the_same(
    rosa: Person, installation: Installation, chromium: Browser
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    browser.sign_in(page, installation.url, browser.give_password(rosa))
    page.goto(installation.url + NEW)

    page.get_by_label("Main question", exact=True).fill(OFF_LIMITS)
    page.get_by_role("button", name="Add a follow-up").click()
    page.get_by_role("button", name="Move the main question down").click()

    expect(page.locator("#questions-1-text")).to_have_value(OFF_LIMITS)
    expect(page.get_by_label("Follow-up 4", exact=True)).to_be_visible()
    expect(page.locator("#findings")).to_contain_text("Age is off limits")
    expect(page.get_by_label("Why words on an off-limits topic stay")).to_be_visible()
    page.context.close()

"""What the hand does while the ear listens: notes, follow-ups, skipping, timers and keys, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hiring.extensions import db
from hiring.models import Interview, Person, QuestionOutcome, Rating, Scorecard
from tests import browser
from tests.browser import Installation

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
SAVED = re.compile(r"Saved at \d\d:\d\d")
FIRST, SECOND = "[data-question='1']", "[data-question='2']"


@pytest.fixture
def kit(installation: Installation, window: Page, interview: Interview, ivy: Person) -> Page:
    """Ivy's window with the kit open."""
    path = f"/interviews/{interview.id}/scorecard"
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    db.session.rollback()
    window.goto(installation.url + path)
    return window


def stored(question_id: str) -> Rating:
    """What the server has on a question."""
    db.session.rollback()
    return db.session.scalars(db.select(Rating).where(Rating.question_id == question_id)).one()


def test_a_note_carries_its_time_and_its_tag(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("m")
    kit.keyboard.type("Waited three weeks")
    kit.keyboard.press("Alt+s")
    kit.keyboard.press("Enter")
    kit.keyboard.type("Rang the depot")
    kit.keyboard.press("Enter")

    expect(kit.locator(".status-line")).to_have_text(SAVED)
    lines = stored("empathy-1-q1").notes.split("\n")
    assert re.fullmatch(r"\d\d:\d\d:\d\d S Waited three weeks", lines[0])
    assert re.fullmatch(r"\d\d:\d\d:\d\d Rang the depot", lines[1])
    assert stored("empathy-1-q1").outcome is QuestionOutcome.ASKED


def test_notes_are_added_to_the_evidence_and_never_replace_it(kit: Page) -> None:
    kit.fill("#notes-empathy-1-q1", "14:03:21 A Rang back twice.\nWrote it down.")
    kit.fill("#evidence-empathy-1-q1", "Asked first.")
    button = kit.locator(f"{FIRST} [data-notes-to-evidence]")
    button.click()
    button.click()

    expect(kit.locator("#evidence-empathy-1-q1")).to_have_value(
        "Asked first.\nRang back twice.\nWrote it down."
    )


def test_a_skipped_question_needs_its_reason_and_no_level(kit: Page) -> None:
    kit.locator("#question-2-text").focus()
    kit.keyboard.press("s")
    expect(kit.locator("#skipped-patience-1-q1")).to_be_focused()
    expect(kit.locator("[data-summary]")).to_contain_text("Question 2, Patience: write why it was skipped.")
    kit.keyboard.type("No time left")

    expect(kit.locator("[data-summary]")).not_to_contain_text("Question 2, Patience")
    expect(kit.locator("[data-map='2']")).to_have_attribute("data-state", "done")
    assert (stored("patience-1-q1").outcome, stored("patience-1-q1").skip_reason) == (
        "skipped",
        "No time left",
    )


def test_the_time_of_a_question_is_counted_and_kept(kit: Page) -> None:
    kit.fill("#evidence-empathy-1-q1", "Rang back twice.")
    kit.wait_for_timeout(2500)
    kit.fill("#evidence-empathy-1-q1", "Rang back twice, and once more.")
    expect(kit.locator(f"{FIRST} [data-timer]")).to_be_visible()
    kit.wait_for_timeout(1600)

    assert 1 <= (stored("empathy-1-q1").seconds or 0) <= 6
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("t")
    expect(kit.locator(f"{FIRST} [data-timer]")).to_be_hidden()
    kit.reload()
    expect(kit.locator(".kit-clock")).to_be_hidden()


def test_what_can_be_left_out_is_said_when_time_is_short(kit: Page) -> None:
    kit.evaluate("document.querySelector('[data-seconds]').value = 60 * 38")
    kit.fill("#evidence-patience-1-q1", "Counted to ten.")
    kit.locator("#question-2-text").focus()
    kit.keyboard.press("3")

    line = kit.locator("[data-short-line]")
    expect(line).to_contain_text("You may leave out: question 3 (Patience).")
    expect(line).to_be_in_viewport()


def test_a_note_that_was_not_added_is_not_lost(kit: Page) -> None:
    kit.fill(f"{FIRST} [data-note]", "Typed without Enter")
    kit.locator("#question-2-text").focus()

    expect(kit.locator("#notes-empathy-1-q1")).to_have_value(re.compile("Typed without Enter"))
    expect(kit.locator(".status-line")).to_have_text(SAVED)


def test_letters_can_be_switched_off(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("?")
    kit.locator("[data-keys-on]").uncheck()
    kit.keyboard.press("Escape")
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("4")

    expect(kit.locator("#level-empathy-1-q1-4")).not_to_be_checked()


def test_the_beginning_of_a_skill_after_g_leads_to_its_question(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.type("gpa")

    expect(kit.locator("#question-2-text")).to_be_focused()
    kit.keyboard.press("j")
    expect(kit.locator("#question-3-text")).to_be_focused()


def test_a_key_after_g_that_leads_nowhere_does_nothing(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.type("gs")
    kit.keyboard.type("g9")

    expect(kit.locator("#question-1-text")).to_be_focused()
    expect(kit.locator(".level-choice input:checked")).to_have_count(0)
    expect(kit.locator(".asked input[value=skipped]:checked")).to_have_count(0)


def test_a_number_after_g_leads_to_its_question(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("g")
    kit.keyboard.press("3")

    expect(kit.locator("#question-3-text")).to_be_focused()
    expect(kit.locator(".level-choice input:checked")).to_have_count(0)


def test_the_whole_interview_by_keyboard(kit: Page) -> None:
    """From the first question to the submission without a pointer."""
    kit.keyboard.press("Tab")
    kit.locator("#question-1-text").focus()
    for number in (1, 2, 3):
        kit.keyboard.press("m")
        kit.keyboard.type(f"Said something {number}")
        kit.keyboard.press("Enter")
        kit.keyboard.press("Escape")
        while not kit.evaluate("document.activeElement.matches('[data-notes-to-evidence]')"):
            kit.keyboard.press("Tab")
        kit.keyboard.press("Enter")
        kit.keyboard.type(" and did it.")
        kit.keyboard.press("Alt+3")
        kit.keyboard.press("Escape")
        kit.keyboard.press("j")
    while not kit.evaluate("document.activeElement.name === 'recommendation'"):
        kit.keyboard.press("Tab")
    kit.keyboard.press("Space")
    while not kit.evaluate("document.activeElement.id === 'recommendation_reason'"):
        kit.keyboard.press("Tab")
    kit.keyboard.type("Because of what was said.")
    kit.keyboard.press("Tab")
    expect(kit.locator(".status-line")).to_have_text(SAVED)
    if kit.locator("#contradiction_reason").is_visible():
        kit.locator("#contradiction_reason").focus()
        kit.keyboard.type("They fit all the same.")
    kit.locator("[name=attested]").focus()
    kit.keyboard.press("Space")
    kit.locator("[data-submit]").focus()
    kit.keyboard.press("Enter")
    kit.wait_for_url("**/scorecards/*")

    db.session.rollback()
    assert db.session.scalars(db.select(Scorecard)).one().is_submitted


@pytest.mark.parametrize("width", [390, 1440])
def test_the_kit_suits_all_senses_with_its_sheet_open_and_closed(kit: Page, width: int) -> None:
    kit.set_viewport_size({"width": width, "height": 800})
    kit.evaluate(AXE.read_text(encoding="utf-8"))
    closed = kit.evaluate("axe.run(document)")["violations"]
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("?")
    opened = kit.evaluate("axe.run(document)")["violations"]

    assert [each["id"] for each in [*closed, *opened]] == []
    assert kit.evaluate("document.documentElement.scrollWidth") <= width


def test_the_thumb_reaches_the_next_question_and_the_note(kit: Page) -> None:
    kit.set_viewport_size({"width": 390, "height": 800})
    box = kit.locator(".kit-thumb").bounding_box()
    kit.locator(".kit-thumb [data-step='1']").click()

    assert box is not None
    assert box["y"] > 600
    expect(kit.locator("#question-2-text")).to_be_focused()
    kit.locator("[data-thumb-note]").click()
    expect(kit.locator(f"{SECOND} [data-note]")).to_be_focused()

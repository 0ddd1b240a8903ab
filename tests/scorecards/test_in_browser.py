"""Scoring in a real browser: saved as one types, by keyboard, on a phone, and without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from hiring.extensions import db
from hiring.models import Interview, Person, Scorecard
from hiring.scorecards.operations import Answers, save_scorecard
from tests import browser
from tests.browser import Installation

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
SAVED = re.compile(r"Saved at \d\d:\d\d")
EVIDENCE = "#evidence-empathy-1-q1"


@pytest.fixture
def kit(installation: Installation, window: Page, interview: Interview, ivy: Person) -> Page:
    """Ivy's window with the kit open."""
    path = f"/interviews/{interview.id}/scorecard"
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    window.goto(installation.url + path)
    return window


def evidence_stored() -> dict[str, tuple[int | None, str]]:
    """Level and evidence by question, as the server has stored them."""
    card = db.session.scalar(select(Scorecard))
    found = {r.question_id: (r.level, r.evidence) for r in card.ratings} if card else {}
    db.session.rollback()
    return found


def test_what_one_types_is_saved_by_itself(kit: Page) -> None:
    kit.fill(EVIDENCE, "Rang back twice.")

    expect(kit.locator(".status-line")).to_have_text(SAVED)
    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice.")}


def test_leaving_the_page_saves_at_once(kit: Page, installation: Installation) -> None:
    kit.fill(EVIDENCE, "Rang back twice.")
    kit.goto(f"{installation.url}/jobs")
    for _ in range(50):  # The farewell is stored while the next page is already shown.
        if evidence_stored():
            break
        kit.wait_for_timeout(100)

    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice.")}


def test_levels_and_questions_by_keyboard(kit: Page) -> None:
    kit.locator("#question-1-text").focus()
    kit.keyboard.press("4")
    kit.keyboard.press("j")
    expect(kit.locator("#question-2-text")).to_be_focused()
    kit.keyboard.press("n")
    kit.keyboard.press("k")
    kit.focus(EVIDENCE)
    kit.keyboard.type("jk 12")
    kit.keyboard.press("Alt+2")

    expect(kit.locator("[data-progress]")).to_have_text("2 of 3 rated")
    expect(kit.locator(EVIDENCE)).to_have_value("jk 12")
    expect(kit.locator("#level-empathy-1-q1-2")).to_be_checked()
    expect(kit.locator("#level-patience-1-q1-N")).to_be_checked()


def test_without_a_network_nothing_typed_is_lost(kit: Page) -> None:
    kit.context.set_offline(True)
    kit.fill(EVIDENCE, "Rang back twice.")
    expect(kit.locator(".status-line")).to_contain_text("no connection, trying again", timeout=8000)

    kit.context.set_offline(False)

    expect(kit.locator(".status-line")).to_have_text(SAVED, timeout=15000)
    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice.")}


def test_what_the_server_never_got_is_back_after_a_reload(kit: Page) -> None:
    def fail(route: Route) -> None:
        route.abort()

    kit.route(re.compile("/scorecard/save$"), fail)
    kit.fill(EVIDENCE, "Rang back twice.")
    expect(kit.locator(".status-line")).to_contain_text("no connection", timeout=8000)
    kit.unroute(re.compile("/scorecard/save$"))

    kit.reload()

    expect(kit.locator(EVIDENCE)).to_have_value("Rang back twice.")
    expect(kit.locator(".status-line")).to_have_text(SAVED)
    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice.")}
    assert browser.kept_words(kit) == []


def test_two_windows_are_asked_about(kit: Page, interview: Interview, ivy: Person) -> None:
    save_elsewhere(interview, ivy, "From the other window.")

    kit.fill(EVIDENCE, "From this window.")
    expect(kit.locator(".other-version-text")).to_have_text("From the other window.")
    assert evidence_stored() == {"empathy-1-q1": (3, "From the other window.")}
    expect(kit.locator("#level-empathy-1-q1-3")).to_be_checked()
    kit.get_by_role("button", name="Keep both texts").click()

    expect(kit.locator(".status-line")).to_have_text(SAVED)
    assert evidence_stored() == {"empathy-1-q1": (3, "From this window.\n\nFrom the other window.")}


def test_a_reload_asks_again_about_two_versions(kit: Page, interview: Interview, ivy: Person) -> None:
    save_elsewhere(interview, ivy, "From the other window.")
    kit.fill(EVIDENCE, "From this window.")
    expect(kit.locator(".other-version-text")).to_be_visible()

    kit.reload()

    expect(kit.locator(EVIDENCE)).to_have_value("From this window.")
    expect(kit.locator(".other-version-text")).to_have_text("From the other window.")
    kit.get_by_role("button", name="Use this instead").click()
    expect(kit.locator(EVIDENCE)).to_have_value("From the other window.")
    expect(kit.locator(".status-line")).to_have_text(SAVED)


def save_elsewhere(interview: Interview, ivy: Person, evidence: str) -> None:
    save_scorecard(interview, ivy, Answers(ratings={"empathy-1-q1": (3, evidence)}))
    db.session.commit()


def test_a_signed_out_interviewer_keeps_everything(kit: Page) -> None:
    cookies = kit.context.cookies()
    kit.context.clear_cookies()
    kit.fill(EVIDENCE, "Rang back twice.")
    expect(kit.locator(".status-line")).to_contain_text("You have been signed out", timeout=8000)
    assert evidence_stored() == {}

    kit.context.add_cookies(cookies)  # type: ignore[arg-type]
    kit.locator(EVIDENCE).press_sequentially(" And again.")

    expect(kit.locator(".status-line")).to_have_text(SAVED, timeout=15000)
    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice. And again.")}


def test_an_incomplete_scorecard_is_not_submitted(kit: Page) -> None:
    kit.get_by_label("This is what I saw and heard").check()
    kit.get_by_role("button", name="Submit scorecard").click()

    expect(kit.locator(".error-summary")).to_contain_text("Question 1, Empathy: choose a level")


def test_the_whole_scorecard_is_submitted(kit: Page) -> None:
    for question, level in (("empathy-1-q1", "4"), ("patience-1-q1", "3"), ("patience-2-q1", "N")):
        kit.fill(f"#evidence-{question}", "Rang back twice.")
        kit.check(f"#level-{question}-{level}", force=True)
    kit.get_by_label("Strong no hire").check()
    expect(kit.locator("#contradiction_reason")).to_be_visible()
    kit.get_by_label("Hire", exact=True).check()
    kit.get_by_label("Reasons", exact=True).fill("Solid examples.")

    kit.get_by_label("This is what I saw and heard").check()
    kit.get_by_role("button", name="Submit scorecard").click()

    expect(kit.get_by_role("status")).to_contain_text("submitted and locked")
    assert "/scorecards/" in kit.url


def test_no_width_scrolls_sideways(kit: Page) -> None:
    widths = {}
    for width in (390, 768, 1440):
        kit.set_viewport_size({"width": width, "height": 844})
        widths[width] = kit.evaluate("document.documentElement.scrollWidth")

    assert widths == {390: 390, 768: 768, 1440: 1440}


def test_observations_are_at_hand_on_a_phone(kit: Page) -> None:
    kit.set_viewport_size({"width": 390, "height": 844})
    kit.get_by_role("link", name="Observations").click()
    kit.check("#observed-obs-clarifies-seen")
    kit.fill("#words-obs-clarifies", "Asked which year")
    kit.keyboard.press("Escape")

    expect(kit.locator("#observations")).to_be_hidden()
    expect(kit.locator(".status-line")).to_have_text(SAVED)


def test_axe_finds_no_barrier(kit: Page) -> None:
    kit.evaluate(AXE.read_text(encoding="utf-8"))

    found = kit.evaluate(
        "axe.run().then((all) => all.violations.map((each) => [each.id, each.nodes[0].html]))"
    )

    assert found == []

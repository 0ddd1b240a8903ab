"""Scoring in a real browser: saved as one types, by keyboard, on a phone, and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from hiring.extensions import db
from hiring.models import Interview, Person, Scorecard
from hiring.scorecards.operations import Answers, save_scorecard
from tests import browser
from tests.browser import Installation

SAVED = re.compile(r"Saved at \d\d:\d\d")
EVIDENCE = "#evidence-empathy-1-q1"


@pytest.fixture
def kit(installation: Installation, window: Page, interview: Interview, ivy: Person) -> Iterator[Page]:
    """Ivy's window with the kit open."""
    browser.give_password(ivy)
    browser.sign_in(window, installation.url, ivy)
    window.goto(address(installation, interview))
    return window  # type: ignore[return-value]


def address(installation: Installation, interview: Interview) -> str:
    return f"{installation.url}/interviews/{interview.id}/scorecard"


def evidence_stored() -> dict[str, tuple[int | None, str]]:
    db.session.rollback()
    db.session.expire_all()
    card = db.session.scalar(select(Scorecard))
    return {r.question_id: (r.level, r.evidence) for r in card.ratings} if card else {}


def status(page: Page) -> object:
    return expect(page.locator(".status-line"))


def test_what_one_types_is_saved_by_itself(kit: Page) -> None:
    kit.fill(EVIDENCE, "Rang back twice.")

    expect(kit.locator(".status-line")).to_have_text(SAVED)
    assert evidence_stored() == {"empathy-1-q1": (None, "Rang back twice.")}


def test_leaving_the_page_saves_at_once(kit: Page, installation: Installation) -> None:
    kit.fill(EVIDENCE, "Rang back twice.")
    with kit.expect_response(re.compile("/scorecard/save$")):
        kit.goto(installation.url)

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
    assert kit.evaluate("localStorage.length") == 0


def test_two_windows_are_asked_about(kit: Page, interview: Interview, ivy: Person) -> None:
    save_elsewhere(interview, ivy, "From the other window.")

    kit.fill(EVIDENCE, "From this window.")
    expect(kit.locator(".other-version-text")).to_have_text("From the other window.")
    assert evidence_stored() == {"empathy-1-q1": (3, "From the other window.")}
    expect(kit.locator("#level-empathy-1-q1-3")).to_be_checked()
    kit.get_by_role("button", name="Keep both texts").click()

    expect(kit.locator(".status-line")).to_have_text(SAVED)
    assert evidence_stored() == {"empathy-1-q1": (3, "From this window.\n\nFrom the other window.")}


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

    kit.get_by_role("button", name="Submit scorecard").click()

    expect(kit.get_by_role("status")).to_contain_text("submitted and locked")
    assert "/scorecards/" in kit.url


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_page_scrolls_sideways(kit: Page, width: int) -> None:
    kit.set_viewport_size({"width": width, "height": 844})

    assert kit.evaluate("document.documentElement.scrollWidth") == width


def test_observations_are_at_hand_on_a_phone(kit: Page) -> None:
    kit.set_viewport_size({"width": 390, "height": 844})
    kit.get_by_role("link", name="Observations").click()
    kit.locator("#observed-obs-clarifies").get_by_text("Seen", exact=True).click()
    kit.locator("#words-obs-clarifies").fill("Asked which year")
    kit.keyboard.press("Escape")

    expect(kit.locator("#observations")).to_be_hidden()
    expect(kit.locator(".status-line")).to_have_text(SAVED)


def test_the_page_has_no_barrier_that_axe_finds(kit: Page) -> None:
    kit.add_script_tag(path="tests/vendor/axe.min.js")

    found = kit.evaluate(
        "axe.run().then((all) => all.violations.map((each) => [each.id, each.nodes[0].html]))"
    )

    assert found == []

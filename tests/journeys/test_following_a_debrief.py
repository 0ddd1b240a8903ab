"""A debrief in several windows at once: one writes, the others see it by themselves, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from hiring.debriefs.operations import open_debrief
from hiring.extensions import db
from hiring.models import Person
from tests import browser, factories
from tests.browser import Installation
from tests.journeys.conftest import OpenWindow

SECONDS = 1000
SEEN_WITHIN = 8 * SECONDS
REASON = "Ian heard how she rang back twice."
EMPATHY, PATIENCE = "#skill-empathy", "#skill-patience"


@dataclass(frozen=True)
class Meeting:
    """A debrief about Carl, whom Ivy and Ian see apart, and Dora; the e-mail addresses of those who take part."""

    address: str
    people: dict[str, str]


@pytest.fixture
def meeting(installation: Installation, hugo: Person, rosa: Person, ivy: Person, ian: Person) -> Meeting:
    job = factories.job(lead=hugo)
    version = factories.guide_version(job, hugo)
    about = []
    for name, by_ivy, by_ian in (("Carl", (2, 2, 2), (5, 4, 4)), ("Dora", (4, 4, 4), (4, 4, 5))):
        interview = factories.interview(factories.application(job, name), version, ivy, ian)
        factories.scorecard(interview, ivy, by_ivy)
        factories.scorecard(interview, ian, by_ian)
        about.append(interview.application_id)
    debrief = open_debrief(job, hugo, about)
    db.session.commit()
    address = f"{installation.url}/debriefs/{debrief.id}"
    people = {"hugo": hugo, "rosa": rosa, "ivy": ivy}
    return Meeting(address, {name: browser.give_password(person) for name, person in people.items()})


Enter = Callable[[str], Page]


@pytest.fixture
def enter(meeting: Meeting, installation: Installation, open_window: OpenWindow) -> Enter:
    """``enter("ivy")`` gives her window with the debrief open."""

    def entered(who: str) -> Page:
        page = open_window()
        browser.sign_in(page, installation.url, meeting.people[who])
        page.goto(meeting.address)
        return page

    return entered


def agree(page: Page, skill: str, level: str, reason: str) -> None:
    """Writes down a consensus."""
    card = page.locator(skill)
    if not card.get_by_label("Reason").is_visible():
        card.get_by_text("Write down another consensus").click()
    card.locator(f"input[value='{level}']").check(force=True)
    card.get_by_label("Reason").fill(reason)
    card.get_by_role("button", name="Write it down").click()


def test_what_one_writes_the_others_see_by_themselves(enter: Enter) -> None:
    hugo, ivy = enter("hugo"), enter("ivy")
    expect(ivy.locator(EMPATHY)).to_contain_text("none yet")

    agree(hugo, EMPATHY, "4", REASON)

    expect(ivy.locator(EMPATHY)).to_contain_text(REASON, timeout=SEEN_WITHIN)
    expect(ivy.locator(EMPATHY)).to_contain_text("written down by Hugo")
    expect(ivy.get_by_role("status")).to_contain_text("Empathy: changed at")
    expect(ivy.locator(EMPATHY)).to_contain_text("Ivy 2, Ian 5")


def test_who_follows_moves_on_with_the_panel(enter: Enter) -> None:
    hugo, ivy = enter("hugo"), enter("ivy")

    hugo.get_by_role("button", name="Done with Carl").click()

    expect(hugo.get_by_role("heading", level=2, name="Dora", exact=True)).to_be_visible()
    expect(ivy.get_by_role("heading", level=2, name="Dora", exact=True)).to_be_visible(timeout=SEEN_WITHIN)
    expect(ivy.get_by_role("status")).to_contain_text("The page moved on")


def test_what_is_half_typed_stays_when_somebody_else_writes(enter: Enter) -> None:
    hugo, rosa = enter("hugo"), enter("rosa")
    rosa.get_by_label("Notes").fill("Half a sent")
    rosa.locator(PATIENCE).get_by_label("Reason").fill("Because")

    agree(hugo, EMPATHY, "4", REASON)

    expect(rosa.locator(EMPATHY)).to_contain_text(REASON, timeout=SEEN_WITHIN)
    expect(rosa.get_by_label("Notes")).to_have_value("Half a sent")
    expect(rosa.locator(PATIENCE).get_by_label("Reason")).to_have_value("Because")


def test_two_who_write_at_once_see_both_texts(enter: Enter) -> None:
    hugo, rosa = enter("hugo"), enter("rosa")
    rosa.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")  # She looks elsewhere.
    agree(hugo, EMPATHY, "4", REASON)
    expect(hugo.locator(EMPATHY)).to_contain_text(REASON)

    agree(rosa, EMPATHY, "3", "I heard it otherwise.")

    card = rosa.locator(EMPATHY)
    expect(card.get_by_role("alert")).to_contain_text(REASON)
    expect(card.get_by_label("Reason")).to_have_value("I heard it otherwise.")
    card.get_by_role("button", name="Write it down").click()
    expect(rosa.locator(EMPATHY)).to_contain_text("I heard it otherwise.")
    expect(hugo.locator(EMPATHY)).to_contain_text("1 earlier consensus", timeout=SEEN_WITHIN)


def test_a_hidden_window_asks_nothing(enter: Enter) -> None:
    ivy = enter("ivy")
    asked: list[str] = []
    ivy.on("request", lambda request: asked.append(request.url) if "/live" in request.url else None)
    ivy.wait_for_timeout(4 * SECONDS)
    while_seen = len(asked)

    ivy.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")
    asked.clear()
    ivy.wait_for_timeout(4 * SECONDS)

    assert (while_seen > 0, asked) == (True, [])


def test_closing_is_followed_but_takes_no_form_away(enter: Enter) -> None:
    hugo, rosa, ivy = enter("hugo"), enter("rosa"), enter("ivy")
    rosa.get_by_label("Notes").fill("Half a sent")

    hugo.get_by_label("Who was present").fill("Everybody")
    hugo.get_by_text("Close the debrief", exact=True).click()
    hugo.get_by_role("button", name="Save and close the debrief").click()

    expect(ivy.get_by_text("Present: Everybody")).to_be_visible(timeout=SEEN_WITHIN)
    expect(rosa.get_by_role("status")).to_contain_text("refresh to go on", timeout=SEEN_WITHIN)
    expect(rosa.get_by_label("Notes")).to_have_value("Half a sent")


def test_a_debrief_is_worked_through_by_keyboard_alone(enter: Enter) -> None:
    page = enter("hugo")

    press_until(page, "document.activeElement.matches('#skill-empathy input[type=radio]')")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(EMPATHY)).to_contain_text(REASON)
    page.wait_for_load_state()  # Only then does the browser go on from the place that the address names.
    press_until(page, "document.activeElement.matches('#skill-patience input[type=radio]')", most=6)
    press_until(page, "document.activeElement.textContent.trim() === 'Done with Carl'")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2, name="Dora", exact=True)).to_be_visible()


def press_until(page: Page, arrived: str, most: int = 60) -> None:
    """Presses Tab until the page says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(arrived):
            return
    pytest.fail(f"{most} presses of Tab did not lead there.")


def test_without_scripts_refresh_shows_what_is_new(
    meeting: Meeting, installation: Installation, chromium: browser.Browser, enter: Enter
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    ivy = context.new_page()
    browser.sign_in(ivy, installation.url, meeting.people["ivy"])
    ivy.goto(meeting.address)
    agree(enter("hugo"), EMPATHY, "4", REASON)

    ivy.get_by_role("link", name="Refresh").click()

    expect(ivy.locator(EMPATHY)).to_contain_text(REASON)
    context.close()

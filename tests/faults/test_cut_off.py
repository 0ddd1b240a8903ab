"""A submission whose answer never comes, and a clock that jumps: nothing is lost, nothing is there twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Error, Page, Route, expect

from hiring.extensions import db
from hiring.models import Person, Scorecard, ScorecardVersion, now
from tests import browser, factories
from tests.browser import Installation

SUBMIT = re.compile(r"/scorecard/submit$")
SAVED = re.compile(r"Saved at \d\d:\d\d")
WORDS = "Rang back twice."


@pytest.fixture
def kit(installation: Installation, window: Page, hugo: Person, ivy: Person) -> Page:
    """Ivy's window with the scoring page of an interview open."""
    job = factories.job(lead=hugo)
    held = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    path = f"/interviews/{held.id}/scorecard"
    db.session.commit()
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    db.session.rollback()
    window.goto(installation.url + path)
    return window


def fill_and_submit(kit: Page) -> None:
    """Everything that a submission needs, and the button."""
    for question, *_rest in factories.QUESTIONS:
        kit.fill(f"#evidence-{question}", WORDS)
        kit.check(f"#level-{question}-4", force=True)
    kit.get_by_label("Hire", exact=True).check()
    kit.get_by_label("Reasons", exact=True).fill("Solid examples.")
    kit.get_by_label("This is what I saw and heard").check()
    kit.get_by_role("button", name="Submit scorecard").click()


def stored() -> tuple[bool, list[str], int]:
    """Whether the scorecard is submitted, what it says, and how many submitted versions there are."""
    card = db.session.scalars(db.select(Scorecard)).one()
    versions = db.session.scalar(db.select(db.func.count()).select_from(ScorecardVersion)) or 0
    found = card.is_submitted, [each.evidence for each in card.ratings], versions
    db.session.rollback()
    return found


@pytest.mark.parametrize("arrives", [True, False])
def test_a_network_cut_while_submitting_loses_nothing(kit: Page, arrives: bool) -> None:
    address = kit.url
    cut: list[str] = []

    def cut_off(route: Route) -> None:
        if arrives:
            route.fetch(max_redirects=0)
        route.abort()
        cut.append(route.request.url)

    kit.route(SUBMIT, cut_off)
    fill_and_submit(kit)
    for _ in range(100):
        if cut:
            break
        kit.wait_for_timeout(100)
    assert stored() == (arrives, [WORDS] * 3, int(arrives))

    kit.unroute(SUBMIT)
    open_again(kit, address)
    if not arrives:
        expect(kit.locator("#evidence-empathy-1-q1")).to_have_value(WORDS)
        kit.get_by_label("This is what I saw and heard").check()
        kit.get_by_role("button", name="Submit scorecard").click()
    kit.wait_for_url(re.compile(r"/scorecards/\d+$"))

    assert stored() == (True, [WORDS] * 3, 1)


def open_again(kit: Page, address: str) -> None:
    """Goes to an address as soon as the browser has shown its own page about the broken connection."""
    for _ in range(20):
        try:
            kit.goto(address)
            return
        except Error:
            kit.wait_for_timeout(100)
    kit.goto(address)


def test_a_clock_that_jumps_neither_loses_nor_delays_words(kit: Page) -> None:
    written = ""
    for jump in (timedelta(days=1), timedelta(days=-2), timedelta(0)):
        kit.clock.set_system_time(now() + jump)
        written += f"{WORDS} "
        kit.fill("#evidence-empathy-1-q1", written)
        expect(kit.locator(".status-line")).to_have_text(SAVED)
        kit.wait_for_function("!document.querySelector('[data-where]').textContent.includes('this device')")

    assert [each.strip() for each in stored()[1]] == [written.strip()]
    assert browser.kept_words(kit) == []

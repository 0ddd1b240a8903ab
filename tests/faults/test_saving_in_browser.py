"""Whoever never pauses is saved all the same, and whoever’s browser keeps nothing is told."""

from __future__ import annotations

import re
from time import monotonic

import pytest
from playwright.sync_api import Page, Request, expect

from hiring.extensions import db
from hiring.models import Interview, Person
from tests import browser, factories
from tests.browser import Installation

SAVE = re.compile(r"/scorecard/save$")
EVIDENCE = "#evidence-empathy-1-q1"


@pytest.fixture
def kit(installation: Installation, window: Page, hugo: Person, ivy: Person, ian: Person) -> Page:
    """Ivy's window with the scoring page of an interview open."""
    job = factories.job(lead=hugo)
    version = factories.guide_version(job, hugo)
    held: Interview = factories.interview(factories.application(job), version, ivy, ian)
    db.session.commit()
    path = f"/interviews/{held.id}/scorecard"
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    db.session.rollback()  # A transaction left open here would keep the server from writing.
    window.goto(installation.url + path)
    return window


def test_typing_without_a_pause_is_sent_all_the_same(kit: Page) -> None:
    sent: list[float] = []

    def note(request: Request) -> None:
        if SAVE.search(request.url):
            sent.append(monotonic())

    kit.on("request", note)
    kit.focus(EVIDENCE)
    began = monotonic()
    kit.keyboard.type("x" * 50, delay=100)

    assert sent, "Nothing was sent in five seconds of typing."
    assert sent[0] - began < 3.5  # A second and a half is meant; a slow machine may need longer to notice.


def test_a_browser_that_keeps_nothing_says_so_before_the_interview(kit: Page) -> None:
    warning = kit.locator("[data-no-storage]")
    expect(warning).to_be_hidden()
    kit.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('refused') }")
    kit.reload()

    expect(warning).to_be_visible()
    kit.fill(EVIDENCE, "Rang back twice.")
    expect(kit.locator(".status-line")).to_have_text(re.compile(r"Saved at"))

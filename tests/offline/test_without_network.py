"""The scorecard in a room without a network: it opens, keeps every word, and saves once the server is back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hiring.extensions import db
from hiring.models import Interview, InterviewStatus, Person, Scorecard
from tests import browser
from tests.browser import ARGUMENTS, opened_window, serving

EVIDENCE = "#evidence-empathy-1-q1"
WORDS = "Rang back twice, from the cellar."
WHERE = "[data-where]"
KEPT = "async (path) => (await caches.match(path, { ignoreVary: true })) !== undefined"
PAGES = "async () => (await caches.keys()).filter((name) => name.startsWith('pages-')).length"
Serve = Callable[[], AbstractContextManager[str]]


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A window whose pages are answered for while there is no network."""
    with opened_window(chromium, service_workers="allow") as page:
        yield page


@pytest.fixture
def serve(tmp_path: Path, interview: Interview, ivy: Person) -> Serve:
    """Starts the server, each time at the same address, until the block ends."""
    port = browser.free_port()
    db.session.commit()
    return lambda: serving(tmp_path, port)


@pytest.fixture
def kit(interview: Interview, ivy: Person) -> str:
    """The address of the scorecard that Ivy owes."""
    browser.give_password(ivy)
    path = f"/interviews/{interview.id}/scorecard"
    db.session.rollback()
    return path


def is_kept(page: Page, path: str) -> None:
    """Waits until the scorecard is kept and its parts with it."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    browser.until(page, KEPT, path)


def stored() -> list[str]:
    found = [each.evidence for card in db.session.scalars(db.select(Scorecard)) for each in card.ratings]
    db.session.rollback()
    return found


def test_a_scorecard_opens_without_a_server_and_is_saved_once_it_is_back(
    serve: Serve, kit: str, window: Page
) -> None:
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        is_kept(window, kit)

    window.goto(url + kit)
    expect(window.locator(".status-line")).to_contain_text("No connection: this is the page as it was kept")
    window.fill(EVIDENCE, WORDS)
    expect(window.locator(WHERE)).to_contain_text("On the server: nothing yet. On this device alone")
    later = window.context.new_page()
    window.close()
    later.goto(url + kit)
    expect(later.locator(EVIDENCE)).to_have_value(WORDS)
    later.goto("about:blank")  # The open scorecard would save its words as soon as the server is back.

    with serve():
        later.goto(f"{url}/account")
        expect(later.locator("[data-leftovers]")).to_contain_text("Scorecard: Carl")
        later.locator("[data-leftovers] a").click()
        expect(later.locator(WHERE)).to_contain_text("On the server: everything up to")
        expect(later.locator(".status-line")).to_contain_text("Saved at")
        assert stored() == [WORDS]
        assert browser.kept_words(later) == []


def test_the_page_that_leads_to_a_scorecard_keeps_it_ahead(serve: Serve, kit: str, window: Page) -> None:
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url)
        is_kept(window, kit)

    window.goto(f"{url}/jobs")
    expect(window.get_by_role("heading", level=1)).to_have_text("No connection to the server")
    window.get_by_role("link", name="Scorecard: Carl").click()

    expect(window.locator(EVIDENCE)).to_be_visible()
    assert window.locator(".kit-map").evaluate("each => getComputedStyle(each).display") == "flex"


def test_what_was_stored_meanwhile_is_joined_once_there_is_a_network(
    serve: Serve, kit: str, window: Page
) -> None:
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        is_kept(window, kit)
        with window.expect_response("**/scorecard/save"):
            window.fill("#evidence-patience-1-q1", "From the other side.")
    window.goto(url + kit)
    expect(window.locator("#evidence-patience-1-q1")).to_have_value("")
    window.fill(EVIDENCE, WORDS)

    with serve():
        expect(window.locator(".status-line")).to_contain_text("Saved at", timeout=45_000)
        expect(window.locator("#evidence-patience-1-q1")).to_have_value("From the other side.")
        assert sorted(filter(None, stored())) == ["From the other side.", WORDS]


def test_a_browser_that_is_killed_has_kept_what_was_typed(
    serve: Serve, kit: str, chromium: Browser, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    path = os.environ.get("HIRING_TEST_BROWSER", "/usr/bin/chromium")

    def opened() -> Page:
        context = chromium.browser_type.launch_persistent_context(
            profile, executable_path=path, args=ARGUMENTS
        )
        return context.pages[0]

    with serve() as url:
        page = opened()
        browser.sign_in(page, url, "ivy@example.org")
        page.goto(url + kit)
        page.route("**/scorecard/save", lambda route: route.abort())
        page.locator(EVIDENCE).press_sequentially(WORDS)
        page.wait_for_timeout(2000)
        kill(profile)

        again = opened()
        browser.sign_in(again, url, "ivy@example.org")
        again.goto(url + kit)
        expect(again.locator(EVIDENCE)).to_have_value(WORDS)
        expect(again.locator(".status-line")).to_contain_text("Saved at")
        again.context.close()


def kill(profile: Path) -> None:
    """Kills every process of the browser with this profile, as a dead battery would."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in words:
            os.kill(int(process.name), signal.SIGKILL)
    for lock in profile.glob("Singleton*"):
        lock.unlink()


def test_kept_pages_leave_with_their_reader(
    serve: Serve, kit: str, window: Page, ian: Person, ivy: Person
) -> None:
    browser.give_password(ian)
    db.session.rollback()
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        is_kept(window, kit)
        window.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
        window.wait_for_url("**/sign-in**")
        after_signing_out = window.evaluate(PAGES)

        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        is_kept(window, kit)
        window.context.clear_cookies()
        browser.sign_in(window, url, "ian@example.org")
        window.goto(f"{url}/account")
        browser.until(window, f"async () => !(await caches.keys()).includes('pages-{ivy.id}')")

    assert after_signing_out == 0


def test_a_scorecard_that_is_closed_is_kept_no_longer(
    serve: Serve, kit: str, window: Page, interview: Interview
) -> None:
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        is_kept(window, kit)
        interview.status = InterviewStatus.CANCELLED
        db.session.commit()
        window.goto(url + kit)

        browser.until(window, f"async (path) => !(await ({KEPT})(path))", kit)


def test_one_signs_in_again_in_place(serve: Serve, kit: str, window: Page) -> None:
    with serve() as url:
        browser.sign_in(window, url, "ivy@example.org")
        window.goto(url + kit)
        window.context.clear_cookies()
        window.fill(EVIDENCE, WORDS)
        window.get_by_role("button", name="Sign in again").click()
        window.get_by_label("Password").fill("not this one")
        window.keyboard.press("Enter")
        expect(window.locator("[data-problem]")).not_to_be_empty()
        window.get_by_label("Password").fill(browser.PASSWORD)
        window.keyboard.press("Enter")

        expect(window.locator(".status-line")).to_contain_text("Saved at")
        assert window.url == url + kit
        assert stored() == [WORDS]

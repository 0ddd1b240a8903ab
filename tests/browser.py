"""A real server in a process of its own, and a real browser in front of it.

One browser serves all tests of a process: a second one beside it would not start.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from hiring.accounts.operations import set_password
from hiring.extensions import db
from hiring.models import Person

PASSWORD = "a quiet harbour in May"
STARTS_WITHIN = 30.0
PATIENCE = 10_000  # Milliseconds.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Installation:
    """A server that answers at ``url``; ``app`` opens the same database from the test."""

    url: str
    app: Flask


def settings_of(folder: Path) -> dict[str, str]:
    """The environment of an installation whose data lies in ``folder``."""
    own = {
        "HIRING_DATA_FOLDER": str(folder),
        "HIRING_SECRET_KEY": "secret for tests",
        "HIRING_DATABASE_URL": "",
    }
    return {**os.environ, **own, "PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves the installation in ``folder`` by its own command until the block ends; gives the address."""
    port = port or free_port()
    command = [sys.executable, "-m", "hiring.cli", "serve", "--port", str(port), "--workers", "1"]
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=settings_of(folder), stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}/sign-in", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Returns once the address answers; fails with the server's own words if it never does."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with closing(urlopen(address, timeout=5)):  # noqa: S310  # An address of our own.
                return
        except HTTPError as answered:
            answered.close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The server did not start: {log.read_text(encoding='utf-8')}")


def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """Signs in through the sign-in page."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def until(page: Page, question: str, about: object = None) -> None:
    """Asks again and again until the answer is yes. Playwright's own waiting takes any promise for a yes."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(question, about):
        if time.monotonic() > end:
            pytest.fail(f"It never came to: {question}")
        page.wait_for_timeout(50)


def kept_words(page: Page) -> list[str]:
    """The keys of what scorecards keep in this browser because the server does not have it."""
    keys: list[str] = page.evaluate(
        """() => new Promise((resolve, reject) => {
            const asked = indexedDB.open("hiring", 1);
            asked.onerror = () => reject(asked.error);
            asked.onupgradeneeded = () => asked.result.createObjectStore("words");
            asked.onsuccess = () => {
                const keys = asked.result.transaction("words").objectStore("words").getAllKeys();
                keys.onsuccess = () => { asked.result.close(); resolve(keys.result); };
            };
        })"""
    )
    return [key for key in keys if ":" in key]


def give_password(person: Person) -> str:
    """Lets somebody sign in with the password of these tests; gives the e-mail address.

    Reading a row begins a transaction that keeps the server from writing, so the test reads first and lets go.
    """
    email = person.email
    set_password(person, PASSWORD, by=None)
    db.session.commit()
    return email


@pytest.fixture
def installation(app: Flask, tmp_path: Path) -> Iterator[Installation]:
    """The test's own database behind a real server."""
    db.session.commit()
    with serving(tmp_path) as url:
        yield Installation(url, app)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: the one that HIRING_TEST_BROWSER names, or the system's."""
    path = os.environ.get("HIRING_TEST_BROWSER", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A window with no cookies; a script's error fails the test.

    Without a service worker: what goes through one escapes the routes that tests lay.
    """
    with opened_window(chromium, service_workers="block") as page:
        yield page


@contextmanager
def opened_window(chromium: Browser, service_workers: Literal["allow", "block"]) -> Iterator[Page]:
    """A window with no cookies; a script's error fails the test at the end of the block."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", service_workers=service_workers
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []

"""Windows of several people at once, in front of an installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

# The browser notes them, and they are no errors of a page: a form with a mistake in it, and a server that was
# stopped at the end of a test while the last page was still fetching its pictures.
NO_ERRORS = ("status of 422", "net::ERR_CONNECTION_RESET", "net::ERR_CONNECTION_REFUSED")
OpenWindow = Callable[[], Page]

expect.set_options(timeout=15_000)  # A busy machine is no mistake of the product.


def note_errors(page: Page, errors: list[str]) -> None:
    """Collects the errors of scripts and of the console."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in NO_ERRORS):
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))


@pytest.fixture
def open_window(chromium: Browser) -> Iterator[OpenWindow]:
    """``open_window()`` gives a window with cookies of its own; an error in any console fails the test."""
    pages: list[Page] = []
    errors: list[str] = []

    def open_one() -> Page:
        size: ViewportSize = {"width": 1440, "height": 900}
        page = chromium.new_context(viewport=size, reduced_motion="reduce").new_page()
        note_errors(page, errors)
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.context.close()
    assert errors == []

"""Windows of several people at once, in front of an installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

REFUSED = "status of 422"  # The browser notes it; a form with a mistake in it is no error.
OpenWindow = Callable[[], Page]

expect.set_options(timeout=15_000)  # A busy machine is no mistake of the product.


def note_errors(page: Page, errors: list[str]) -> None:
    """Collects the errors of scripts and of the console."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and REFUSED not in message.text:
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

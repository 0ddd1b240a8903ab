"""Windows of several people at once, in front of an installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser import chromium

__all__ = ["chromium"]

REFUSED = "status of 422"  # The browser notes it; a form with a mistake in it is no error.
OpenWindow = Callable[..., Page]

expect.set_options(timeout=15_000)  # A busy machine is no mistake of the product.


@pytest.fixture
def open_window(chromium: Browser) -> Iterator[OpenWindow]:
    """``open_window(width=390)`` gives a window with cookies of its own; an error in any console fails the test."""
    contexts = []
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and REFUSED not in message.text:
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open_one(width: int = 1440, height: int = 900, **more: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []

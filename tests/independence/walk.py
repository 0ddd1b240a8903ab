"""Asking every address that can be read, twice, and comparing whole answers: status, headers and every byte.

The doors are found, not listed: every route with the numbers of a full world, every link on every page that the given
browsers can open (orders, filters, exports, papers), and every choice of every form that asks by its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlencode

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hiring.extensions import db
from hiring.models import Person
from tests.conftest import SignIn
from tests.journeys.world import COUNTED, World, addresses

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS_TO_SEARCH = ("Carl", "Dora", "something", "4")
# A session's own cookie is renewed with every answer and holds nothing but a number and a time.
OWN_HEADERS = {"set-cookie", "date"}
# Ends the walk; never knows who asks; holds nothing but the bank, and the second in which its parts were packed.
NEVER_ASKED = ("/sign-out", "/static/", "/bank/export?format=xlsx")
Answer = tuple[int, list[tuple[str, str]], bytes]


class Doors(HTMLParser):
    """The addresses that a page offers: its links, and each choice of its forms that ask by address."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.action: str | None = None
        self.select: str | None = None
        self.own = address.partition("?")[0]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "link") and given.get("href", "").startswith(("/", "?")):
            self._add(given["href"])
        if "hx-get" in given:
            self._add(given["hx-get"])
        if tag == "form":
            self.action = (
                (given.get("action") or self.own) if given.get("method", "get").lower() == "get" else None
            )
        if self.action is not None:
            self._choice(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = None
        if tag == "select":
            self.select = None

    def _choice(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self._ask(self.select, given.get("value", ""))
        elif tag == "input" and name and given.get("type") in ("text", "search", "number", None):
            for words in WORDS_TO_SEARCH:
                self._ask(name, words)
        elif tag == "input" and name:
            self._ask(name, given.get("value", "on"))

    def _ask(self, name: str, value: str) -> None:
        assert self.action is not None
        joint = "&" if "?" in self.action else "?"
        self._add(f"{self.action}{joint}{urlencode({name: value})}")

    def _add(self, address: str) -> None:
        plain = address.partition("#")[0]
        whole = self.own + plain if plain.startswith("?") else plain
        if whole and not whole.startswith(NEVER_ASKED):
            self.found.add(whole)


def all_doors(app: Flask, there: World, browsers: Iterable[FlaskClient]) -> list[str]:
    """Every address to ask: all routes, and what the pages that these browsers can open offer."""
    routes = set(addresses(app, there.ids, "GET").values())
    known = app.url_map.bind("localhost")
    offered = set(routes)
    for browser in browsers:
        for address in sorted(routes):
            found = browser.get(address)
            if found.mimetype == "text/html" and found.status_code == 200:
                offered |= Doors(found.text, address).found
    return sorted(each for each in offered if known.test(each.partition("?")[0], "GET"))


def asked(person: Person, sign_in: SignIn, doors: Iterable[str]) -> dict[str, Answer]:
    """What each door answers to the person, all at one moment."""
    db.session.expire_all()
    with time_machine.travel(NOON, tick=False):
        return dict(_answers(sign_in(person), doors))


def _answers(browser: FlaskClient, doors: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    for door in doors:
        yield door, answer_of(browser.get(door))


def answer_of(found: TestResponse) -> Answer:
    """The whole answer, without what is new in every one."""
    headers = sorted((name, value) for name, value in found.headers if name.lower() not in OWN_HEADERS)
    return found.status_code, headers, COUNTED.sub(rb"\1", found.data)


def differences(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """The doors whose answers differ."""
    return [door for door in one if one[door] != other[door]]

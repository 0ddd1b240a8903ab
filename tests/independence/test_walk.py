"""Rate before you read, at every door: others' ratings change, and nothing changes for who still owes.

The doors are found, not listed: every route with the numbers of a full world, every link on every page that a reader
and the one who owes can open (orders, filters, exports, papers), and every choice of every form that asks by its
address. Each is asked before and after the others' ratings change, and the whole answers are compared: status, headers
with file names and caching, and every byte of the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from hiring.decisions.operations import decide
from hiring.extensions import db
from hiring.models import (
    Debrief,
    ObservationMark,
    ObservationState,
    Outcome,
    Person,
    QuestionOutcome,
    Recommendation,
)
from tests.conftest import SignIn
from tests.journeys.world import COUNTED, World, addresses, world

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


@pytest.fixture
def owing(request: pytest.FixtureRequest) -> Person:
    """Somebody who sits on the panel with Ivy and has not submitted."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


# An interviewer, the hiring manager who leads, a recruiter, and somebody of HR, each on the panel.
@pytest.mark.parametrize("owing", ["ian", "hugo", "rosa", "hana"], indirect=True)
def test_nothing_that_others_rate_reaches_who_owes(
    app: Flask, hugo: Person, ivy: Person, owing: Person, sign_in: SignIn
) -> None:
    there = _full_world(hugo, ivy, owing)
    doors = _doors(app, there, (sign_in(ivy), sign_in(owing)))
    before = _asked(owing, sign_in, doors)

    _rate_otherwise(there)

    after = _asked(owing, sign_in, doors)
    assert _differences(before, after) == []
    assert sum(status == 200 for status, _headers, _body in before.values()) > 30
    assert len(doors) > 150
    print(f"{owing.name}: {len(doors)} doors asked twice, none differs")


@pytest.mark.parametrize("owing", ["ian", "rosa"], indirect=True)
def test_what_was_decided_does_not_reach_who_owes(
    app: Flask, hugo: Person, ivy: Person, owing: Person, sign_in: SignIn
) -> None:
    there = world(hugo, ivy, owing)
    doors = _doors(app, there, (sign_in(owing),))
    _decide(there, hugo, Outcome.HIRE, "Heard it twice.")
    hired = _asked(owing, sign_in, doors)

    _decide(there, hugo, Outcome.NO_HIRE, "Heard it once.", reason_code="not_selected_skills")

    assert _differences(hired, _asked(owing, sign_in, doors)) == []


def test_the_same_walk_sees_other_ratings_once_they_may_be_read(
    app: Flask, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    there = _full_world(hugo, ivy, ian)
    doors = _doors(app, there, ())
    before = _asked(hugo, sign_in, doors)

    _rate_otherwise(there)

    changed = set(_differences(before, _asked(hugo, sign_in, doors)))
    job, carl = f"/jobs/{there.job.id}", f"/applications/{there.application.id}"
    assert {f"{job}/comparison", f"{job}/comparison.pdf", f"{carl}/packet.pdf"} <= changed
    assert f"/scorecards/{there.by_ivy.id}" in changed


def test_every_route_that_can_be_read_is_walked(
    app: Flask, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    there = world(hugo, ivy, ian)
    match = app.url_map.bind("localhost").match
    walked = {match(door.partition("?")[0])[0] for door in addresses(app, there.ids, "GET").values()}
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert routes - walked == {"static", "security.static"}


def _full_world(hugo: Person, ivy: Person, owing: Person) -> World:
    """The world with a debrief that goes on, and observations and notes of Ivy's."""
    there = world(hugo, ivy, owing)
    card = there.by_ivy
    card.observations.append(
        ObservationMark(observation_id="obs-clarifies", state=ObservationState.SEEN, evidence="Twice.")
    )
    for debrief in db.session.scalars(db.select(Debrief)):
        debrief.present, debrief.minutes = "Ivy", ""
    db.session.commit()
    return there


def _doors(app: Flask, there: World, browsers: Iterable[FlaskClient]) -> list[str]:
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


def _asked(person: Person, sign_in: SignIn, doors: Iterable[str]) -> dict[str, Answer]:
    db.session.expire_all()
    with time_machine.travel(NOON, tick=False):
        return dict(_answers(sign_in(person), doors))


def _answers(browser: FlaskClient, doors: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    for door in doors:
        found = browser.get(door)
        headers = sorted((name, value) for name, value in found.headers if name.lower() not in OWN_HEADERS)
        yield door, (found.status_code, headers, COUNTED.sub(rb"\1", found.data))


def _rate_otherwise(there: World) -> None:
    """Everything that somebody else has written and that can be written differently.

    Who has submitted, and when, is known to the panel and stays as it is.
    """
    card = there.by_ivy
    card.recommendation = Recommendation.STRONG_NO_HIRE
    card.recommendation_reason, card.contradiction_reason = "Rather not.", "The figures flatter."
    for rating in card.ratings:
        rating.level, rating.evidence = 1, "Something else altogether."
        rating.notes, rating.probes, rating.seconds = "14:03:21 S Waited.", [1], 611
        rating.outcome = QuestionOutcome.ASKED
    last = card.ratings[-1]
    last.level, last.not_enough_evidence = None, True
    for mark in card.observations:
        mark.state, mark.evidence = ObservationState.NOT_SEEN, "Never."
    # Not through the model, which counts saves: that a debrief was written in may be known.
    db.session.execute(db.update(Debrief).values(minutes="Carl is out."))
    db.session.commit()


def _decide(there: World, by: Person, outcome: Outcome, reason: str, **more: Any) -> None:
    decide(there.application, by, outcome, reason, skill_ids=["empathy"], acknowledged_missing=True, **more)
    db.session.commit()


def _differences(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    return [door for door in one if one[door] != other[door]]

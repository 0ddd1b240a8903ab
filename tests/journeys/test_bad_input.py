"""What nobody should send, sent to every form; and every door, tried by everybody whom it is closed to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hiring.access import is_signed_in
from hiring.models import Person
from tests.conftest import SignIn
from tests.journeys.forms import PageForm, forms_of
from tests.journeys.world import (
    World,
    addresses,
    beginning,
    workshops_on_the_way,
    world,
)

CALM = {200, 302, 303, 400, 403, 404, 409, 413, 422}
LONG = "x" * 100_000
WRONG = (
    "letters",
    "999999",
    "-1",
    "9" * 30,
    "1.5",
    "nul\x00and\ud7ff",
    "{candidate_name}",
    "<b>&amp;",
    "2026-02-30",
)
# The form is a step further.
MORE = {"decisions.message_new": {"template": "msg-received"}, "authoring.new_probe": {"skill": "empathy"}}
NOWHERE = (999_999, 2**31, 2**70)
SIGNED_OUT_PAGES = {"security.login", "security.logout", "security.verify"}
BESIDE_OR_ABOVE = ('class="field-error', 'class="error-summary', "callout tone-warn", "callout tone-bad")


@dataclass(frozen=True)
class Sender:
    """A form in the hands of somebody who may use it."""

    person: Person
    form: PageForm


@pytest.fixture
def here(hugo: Person, ivy: Person, ian: Person) -> World:
    """Hugo's job; Ian owes a scorecard."""
    return world(hugo, ivy, ian)


@pytest.fixture
def senders(
    app: Flask, here: World, hugo: Person, ada: Person, ian: Person, hana: Person, sign_in: SignIn
) -> list[Sender]:
    """Every kind of form on every page, each once."""
    app.config["PROPAGATE_EXCEPTIONS"] = (
        False  # An unexpected error is a page with the status 500, as in life.
    )
    found: dict[tuple[str, ...], Sender] = {}
    match = app.url_map.bind("localhost").match
    begun = beginning(hugo, here.by_ivy)
    others = workshops_on_the_way(hugo, ada, here.by_ivy.interviewer, ian)
    for person in (hugo, ada, ian, hana):
        for page in (
            *_pages(app, (here.ids, begun), sign_in, person),
            *_pages(app, [begun | each for each in others], sign_in, person, "workshops."),
        ):
            for form in forms_of(*page):
                endpoint = match(form.action.partition("?")[0], "POST")[0]
                found.setdefault((endpoint, *form.names), Sender(person, form))
    return list(found.values())


def _pages(
    app: Flask, jobs: Iterable[dict[str, Any]], sign_in: SignIn, person: Person, feature: str = ""
) -> Iterator[tuple[str, str]]:
    """Every page of a job that is being decided and of one that begins; what cannot be opened is left out."""
    for ids in jobs:
        for endpoint, address in addresses(app, ids, "GET").items():
            if endpoint.startswith(feature) and not endpoint.endswith("pdf"):
                page = signed_in_just_now(sign_in, person).get(address, query_string=MORE.get(endpoint))
                if page.status_code == 200 and page.mimetype == "text/html":
                    yield page.text, address


def signed_in_just_now(sign_in: SignIn, person: Person) -> FlaskClient:
    """A client that is not asked for the password again before something delicate."""
    client = sign_in(person)
    with client.session_transaction() as session:
        session["fs_paa"] = time.time()
    return client


Send = Callable[[Sender, dict[str, Any]], Any]


@pytest.fixture
def send(sign_in: SignIn) -> Send:
    """Sends a form as its sender, with a session that nothing has happened in."""

    def sent(sender: Sender, values: dict[str, Any]) -> Any:
        return signed_in_just_now(sign_in, sender.person).post(sender.form.action, data=values)

    return sent


def test_every_route_that_takes_a_form_has_one_on_a_page(app: Flask, senders: list[Sender]) -> None:
    match = app.url_map.bind("localhost").match
    sent_to = {match(sender.form.action.partition("?")[0], "POST")[0] for sender in senders}

    assert set(addresses(app, _any_ids(app), "POST")) - sent_to - SIGNED_OUT_PAGES == NOT_OFFERED


# Offered once a planned interview is over, asked while one types, to those who are left out of a debrief,
# once a debrief is closed or before it opens, while packets are being made, once a mail server is named, and where
# ratings are open but nothing is decided: none of them has a form in this world.
NOT_OFFERED = {
    "dropped.count",
    "dropped.index",
    "interviews.held",
    "invitations.invite",
    "authoring.findings",
    "debriefs.take_in",
    "exports.cancel_run",
    "debriefs.addenda",
    "reminders.remind",
    "reminders.test_mail",
    "scorecards.reopen",
}


def _any_ids(app: Flask) -> dict[str, Any]:
    return {name: 1 for rule in app.url_map.iter_rules() for name in rule.arguments}


def test_empty_forms_are_answered_calmly(senders: list[Sender], send: Send) -> None:
    wrong = []
    for sender in senders:
        for values in ({}, dict.fromkeys(sender.form.names, "")):
            wrong += _not_calm(sender, send(sender, values), values)

    assert wrong == []


def test_endless_texts_are_answered_calmly(senders: list[Sender], send: Send) -> None:
    wrong = []
    for sender in senders:
        for name in sender.form.texts:
            values = {**sender.form.served(), name: LONG}
            wrong += _not_calm(sender, send(sender, values), name)
        everywhere = {**sender.form.served(), **dict.fromkeys(sender.form.texts, LONG)}
        wrong += _not_calm(sender, send(sender, everywhere), "every text")

    assert wrong == []


def test_values_of_a_wrong_kind_are_answered_calmly(senders: list[Sender], send: Send) -> None:
    wrong = []
    for sender, value in product(senders, WRONG):
        wrong += _not_calm(sender, send(sender, dict.fromkeys(sender.form.names, value)), value)

    assert wrong == []


def test_one_wrong_value_among_right_ones_is_answered_calmly(senders: list[Sender], send: Send) -> None:
    wrong, values = [], cycle(WRONG)
    for sender in senders:
        for name, value in zip(sender.form.names, values, strict=False):
            wrong += _not_calm(sender, send(sender, {**sender.form.served(), name: value}), (name, value))

    assert wrong == []


def _not_calm(sender: Sender, got: Any, what: object) -> list[Any]:
    """What is wrong with the answer: another status, or a refusal without its sentence."""
    if got.status_code not in CALM:
        return [(got.status_code, sender.form.action, what)]
    if got.status_code == 422 and not any(mark in got.text for mark in BESIDE_OR_ABOVE):
        return [("no sentence", sender.form.action, what)]
    return []


def test_a_refused_form_keeps_what_was_typed(senders: list[Sender], send: Send) -> None:
    refused, lost = 0, []
    for sender in senders:
        texts = [
            name for name in sender.form.texts if not name.startswith(("password", "new_password", "blank-"))
        ]
        # A password is never sent back, and words for a message's blanks go into its text.
        typed = {name: f"Typed into {number}." for number, name in enumerate(texts)}
        got = send(sender, {**dict.fromkeys(sender.form.names, "letters"), **typed})
        if got.status_code == 422 and texts:
            refused += 1
            lost += [(sender.form.action, name) for name, words in typed.items() if words not in got.text]

    assert lost == []
    assert refused > 10


@pytest.mark.parametrize("number", NOWHERE)
def test_what_does_not_exist_is_not_found(
    app: Flask, hugo: Person, here: World, sign_in: SignIn, number: int
) -> None:
    found = {}
    for method in ("GET", "POST"):
        for endpoint, address in _with_numbers(
            app, dict.fromkeys(here.ids, number) | {"ending": "csv"}, method
        ):
            found[endpoint, method] = sign_in(hugo).open(address, method=method).status_code

    assert {key: status for key, status in found.items() if status not in (403, 404)} == {}


def test_parts_of_another_guide_are_refused(
    app: Flask, hugo: Person, rosa: Person, ivy: Person, here: World, sign_in: SignIn
) -> None:
    there = world(rosa, ivy, title="Another job")
    mixed = {**here.ids, "item_id": there.ids["item_id"], "round_id": there.ids["round_id"]}
    revision = {
        "revision": "1",
        "question_id": "empathy-1-q2",
        "minutes": "5",
        "direction": "up",
        "name": "A",
    }
    found = {}
    for endpoint, address in _with_numbers(app, mixed, "POST"):
        if endpoint.startswith("guides.") and ("items" in address or "/rounds/" in address):
            found[endpoint] = sign_in(hugo).post(address, data=revision).status_code

    assert set(found.values()) == {422}


def _with_numbers(app: Flask, ids: dict[str, Any], method: str) -> list[tuple[str, str]]:
    return [
        (endpoint, address)
        for endpoint, address in addresses(app, ids, method).items()
        if next(app.url_map.iter_rules(endpoint)).arguments
    ]


# Closed doors


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_outsider_finds_every_door_closed(
    app: Flask, olga: Person, here: World, sign_in: SignIn, method: str
) -> None:
    open_to_all = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if getattr(view, "access_rule", None) in (is_signed_in, None) or endpoint.startswith("security.")
    }
    found = {
        endpoint: sign_in(olga).open(address, method=method).status_code
        for endpoint, address in addresses(app, here.ids, method).items()
        if endpoint not in open_to_all
    }

    assert {key: status for key, status in found.items() if status not in (403, 404)} == {}
    assert len(found) > 20


def test_a_stranger_is_asked_to_sign_in(app: Flask, here: World, sign_in: SignIn) -> None:
    found = {}
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, here.ids, method).items():
            if endpoint not in SIGNED_OUT_PAGES and not _is_public(app, endpoint):
                got = sign_in(None).open(address, method=method)
                found[endpoint, method] = got.location.partition("?")[0] if got.location else got.status_code

    assert {key: what for key, what in found.items() if what not in ("/sign-in", 401)} == {}


def _is_public(app: Flask, endpoint: str) -> bool:
    return getattr(app.view_functions[endpoint], "access_rule", is_signed_in) is None

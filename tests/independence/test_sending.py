"""Rate before you read, also for who sends something: the answer to a form never depends on others' ratings.

Every address that takes a form is sent an empty one, and every form that the one who owes is offered is sent as it was
served, each against the same stored state. Then the others' ratings are changed, and all is sent again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.models import Person
from tests.conftest import SignIn
from tests.independence.changes import full_world, rate_otherwise
from tests.independence.walk import NOON, Answer, answer_of, differences
from tests.journeys.forms import forms_of
from tests.journeys.world import World, addresses

# Make a secret or a number of their own each time, or begin a draw by chance.
BY_CHANCE = ("/practice", "/sign-in", "/sign-out", "/account/password", "/confirm")
Letter = tuple[str, dict[str, Any]]
SendAll = Callable[[FlaskClient, Iterable[Letter]], dict[str, Answer]]


@pytest.fixture
def send_all(app: Flask, tmp_path: Path) -> SendAll:
    """Sends each letter to the state that is stored now, and puts that state back after it."""
    stored, kept = tmp_path / "hiring.sqlite3", tmp_path / "kept.sqlite3"

    def put_back() -> None:
        db.session.remove()
        db.engine.dispose()
        for rest in ("-wal", "-shm"):
            stored.with_name(stored.name + rest).unlink(missing_ok=True)
        shutil.copy(kept, stored)

    def sent(browser: FlaskClient, letters: Iterable[Letter]) -> dict[str, Answer]:
        db.session.commit()
        with closing(sqlite3.connect(stored)) as source, closing(sqlite3.connect(kept)) as copy:
            source.backup(copy)
        answers: dict[str, Answer] = {}
        for address, values in letters:
            with time_machine.travel(NOON, tick=False):
                answer = browser.post(address, data=values, follow_redirects=True)
            answers[f"{address} {sorted(values)}"] = answer_of(answer)
            put_back()
        return answers

    return sent


@pytest.mark.parametrize(("owing", "accepted"), [("ian", 5), ("hugo", 15)])
def test_no_answer_to_a_form_depends_on_what_others_rated(
    app: Flask,
    hugo: Person,
    ivy: Person,
    owing: str,
    accepted: int,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
    send_all: SendAll,
) -> None:
    person: Person = request.getfixturevalue(owing)
    there = full_world(hugo, ivy, person)
    before, after = _sent_twice(
        there, person, sign_in, send_all, lambda browser: _letters(app, there, browser)
    )

    assert differences(before, after) == []
    assert len(before) > 80
    assert sum(status == 200 for status, _headers, _body in before.values()) > accepted


def test_the_same_form_answers_otherwise_to_who_may_read(
    hugo: Person, ivy: Person, ian: Person, sign_in: SignIn, send_all: SendAll
) -> None:
    there = full_world(hugo, ivy, ian)
    decision = f"/applications/{there.application.id}/decision"
    before, after = _sent_twice(there, hugo, sign_in, send_all, lambda browser: [(decision, {})])

    assert len(differences(before, after)) == 1


def _sent_twice(
    there: World,
    person: Person,
    sign_in: SignIn,
    send_all: SendAll,
    letters_for: Callable[[FlaskClient], list[Letter]],
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    card_id = there.by_ivy.id
    with time_machine.travel(NOON, tick=False):  # A session from a later time is refused.
        browser = sign_in(person)
        letters = letters_for(browser)
    before = send_all(browser, letters)
    rate_otherwise(card_id)
    return before, send_all(browser, letters)


def _letters(app: Flask, there: World, browser: FlaskClient) -> list[Letter]:
    empty = [(address, {}) for address in addresses(app, there.ids, "POST").values()]
    pages = [(browser.get(address), address) for address in addresses(app, there.ids, "GET").values()]
    offered = [
        (form.action, form.served())
        for page, address in pages
        if page.status_code == 200 and page.mimetype == "text/html"
        for form in forms_of(page.text, address)
    ]
    return [letter for letter in (*empty, *offered) if not letter[0].startswith(BY_CHANCE)]

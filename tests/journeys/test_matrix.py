"""Every door is tried by everybody: whom its rule refuses is refused, whom it admits is let in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from hiring.extensions import db
from hiring.models import Person
from tests.conftest import SignIn
from tests.journeys.matrix import STRANGER, Door, as_table, cast_of, doors
from tests.journeys.test_bad_input import signed_in_just_now

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"
REFUSED = {401, 403}
TO_SIGN_IN = 302


Cast = tuple[list[Door], dict[str, Person | None]]


@pytest.fixture
def cast(app: Flask, hugo: Person, ivy: Person, ian: Person) -> Cast:
    """The doors of a world, and everybody in it."""
    here, people = cast_of(hugo, ivy, ian)
    return list(doors(app, here.ids)), people


def test_the_table_in_the_documents_is_what_the_rules_say(cast: Cast) -> None:
    table = as_table(*cast)
    if os.environ.get("HIRING_WRITE_MATRIX"):
        DOCUMENT.write_text(table, "utf-8")

    assert table.splitlines() == DOCUMENT.read_text("utf-8").splitlines()


def test_whom_a_rule_refuses_is_refused_whatever_is_sent(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    found, people = cast
    attempts, let_in = 0, []
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for name, person in people.items():
        client = app.test_client() if person is None else signed_in_just_now(sign_in, person)
        refused = REFUSED if person else REFUSED | {TO_SIGN_IN}
        for door in found:
            if door.admits(person):
                continue
            attempts += 1
            if client.open(door.address, method=door.method).status_code not in refused:
                let_in.append((name, door.method, door.endpoint))
            db.session.rollback()

    assert attempts > 1000
    assert let_in == []


def test_whom_a_rule_admits_is_not_refused(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    found, people = cast
    kept_out = []
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for name, person in people.items():
        if name == STRANGER or person is None:
            continue
        client = signed_in_just_now(sign_in, person)
        for door in found:
            if door.method == "GET" and door.rule is not None and door.admits(person):
                status = client.get(door.address).status_code
                if status in REFUSED | {500}:
                    kept_out.append((name, door.endpoint, status))

    assert kept_out == []

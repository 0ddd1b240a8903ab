"""The same save sent again is stored once; what cannot be stored is said so; words leave with their writer."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import event, text

from hiring.extensions import db
from hiring.models import Interview, Person, Scorecard, ScorecardSave
from hiring.scorecards.operations import KEYS_KEPT, Answers, acknowledged, save_scorecard
from tests import browser as windows
from tests.browser import Installation
from tests.conftest import SignIn

JSON = {"Accept": "application/json"}
EVIDENCE = "evidence-empathy-1-q1"


def save(client: FlaskClient, interview: Interview, words: str, revision: int, key: str) -> Any:
    data = {EVIDENCE: words, "revision": str(revision), "save_key": key}
    return client.post(f"/interviews/{interview.id}/scorecard/save", data=data, headers=JSON)


def evidence() -> list[str]:
    db.session.expire_all()
    return [each.evidence for card in db.session.scalars(db.select(Scorecard)) for each in card.ratings]


def test_a_save_that_comes_twice_is_stored_once(interview: Interview, ivy: Person, sign_in: SignIn) -> None:
    client = sign_in(ivy)
    first = save(client, interview, "One.", 0, "a")
    again = save(client, interview, "One.", 0, "a")

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json["revision"] == first.json["revision"]
    assert db.session.scalar(db.select(db.func.count()).select_from(ScorecardSave)) == 1


def test_a_replay_after_a_later_save_changes_nothing(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    client = sign_in(ivy)
    first = save(client, interview, "One.", 0, "a").json["revision"]
    second = save(client, interview, "Two.", first, "b").json["revision"]
    replayed = save(client, interview, "One.", 0, "a")
    late = save(client, interview, "Late.", first, "c")

    assert replayed.json["revision"] == first < second
    assert late.status_code == 409
    assert evidence() == ["Two."]


def test_the_first_save_of_two_windows_loses_neither(
    interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    client = sign_in(ivy)
    one = save(client, interview, "From one.", 0, "a")
    other = save(client, interview, "From the other.", 0, "b")

    assert (one.status_code, other.status_code) == (200, 409)
    assert other.json["stored"][EVIDENCE] == "From one."


def test_a_key_belongs_to_one_scorecard(
    interview: Interview, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    save(sign_in(ivy), interview, "Ivy's.", 0, "a")
    answer = save(sign_in(ian), interview, "Ian's.", 0, "a")

    assert answer.status_code == 200
    assert sorted(evidence()) == ["Ian's.", "Ivy's."]


def test_old_keys_are_let_go(interview: Interview, ivy: Person) -> None:
    for number in range(KEYS_KEPT + 5):
        card = save_scorecard(interview, ivy, Answers(open_point=str(number)), key=f"key {number}")
    db.session.flush()

    assert db.session.scalar(db.select(db.func.count()).select_from(ScorecardSave)) == KEYS_KEPT
    assert acknowledged(card, "key 0") is None
    assert acknowledged(card, f"key {KEYS_KEPT + 4}") is not None


def test_a_full_disk_is_told_and_nothing_that_was_stored_is_lost(
    app: Flask, interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    number = interview.id
    client = sign_in(ivy)
    revision = save(client, interview, "Stored.", 0, "a").json["revision"]
    pages = db.session.scalar(text("PRAGMA page_count"))
    db.session.remove()
    db.engine.dispose()

    def fill(connection: Any, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(db.engine, "connect", fill)
    try:
        data = {EVIDENCE: "x" * 19_000, "revision": str(revision), "save_key": "b"}
        full = client.post(f"/interviews/{number}/scorecard/save", data=data, headers=JSON)
    finally:
        event.remove(db.engine, "connect", fill)
        db.session.remove()
        db.engine.dispose()

    assert full.status_code == 503
    assert "cannot store anything at the moment" in full.text
    assert evidence() == ["Stored."]


def test_signing_out_asks_the_browser_to_forget(ivy: Person, sign_in: SignIn) -> None:
    assert sign_in(ivy).post("/sign-out").headers["Clear-Site-Data"] == '"storage"'


@pytest.fixture
def kit(installation: Installation, window: Page, interview: Interview, ivy: Person) -> Page:
    """Ivy's kit, offline, with words that the server does not have."""
    path = f"/interviews/{interview.id}/scorecard"
    windows.sign_in(window, installation.url, windows.give_password(ivy))
    db.session.rollback()
    window.goto(installation.url + path)
    window.route("**/scorecard/save", lambda route: route.abort())
    window.fill(f"#{EVIDENCE}", "Unsent words.")
    expect(window.locator("[data-where]")).to_contain_text("On this device alone")
    return window


kept = windows.kept_words


def test_signing_out_leaves_no_words_behind_and_says_so_before(kit: Page, installation: Installation) -> None:
    asked: list[str] = []
    kit.goto(f"{installation.url}/account")
    kit.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    kit.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    stayed = kept(kit)
    kit.once("dialog", lambda dialog: dialog.accept())
    kit.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    kit.wait_for_url("**/sign-in**")

    assert "not saved yet" in asked[0]
    assert len(stayed) == 1
    assert kept(kit) == []


def test_somebody_else_who_signs_in_finds_no_words(
    kit: Page, installation: Installation, ian: Person
) -> None:
    kit.context.clear_cookies()
    windows.sign_in(kit, installation.url, windows.give_password(ian))
    kit.goto(f"{installation.url}/account")

    assert kept(kit) == []

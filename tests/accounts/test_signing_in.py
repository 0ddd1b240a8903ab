"""Signing in and out: one answer for every wrong try, no way out to other hosts, no form from elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from flask import Flask, request
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import func, select, text

from hiring.app import create_app
from hiring.extensions import db
from hiring.models import AuditEvent, FailedSignIn, Person, now
from tests.conftest import FAST_ARGON2, SignIn, settings_in

PASSWORD = "a slow and patient crane"
WRONG = "The e-mail address or the password is not right."


@pytest.fixture
def vera(ivy: Person) -> Person:
    """Somebody whose password is known to these tests."""
    ivy.password = hash_password(PASSWORD)
    db.session.commit()
    return ivy


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def try_to_sign_in(client: FlaskClient, email: str, password: str, **more: Any) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_the_right_password_leads_home(stranger: FlaskClient, vera: Person) -> None:
    answer = try_to_sign_in(stranger, vera.email, PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/")
    assert vera.name in stranger.get("/account").text


def test_letters_and_spaces_around_the_address_do_not_matter(stranger: FlaskClient, vera: Person) -> None:
    answer = try_to_sign_in(stranger, f" {vera.email.upper()} ", PASSWORD)

    assert answer.location == "/"


def test_a_wrong_password_is_said_in_one_sentence_and_the_address_is_kept(
    stranger: FlaskClient, vera: Person
) -> None:
    answer = try_to_sign_in(stranger, vera.email, "a fast and hasty crane")

    assert answer.status_code == 422
    assert answer.text.count(WRONG) == 1
    assert f'value="{vera.email}"' in answer.text
    assert "a fast and hasty crane" not in answer.text


def test_an_unknown_address_gets_the_very_same_answer(stranger: FlaskClient, vera: Person) -> None:
    wrong = try_to_sign_in(stranger, vera.email, "a fast and hasty crane")
    unknown = try_to_sign_in(stranger, "nobody@example.org", "a fast and hasty crane")

    assert unknown.status_code == wrong.status_code
    assert without_what_was_typed(unknown.text) == without_what_was_typed(wrong.text)


def test_programs_get_the_same_answer_too(stranger: FlaskClient, vera: Person) -> None:
    answers = [
        stranger.post("/sign-in", json={"email": email, "password": "a fast and hasty crane"}).json
        for email in (vera.email, "nobody@example.org")
    ]

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "", "password": PASSWORD}, "Write your e-mail address."),
        ({"email": "vera", "password": PASSWORD}, "Write a whole e-mail address"),
        ({"email": "ivy@example.org", "password": ""}, "Write a password."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    stranger: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    answer = stranger.post("/sign-in", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_disabled_person_does_not_get_in(stranger: FlaskClient, vera: Person) -> None:
    vera.active = False
    db.session.commit()

    answer = try_to_sign_in(stranger, vera.email, PASSWORD)

    assert answer.status_code == 422
    assert "Your account is switched off." in answer.text
    assert stranger.get("/account").status_code == 302


def test_only_who_knows_the_password_learns_that_an_account_is_disabled(
    stranger: FlaskClient, vera: Person
) -> None:
    vera.active = False
    db.session.commit()

    answer = try_to_sign_in(stranger, vera.email, "a fast and hasty crane")

    assert WRONG in answer.text
    assert "switched off" not in answer.text


def test_who_is_disabled_while_signed_in_is_out_at_once(sign_in: SignIn, vera: Person) -> None:
    client = sign_in(vera)
    assert client.get("/account").status_code == 200

    vera.active = False
    db.session.commit()

    assert client.get("/account").status_code == 302


def test_a_page_asked_for_before_opens_after(stranger: FlaskClient, vera: Person) -> None:
    asked = stranger.get("/bank?q=tone")
    assert asked.location == "/sign-in?next=/bank?q%3Dtone"
    page = stranger.get(asked.location)
    kept = re.search(r'name="next"[^>]*value="([^"]*)"', page.text)

    answer = try_to_sign_in(stranger, vera.email, PASSWORD, next=kept and kept[1])

    assert answer.location == "/bank?q=tone"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        r"\\evil.example",
        r"/\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https://localhost@evil.example/",
        "\t//evil.example",
    ],
)
def test_no_other_host_is_opened_after_sign_in(stranger: FlaskClient, vera: Person, elsewhere: str) -> None:
    answer = stranger.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={"email": vera.email, "password": PASSWORD, "next": elsewhere},
    )

    opened = urljoin("http://localhost/sign-in", answer.location)
    assert answer.status_code == 302
    assert urlsplit(opened).netloc == "localhost"
    assert "\\" not in answer.location


def test_signing_in_is_noted_and_is_no_change_of_the_person(stranger: FlaskClient, vera: Person) -> None:
    before = vera.revision

    try_to_sign_in(stranger, vera.email, PASSWORD)

    db.session.refresh(vera)
    assert vera.last_seen_at is not None
    assert vera.revision == before


def test_nobody_is_remembered_beyond_the_session(stranger: FlaskClient, vera: Person) -> None:
    answer = try_to_sign_in(stranger, vera.email, PASSWORD, remember="y")

    cookies = answer.headers.getlist("Set-Cookie")
    assert not [cookie for cookie in cookies if "remember_token" in cookie or "Expires" in cookie]


def test_signing_out_is_a_post(sign_in: SignIn, vera: Person) -> None:
    client = sign_in(vera)

    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200

    answer = client.post("/sign-out")

    assert answer.location == "/sign-in"
    assert client.get("/account").status_code == 302


def test_no_token_opens_a_page(app: Flask, vera: Person) -> None:
    token = vera.get_auth_token()

    for asked in ({"headers": {"Authentication-Token": token}}, {"query_string": {"auth_token": token}}):
        assert app.test_client().get("/account", **asked).status_code == 302


def test_the_session_cookie_is_out_of_reach(stranger: FlaskClient, vera: Person) -> None:
    answer = try_to_sign_in(stranger, vera.email, PASSWORD)

    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("address", ["/sign-in", "/bank/empathy", "/there-is-no-such-page"])
def test_pages_carry_the_headers_of_safety(sign_in: SignIn, vera: Person, address: str) -> None:
    client = sign_in(None if address == "/sign-in" else vera)

    headers = client.get(address).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_ones_own_password_is_changed_and_the_change_recorded(sign_in: SignIn, vera: Person) -> None:
    elsewhere, here = sign_in(vera), sign_in(vera)

    answer = here.post(
        "/account/password",
        data={
            "password": PASSWORD,
            "new_password": "another slow crane",
            "new_password_confirm": "another slow crane",
        },
    )

    assert answer.location == "/account"
    assert "Your password is changed." in here.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    [event] = db.session.query(AuditEvent).filter_by(action="change_password")
    assert (event.actor_name, event.thing_id) == (vera.name, vera.id)


@pytest.mark.parametrize(
    ("present", "new", "again", "sentence"),
    [
        ("wrong password", "another slow crane", "another slow crane", "This is not your present password."),
        (PASSWORD, "another slow crane", "another fast crane", "The two new passwords differ."),
        (PASSWORD, "short", "short", "Choose a password of at least 10 characters."),
        (PASSWORD, "Password123", "Password123", "This password is among the first that others try."),
        (PASSWORD, "abababababab", "abababababab", "more different characters"),
        (PASSWORD, "ivy@example.org", "ivy@example.org", "other than a name or an e-mail address"),
        (PASSWORD, PASSWORD, PASSWORD, "Choose a password that differs from your present one."),
        ("", "another slow crane", "another slow crane", "Write a password."),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_beside_its_field(
    sign_in: SignIn, vera: Person, present: str, new: str, again: str, sentence: str
) -> None:
    typed = {"password": present, "new_password": new, "new_password_confirm": again}

    answer = sign_in(vera).post("/account/password", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.fixture
def guarded(migrated: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application that checks forms as it does in earnest, with secure cookies."""
    shutil.copy(migrated, tmp_path / "hiring.sqlite3")
    settings = settings_in(tmp_path).model_copy(update={"secure_cookies": True})
    app = create_app(settings, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=FAST_ARGON2)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_form_without_its_token_is_refused(guarded: Flask) -> None:
    answer = try_to_sign_in(guarded.test_client(), "ivy@example.org", PASSWORD)

    assert answer.status_code == 400
    assert "The form had expired." in answer.text


def test_a_form_with_its_token_is_read(guarded: Flask) -> None:
    client = guarded.test_client()
    page = client.get("/sign-in", base_url="https://localhost").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert token

    answer = client.post(
        "/sign-in",
        base_url="https://localhost",
        headers={"Referer": "https://localhost/sign-in"},
        data={"email": "ivy@example.org", "password": PASSWORD, "csrf_token": token[1]},
    )

    assert WRONG in answer.text


def test_behind_https_cookies_stay_there(guarded: Flask) -> None:
    answer = guarded.test_client().get("/sign-in", base_url="https://localhost")

    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert answer.headers.getlist("Set-Cookie")


def test_behind_https_browsers_are_told_to_stay_there(guarded: Flask, app: Flask) -> None:
    behind = guarded.test_client().get("/sign-in", base_url="https://localhost").headers
    without = app.test_client().get("/sign-in").headers

    assert behind["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in without


@pytest.fixture
def addressed(migrated: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application that knows its address and stands behind one proxy."""
    shutil.copy(migrated, tmp_path / "hiring.sqlite3")
    known = {"address": "https://hiring.example.org", "trusted_proxies": 1}
    app = create_app(
        settings_in(tmp_path).model_copy(update=known), SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=FAST_ARGON2
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("hiring.example.org", 200),
        ("localhost:8000", 200),
        ("evil.example", 400),
        ("hiring.example.org.evil", 400),
    ],
)
def test_only_its_own_host_is_answered_once_the_address_is_known(
    addressed: Flask, host: str, status: int
) -> None:
    answer = addressed.test_client().get("/sign-in", headers={"Host": host})

    assert answer.status_code == status
    assert "evil" not in answer.text


def test_a_proxy_that_is_trusted_says_for_whom_it_asks(addressed: Flask, app: Flask) -> None:
    said = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}

    def place(known: Flask) -> tuple[str | None, bool]:
        found: list[tuple[str | None, bool]] = []
        known.before_request_funcs.setdefault(None, []).insert(
            0, lambda: found.append((request.remote_addr, request.is_secure))
        )
        known.test_client().get("/sign-in", headers=said)
        return found[0]

    assert place(addressed) == ("203.0.113.9", True)
    assert place(app) == ("127.0.0.1", False)


# Too many attempts


def wrong(
    stranger: FlaskClient, email: str = "ivy@example.org", times: int = 1, place: str = "127.0.0.1"
) -> Any:
    for _n in range(times):
        answer = stranger.post(
            "/sign-in", data={"email": email, "password": "not it"}, environ_base={"REMOTE_ADDR": place}
        )
    return answer


def test_after_ten_wrong_passwords_even_the_right_one_waits(stranger: FlaskClient, vera: Person) -> None:
    db.session.commit()
    with time_machine.travel(now(), tick=False) as clock:
        assert "The e-mail address or the password is not right." in wrong(stranger, times=10).text
        refused = stranger.post("/sign-in", data={"email": "Ivy@Example.org ", "password": PASSWORD})
        clock.shift(timedelta(minutes=15, seconds=1))
        admitted = stranger.post("/sign-in", data={"email": "ivy@example.org", "password": PASSWORD})

    assert refused.status_code == 422
    assert "Try again in 15 minutes." in refused.text
    assert admitted.status_code == 302


def test_an_unknown_account_waits_in_the_very_same_way(stranger: FlaskClient, vera: Person) -> None:
    db.session.commit()
    known = wrong(stranger, times=11).text
    unknown = wrong(stranger, "nobody@example.org", times=11).text

    assert "Try again in" in unknown
    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def test_the_right_password_begins_anew(stranger: FlaskClient, vera: Person) -> None:
    db.session.commit()
    wrong(stranger, times=9)
    stranger.post("/sign-in", data={"email": "ivy@example.org", "password": PASSWORD})
    stranger.post("/sign-out")

    assert "is not right" in wrong(stranger, times=9).text


def test_one_place_does_not_try_a_hundred_accounts(stranger: FlaskClient, vera: Person) -> None:
    db.session.commit()
    for number in range(100):
        wrong(stranger, f"person{number}@example.org", place="203.0.113.9")

    there = wrong(stranger, place="203.0.113.9").text
    elsewhere = wrong(stranger, place="203.0.113.10").text

    assert "Try again in" in there
    assert "is not right" in elsewhere


def test_attempts_are_kept_without_addresses_and_not_for_long(stranger: FlaskClient, vera: Person) -> None:
    db.session.commit()
    with time_machine.travel(now(), tick=False) as clock:
        wrong(stranger, place="203.0.113.9")
        rows = [str(tuple(row)) for row in db.session.execute(text("SELECT * FROM failed_sign_in"))]
        clock.shift(timedelta(minutes=16))
        wrong(stranger, "other@example.org")
        db.session.rollback()
        left = db.session.scalar(select(func.count(FailedSignIn.id)))

    assert len(rows) == 2
    assert not [row for row in rows if "ivy" in row or "203." in row]
    assert left == 1

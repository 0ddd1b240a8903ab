"""Adding and changing people, and naming the organisation."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import select

from hiring.accounts.operations import (
    add_person,
    change_person,
    found_organisation,
    new_password,
    set_password,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import AuditEvent, Organisation, Paper, Person, RoleName
from tests import factories

PASSWORD = "a slow and patient crane"


def add(**given: Any) -> Person:
    answers = {
        "name": "Rosa Ramos",
        "email": "rosa@example.org",
        "roles": [RoleName.RECRUITER],
        "password": PASSWORD,
        "by": None,
    }
    return add_person(**(answers | given))


def change(person: Person, **given: Any) -> None:
    answers = {
        "name": person.name,
        "roles": person.role_names,
        "active": person.active,
        "revision": person.revision,
        "by": None,
    }
    change_person(person, **(answers | given))


def newest_event() -> AuditEvent:
    db.session.flush()
    event = db.session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
    assert event is not None
    return event


def test_a_person_is_added_with_tidy_name_and_address(app: Flask) -> None:
    person = add(name="  Rosa \t Ramos ", email=" Rosa.Ramos@Example.ORG ")

    assert (person.name, person.email, person.role_names) == (
        "Rosa Ramos",
        "rosa.ramos@example.org",
        [RoleName.RECRUITER],
    )
    assert person.active
    assert verify_password(PASSWORD, person.password)


def test_who_added_whom_is_recorded_without_the_password(ada: Person) -> None:
    person = add(by=ada)

    event = newest_event()
    assert (event.actor_name, event.action, event.thing_id) == ("Ada", "add_person", person.id)
    assert event.details == {"name": "Rosa Ramos", "roles": ["recruiter"]}


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"name": "  "}, "name", "Write a name."),
        ({"name": "x" * 201}, "name", "Write a name of at most 200 characters."),
        ({"email": ""}, "email", "Write a whole e-mail address, such as rosa@example.org."),
        ({"email": "rosa"}, "email", "Write a whole e-mail address, such as rosa@example.org."),
        ({"email": "a@b.org, c@d.org"}, "email", "Write a whole e-mail address, such as rosa@example.org."),
        ({"email": "IVY@example.org"}, "email", "Ivy already has an account with this e-mail address."),
        ({"roles": []}, "roles", "Choose at least one role."),
        ({"roles": ["boss"]}, "roles", "There is no role called boss."),
        ({"password": "short"}, "password", "Choose a password of at least 10 characters."),
        (
            {"password": "Rosa@Example.org"},
            "password",
            "Choose a password other than a name or an e-mail address.",
        ),
    ],
)
def test_what_cannot_be_added_is_refused_beside_its_field(
    ivy: Person, given: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add(**given)

    assert (refusal.value.field, refusal.value.sentence) == (field, sentence)


def test_an_address_on_a_local_network_is_an_address(app: Flask) -> None:
    assert add(email="rosa@mail.company.local").email == "rosa@mail.company.local"


def test_names_in_any_script_are_names(app: Flask) -> None:
    assert add(name="Ольга 镕基 Ærø").name == "Ольга 镕基 Ærø"


def test_a_change_counts_as_a_revision_even_of_roles_alone(ada: Person, ivy: Person) -> None:
    before = ivy.revision

    change(ivy, roles=[RoleName.HR, RoleName.INTERVIEWER], by=ada)
    db.session.flush()

    assert ivy.role_names == [RoleName.INTERVIEWER, RoleName.HR]
    assert ivy.revision == before + 1
    assert newest_event().details["before"]["roles"] == ["interviewer"]


def test_a_save_over_somebody_elses_is_refused(ada: Person, ivy: Person) -> None:
    opened = ivy.revision
    change(ivy, name="Ivy Larsen", by=ada)
    db.session.flush()

    with pytest.raises(Stale):
        change(ivy, name="Ivy Nilsen", revision=opened, by=ada)

    assert ivy.name == "Ivy Larsen"


def test_nobody_switches_off_their_own_account(ada: Person) -> None:
    factories.person("Adam", RoleName.ADMINISTRATOR)

    with pytest.raises(Refused, match="You cannot switch off your own account") as refusal:
        change(ada, active=False, by=ada)

    assert refusal.value.field == "active"


@pytest.mark.parametrize(
    ("given", "field"), [({"active": False}, "active"), ({"roles": [RoleName.HR]}, "roles")]
)
def test_the_last_administrator_stays_one(ada: Person, given: dict[str, Any], field: str) -> None:
    retired = factories.person("Adam", RoleName.ADMINISTRATOR)
    retired.active = False

    with pytest.raises(Refused, match="Ada is the only administrator") as refusal:
        change(ada, **given)

    assert refusal.value.field == field
    assert ada.has(RoleName.ADMINISTRATOR)


def test_one_of_two_administrators_may_become_something_else(ada: Person) -> None:
    factories.person("Adam", RoleName.ADMINISTRATOR)

    change(ada, roles=[RoleName.HR], by=ada)

    assert ada.role_names == [RoleName.HR]


def test_a_new_password_ends_the_sessions_of_the_old_one(ada: Person, ivy: Person) -> None:
    before = ivy.fs_uniquifier

    set_password(ivy, PASSWORD, by=ada)

    assert verify_password(PASSWORD, ivy.password)
    assert ivy.fs_uniquifier != before
    assert (newest_event().action, newest_event().actor_name) == ("set_password", "Ada")


def test_made_passwords_are_strong_readable_and_never_the_same(ivy: Person) -> None:
    made = {new_password() for _ in range(50)}

    assert len(made) == 50
    assert all(word.isalpha() and word.islower() for password in made for word in password.split("-"))
    for password in made:
        set_password(ivy, password, by=None)


def test_the_organisation_is_made_once_and_then_changed(app: Flask) -> None:
    db.session.delete(db.session.get_one(Organisation, 1))
    db.session.flush()

    made = found_organisation("Nordlys", Paper.A4, by=None)
    changed = found_organisation("Nordlys Service", Paper.LETTER, by=None)

    assert made is changed
    assert (changed.id, changed.name, changed.paper) == (1, "Nordlys Service", Paper.LETTER)
    assert newest_event().details == {"name": "Nordlys Service", "paper": "letter"}


def test_an_organisation_needs_a_name(app: Flask) -> None:
    with pytest.raises(Refused, match="Write a name"):
        found_organisation(" ", Paper.A4, by=None)

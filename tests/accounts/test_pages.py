"""The pages of people, of the organisation and of one's own account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from hiring.extensions import db
from hiring.models import Organisation, Paper, Person, RoleName
from tests import factories
from tests.conftest import Queries, SignIn

NEW = {"name": "Rosa Ramos", "email": "Rosa@Example.org", "roles": ["recruiter", "hr"]}


def edit(person: Person, **given: Any) -> dict[str, Any]:
    stored = {"name": person.name, "roles": person.role_names, "revision": person.revision, "active": "y"}
    return {name: value for name, value in (stored | given).items() if value is not None}


def test_the_list_names_everybody_with_their_roles(sign_in: SignIn, ada: Person, ivy: Person) -> None:
    ivy.active = False

    page = sign_in(ada).get("/people").text

    assert "Ada" in page
    assert "ivy@example.org" in page
    assert "Interviewer" in page
    assert "Switched off" in page


ADMINISTRATORS_PAGES = ["/people", "/people/new", "/people/{ivy}", "/organisation"]


@pytest.mark.parametrize("address", ADMINISTRATORS_PAGES)
def test_only_administrators_see_people_and_organisation(
    sign_in: SignIn, rosa: Person, ivy: Person, address: str
) -> None:
    where = address.format(ivy=ivy.id)

    assert sign_in(rosa).get(where).status_code == 403
    assert sign_in(None).get(where).location.startswith("/sign-in?next=")


@pytest.mark.parametrize("address", [*ADMINISTRATORS_PAGES[1:], "/people/{ivy}/password"])
def test_only_administrators_change_people_and_organisation(
    sign_in: SignIn, rosa: Person, ivy: Person, address: str
) -> None:
    where = address.format(ivy=ivy.id)

    assert sign_in(rosa).post(where, data=NEW).status_code == 403
    assert sign_in(None).post(where, data=NEW).status_code == 401


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    sign_in: SignIn, ada: Person, queries: Any
) -> None:
    def count() -> int:
        client = sign_in(ada)
        with queries() as seen:
            client.get("/people")
        return len(seen)

    one = count()
    for name in ("Ivy", "Ian", "Rosa"):
        factories.person(name, RoleName.INTERVIEWER, RoleName.HR)

    assert count() == one <= 8


def test_a_new_person_gets_a_password_that_is_shown_once(sign_in: SignIn, ada: Person) -> None:
    client = sign_in(ada)

    page = client.post("/people/new", data=NEW).text

    shown = re.search(r'<code id="password">([^<]+)</code>', page)
    assert shown
    person = db.session.scalar(select(Person).where(Person.email == "rosa@example.org"))
    assert person is not None
    assert person.role_names == [RoleName.RECRUITER, RoleName.HR]
    assert shown[1] not in client.get(f"/people/{person.id}").text
    signed_in = sign_in(None).post("/sign-in", data={"email": person.email, "password": shown[1]})
    assert signed_in.location == "/"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "x" * 201}, "Write at most 200 characters."),
        ({"email": ""}, "Write an e-mail address."),
        ({"email": "rosa"}, "Write a whole e-mail address, such as rosa@example.org."),
        ({"email": "ada@example.org"}, "Ada already has an account with this e-mail address."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["boss"]}, "There is no role called boss."),
    ],
)
def test_a_wrong_answer_stands_beside_its_field_and_the_rest_is_kept(
    sign_in: SignIn, ada: Person, wrong: dict[str, Any], sentence: str
) -> None:
    answer = sign_in(ada).post("/people/new", data=NEW | wrong)

    [name] = wrong
    assert answer.status_code == 422
    assert re.search(rf'id="{name}-error".*?{re.escape(sentence)}', answer.text, re.DOTALL)
    for kept in NEW.keys() - {name, "roles"}:
        assert f'value="{NEW[kept]}"' in answer.text
    if name != "roles":
        assert re.search(r'<input[^>]*checked[^>]*value="recruiter"', answer.text)


def test_an_empty_form_names_every_answer_that_is_missing(sign_in: SignIn, ada: Person) -> None:
    answer = sign_in(ada).post("/people/new", data={})

    assert "3 answers need your attention" in answer.text


def test_name_roles_and_access_are_changed(sign_in: SignIn, ada: Person, ivy: Person) -> None:
    client = sign_in(ada)

    answer = client.post(f"/people/{ivy.id}", data=edit(ivy, name="Ivy Larsen", roles=["hr"], active=None))

    assert (answer.status_code, answer.location) == (303, "/people")
    assert (ivy.name, ivy.role_names, ivy.active) == ("Ivy Larsen", [RoleName.HR], False)
    assert "Ivy Larsen is saved." in client.get("/people").text


def test_the_form_of_a_person_shows_what_is_stored(sign_in: SignIn, ada: Person, ivy: Person) -> None:
    page = sign_in(ada).get(f"/people/{ivy.id}").text

    assert re.search(r'<input[^>]*checked[^>]*value="interviewer"', page)
    assert not re.search(r'<input[^>]*checked[^>]*value="hr"', page)
    assert re.search(r'<input[^>]*checked[^>]*name="active"', page)


def test_the_last_administrator_is_refused_beside_the_field(sign_in: SignIn, ada: Person) -> None:
    answer = sign_in(ada).post(f"/people/{ada.id}", data=edit(ada, roles=["hr"], name="Ada Lund"))

    assert answer.status_code == 422
    assert re.search(r'id="roles-error".*?Ada is the only administrator', answer.text, re.DOTALL)
    assert 'value="Ada Lund"' in answer.text


def test_a_stale_save_shows_both_texts_and_the_next_one_counts(
    sign_in: SignIn, ada: Person, ivy: Person
) -> None:
    client = sign_in(ada)
    opened = edit(ivy, name="Ivy Nilsen")
    client.post(f"/people/{ivy.id}", data=edit(ivy, name="Ivy Larsen"))

    answer = client.post(f"/people/{ivy.id}", data=opened)

    assert answer.status_code == 422
    assert "Somebody else changed this person" in answer.text
    assert "Ivy Larsen" in answer.text
    assert 'value="Ivy Nilsen"' in answer.text
    renewed = re.search(r'name="revision"[^>]*value="(\d+)"', answer.text)
    assert renewed
    again = client.post(f"/people/{ivy.id}", data=opened | {"revision": renewed[1]})
    assert (again.status_code, ivy.name) == (303, "Ivy Nilsen")


@pytest.mark.parametrize("revision", ["", "first", None])
def test_a_form_without_its_revision_saves_nothing(
    sign_in: SignIn, ada: Person, ivy: Person, revision: str | None
) -> None:
    answer = sign_in(ada).post(f"/people/{ivy.id}", data=edit(ivy, name="Nobody", revision=revision))

    assert answer.status_code == 422
    assert ivy.name == "Ivy"


def test_a_lost_password_is_replaced(sign_in: SignIn, ada: Person, ivy: Person) -> None:
    page = sign_in(ada).post(f"/people/{ivy.id}/password").text

    shown = re.search(r'<code id="password">([^<]+)</code>', page)
    assert shown
    signed_in = sign_in(None).post("/sign-in", data={"email": ivy.email, "password": shown[1]})
    assert signed_in.location == "/"


def test_a_person_who_is_not_there_is_a_missing_page(sign_in: SignIn, ada: Person) -> None:
    assert sign_in(ada).get("/people/999").status_code == 404


def test_the_organisation_is_renamed(sign_in: SignIn, ada: Person) -> None:
    stored = db.session.get_one(Organisation, 1)
    typed = {"name": "Sydlys", "paper": "letter", "revision": stored.revision}

    answer = sign_in(ada).post("/organisation", data=typed)

    assert answer.status_code == 303
    assert (stored.name, stored.paper) == ("Sydlys", Paper.LETTER)


def test_the_first_organisation_is_made_on_its_page(sign_in: SignIn, ada: Person) -> None:
    db.session.delete(db.session.get_one(Organisation, 1))
    client = sign_in(ada)
    page = client.get("/organisation").text
    carried = re.search(r'name="revision"[^>]*value="(-?\d+)"', page)
    assert carried

    answer = client.post("/organisation", data={"name": "Sydlys", "paper": "a4", "revision": carried[1]})

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"name": ""}, "Write the name of the organisation."), ({"paper": "a0"}, "Not a valid choice")],
)
def test_a_wrong_organisation_is_refused_beside_its_field(
    sign_in: SignIn, ada: Person, wrong: dict[str, str], sentence: str
) -> None:
    typed = {"name": "Sydlys", "paper": "a4", "revision": 1} | wrong

    answer = sign_in(ada).post("/organisation", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_ones_own_account_names_the_person(sign_in: SignIn, app: Flask) -> None:
    hana = factories.person("Hana", RoleName.HR, RoleName.INTERVIEWER)

    page = sign_in(hana).get("/account").text

    assert "hana@example.org" in page
    assert "Interviewer, HR" in page


def test_the_account_page_takes_few_queries(sign_in: SignIn, ivy: Person, queries: Any) -> None:
    client = sign_in(ivy)
    seen: Queries
    with queries() as seen:
        client.get("/account")

    assert len(seen) <= 3

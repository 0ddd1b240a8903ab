"""A job may hide names: at no door do those who need not know learn anything that depends on who a candidate is."""

from __future__ import annotations

import pytest
from flask import Flask

from hiring import access
from hiring.decisions.operations import decide
from hiring.extensions import db
from hiring.models import Application, Candidate, CandidateMessage, Outcome, Person, Rating, RoleName
from tests import factories
from tests.conftest import SignIn
from tests.independence.walk import all_doors, asked, differences
from tests.journeys.world import World, world


@pytest.fixture
def there(hugo: Person, ivy: Person, ian: Person) -> World:
    """Carl and Dora apply for a job that hides names; Hugo leads it and meets neither."""
    made = world(hugo, ivy, ian)
    made.job.hides_names = True
    _call(made, "Carl Carlsen", "Dora Dorn")
    return made


def test_nothing_about_who_they_are_reaches_who_need_not_know(
    app: Flask, there: World, hugo: Person, sign_in: SignIn
) -> None:
    doors = all_doors(app, there, (sign_in(hugo),))
    before = asked(hugo, sign_in, doors)

    _call(there, "Zeno Zander", "Anna 安娜")

    assert differences(before, asked(hugo, sign_in, doors)) == []
    assert sum(status == 200 for status, _headers, _body in before.values()) > 30


def test_who_writes_to_candidates_and_who_meets_them_know_their_names(
    app: Flask, there: World, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    doors = [f"/applications/{there.application.id}", f"/jobs/{there.job.id}/candidates"]

    pages = [sign_in(person).get(door).text for person in (rosa, ivy) for door in doors]

    assert ["Carl Carlsen" in page for page in pages] == [True, True, True, False]  # Ivy sees no list.
    assert there.application.code in pages[0]  # Rosa can tell whom the others speak of.


def test_the_code_stands_where_the_name_would(there: World, hugo: Person, sign_in: SignIn) -> None:
    browser, code = sign_in(hugo), there.application.code
    doors = ("", "/comparison", "/candidates", "/comparison/evidence/empathy")

    pages = [browser.get(f"/jobs/{there.job.id}{door}").text for door in doors]
    packet = browser.get(f"/applications/{there.application.id}/packet.pdf")

    assert [code in page for page in pages] == [False, True, True, True]
    assert not any("Carl" in page for page in pages)
    assert "[name] listened." in pages[-1]
    assert code.lower() in packet.headers["Content-Disposition"].lower()


def test_a_decision_tells_who_it_was(there: World, hugo: Person, sign_in: SignIn) -> None:
    dora = db.session.query(Application).filter_by(job_id=there.job.id).order_by(Application.id).all()[-1]
    before = sign_in(hugo).get(f"/applications/{dora.id}").text
    decide(dora, hugo, Outcome.HIRE, "Heard it twice.", skill_ids=["empathy"])
    db.session.commit()

    after = sign_in(hugo).get(f"/applications/{dora.id}").text

    assert ("Dora Dorn" in before, "Dora Dorn" in after) == (False, True)


def test_who_may_know_a_name(there: World, hugo: Person, ivy: Person, rosa: Person, olga: Person) -> None:
    hana = factories.person("Hana", RoleName.HR)
    carl, everybody = there.application, (hugo, ivy, rosa, hana, olga)

    hidden = [access.may_know_name(each, carl) for each in everybody]
    writes = [access.may_write_to(each, carl) for each in everybody]
    letters = [access.may_read_letters(each, carl) for each in everybody]
    there.job.hides_names = False
    db.session.flush()

    assert hidden == [False, True, True, True, False]
    assert writes == [False, False, True, False, False]
    assert letters == [False, False, True, True, False]
    assert all(access.may_know_name(each, carl) for each in everybody)
    assert access.may_write_to(hugo, carl)
    assert access.may_read_letters(hugo, carl)


def test_an_address_that_is_known_already_does_not_tell_whose_it_is(
    there: World, hugo: Person, rosa: Person, sign_in: SignIn
) -> None:
    typed = {"name": "Somebody", "email": there.application.candidate.email}

    answers = [
        sign_in(each).post(f"/jobs/{there.job.id}/candidates/new", data=typed).text for each in (hugo, rosa)
    ]

    assert "Somebody with this e-mail address is a candidate for this job already." in answers[0]
    assert "Carl Carlsen with this e-mail address" in answers[1]
    assert [f"/applications/{there.application.id}" in each for each in answers] == [False, True]


def _call(there: World, *names: str) -> None:
    """Gives the candidates of the job other names and addresses, also in what was written about them."""
    applications = db.session.query(Application).filter_by(job_id=there.job.id).order_by(Application.id).all()
    for application, name in zip(applications, names, strict=True):
        candidate: Candidate = application.candidate
        candidate.name, candidate.phone = name, f"+45 {len(name)}{name.encode().hex()[:8]}"
        candidate.email = f"{name.encode().hex()}@example.org"
        application.source_of_contact = f"A friend of {name}"
        for rating in db.session.query(Rating).filter(Rating.evidence != ""):
            if rating.scorecard.interview.application_id == application.id:
                rating.evidence = f"{name.split()[0]} listened."
        for message in db.session.query(CandidateMessage).filter_by(application_id=application.id):
            message.text = f"Dear {name}"
    db.session.commit()

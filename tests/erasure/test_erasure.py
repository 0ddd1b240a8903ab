"""Erasing a candidate: not a letter stays anywhere in the data folder, and not a figure changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import select

from hiring.access import may_erase
from hiring.app import create_app
from hiring.assessment.estimates import Estimate
from hiring.auditing.verification import verified
from hiring.comparisons.document import comparison_of
from hiring.conflicts.operations import declare
from hiring.erasure.cleaning import clean_files
from hiring.erasure.operations import erase, hold, lift_hold
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    Base,
    Candidate,
    ConflictKind,
    Debrief,
    Decision,
    Outcome,
    Person,
    RoleName,
    Scorecard,
)
from hiring.settings import Settings
from tests import factories
from tests.conftest import SignIn
from tests.journeys.world import World, world

FIRST, LAST = "Zebulon", "Quistgaard"
SECRET = "He keeps bees on the roof."


@pytest.fixture
def here(hugo: Person, ivy: Person, ian: Person, rosa: Person) -> World:
    """Everything there can be about Zebulon, who was turned down; Dora applied for the same job."""
    found = world(hugo, ivy, ian)
    application = found.application
    application.candidate.name, application.candidate.email = f"{FIRST} {LAST}", "zebulon@example.org"
    application.candidate.phone = "+45 5555 1234"
    for card in db.session.scalars(select(Scorecard).where(Scorecard.interview_id == found.interview.id)):
        card.recommendation_reason = f"{SECRET} {FIRST} is warm."
        for rating in card.ratings:
            rating.evidence, rating.notes = f"{FIRST} said: {SECRET}", SECRET
    for debrief in db.session.scalars(select(Debrief)):
        debrief.minutes = f"{FIRST} and Dora were both talked about."
    declare(application, rosa, ConflictKind.FRIEND, by=rosa, note=f"{FIRST} is my neighbour.")
    application.status, application.status_reason = (
        ApplicationStatus.CLOSED_NOT_SELECTED,
        f"{FIRST} fell short.",
    )
    factories.add(
        Decision(
            application_id=application.id,
            outcome=Outcome.NO_HIRE,
            reason_code="",
            reason=f"{FIRST} fell short of the floor.",
            skill_ids=["empathy"],
            decided_by_id=hugo.id,
        )
    )
    db.session.commit()
    return found


def everything() -> list[str]:
    return [
        f"{table.name}: {tuple(row)}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(table.select())
    ]


def test_nothing_of_the_person_is_left_in_any_row_or_file(
    here: World, app: Flask, hana: Person, tmp_path: Path
) -> None:
    words = (FIRST, LAST, "zebulon@", "5555 1234", SECRET)
    assert all(any(word in row for row in everything()) for word in words)

    erase(here.application.candidate, hana)
    db.session.commit()
    clean_files()

    assert [row for row in everything() for word in words if word in row] == []
    folder = app.extensions["hiring_settings"].data_folder
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.name == "hiring.sqlite3" for file in files)
    assert [(file.name, word) for file in files for word in words if word.encode() in file.read_bytes()] == []


def test_the_files_of_both_databases_are_cleaned(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(data_folder=tmp_path, database_url=database_url, secret_key="for tests"))
    with app.app_context():
        upgrade()
        db.session.add(Candidate(name=FIRST))
        db.session.commit()
        clean_files()
        kept = db.session.scalars(select(Candidate.name)).all()
        db.session.remove()
        db.engine.dispose()

    assert list(kept) == [FIRST]
    assert "could not be cleaned" not in caplog.text


def test_the_figures_stay_as_they_were(here: World, hana: Person) -> None:
    def figures() -> list[tuple[float, tuple[object, ...]]]:
        rows = comparison_of(here.job, {each.id for each in db.session.scalars(select(Application))}).rows
        return sorted(
            (row.composite.value, tuple(cell.mean for cell in row.cells))
            for row in rows
            if isinstance(row.composite, Estimate)
        )

    before = figures()
    erase(here.application.candidate, hana)
    db.session.commit()

    assert len(before) == 2
    assert figures() == before


def test_the_other_candidate_and_the_record_stay(here: World, hana: Person) -> None:
    erase(here.application.candidate, hana)
    db.session.commit()

    assert db.session.scalars(select(Debrief)).first().minutes == "Erased and Dora were both talked about."  # type: ignore[union-attr]
    assert any("Dora" in row for row in everything() if row.startswith("candidate:"))
    assert verified().flaws == ()
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.actor_name) == ("erase_candidate", "Hana")


@pytest.mark.parametrize(
    "status", [ApplicationStatus.INTERVIEWED, ApplicationStatus.OFFER, ApplicationStatus.HIRED]
)
def test_what_is_in_progress_or_led_to_an_offer_is_not_erased(
    here: World, hana: Person, status: ApplicationStatus
) -> None:
    here.application.status = status
    db.session.flush()

    with pytest.raises(Refused, match="Close every application first"):
        erase(here.application.candidate, hana)


def test_a_hold_takes_two(here: World, hana: Person) -> None:
    other = factories.person("Henri", RoleName.HR)
    candidate = here.application.candidate
    hold(candidate, "The case is before the tribunal.", hana)
    with pytest.raises(Refused, match="on hold"):
        erase(candidate, other)
    lift_hold(candidate, "The case is closed.", hana)
    with pytest.raises(Refused, match="You have lifted the hold"):
        erase(candidate, hana)
    erase(candidate, other)
    with pytest.raises(Refused, match="erased already"):
        erase(candidate, other)


@pytest.mark.parametrize("change", [hold, lift_hold])
def test_a_hold_needs_its_reason(here: World, hana: Person, change: object) -> None:
    if change is lift_hold:
        hold(here.application.candidate, "A dispute.", hana)
    with pytest.raises(Refused, match="Say why"):
        change(here.application.candidate, " ", hana)  # type: ignore[operator]


def test_who_may_erase(
    here: World, hana: Person, hugo: Person, rosa: Person, ivy: Person, ada: Person
) -> None:
    assert [may_erase(each, here.application) for each in (hana, hugo, rosa, ivy, ada)] == [True] + [
        False
    ] * 4

    declare(here.application, hana, ConflictKind.RELATIVE, by=hana)
    assert not may_erase(hana, here.application)


# The page


def test_erasing_on_the_page(here: World, hana: Person, sign_in: SignIn) -> None:
    browse: FlaskClient = sign_in(hana)
    address = f"/applications/{here.application.id}/erase"
    page = browse.get(f"/applications/{here.application.id}").text

    unmeant = browse.post(address, data={})
    done = browse.post(address, data={"is_meant": "y"}, follow_redirects=True)

    assert address in page
    assert unmeant.status_code == 422
    assert "Tick the box if you mean it." in unmeant.text
    assert "The candidate is erased." in done.text
    assert FIRST not in done.text
    assert "Erased" in browse.get(f"/jobs/{here.job.id}/candidates").text


def test_holding_on_the_page(here: World, hana: Person, sign_in: SignIn) -> None:
    browse, address = sign_in(hana), f"/applications/{here.application.id}"

    browse.post(f"{address}/hold", data={"reason": "A dispute."})
    held = browse.get(f"{address}/erase").text
    refused = browse.post(f"{address}/erase", data={"is_meant": "y"})
    empty = browse.post(f"{address}/hold", data={"lift": "yes", "reason": ""})
    browse.post(f"{address}/hold", data={"lift": "yes", "reason": "It is over."})
    own = browse.post(f"{address}/erase", data={"is_meant": "y"})

    assert "A dispute." in held
    assert "The record is on hold" in refused.text
    assert "Write the reason." in empty.text
    assert "You have lifted the hold." in own.text

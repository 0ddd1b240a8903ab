"""Two people, or one with two windows, send at the same moment: one wins, the others are told; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from hiring.app import create_app
from hiring.extensions import db
from hiring.models import (
    AuditEvent,
    Candidate,
    Decision,
    GuideVersion,
    Organisation,
    Person,
    RoleName,
    Scorecard,
)
from hiring.settings import Settings
from tests import factories
from tests.journeys.world import World, world

WINDOWS = 3
RATINGS = {
    **{f"level-{question}": "3" for question, *_ in factories.QUESTIONS},
    **{f"evidence-{question}": "Said so." for question, *_ in factories.QUESTIONS},
    "recommendation": "hire",
    "recommendation_reason": "Solid examples.",
    "attested": "1",
}
NEWCOMER = {"name": "Twin", "email": "twin@example.org"}


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose requests run in threads of their own, each with its own connection."""
    settings = Settings(data_folder=tmp_path, database_url=database_url, secret_key="secret for tests")
    app = create_app(settings, WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        db.session.add(Organisation(id=1, name="Nordlys Service"))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def hugo(application: Flask) -> Person:
    return factories.person("Hugo", RoleName.HIRING_MANAGER, RoleName.ADMINISTRATOR)


@pytest.fixture
def ian(application: Flask) -> Person:
    return factories.person("Ian", RoleName.INTERVIEWER)


@pytest.fixture
def here(hugo: Person, ian: Person) -> World:
    """Hugo's job, in which Ian still owes a scorecard."""
    return world(hugo, factories.person("Ivy", RoleName.INTERVIEWER), ian)


Send = Callable[..., list[int]]


@pytest.fixture
def send_at_once(application: Flask) -> Send:
    """``send_at_once(person, address, data)`` posts the same from several windows and gives the statuses."""

    def send(person: Person, address: str, data: dict[str, Any]) -> list[int]:
        who, ready = person.fs_uniquifier, Barrier(WINDOWS)
        db.session.commit()

        def one(_window: int) -> int:
            client = application.test_client()
            with client.session_transaction() as session:
                session["_user_id"] = who
                session["_fresh"] = True
            ready.wait()
            return client.post(address, data=data).status_code

        with ThreadPoolExecutor(WINDOWS) as pool:
            return sorted(pool.map(one, range(WINDOWS)))

    return send


def number_of(kind: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(kind).where(*conditions)) or 0


def test_a_scorecard_is_submitted_once(here: World, ian: Person, send_at_once: Send) -> None:
    address = f"/interviews/{here.interview.id}/scorecard/submit"
    card = select(Scorecard).where(Scorecard.interviewer_id == ian.id)
    revision = db.session.scalars(card).one().revision

    statuses = send_at_once(ian, address, RATINGS | {"revision": revision})

    assert statuses == [303, 409, 409]
    assert number_of(AuditEvent, AuditEvent.action == "submit_scorecard") == 1


def test_a_guide_is_published_once(here: World, hugo: Person, send_at_once: Send) -> None:
    guide_id, before = here.ids["guide_id"], number_of(GuideVersion)

    statuses = send_at_once(
        hugo, f"/guides/{guide_id}/publish", {"revision": _revision(here), "although_unasked": "y"}
    )

    assert statuses == [303, 422, 422]
    assert number_of(GuideVersion) == before + 1


def _revision(here: World) -> int:
    return here.interview.guide_version.guide.revision


def test_a_candidate_is_added_once(here: World, hugo: Person, send_at_once: Send) -> None:
    statuses = send_at_once(hugo, f"/jobs/{here.job.id}/candidates/new", NEWCOMER)

    assert statuses == [303, 422, 422]
    assert number_of(Candidate, Candidate.email == NEWCOMER["email"]) == 1


def test_an_account_is_made_once(here: World, hugo: Person, send_at_once: Send) -> None:
    statuses = send_at_once(hugo, "/people/new", NEWCOMER | {"roles": "hr"})

    assert statuses == [200, 422, 422]


def test_a_decision_is_recorded_once(here: World, hugo: Person, send_at_once: Send) -> None:
    decided = {"outcome": "hire", "reason": "Heard it twice.", "skill_ids": "empathy"}
    decided |= {"acknowledged_missing": "y", "revision": str(here.application.revision)}

    statuses = send_at_once(hugo, f"/applications/{here.application.id}/decision", decided)

    assert statuses == [303, 422, 422]
    assert number_of(Decision) == 1


def test_a_letter_is_sent_once(here: World, hugo: Person, send_at_once: Send) -> None:
    statuses = send_at_once(
        hugo, f"/messages/{here.ids['message_id']}", {"text": "Dear Carl, all is well.", "do": "send"}
    )

    assert statuses == [303, 422, 422]
    assert number_of(AuditEvent, AuditEvent.action == "mark_message_sent") == 1


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("edit", {"title": "Another title"}),
        ("brief", {"role_purpose": "To help."}),
        ("status", {"status": "closed"}),
    ],
)
def test_one_of_several_saves_of_a_job_wins(
    here: World, hugo: Person, send_at_once: Send, address: str, typed: dict[str, str]
) -> None:
    statuses = send_at_once(
        hugo, f"/jobs/{here.job.id}/{address}", typed | {"revision": str(here.job.revision)}
    )

    assert (statuses[0], statuses.count(303)) == (303, 1)
    assert set(statuses[1:]) <= {409, 422}

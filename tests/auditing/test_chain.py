"""The record: linked entry by entry, refused by the database to whoever changes it, and verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from hiring import __version__, audit
from hiring.app import create_app
from hiring.auditing.signing import head_file, new_key, read_head
from hiring.auditing.verification import FlawKind, head, verified
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import AuditEvent, Job, JobBrief, JobStatus, now
from hiring.settings import Settings
from tests.command_line import Run

TRIGGERS = {
    "sqlite": ("audit_event_is_not_changed", "audit_event_is_not_deleted"),
    "postgresql": ("audit_event_is_not_changed ON audit_event", "audit_event_is_not_emptied ON audit_event"),
}


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_folder=tmp_path, database_url=database_url, secret_key="for tests"))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def record(application: Flask) -> list[int]:
    """The numbers of five entries about a job."""
    job = Job(title="Clerk", status=JobStatus.OPEN, brief=JobBrief())
    db.session.add(job)
    for number in range(5):
        audit.record(f"step_{number}", job, None, job.id, name=f"Zoe {number}", levels={1: 2.5}, both=(1, 2))
    db.session.commit()
    return list(db.session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)))


def break_in(*statements: str) -> None:
    """What somebody does who owns the database: the triggers go first."""
    db.session.rollback()
    for trigger in TRIGGERS[db.engine.dialect.name]:
        db.session.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()
    db.session.expire_all()


def found() -> list[tuple[FlawKind, int]]:
    return [(each.kind, each.entry) for each in verified().flaws]


def test_a_record_as_it_was_written_has_no_flaw(record: list[int]) -> None:
    event = db.session.get(AuditEvent, record[0])
    assert event is not None
    assert (event.previous, event.software, event.guide_version) == (audit.BEGINNING, __version__, None)
    assert found() == []
    assert (head().entries, head().last) == (5, record[-1])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'Somebody else'",
        "UPDATE audit_event SET details = '{}'",
        "UPDATE audit_event SET at = '2020-01-01 00:00:00'",
        "UPDATE audit_event SET actor_id = NULL, actor_name = 'Erased', nonce = '',"
        " details = '{\"erased\": true}', action = 'nothing'",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses_to_change_or_delete(record: list[int], statement: str) -> None:
    with pytest.raises(DBAPIError, match="never"):
        db.session.execute(text(statement))
    db.session.rollback()

    assert found() == []


def test_postgresql_refuses_to_empty_the_table(record: list[int]) -> None:
    if (
        db.engine.dialect.name == "sqlite"
    ):  # It has no such statement: a DELETE does it, and is refused above.
        return
    with pytest.raises(DBAPIError, match="never"):
        db.session.execute(text("TRUNCATE audit_event"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE audit_event SET action = 'step_x' WHERE id = {2}", FlawKind.CHANGED),
        ("UPDATE audit_event SET job_id = NULL WHERE id = {2}", FlawKind.CHANGED),
        ("UPDATE audit_event SET at = '2020-01-01 00:00:00' WHERE id = {2}", FlawKind.CHANGED),
        ("UPDATE audit_event SET actor_name = 'Else' WHERE id = {2}", FlawKind.DETAILS_CHANGED),
        ("UPDATE audit_event SET details = '{{\"name\": 1}}' WHERE id = {2}", FlawKind.DETAILS_CHANGED),
        (
            "UPDATE audit_event SET actor_id = NULL, actor_name = 'Erased', nonce = '',"
            " details = '{{\"erased\": true}}' WHERE id = {2}",
            FlawKind.ERASED_UNTOLD,
        ),
    ],
)
def test_a_changed_entry_is_named(record: list[int], statement: str, kind: FlawKind) -> None:
    break_in(statement.format(*record))

    assert found() == [(kind, record[2])]


def test_a_removed_entry_shows_at_the_next_one(record: list[int]) -> None:
    break_in(f"DELETE FROM audit_event WHERE id = {record[2]}")  # noqa: S608

    assert found() == [(FlawKind.REMOVED, record[3])]


def test_the_first_entry_is_missed_too(record: list[int]) -> None:
    break_in(f"DELETE FROM audit_event WHERE id = {record[0]}")  # noqa: S608

    assert found() == [(FlawKind.REMOVED, record[1])]


def test_entries_that_changed_places_are_named(record: list[int]) -> None:
    one, other = record[1], record[3]
    break_in(
        f"UPDATE audit_event SET id = 9999 WHERE id = {one}",  # noqa: S608
        f"UPDATE audit_event SET id = {one} WHERE id = {other}",  # noqa: S608
        f"UPDATE audit_event SET id = {other} WHERE id = 9999",  # noqa: S608
    )

    flaws = found()
    assert {kind for kind, _entry in flaws} == {FlawKind.REORDERED}
    assert {one, other} <= {entry for _kind, entry in flaws}


def test_an_end_that_was_cut_off_shows_with_a_head(record: list[int]) -> None:
    private, public = new_key()
    noted = head_file(head(), now(), private)
    break_in(f"DELETE FROM audit_event WHERE id >= {record[3]}")  # noqa: S608

    assert found() == []
    flaws = verified(read_head(noted, public)).flaws
    assert [(each.kind, each.entry) for each in flaws] == [(FlawKind.CUT_OFF, record[4])]


def test_a_head_of_an_earlier_day_is_still_there(record: list[int]) -> None:
    noted = read_head(head_file(head(), now()))
    audit.record("step_6", db.session.scalars(select(Job)).one(), None)
    db.session.commit()

    assert verified(noted).flaws == ()


def test_a_head_that_was_changed_or_signed_by_others_is_refused(record: list[int]) -> None:
    (private, public), (_other, strange) = new_key(), new_key()
    noted = head_file(head(), now(), private)

    for text_, key in ((noted.replace('"entries": 5', '"entries": 4'), public), (noted, strange)):
        with pytest.raises(Refused, match="not signed with this key"):
            read_head(text_, key)
    with pytest.raises(Refused, match="not signed with this key"):
        read_head(head_file(head(), now()), public)
    with pytest.raises(Refused, match="no head"):
        read_head("{}")
    with pytest.raises(Refused, match="no private key"):
        head_file(head(), now(), public)


def test_names_are_erased_and_the_chain_holds(record: list[int]) -> None:
    job = db.session.scalars(select(Job)).one()
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.id.in_(record[1:3]))).all()

    audit.erase(events, job, None, why="test")
    db.session.commit()

    assert found() == []
    assert verified().erased == 2
    rows = [str(tuple(row)) for row in db.session.execute(text("SELECT * FROM audit_event"))]
    assert not [row for row in rows if "Zoe 1" in row or "Zoe 2" in row]
    assert [row for row in rows if "Zoe 3" in row]


# The command line


def test_a_broken_record_is_found_on_the_command_line(hiring: Run, tmp_path: Path) -> None:
    hiring("init", "--admin-name", "Ada", "--admin-email", "ada@example.org")
    hiring("person", "add", "--name", "Rosa", "--email", "rosa@example.org", "--role", "recruiter")
    key = tmp_path / "key"
    hiring("audit", "key", str(key))
    kept = tmp_path / "head.json"
    kept.write_text(hiring("audit", "head", "--sign", str(key)).stdout)
    checked = ("audit", "verify", "--head", str(kept), "--public-key", f"{key}.pub")

    whole = hiring(*checked)
    engine_file = tmp_path / "data" / "hiring.sqlite3"
    _tamper(engine_file)
    broken = hiring(*checked)

    assert (whole.returncode, broken.returncode) == (0, 1)
    assert "The record is whole" in whole.stdout
    assert "was changed" in broken.stdout
    assert oct(key.stat().st_mode)[-3:] == "600"
    assert hiring("audit", "key", str(key)).returncode != 0


def _tamper(file: Path) -> None:
    import sqlite3

    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER audit_event_is_not_changed")
        connection.execute("UPDATE audit_event SET actor_name = 'Nobody' WHERE id = 2")
    connection.close()

"""The embedded database keeps what it acknowledged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import text

from hiring.extensions import db
from hiring.models import Organisation
from tests import factories

WRITERS, TIMES = 6, 15


def test_sqlite_runs_durable_and_strict(app: Flask) -> None:
    pragmas = {
        name: db.session.scalar(text(f"PRAGMA {name}"))
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_no_update_is_lost_when_many_read_and_write_at_once(app: Flask) -> None:
    job = factories.job()
    job.location = "0"
    number = job.id
    db.session.commit()

    def count_up(_: int) -> None:
        for _turn in range(TIMES):
            with app.app_context():
                row = db.session.execute(
                    text("SELECT location FROM job WHERE id = :id"), {"id": number}
                ).scalar_one()
                db.session.execute(
                    text("UPDATE job SET location = :value WHERE id = :id"),
                    {"value": str(int(row) + 1), "id": number},
                )
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(count_up, range(WRITERS)))
    db.session.expire_all()

    assert job.location == str(WRITERS * TIMES)


def test_there_is_only_one_organisation(app: Flask) -> None:
    assert db.session.scalar(db.select(db.func.count()).select_from(Organisation)) == 1

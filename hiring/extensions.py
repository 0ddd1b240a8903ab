"""The libraries that the application shares, and how its database is opened: one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_migrate import Migrate
from flask_security import Security, SQLAlchemyUserDatastore
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from hiring.models import Base, Person, Role
from hiring.passwords import Passwords

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
WRITERS = 724_157  # The number of our lock in PostgreSQL; any would do, as long as it stays.

db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate()
csrf = CSRFProtect()
security = Security(password_util_cls=Passwords)
people_store = SQLAlchemyUserDatastore(db, Person, Role)


def open_safely(app: Flask) -> None:
    """Lets writers wait for one another, and makes the embedded database durable and strict."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        listen_on_sqlite(engine)
    else:
        event.listen(engine, "begin", _wait_for_other_writers)


def listen_on_sqlite(engine: Engine) -> None:
    """Sets each connection's pragmas and begins transactions explicitly."""
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


@contextmanager
def writing() -> Iterator[None]:
    """Lets a request that only reads write for once; whoever asks commits before it ends.

    What was read so far is let go: SQLite does not let a transaction that has read turn to writing once
    somebody else has written, and here too one writer waits for the other.
    """
    db.session.rollback()
    g.writes = True
    try:
        yield
    finally:
        db.session.rollback()
        g.writes = False


def _set_pragmas(connection: Any, record: object) -> None:
    connection.isolation_level = None  # The driver's own implicit BEGIN would defeat ours.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes loses updates made in between.
    connection.exec_driver_sql("BEGIN" if _only_reads() else "BEGIN IMMEDIATE")


def _wait_for_other_writers(connection: Connection) -> None:
    if _only_reads():
        # A page and a document are made from one state of the data, as they are on SQLite.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    else:
        # What an operation checks must still hold when it writes, here as on SQLite: no second sending of a
        # letter, no second candidate with one address, no save over somebody else's.
        # An answer must not say “stored” before it is on disk, whatever the server's own default is.
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO on")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def _only_reads() -> bool:
    return has_request_context() and request.method in SAFE_METHODS and not g.get("writes")

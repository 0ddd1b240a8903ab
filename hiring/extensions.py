"""The libraries that the application shares, and how the embedded database is opened."""

from __future__ import annotations

from typing import Any

from flask import Flask, has_request_context, request
from flask_migrate import Migrate
from flask_security import Security, SQLAlchemyUserDatastore
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from hiring.models import Base, Person, Role
from hiring.passwords import Passwords

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate()
csrf = CSRFProtect()
security = Security(password_util_cls=Passwords)
people_store = SQLAlchemyUserDatastore(db, Person, Role)


def open_sqlite_safely(app: Flask) -> None:
    """Makes the embedded database durable and strict; does nothing on PostgreSQL."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        listen_on_sqlite(engine)


def listen_on_sqlite(engine: Engine) -> None:
    """Sets each connection's pragmas and begins transactions explicitly."""
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, record: object) -> None:
    connection.isolation_level = None  # The driver's own implicit BEGIN would defeat ours.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes loses updates made in between.
    connection.exec_driver_sql("BEGIN" if _only_reads() else "BEGIN IMMEDIATE")


def _only_reads() -> bool:
    return has_request_context() and request.method in SAFE_METHODS

"""How Alembic reaches the application's database; the same revisions run on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from hiring.models import Base
from hiring.models.base import UtcDateTime
from hiring.models.passages import Analysed, is_ours

database = current_app.extensions["migrate"].db


def plain_types(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Writes our own column types into revisions as what the database stores."""
    if kind == "type" and isinstance(item, Analysed):
        return 'sa.Text().with_variant(TSVECTOR(), "postgresql")'
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


@contextmanager
def references_let_go(connection: Connection) -> Iterator[None]:
    """Lets SQLite make tables anew without deleting what refers to them, and looks afterwards whether all still fits.

    Batch mode drops the old table, and dropping counts as deleting every row, with all that hangs on it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection  # Within a transaction the pragma would do nothing.
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        lost = raw.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"After the upgrade rows refer to nothing: {lost[:5]}. Go back to the backup.")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run_migrations() -> None:
    """Applies the revisions that were asked for, each in its own transaction."""
    with database.engine.connect() as connection, references_let_go(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_types,
            include_name=is_ours,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()

"""How Alembic reaches the application's database; the same revisions run on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app

from hiring.models import Base
from hiring.models.base import UtcDateTime
from hiring.models.passages import Analysed, is_ours

database = current_app.extensions["migrate"].db


def plain_types(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Writes our own column types into revisions as what the database stores."""
    if kind == "type" and isinstance(item, Analysed):
        return 'sa.Text().with_variant(TSVECTOR(), "postgresql")'
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def run_migrations() -> None:
    """Applies the revisions that were asked for, each in its own transaction."""
    with database.engine.connect() as connection:
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

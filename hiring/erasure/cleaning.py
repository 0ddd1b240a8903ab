"""Taking what was deleted out of the files as well, where the database keeps it until it needs the room."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import DBAPIError

from hiring.export.printed import kept_documents
from hiring.extensions import db


def clean_files() -> None:
    """Forgets the documents made today, and lets the database write its files anew; to be called after the commit.

    PostgreSQL gives the room of deleted rows free at once and overwrites it in its own time.
    """
    kept_documents().forget_everything()
    db.session.rollback()  # What is read holds the file.
    try:
        _write_anew()
    except DBAPIError as busy:
        # Somebody reads a long document just now; the next erasure does it.
        current_app.logger.warning("The database could not be cleaned: %s", busy.orig)


def _write_anew() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("VACUUM")
            return
        # We begin transactions ourselves, and within one no file is written anew.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")  # For SQLAlchemy to end.

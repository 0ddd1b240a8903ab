"""What the commands share: an application to work in, things found by number, lists printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import click

from hiring.access import LARGEST_NUMBER
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import Base

Thing = TypeVar("Thing", bound=Base)
FORMATS = click.Choice(["table", "json"])


def in_application(command: Callable[..., Any]) -> Callable[..., Any]:
    """Runs the command inside an application, and commits only if nothing was refused."""

    @wraps(command)
    def run(**given: Any) -> Any:
        from hiring.app import create_app  # Loads every feature; help texts must not wait for it.

        with create_app().app_context():
            try:
                result = command(**given)
                db.session.commit()
            finally:
                db.session.remove()
                db.engine.dispose()
            return result

    return run


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--format table|json``."""
    return click.option(
        "--format", "form", type=FORMATS, default="table", show_default=True, help="How to print the list."
    )(command)


def found(kind: type[Thing], number: int, words: str) -> Thing:
    """The thing with this number.

    Raises Refused if there is none.
    """
    thing = db.session.get(kind, number) if abs(number) <= LARGEST_NUMBER else None
    if thing is None:
        raise Refused(f"There is no {words} with the number {number}.")
    return thing


def print_list(rows: Sequence[dict[str, Any]], form: str) -> None:
    """Prints the rows as a JSON array or as a table with the keys as its head."""
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif rows:
        _print_table(rows)
    else:
        click.echo("Nothing to list.")


def _print_table(rows: Sequence[dict[str, Any]]) -> None:
    heads = list(rows[0])
    lines = [heads, *([str(row[head] if row[head] is not None else "") for head in heads] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (word.ljust(width) for word, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())

"""What the commands on stored things share: an application to work in, and things found by number."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from hiring.access import LARGEST_NUMBER
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import Base

Thing = TypeVar("Thing", bound=Base)


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


def found(kind: type[Thing], number: int, words: str) -> Thing:
    """The thing with this number.

    Raises Refused if there is none.
    """
    thing = db.session.get(kind, number) if abs(number) <= LARGEST_NUMBER else None
    if thing is None:
        raise Refused(f"There is no {words} with the number {number}.")
    return thing

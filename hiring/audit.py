"""The record of who did what: written in the same transaction as the change itself."""

from __future__ import annotations

from typing import Any

from hiring.extensions import db
from hiring.models import AuditEvent, Base, Person

SYSTEM = "The system"


def record(action: str, thing: Base, by: Person | None, job_id: int | None = None, **details: Any) -> None:
    """Adds an event about ``thing`` to the current transaction.

    ``action`` is a verb phrase in snake case (``publish_guide``); ``details`` must be JSON.
    """
    db.session.flush()  # New things get their numbers here.
    db.session.add(
        AuditEvent(
            actor_id=by.id if by else None,
            actor_name=by.name if by else SYSTEM,
            action=action,
            thing=thing.__tablename__,
            thing_id=getattr(thing, "id", None),
            job_id=job_id,
            details=details,
        )
    )

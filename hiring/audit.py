"""The record of who did what: written in the same transaction as the change itself, each entry linked to the last."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from hiring import __version__
from hiring.extensions import db
from hiring.models import ERASED_DETAILS, ERASED_NAME, AuditEvent, Base, Interview, Person, Scorecard, now

SYSTEM = "The system"
BEGINNING = "0" * 64  # What the first entry follows.


def record(action: str, thing: Base, by: Person | None, job_id: int | None = None, **details: Any) -> None:
    """Adds an event about ``thing`` to the current transaction.

    ``action`` is a verb phrase in snake case (``publish_guide``); ``details`` must be JSON.
    """
    db.session.flush()  # New things get their numbers here.
    event = AuditEvent(
        at=now(),
        actor_id=by.id if by else None,
        actor_name=by.name if by else SYSTEM,
        action=action,
        thing=thing.__tablename__,
        thing_id=getattr(thing, "id", None),
        job_id=job_id,
        guide_version=_guide_version(thing),
        software=__version__,
        details=json.loads(json.dumps(details)),  # As it is read again: with texts for keys, and lists.
        nonce=secrets.token_hex(16),
        previous=newest_chain(),
    )
    event.digest = digest_of(event)
    event.chain = chain_of(event)
    db.session.add(event)


def newest_chain() -> str:
    """The chain of the last entry; writers wait for one another, so nobody comes between."""
    query = select(AuditEvent.chain).order_by(AuditEvent.id.desc()).limit(1)
    return db.session.scalar(query) or BEGINNING


def digest_of(event: AuditEvent) -> str:
    """The SHA-256 of what names people: the nonce, then the canonical JSON of actor and details.

    Without the nonce nobody can try out names until one fits.
    """
    named = {"actor_id": event.actor_id, "actor_name": event.actor_name, "details": event.details}
    return _sha256(event.nonce + _canonical(named))


def chain_of(event: AuditEvent) -> str:
    """The SHA-256 of the canonical JSON of everything that is never erased, the entry before included."""
    kept = {
        "at": event.at.isoformat(),
        "action": event.action,
        "thing": event.thing,
        "thing_id": event.thing_id,
        "job_id": event.job_id,
        "guide_version": event.guide_version,
        "software": event.software,
        "digest": event.digest,
        "previous": event.previous,
    }
    return _sha256(_canonical(kept))


def erase(events: Collection[AuditEvent], thing: Base, by: Person | None, **details: Any) -> None:
    """Takes out of these entries what names people, and notes in a new entry which ones and about what.

    The entries stay, with when and what was done; the chain still holds.
    """
    numbers = sorted(event.id for event in events)
    for event in events:
        event.actor_id, event.actor_name, event.nonce = None, ERASED_NAME, ""
        event.details = dict(ERASED_DETAILS)
    record("erase_audit_details", thing, by, entries=numbers, **details)


def is_erased(event: AuditEvent) -> bool:
    """Whether what names people was taken out of the entry."""
    return event.details == ERASED_DETAILS and event.actor_name == ERASED_NAME and not event.nonce


def _guide_version(thing: Base) -> int | None:
    interview = thing.interview if isinstance(thing, Scorecard) else thing
    return interview.guide_version.number if isinstance(interview, Interview) else None


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

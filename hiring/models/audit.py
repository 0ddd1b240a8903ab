"""Audit events: who did what to which thing, and when, each linked to the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from hiring.models.base import Base, UtcDateTime, now

ERASED_NAME = "Erased"
ERASED_DETAILS = {"erased": True}


class AuditEvent(Base):
    """One thing that happened. Rows are only ever added; the database refuses to change or delete them.

    ``actor_name`` is copied, so that the record reads the same after the person has left. What names people
    (``actor_id``, ``actor_name``, ``details``) can be erased once: ``digest`` is what stays of it, a SHA-256 with the
    random ``nonce``, which goes with it. ``chain`` is the SHA-256 of everything else together with ``previous``, the
    chain of the event before; ``hiring.audit`` computes both. ``software`` is the version that wrote it,
    ``guide_version`` the number of the published guide it is about, if there is one.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[int | None]
    job_id: Mapped[int | None] = mapped_column(index=True)
    guide_version: Mapped[int | None]
    software: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    nonce: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))

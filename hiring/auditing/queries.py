"""Everything read for an extract of the audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hiring.extensions import db
from hiring.models import AuditEvent, Job


def events_of(job: Job) -> Sequence[AuditEvent]:
    """What was recorded about the job and everything that belongs to it, the oldest first."""
    query = select(AuditEvent).where(AuditEvent.job_id == job.id).order_by(AuditEvent.id)
    return db.session.scalars(query).all()

"""Everything read about guides."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.models import AuditEvent, Guide, GuideRound, GuideVersion, Interview, Job


def guide_of(job: Job) -> Guide | None:
    """The job's guide with its draft, if somebody has started one."""
    return db.session.scalar(_with_draft().where(Guide.job_id == job.id))


def with_draft(guide: Guide) -> Guide:
    """The same guide with rounds, items and the job's skills loaded in a fixed number of queries."""
    return db.session.scalars(_with_draft().where(Guide.id == guide.id)).one()


def newest_version(guide: Guide) -> GuideVersion | None:
    """What was published last."""
    query = select(GuideVersion).where(GuideVersion.guide_id == guide.id).order_by(GuideVersion.number.desc())
    return db.session.scalar(query.limit(1))


def versions_of(job: Job) -> Sequence[GuideVersion]:
    """All that was published for the job with who did, newest first."""
    query = (
        select(GuideVersion)
        .join(GuideVersion.guide)
        .options(joinedload(GuideVersion.published_by))
        .where(Guide.job_id == job.id)
        .order_by(GuideVersion.number.desc())
    )
    return db.session.scalars(query).all()


def interview_counts(job: Job) -> dict[int, int]:
    """How many interviews there are by each version's id."""
    query = (
        select(Interview.guide_version_id, func.count(Interview.id))
        .join(GuideVersion, GuideVersion.id == Interview.guide_version_id)
        .join(Guide, Guide.id == GuideVersion.guide_id)
        .where(Guide.job_id == job.id)
        .group_by(Interview.guide_version_id)
    )
    return dict(db.session.execute(query).all())


def changes_since(guide: Guide, revision: int) -> list[AuditEvent]:
    """What was done to the draft after this revision, the latest first."""
    query = (
        select(AuditEvent)
        .where(AuditEvent.thing == Guide.__tablename__, AuditEvent.thing_id == guide.id)
        .order_by(AuditEvent.id.desc())
        .limit(20)
    )
    return [event for event in db.session.scalars(query) if event.details.get("revision", 0) > revision]


def _with_draft() -> Select[Guide]:
    return select(Guide).options(
        joinedload(Guide.job).selectinload(Job.skills),
        selectinload(Guide.rounds).selectinload(GuideRound.items),
    )

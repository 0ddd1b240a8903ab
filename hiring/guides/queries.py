"""Everything read about guides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    Guide,
    GuideItem,
    GuideRound,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
)

MOST_TO_COPY = 200


def guide_of(job: Job) -> Guide | None:
    """The job's guide with its draft, if somebody has started one."""
    return db.session.scalar(_with_draft().where(Guide.job_id == job.id))


def with_draft(guide: Guide) -> Guide:
    """The same guide with rounds, items and the job's skills loaded in a fixed number of queries."""
    return db.session.scalars(_with_draft().where(Guide.id == guide.id)).one()


def newest_version(guide: Guide) -> GuideVersion | None:
    """What was published last from the draft; a parallel form is not."""
    query = select(GuideVersion).where(
        GuideVersion.guide_id == guide.id, GuideVersion.parallel_to_id.is_(None)
    )
    return db.session.scalar(query.order_by(GuideVersion.number.desc()).limit(1))


def highest_number(guide: Guide) -> int:
    """The highest number of a version, parallel forms included; 0 before the first."""
    query = select(func.max(GuideVersion.number)).where(GuideVersion.guide_id == guide.id)
    return db.session.scalar(query) or 0


def parallel_forms_of(version: GuideVersion) -> Sequence[GuideVersion]:
    """The parallel forms of a version, the first published first."""
    query = select(GuideVersion).where(GuideVersion.parallel_to_id == version.id)
    return db.session.scalars(query.order_by(GuideVersion.number)).all()


def versions_of(job: Job) -> Sequence[GuideVersion]:
    """All that was published for the job with who did, newest first."""
    query = (
        select(GuideVersion)
        .join(GuideVersion.guide)
        .options(joinedload(GuideVersion.published_by), joinedload(GuideVersion.parallel_to))
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


def interviewed_by(job: Job) -> Sequence[Row[int, InterviewStatus, Application]]:
    """Numbers of versions with how it stands and whom each interview by them is about, cancelled ones left out."""
    query = (
        select(GuideVersion.number, Interview.status, Application)
        .join(Interview, Interview.application_id == Application.id)
        .join(GuideVersion, GuideVersion.id == Interview.guide_version_id)
        .where(Application.job_id == job.id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(GuideVersion.number, Application.id)
    )
    return db.session.execute(query).all()


def uses_elsewhere(job: Job) -> dict[str, int]:
    """How many guides of other jobs ask each question, by its id."""
    query = (
        select(GuideItem.question_id, func.count(GuideRound.guide_id.distinct()))
        .join(GuideItem.round)
        .join(GuideRound.guide)
        .where(Guide.job_id != job.id)
        .group_by(GuideItem.question_id)
    )
    return dict(db.session.execute(query).all())


def asked_of_candidates_elsewhere(job: Job) -> Sequence[tuple[GuideVersion, int]]:
    """The versions and rounds by which this job's candidates were interviewed, or will be, for other jobs."""
    here = select(Application.candidate_id).where(Application.job_id == job.id)
    query = (
        select(GuideVersion, Interview.round_position)
        .join(Interview, Interview.guide_version_id == GuideVersion.id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.candidate_id.in_(here),
            Application.job_id != job.id,
            Interview.status != InterviewStatus.CANCELLED,
        )
    )
    found = {(version.id, position): version for version, position in db.session.execute(query)}
    return [(version, position) for (_id, position), version in found.items()]


def copied_from(job: Job, visible: Collection[int] | None) -> Sequence[Row[int, str]]:
    """Ids and titles of the other jobs that have a guide, newest first; of ``visible`` ones only, where it is given."""
    query = select(Job.id, Job.title).join(Guide, Guide.job_id == Job.id).where(Job.id != job.id)
    if visible is not None:
        query = query.where(Job.id.in_(visible))
    return db.session.execute(query.order_by(Job.id.desc()).limit(MOST_TO_COPY)).all()


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

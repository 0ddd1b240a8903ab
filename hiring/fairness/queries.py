"""Everything read for the comparison of selection rates; answers leave this module only as sums."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import exists, func, select

from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    Decision,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Outcome,
    PublishedCell,
    Rating,
    Scorecard,
    ScorecardStatus,
    VoluntaryAnswer,
    VoluntaryQuestions,
)

COUNTS = (Interview.status != InterviewStatus.CANCELLED, Scorecard.status == ScorecardStatus.SUBMITTED)


@dataclass(frozen=True)
class Way:
    """How far one application came, and the groups its candidate named; never shown by itself."""

    application_id: int
    sex: str
    ethnicity: str
    was_interviewed: bool
    was_offered: bool


class Given(NamedTuple):
    """The mean level of the answers about one skill that one interviewer heard in one conversation."""

    application_id: int
    interviewer_id: int
    version_id: int
    round_position: int
    skill_id: str
    level: float


@dataclass(frozen=True)
class Published:
    """The cells of a job as they were published last."""

    rows: Sequence[PublishedCell]


def questions_of(job: Job) -> VoluntaryQuestions | None:
    """What the job asks; None if nothing."""
    return db.session.get(VoluntaryQuestions, job.id)


def answer_of(application: Application) -> VoluntaryAnswer | None:
    """The stored answer, to be replaced by a new one."""
    return db.session.get(VoluntaryAnswer, application.id)


def published_cells(job: Job) -> Published:
    """What was published of the job last."""
    query = select(PublishedCell).where(PublishedCell.job_id == job.id).order_by(PublishedCell.id)
    return Published(db.session.scalars(query).all())


def published_of_all(job_ids: Collection[int]) -> Sequence[PublishedCell]:
    """What was published of these jobs."""
    query = select(PublishedCell).where(PublishedCell.job_id.in_(job_ids)).order_by(PublishedCell.id)
    return db.session.scalars(query).all()


def asking_jobs() -> Sequence[tuple[Job, VoluntaryQuestions | None]]:
    """Every job, with what it asks, the newest first."""
    query = (
        select(Job, VoluntaryQuestions)
        .outerjoin(VoluntaryQuestions, VoluntaryQuestions.job_id == Job.id)
        .order_by(Job.id.desc())
    )
    return [(job, asked) for job, asked in db.session.execute(query)]


def ways_of(job: Job) -> list[Way]:
    """How far each application of the job came."""
    held = exists(
        select(Scorecard.id)
        .join(Scorecard.interview)
        .where(Interview.application_id == Application.id, *COUNTS)
    )
    hired = exists(
        select(Decision.id).where(Decision.application_id == Application.id, Decision.outcome == Outcome.HIRE)
    )
    query = (
        select(
            Application.id,
            VoluntaryAnswer.sex,
            VoluntaryAnswer.ethnicity,
            held,
            hired,
            Application.status,
        )
        .outerjoin(VoluntaryAnswer, VoluntaryAnswer.application_id == Application.id)
        .where(Application.job_id == job.id)
    )
    offers = (ApplicationStatus.OFFER, ApplicationStatus.HIRED)
    return [
        Way(
            number,
            sex.value if sex else "not_said",
            ethnicity.value if ethnicity else "not_said",
            interviewed,
            offered or status in offers,
        )
        for number, sex, ethnicity, interviewed, offered, status in db.session.execute(query)
    ]


def levels_given(job: Job) -> list[Given]:
    """What was given for the job's candidates, conversation by conversation; answers with N are left out."""
    key = (
        Interview.application_id,
        Scorecard.interviewer_id,
        Interview.guide_version_id,
        Interview.round_position,
        Rating.skill_id,
    )
    query = (
        select(*key, func.sum(Rating.level), func.count(Rating.level))
        .select_from(Rating)
        .join(Rating.scorecard)
        .join(Scorecard.interview)
        .join(Interview.application)
        .where(Application.job_id == job.id, Rating.level.is_not(None), *COUNTS)
        .group_by(*key)
        .order_by(*key)
    )
    return [
        Given(application, interviewer, version, position, skill, int(total or 0) / count)
        for application, interviewer, version, position, skill, total, count in db.session.execute(query)
    ]


def versions_of(job: Job) -> Sequence[GuideVersion]:
    """The job's published guides."""
    return db.session.scalars(select(GuideVersion).join(Guide).where(Guide.job_id == job.id)).all()

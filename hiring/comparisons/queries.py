"""Everything a comparison reads: a fixed number of queries, whatever the number of candidates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    Application,
    Candidate,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Panelist,
    Scorecard,
    ScorecardStatus,
    now,
)


def applications_of(job: Job) -> Sequence[Application]:
    """The job's applications with their candidates, by name."""
    query = (
        select(Application)
        .join(Application.candidate)
        .options(contains_eager(Application.candidate))
        .where(Application.job_id == job.id)
        .order_by(Candidate.name, Application.id)
    )
    return db.session.scalars(query).all()


def submitted_scorecards(application_ids: Collection[int]) -> Sequence[Scorecard]:
    """The submitted scorecards of these applications with their ratings, interviewers and interviews."""
    query = (
        select(Scorecard)
        .join(Scorecard.interview)
        .options(
            contains_eager(Scorecard.interview),
            joinedload(Scorecard.interviewer),
            selectinload(Scorecard.ratings),
        )
        .where(
            Interview.application_id.in_(application_ids),
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.status == ScorecardStatus.SUBMITTED,
        )
        .order_by(Scorecard.submitted_at, Scorecard.id)
    )
    return db.session.scalars(query).unique().all()


def versions_of(job: Job) -> Sequence[GuideVersion]:
    """The job's published guides, the newest first."""
    query = (
        select(GuideVersion).join(Guide).where(Guide.job_id == job.id).order_by(GuideVersion.number.desc())
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Awaited:
    """Whose scorecards an application still waits for: owed ones, and those of interviews to come."""

    owed: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()

    def with_(self, name: str, has_begun: bool) -> Awaited:
        """The same with one more name, unless it stands there already."""
        if name in self.owed or (name in self.to_come and not has_begun):
            return self
        if has_begun:
            return Awaited((*self.owed, name), tuple(each for each in self.to_come if each != name))
        return Awaited(self.owed, (*self.to_come, name))


def awaited_scorecards(job: Job) -> dict[int, Awaited]:
    """Which panel members have not submitted, by application."""
    submitted = select(Scorecard.interview_id, Scorecard.interviewer_id).where(
        Scorecard.status == ScorecardStatus.SUBMITTED
    )
    done = submitted.subquery()
    query = (
        select(Panelist)
        .join(Panelist.interview)
        .join(Interview.application)
        .outerjoin(
            done, (done.c.interview_id == Interview.id) & (done.c.interviewer_id == Panelist.person_id)
        )
        .options(contains_eager(Panelist.interview).lazyload("*"), joinedload(Panelist.person))
        .where(
            Application.job_id == job.id,
            Interview.status != InterviewStatus.CANCELLED,
            done.c.interview_id.is_(None),
        )
        .order_by(Interview.starts_at, Panelist.id)
    )
    awaited: dict[int, Awaited] = {}
    for member in db.session.scalars(query):
        interview = member.interview
        has_begun = interview.status is InterviewStatus.HELD or interview.starts_at <= now()
        known = awaited.get(interview.application_id, Awaited())
        awaited[interview.application_id] = known.with_(member.person.name, has_begun)
    return awaited

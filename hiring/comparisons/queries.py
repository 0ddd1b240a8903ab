"""Everything a comparison reads: a fixed number of queries, whatever the number of candidates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, cast, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hiring.candidates.naming import shown_name
from hiring.dropped.queries import is_dropped
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Panelist,
    Person,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardStatus,
    now,
)

NOT_ENOUGH = "N"
UNANSWERED = ""


class Applicant(NamedTuple):
    """An application with the candidate's name; a bare row, because lists of thousands are read at every look."""

    id: int
    name: str
    status: ApplicationStatus


def applications_of(job: Job) -> list[Applicant]:
    """The job's applications with their candidates, by name."""
    query = (
        select(Application.id, shown_name(), Application.status)
        .join(Application.candidate)
        .where(Application.job_id == job.id)
        .order_by(shown_name(), Application.id)
    )
    return [Applicant(*row) for row in db.session.execute(query)]


class Card(NamedTuple):
    """A submitted scorecard, as far as figures need it.

    ``marks`` has a line for each question that was to be rated and counts: the skill's id, a blank, and the level,
    ``NOT_ENOUGH`` or ``UNANSWERED``.
    """

    id: int
    application_id: int
    interviewer_id: int
    interviewer: str
    version_id: int
    recommendation: Recommendation | None
    marks: str


def submitted_cards(application_ids: Collection[int]) -> list[Card]:
    """The submitted scorecards of these applications, the first submitted first.

    The database writes the ratings of a scorecard into one text: reading them as rows of their own takes
    five times as long, which candidates by the thousand make felt.
    """
    level = func.coalesce(cast(Rating.level, String), UNANSWERED)
    mark = Rating.skill_id + " " + case((Rating.not_enough_evidence, NOT_ENOUGH), else_=level)
    query = (
        select(
            Scorecard.id,
            Interview.application_id,
            Scorecard.interviewer_id,
            Person.name,
            Interview.guide_version_id,
            Scorecard.recommendation,
            func.coalesce(func.aggregate_strings(mark, "\n"), ""),
        )
        .join(Scorecard.interview)
        .join(Scorecard.interviewer)
        .join(Interview.application)
        .outerjoin(Rating, and_(Rating.scorecard_id == Scorecard.id, ~is_dropped()))
        .where(*_counts(application_ids))
        .group_by(Scorecard.id, Interview.id, Person.id)
        .order_by(Scorecard.submitted_at, Scorecard.id)
    )
    return [Card(*row) for row in db.session.execute(query)]


def _counts(application_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        Interview.application_id.in_(application_ids),
        Interview.status != InterviewStatus.CANCELLED,
        Scorecard.status == ScorecardStatus.SUBMITTED,
    )


def submitted_scorecards(application_ids: Collection[int]) -> Sequence[Scorecard]:
    """The submitted scorecards of these applications with their ratings, interviewers and interviews."""
    query = (
        select(Scorecard)
        .join(Scorecard.interview)
        .options(
            contains_eager(Scorecard.interview),
            joinedload(Scorecard.interviewer),
            selectinload(Scorecard.ratings),
            selectinload(Scorecard.versions),
        )
        .where(*_counts(application_ids))
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

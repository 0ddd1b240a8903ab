"""What waits for one person: to rate, to move on, to look up, to set up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hiring.accounts.queries import UNNAMED, organisation
from hiring.candidates.queries import shown
from hiring.home.queries import (
    first_things,
    jobs_to_prepare,
    jobs_with_candidates,
    question_counts,
    recent_decisions,
    seats_in_unsettled,
    seats_to_rate,
    unsettled_applications,
)
from hiring.interviews.queries import closed_application_ids
from hiring.models import ApplicationStatus, Outcome, Person, now
from hiring.second_ratings.queries import open_reviews_for
from hiring.workshops.queries import workshops_to_sort

OWN_PEOPLE_NEEDED = 2  # Whoever hires needs at least one colleague to rate with.


@dataclass(frozen=True)
class ToRate:
    """One interview that the person has not submitted a scorecard for."""

    interview_id: int
    candidate: str
    job: str
    starts_at: datetime
    place: str
    saved_at: datetime | None
    rated: int
    questions: int

    @property
    def is_begun(self) -> bool:
        """Whether anything is written yet."""
        return self.rated > 0 or self.saved_at is not None

    @property
    def is_today(self) -> bool:
        """Whether the interview is on this day."""
        return self.starts_at.date() == now().date()


@dataclass(frozen=True)
class ToSort:
    """A workshop in which the person still has to sort."""

    workshop_id: int
    title: str
    led_by: str


@dataclass(frozen=True)
class ToRead:
    """Written evidence that the person was asked to rate once more."""

    review_id: int
    job: str


@dataclass(frozen=True)
class JobToPrepare:
    """A job that lacks its guide or its candidates."""

    id: int
    title: str
    guide_id: int | None


@dataclass(frozen=True)
class Missing:
    """An interview that is over, and who still owes a scorecard for it."""

    interview_id: int
    candidate: str
    job: str
    starts_at: datetime
    owed_by: tuple[str, ...]
    submitted: int
    seats: int


@dataclass(frozen=True)
class ToMoveOn:
    """An application that waits for an interview, for a decision, or for a date that has come."""

    id: int
    candidate: str
    job: str
    status: ApplicationStatus
    reason: str
    restart_date: date | None
    scorecards: int


@dataclass(frozen=True)
class Leading:
    """What waits for somebody who leads jobs."""

    has_jobs: bool
    without_guide: tuple[JobToPrepare, ...]
    unpublished: tuple[JobToPrepare, ...]
    without_candidates: tuple[JobToPrepare, ...]
    missing: tuple[Missing, ...]
    to_decide: tuple[ToMoveOn, ...]
    restarting: tuple[ToMoveOn, ...]
    to_interview: tuple[ToMoveOn, ...]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(
            map(
                len,
                (
                    self.without_guide,
                    self.unpublished,
                    self.without_candidates,
                    self.missing,
                    self.to_decide,
                    self.restarting,
                    self.to_interview,
                ),
            )
        )


@dataclass(frozen=True)
class Decided:
    """A recent decision."""

    application_id: int
    candidate: str
    job: str
    outcome: Outcome
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class JobRecord:
    """A job whose candidates can be compared."""

    id: int
    title: str
    candidates: int


@dataclass(frozen=True)
class Records:
    """What HR looks up."""

    decisions: tuple[Decided, ...]
    jobs: tuple[JobRecord, ...]


@dataclass(frozen=True)
class FirstSteps:
    """How far an installation has come."""

    active_people: int
    is_named: bool
    has_people: bool
    has_job: bool
    has_guide: bool
    has_candidate: bool
    has_interview: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to set up."""
        steps = (self.is_named, self.has_people, self.has_job, self.has_guide)
        return all(steps) and self.has_candidate and self.has_interview


@dataclass(frozen=True)
class Home:
    """Everything on somebody's first page; a part is None where it is not their business."""

    overdue: tuple[ToRate, ...]
    coming: tuple[ToRate, ...]
    to_sort: tuple[ToSort, ...]
    to_read: tuple[ToRead, ...]
    leading: Leading | None
    records: Records | None
    first_steps: FirstSteps | None

    @property
    def count(self) -> int:
        """How many things wait for the person now."""
        return (
            len(self.overdue)
            + len(self.to_sort)
            + len(self.to_read)
            + (self.leading.count if self.leading else 0)
        )

    @property
    def is_empty(self) -> bool:
        """Whether the page would say nothing."""
        has_setup = self.first_steps is not None and not self.first_steps.is_done
        return not (self.count or self.coming or self.records or has_setup)


def home_of(
    person: Person,
    editable: Collection[int] | None,
    may_create_job: bool,
    sees_records: bool,
    administers: bool,
) -> Home:
    """What waits for the person; ``editable`` are the numbers of the jobs they lead, None for all."""
    overdue, coming = _to_rate(person)
    leads = may_create_job or editable is None or bool(editable)
    owed = closed_application_ids(person)
    return Home(
        overdue=overdue,
        coming=coming,
        to_sort=tuple(ToSort(each.id, each.title, each.led_by.name) for each in workshops_to_sort(person)),
        to_read=tuple(ToRead(each.id, each.job.title) for each in open_reviews_for(person)),
        leading=_leading(editable, owed) if leads else None,
        records=_records(owed) if sees_records else None,
        first_steps=_first_steps() if administers else None,
    )


def _to_rate(person: Person) -> tuple[tuple[ToRate, ...], tuple[ToRate, ...]]:
    rows = seats_to_rate(person)
    questions = question_counts({row.guide_version_id for row in rows})

    def task(row: Any) -> ToRate:
        return ToRate(
            interview_id=row.id,
            candidate=row.candidate,
            job=row.job,
            starts_at=row.starts_at,
            place=row.place,
            saved_at=row.saved_at,
            rated=row.rated,
            questions=questions.get((row.guide_version_id, row.round_position), 0),
        )

    overdue = tuple(task(row) for row in rows if row.is_over)
    return overdue, tuple(task(row) for row in rows if not row.is_over)


def _leading(editable: Collection[int] | None, owed: Collection[int]) -> Leading:
    jobs = jobs_to_prepare(editable)
    published = {job.id for job in jobs if job.version}
    applications = unsettled_applications(editable, owed)
    seats: dict[int, list[Any]] = defaultdict(list)
    for seat in seats_in_unsettled(editable, owed):
        seats[seat.application_id].append(seat)

    def where(stands: Any) -> tuple[ToMoveOn, ...]:
        return tuple(_to_move_on(row, seats[row.id]) for row in applications if stands(row))

    # That an application is on hold may be news to somebody who still owes a scorecard.
    def is_on_hold(row: Any) -> bool:
        return shown(row.status, row.id in owed) is ApplicationStatus.ON_HOLD

    def is_fully_rated(row: Any) -> bool:
        return not row.is_sealed and bool(seats[row.id]) and all(seat.is_submitted for seat in seats[row.id])

    return Leading(
        has_jobs=bool(jobs),
        without_guide=tuple(_to_prepare(job) for job in jobs if job.guide_id is None),
        unpublished=tuple(_to_prepare(job) for job in jobs if job.guide_id and not job.version),
        without_candidates=tuple(_to_prepare(job) for job in jobs if job.version and not job.candidates),
        missing=tuple(
            missing for row in applications if not is_on_hold(row) for missing in _missing(row, seats[row.id])
        ),
        to_decide=where(lambda row: not is_on_hold(row) and is_fully_rated(row)),
        restarting=where(lambda row: is_on_hold(row) and _has_come(row)),
        to_interview=where(lambda row: not is_on_hold(row) and row.job_id in published and not seats[row.id]),
    )


def _to_prepare(row: Any) -> JobToPrepare:
    return JobToPrepare(id=row.id, title=row.title, guide_id=row.guide_id)


def _to_move_on(row: Any, seats: list[Any]) -> ToMoveOn:
    return ToMoveOn(
        id=row.id,
        candidate=row.candidate,
        job=row.job,
        status=row.status,
        reason=row.status_reason,
        restart_date=row.restart_date,
        scorecards=len(seats),
    )


def _missing(row: Any, seats: list[Any]) -> list[Missing]:
    by_interview: dict[int, list[Any]] = defaultdict(list)
    for seat in seats:
        if seat.is_over:
            by_interview[seat.id].append(seat)
    return [
        Missing(
            interview_id=number,
            candidate=row.candidate,
            job=row.job,
            starts_at=panel[0].starts_at,
            owed_by=tuple(seat.person for seat in panel if not seat.is_submitted),
            submitted=sum(seat.is_submitted for seat in panel),
            seats=len(panel),
        )
        for number, panel in by_interview.items()
        if not all(seat.is_submitted for seat in panel)
    ]


def _has_come(row: Any) -> bool:
    return row.restart_date is not None and row.restart_date <= now().date()


def _records(owed: Collection[int]) -> Records:
    return Records(
        decisions=tuple(Decided(**row._mapping) for row in recent_decisions(owed)),
        jobs=tuple(JobRecord(**row._mapping) for row in jobs_with_candidates()),
    )


def _first_steps() -> FirstSteps:
    row, named = first_things(), organisation()
    return FirstSteps(
        active_people=row.active_people,
        is_named=named is not None and named.name not in ("", UNNAMED),
        has_people=row.own_people >= OWN_PEOPLE_NEEDED,
        has_job=row.has_job,
        has_guide=row.has_guide,
        has_candidate=row.has_candidate,
        has_interview=row.has_interview,
    )

"""How long candidates wait, measured from the record against the organisation's own standard.

A candidate hears of us by a message that somebody marked as sent, and in an interview. A change of status
that nobody wrote about is silence. Days are counted in full, weekends included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from statistics import median

from hiring.models import CLOSED_STATUSES, ApplicationStatus, Job, ProcessStandard, now
from hiring.quality.queries import (
    Applied,
    applied_in,
    decided_in,
    interviews_begun_in,
    jobs_in,
    messages_sent_in,
    status_changes_in,
    stored_standard,
)
from question_bank import bank, message

DAY = 24 * 3600.0
MOST_LISTED = 50
OVER = (*CLOSED_STATUSES, ApplicationStatus.HIRED, ApplicationStatus.TALENT_POOL)
BY_CANDIDATE = ApplicationStatus.WITHDRAWN
DECIDING = {
    ApplicationStatus.OFFER.value,
    ApplicationStatus.HIRED.value,
    ApplicationStatus.CLOSED_NOT_SELECTED.value,
}


@dataclass(frozen=True)
class Standard:
    """The longest waits that are found right. The defaults are our suggestion."""

    first_answer_days: int = 2
    first_interview_days: int = 14
    decision_days: int = 30
    silence_days: int = 7
    scorecard_hours: int = 24
    is_own: bool = False
    revision: int = 0


def standard() -> Standard:
    """The organisation's own standard, or the suggested one until there is one."""
    stored = stored_standard()
    return _own(stored) if stored else Standard()


def _own(stored: ProcessStandard) -> Standard:
    return Standard(
        stored.first_answer_days,
        stored.first_interview_days,
        stored.decision_days,
        stored.silence_days,
        stored.scorecard_hours,
        True,
        stored.revision,
    )


def advice_of_the_bank() -> str:
    """What the question bank says about standards of one's own."""
    return bank().sharing.standards[0].text


class Kind(StrEnum):
    """What is measured."""

    FIRST_ANSWER = "first_answer"
    FIRST_INTERVIEW = "first_interview"
    DECISION = "decision"
    SILENCE = "silence"


@dataclass(frozen=True)
class Measure:
    """Waits in days: those that are over, and those that still go on."""

    kind: Kind
    standard: int
    over: tuple[float, ...]
    going_on: tuple[float, ...]

    @property
    def n(self) -> int:
        """How many candidates need not wait any more."""
        return len(self.over)

    @property
    def median(self) -> float | None:
        """The middle of the waits that are over."""
        return median(self.over) if self.over else None

    @property
    def longest(self) -> float | None:
        """The longest wait, whether it is over or not."""
        return max((*self.over, *self.going_on), default=None)

    @property
    def kept(self) -> int:
        """How often the standard was kept."""
        return sum(days <= self.standard for days in self.over)

    @property
    def known(self) -> int:
        """For how many it is known whether it was kept: over, or already too long."""
        return len(self.over) + self.overdue

    @property
    def overdue(self) -> int:
        """How many wait longer than they should, now."""
        return sum(days > self.standard for days in self.going_on)


@dataclass(frozen=True)
class Course:
    """The way of one candidate, as far as it can be heard."""

    applied: Applied
    sent: tuple[tuple[datetime, str], ...]
    interviews: tuple[datetime, ...]
    decided_at: datetime | None
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether the application has come to an end."""
        return self.applied.status in OVER

    @property
    def is_told(self) -> bool:
        """Whether the candidate knows that it is over: by an own step, or by a message about it or after it."""
        if self.applied.status is BY_CANDIDATE or not self.is_over:
            return self.is_over
        status = self.applied.status.value
        return any(
            status in message(template).statuses or (self.ended_at is not None and at >= self.ended_at)
            for at, template in self.sent
        )

    @property
    def heard_at(self) -> tuple[datetime, ...]:
        """The moments at which the candidate heard of us, in order, beginning with the application."""
        contacts = sorted([*(at for at, _template in self.sent), *self.interviews])
        return (self.applied.applied_at, *(at for at in contacts if at > self.applied.applied_at))

    def waits(self, moment: datetime) -> tuple[float, ...]:
        """The silences in days, the present one last if it goes on."""
        points = [*self.heard_at, *(() if self.is_told else (moment,))]
        if self.is_told and self.ended_at is not None and self.ended_at > points[-1]:
            points.append(self.ended_at)
        return tuple(_days(one, other) for one, other in pairwise(points))


@dataclass(frozen=True)
class Waiting:
    """A candidate who has not heard of us for some days. ``is_untold`` where it is over and nobody has said so."""

    application_id: int
    name: str
    days: float
    is_unanswered: bool
    is_untold: bool
    is_too_long: bool


@dataclass(frozen=True)
class ProcessSheet:
    """The measures of one job. ``left_out`` counts candidates for whom the reader owes a scorecard."""

    measures: tuple[Measure, ...]
    waiting: tuple[Waiting, ...]
    more_waiting: int
    candidates: int
    left_out: int
    standard: Standard


@dataclass(frozen=True)
class JobLine:
    """A job in the overview."""

    job_id: int
    title: str
    candidates: int
    measures: tuple[Measure, ...]
    waiting_too_long: int


@dataclass(frozen=True)
class Overview:
    """All jobs whose candidates the reader may see, together and one by one."""

    measures: tuple[Measure, ...]
    lines: tuple[JobLine, ...]
    candidates: int
    left_out: int
    standard: Standard


def process_of(job: Job, owed: Collection[int]) -> ProcessSheet:
    """The measures of a job without the ``owed`` applications: a wait that ends would tell of a decision."""
    limits, moment = standard(), now()
    courses = courses_in({job.id})
    counted = [course for course in courses if course.applied.application_id not in owed]
    waiting = waiting_of(counted, limits, moment)
    return ProcessSheet(
        measures=measures_of(counted, limits, moment),
        waiting=waiting[:MOST_LISTED],
        more_waiting=len(waiting[MOST_LISTED:]),
        candidates=len(counted),
        left_out=len(courses) - len(counted),
        standard=limits,
    )


def overview(job_ids: Collection[int] | None, owed: Collection[int]) -> Overview:
    """The measures of these jobs, or of all, without the ``owed`` applications."""
    limits, moment = standard(), now()
    courses = courses_in(job_ids)
    counted = [course for course in courses if course.applied.application_id not in owed]
    by_job: dict[int, list[Course]] = defaultdict(list)
    for course in counted:
        by_job[course.applied.job_id].append(course)
    return Overview(
        measures=measures_of(counted, limits, moment),
        lines=tuple(
            _line(number, title, by_job[number], limits, moment) for number, title in jobs_in(job_ids)
        ),
        candidates=len(counted),
        left_out=len(courses) - len(counted),
        standard=limits,
    )


def _line(job_id: int, title: str, courses: Sequence[Course], limits: Standard, moment: datetime) -> JobLine:
    too_long = sum(each.is_too_long for each in waiting_of(courses, limits, moment))
    return JobLine(job_id, title, len(courses), measures_of(courses, limits, moment), too_long)


def courses_in(job_ids: Collection[int] | None) -> list[Course]:
    """The ways of all candidates of these jobs, or of all jobs, in six queries."""
    sent: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for number, at, template in messages_sent_in(job_ids):
        sent[number].append((at, template))
    interviews: dict[int, list[datetime]] = defaultdict(list)
    for number, at in interviews_begun_in(job_ids):
        interviews[number].append(at)
    changes: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for number, at, status in status_changes_in(job_ids):
        changes[number].append((at, status))
    for number, at in decided_in(job_ids):
        changes[number].append((at, ApplicationStatus.OFFER.value))
    return [
        _course(applied, sent[number], interviews[number], changes[number])
        for applied in applied_in(job_ids)
        for number in (applied.application_id,)
    ]


def _course(
    applied: Applied,
    sent: Iterable[tuple[datetime, str]],
    interviews: Iterable[datetime],
    changes: Sequence[tuple[datetime, str]],
) -> Course:
    ends = [at for at, status in changes if status == applied.status.value]
    return Course(
        applied=applied,
        sent=tuple(sent),
        interviews=tuple(interviews),
        decided_at=min((at for at, status in changes if status in DECIDING), default=None),
        ended_at=max(ends, default=None) if applied.status in OVER else None,
    )


def measures_of(courses: Sequence[Course], limits: Standard, moment: datetime) -> tuple[Measure, ...]:
    """The four measures of these candidates."""
    answers = [(course, course.sent[0][0] if course.sent else None) for course in courses]
    interviews = [(course, course.interviews[0] if course.interviews else None) for course in courses]
    decisions = [(course, course.decided_at) for course in courses]
    silences = tuple(max(waits) for course in courses if (waits := course.waits(moment)))
    return (
        _measure(Kind.FIRST_ANSWER, limits.first_answer_days, answers, moment),
        _measure(Kind.FIRST_INTERVIEW, limits.first_interview_days, interviews, moment),
        _measure(Kind.DECISION, limits.decision_days, decisions, moment),
        Measure(Kind.SILENCE, limits.silence_days, silences, ()),
    )


def _measure(
    kind: Kind, limit: int, ends: Sequence[tuple[Course, datetime | None]], moment: datetime
) -> Measure:
    """A wait goes on where nothing has happened yet and the application has not come to an end."""
    over = [_days(course.applied.applied_at, at) for course, at in ends if at is not None]
    going_on = [
        _days(course.applied.applied_at, moment) for course, at in ends if at is None and not course.is_over
    ]
    return Measure(kind, limit, tuple(over), tuple(going_on))


def waiting_of(courses: Sequence[Course], limits: Standard, moment: datetime) -> tuple[Waiting, ...]:
    """The candidates whose silence goes on, the longest first."""
    found = [
        Waiting(
            application_id=course.applied.application_id,
            name=course.applied.name,
            days=waits[-1],
            is_unanswered=not course.sent,
            is_untold=course.is_over,
            is_too_long=waits[-1] > limits.silence_days,
        )
        for course in courses
        if not course.is_told and (waits := course.waits(moment))
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.name, each.application_id)))


def _days(one: datetime, other: datetime) -> float:
    return max((other - one).total_seconds() / DAY, 0.0)

"""The pages of candidates as frozen sheets: a job's list, and one candidate for one job."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hiring.candidates.naming import knows_name, name_of
from hiring.candidates.queries import (
    Seat,
    ShownStatus,
    applications_with_outcome,
    interviews_of,
    messages_to,
    other_applications,
    seats_of,
    senders_of,
    shown,
    template_reveals,
    template_title,
)
from hiring.decisions.document import DecisionLine, decision_lines
from hiring.guides.frozen import frozen_guide
from hiring.models import (
    Application,
    CandidateMessage,
    Interview,
    InterviewStatus,
    Job,
    Outcome,
    Person,
)


class Sort(StrEnum):
    """How the list is ordered."""

    NAME = "name"
    STATUS = "status"
    DATE = "date"


@dataclass(frozen=True)
class CandidateRow:
    """A candidate in the list. ``status`` is None, and ``outcome`` too, while the reader owes a scorecard."""

    application_id: int
    name: str
    email: str
    status: ShownStatus
    outcome: Outcome | None
    held: int
    next_interview: datetime | None
    submitted: int
    owed_by: tuple[str, ...]
    added: datetime

    @property
    def due(self) -> int:
        """How many scorecards there should be by now."""
        return self.submitted + len(self.owed_by)


@dataclass(frozen=True)
class CandidateList:
    """The candidates that match, and what there was to choose from."""

    rows: tuple[CandidateRow, ...]
    statuses: tuple[ShownStatus, ...]
    all: int


@dataclass(frozen=True)
class InterviewCard:
    """One interview with its panel."""

    interview: Interview
    round_name: str
    seats: tuple[Seat, ...]
    own: Seat | None
    is_over: bool

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be held."""
        return self.interview.status is InterviewStatus.CANCELLED


@dataclass(frozen=True)
class MessageLine:
    """A message in the candidate's history, with the name of who marked it as sent."""

    title: str
    message: CandidateMessage
    sent_by: str


@dataclass(frozen=True)
class ApplicationSheet:
    """One candidate for one job, limited to what the reader may know."""

    application: Application
    status: ShownStatus
    interviews: tuple[InterviewCard, ...]
    decisions: tuple[DecisionLine, ...]
    messages: tuple[MessageLine, ...]
    others: tuple[Application, ...]
    hides_ratings: bool

    @property
    def submitted(self) -> int:
        """How many scorecards are submitted."""
        return sum(seat.is_submitted for card in self.interviews for seat in card.seats)


def candidate_list(
    job: Job,
    owed_by_reader: Collection[int],
    search: str = "",
    status: str = "",
    sort: Sort = Sort.NAME,
) -> CandidateList:
    """The job's candidates; filters and order work on what the reader may see, so they tell nothing more."""
    seats = _by_application(seats_of(job=job))
    rows = [
        _row(application, outcome, seats[application.id], application.id in owed_by_reader)
        for application, outcome in applications_with_outcome(job)
    ]
    found = [row for row in rows if _matches(row, search, status)]
    statuses = sorted({row.status for row in rows}, key=status_order)
    return CandidateList(tuple(sorted(found, key=_key(sort))), tuple(statuses), len(rows))


def application_sheet(
    application: Application,
    reader: Person,
    may_read: bool,
    may_see_messages: bool = False,
    may_see_others: bool = False,
) -> ApplicationSheet:
    """One candidate for one job. Decisions, and messages that tell of one, need ``may_read``."""
    seats = seats_of(application.id)
    return ApplicationSheet(
        application=application,
        status=shown(application.status, owes_scorecard=not may_read),
        interviews=tuple(_card(each, seats, reader) for each in interviews_of(application)),
        decisions=decision_lines(application) if may_read else (),
        messages=_messages(application, may_read) if may_see_messages else (),
        others=tuple(other_applications(application)) if may_see_others else (),
        hides_ratings=not may_read
        and any(seat.is_submitted for seat in seats if seat.person_id != reader.id),
    )


def status_value(status: ShownStatus) -> str:
    """The status as it stands in an address."""
    return status.value if status else "in_progress"


def status_order(status: ShownStatus) -> int:
    """The place of a status on the way through the selection; what is hidden comes first."""
    return 0 if status is None else list(type(status)).index(status) + 1


def _by_application(seats: Iterable[Seat]) -> defaultdict[int, list[Seat]]:
    grouped: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        grouped[seat.application_id].append(seat)
    return grouped


def _row(
    application: Application, outcome: Outcome | None, seats: Sequence[Seat], owes: bool
) -> CandidateRow:
    to_come = [seat.starts_at for seat in seats if not seat.has_begun]
    return CandidateRow(
        application_id=application.id,
        name=name_of(application),
        email=application.candidate.email if knows_name(application) else "",
        status=shown(application.status, owes),
        outcome=None if owes else outcome,
        held=len({seat.interview_id for seat in seats if seat.has_begun}),
        next_interview=min(to_come, default=None),
        submitted=sum(seat.is_submitted for seat in seats),
        owed_by=tuple(seat.person_name for seat in seats if seat.is_owed),
        added=application.created_at,
    )


def _matches(row: CandidateRow, search: str, status: str) -> bool:
    wanted = _plain(search)
    return (not status or status_value(row.status) == status) and (
        wanted in _plain(row.name) or wanted in _plain(row.email)
    )


def _plain(text: str) -> str:
    """The text without case and accents, so that “jose” finds “José”."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))


def _key(sort: Sort) -> Callable[[CandidateRow], Any]:
    keys: dict[Sort, Callable[[CandidateRow], Any]] = {
        Sort.NAME: lambda row: (_plain(row.name), row.application_id),
        Sort.STATUS: lambda row: (status_order(row.status), _plain(row.name)),
        Sort.DATE: lambda row: (-row.added.timestamp(), -row.application_id),
    }
    return keys[sort]


def _card(interview: Interview, seats: Sequence[Seat], reader: Person) -> InterviewCard:
    taken = tuple(seat for seat in seats if seat.interview_id == interview.id)
    return InterviewCard(
        interview=interview,
        round_name=frozen_guide(interview.guide_version).round_at(interview.round_position).name,
        seats=taken,
        own=next((seat for seat in taken if seat.person_id == reader.id), None),
        is_over=any(seat.has_begun for seat in taken),
    )


def _messages(application: Application, may_read: bool) -> tuple[MessageLine, ...]:
    found = [each for each in messages_to(application) if may_read or not template_reveals(each.template_id)]
    senders = senders_of(found)
    return tuple(
        MessageLine(template_title(each.template_id), each, senders.get(each.id, "")) for each in found
    )

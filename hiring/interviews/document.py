"""The sheet of one interview, and what there is to choose from when one is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hiring.candidates.naming import name_of
from hiring.guides.frozen import FrozenRound, frozen_guide
from hiring.guides.queries import versions_of
from hiring.interviews.queries import (
    cancellation_of,
    people_to_seat,
    plans_used_for,
    seats_with_scorecards,
)
from hiring.models import (
    Application,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Person,
    RoundKind,
    Scorecard,
    TeamRole,
    now,
)

FEWEST_TO_COMPARE = 2  # A panel of one has no agreement to measure.
MOST_ADVISED = 4


@dataclass(frozen=True)
class PlanChoice:
    """One round of one published guide."""

    version: GuideVersion
    round: FrozenRound

    @property
    def key(self) -> str:
        """What the form sends."""
        return f"{self.version.id}-{self.round.position}"


@dataclass(frozen=True)
class PlanChoices:
    """Everything that can be chosen for an interview; the job's team comes before everybody else."""

    plans: tuple[PlanChoice, ...]
    team: tuple[tuple[Person, TeamRole], ...]
    others: tuple[Person, ...]

    @property
    def newest_rounds(self) -> tuple[PlanChoice, ...]:
        """The rounds of what was published last from the draft."""
        drafted = [each for each in self.plans if each.version.parallel_to_id is None]
        return tuple(each for each in drafted if each.version.id == drafted[0].version.id)

    @property
    def people(self) -> dict[str, Person]:
        """Everybody who can be seated, by number as the form sends it."""
        everybody = (*(person for person, _ in self.team), *self.others)
        return {str(person.id): person for person in everybody}


@dataclass(frozen=True)
class Seat:
    """Somebody on the panel, and how far the scorecard is; never what stands in it."""

    person_id: int
    name: str
    scorecard_id: int | None
    has_begun: bool
    submitted_at: datetime | None

    @property
    def is_submitted(self) -> bool:
        """Whether the scorecard is locked."""
        return self.submitted_at is not None


@dataclass(frozen=True)
class Cancellation:
    """Who cancelled, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class InterviewSheet:
    """One interview as its page shows it."""

    id: int
    application_id: int
    job_id: int
    candidate: str
    job_title: str
    status: InterviewStatus
    starts_at: datetime
    zone: str
    place: str
    language: str
    version_id: int
    version_number: int
    round_name: str
    round_kind: RoundKind
    minutes: int
    questions: int
    skills: tuple[str, ...]
    seats: tuple[Seat, ...]
    cancellation: Cancellation | None

    @property
    def local_start(self) -> datetime:
        """When it begins, by the clock of its own time zone."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def place_is_link(self) -> bool:
        """Whether the place can be opened."""
        return self.place.startswith(("https://", "http://")) and " " not in self.place

    @property
    def has_begun(self) -> bool:
        """Whether the time has come."""
        return self.starts_at <= now()

    @property
    def submitted(self) -> int:
        """How many scorecards are locked."""
        return sum(seat.is_submitted for seat in self.seats)

    @property
    def is_panel_of_one(self) -> bool:
        """Whether there is nobody to compare ratings with."""
        return len(self.seats) < FEWEST_TO_COMPARE

    def seat_of(self, person: Person) -> Seat | None:
        """The person's own place on the panel."""
        return next((seat for seat in self.seats if seat.person_id == person.id), None)


def plan_choices(job: Job, interview: Interview | None = None) -> PlanChoices:
    """What can be chosen for the job; members of a planned panel stay even if their account is closed."""
    plans = tuple(
        PlanChoice(version, round_) for version in versions_of(job) for round_ in frozen_guide(version).rounds
    )
    rows = people_to_seat(job)
    offered = {person.id for person, _ in rows}
    kept = [member.person for member in interview.panel] if interview else []
    return PlanChoices(
        plans=plans,
        team=tuple((person, role) for person, role in rows if role is not None),
        others=tuple(
            [person for person, role in rows if role is None]
            + [person for person in kept if person.id not in offered]
        ),
    )


def usual_plan(application: Application, choices: PlanChoices) -> str:
    """What is proposed: the next round of the version by which the candidate is interviewed, else the newest draft's.

    A parallel form is proposed only to whoever has begun with it.
    """
    held = plans_used_for(application)
    if held:
        version_id = held[-1][0]
        done = {position for used, position in held if used == version_id}
        own = [each for each in choices.plans if each.version.id == version_id]
        return next((each.key for each in own if each.round.position not in done), own[0].key if own else "")
    return next((each.key for each in choices.newest_rounds), "")


def interview_sheet(interview: Interview) -> InterviewSheet:
    """The sheet of an interview."""
    application, version = interview.application, interview.guide_version
    guide = frozen_guide(version)
    round_ = guide.round_at(interview.round_position)
    return InterviewSheet(
        id=interview.id,
        application_id=application.id,
        job_id=application.job_id,
        candidate=name_of(application),
        job_title=application.job.title,
        status=interview.status,
        starts_at=interview.starts_at,
        zone=interview.time_zone or "UTC",
        place=interview.place,
        language=interview.language or version.language,
        version_id=version.id,
        version_number=version.number,
        round_name=round_.name,
        round_kind=round_.kind,
        minutes=round_.minutes,
        questions=len(round_.items),
        skills=tuple(guide.skills_by_id[skill].name for skill in round_.skill_ids),
        seats=tuple(_seat(person, card) for person, card in seats_with_scorecards(interview)),
        cancellation=_cancellation(interview),
    )


def _seat(person: Person, card: Scorecard | None) -> Seat:
    return Seat(
        person_id=person.id,
        name=person.name,
        scorecard_id=card.id if card else None,
        has_begun=card is not None,
        submitted_at=card.submitted_at if card else None,
    )


def _cancellation(interview: Interview) -> Cancellation | None:
    event = cancellation_of(interview) if interview.status is InterviewStatus.CANCELLED else None
    return Cancellation(event.actor_name, event.at, str(event.details.get("reason", ""))) if event else None

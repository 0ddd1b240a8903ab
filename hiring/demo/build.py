"""Makes the demo organisation through the same operations that the pages use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from tqdm import tqdm

from hiring.accounts.operations import add_person, found_organisation, new_password, set_password
from hiring.candidates.operations import add_candidate
from hiring.debriefs.operations import mark_discussed, open_debrief, park, write_consensus, write_minutes
from hiring.demo.workshops import make_workshops
from hiring.extensions import db
from hiring.guides.operations import publish, remove_item, set_minutes, swap_item
from hiring.guides.starting import start_guide
from hiring.interviews.operations import mark_held, plan_interview
from hiring.jobs.operations import (
    ChosenSkill,
    add_member,
    change_status,
    choose_skills,
    create_job,
    write_brief,
)
from hiring.labels import label
from hiring.models import (
    Application,
    Guide,
    GuideVersion,
    Interview,
    Job,
    JobStatus,
    ObservationState,
    Organisation,
    Paper,
    Person,
    RoleName,
    Scorecard,
    ScorecardStatus,
    TeamRole,
    now,
)
from hiring.scorecards.operations import Answers, save_scorecard, submit_scorecard
from hiring.scorecards.queries import versions_of
from question_bank import SkillKind, skills

FOLDER = Path(__file__).parent
NAME = "Nordlys Service (demo)"
INTERVIEW_HOURS = (9, 11, 13, 15)

Words = dict[str, Any]
Cast = dict[str, Person]


@dataclass(frozen=True)
class SignIn:
    """How to be one of the demo's people."""

    role: str
    email: str
    password: str


def build_demo() -> list[SignIn]:
    """Makes the organisation with its jobs, candidates and scorecards; returns each person's sign-in."""
    words = _read("organisation")
    if db.session.get(Organisation, 1) is None or db.session.scalar(select(Person.id).limit(1)) is None:
        found_organisation(NAME, Paper.A4, by=None)
    cast, sign_ins = _people(words["people"])
    job, version = _service_job(words["service_job"], cast)
    evidence = _read("evidence")
    applications = {}
    for position, candidate in enumerate(tqdm(words["candidates"], "Making the demo", leave=False)):
        interview = _interviewed(candidate, position, job, version, cast)
        applications[candidate["key"]] = interview.application
        for seat, member in enumerate(candidate["panel"]):
            _rate(interview, cast[member], _Seat(words, evidence, candidate, seat))
    _debrief(words["debrief"], job, applications, cast)
    _chat_job(words["chat_job"], cast)
    make_workshops(cast)
    return sign_ins


def renew_passwords() -> list[SignIn]:
    """Gives the demo's people new passwords and returns each person's sign-in."""
    people = db.session.scalars(select(Person).where(Person.is_demo).order_by(Person.id)).all()
    sign_ins = []
    for person in people:
        password = new_password()
        set_password(person, password, by=None)
        sign_ins.append(_sign_in(person, password))
    return sign_ins


def _read(name: str) -> Words:
    words: Words = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return words


def _sign_in(person: Person, password: str) -> SignIn:
    return SignIn(label(person.role_names[0]), person.email, password)


def _people(rows: list[Words]) -> tuple[Cast, list[SignIn]]:
    cast: Cast = {}
    sign_ins = []
    for row in rows:
        password = new_password()
        roles = [RoleName(role) for role in row["roles"]]
        person = add_person(row["name"], row["email"], roles, password, by=None, is_demo=True)
        cast[row["key"]] = person
        sign_ins.append(_sign_in(person, password))
    return cast, sign_ins


def _service_job(words: Words, cast: Cast) -> tuple[Job, GuideVersion]:
    hugo = cast["hugo"]
    job = _job(words, cast)
    for key in ("ivy", "ian", "lena"):
        add_member(job, cast[key], TeamRole.INTERVIEWER, by=hugo)
    weights = words["weights"]
    core = [skill.id for skill in skills() if skill.kind is SkillKind.CORE]
    chosen = [ChosenSkill(each, *weights.get(each, (1, ""))) for each in core]
    choose_skills(job, chosen, by=hugo)
    guide = start_guide(job, by=hugo, skill_ids=core, minutes=90)
    _ask_what_was_answered(guide, hugo)
    version = publish(guide, by=hugo)
    version.published_at = _at(-14, 10)  # Before the first interview, not at the moment of this installation.
    return job, version


def _ask_what_was_answered(guide: Guide, by: Person) -> None:
    """Leaves each skill the one question that the demo's evidence answers."""
    items = [item for round_ in guide.rounds for item in round_.items]
    asked = {item.question_id for item in items}
    for item in items:
        answered = f"{item.skill_id}-1-q1"
        if answered not in asked:
            swap_item(item, answered, by=by)
            asked.add(answered)
        elif item.question_id != answered:
            remove_item(item, by=by)
    for item in [item for round_ in guide.rounds for item in round_.items]:
        set_minutes(item, 7, by=by)


def _job(words: Words, cast: Cast) -> Job:
    hugo = cast["hugo"]
    facts = {name: words[name] for name in ("location", "contact_name", "contact_channel")}
    job = create_job(words["title"], by=hugo, is_demo=True, **facts)
    write_brief(job, by=hugo, **words["brief"])
    add_member(job, cast["rosa"], TeamRole.RECRUITER, by=hugo)
    change_status(job, JobStatus.OPEN, by=hugo)
    return job


def _chat_job(words: Words, cast: Cast) -> None:
    job = _job(words, cast)
    add_member(job, cast["ivy"], TeamRole.INTERVIEWER, by=cast["hugo"])
    guide = start_guide(job, by=cast["hugo"], preset_id=words["preset"], minutes=60)
    version = publish(guide, by=cast["hugo"])
    for number, row in enumerate(words["candidates"]):
        application = _candidate(row, job, cast)
        if number == 0:
            panel = [cast["ivy"], cast["hugo"]]
            plan_interview(application, cast["rosa"], version, _at(1, 17), panel, place="Video call")


def _candidate(row: Words, job: Job, cast: Cast) -> Application:
    return add_candidate(
        job, cast["rosa"], row["name"], email=row["email"], source_of_contact=row["source"], is_demo=True
    )


def _interviewed(row: Words, position: int, job: Job, version: GuideVersion, cast: Cast) -> Interview:
    application = _candidate(row, job, cast)
    panel = [cast[key] for key in row["panel"]]
    starts_at = _at(-7 + position // 2, INTERVIEW_HOURS[position % len(INTERVIEW_HOURS)])
    application.created_at = starts_at - timedelta(days=9)
    interview = plan_interview(application, cast["rosa"], version, starts_at, panel, place="Room Ebeltoft")
    mark_held(interview, by=cast["rosa"])
    return interview


def _at(days: int, hour: int) -> datetime:
    day: date = now().date() + timedelta(days=days)
    return datetime.combine(day, time(hour), UTC)


def _debrief(words: Words, job: Job, applications: dict[str, Application], cast: Cast) -> None:
    """A debrief that has begun: one candidate is done, another has an open point."""
    hugo = cast["hugo"]
    about = {key: applications[key].id for key in words["about"]}
    debrief = open_debrief(job, hugo, about.values())
    write_minutes(debrief, hugo, words["present"], words["minutes"])
    newest: dict[tuple[str, str], int] = {}
    for key, skill, level, reason in words["consensus"]:
        seen = newest.get((key, skill))
        written = write_consensus(debrief, about[key], skill, level, reason, hugo, seen)
        db.session.flush()
        newest[key, skill] = written.id
    for key in words["done"]:
        mark_discussed(debrief, about[key], hugo)
    for point in words["points"]:
        until = now().date() + timedelta(days=point["days"])
        park(debrief, about[point["about"]], point["text"], hugo, point["who"], until)


@dataclass(frozen=True)
class _Seat:
    """What the demo's words say about one candidate from one seat of the panel."""

    words: Words
    evidence: Words
    candidate: Words
    seat: int

    @property
    def ratings(self) -> dict[str, tuple[Any, str]]:
        """Level and evidence by question; fewer than the guide asks where the scorecard is unfinished."""
        rows: Words = self.evidence[self.candidate["key"]]
        return {
            question: (lines[self.seat][0], lines[self.seat][1])
            for question, lines in rows.items()
            if self.seat < len(lines)
        }

    @property
    def recommendation(self) -> tuple[str, str] | None:
        """The recommendation and its reason, where the scorecard was submitted."""
        given = self.candidate["recommendations"]
        return (given[self.seat][0], given[self.seat][1]) if self.seat < len(given) else None

    def said(self, what: str) -> str:
        """An additional sentence, such as the open point of an undecided interviewer."""
        return str(self.candidate.get(what, {}).get(self.seat, ""))

    @property
    def observations(self) -> dict[str, tuple[ObservationState, str]]:
        """What the first seat noticed."""
        rows = self.words["observations"][self.candidate["key"]] if self.seat == 0 else []
        return {id_: (ObservationState(state), evidence) for id_, state, evidence in rows}


def _rate(interview: Interview, interviewer: Person, seat: _Seat) -> None:
    if not seat.ratings:
        return
    kind, reason = seat.recommendation or (None, "")
    answers = Answers(
        ratings=seat.ratings,
        observations=seat.observations,
        recommendation=kind,
        recommendation_reason=reason,
        open_point=seat.said("open_points"),
        contradiction_reason=seat.said("contradictions"),
    )
    save_scorecard(interview, interviewer, answers, None)
    if kind is not None:
        submit_scorecard(interview, interviewer)
        _submitted_after(interview, interviewer)


def _submitted_after(interview: Interview, interviewer: Person) -> None:
    """Dates the submission to the interview's afternoon instead of the moment of this installation."""
    card = db.session.scalars(
        select(Scorecard).where(
            Scorecard.interview_id == interview.id, Scorecard.interviewer_id == interviewer.id
        )
    ).one()
    if card.status is ScorecardStatus.SUBMITTED:
        card.submitted_at = interview.starts_at + timedelta(hours=3)
        for version in versions_of(card):
            version.submitted_at = card.submitted_at

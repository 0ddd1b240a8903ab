"""How a job's comparison grows with its candidates: python benchmarks/comparison.py [--keep FOLDER]

Builds jobs with 8, 200 and 2,000 candidates, each rated by three interviewers on ten skills, and asks for the
pages as a browser does. Prints the processor's time and the time to the first byte, right after a scorecard
was changed and when nothing has changed since, what the page weighs, and how many queries it needs.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, insert, select

from hiring.app import create_app
from hiring.extensions import db
from hiring.guides.frozen import FrozenAnchor, FrozenGuide, FrozenItem, FrozenRound, FrozenSkill
from hiring.models import (
    Application,
    ApplicationStatus,
    Candidate,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    JobBrief,
    JobMember,
    JobSkill,
    JobStatus,
    Organisation,
    Panelist,
    Person,
    Rating,
    Recommendation,
    Role,
    RoleName,
    RoundKind,
    Scorecard,
    ScorecardStatus,
    TeamRole,
    now,
)
from hiring.settings import Settings
from question_bank import bank

SIZES = ((8, 4), (200, 20), (2_000, 60))  # Candidates and interviewers.
PANEL, SKILLS = 3, 10
OWED = 0.01  # So many scorecards are not there yet.
ROUNDS = 5
GOALS = {"list": 0.5, "adjusted": 1.0}
EVIDENCE = (
    "Rang the customer back twice, wrote down what was promised, and came back to it a week later. " * 2
)
GIVEN = ("Ana", "Bo", "Chen", "Dina", "Emil", "Fatou", "Goran", "Hedda", "Ines", "Jomo")
FAMILY = ("Berg", "Costa", "Diallo", "Eriksen", "Fischer", "Gupta", "Haddad", "Ito", "Jansen", "Kowalska")


@dataclass(frozen=True)
class Asked:
    """What asking for a page cost, in seconds and bytes."""

    processor: float
    first_byte: float
    weight: int
    queries: int


def main() -> None:
    """Measures every page in every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--keep", type=Path, help="keep the filled databases here, to look at the pages")
    kept = parser.parse_args().keep
    with TemporaryDirectory(prefix="hiring-benchmark-") as folder:
        within = [measure(*size, kept or Path(folder)) for size in SIZES]
    print("Goals at 2,000 candidates, right after a change:", "reached" if within[-1] else "missed")


def measure(candidates: int, interviewers: int, folder: Path) -> bool:
    """Fills a database of this size, prints what each page costs, and says whether the goals are reached."""
    place = folder / str(candidates)
    place.mkdir(parents=True, exist_ok=True)
    app = create_app(Settings(data_folder=place, database_url="", secret_key="benchmark"))
    with app.app_context():
        upgrade()
        if db.session.get(Organisation, 1) is None:
            fill(candidates, interviewers, random.Random(candidates))
        job_id, chosen = 1, list(db.session.scalars(select(Application.id).limit(4)))
        reader = str(db.session.scalar(select(Person.fs_uniquifier).where(Person.name == "Hugo")))
        db.session.remove()
    print(f"{candidates:,} candidates, {interviewers} interviewers")
    print(f"  {'':<14}{'after a change':>20}{'unchanged':>20}{'weight':>12}{'queries':>9}")
    first = {name: report(app, reader, name, address) for name, address in pages(job_id, chosen)}
    print()
    return all(first[name] <= goal for name, goal in GOALS.items())


def pages(job_id: int, chosen: list[int]) -> Iterator[tuple[str, str]]:
    """The names and addresses of what is asked for."""
    home = f"/jobs/{job_id}/comparison"
    beside = "&".join(f"candidate={number}" for number in chosen)
    yield "list", home
    yield "adjusted", f"{home}?adjusted=yes"
    yield "last page", f"{home}?page=999"
    yield "by name", f"{home}?name=berg&order=name"
    yield "side by side", f"{home}/side-by-side?{beside}"
    yield "evidence", f"{home}/evidence/{skill_ids()[0]}"
    yield "other weights", f"{home}/what-if?weight-{skill_ids()[0]}=5"
    yield "debriefs", f"/jobs/{job_id}/debriefs"


def report(app: Flask, reader: str, name: str, address: str) -> float:
    """Prints what a page costs after a change and without; gives the first byte's time after a change."""
    client = signed_in(app, reader)
    client.get(address)  # Templates are read once.
    changed = [asked(app, client, address, before=change) for _ in range(ROUNDS)]
    same = [asked(app, client, address) for _ in range(ROUNDS)]
    print(
        f"  {name:<14}{times(changed):>20}{times(same):>20}"
        f"{same[-1].weight / 1024:>8,.0f} KiB{same[-1].queries:>9}"
    )
    return median(each.first_byte for each in changed)


def times(seen: list[Asked]) -> str:
    """The medians, as milliseconds of the processor and to the first byte."""
    processor, first = median(each.processor for each in seen), median(each.first_byte for each in seen)
    return f"{1000 * processor:,.0f} / {1000 * first:,.0f} ms"


def signed_in(app: Flask, reader: str) -> FlaskClient:
    """A browser of the one who leads the job."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = reader
        session["_fresh"] = True
    return client


def asked(
    app: Flask, client: FlaskClient, address: str, before: Callable[[Flask], None] = lambda app: None
) -> Asked:
    """Asks for a page once."""
    before(app)
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    processor, began = process_time(), perf_counter()
    answer = client.get(address, buffered=False)
    body = iter(answer.response)
    begin = next(body)
    first_byte = perf_counter() - began
    weight = len(begin) + sum(len(each) for each in body)
    used = process_time() - processor
    event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return Asked(used, first_byte, weight, len(statements))


def change(app: Flask) -> None:
    """Somebody's level becomes another one, as after reopening and submitting anew."""
    with app.app_context():
        rating = db.session.scalars(select(Rating).where(Rating.level.is_not(None)).limit(1)).one()
        rating.level = 1 + (rating.level or 0) % 5
        rating.scorecard.submitted_at = now()
        rating.scorecard.revision += 1
        db.session.commit()


def fill(candidates: int, interviewers: int, chance: random.Random) -> None:
    """A job whose candidates differ, whose interviewers differ in severity, and nearly all its scorecards."""
    people = team(interviewers)
    version = opened_job(people[0])
    kindness = {person: chance.gauss(0, 0.3) for person in people[1:]}
    rows: dict[type, list[dict[str, Any]]] = {}
    for number in range(1, candidates + 1):
        add_candidate(rows, number, version, kindness, chance)
    for kind in (Candidate, Application, Interview, Panelist, Scorecard, Rating):
        db.session.execute(insert(kind), rows[kind])
    db.session.commit()


def team(interviewers: int) -> list[int]:
    """The one who leads, then the interviewers."""
    db.session.add(Organisation(id=1, name="Nordlys Service"))
    manages = db.session.scalars(select(Role).where(Role.name == RoleName.HIRING_MANAGER)).one()
    rates = db.session.scalars(select(Role).where(Role.name == RoleName.INTERVIEWER)).one()
    names = ["Hugo", *(f"Interviewer {number:02}" for number in range(1, interviewers + 1))]
    people = [
        Person(
            name=name,
            email=f"{name.lower().replace(' ', '')}@example.org",
            fs_uniquifier=f"person-{name}",
            roles=[rates if number else manages],
        )
        for number, name in enumerate(names)
    ]
    db.session.add_all(people)
    db.session.flush()
    return [person.id for person in people]


def opened_job(lead: int) -> int:
    """The number of the guide's version of an open job with ten skills, the first three of them heavier."""
    job = Job(title="Support agent", status=JobStatus.OPEN, brief=JobBrief())
    job.skills = [
        JobSkill(skill_id=skill, position=place, floor=2 if place == 1 else None)
        for place, skill in enumerate(skill_ids(), 1)
    ]
    job.members = [JobMember(person_id=lead, role=TeamRole.HIRING_MANAGER)]
    db.session.add(job)
    db.session.flush()
    guide, content = Guide(job_id=job.id), frozen()
    db.session.add(guide)
    db.session.flush()
    version = GuideVersion(
        guide_id=guide.id,
        number=1,
        language="en",
        bank_version=content.bank_version,
        content=content.as_json(),
        content_hash=content.content_hash,
        published_by_id=lead,
    )
    db.session.add(version)
    db.session.flush()
    return version.id


def skill_ids() -> list[str]:
    """The skills of the job."""
    return [skill.id for skill in bank("en").skills[:SKILLS]]


def frozen() -> FrozenGuide:
    """A guide with one question for each skill."""
    skills = bank("en").skills[:SKILLS]
    anchors = tuple(
        FrozenAnchor(level=level, text=f"What level {level} sounds like.") for level in range(1, 6)
    )
    items = tuple(
        FrozenItem(
            question_id=f"{skill.id}-q",
            skill_id=skill.id,
            probe_title=skill.name,
            kind="behavioural",
            text=f"Tell me about a time that called for {skill.name.lower()}.",
            follow_ups=(),
            listen_for="",
            note="",
            minutes=5,
        )
        for skill in skills
    )
    only = FrozenRound(
        position=1,
        kind=RoundKind.STRUCTURED,
        name="Interview",
        minutes=60,
        opening_minutes=5,
        closing_minutes=5,
        opening_script="",
        closing_script="",
        items=items,
    )
    return FrozenGuide(
        job_title="Support agent",
        language="en",
        bank_version="benchmark",
        rounds=(only,),
        skills=tuple(
            FrozenSkill(
                id=skill.id,
                name=skill.name,
                meaning="",
                boundary="",
                weight=2 if place < 3 else 1,
                weight_reason="The work asks for it every day." if place < 3 else "",
                anchors=anchors,
                positive=(),
                negative=(),
            )
            for place, skill in enumerate(skills)
        ),
        observations=(),
        levels=(),
        conduct=(),
        first_behavioural_line="",
    )


def add_candidate(
    rows: dict[type, list[dict[str, Any]]],
    number: int,
    version: int,
    kindness: dict[int, float],
    chance: random.Random,
) -> None:
    """A candidate, the interview, and what the panel made of it."""
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {number:04}"
    rows.setdefault(Candidate, []).append({"id": number, "name": name, "revision": 1})
    applied = {"id": number, "job_id": 1, "candidate_id": number, "revision": 1}
    rows.setdefault(Application, []).append(applied | {"status": ApplicationStatus.INTERVIEWED})
    held = {"id": number, "application_id": number, "guide_version_id": version, "revision": 1}
    held |= {"status": InterviewStatus.HELD, "starts_at": now() - timedelta(days=2)}
    rows.setdefault(Interview, []).append(held)
    ability = chance.gauss(3.2, 0.6)
    for person in chance.sample(list(kindness), PANEL):
        rows.setdefault(Panelist, []).append({"interview_id": number, "person_id": person})
        if chance.random() > OWED:
            add_scorecard(rows, number, person, ability + kindness[person], chance)


def add_scorecard(
    rows: dict[type, list[dict[str, Any]]], interview: int, person: int, level: float, chance: random.Random
) -> None:
    """A submitted scorecard with a level or N for each skill."""
    number = len(rows.setdefault(Scorecard, [])) + 1
    level += chance.gauss(0, 0.4)
    rows[Scorecard].append(
        {
            "id": number,
            "interview_id": interview,
            "interviewer_id": person,
            "status": ScorecardStatus.SUBMITTED,
            "recommendation": Recommendation.HIRE if level > 3.2 else Recommendation.NO_HIRE,
            "submitted_at": now() - timedelta(days=1),
            "revision": 1,
        }
    )
    for skill in skill_ids():
        unheard = chance.random() < 0.03
        given = None if unheard else min(5, max(1, round(level + chance.gauss(0, 0.7))))
        rating = {"scorecard_id": number, "question_id": f"{skill}-q", "skill_id": skill, "level": given}
        rows.setdefault(Rating, []).append(rating | {"not_enough_evidence": unheard, "evidence": EVIDENCE})


if __name__ == "__main__":
    main()

"""Rows for tests, made the shortest way; each function adds to the session and returns a flushed row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from hiring.extensions import db
from hiring.guides.frozen import (
    FrozenAnchor,
    FrozenFollowUp,
    FrozenGuide,
    FrozenIndicator,
    FrozenItem,
    FrozenLevel,
    FrozenObservation,
    FrozenRound,
    FrozenSkill,
)
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

SKILLS = {"empathy": "Empathy", "patience": "Patience"}
QUESTIONS = (
    ("empathy-1-q1", "empathy", "Tell me about a person you had to help."),
    ("patience-1-q1", "patience", "Tell me about somebody who was impatient with you."),
    ("patience-2-q1", "patience", "What did you do so that complaints became fewer?"),
)
LEVEL_LABELS = ("Far below", "Below", "Meets", "Above", "Far above", "Not enough evidence")
EVIDENCE = "Rang the customer back twice and wrote down what was promised."


def add(row: Any) -> Any:
    """Adds and flushes a row."""
    db.session.add(row)
    db.session.flush()
    return row


def person(name: str, *roles: RoleName, email: str = "") -> Person:
    """Somebody with an account and no usable password."""
    found = db.session.scalars(select(Role).where(Role.name.in_(roles))).all()
    address = email or f"{name.lower()}@example.org"
    return add(Person(name=name, email=address, fs_uniquifier=uuid4().hex, roles=list(found)))


def job(
    title: str = "Support agent", lead: Person | None = None, skills: tuple[str, ...] = tuple(SKILLS)
) -> Job:
    """An open job with equally weighted skills, led by ``lead``."""
    made = Job(title=title, status=JobStatus.OPEN, brief=JobBrief())
    made.skills = [JobSkill(skill_id=skill, position=n) for n, skill in enumerate(skills, 1)]
    if lead is not None:
        made.members = [JobMember(person_id=lead.id, role=TeamRole.HIRING_MANAGER)]
    return add(made)


def frozen(title: str = "Support agent") -> FrozenGuide:
    """A small guide with two skills and three questions."""
    return FrozenGuide(
        job_title=title,
        language="en",
        bank_version="test",
        rounds=(
            FrozenRound(
                position=1,
                kind=RoundKind.STRUCTURED,
                name="Interview",
                minutes=45,
                opening_minutes=5,
                closing_minutes=7,
                opening_script="Good morning, {candidate_name}.",
                closing_script="Thank you, {candidate_name}.",
                items=tuple(_item(*question) for question in QUESTIONS),
            ),
        ),
        skills=tuple(_skill(id_, name) for id_, name in SKILLS.items()),
        observations=(
            FrozenObservation(
                id="obs-clarifies",
                positive=True,
                text="Asks when something is unclear",
                skill_ids=("listening",),
            ),
            FrozenObservation(id="obs-interrupts", positive=False, text="Cuts in", skill_ids=("listening",)),
        ),
        levels=tuple(
            FrozenLevel(key=key, label=label, meaning=f"{label} in general")
            for key, label in zip("12345N", LEVEL_LABELS, strict=True)
        ),
        conduct=("Do not interrupt.",),
        first_behavioural_line="Examples from outside customer service are equally welcome.",
    )


def guide_version(job_: Job, by: Person, number: int = 1) -> GuideVersion:
    """A published guide for the job."""
    guide = db.session.scalar(select(Guide).where(Guide.job_id == job_.id)) or add(Guide(job_id=job_.id))
    content = frozen(job_.title)
    return add(
        GuideVersion(
            guide_id=guide.id,
            number=number,
            language="en",
            bank_version=content.bank_version,
            content=content.as_json(),
            content_hash=content.content_hash,
            published_by_id=by.id,
        )
    )


def asking(guide: Guide, *question_ids: str) -> Guide:
    """The draft with these questions in the places of those that were composed."""
    items = [item for round_ in guide.rounds for item in round_.items]
    for item, question_id in zip(items, question_ids, strict=True):
        item.question_id = question_id
    db.session.flush()
    return guide


def application(job_: Job, name: str = "Carl", email: str = "") -> Application:
    """A candidate who applies for the job."""
    candidate = add(Candidate(name=name, email=email or f"{uuid4().hex[:8]}@example.org"))
    return add(
        Application(job_id=job_.id, candidate_id=candidate.id, status=ApplicationStatus.INTERVIEW_SCHEDULED)
    )


def interview(
    application_: Application,
    version: GuideVersion,
    *panel: Person,
    starts_at: datetime | None = None,
    status: InterviewStatus = InterviewStatus.HELD,
) -> Interview:
    """An interview of the candidate by the panel, yesterday unless told otherwise."""
    return add(
        Interview(
            application_id=application_.id,
            guide_version_id=version.id,
            starts_at=starts_at or now() - timedelta(days=1),
            status=status,
            panel=[Panelist(person_id=member.id) for member in panel],
        )
    )


def scorecard(
    interview_: Interview,
    interviewer: Person,
    levels: tuple[int | None, ...] = (3, 4, 4),
    submitted: bool = True,
    recommendation: Recommendation = Recommendation.HIRE,
) -> Scorecard:
    """The interviewer's scorecard with one level for each question; None stands for N."""
    ratings = [
        Rating(
            question_id=question_id,
            skill_id=skill_id,
            level=level,
            not_enough_evidence=level is None,
            evidence=f"{EVIDENCE} ({interviewer.name}, {question_id})",
        )
        for (question_id, skill_id, _), level in zip(QUESTIONS, levels, strict=True)
    ]
    return add(
        Scorecard(
            interview_id=interview_.id,
            interviewer_id=interviewer.id,
            status=ScorecardStatus.SUBMITTED if submitted else ScorecardStatus.DRAFT,
            recommendation=recommendation,
            recommendation_reason="Solid examples.",
            submitted_at=now() if submitted else None,
            ratings=ratings,
        )
    )


def _item(question_id: str, skill_id: str, text: str) -> FrozenItem:
    return FrozenItem(
        question_id=question_id,
        skill_id=skill_id,
        probe_title="A probe",
        kind="behavioural",
        text=text,
        follow_ups=(FrozenFollowUp(star="A", text="What did you do next?"),),
        listen_for="an action of one's own",
        note="",
        minutes=7,
    )


def _skill(id_: str, name: str) -> FrozenSkill:
    return FrozenSkill(
        id=id_,
        name=name,
        meaning=f"What {name.lower()} means.",
        boundary="",
        weight=1,
        weight_reason="",
        anchors=tuple(FrozenAnchor(level=n, text=f"{name} at level {n}.") for n in range(1, 6)),
        positive=(FrozenIndicator(id=f"{id_}-pos-1", text="Names a feeling"),),
        negative=(FrozenIndicator(id=f"{id_}-neg-1", text="Mocks a feeling", red_flag=True),),
    )

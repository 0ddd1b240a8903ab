"""The organisation's own entries, their revisions, and where they are used."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    BankEdition,
    BankEntry,
    BankRevision,
    EntryKind,
    Guide,
    GuideItem,
    GuideRound,
    GuideVersion,
    Job,
    JobSkill,
)


def entries() -> list[BankEntry]:
    """Every own entry with its revisions and their authors, the newest entry first."""
    query = (
        select(BankEntry)
        .options(selectinload(BankEntry.revisions).joinedload(BankRevision.author))
        .order_by(BankEntry.id.desc())
    )
    return list(db.session.scalars(query))


def with_history(entry: BankEntry) -> BankEntry:
    """The entry with its revisions, authors and reviewers."""
    query = (
        select(BankEntry)
        .where(BankEntry.id == entry.id)
        .options(
            selectinload(BankEntry.revisions).options(
                joinedload(BankRevision.author), joinedload(BankRevision.reviewed_by)
            )
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()


def idents() -> set[str]:
    """Every id that the organisation has given out, also to what is retired."""
    return set(db.session.scalars(select(BankEntry.ident)))


def own_skill_names() -> dict[str, str]:
    """The newest name of every own skill, by its id."""
    return {each.ident: str(each.latest.content["name"]) for each in entries() if each.ident == each.skill_id}


def published_uses(question_ids: Collection[str], skill_ids: Collection[str] = ()) -> list[GuideVersion]:
    """The published guides in which one of the questions or skills stands, the newest first."""
    # The frozen words are JSON; what they hold is read here, where a database may differ from another.
    query = (
        select(GuideVersion)
        .options(joinedload(GuideVersion.guide).joinedload(Guide.job))
        .order_by(GuideVersion.id.desc())
    )
    questions, skills = set(question_ids), set(skill_ids)
    return [each for each in db.session.scalars(query) if _holds(each.content, questions, skills)]


def jobs_planning(question_ids: Collection[str], skill_ids: Collection[str] = ()) -> list[Job]:
    """The jobs that rate one of the skills, or whose guide in work asks one of the questions."""
    asks = exists().where(
        Guide.job_id == Job.id,
        GuideRound.guide_id == Guide.id,
        GuideItem.round_id == GuideRound.id,
        GuideItem.question_id.in_(question_ids),
    )
    rates = exists().where(JobSkill.job_id == Job.id, JobSkill.skill_id.in_(skill_ids))
    return list(db.session.scalars(select(Job).where(asks | rates).order_by(Job.title, Job.id)))


def cited_idents(entry: BankEntry) -> tuple[set[str], set[str]]:
    """The ids of questions and of skills by which guides and jobs cite any words the entry ever had."""
    probes = (probe for each in entry.revisions for probe in each.content.get("probes", [each.content]))
    questions = {question["id"] for probe in probes for question in probe["questions"]}
    return questions, {entry.ident} if entry.kind is EntryKind.SKILL else set()


def was_in_use(entry: BankEntry) -> bool:
    """Whether guides have ever been offered the entry."""
    return any(each.activated_at for each in entry.revisions)


def is_used(entry: BankEntry) -> bool:
    """Whether a published guide, a guide in work or a job uses any words the entry ever had."""
    questions, skills = cited_idents(entry)
    return bool(published_uses(questions, skills) or jobs_planning(questions, skills))


def _holds(content: dict[str, Any], questions: set[str], skills: set[str]) -> bool:
    items = (item for round_ in content["rounds"] for item in round_["items"])
    return any(item["question_id"] in questions for item in items) or any(
        each["id"] in skills for each in content["skills"]
    )


def editions() -> list[BankEdition]:
    """The editions of the bundled bank that this installation has run, the newest first."""
    return list(db.session.scalars(select(BankEdition).order_by(BankEdition.id.desc())))


def latest_edition() -> BankEdition | None:
    """The edition that was run last, if any was."""
    return db.session.scalar(select(BankEdition).order_by(BankEdition.id.desc()).limit(1))

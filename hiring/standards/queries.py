"""Everything read about standards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hiring.extensions import db
from hiring.models import Job, Person, StandardJudgement


def judgements_for(job: Job) -> Sequence[StandardJudgement]:
    """What everybody expects, judge by judge."""
    query = select(StandardJudgement).where(StandardJudgement.job_id == job.id)
    return db.session.scalars(query.order_by(StandardJudgement.person_id, StandardJudgement.id)).all()


def judgements_by(person: Person, job: Job) -> dict[str, StandardJudgement]:
    """What one person expects, by the skill's id."""
    query = select(StandardJudgement).where(
        StandardJudgement.job_id == job.id, StandardJudgement.person_id == person.id
    )
    return {each.skill_id: each for each in db.session.scalars(query)}


def has_judged(person: Person, job: Job) -> bool:
    """Whether the person has said what they expect on every skill of the job."""
    return {skill.skill_id for skill in job.skills} <= set(judgements_by(person, job))

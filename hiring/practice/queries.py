"""Everything read about practice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from hiring.extensions import db
from hiring.models import Person, PracticeRating, PracticeRound, Trainer


def rounds_of(person: Person) -> Sequence[PracticeRound]:
    """The person's rounds with their ratings, newest first."""
    query = (
        select(PracticeRound)
        .options(selectinload(PracticeRound.ratings))
        .where(PracticeRound.person_id == person.id)
        .order_by(PracticeRound.id.desc())
    )
    return db.session.scalars(query).all()


def last_seen(person: Person) -> dict[str, datetime]:
    """When the person last met each sample."""
    query = (
        select(PracticeRating.sample_id, func.max(PracticeRound.created_at))
        .join(PracticeRound, PracticeRound.id == PracticeRating.round_id)
        .where(PracticeRound.person_id == person.id)
        .group_by(PracticeRating.sample_id)
    )
    return dict(db.session.execute(query).all())


def calibrated_at(person_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people last finished a calibration; never how they did."""
    query = (
        select(PracticeRound.person_id, func.max(PracticeRound.finished_at))
        .where(
            PracticeRound.person_id.in_(person_ids),
            PracticeRound.is_calibration,
            PracticeRound.finished_at.is_not(None),
        )
        .group_by(PracticeRound.person_id)
    )
    return {person: at for person, at in db.session.execute(query) if at is not None}


def trainer_of(person: Person) -> Person | None:
    """Whom the person lets read their practice."""
    query = (
        select(Person).join(Trainer, Trainer.trainer_id == Person.id).where(Trainer.person_id == person.id)
    )
    return db.session.scalar(query)


def is_trainer_of(reader: Person, person: Person) -> bool:
    """Whether the person has chosen the reader as trainer."""
    query = select(Trainer.person_id).where(Trainer.person_id == person.id, Trainer.trainer_id == reader.id)
    return db.session.scalar(query) is not None


def trainees_of(trainer: Person) -> Sequence[Person]:
    """Those who have chosen this trainer, by name."""
    query = (
        select(Person).join(Trainer, Trainer.person_id == Person.id).where(Trainer.trainer_id == trainer.id)
    )
    return db.session.scalars(query.order_by(Person.name, Person.id)).all()


def people_to_choose(person: Person) -> Sequence[Person]:
    """Everybody else with an active account, by name."""
    query = select(Person).where(Person.active, Person.id != person.id).order_by(Person.name, Person.id)
    return db.session.scalars(query).all()

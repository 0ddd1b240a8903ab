"""Everything read about people, their roles and the organisation."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from hiring.extensions import db
from hiring.models import Organisation, Person, Role, RoleName

UNNAMED = "Your organisation"  # What an installation is called until somebody names it.


def everybody() -> Sequence[Person]:
    """All people with their roles, those who may sign in first."""
    return db.session.scalars(
        select(Person)
        .options(selectinload(Person.roles))
        .order_by(Person.active.desc(), func.lower(Person.name), Person.id)
    ).all()


def person_with_email(address: str) -> Person | None:
    """The person with this normalised address."""
    return db.session.scalar(select(Person).where(Person.email == address))


def first_administrator() -> Person | None:
    """The administrator of longest standing who may sign in."""
    named = Person.roles.any(Role.name == RoleName.ADMINISTRATOR)
    return db.session.scalar(select(Person).where(Person.active, named).order_by(Person.id).limit(1))


def roles_named(names: Collection[str]) -> list[Role]:
    """The rows of these roles in their fixed order."""
    return list(db.session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.id)))


def is_last_administrator(person: Person) -> bool:
    """Whether nobody else could add people or give roles."""
    if not person.active or not person.has(RoleName.ADMINISTRATOR):
        return False
    another = exists().where(
        Person.id != person.id,
        Person.active,
        Person.roles.any(Role.name == RoleName.ADMINISTRATOR),
    )
    return not db.session.scalar(select(another))


def organisation() -> Organisation | None:
    """The organisation, once it has been named."""
    return db.session.get(Organisation, 1)

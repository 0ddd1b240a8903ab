"""Who has an account, as the page of people shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hiring.accounts.queries import everybody
from hiring.models import Person, RoleName


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    id: int
    name: str
    email: str
    roles: tuple[RoleName, ...]
    active: bool
    is_demo: bool
    last_seen_at: datetime | None


@dataclass(frozen=True)
class People:
    """Everybody with an account."""

    rows: tuple[PersonRow, ...]

    @property
    def active(self) -> tuple[PersonRow, ...]:
        """Those who may sign in."""
        return tuple(row for row in self.rows if row.active)

    @property
    def inactive(self) -> tuple[PersonRow, ...]:
        """Those whose account is switched off."""
        return tuple(row for row in self.rows if not row.active)


def people_sheet() -> People:
    """The list of people, read in two queries."""
    return People(tuple(_row(person) for person in everybody()))


def _row(person: Person) -> PersonRow:
    return PersonRow(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=tuple(person.role_names),
        active=person.active,
        is_demo=person.is_demo,
        last_seen_at=person.last_seen_at,
    )

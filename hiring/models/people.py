"""People who sign in, and the roles that say what they may do anywhere in the organisation."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiring.models.base import Base, Created, Revised, UtcDateTime, now


class RoleName(StrEnum):
    """What somebody does in the organisation."""

    ADMINISTRATOR = "administrator"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    HR = "hr"
    AUDITOR = "auditor"


person_role = Table(
    "person_role",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """One role; the rows are made by the first migration and never change."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))
    # Flask-Security expects the column; our rules live in access.py.
    permissions: Mapped[str | None] = mapped_column(Text)  # type: ignore[assignment]


class Person(Created, Revised, Base, UserMixin):
    """Somebody with an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str | None] = mapped_column(String(16))
    is_demo: Mapped[bool] = mapped_column(default=False)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # The library names its mixin.
        secondary=person_role, order_by=Role.id
    )

    def has(self, *names: RoleName) -> bool:
        """Whether the person has at least one of these roles."""
        return any(role.name in names for role in self.roles)

    @property
    def role_names(self) -> list[RoleName]:
        """The person's roles in their fixed order."""
        return [RoleName(role.name) for role in self.roles]


class FailedSignIn(Base):
    """An attempt to sign in that failed. ``key`` is a keyed hash of the account's address, or of where it came from."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

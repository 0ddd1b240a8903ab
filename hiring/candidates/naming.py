"""Under which name a reader meets a candidate: the own name, or the application's code where the job hides names.

Who has to know it does: recruiters and HR, who arrange and write; the panel, which meets the person; everybody once
it was decided. A page reads as the person who asked for it; what asks for nobody, as the command line
and reminders to a panel do, sees names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, case, not_, or_, select, true

from hiring.extensions import db
from hiring.i18n import _
from hiring.interviews.queries import panel_applications
from hiring.models import (
    Application,
    Candidate,
    Decision,
    Job,
    JobMember,
    Person,
    RoleName,
    TeamRole,
)

SHORTEST_NAME = 2


@dataclass(frozen=True)
class _Reader:
    person: Person
    hidden: dict[int, dict[int, str]] = field(default_factory=dict)  # by job, then by application


_reader: ContextVar[_Reader | None] = ContextVar("reader", default=None)


def read_as(person: Person | None) -> None:
    """From here on names are shown as ``person`` may know them; None shows them all."""
    _reader.set(_Reader(person) if person is not None else None)


def is_known_to(person: Person, application: Application) -> bool:
    """Whether a person may know who the candidate is; no query where the job shows names."""
    if not application.job.hides_names:
        return True
    query = select(Application.id).where(Application.id == application.id, _is_known_to(person))
    return db.session.scalar(query) is not None


def name_of(application: Application) -> str:
    """The candidate's name as the reader may know it."""
    return application.candidate.name if knows_name(application) else application.code


def knows_name(application: Application) -> bool:
    """Whether the reader may know who this is."""
    return application.id not in _hidden_names(application.job)


def shown_name() -> ColumnElement[str]:
    """``name_of`` for a query that selects from Application and Candidate."""
    reader = _reader.get()
    if reader is None:
        return Candidate.name.expression
    return case((_is_known_to(reader.person), Candidate.name), else_=Application.code)


def told(words: str, job: Job, application_id: int) -> str:
    """What somebody wrote about a candidate, without the name where the reader may not know it."""
    name = _hidden_names(job).get(application_id)
    return nameless(words, name) if name else words


def told_throughout(thing: Any, job: Job, application_id: int) -> Any:
    """The same frozen thing, everything in it as ``told``."""
    name = _hidden_names(job).get(application_id)
    return _nameless_throughout(thing, name) if name else thing


def _nameless_throughout(thing: Any, name: str) -> Any:
    if type(thing) is str:
        return nameless(thing, name)
    if isinstance(thing, tuple):
        return tuple(_nameless_throughout(each, name) for each in thing)
    if isinstance(thing, Mapping):
        return {key: _nameless_throughout(each, name) for key, each in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing,
            **{each.name: _nameless_throughout(getattr(thing, each.name), name) for each in fields(thing)},
        )
    return thing


def nameless(words: str, *names: str) -> str:
    """The words without these names: each whole name, and each part of it that stands as a word."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) >= SHORTEST_NAME}
    for part in sorted(parts, key=len, reverse=True):
        # Chinese is written without spaces, so that there is no edge of a word to look for.
        edge = "" if re.search(r"[\u3400-\u9fff]", part) else r"\b"
        words = re.sub(f"{edge}{re.escape(part)}{edge}", _("[name]"), words, flags=re.IGNORECASE)
    return words


def _hidden_names(job: Job) -> dict[int, str]:
    """The names that the reader may not know, by application; one query for a job that hides names, else none."""
    reader = _reader.get()
    if reader is None or not job.hides_names:
        return {}
    if job.id not in reader.hidden:
        query = (
            select(Application.id, Candidate.name)
            .join(Application.candidate)
            .where(Application.job_id == job.id, not_(_is_known_to(reader.person)))
        )
        reader.hidden[job.id] = {row.id: row.name for row in db.session.execute(query)}
    return reader.hidden[job.id]


def _is_known_to(person: Person) -> ColumnElement[bool]:
    if person.has(RoleName.RECRUITER, RoleName.HR):
        return true()
    recruits = select(JobMember.job_id).where(
        JobMember.person_id == person.id, JobMember.role == TeamRole.RECRUITER
    )
    return or_(
        Application.job_id.not_in(select(Job.id).where(Job.hides_names)),
        Application.job_id.in_(recruits),
        Application.id.in_(panel_applications(person)),
        Application.id.in_(select(Decision.application_id)),
    )

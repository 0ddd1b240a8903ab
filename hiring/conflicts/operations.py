"""Declaring a conflict of interest, and taking a declaration back."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.conflicts.queries import declared_between, unrated_seats
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Application, ConflictKind, ConflictOfInterest, Interview, Person


def declare(
    application: Application, person: Person, kind: ConflictKind, by: Person, note: str = ""
) -> list[Interview]:
    """Keeps the person away from the candidate from now on, in every job.

    Gives the interviews whose panels the person leaves; whoever has submitted a scorecard stays on the panel, with
    the rating as it was given. Raises Refused if it is declared already.
    """
    if declared_between(person, application) is not None:
        raise Refused(_("This is declared already for %(name)s.", name=person.name), field="person")
    conflict = ConflictOfInterest(
        candidate=application.candidate, person=person, kind=kind, note=note.strip(), declared_by=by
    )
    db.session.add(conflict)
    left = [_leave(seat.interview, person, by) for seat in unrated_seats(person, application.candidate_id)]
    audit.record(
        "declare_conflict",
        conflict,
        by,
        application.job_id,
        application_id=application.id,
        person=person.name,
        kind=kind.value,
        interviews=[each.id for each in left],
    )
    return left


def withdraw(conflict: ConflictOfInterest, by: Person, reason: str, application: Application) -> None:
    """Takes a declaration back that was a mistake; the record keeps both."""
    if not reason.strip():
        raise Refused(_("Say why it was a mistake."), field="reason")
    audit.record(
        "withdraw_conflict",
        conflict,
        by,
        application.job_id,
        application_id=application.id,
        person=conflict.person.name,
        kind=conflict.kind.value,
        reason=reason.strip(),
    )
    db.session.delete(conflict)


def _leave(interview: Interview, person: Person, by: Person) -> Interview:
    interview.panel = [seat for seat in interview.panel if seat.person_id != person.id]
    flag_modified(interview, "place")  # A change of the panel alone counts as a revision too.
    application = interview.application
    audit.record(
        "leave_panel", interview, by, application.job_id, application_id=application.id, person=person.name
    )
    return interview

"""What changes candidates and their applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.candidates.naming import knows_name
from hiring.candidates.queries import REVEALING_STATUSES, application_by_email, candidate_by_email
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.interviews.queries import is_closed_to
from hiring.models import (
    CLOSED_STATUSES,
    Application,
    ApplicationStatus,
    Candidate,
    Job,
    Person,
    now,
)


class AlreadyApplied(Refused):
    """Somebody with this e-mail address is a candidate for the job already."""

    def __init__(self, application: Application) -> None:
        sentence = _("Somebody with this e-mail address is a candidate for this job already.")
        if knows_name(application):
            sentence = _(
                "%(name)s with this e-mail address is a candidate for this job already.",
                name=application.candidate.name,
            )
        super().__init__(sentence, field="email")
        self.application = application


@dataclass(frozen=True)
class NewCandidate:
    """A candidate as typed or pasted."""

    name: str
    email: str = ""


def add_candidate(
    job: Job,
    by: Person,
    name: str,
    email: str = "",
    phone: str = "",
    source_of_contact: str = "",
    is_demo: bool = False,
) -> Application:
    """Adds somebody to the job's candidates; who is known by the e-mail address is not added twice."""
    name, email = _written_name(name), email.strip()
    _refuse_second_application(job, email)
    known = candidate_by_email(email, is_demo) if email else None
    candidate = known or Candidate(name=name, email=email, phone=phone, is_demo=is_demo)
    candidate.phone = candidate.phone or phone
    application = Application(job=job, candidate=candidate, source_of_contact=source_of_contact)
    db.session.add(application)
    audit.record("add_candidate", application, by, job.id)
    return application


def add_candidates(job: Job, by: Person, people: Sequence[NewCandidate]) -> list[Application]:
    """Adds several candidates at once, all or none."""
    return [add_candidate(job, by, person.name, person.email) for person in people]


def change_candidate(
    application: Application,
    by: Person,
    name: str,
    email: str = "",
    phone: str = "",
    source_of_contact: str = "",
    revision: int | None = None,
) -> None:
    """Changes who the candidate is and how the candidate came to us."""
    candidate = application.candidate
    if revision is not None and revision != candidate.revision:
        raise Stale(
            _("Somebody else has changed this candidate since you opened the page. Nothing was saved yet.")
        )
    name, email = _written_name(name), email.strip()
    if email.lower() != candidate.email.lower():
        _refuse_taken(application, email)
    candidate.name, candidate.email, candidate.phone = name, email, phone
    application.source_of_contact = source_of_contact
    flag_modified(candidate, "name")  # The source lies in another row; the candidate counts its saves too.
    audit.record("change_candidate", application, by, application.job_id)


def change_status(
    application: Application,
    status: ApplicationStatus,
    by: Person,
    reason: str = "",
    restart_date: date | None = None,
    revision: int | None = None,
) -> None:
    """Moves the application; a pause needs reason and date, a closing its reason."""
    if revision is not None and revision != application.revision:
        raise Stale(
            _("Somebody else has changed this application since you opened the page. Nothing was saved yet.")
        )
    if status in REVEALING_STATUSES and is_closed_to(by, application):
        raise Refused(_("Submit your own scorecard before you decide about this candidate."), field="status")
    check_reason(status, reason, restart_date)
    before = application.status
    application.status = status
    application.status_reason = reason.strip()
    application.restart_date = restart_date if status is ApplicationStatus.ON_HOLD else None
    audit.record(
        "change_application_status",
        application,
        by,
        application.job_id,
        before=before.value,
        after=status.value,
        reason=application.status_reason,
    )


def _written_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not any(character.isalpha() for character in tidy):
        raise Refused(_("Write the candidate's name, in any alphabet."), field="name")
    return tidy


def _refuse_second_application(job: Job, email: str) -> None:
    earlier = application_by_email(job, email) if email else None
    if earlier is not None:
        raise AlreadyApplied(earlier)


def _refuse_taken(application: Application, email: str) -> None:
    _refuse_second_application(application.job, email)
    other = candidate_by_email(email, application.candidate.is_demo) if email else None
    if other is not None:
        raise Refused(_("Another candidate has this e-mail address. Check it for a slip."), field="email")


def check_reason(status: ApplicationStatus, reason: str, restart_date: date | None) -> None:
    """Raises Refused if a pause lacks its reason or a date to come, or a closing its reason."""
    on_hold = status is ApplicationStatus.ON_HOLD
    if on_hold and not reason.strip():
        raise Refused(_("Say why the application is put on hold."), field="reason")
    if on_hold and restart_date is None:
        raise Refused(_("Choose the date on which the application goes on."), field="restart_date")
    if on_hold and restart_date is not None and restart_date < now().date():
        raise Refused(_("Choose a restart date that is still to come."), field="restart_date")
    if status in CLOSED_STATUSES and not reason.strip():
        raise Refused(_("Say why the application is closed."), field="reason")

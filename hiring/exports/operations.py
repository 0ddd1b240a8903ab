"""Choosing what is taken out of a document, remembering choices, and links that work for a while."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from hiring import audit
from hiring.errors import Refused
from hiring.export.choice import Choice
from hiring.export.redaction import Redaction, Removal, Removed
from hiring.exports.queries import (
    choice_kept,
    colleagues_of,
    link_with,
    names_of_candidates,
)
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    Application,
    Base,
    ExportChoice,
    ExportFile,
    ExportForm,
    ExportRun,
    ExportStatus,
    Job,
    Paper,
    Person,
    SharedDocument,
    now,
)

KEPT_FOR = timedelta(days=1)
MOST_IN_A_RUN = 500
SECRET_BYTES = 24


def taking_out(
    choice: Choice,
    job: Job,
    about: Application | None,
    *,
    colleagues: bool,
    candidates: bool,
    names: Iterable[str],
) -> Choice:
    """The choice with the names to take out: of interviewers and colleagues, of candidates, and those written down.

    ``about`` is the one candidate whom the document is about and whose name stays; without one, candidates are
    shown by their codes.
    """
    removals = [Removal(name, _("somebody else")) for name in names]
    if colleagues:
        people = colleagues_of(job)
        removals += [Removal(each.name, _("colleague %(n)s", n=n)) for n, each in enumerate(people, 1)]
        removals += [
            Removal(each.email, _("address of colleague %(n)s", n=n)) for n, each in enumerate(people, 1)
        ]
    if candidates:
        own = about.id if about is not None else None
        removals += [
            Removal(name, code if about is None else _("another candidate"))
            for application_id, name, code in names_of_candidates(job)
            if application_id != own
        ]
    keep = about.candidate.name if about is not None else ""
    return replace(choice, redaction=Redaction(tuple(removals), keep))


def remember_choice(person: Person, document: str, chosen: dict[str, Any]) -> None:
    """Keeps what was chosen for the next time."""
    kept = choice_kept(person, document)
    if kept is None:
        db.session.add(ExportChoice(person_id=person.id, document=document, chosen=chosen))
    else:
        kept.chosen = chosen


def record_export(
    subject: Base, job: Job, by: Person | None, document: str, choice: Choice, removed: tuple[Removed, ...]
) -> None:
    """Records that a document was handed over, with the log of what was taken out of it, which stays with us."""
    audit.record(
        "export_document",
        subject,
        by,
        job.id,
        document=document,
        recipient=choice.recipient,
        sections=list(choice.sections),
        removed=[{"name": each.name, "as": each.stands_for, "times": each.times} for each in removed],
    )


def start_run(
    job: Job, by: Person, form: ExportForm, application_ids: Sequence[int], chosen: dict[str, Any]
) -> ExportRun:
    """A run for the packets of these candidates; nothing of it is made yet.

    Raises Refused without candidates, or with too many.
    """
    if not application_ids:
        raise Refused(_("Choose at least one candidate."), field="candidates")
    if len(application_ids) > MOST_IN_A_RUN:
        raise Refused(
            _(
                "Choose at most %(most)s candidates; these are %(n)s.",
                most=MOST_IN_A_RUN,
                n=len(application_ids),
            ),
            field="candidates",
        )
    run = ExportRun(job_id=job.id, person_id=by.id, form=form, chosen=chosen)
    run.files = [ExportFile(application_id=id_, position=n) for n, id_ in enumerate(application_ids, 1)]
    db.session.add(run)
    audit.record(
        "export_packets",
        run,
        by,
        job.id,
        form=form.value,
        applications=list(application_ids),
        **_told(chosen),
    )
    return run


def _told(chosen: dict[str, Any]) -> dict[str, Any]:
    return {name: chosen[name] for name in ("recipient", "colleagues", "candidates", "names")}


def choice_of_run(run: ExportRun, about: Application | None) -> Choice:
    """How the documents of a run are made: for everybody, or for the packet of one candidate."""
    chosen = run.chosen
    choice = Choice(
        exported_by=run.person.name,
        paper=Paper(chosen["paper"]),
        language=chosen["language"],
        grey=chosen["grey"],
        recipient=chosen["recipient"],
        sections=tuple(chosen["sections"]),
    )
    if about is None:
        return choice
    return taking_out(
        choice,
        run.job,
        about,
        colleagues=chosen["colleagues"],
        candidates=chosen["candidates"],
        names=chosen["names"],
    )


def cancel(run: ExportRun) -> None:
    """Stops a run; what was made is kept."""
    if run.status is ExportStatus.RUNNING:
        run.status = ExportStatus.CANCELLED


def share(
    document: str,
    subject: Base,
    job: Job,
    by: Person,
    *,
    recipient: str,
    days: int,
    name: str,
    content: bytes,
) -> tuple[SharedDocument, str]:
    """A link to a document, and its secret, which is told this once.

    Raises Refused without a recipient.
    """
    if not recipient:
        raise Refused(
            _("Write for whom the link is; the name is printed across every page."), field="recipient"
        )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = SharedDocument(
        secret_hash=_hash(secret),
        document=document,
        subject_id=subject.id,  # type: ignore[attr-defined]
        job_id=job.id,
        name=name,
        recipient=recipient,
        shared_by_id=by.id,
        expires_at=now() + timedelta(days=days),
        content=content,
    )
    db.session.add(link)
    audit.record("share_document", link, by, job.id, document=document, recipient=recipient, days=days)
    return link, secret


def open_link(secret: str, moment: datetime) -> SharedDocument:
    """The link with this secret, counted as opened.

    Raises Refused if there is none, or none any more.
    """
    link = link_with(_hash(secret))
    if link is None or link.revoked_at is not None or link.expires_at <= moment or link.content is None:
        raise Refused(_("This link does not work any more. Ask the person who sent it for a new one."))
    link.opened += 1
    link.opened_at = moment
    audit.record("open_shared_document", link, None, link.job_id, recipient=link.recipient)
    return link


def revoke(link: SharedDocument, by: Person) -> None:
    """Ends the link at once; what it led to is deleted."""
    if link.revoked_at is None:
        link.revoked_at, link.content = now(), None
        audit.record("revoke_shared_document", link, by, link.job_id, recipient=link.recipient)


def forget_old(moment: datetime) -> None:
    """Deletes what links that have expired led to, and exports of many candidates after a day."""
    db.session.execute(update(SharedDocument).where(SharedDocument.expires_at <= moment).values(content=None))
    db.session.execute(delete(ExportRun).where(ExportRun.created_at <= moment - KEPT_FOR))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

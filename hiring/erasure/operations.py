"""Erasing a candidate, and holding a record that must not be erased."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

from hiring import audit
from hiring.erasure.queries import applications_of, events_naming, interviews_of, scorecards_of
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    CLOSED_STATUSES,
    ApplicationStatus,
    Candidate,
    CandidateMessage,
    ConflictOfInterest,
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    DebriefCandidate,
    Decision,
    ExportRun,
    OpenPoint,
    PendingDecision,
    Person,
    Rating,
    ScorecardEntry,
    ScorecardVersion,
    SecondRating,
    SharedDocument,
    now,
)
from hiring.models.candidates import new_code

GONE = "Erased"
OVER = (*CLOSED_STATUSES, ApplicationStatus.TALENT_POOL)
KEPT_FIELDS = ("level-", "observed-", "outcome-", "recommendation", "seconds-", "probes-")


def hold(candidate: Candidate, reason: str, by: Person) -> None:
    """Nobody erases the record from now on, because it may be needed, in a dispute for example."""
    if not reason.strip():
        raise Refused(_("Say why the record must be kept."), field="reason")
    candidate.hold_reason, candidate.hold_lifted_by_id = reason.strip(), None
    audit.record("hold_record", candidate, by, reason=candidate.hold_reason)


def lift_hold(candidate: Candidate, reason: str, by: Person) -> None:
    """The record may be erased again, by somebody else than who says so."""
    if not candidate.hold_reason:
        raise Refused(_("There is no hold on this record."))
    if not reason.strip():
        raise Refused(_("Say why the record need not be kept any longer."), field="reason")
    candidate.hold_reason, candidate.hold_lifted_by_id = "", by.id
    audit.record("lift_hold", candidate, by, reason=reason.strip())


def erase(candidate: Candidate, by: Person) -> None:
    """Erases everything that was written about the candidate, in every job; levels and times stay without a name.

    Whoever calls commits, and then cleans the file of the database. Raises Refused while an application is in
    progress or led to an offer, under a hold, for whoever has lifted the hold, and a second time.
    """
    _check(candidate, by)
    applications = applications_of(candidate)
    ids = {each.id for each in applications}
    events = [each for each in events_naming(candidate, ids) if not audit.is_erased(each)]
    names = [candidate.name, *(part for part in candidate.name.split() if len(part) > 2)]
    _erase_scorecards(ids)
    _erase_decisions(ids)
    _erase_debriefs(ids, names)
    _erase_documents({each.job_id for each in applications})
    db.session.execute(delete(ConflictOfInterest).where(ConflictOfInterest.candidate_id == candidate.id))
    for application in applications:
        application.status_reason, application.source_of_contact = GONE, ""
        application.code = new_code()
    candidate.name, candidate.email, candidate.phone = GONE, "", ""
    candidate.erased_at = now()
    audit.erase(events, candidate, by, why="erase_candidate")
    audit.record("erase_candidate", candidate, by, applications=sorted(ids))


def _check(candidate: Candidate, by: Person) -> None:
    if candidate.erased_at is not None:
        raise Refused(_("This record was erased already."))
    if candidate.hold_reason:
        raise Refused(
            _("The record is on hold. Somebody in HR must lift the hold first, and another one erase it.")
        )
    if candidate.hold_lifted_by_id == by.id:
        raise Refused(_("You have lifted the hold. Somebody else in HR must erase the record."))
    if any(each.status not in OVER for each in applications_of(candidate)):
        raise Refused(
            _("An application is still in progress, or led to an offer. Close every application first.")
        )


def _erase_scorecards(application_ids: Collection[int]) -> None:
    interviews = interviews_of(application_ids)
    for interview in interviews:
        interview.place = ""
    numbers = [each.id for each in interviews]
    cards = scorecards_of(numbers)
    for card in cards:
        for name in ("recommendation_reason", "open_point", "contradiction_reason"):
            setattr(card, name, _gone(getattr(card, name)))
        for rating in card.ratings:
            for name in ("evidence", "skip_reason", "notes"):
                setattr(rating, name, _gone(getattr(rating, name)) if name != "notes" else "")
        for mark in card.observations:
            mark.evidence = _gone(mark.evidence)
    _erase_versions([card.id for card in cards])
    db.session.execute(delete(ScorecardEntry).where(ScorecardEntry.interview_id.in_(numbers)))
    ratings = select(Rating.id).where(Rating.scorecard_id.in_([card.id for card in cards]))
    db.session.execute(update(SecondRating).where(SecondRating.rating_id.in_(ratings)).values(reason=GONE))


def _erase_versions(scorecard_ids: Collection[int]) -> None:
    """Words of submitted versions go; whether two versions differed stays to be seen."""
    salt = secrets.token_hex(16)
    versions = select(ScorecardVersion).where(ScorecardVersion.scorecard_id.in_(scorecard_ids))
    for version in db.session.scalars(versions):
        fields: dict[str, Any] = version.content.get("fields", {})
        version.content = {
            **version.content,
            "fields": {name: _blank(name, value, salt) for name, value in fields.items()},
        }
        version.reopen_reason = _gone(version.reopen_reason)


def _blank(name: str, value: Any, salt: str) -> Any:
    if (
        not isinstance(value, str)
        or not value
        or (name != "recommendation_reason" and name.startswith(KEPT_FIELDS))
    ):
        return value
    return f"{GONE} {hashlib.sha256((salt + value).encode()).hexdigest()[:8]}"


def _erase_decisions(application_ids: Collection[int]) -> None:
    about = Decision.application_id.in_(application_ids)
    db.session.execute(update(Decision).where(about).values(reason=GONE))
    for kind in (PendingDecision, CandidateMessage):
        db.session.execute(delete(kind).where(kind.application_id.in_(application_ids)))


def _erase_debriefs(application_ids: Collection[int], names: Collection[str]) -> None:
    """What was said about the candidate goes; from minutes about several candidates, the name."""
    about = ConsensusRating.application_id.in_(application_ids)
    db.session.execute(update(ConsensusRating).where(about).values(reason=GONE))
    db.session.execute(
        update(OpenPoint)
        .where(OpenPoint.application_id.in_(application_ids))
        .values(text=GONE, who="", answer=GONE)
    )
    own = select(DebriefCandidate).where(DebriefCandidate.application_id.in_(application_ids))
    seats = db.session.scalars(own).all()
    for seat in seats:
        seat.minuted = None
    debriefs = {seat.debrief_id for seat in seats}
    for debrief in db.session.scalars(select(Debrief).where(Debrief.id.in_(debriefs))):
        debrief.minutes = _without(debrief.minutes, names)
    for note in db.session.scalars(select(DebriefAddendum).where(DebriefAddendum.debrief_id.in_(debriefs))):
        note.text = _without(note.text, names) or GONE


def _erase_documents(job_ids: Collection[int]) -> None:
    """Documents that were made of the jobs, links to them, and work that waits: any of them may name the candidate."""
    for kind in (SharedDocument, ExportRun):
        db.session.execute(delete(kind).where(kind.job_id.in_(job_ids)))


def _gone(text: str) -> str:
    return GONE if text.strip() else text


def _without(text: str, names: Collection[str]) -> str:
    for name in names:
        text = text.replace(name, GONE)
    return text

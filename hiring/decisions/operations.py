"""Deciding about candidates, and writing to them. Nothing here decides or sends by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256

from hiring import audit
from hiring.candidates.naming import name_of
from hiring.candidates.operations import change_status, check_reason
from hiring.candidates.queries import decisions_about
from hiring.decisions.document import (
    NO_HIRE_CODES,
    TEMPLATE_AFTER,
    grounds_for,
    missing_seats,
    sentence_about_blanks,
)
from hiring.decisions.queries import organisation_name, pending_decision
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _, format_date
from hiring.labels import label
from hiring.models import (
    Application,
    ApplicationStatus,
    CandidateMessage,
    Decision,
    Outcome,
    PendingDecision,
    Person,
    now,
)
from question_bank import SOURCE_LANGUAGE, message, reason_codes

STATUS_AFTER = {
    Outcome.HIRE: ApplicationStatus.OFFER,
    Outcome.NO_HIRE: ApplicationStatus.CLOSED_NOT_SELECTED,
    Outcome.HOLD: ApplicationStatus.ON_HOLD,
}
OVER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.CLOSED_POSITION)


def decide(
    application: Application,
    by: Person,
    outcome: Outcome,
    reason: str,
    skill_ids: Collection[str],
    reason_code: str = "",
    restart_date: date | None = None,
    acknowledged_missing: bool = False,
    revision: int | None = None,
) -> Decision:
    """Records a decision beside the earlier ones and moves the application accordingly."""
    _check(application, outcome, reason, skill_ids, reason_code, acknowledged_missing)
    on_hold = outcome is Outcome.HOLD
    change_status(application, STATUS_AFTER[outcome], by, reason, restart_date, revision)
    decision = Decision(
        application_id=application.id,
        outcome=outcome,
        reason=reason.strip(),
        reason_code="" if outcome is Outcome.HIRE else reason_code,
        skill_ids=list(skill_ids),
        restart_date=restart_date if on_hold else None,
        decided_by_id=by.id,
    )
    db.session.add(decision)
    _record("decide", decision, application, by)
    _drop_pending(application)
    return decision


def keep_for_release(
    application: Application,
    by: Person,
    outcome: Outcome,
    reason: str,
    skill_ids: Collection[str],
    reason_code: str = "",
    restart_date: date | None = None,
    acknowledged_missing: bool = False,
    revision: int | None = None,
    words_for_candidate: str = "",
) -> PendingDecision:
    """Keeps a decision until it is released together with others; an earlier one that waits gives way to it."""
    _check(application, outcome, reason, skill_ids, reason_code, acknowledged_missing)
    check_reason(STATUS_AFTER[outcome], reason, restart_date)
    if revision is not None and revision != application.revision:
        raise Stale(
            _("Somebody else has changed this application since you opened it. Nothing was saved yet.")
        )
    _drop_pending(application)
    pending = PendingDecision(
        application_id=application.id,
        outcome=outcome,
        reason=reason.strip(),
        reason_code="" if outcome is Outcome.HIRE else reason_code,
        skill_ids=list(skill_ids),
        restart_date=restart_date if outcome is Outcome.HOLD else None,
        acknowledged_missing=acknowledged_missing,
        words_for_candidate=words_for_candidate,
        decided_by_id=by.id,
    )
    db.session.add(pending)
    _record("keep_decision", pending, application, by)
    return pending


def take_back(pending: PendingDecision, by: Person) -> None:
    """Takes a waiting decision away; the application stays as it is."""
    _record("take_back_decision", pending, pending.application, by)
    db.session.delete(pending)


def release(pending: Sequence[PendingDecision], by: Person) -> list[CandidateMessage]:
    """Makes the waiting decisions together, each in the name of who took it, and drafts a message for each.

    Raises Refused with what speaks against it, candidate by candidate; then none is made.
    """
    if not pending:
        raise Refused(_("Tick at least one decision to release."), field="pending")
    drafts: list[CandidateMessage] = []
    problems: list[str] = []
    with db.session.begin_nested():
        for each in pending:
            name = name_of(each.application)
            try:
                drafts.append(_release(each, by))
            except Refused as refused:
                problems.append(_("%(name)s: %(problem)s", name=name, problem=refused.sentence))
        if problems:
            raise Refused(" ".join(problems), field="pending")
    return drafts


def draft_after(decision: Decision, application: Application, by: Person, words: str) -> CandidateMessage:
    """The message that tells the candidate of a decision, as a draft."""
    restart = format_date(decision.restart_date, "long") if decision.restart_date else ""
    return draft_message(application, TEMPLATE_AFTER[decision.outcome], by, reason=words, date=restart)


def draft_message(
    application: Application, template_id: str, by: Person, language: str = SOURCE_LANGUAGE, **values: str
) -> CandidateMessage:
    """Writes a message from a template in a language of the bank; what is not known stays as a blank in braces."""
    job = application.job
    known = {
        "candidate_name": application.candidate.name,
        "job_title": job.title,
        "company": organisation_name(),
        "contact_name": job.contact_name or by.name,
        "contact_channel": job.contact_channel or by.email,
    }
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    text = message(template_id, language).fill(known | given)
    draft = CandidateMessage(
        application_id=application.id, template_id=template_id, text=text, drafted_by_id=by.id
    )
    db.session.add(draft)
    audit.record("draft_message", draft, by, application.job_id, template=template_id, language=language)
    return draft


def rewrite_message(written: CandidateMessage, text: str, by: Person, opened: str | None = None) -> None:
    """Changes the text of a message that was not sent; ``opened`` is the fingerprint of the text as opened."""
    _refuse_sent(written)
    if opened is not None and opened != fingerprint(written.text):
        raise Stale(_("Somebody else has rewritten this message since you opened it. Nothing was saved yet."))
    if not text.strip():
        raise Refused(_("Write the message."), field="text")
    if text.strip() != written.text:
        written.text = text.strip()
        audit.record("rewrite_message", written, by, written.application.job_id)


def mark_sent(written: CandidateMessage, by: Person) -> None:
    """Notes that a person has sent the message; refused while a blank is left."""
    _refuse_sent(written)
    _refuse_overtaken(written)
    lacking = sentence_about_blanks(written.text)
    if lacking:
        raise Refused(lacking, field="text")
    written.sent_at = now()
    audit.record("mark_message_sent", written, by, written.application.job_id)


def fingerprint(text: str) -> str:
    """A short mark by which two texts can be told apart."""
    return sha256(text.encode()).hexdigest()[:16]


def _release(pending: PendingDecision, by: Person) -> CandidateMessage:
    application = pending.application
    decision = decide(
        application,
        pending.decided_by,
        pending.outcome,
        pending.reason,
        pending.skill_ids,
        pending.reason_code,
        pending.restart_date,
        pending.acknowledged_missing,
    )
    _record("release_decision", decision, application, by)
    return draft_after(decision, application, by, pending.words_for_candidate)


def _drop_pending(application: Application) -> None:
    waiting = pending_decision(application)
    if waiting is not None:
        db.session.delete(waiting)
        db.session.flush()


def _check(
    application: Application,
    outcome: Outcome,
    reason: str,
    skill_ids: Collection[str],
    reason_code: str,
    acknowledged_missing: bool,
) -> None:
    _check_open(application)
    _check_missing(application, acknowledged_missing)
    _check_reasons(outcome, reason, reason_code)
    _check_grounds(application, outcome, skill_ids)


def _check_open(application: Application) -> None:
    if application.status in OVER:
        raise Refused(
            _(
                "%(name)s is no longer in the running. Reopen the application before you decide about it.",
                name=name_of(application),
            )
        )


def _check_missing(application: Application, acknowledged: bool) -> None:
    names = dict.fromkeys(seat.person_name for seat in missing_seats(application))
    if names and not acknowledged:
        raise Refused(
            _(
                "Wait for the scorecards of %(names)s, or confirm that you decide without them.",
                names=", ".join(names),
            ),
            field="acknowledged_missing",
        )


def _check_reasons(outcome: Outcome, reason: str, reason_code: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason in a sentence that names what the panel heard."), field="reason")
    if outcome is Outcome.NO_HIRE and reason_code not in NO_HIRE_CODES:
        raise Refused(_("Choose the kind of reason."), field="reason_code")
    if outcome is Outcome.HOLD and reason_code not in {code.id for code in reason_codes("pausing")}:
        raise Refused(_("Choose what the decision is waiting for."), field="reason_code")


def _check_grounds(application: Application, outcome: Outcome, skill_ids: Collection[str]) -> None:
    known = {ground.id for ground in grounds_for(application)}
    if not set(skill_ids) <= known:
        raise Refused(_("Choose skills that this job is rated on."), field="skill_ids")
    if known and not skill_ids and outcome is not Outcome.HOLD:
        raise Refused(_("Choose at least one skill that the decision rests on."), field="skill_ids")


def _refuse_sent(written: CandidateMessage) -> None:
    if written.sent_at is not None:
        raise Refused(_("This message was sent already. Draft a new one to write again."))


def _refuse_overtaken(written: CandidateMessage) -> None:
    """A draft may have been written before somebody decided otherwise."""
    template, application = written.template_id, written.application
    newest = next(iter(decisions_about(application)), None)
    if newest is None or template not in TEMPLATE_AFTER.values():
        return
    if TEMPLATE_AFTER[newest.outcome] != template and not message(template).suits(application.status):
        raise Refused(
            _(
                "This message does not fit the newest decision (%(outcome)s). Draft a new one.",
                outcome=label(newest.outcome),
            ),
            field="text",
        )


def _record(verb: str, decision: Decision | PendingDecision, application: Application, by: Person) -> None:
    db.session.flush()
    audit.record(
        verb,
        decision,
        by,
        application.job_id,
        application_id=application.id,
        outcome=decision.outcome.value,
        reason_code=decision.reason_code,
        skills=decision.skill_ids,
    )

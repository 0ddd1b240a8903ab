"""What changes the organisation's own part of the bank. Words are never overwritten: each save is a revision."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.authoring.advice import Remark, remarks_on
from hiring.authoring.content import (
    Change,
    Content,
    as_data,
    bundled,
    checked,
    differing,
    fingerprint,
    idents_in,
    new_probe_ident,
    new_skill_ident,
    numbered,
    renamed,
)
from hiring.authoring.editions import bundled_phrases
from hiring.authoring.queries import editions, idents, is_used, latest_edition, was_in_use
from hiring.bank.indexing import reindex_entry
from hiring.bank.queries import forget, whole_bank
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import BankEdition, BankEntry, BankRevision, EntryKind, Person, RevisionStatus, now
from question_bank import Probe, bank_version, languages
from question_bank.source import Place

IN_WORK = (RevisionStatus.DRAFT, RevisionStatus.REVIEWED)


class Blocked(Refused):
    """The linter found an off-limits topic, and nobody has said why the words are kept."""

    def __init__(self, remarks: list[Remark]) -> None:
        self.remarks = remarks
        sentence = _("Some words touch what must not be asked. Change them, or say here why they stay.")
        super().__init__(sentence, field="override_reason")


def add_skill(
    content: Content, by: Person, reason: str, language: str = "en", override_reason: str = ""
) -> BankEntry:
    """A skill of the organisation's own; it is given its id, and starts as a draft."""
    ident = new_skill_ident(str(content.get("name", "")), idents())
    entry = BankEntry(kind=EntryKind.SKILL, ident=ident, skill_id=ident, language=language)
    return _add(entry, content, by, reason, override_reason)


def add_probe(
    skill_id: str, content: Content, by: Person, reason: str, language: str = "en", override_reason: str = ""
) -> BankEntry:
    """A probe of the organisation's own for a skill; it is given its id, and starts as a draft."""
    taken = idents()
    if skill_id not in taken:
        _refuse_unknown_skill(skill_id)
    ident = new_probe_ident(skill_id, taken)
    entry = BankEntry(kind=EntryKind.PROBE, ident=ident, skill_id=skill_id, language=language)
    return _add(entry, content, by, reason, override_reason)


def copy_of(ident: str, by: Person, reason: str, language: str = "en") -> BankEntry:
    """An own copy of a bundled skill or probe, to be adapted; the original stays as it is.

    Raises NotInBank if there is no such skill or probe.
    """
    source = bundled(ident, language)
    content = as_data(source)
    if isinstance(source, Probe):
        entry = add_probe(source.skill_id, content, by, reason, language)
    else:
        entry = add_skill(content, by, reason, language)
    entry.copied_from, entry.copied_revision = ident, fingerprint(content)
    return entry


def revise(
    entry: BankEntry,
    content: Content,
    by: Person,
    reason: str,
    revision: int | None = None,
    override_reason: str = "",
) -> BankRevision:
    """Writes the entry's words anew as a draft; what is in use stays in use until the draft is activated."""
    _hold(entry, revision)
    return _write(entry, content, by, reason, override_reason)


def review(entry: BankEntry, by: Person, revision: int | None = None) -> None:
    """Says that the latest draft has been read and is fit to be used; nobody reviews their own words."""
    _hold(entry, revision)
    draft = _latest(entry, RevisionStatus.DRAFT)
    if draft.author_id == by.id:
        raise Refused(_("You wrote this draft. Ask a colleague to review it."))
    draft.status, draft.reviewed_by, draft.reviewed_at = RevisionStatus.REVIEWED, by, now()
    _changed(entry, by, "review_bank_entry", draft.number)


def activate(entry: BankEntry, by: Person, revision: int | None = None) -> None:
    """Puts the reviewed words into use; those used so far are retired."""
    _hold(entry, revision)
    reviewed = _latest(entry, RevisionStatus.REVIEWED)
    if entry.active is not None:
        entry.active.status = RevisionStatus.RETIRED
        db.session.flush()  # There is never more than one active revision, not even for a moment.
    reviewed.status, reviewed.activated_at = RevisionStatus.ACTIVE, now()
    _changed(entry, by, "activate_bank_entry", reviewed.number)


def retire(entry: BankEntry, by: Person, reason: str, revision: int | None = None) -> None:
    """Takes the entry out of use; guides that were published with it keep its words."""
    _hold(entry, revision)
    if not reason.strip():
        raise Refused(_("Say why it is retired."), field="reason")
    if entry.latest.status is RevisionStatus.RETIRED:
        raise Refused(_("This is retired already."))
    for each in entry.revisions:
        each.status = RevisionStatus.RETIRED
    _changed(entry, by, "retire_bank_entry", entry.latest.number, reason=reason.strip())


def delete_entry(entry: BankEntry, by: Person, revision: int | None = None) -> None:
    """Deletes an entry that was never in use; what was used anywhere can only be retired."""
    _hold(entry, revision)
    if was_in_use(entry) or is_used(entry):
        raise Refused(_("This has been in use, so it can be retired but not deleted."))
    audit.record("delete_bank_entry", entry, by, ident=entry.ident)
    db.session.delete(entry)
    db.session.flush()
    forget()


def record_edition() -> tuple[Change, ...] | None:
    """Notes which edition of the bundled bank is run, and says what changed since the one before.

    None if this edition has been noted already; nothing changed if it is the first.
    """
    if any(each.version == bank_version() for each in editions()):
        return None
    before, now_said = latest_edition(), bundled_phrases()
    db.session.add(BankEdition(version=bank_version(), phrases=now_said))
    return tuple(differing(before.phrases, now_said)) if before else ()


def _add(entry: BankEntry, content: Content, by: Person, reason: str, override_reason: str) -> BankEntry:
    if entry.language not in languages():
        raise Refused(_("Choose a language from the list."), field="language")
    db.session.add(entry)
    _write(entry, renamed(content, str(content.get("id", "")), entry.ident), by, reason, override_reason)
    return entry


def _write(entry: BankEntry, content: Content, by: Person, reason: str, override_reason: str) -> BankRevision:
    if not reason.strip():
        raise Refused(_("Say in a few words what you changed and why."), field="reason")
    used = {ident for each in entry.revisions for ident in idents_in(each.content)}
    found = checked(entry.kind, numbered(entry.kind, content, entry.ident, used))
    blocking = _off_limits(entry, as_data(found), override_reason)
    for each in entry.revisions:
        if each.status in IN_WORK:
            each.status = RevisionStatus.RETIRED
    draft = BankRevision(
        number=len(entry.revisions) + 1,
        status=RevisionStatus.DRAFT,
        content=as_data(found),
        reason=reason.strip(),
        override_reason=override_reason.strip(),
        author=by,
    )
    entry.revisions.append(draft)
    extra = {"override": draft.override_reason, "kept": blocking} if draft.override_reason else {}
    _changed(entry, by, "revise_bank_entry", draft.number, reason=draft.reason, **extra)
    return draft


def _off_limits(entry: BankEntry, content: Content, override_reason: str) -> list[str]:
    """The whole questions that touch what must not be asked, once each.

    Raises Blocked if there are any and nobody says why they stay.
    """
    blocking = [each for each in remarks_on(entry.kind, content, entry.language) if each.blocks]
    if blocking and not override_reason.strip():
        raise Blocked(blocking)
    return list(dict.fromkeys(_at(content, each.place) for each in blocking))


def _at(content: Content, place: Place) -> str:
    """The words that stand at a place."""
    found: Any = content
    for step in place:
        found = found[step]
    return str(found)


def _refuse_unknown_skill(skill_id: str) -> None:
    if skill_id not in {each.id for each in whole_bank().skills}:
        raise Refused(_("Choose a skill from the list."), field="skill")


def _changed(entry: BankEntry, by: Person, action: str, number: int, **details: Any) -> None:
    flag_modified(entry, "language")  # Revisions are rows of their own; the entry counts their changes.
    db.session.flush()
    audit.record(action, entry, by, ident=entry.ident, number=number, **details)
    reindex_entry(entry)
    forget()


def _hold(entry: BankEntry, revision: int | None) -> None:
    """Keeps others from changing the entry until this transaction ends; refuses if somebody already has."""
    db.session.refresh(entry, ["revision"], with_for_update=True)
    if revision is not None and revision != entry.revision:
        raise Stale(
            _("Somebody changed this since you opened the page. Your words stand below; compare them.")
        )


def _latest(entry: BankEntry, status: RevisionStatus) -> BankRevision:
    if entry.latest.status is not status:
        sentence = {
            RevisionStatus.DRAFT: _("There is no draft to review."),
            RevisionStatus.REVIEWED: _("Have the draft reviewed by a colleague first."),
        }[status]
        raise Refused(sentence)
    return entry.latest

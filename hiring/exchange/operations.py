"""Taking the bank out, and taking in what others wrote: all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hiring.authoring.advice import remarks_on
from hiring.authoring.content import checked, numbered, renamed
from hiring.authoring.operations import add_probe, add_skill, revise
from hiring.authoring.queries import entries
from hiring.bank.queries import active_revisions, skills, whole_bank
from hiring.errors import Refused
from hiring.exchange.formats import read_file
from hiring.exchange.parcel import Content, Flaw, Item, Parcel
from hiring.i18n import _
from hiring.models import BankEntry, BankRevision, EntryKind, Person
from question_bank import Probe, Skill, languages


@dataclass(frozen=True)
class Plan:
    """What an import would do, or did.

    ``flaws`` keep the file out. ``off_limits`` does so as well, until somebody says why these words stay.
    """

    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    unchanged: int
    flaws: tuple[Flaw, ...]
    off_limits: tuple[Flaw, ...]


def items_of(language: str, skill_ids: Collection[str] = (), own_only: bool = False) -> list[Item]:
    """The bank in one language as it travels: every skill, or the chosen ones; all of it, or only what is one's own."""
    if own_only:
        own = [_own_item(each) for each in active_revisions() if each.entry.language == language]
        return [each for each in own if not skill_ids or each.skill_id in skill_ids]
    chosen = [each for each in skills(language) if not skill_ids or each.id in skill_ids]
    return [Item(EntryKind.SKILL, each.id, each.id, language, _as_data(each)) for each in chosen]


def plan_import(name: str, content: bytes) -> Plan:
    """What a file would change, with every flaw of it in one pass; nothing is written."""
    parcel = read_file(name, content)
    known = {entry.ident: entry for entry in entries()}
    new, changed, unchanged = list[Item](), list[Item](), 0
    for item in parcel.items:
        state = _state(item, known, parcel)
        new += [item] if state == "new" else []
        changed += [item] if state == "changed" else []
        unchanged += state == "unchanged"
    off_limits = tuple(flaw for item in (*new, *changed) for flaw in _off_limits(item))
    return Plan(tuple(new), tuple(changed), unchanged, tuple(sorted(parcel.flaws)), off_limits)


def carry_out(plan: Plan, by: Person, reason: str, override_reason: str = "") -> None:
    """Adds what is new and revises what changed, all of it as drafts.

    Raises Refused if the file has a flaw, or touches what must not be asked and ``override_reason`` does not
    say why; then nothing is written. The reason is kept with those entries that needed it.
    """
    if plan.flaws:
        raise Refused("\n".join(map(str, plan.flaws)))
    if plan.off_limits and not override_reason.strip():
        raise Refused(
            _("Some words touch what must not be asked. Change them, or say here why they stay."),
            field="override_reason",
        )
    known = {entry.ident: entry for entry in entries()}
    for item in plan.new:
        why = override_reason if _off_limits(item) else ""
        if item.kind is EntryKind.SKILL:
            add_skill(item.content, by, reason, item.language, why)
        else:
            add_probe(item.skill_id, item.content, by, reason, item.language, why)
    for item in plan.changed:
        why = override_reason if _off_limits(item) else ""
        revise(known[item.id], item.content, by, reason, override_reason=why)


def _state(item: Item, known: dict[str, BankEntry], parcel: Parcel) -> str:
    bundled = _bundled(item)
    if bundled is not None:
        if bundled == _comparable(item.content):
            return "unchanged"
        parcel.refuse(
            item.line, "This id is the bundled bank's. Give yours a new one, such as new-1.", item.id
        )
        return "refused"
    entry = known.get(item.id)
    if not _is_fit(item, parcel):
        return "refused"
    if entry is None:
        return "new"
    same = _comparable(entry.latest.content) == _comparable(numbered(entry.kind, item.content, entry.ident))
    return "unchanged" if same else "changed"


def _is_fit(item: Item, parcel: Parcel) -> bool:
    before = len(parcel.flaws)
    if item.language not in languages():
        parcel.refuse(item.line, f"Choose one of {', '.join(languages())} as the language.", item.id)
    elif item.kind is EntryKind.PROBE and item.skill_id not in {each.id for each in skills()}:
        parcel.refuse(item.line, f"There is no skill {item.skill_id or '(empty)'} in the bank.", item.id)
    else:
        _check(item, parcel)
    return len(parcel.flaws) == before


def _check(item: Item, parcel: Parcel) -> None:
    ident = "own-imported" if item.kind is EntryKind.SKILL else f"{item.skill_id}-o1"
    try:
        checked(item.kind, numbered(item.kind, renamed(item.content, item.id, ident), ident))
    except Refused as refused:
        parcel.refuse(item.line, refused.sentence.replace(ident, item.id or "new"), item.id)


def _off_limits(item: Item) -> list[Flaw]:
    """What of the item must not be asked."""
    remarks = remarks_on(item.kind, item.content, item.language)
    return [Flaw(item.line, item.id, f"{each.words}: {each.advice}") for each in remarks if each.blocks]


def _bundled(item: Item) -> Content | None:
    """What the bank itself has under the id: a skill or a probe that is not one's own."""
    words = whole_bank(item.language)
    found = next((each for each in words.skills if each.id == item.id), None) or words.probes.get(item.id)
    if found is None or item.id in {entry.ident for entry in entries()}:
        return None
    return _comparable(_as_data(found))


def _comparable(content: Content) -> Content:
    """Only what travels in rows too, so that the same words are the same in every kind of file."""
    kept = {"id", "name", "title", "meaning", "why_it_matters", "boundary", "listen_for", "note"}
    lists = ("probes", "questions", "follow_ups", "positive_indicators", "negative_indicators", "anchors")
    parts = kept | {"kind", "text", "star", "level", "red_flag", "red_flag_if"}
    own = {name: value for name, value in content.items() if name in parts and value not in ("", None, False)}
    own.pop("kind", None) if "name" in content else None
    return own | {name: [_comparable(each) for each in content[name]] for name in lists if content.get(name)}


def _own_item(words: BankRevision) -> Item:
    entry = words.entry
    return Item(entry.kind, entry.ident, entry.skill_id, entry.language, words.content)


def _as_data(found: Skill | Probe) -> Content:
    return found.model_dump(mode="json", exclude_defaults=True)

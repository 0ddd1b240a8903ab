"""Taking the bank out, and taking in what others wrote: all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from hiring.authoring.advice import Remark, remarks_on
from hiring.authoring.content import Faulty, checked, numbered, renamed
from hiring.authoring.operations import add_probe, add_skill, revise
from hiring.authoring.queries import entries
from hiring.bank.duplicates import near_duplicates
from hiring.bank.queries import active_revisions, skills
from hiring.errors import Refused
from hiring.exchange.formats import read_file
from hiring.exchange.parcel import Content, Flaw, Item, Parcel
from hiring.i18n import _, language_name
from hiring.models import BankEntry, BankRevision, EntryKind, Person
from question_bank import Probe, Skill, bank, languages
from question_bank.source import Place

MOST_COMPARED = 100  # Looking for what is alike takes some hundredths of a second for each question.


@dataclass(frozen=True)
class Plan:
    """What an import would do, or did.

    ``flaws`` keep the file out. ``off_limits`` does so as well, until somebody says why these words stay.
    ``advice`` keeps nothing out: what the linter would think over, and what the bank asks already.
    """

    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    unchanged: int
    flaws: tuple[Flaw, ...]
    off_limits: tuple[Flaw, ...]
    advice: tuple[Flaw, ...]


def items_of(language: str, skill_ids: Collection[str] = (), own_only: bool = False) -> list[Item]:
    """The bank in one language as it travels: every skill, or the chosen ones; all of it, or only what is one's own.

    What is one's own is an entry of its own, so that it is known again where it comes from, and new elsewhere.
    """
    own = [_own_item(each) for each in active_revisions() if each.entry.language == language]
    bundled = [] if own_only else bank(language).skills
    items = [Item(EntryKind.SKILL, each.id, each.id, language, _as_data(each)) for each in bundled]
    return [each for each in (*items, *own) if not skill_ids or each.skill_id in skill_ids]


def plan_import(name: str, content: bytes) -> Plan:
    """What a file would change, with every flaw of it in one pass; nothing is written."""
    parcel = read_file(name, content)
    known = {entry.ident: entry for entry in entries()}
    new, changed, unchanged = list[Item](), list[Item](), 0
    if not (parcel.items or parcel.flaws):
        parcel.refuse(0, "There are no entries in this file.")
    for item in _put_together(_once_each(parcel), known):
        state = _state(item, known, parcel)
        new += [item] if state == "new" else []
        changed += [item] if state == "changed" else []
        unchanged += state == "unchanged"
    remarks = [(item, each) for item in (*new, *changed) for each in _remarks(item)]
    off_limits = tuple(_told(item, each) for item, each in remarks if each.blocks)
    advice = [_told(item, each) for item, each in remarks if not each.blocks]
    alike = _alike((*new, *changed))
    return Plan(
        tuple(new),
        tuple(changed),
        unchanged,
        tuple(sorted(parcel.flaws)),
        off_limits,
        tuple(sorted([*advice, *alike])),
    )


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
        why = override_reason if _is_off_limits(item) else ""
        if item.kind is EntryKind.SKILL:
            add_skill(item.content, by, reason, item.language, why)
        else:
            add_probe(item.skill_id, item.content, by, reason, item.language, why)
    for item in plan.changed:
        why = override_reason if _is_off_limits(item) else ""
        revise(known[item.id], item.content, by, reason, override_reason=why)


def _once_each(parcel: Parcel) -> list[Item]:
    """The items whose id does not stand in an earlier line; the others are refused."""
    first = dict[str, int]()
    found = list[Item]()
    for item in parcel.items:
        if item.id and item.id in first:
            parcel.refuse(item.line, f"This id stands in line {first[item.id]} already.", item.id)
        else:
            first[item.id] = item.line
            found.append(item)
    return found


def _put_together(items: list[Item], known: dict[str, BankEntry]) -> Iterator[Item]:
    """The items, with the probes for a skill that is new in the same file within it."""
    new = {each.id for each in items if each.kind is EntryKind.SKILL and each.id and each.id not in known}
    new -= {each.id for each in bank().skills}
    below = dict[str, list[Item]]()
    for each in items:
        if each.kind is EntryKind.PROBE and each.skill_id in new and each.id not in known:
            below.setdefault(each.skill_id, []).append(each)
    inside = {id(each) for probes in below.values() for each in probes}
    for each in items:
        if each.kind is EntryKind.SKILL and each.id in below:
            yield reduce(_with_probe, below[each.id], each)
        elif id(each) not in inside:
            yield each


def _with_probe(skill: Item, probe: Item) -> Item:
    """The skill with one more probe, which is given a number there."""
    probes = skill.content.get("probes", [])
    questions = [
        {name: value for name, value in each.items() if name != "id"}
        for each in probe.content.get("questions", [])
    ]
    without = {name: value for name, value in probe.content.items() if name != "id"}
    place: Place = ("probes", len(probes))
    lines = {(*place, *spot): line for spot, line in probe.lines.items()}
    content = skill.content | {"probes": [*probes, without | {"questions": questions}]}
    return replace(skill, content=content, lines={**skill.lines, place: probe.line, **lines})


def _state(item: Item, known: dict[str, BankEntry], parcel: Parcel) -> str:
    if not _is_spoken(item, parcel):
        return "refused"
    bundled = _bundled(item)
    if bundled is not None:
        if bundled == _comparable(item.content):
            return "unchanged"
        parcel.refuse(
            item.line, "This id is the bundled bank's. Give yours a new one, such as new-1.", item.id
        )
        return "refused"
    entry = known.get(item.id)
    if not (_belongs(item, entry, parcel) and _is_fit(item, parcel)):
        return "refused"
    if entry is None:
        return "new"
    brought = _comparable(numbered(entry.kind, item.content, entry.ident))
    # What is in use already needs no draft, and must not push aside one that a colleague is writing.
    stored = [_comparable(each.content) for each in (entry.latest, entry.active) if each]
    return "unchanged" if brought in stored else "changed"


def _belongs(item: Item, entry: BankEntry | None, parcel: Parcel) -> bool:
    """Whether the id stands for the same sort of thing here: an entry is never moved or translated in place."""
    if entry is None or (entry.kind, entry.skill_id, entry.language) == (
        item.kind,
        item.skill_id,
        item.language,
    ):
        return True
    parcel.refuse(
        item.line,
        f"Here this id is a {entry.kind.value} for {entry.skill_id} in {language_name(entry.language)}."
        " Give yours a new one, such as new-1.",
        item.id,
    )
    return False


def _is_spoken(item: Item, parcel: Parcel) -> bool:
    if item.language in languages():
        return True
    parcel.refuse(item.line, f"Choose one of {', '.join(languages())} as the language.", item.id)
    return False


def _is_fit(item: Item, parcel: Parcel) -> bool:
    before = len(parcel.flaws)
    if item.kind is EntryKind.PROBE and item.skill_id not in {each.id for each in skills()}:
        parcel.refuse(item.line, f"There is no skill {item.skill_id or '(empty)'} in the bank.", item.id)
    else:
        _check(item, parcel)
    return len(parcel.flaws) == before


def _check(item: Item, parcel: Parcel) -> None:
    ident = "own-imported" if item.kind is EntryKind.SKILL else f"{item.skill_id}-o1"
    try:
        checked(item.kind, numbered(item.kind, renamed(item.content, item.id, ident), ident))
    except Faulty as refused:
        for each in refused.faults:
            sentence = each.in_full.replace(ident, item.id or "new")
            parcel.refuse(item.line_at(each.place), sentence, item.id)


def _remarks(item: Item) -> list[Remark]:
    return remarks_on(item.kind, item.content, item.language)


def _told(item: Item, remark: Remark) -> Flaw:
    words = f"{remark.words}: " if remark.words else ""
    return Flaw(item.line_at(remark.place), item.id, f"{words}{remark.advice}")


def _is_off_limits(item: Item) -> bool:
    return any(each.blocks for each in _remarks(item))


def _alike(items: Sequence[Item]) -> Iterator[Flaw]:
    """The first questions that ask nearly what the bank asks already."""
    asked = [(item, *each) for item in items for each in _questions(item)]
    for item, place, text in asked[:MOST_COMPARED]:
        below = f"{item.id}-"
        for hit, _likeness in near_duplicates(text, item.language, 1):
            if not hit.ident.startswith(below):
                sentence = f"{text}: The bank asks nearly the same already, as {hit.ident}: “{hit.text}”"
                yield Flaw(item.line_at(place), item.id, sentence)


def _questions(item: Item) -> Iterator[tuple[Place, str]]:
    is_skill = item.kind is EntryKind.SKILL
    for number, probe in enumerate(item.content["probes"] if is_skill else [item.content]):
        above: Place = ("probes", number) if is_skill else ()
        for index, each in enumerate(probe["questions"]):
            yield (*above, "questions", index), each["text"]


def _bundled(item: Item) -> Content | None:
    """What the bundled bank has under the id."""
    words = bank(item.language)
    found = next((each for each in words.skills if each.id == item.id), None) or words.probes.get(item.id)
    return _comparable(_as_data(found)) if found else None


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

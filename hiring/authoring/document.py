"""The organisation's own entries as they are listed, read and compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from hiring.authoring.content import (
    PROBE_ORDER,
    QUESTION_ORDER,
    Change,
    Content,
    as_data,
    bundled,
    changes_between,
    differing,
    fingerprint,
    places_in,
    renamed,
)
from hiring.authoring.queries import (
    cited_idents,
    editions,
    entries,
    jobs_planning,
    own_skill_names,
    published_uses,
    was_in_use,
    with_history,
)
from hiring.bank.duplicates import near_duplicates
from hiring.bank.queries import whole_bank
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.labels import label
from hiring.models import BankEntry, BankRevision, EntryKind, GuideVersion, Job, Person, RevisionStatus
from hiring.workshops.queries import Validation, validations
from question_bank import NotInBank, Probe, QuestionKind, Skill
from question_bank.source import Place

LEAST_STAYED = 0.4  # With less in common, words that went and came by turns say nothing.
# Chinese is written without spaces: each of its characters is compared by itself.
TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
SIGN = re.compile(r"-(pos|neg)-(\d+)")
PART = re.compile(r"(?:-[xo]?(?P<probe>\d+))?(?:-q(?P<question>\d+))?")
MOST_ALIKE = 3
NOT_YET_USED = (RevisionStatus.DRAFT, RevisionStatus.REVIEWED)

STAR_WORDS = {"S": _l("Situation"), "T": _l("Task"), "A": _l("Action"), "R": _l("Result")}
FIELD_NAMES = {
    "name": _l("Name"),
    "short_name": _l("Short name"),
    "meaning": _l("Meaning"),
    "boundary": _l("Where it ends"),
    "why_it_matters": _l("Why it matters"),
    "caveats": _l("What to mind"),
    "title": _l("Title"),
    "listen_for": _l("What to listen for"),
    "note": _l("Note"),
    "kind": _l("Kind of question"),
    "star": _l("What it asks for"),
    "text": _l("Words"),
    "red_flag": _l("Red flag"),
    "red_flag_if": _l("Red flag if"),
    "caveat": _l("What to mind"),
    "questions": _l("Questions"),
    "follow_ups": _l("Follow-ups"),
    "probes": _l("Probes"),
    "positive_indicators": _l("Signs that speak for"),
    "negative_indicators": _l("Signs that speak against"),
    "anchors": _l("The five levels"),
    PROBE_ORDER: _l("Order of the probes"),
    QUESTION_ORDER: _l("Order of the questions"),
}


@dataclass(frozen=True)
class EntryRow:
    """One entry among the others."""

    id: int
    ident: str
    title: str
    kind: EntryKind
    skill_id: str
    skill_name: str
    language: str
    status: RevisionStatus
    in_use: bool
    author: str
    changed_at: datetime


@dataclass(frozen=True)
class EntryList:
    """All entries, or those whose newest words have one status."""

    rows: tuple[EntryRow, ...]
    counts: Mapping[RevisionStatus, int]
    all: int


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Difference:
    """One phrase before and after, word by word."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class RevisionRow:
    """One revision in the history."""

    number: int
    status: RevisionStatus
    was_in_use: bool
    author: str
    created_at: datetime
    reviewer: str
    reviewed_at: datetime | None
    activated_at: datetime | None
    reason: str
    override_reason: str


@dataclass(frozen=True)
class Original:
    """The bundled words that an entry was copied from, and what has changed in them since."""

    ident: str
    skill_id: str
    is_gone: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Uses:
    """Where an entry is used; of jobs that the reader may not see only the number."""

    versions: tuple[GuideVersion, ...]
    jobs: tuple[Job, ...]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.versions or self.jobs or self.hidden)


@dataclass(frozen=True)
class EntrySheet:
    """Everything about one entry, as far as the reader may see it."""

    id: int
    ident: str
    kind: EntryKind
    language: str
    revision: int
    title: str
    title_in_use: str
    skill_id: str
    skill_name: str
    skill_is_in_bank: bool
    status: RevisionStatus
    active: Skill | Probe | None
    in_work: Skill | Probe | None
    since_active: tuple[Difference, ...]
    history: tuple[RevisionRow, ...]
    original: Original | None
    uses: Uses
    is_own_draft: bool
    was_in_use: bool
    validations: tuple[Validation, ...]

    @property
    def can_be_deleted(self) -> bool:
        """Whether nobody can ever have used it."""
        return not (self.was_in_use or self.uses)


@dataclass(frozen=True)
class Alike:
    """A question of the bank that asks nearly the same."""

    ident: str
    text: str
    skill_id: str | None
    place: str
    entry_id: int | None


@dataclass(frozen=True)
class EditionRow:
    """One edition of the bundled bank, with what it changed."""

    version: str
    seen_at: datetime
    is_first: bool
    added: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    gone: tuple[Difference, ...]


def entry_list(status: RevisionStatus | None = None) -> EntryList:
    """The organisation's own entries, the newest first, all or those of one status."""
    found = entries()
    names = _skill_names(found)
    rows = [_row(each, names) for each in found]
    return EntryList(
        rows=tuple(each for each in rows if each.status is (status or each.status)),
        counts=Counter(each.status for each in rows),
        all=len(rows),
    )


def entry_sheet(entry: BankEntry, reader: Person, visible_job_ids: set[int] | None) -> EntrySheet:
    """One entry with everything there is about it."""
    entry = with_history(entry)
    latest, active = entry.latest, entry.active
    in_work = latest if latest.status in NOT_YET_USED else None
    bank_names = {each.id: each.name for each in whole_bank(entry.language).skills}
    return EntrySheet(
        id=entry.id,
        ident=entry.ident,
        kind=entry.kind,
        language=entry.language,
        revision=entry.revision,
        title=title_of(entry.kind, latest.content),
        title_in_use=title_of(entry.kind, active.content) if active else "",
        skill_id=entry.skill_id,
        skill_name=bank_names.get(entry.skill_id) or own_skill_names().get(entry.skill_id, entry.skill_id),
        skill_is_in_bank=entry.skill_id in bank_names,
        status=latest.status,
        active=_read(active),
        in_work=_read(in_work),
        since_active=differences(active, in_work) if active and in_work else (),
        history=tuple(_revision(each) for each in reversed(entry.revisions)),
        original=_original(entry),
        uses=_uses(entry, visible_job_ids),
        is_own_draft=latest.author_id == reader.id,
        was_in_use=was_in_use(entry),
        validations=_validations(entry),
    )


def differences(
    before: BankRevision, after: BankRevision, about: Collection[str] | None = None
) -> tuple[Difference, ...]:
    """What differs between two revisions of one entry, in words; ``about`` names the only ids to look at."""
    found = changes_between(before.content, after.content)
    places = places_in(before.content) | places_in(after.content)
    return tuple(
        _difference(each, after.entry.ident, places)
        for each in found
        if about is None or each.address.partition(".")[0] in about
    )


def edition_list() -> tuple[EditionRow, ...]:
    """The editions of the bundled bank that were run here, the newest first."""
    found = editions()
    return tuple(
        _edition(each.version, each.seen_at, each.phrases, earlier.phrases if earlier else None)
        for each, earlier in zip_longest(found, found[1:])
    )


def alike_elsewhere(kind: EntryKind, content: Content, language: str) -> tuple[Alike, ...]:
    """What the bank asks already in nearly the same words as the questions of the content."""
    probes = content.get("probes", []) if kind is EntryKind.SKILL else [content]
    asked = [each for probe in probes for each in probe.get("questions", []) if each.get("text")]
    own = {each.get("id") for each in asked}
    found = {
        hit.ident: Alike(hit.ident, hit.text, hit.skill_id, hit.place, hit.entry_id)
        for each in asked
        for hit, _likeness in near_duplicates(each["text"], language, MOST_ALIKE)
    }
    return tuple(each for ident, each in found.items() if ident not in own)


def title_of(kind: EntryKind, content: Content) -> str:
    """What an entry is called: a skill's name, a probe's main question."""
    if kind is EntryKind.SKILL:
        return str(content["name"])
    return str(content["questions"][0]["text"])


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: the words that stayed, went and came; one after the other where little stayed."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    stayed = "".join(
        token for tag, start, end, *_other in found if tag == "equal" for token in old[start:end]
    )
    if len("".join(stayed.split())) < LEAST_STAYED * min(len(before), len(after)):
        return tuple(_pieces("replace", before, after))
    return tuple(
        piece
        for tag, start, end, other_start, other_end in found
        for piece in _pieces(tag, "".join(old[start:end]), "".join(new[other_start:other_end]))
    )


def _pieces(tag: str, old: str, new: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece("same", old)
        return
    if old:
        yield Piece("gone", old)
    if new:
        yield Piece("new", new)


def place_name(place: Place) -> str:
    """A place in the content in words: “Probe 2, follow-up 1”."""
    named = list[str]()
    steps = [int(step) if str(step).isdigit() else str(step) for step in place]
    for owner, step in zip([None, *steps], steps, strict=False):
        if isinstance(step, int):
            named.append(_part_name(str(owner), step))
    last = steps[-1] if steps else ""
    if isinstance(last, str) and (last != "text" or not named):
        named.append(str(FIELD_NAMES.get(last, last)))
    return ", ".join(filter(None, named))


def _part_name(owner: str, step: int) -> str:
    if owner == "anchors":
        return _("Level %(n)s", n=step)
    if owner == "questions":
        return _("Parallel form %(n)s", n=step) if step else _("Main question")
    words = {
        "probes": _("Probe %(n)s", n=step + 1),
        "follow_ups": _("Follow-up %(n)s", n=step + 1),
        "positive_indicators": _("Sign for %(n)s", n=step + 1),
        "negative_indicators": _("Sign against %(n)s", n=step + 1),
    }
    return words.get(owner, f"{owner} {step + 1}")


def address_name(address: str, ident: str, places: Mapping[str, int] | None = None) -> str:
    """An address in words: ``own-calm-2.follow_ups.1`` of the skill ``own-calm`` is “Probe 2, follow-up 1”.

    ``places`` tells where probes and questions stand that were moved; without it their ids do.
    """
    owner, _dot, below = address.partition(".")
    parts = [*_owner_names(owner, ident, places or {}), *_step_names(below.split("."))]
    return ", ".join(parts)


def _owner_names(owner: str, ident: str, places: Mapping[str, int]) -> Iterator[str]:
    inside = owner.removeprefix(ident)
    if sign := SIGN.fullmatch(inside):
        yield _("Sign for %(n)s", n=sign[2]) if sign[1] == "pos" else _("Sign against %(n)s", n=sign[2])
    elif part := PART.fullmatch(inside):
        if part["probe"]:
            probe_id = ident + inside[: part.end("probe")]
            yield _part_name("probes", places.get(probe_id, int(part["probe"]) - 1))
        if part["question"]:
            yield _part_name("questions", places.get(owner, int(part["question"]) - 1))


def _step_names(steps: list[str]) -> Iterator[str]:
    if steps[0] == "follow_ups":
        yield _("Follow-up %(n)s", n=steps[1])
        steps = steps[2:]
    elif steps[0] == "anchors":
        yield _("Level %(n)s", n=steps[1])
        steps = steps[2:]
    for step in steps:
        if step != "text":
            yield str(FIELD_NAMES.get(step, step))


def _difference(change: Change, ident: str, places: Mapping[str, int]) -> Difference:
    before, after = (_shown(change.address, each) for each in (change.before, change.after))
    return Difference(address_name(change.address, ident, places), pieces(before, after))


def _shown(address: str, words: str | None) -> str:
    if words is None:
        return ""
    if address.endswith(".star"):
        return str(STAR_WORDS[words])
    if address.endswith(".kind"):
        return label(QuestionKind(words))
    return _("Yes") if address.endswith(".red_flag") else words


def _read(revision: BankRevision | None) -> Skill | Probe | None:
    if revision is None:
        return None
    shape = Skill if revision.entry.kind is EntryKind.SKILL else Probe
    return shape.model_validate(revision.content)


def _skill_names(found: Collection[BankEntry]) -> dict[str, str]:
    own = {
        each.ident: title_of(each.kind, each.latest.content) for each in found if each.ident == each.skill_id
    }
    return own | {each.id: each.name for each in whole_bank().skills}


def _row(entry: BankEntry, names: Mapping[str, str]) -> EntryRow:
    latest = entry.latest
    return EntryRow(
        id=entry.id,
        ident=entry.ident,
        title=title_of(entry.kind, latest.content),
        kind=entry.kind,
        skill_id=entry.skill_id,
        skill_name=names.get(entry.skill_id, entry.skill_id),
        language=entry.language,
        status=latest.status,
        in_use=entry.active is not None,
        author=latest.author.name,
        changed_at=latest.created_at,
    )


def _revision(each: BankRevision) -> RevisionRow:
    return RevisionRow(
        number=each.number,
        status=each.status,
        was_in_use=each.activated_at is not None,
        author=each.author.name,
        created_at=each.created_at,
        reviewer=each.reviewed_by.name if each.reviewed_by else "",
        reviewed_at=each.reviewed_at,
        activated_at=each.activated_at,
        reason=each.reason,
        override_reason=each.override_reason,
    )


def _original(entry: BankEntry) -> Original | None:
    if entry.copied_from is None:
        return None
    try:
        source = bundled(entry.copied_from, entry.language)
    except NotInBank:
        return Original(entry.copied_from, "", True, ())
    content = as_data(source)
    skill_id = source.skill_id if isinstance(source, Probe) else source.id
    if fingerprint(content) == entry.copied_revision:
        return Original(entry.copied_from, skill_id, False, ())
    then, now = entry.revisions[0].content, renamed(content, entry.copied_from, entry.ident)
    found = changes_between(then, now)
    return Original(
        entry.copied_from,
        skill_id,
        False,
        tuple(_difference(each, entry.ident, places_in(then) | places_in(now)) for each in found),
    )


def _validations(entry: BankEntry) -> tuple[Validation, ...]:
    """What workshops have found out about the newest words."""
    levels = {each["level"]: each["text"] for each in entry.latest.content.get("anchors", ())}
    return validations(entry.ident, levels) if levels else ()


def _uses(entry: BankEntry, visible_job_ids: set[int] | None) -> Uses:
    questions, skills = cited_idents(entry)
    versions, jobs = published_uses(questions, skills), jobs_planning(questions, skills)

    def is_seen(job_id: int) -> bool:
        return visible_job_ids is None or job_id in visible_job_ids

    hidden = {each.guide.job_id for each in versions} | {each.id for each in jobs}
    return Uses(
        versions=tuple(each for each in versions if is_seen(each.guide.job_id)),
        jobs=tuple(each for each in jobs if is_seen(each.id)),
        hidden=sum(not is_seen(each) for each in hidden),
    )


def _edition(
    version: str, seen_at: datetime, phrases: Mapping[str, str], earlier: Mapping[str, str] | None
) -> EditionRow:
    changes = list(differing(earlier, phrases)) if earlier is not None else []

    def told(wanted: Any) -> tuple[Difference, ...]:
        return tuple(
            Difference(each.address, pieces(each.before or "", each.after or ""))
            for each in changes
            if wanted(each)
        )

    return EditionRow(
        version=version,
        seen_at=seen_at,
        is_first=earlier is None,
        added=told(lambda each: each.before is None),
        changed=told(lambda each: each.before is not None and each.after is not None),
        gone=told(lambda each: each.after is None),
    )

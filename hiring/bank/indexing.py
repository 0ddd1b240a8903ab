"""Keeps what can be searched for up to date: the bundled bank, the organisation's own words, their uses.

Of each part it is noted from what it was made. ``is_outdated`` compares that in one query; ``catch_up``
makes anew only what has changed and belongs into a transaction that writes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import Table, bindparam, delete, func, insert, select, text, tuple_, update
from sqlalchemy.orm import selectinload

from hiring.bank.analyser import indexed
from hiring.bank.contents import Content, everything_in, of_probe, of_skill
from hiring.extensions import db
from hiring.models import (
    BankEntry,
    BankIndexPart,
    BankPassage,
    BankRevision,
    EntryKind,
    Found,
    GuideVersion,
    PassageStatus,
    RevisionStatus,
)
from question_bank import SOURCE_LANGUAGE, Probe, Skill, bank, languages
from question_bank.load import FOLDER

BATCH = 500
# Whole tables instead of classes: the session need not look through all it holds after each statement.
PASSAGE = cast(Table, BankPassage.__table__)
METHOD = "1"  # Counted up whenever the same words would be cut, stemmed or placed in another way.


@dataclass(frozen=True)
class State:
    """From what each part is made."""

    bundled: str
    own: str
    uses: str


def is_outdated() -> bool:
    """Whether a search would miss something that has changed."""
    kept, current = _states()
    return kept != current


def catch_up() -> None:
    """Makes anew what has changed since it was last made."""
    kept, current = _states()
    if kept.bundled != current.bundled:
        _put_bundled()
    if kept.own != current.own:
        for numbers in _batches(_changed_entry_ids()):
            _put(_with_revisions(numbers))
    if (kept.bundled, kept.uses) != (current.bundled, current.uses) or not kept.own:
        _count_uses()
    if kept != current:
        _keep(current)
        _take_stock()


def reindex() -> None:
    """Makes everything anew."""
    db.session.execute(delete(BankIndexPart))
    db.session.execute(delete(PASSAGE))
    catch_up()


def reindex_entry(entry: BankEntry) -> None:
    """Puts the present words of an own entry in the place of its earlier ones."""
    db.session.flush()
    _put([entry])


@cache
def _bundled_fingerprint() -> str:
    """Changes with every file of the bundled bank; the bank itself need not be read for it."""
    seen = hashlib.sha256(METHOD.encode())
    for file in sorted(FOLDER.rglob("*.yaml")):
        seen.update(str(file.relative_to(FOLDER)).encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()[:20]


def _states() -> tuple[State, State]:
    """What was noted, and what there is."""
    kept = {
        name: select(BankIndexPart.fingerprint).where(BankIndexPart.part == name).scalar_subquery()
        for name in ("bundled", "own", "uses")
    }
    # Every change of an entry counts up its revision.
    entries = (func.count(BankEntry.id), func.max(BankEntry.id), func.sum(BankEntry.revision))
    versions = (func.count(GuideVersion.id), func.max(GuideVersion.id))
    present = [select(each).scalar_subquery() for each in (*entries, *versions)]
    row = db.session.execute(select(*kept.values(), *present)).one()
    bundled, own, uses, *numbers = row
    return (
        State(bundled or "", own or "", uses or ""),
        State(_bundled_fingerprint(), _joined(numbers[:3]), _joined(numbers[3:])),
    )


def _joined(numbers: Iterable[int | None]) -> str:
    return ":".join(str(number or 0) for number in numbers)


def _keep(state: State) -> None:
    for part, fingerprint in vars(state).items():
        db.session.merge(BankIndexPart(part=part, fingerprint=fingerprint))
    db.session.flush()


def _take_stock() -> None:
    # Until it has counted, PostgreSQL reads the whole table for many a search; it counts by itself, but later.
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE bank_passage"))


def _put_bundled() -> None:
    db.session.execute(delete(PASSAGE).where(PASSAGE.c.entry_id.is_(None)))
    english = set(everything_in(bank(SOURCE_LANGUAGE)))
    texts = {(each.found, each.place, each.text) for each in english}
    for language in languages():
        contents = everything_in(bank(language))
        # What is not translated yet is English in every language, and would be found twice.
        _insert(
            [
                _row(each, language)
                for each in contents
                if language == SOURCE_LANGUAGE or (each.found, each.place, each.text) not in texts
            ]
        )


def _row(content: Content, language: str) -> dict[str, Any]:
    return {
        **vars(content),
        "language": language,
        "status": PassageStatus.BUNDLED,
        "words": indexed(content.text, language),
        "uses": 0,
    }


def _insert(rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(PASSAGE), rows)


def _changed_entry_ids() -> list[int]:
    """The own entries whose passages are missing or were made from an earlier revision."""
    made = select(PASSAGE.c.entry_id, PASSAGE.c.entry_revision).where(PASSAGE.c.entry_id.is_not(None))
    changed = tuple_(BankEntry.id, BankEntry.revision).not_in(made.distinct())
    return list(db.session.scalars(select(BankEntry.id).where(changed)))


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))


def _with_revisions(entry_ids: Collection[int]) -> Sequence[BankEntry]:
    query = select(BankEntry).where(BankEntry.id.in_(entry_ids)).options(selectinload(BankEntry.revisions))
    return db.session.scalars(query).all()


def _put(entries: Collection[BankEntry]) -> None:
    """Puts what the entries say now in the place of what they said; how often they are used outlasts that."""
    mine = PASSAGE.c.entry_id.in_([entry.id for entry in entries])
    known = db.session.execute(select(PASSAGE.c.ident, PASSAGE.c.uses).where(mine))
    uses = {row.ident: row.uses for row in known}
    db.session.execute(delete(PASSAGE).where(mine))
    _insert([row | {"uses": uses.get(row["ident"], 0)} for entry in entries for row in _rows_of(entry)])


def _rows_of(entry: BankEntry) -> Iterator[dict[str, Any]]:
    for revision in _shown(entry):
        fixed = {
            "entry_id": entry.id,
            "entry_revision": entry.revision,
            "status": PassageStatus(revision.status.value),
        }
        for each in _contents(entry, revision):
            yield _row(each, entry.language) | fixed


def _shown(entry: BankEntry) -> list[BankRevision]:
    """What is in use or in work; of an entry that is out of use, its last words."""
    alive = [each for each in entry.revisions if each.status is not RevisionStatus.RETIRED]
    return alive or entry.revisions[-1:]


def _contents(entry: BankEntry, revision: BankRevision) -> list[Content]:
    try:
        if entry.kind is EntryKind.SKILL:
            return list(of_skill(Skill.model_validate(revision.content)))
        probe = Probe.model_validate(revision.content)
    except ValidationError:  # Written by an earlier version whose shape was another.
        return []
    return list(of_probe(probe, entry.skill_id, _skill_name(entry.skill_id, entry.language)))


def _skill_name(skill_id: str, language: str) -> str:
    """The name in the language of the words, also of an own skill that is not in use yet."""
    names = _bundled_names(language if language in languages() else SOURCE_LANGUAGE)
    if skill_id in names:
        return names[skill_id]
    query = select(BankEntry).where(BankEntry.ident == skill_id)
    entry = db.session.scalar(query)
    return str(entry.latest.content.get("name", skill_id)) if entry and entry.revisions else skill_id


@cache
def _bundled_names(language: str) -> dict[str, str]:
    return {skill.id: skill.name for skill in bank(language).skills}


def _count_uses() -> None:
    """Counts in how many published guide versions each question stands."""
    counts = Counter[str]()
    for content in db.session.scalars(select(GuideVersion.content)):
        counts.update(
            {item["question_id"] for round_ in content.get("rounds", []) for item in round_["items"]}
        )
    db.session.execute(update(PASSAGE).where(PASSAGE.c.uses > 0).values(uses=0))
    if counts:
        query = (
            update(PASSAGE)
            .where(PASSAGE.c.ident == bindparam("asked"), PASSAGE.c.found == Found.QUESTION)
            .values(uses=bindparam("times"))
        )
        rows = [{"asked": ident, "times": times} for ident, times in counts.items()]
        db.session.execute(query, rows)

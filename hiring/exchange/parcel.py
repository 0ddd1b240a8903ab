"""What travels in a file: skills and probes with their words, and what is wrong with a file, line by line.

JSON and YAML hold the whole structure. CSV and XLSX hold one row for each part: a skill, a probe, a question,
a follow-up, an indicator or an anchor. docs/exchange.md describes both for those who write such files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from hiring.models import EntryKind
from question_bank import Probe, Skill
from question_bank.model import Entry, Words
from question_bank.source import Place

SCHEMA = "hiring-bank/1"
COLUMNS = (
    "part",
    "id",
    "of",
    "language",
    "kind",
    "star",
    "level",
    "red_flag",
    "text",
    "meaning",
    "why_it_matters",
    "boundary",
    "listen_for",
    "note",
)
INDICATORS = {"positive_indicator": "positive_indicators", "negative_indicator": "negative_indicators"}
PARTS = ("skill", "probe", "question", "follow_up", *INDICATORS, "anchor")

Content = dict[str, Any]
Row = dict[str, str]


@dataclass(frozen=True)
class Item:
    """One skill or probe, and the line of the file it begins in. An empty id asks for a new one.

    ``lines`` knows the line of each part of the content, as far as the file tells it.
    """

    kind: EntryKind
    id: str
    skill_id: str
    language: str
    content: Content
    line: int = 0
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line_at(self, place: Place) -> int:
        """The line in which a place of the content stands, or else the nearest thing above it."""
        steps = _by_position(self.content, place)
        upwards = (steps[:length] for length in range(len(steps), 0, -1))
        return next((self.lines[each] for each in upwards if each in self.lines), self.line)


@dataclass(frozen=True, order=True)
class Flaw:
    """One thing wrong with a file: the line, the id where there is one, and what to do."""

    line: int
    id: str
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else ""
        return ": ".join(filter(None, (where, self.id, self.sentence)))


@dataclass
class Parcel:
    """What was read from a file, with everything that is wrong with it."""

    items: list[Item] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def refuse(self, line: int, sentence: str, ident: str = "") -> None:
        """Records a flaw."""
        self.flaws.append(Flaw(line, ident, sentence))


class SkillEntry(Entry):
    """An entry of a JSON or YAML file that holds a skill."""

    language: Words = "en"
    skill: Skill


class ProbeEntry(Entry):
    """An entry that holds a probe for the skill ``of``."""

    language: Words = "en"
    of: Words
    probe: Probe


class BankFile(Entry):
    """The whole file; its JSON Schema is published as docs/bank.schema.json."""

    format: Words = Field(SCHEMA, alias="schema", description=f"Always {SCHEMA}.")
    entries: tuple[SkillEntry | ProbeEntry, ...]


def _by_position(content: Content, place: Place) -> Place:
    """The place with a level, by which advice calls an anchor, turned into the anchor's position."""
    if place[:1] != ("anchors",) or len(place) < 2 or isinstance(place[1], int):
        return place
    levels = [str(each.get("level")) for each in content.get("anchors", [])]
    return ("anchors", levels.index(place[1])) if place[1] in levels else ("anchors",)


def json_schema() -> Content:
    """What a JSON or YAML file must look like, as JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | BankFile.model_json_schema(
        by_alias=True
    )


def as_data(items: Iterable[Item]) -> Content:
    """The items as a JSON or YAML file holds them."""
    return {"schema": SCHEMA, "entries": [_entry(item) for item in items]}


def _entry(item: Item) -> Content:
    if item.kind is EntryKind.SKILL:
        return {"language": item.language, "skill": item.content}
    return {"language": item.language, "of": item.skill_id, "probe": item.content}


def rows_of(items: Iterable[Item]) -> Iterator[Row]:
    """The items as rows, each with the columns it needs."""
    for item in items:
        rows = (
            _skill_rows(item.content)
            if item.kind is EntryKind.SKILL
            else _probe_rows(item.content, item.skill_id)
        )
        for row in rows:
            yield {"language": item.language} | row


def _skill_rows(skill: Content) -> Iterator[Row]:
    words = {name: skill.get(name, "") for name in ("meaning", "why_it_matters", "boundary")}
    yield {"part": "skill", "id": skill["id"], "text": skill["name"], **words}
    for probe in skill["probes"]:
        yield from _probe_rows(probe, skill["id"])
    for part, name in INDICATORS.items():
        for each in skill[name]:
            flag = "yes" if each.get("red_flag") else ""
            note = each.get("red_flag_if", "")
            yield {
                "part": part,
                "id": each["id"],
                "of": skill["id"],
                "text": each["text"],
                "red_flag": flag,
                "note": note,
            }
    for each in skill["anchors"]:
        yield {"part": "anchor", "of": skill["id"], "level": str(each["level"]), "text": each["text"]}


def _probe_rows(probe: Content, skill_id: str) -> Iterator[Row]:
    words = {name: probe.get(name, "") for name in ("listen_for", "note")}
    yield {"part": "probe", "id": probe["id"], "of": skill_id, "text": probe.get("title", ""), **words}
    for each in probe["questions"]:
        note = each.get("note", "")
        yield {
            "part": "question",
            "id": each["id"],
            "of": probe["id"],
            "kind": each["kind"],
            "text": each["text"],
            "note": note,
        }
    for each in probe["follow_ups"]:
        yield {"part": "follow_up", "of": probe["id"], "star": each.get("star") or "", "text": each["text"]}

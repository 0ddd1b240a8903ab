"""From rows to skills and probes: each part finds the thing it belongs to, or its line is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hiring.exchange.parcel import COLUMNS, INDICATORS, PARTS, Content, Item, Parcel, Row
from hiring.models import EntryKind
from question_bank.source import Place

MOST_ROWS = 20_000
# Spreadsheets in East Asia compute what begins with the wide signs too.
FORMULA = ("=", "+", "@", "\uff1d", "\uff0b", "\uff20")
GUARDED = (*FORMULA, "-", "\uff0d")
EVERYWHERE = {"part", "id", "of", "language", "text"}
FITTING: dict[str, set[str]] = {
    "skill": {"meaning", "why_it_matters", "boundary"},
    "probe": {"listen_for", "note"},
    "question": {"kind", "note"},
    "follow_up": {"star"},
    "anchor": {"level"},
} | {part: {"red_flag", "note"} for part in INDICATORS}
ANCHOR_LEVELS = ("1", "2", "3", "4", "5")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith((*GUARDED, "\t", "\r")) else cell


def read_rows(rows: Iterable[tuple[int, Row]], parcel: Parcel) -> None:
    """Fills the parcel from numbered rows. A part without an id is known by the order of the rows."""
    reader = _Reader(parcel)
    for count, (line, row) in enumerate(rows, 1):
        if count > MOST_ROWS:
            parcel.refuse(line, f"A file holds at most {MOST_ROWS} rows. Split it.")
            break
        reader.read(line, {name: _cell(row, name) for name in COLUMNS})
    parcel.items.extend(reader.items())


class _Reader:
    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel
        self.skills: dict[str, tuple[int, Row, Content]] = {}
        self.probes: dict[str, tuple[int, Row, Content]] = {}
        self.seen: dict[str, int] = {}
        self.lines: dict[int, int] = {}  # By the identity of each part, which lives as long as this.

    def read(self, line: int, row: Row) -> None:
        if not any(row.values()):
            return
        if self._is_fit(line, row):
            getattr(self, f"_{row['part']}", self._part)(line, row)

    def _is_fit(self, line: int, row: Row) -> bool:
        before = len(self.parcel.flaws)
        for name, cell in row.items():
            if cell.startswith(FORMULA):
                self._refuse(line, row, f"The cell in “{name}” begins like a formula. Write plain words.")
        if row["part"] not in PARTS:
            self._refuse(line, row, f"Choose one of {', '.join(PARTS)} as the part.")
        else:
            self._refuse_unfitting(line, row)
        if row["id"] and row["id"] in self.seen:
            self._refuse(line, row, f"This id stands in line {self.seen[row['id']]} already.")
        elif row["id"]:
            self.seen[row["id"]] = line
        return len(self.parcel.flaws) == before

    def _refuse_unfitting(self, line: int, row: Row) -> None:
        """What is missing, and what would be lost, since this part has no such words."""
        if not row["text"] and row["part"] != "probe":
            self._refuse(line, row, "Write words in “text”.")
        for name in COLUMNS:
            if row[name] and name not in EVERYWHERE | FITTING[row["part"]]:
                self._refuse(line, row, f"“{name}” has no place in a {row['part']}. Leave it empty.")

    def _refuse(self, line: int, row: Row, sentence: str) -> None:
        self.parcel.refuse(line, sentence, row["id"] or row["of"])

    def _skill(self, line: int, row: Row) -> None:
        if not row["id"]:
            self._refuse(line, row, "Give the skill an id that its parts can name, such as new-1.")
            return
        content: Content = {"id": row["id"], "name": row["text"], "probes": [], "anchors": []}
        content |= {name: row[name] for name in ("meaning", "why_it_matters", "boundary") if row[name]}
        content |= {name: [] for name in INDICATORS.values()}
        self._note(line, content)
        self.skills[row["id"]] = (line, row, content)

    def _probe(self, line: int, row: Row) -> None:
        if not (row["id"] and row["of"]):
            self._refuse(line, row, "Give the probe an id that its parts can name, and the skill in “of”.")
            return
        content: Content = {"id": row["id"], "questions": [], "follow_ups": []}
        content |= {"title": row["text"]} if row["text"] else {}
        content |= {name: row[name] for name in ("listen_for", "note") if row[name]}
        self._note(line, content)
        self.probes[row["id"]] = (line, row, content)
        if self._is_part(row):
            self.skills[row["of"]][2]["probes"].append(content)

    def _question(self, line: int, row: Row) -> None:
        form = (
            "alternative" if (probe := self._owner(self.probes, line, row)) and probe["questions"] else "main"
        )
        if probe is not None:
            note = {"note": row["note"]} if row["note"] else {}
            question = _with_id(row) | {"form": form, "kind": row["kind"], "text": row["text"]} | note
            probe["questions"].append(self._note(line, question))

    def _follow_up(self, line: int, row: Row) -> None:
        if (probe := self._owner(self.probes, line, row)) is not None:
            star = {"star": row["star"]} if row["star"] else {}
            probe["follow_ups"].append(self._note(line, star | {"text": row["text"]}))

    def _part(self, line: int, row: Row) -> None:
        """An indicator: two parts that differ only in the list they belong to."""
        if (skill := self._owner(self.skills, line, row)) is not None:
            flag: Content = {"red_flag": True} if row["red_flag"].casefold() in ("yes", "true", "1") else {}
            flag |= {"red_flag_if": row["note"]} if flag and row["note"] else {}
            sign = _with_id(row) | {"text": row["text"]} | flag
            skill[INDICATORS[row["part"]]].append(self._note(line, sign))

    def _anchor(self, line: int, row: Row) -> None:
        if row["level"] not in ANCHOR_LEVELS:
            self._refuse(line, row, "Choose a level from 1 to 5.")
        elif (skill := self._owner(self.skills, line, row)) is not None:
            skill["anchors"].append(self._note(line, {"level": int(row["level"]), "text": row["text"]}))

    def _owner(self, known: dict[str, Any], line: int, row: Row) -> Content | None:
        found = known.get(row["of"])
        if found is None:
            self._refuse(line, row, f"“of” must name something in a line above; there is no “{row['of']}”.")
            return None
        content: Content = found[2]
        return content

    def _note(self, line: int, part: Content) -> Content:
        self.lines[id(part)] = line
        return part

    def _is_part(self, row: Row) -> bool:
        """Whether a probe belongs into the skill in the file: ``empathy-o1`` is an entry beside ``empathy``."""
        return row["of"] in self.skills and not is_beside(row["id"], row["of"])

    def items(self) -> Iterable[Item]:
        """Every skill, and every probe that stands beside its skill."""
        for line, row, content in self.skills.values():
            yield self._item(EntryKind.SKILL, row["id"], line, row, content)
        for line, row, content in self.probes.values():
            if not self._is_part(row):
                yield self._item(EntryKind.PROBE, row["of"], line, row, content)

    def _item(self, kind: EntryKind, skill_id: str, line: int, row: Row, content: Content) -> Item:
        lines = dict(self._lines_in(content, ()))
        return Item(kind, row["id"], skill_id, row["language"] or "en", content, line, lines)

    def _lines_in(self, value: Any, place: Place) -> Iterator[tuple[Place, int]]:
        if isinstance(value, dict):
            if id(value) in self.lines:
                yield place, self.lines[id(value)]
            for name, each in value.items():
                yield from self._lines_in(each, (*place, name))
        elif isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._lines_in(each, (*place, number))


def is_beside(probe_id: str, skill_id: str) -> bool:
    """Whether the id is that of an organisation's own probe, which is an entry of its own."""
    return re.fullmatch(rf"{re.escape(skill_id)}-o[0-9]+", probe_id) is not None


def _cell(row: Row, name: str) -> str:
    """The words of a cell, without the apostrophe that keeps a spreadsheet from computing them."""
    words = (row.get(name) or "").replace("\r\n", "\n").strip()
    return words[1:] if words[:1] == "'" and words[1:2] in GUARDED else words


def _with_id(row: Row) -> Content:
    return {"id": row["id"]} if row["id"] else {}

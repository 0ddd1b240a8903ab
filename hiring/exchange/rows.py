"""From rows to skills and probes: each part finds the thing it belongs to, or its line is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hiring.exchange.parcel import COLUMNS, INDICATORS, PARTS, Content, Item, Parcel, Row
from hiring.models import EntryKind

MOST_ROWS = 20_000
FORMULA = ("=", "+", "@")
GUARDED = ("=", "+", "-", "@")
ANCHOR_LEVELS = ("1", "2", "3", "4", "5")


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
        elif not row["text"] and row["part"] != "probe":
            self._refuse(line, row, "Write words in “text”.")
        if row["id"] and row["id"] in self.seen:
            self._refuse(line, row, f"This id stands in line {self.seen[row['id']]} already.")
        elif row["id"]:
            self.seen[row["id"]] = line
        return len(self.parcel.flaws) == before

    def _refuse(self, line: int, row: Row, sentence: str) -> None:
        self.parcel.refuse(line, sentence, row["id"] or row["of"])

    def _skill(self, line: int, row: Row) -> None:
        if not row["id"]:
            self._refuse(line, row, "Give the skill an id that its parts can name, such as new-1.")
            return
        content: Content = {"id": row["id"], "name": row["text"], "probes": [], "anchors": []}
        content |= {name: row[name] for name in ("meaning", "why_it_matters", "boundary") if row[name]}
        content |= {name: [] for name in INDICATORS.values()}
        self.skills[row["id"]] = (line, row, content)

    def _probe(self, line: int, row: Row) -> None:
        if not (row["id"] and row["of"]):
            self._refuse(line, row, "Give the probe an id that its parts can name, and the skill in “of”.")
            return
        content: Content = {"id": row["id"], "questions": [], "follow_ups": []}
        content |= {"title": row["text"]} if row["text"] else {}
        content |= {name: row[name] for name in ("listen_for", "note") if row[name]}
        self.probes[row["id"]] = (line, row, content)
        if row["of"] in self.skills:
            self.skills[row["of"]][2]["probes"].append(content)

    def _question(self, line: int, row: Row) -> None:
        form = (
            "alternative" if (probe := self._owner(self.probes, line, row)) and probe["questions"] else "main"
        )
        if probe is not None:
            note = {"note": row["note"]} if row["note"] else {}
            probe["questions"].append(
                _with_id(row) | {"form": form, "kind": row["kind"], "text": row["text"]} | note
            )

    def _follow_up(self, line: int, row: Row) -> None:
        if (probe := self._owner(self.probes, line, row)) is not None:
            star = {"star": row["star"]} if row["star"] else {}
            probe["follow_ups"].append(star | {"text": row["text"]})

    def _part(self, line: int, row: Row) -> None:
        """An indicator: two parts that differ only in the list they belong to."""
        if (skill := self._owner(self.skills, line, row)) is not None:
            flag: Content = {"red_flag": True} if row["red_flag"].casefold() in ("yes", "true", "1") else {}
            flag |= {"red_flag_if": row["note"]} if flag and row["note"] else {}
            skill[INDICATORS[row["part"]]].append(_with_id(row) | {"text": row["text"]} | flag)

    def _anchor(self, line: int, row: Row) -> None:
        if row["level"] not in ANCHOR_LEVELS:
            self._refuse(line, row, "Choose a level from 1 to 5.")
        elif (skill := self._owner(self.skills, line, row)) is not None:
            skill["anchors"].append({"level": int(row["level"]), "text": row["text"]})

    def _owner(self, known: dict[str, Any], line: int, row: Row) -> Content | None:
        found = known.get(row["of"])
        if found is None:
            self._refuse(line, row, f"“of” must name something in a line above; there is no “{row['of']}”.")
            return None
        content: Content = found[2]
        return content

    def items(self) -> Iterable[Item]:
        """Every skill, and every probe that belongs to a skill outside of the file."""
        for line, row, content in self.skills.values():
            yield Item(EntryKind.SKILL, row["id"], row["id"], row["language"] or "en", content, line)
        for line, row, content in self.probes.values():
            if row["of"] not in self.skills:
                yield Item(EntryKind.PROBE, row["id"], row["of"], row["language"] or "en", content, line)


def _cell(row: Row, name: str) -> str:
    """The words of a cell, without the apostrophe that keeps a spreadsheet from computing them."""
    words = (row.get(name) or "").strip()
    return words[1:] if words[:1] == "'" and words[1:2] in GUARDED else words


def _with_id(row: Row) -> Content:
    return {"id": row["id"]} if row["id"] else {}

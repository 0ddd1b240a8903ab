"""The four kinds of file: written from items, read into a parcel that knows the line of each flaw."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any

import yaml

from hiring.exchange.parcel import COLUMNS, INDICATORS, SCHEMA, Content, Item, Parcel, Row, as_data, rows_of
from hiring.exchange.rows import MOST_ROWS, harmless, read_rows
from hiring.models import EntryKind
from question_bank.source import Place, Sheet, read_text

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_COLUMNS = 100
NOT_UTF8 = "This line is not in UTF-8. Save the file as “CSV UTF-8”."
# Whatever a damaged workbook can raise on its way through unzipping, XML and openpyxl.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # Both readers of XML raise it.
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
)
LISTS = {"probes", "questions", "follow_ups", "anchors", *INDICATORS.values()}


def write_json(items: Iterable[Item]) -> bytes:
    """JSON with letters as they are."""
    return (json.dumps(as_data(items), ensure_ascii=False, indent=2) + "\n").encode()


def write_yaml(items: Iterable[Item]) -> bytes:
    """YAML in the order of the fields."""
    text: str = yaml.safe_dump(as_data(items), allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def write_csv(items: Iterable[Item]) -> bytes:
    """CSV in UTF-8 with a mark that spreadsheets recognise it by."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(_harmless(row) for row in rows_of(items))
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(items: Iterable[Item]) -> bytes:
    """A workbook of one sheet; no cell is a formula."""
    from openpyxl import Workbook  # Kept out of start-up: it takes a noticeable time to import.

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Bank")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in rows_of(items):
        safe = _harmless(row)
        sheet.append([safe.get(name, "") for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_structured(content: bytes, parcel: Parcel) -> None:
    """JSON or YAML: one reader serves both, since it knows lines and refuses aliases, tags and depth."""
    sheet = read_text(content, "file")
    data = sheet.data if isinstance(sheet.data, dict) else {}
    if not sheet.problems and data.get("schema") != SCHEMA:
        sheet.refuse((), f"This is no file of the bank: it must say “schema: {SCHEMA}”.")
    listed = data.get("entries")
    entries: list[Any] = listed if isinstance(listed, list) else []
    if not sheet.problems and not entries:
        sheet.refuse(("entries",), "There are no entries in this file.")
    if not sheet.problems:
        lines = _lines_by_entry(sheet)
        items = (_item(sheet, place, entry, lines) for place, entry in enumerate(entries))
        parcel.items.extend(filter(None, items))
    for problem in sheet.problems:
        where = f"{_counted_from_one(problem.field)}: " if problem.field and problem.id else ""
        parcel.refuse(problem.line, f"{where}{problem.sentence}", problem.id)


def read_csv(content: bytes, parcel: Parcel) -> None:
    """CSV in UTF-8, with or without its mark; commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        parcel.refuse(content[: error.start].count(b"\n") + 1, NOT_UTF8)
        return
    if "\0" in text:
        parcel.refuse(text[: text.index("\0")].count("\n") + 1, NOT_UTF8)
        return
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        _read_table(_numbered(reader), parcel)
    except csv.Error as error:
        parcel.refuse(reader.line_num, f"This line cannot be read as CSV: {error}.")


def read_xlsx(content: bytes, parcel: Parcel) -> None:
    """The first sheet of a workbook; a formula is refused, never computed."""
    try:
        rows = _rows_of_sheet(content)
    except UNREADABLE:
        parcel.refuse(0, "This cannot be read as an XLSX workbook.")
        return
    if rows is None:
        parcel.refuse(0, "This workbook unpacks to more than 100 MB. Split it.")
        return
    _read_table(enumerate(rows, 1), parcel)


WRITERS: dict[str, Callable[[Iterable[Item]], bytes]] = {
    "json": write_json,
    "yaml": write_yaml,
    "csv": write_csv,
    "xlsx": write_xlsx,
}
READERS: dict[str, Callable[[bytes, Parcel], None]] = {
    "json": read_structured,
    "yaml": read_structured,
    "yml": read_structured,
    "csv": read_csv,
    "xlsx": read_xlsx,
}


def read_file(name: str, content: bytes) -> Parcel:
    """What a file holds, by the ending of its name."""
    parcel, ending = Parcel(), name.rpartition(".")[2].lower()
    if ending not in READERS:
        parcel.refuse(0, "Choose a file that ends in .json, .yaml, .csv or .xlsx.")
    elif len(content) > LARGEST_FILE:
        parcel.refuse(0, "This file is larger than 10 MB. Split it.")
    else:
        READERS[ending](content, parcel)
    return parcel


def _lines_by_entry(sheet: Sheet) -> dict[Place, dict[Place, int]]:
    """The lines below each ``("entries", 3, "probe")``, by the place within it."""
    found = dict[Place, dict[Place, int]]()
    for place, line in sheet.lines.items():
        if len(place) > 2:
            found.setdefault(place[:3], {})[place[3:]] = line
    return found


def _item(sheet: Sheet, place: int, entry: Any, lines: dict[Place, dict[Place, int]]) -> Item | None:
    where = ("entries", place)
    kinds = [
        kind for kind in EntryKind if isinstance(entry, dict) and isinstance(entry.get(kind.value), dict)
    ]
    if len(kinds) != 1:
        sheet.refuse(where, "An entry holds either a skill or a probe.")
        return None
    kind, content = kinds[0], entry[kinds[0].value]
    if unknown := set(entry) - {"language", "of", kind.value}:
        sheet.refuse(where, f"This field is not known here: {', '.join(sorted(unknown))}.")
        return None
    words = {name: entry.get(name, "") for name in ("language", "of")} | {"id": content.get("id", "")}
    before = len(sheet.problems)
    for name in (name for name, value in words.items() if not isinstance(value, str)):
        sheet.refuse((*where, name) if name in entry else (*where, kind.value, name), "Write words here.")
    _refuse_misshapen(sheet, content, (*where, kind.value))
    if len(sheet.problems) > before:
        return None
    skill_id = words["id"] if kind is EntryKind.SKILL else words["of"]
    below = lines[(*where, kind.value)]
    return Item(kind, words["id"], skill_id, words["language"] or "en", content, sheet.line_of(where), below)


def _counted_from_one(field: str) -> str:
    """The steps to a field as people count them."""
    steps = field.split(".")
    return ".".join(str(int(step) + 1) if step.isdigit() else step for step in steps)


def _refuse_misshapen(sheet: Sheet, part: Content, place: Place) -> None:
    """What is no list where a list belongs, or holds something else than parts with fields."""
    for name in LISTS & part.keys():
        rows = part[name]
        if not isinstance(rows, list):
            sheet.refuse((*place, name), "Write a list here.")
            continue
        for number, each in enumerate(rows):
            if isinstance(each, dict):
                _refuse_misshapen(sheet, each, (*place, name, number))
            else:
                sheet.refuse((*place, name, number), "Write named fields here.")


def _read_table(rows: Iterator[tuple[int, list[str]]], parcel: Parcel) -> None:
    """A table whose first line names the columns."""
    line, head = next(rows, (1, []))
    names = [name.strip().casefold() for name in head]
    if _has_columns(line, names, parcel):
        read_rows(_named(names, rows, parcel), parcel)


def _has_columns(line: int, names: list[str], parcel: Parcel) -> bool:
    missing = [name for name in ("part", "id", "of", "text") if name not in names]
    if missing:
        parcel.refuse(line, f"The first line must name the columns; missing: {', '.join(missing)}.")
        return False
    twice = sorted({name for name in names if name and names.count(name) > 1})
    unknown = sorted({name for name in names if name and name not in COLUMNS})
    if twice:
        parcel.refuse(line, f"The first line names a column twice: {', '.join(twice)}.")
    if unknown:
        known = ", ".join(COLUMNS)
        parcel.refuse(line, f"This column is not known here: {', '.join(unknown)}. Known are {known}.")
    return not (twice or unknown)


def _named(
    names: list[str], rows: Iterable[tuple[int, list[str]]], parcel: Parcel
) -> Iterator[tuple[int, Row]]:
    """The rows by the names of their columns; what stands under no name would be lost, so it is told."""
    for line, cells in rows:
        beyond = [cell for name, cell in zip_longest(names, cells, fillvalue="") if not name and cell.strip()]
        if beyond:
            parcel.refuse(
                line,
                "Some words stand under no column. Words with a comma in them need quotation marks around them.",
            )
        else:
            yield line, dict(zip(names, cells, strict=False))


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the line in which each begins; a cell may hold several lines."""
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _rows_of_sheet(content: bytes) -> list[list[str]] | None:
    """The cells of the first sheet; None if the workbook unpacks to too much."""
    from openpyxl import load_workbook  # Kept out of start-up: it takes a noticeable time to import.

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            return None
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    # A sheet may claim sixteen thousand columns and a million rows, of which each would be made.
    rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    return [[_text_of(cell) for cell in row] for row in rows]


def _text_of(cell: Any) -> str:
    value = "" if cell.value is None else str(cell.value)
    # What a spreadsheet would compute begins with a sign, however it is stored.
    return f"={value}" if cell.data_type == "f" and not value.startswith("=") else value


def _harmless(row: Row) -> Row:
    return {name: harmless(cell) for name, cell in row.items()}

"""The four kinds of file: written from items, read into a parcel that knows the line of each flaw."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook

from hiring.exchange.parcel import COLUMNS, SCHEMA, Item, Parcel, Row, as_data, rows_of
from hiring.exchange.rows import read_rows
from hiring.models import EntryKind
from question_bank.source import Sheet, read_text

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


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
        parcel.items.extend(filter(None, (_item(sheet, place, entry) for place, entry in enumerate(entries))))
    for problem in sheet.problems:
        parcel.refuse(problem.line, problem.sentence, problem.id)


def read_csv(content: bytes, parcel: Parcel) -> None:
    """CSV in UTF-8, with or without its mark; commas or semicolons."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        parcel.refuse(line, "This line is not in UTF-8. Save the file as “CSV UTF-8”.")
        return
    head = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    try:
        if _has_columns(reader.fieldnames or (), parcel):
            read_rows(((reader.line_num, _plain(row)) for row in reader), parcel)
    except csv.Error as error:
        parcel.refuse(reader.line_num, f"This line cannot be read as CSV: {error}.")


def read_xlsx(content: bytes, parcel: Parcel) -> None:
    """The first sheet of a workbook; a formula is refused, never computed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                parcel.refuse(0, "This workbook unpacks to more than 100 MB. Split it.")
                return
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        rows = _cells(book.worksheets[0].iter_rows())
        names = [name for name in next(rows, (1, []))[1] if name]
        if _has_columns(names, parcel):
            read_rows(((line, dict(zip(names, cells, strict=False))) for line, cells in rows), parcel)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError):
        parcel.refuse(0, "This cannot be read as an XLSX workbook.")


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


def _item(sheet: Sheet, place: int, entry: Any) -> Item | None:
    line = sheet.line_of(("entries", place))
    kinds = [
        kind for kind in EntryKind if isinstance(entry, dict) and isinstance(entry.get(kind.value), dict)
    ]
    if len(kinds) != 1:
        sheet.refuse(("entries", place), "An entry holds either a skill or a probe.")
        return None
    kind, content = kinds[0], entry[kinds[0].value]
    if unknown := set(entry) - {"language", "of", kind.value}:
        sheet.refuse(("entries", place), f"This field is not known here: {', '.join(sorted(unknown))}.")
        return None
    ident = str(content.get("id", ""))
    skill_id = ident if kind is EntryKind.SKILL else str(entry.get("of", ""))
    return Item(kind, ident, skill_id, str(entry.get("language", "en")), content, line)


def _has_columns(names: Iterable[str], parcel: Parcel) -> bool:
    missing = [name for name in ("part", "id", "of", "text") if name not in set(names)]
    if missing:
        parcel.refuse(1, f"The first line must name the columns; missing: {', '.join(missing)}.")
    return not missing


def _plain(row: dict[Any, Any]) -> Row:
    return {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}


def _cells(rows: Iterable[Any]) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(rows, 1):
        yield line, [_text_of(cell) for cell in row]


def _text_of(cell: Any) -> str:
    value = "" if cell.value is None else str(cell.value)
    # What a spreadsheet would compute begins with a sign, however it is stored.
    return f"={value}" if cell.data_type == "f" and not value.startswith("=") else value


def _harmless(row: Row) -> Row:
    """An apostrophe before what a spreadsheet would take for a formula."""
    return {name: f"'{cell}" if cell.startswith(FORMULA_LIKE) else cell for name, cell in row.items()}

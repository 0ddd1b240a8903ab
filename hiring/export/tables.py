"""Tables as files for other programs: CSV, XLSX and JSON Lines. The same tables always give the same bytes.

No cell is ever a formula, no number is a text, and what was not rated is an empty cell. CSV holds the first table
alone; a workbook has a sheet for each; JSON Lines has a line for each row, which names its table.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from hiring.exchange.rows import harmless

Value = str | int | float | None
LONGEST_CELL = 32_000  # Of letters that a spreadsheet takes in a cell; it stops at 32,767.
LONGEST_TITLE = 31
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NO_MOMENT = (1980, 1, 1, 0, 0, 0)  # The earliest that a ZIP archive knows.


class DataFormat(StrEnum):
    """The endings of data files."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON_LINES = "jsonl"


MIME_TYPES = {
    DataFormat.CSV: "text/csv",
    DataFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DataFormat.JSON_LINES: "application/jsonl",
}


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON, and what stands above it; ``width`` is in letters."""

    id: str
    title: str
    width: int = 12


@dataclass(frozen=True)
class Table:
    """A table with its rows, each as long as there are columns; ``id`` is its name in JSON."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def texts_in(tables: Iterable[Table]) -> set[str]:
    """Every text in the cells."""
    return {cell for table in tables for row in table.rows for cell in row if isinstance(cell, str)}


def with_texts(table: Table, texts: Mapping[str, str]) -> Table:
    """The table with its texts as ``texts`` has them."""
    rows = (tuple(texts[cell] if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def as_file(tables: Sequence[Table], ending: DataFormat) -> bytes:
    """The tables in a format."""
    return WRITERS[ending](tables)


def as_csv(tables: Sequence[Table]) -> bytes:
    """The first table in UTF-8, with the mark by which spreadsheets recognise it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(harmless(column.title) for column in tables[0].columns)
    writer.writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in tables[0].rows
    )
    return out.getvalue().encode("utf-8-sig")


def as_json_lines(tables: Sequence[Table]) -> bytes:
    """A line for each row of each table."""
    lines = (_line(table, row) for table in tables for row in table.rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _line(table: Table, row: tuple[Value, ...]) -> dict[str, Value]:
    cells = zip((column.id for column in table.columns), row, strict=True)
    return {"table": table.id, **dict(cells)}


def as_workbook(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table: frozen heads, filters, numbers as numbers."""
    from openpyxl import Workbook  # Kept out of start-up: it takes a noticeable time to import.

    book = Workbook(write_only=True)
    for table, title in zip(tables, _sheet_titles(tables), strict=True):
        _add_sheet(book, table, title)
    out = io.BytesIO()
    book.save(out)
    return _without_moments(out.getvalue())


WRITERS: dict[DataFormat, Callable[[Sequence[Table]], bytes]] = {
    DataFormat.CSV: as_csv,
    DataFormat.XLSX: as_workbook,
    DataFormat.JSON_LINES: as_json_lines,
}


def _add_sheet(book: Any, table: Table, title: str) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    rows = [row for whole in table.rows for row in _in_pieces(whole)]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"
    sheet.append([_cell(sheet, column.title, font=Font(bold=True)) for column in table.columns])
    for row in rows:
        sheet.append([_cell(sheet, value, wrapped=True) for value in row])


def _cell(sheet: Any, value: Value, font: Any = None, wrapped: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, NOT_IN_CELLS.sub("\ufffd", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # A text that begins like a formula stays a text.
    if font:
        cell.font = font
    if wrapped:
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    return cell


def _in_pieces(row: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    """The row, and rows below it that go on with texts too long for a cell."""
    pieces = [_pieces(cell) for cell in row]
    for number in range(max(map(len, pieces))):
        yield tuple(each[number] if number < len(each) else None for each in pieces)


def _pieces(cell: Value) -> list[Value]:
    if not isinstance(cell, str) or len(cell) <= LONGEST_CELL:
        return [cell]
    return [cell[start : start + LONGEST_CELL] for start in range(0, len(cell), LONGEST_CELL)]


def _sheet_titles(tables: Sequence[Table]) -> list[str]:
    """A name for each sheet that spreadsheets take: no signs of theirs, short enough, and none twice."""
    taken: set[str] = set()
    titles = []
    for table in tables:
        plain = NOT_IN_CELLS.sub("", NOT_IN_TITLES.sub(" ", table.title)).strip() or table.id
        title, number = plain[:LONGEST_TITLE].strip(), 1
        while title.casefold() in taken:
            number += 1
            mark = f" {number}"
            title = plain[: LONGEST_TITLE - len(mark)].strip() + mark
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _without_moments(workbook: bytes) -> bytes:
    """The workbook without the moments at which its parts were packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for part in packed.infolist():
            content = packed.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            again.writestr(zipfile.ZipInfo(part.filename, NO_MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

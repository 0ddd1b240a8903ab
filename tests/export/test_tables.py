"""Tables as files: read back by other programs, nothing lost, nothing computed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from hiring.export.tables import LONGEST_CELL, Column, DataFormat, Table, Value, as_file

DANGEROUS = ["=1+1", "+45 12", "-2+3", "@SUM(A1)", "\tTab", "\uff1d1+1", "\uff0bcmd"]
NAMES = [
    "Søren Kjærgaard",
    "陈雨桐 堃",
    "Анна Иванова",
    "مريم العلي",
    "Ọlá\u0323",
    'O’Neill, "Pat"',
    "two\nlines",
]


def table(*rows: tuple[Value, ...], title: str = "Candidates", id_: str = "candidates") -> Table:
    columns = Column("name", "Name", 20), Column("mean", "Mean"), Column("n", "n")
    return Table(id_, title, columns, rows)


def workbook(*tables: Table) -> Any:
    return load_workbook(io.BytesIO(as_file(tables, DataFormat.XLSX)))


@pytest.mark.parametrize("name", [*NAMES, *DANGEROUS])
def test_a_name_comes_back_from_every_format(name: str) -> None:
    one = table((name, 3.5, 2))

    (_head, row) = csv.reader(io.StringIO(as_file([one], DataFormat.CSV).decode("utf-8-sig"), newline=""))
    cell = workbook(one).worksheets[0]["A2"]
    line = json.loads(as_file([one], DataFormat.JSON_LINES))

    assert row[0].removeprefix("'") == name
    assert row[0].startswith("'") == (name in DANGEROUS)
    assert (cell.value, cell.data_type) == (name, "s")
    assert line == {"table": "candidates", "name": name, "mean": 3.5, "n": 2}


def test_numbers_are_numbers_and_gaps_are_gaps() -> None:
    one = table(("Carl", 3.25, 2), ("Dora", None, 0))

    sheet = workbook(one).worksheets[0]
    lines = [json.loads(line) for line in as_file([one], DataFormat.JSON_LINES).decode().splitlines()]
    rows = as_file([one], DataFormat.CSV).decode("utf-8-sig").splitlines()

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Carl", 3.25, 2],
        ["Dora", None, 0],
    ]
    assert [line["mean"] for line in lines] == [3.25, None]
    assert rows[1:] == ["Carl,3.25,2", "Dora,,0"]


def test_heads_are_frozen_and_filtered() -> None:
    sheet = workbook(table(("Carl", 3.25, 2), ("Dora", None, 0))).worksheets[0]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C3")
    assert [cell.value for cell in sheet[1]] == ["Name", "Mean", "n"]
    assert all(cell.font.bold for cell in sheet[1])


def test_sheets_have_names_that_a_spreadsheet_takes() -> None:
    titles = ["A/B: [test]?", "x" * 40, "X" * 40, "'", "陈" * 40]

    names = workbook(*(table(title=title, id_=f"t{n}") for n, title in enumerate(titles))).sheetnames

    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_a_note_of_fifty_thousand_letters_is_there_in_full() -> None:
    note = "0123456789" * 5_000
    one = table((note, 1.0, 1), ("Dora", 2.0, 2))

    column = [cell.value for cell in workbook(one).worksheets[0]["A"]][1:]

    assert "".join(column[:2]) == note
    assert len(column[0]) == LONGEST_CELL
    assert column[2] == "Dora"
    assert json.loads(as_file([one], DataFormat.JSON_LINES).splitlines()[0])["name"] == note


def test_signs_that_a_workbook_cannot_hold_are_marked() -> None:
    assert workbook(table(("a\x00b\x1bc\ufffe", 1, 1))).worksheets[0]["A2"].value == "a\ufffdb\ufffdc\ufffd"


def test_the_same_tables_are_the_same_bytes() -> None:
    one = table(("Carl", 3.25, 2))

    assert all(as_file([one], each) == as_file([one], each) for each in DataFormat)

"""A sheet of named columns out of a CSV file or standard input, with every flaw told by its line.

Whoever reads a column looks at each different cell once, so that sixty thousand rows take no time
to speak of, and adds what is wrong to the sheet's problems; ``Sheet.refuse_if_wrong`` ends the
reading with all of them at once.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from hiring.errors import Refused

STANDARD_INPUT = "-"
LARGEST = 500_000_000  # Bytes, unpacked: some twelve million ratings.
GZIP_MARK = b"\x1f\x8b"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LONGEST_QUOTE = 40


@dataclass
class Sheet:
    """The columns by name, the line on which each row begins, and what is wrong.

    A column that is missing stands in the problems instead of the columns. The header is line 1.
    """

    name: str
    lines: list[int] = field(default_factory=list)
    columns: dict[str, Sequence[str]] = field(default_factory=dict)
    problems: dict[int, list[str]] = field(default_factory=dict)

    def add(self, line: int, reason: str) -> None:
        """Notes what is wrong with a line."""
        self.problems.setdefault(line, []).append(reason)

    def check_names(self, *columns: str) -> None:
        """Notes each cell of these columns in which there is nothing to be seen."""
        for column in columns:
            self.check(column, partial(_flaw_of_name, column))

    def check(self, column: str, reason_of: Callable[[str], str | None]) -> None:
        """Notes what is wrong with the cells of a column; each different cell is looked at once."""
        cells = self.columns.get(column, ())
        reasons = {cell: reason for cell in set(cells) if (reason := reason_of(cell))}
        if reasons:
            for line, cell in zip(self.lines, cells, strict=True):
                if cell in reasons:
                    self.add(line, reasons[cell])

    def refuse_if_wrong(self) -> None:
        """Names every offending line on standard error.

        Raises Refused if there is one.
        """
        if not self.problems:
            return
        for line in sorted(self.problems):
            click.echo(f"line {line}: {'; '.join(self.problems[line])}", err=True)
        wrong = len(self.problems)
        lines = "1 line is" if wrong == 1 else f"{wrong:,} lines are"
        raise Refused(f"{lines} wrong in {self.name}, as listed above; nothing was worked out.")


def _flaw_of_name(column: str, cell: str) -> str | None:
    return f"the {column} is blank" if is_blank(cell) else None


def read_sheet(source: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """The sheet in a file, or on standard input where the source is ``-``; packed by gzip or not.

    Columns may stand in any order, and other columns are left alone. Raises Refused where there is no text to read.
    """
    sheet = Sheet("standard input" if source == STANDARD_INPUT else source)
    text = _text(sheet, _unpacked(sheet.name, _content(source)))
    records = _records(sheet, text)
    line, header = next(records, (1, []))
    if not header:
        sheet.add(line, f"the file is empty; it begins with the header {','.join(needed)}")
        sheet.refuse_if_wrong()
    places = _places(sheet, line, header, needed, optional)
    rows = []
    for line, row in records:
        if len(row) != len(header):
            row = _fitted(sheet, line, row, len(header), places.get("score"))
        if row:
            sheet.lines.append(line)
            rows.append(row)
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    sheet.columns = {name: columns[place] for name, place in places.items()}
    return sheet


def quoted(cell: str) -> str:
    """A cell as it can be shown in a sentence: short, and without signs that a terminal would obey."""
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in cell).strip()
    return f"“{plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE] + '…'}”"


def is_blank(cell: str) -> bool:
    """Whether there is nothing to be seen in a cell."""
    return not cell.strip() or all(unicodedata.category(sign)[0] in "CZ" for sign in cell)


def clean(cell: str) -> str:
    """A name as it is compared: without space around it, and with accents in one form."""
    return unicodedata.normalize("NFC", cell.strip())


def _content(source: str) -> bytes:
    if source == STANDARD_INPUT:
        if sys.stdin is None:
            raise Refused("Standard input is closed.")
        return _not_too_large("standard input", sys.stdin.buffer.read(LARGEST + 1))
    try:
        with Path(source).open("rb") as file:
            return _not_too_large(source, file.read(LARGEST + 1))
    except FileNotFoundError:
        raise Refused(f"There is no file {source}.") from None
    except IsADirectoryError:
        raise Refused(f"{source} is a folder, not a file.") from None
    except OSError as problem:
        raise Refused(f"{source} cannot be read: {problem.strerror}.") from None


def _not_too_large(name: str, content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 1_000_000} MB.")
    return content


def _unpacked(name: str, content: bytes) -> bytes:
    if not content.startswith(GZIP_MARK):
        if name.lower().endswith(".gz") and content:
            raise Refused(f"{name} is no gzip file, although its name says so.")
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            return _not_too_large(name, packed.read(LARGEST + 1))
    except EOFError:
        raise Refused(f"{name} is cut off: the gzip file ends too early.") from None
    except (OSError, zlib.error):
        raise Refused(f"{name} is damaged: it cannot be unpacked as a gzip file.") from None


def _text(sheet: Sheet, content: bytes) -> str:
    if content.startswith(UTF_16_MARKS):
        sheet.add(1, "the file is in UTF-16; save it as “CSV UTF-8”")
        sheet.refuse_if_wrong()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        for number, raw in enumerate(content.splitlines(), 1):
            if not _is_utf_8(raw):
                sheet.add(number, "this is not in UTF-8; save the file as “CSV UTF-8”")
        text = content.decode("utf-8-sig", "replace")
    if "\0" in text:
        for number, line in enumerate(io.StringIO(text, newline=""), 1):
            if "\0" in line:
                sheet.add(number, "there is a NUL byte, which no text has")
        text = text.replace("\0", "")
    return text


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _records(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank with the line on which it begins; reading goes on after a broken one."""
    lines = io.StringIO(text, newline="").readlines()
    done = 0
    while done < len(lines):
        first = begin = done
        reader = csv.reader(map(lines.__getitem__, range(first, len(lines))), strict=True)
        try:
            for row in reader:
                if len(row) > 1 or any(map(str.strip, row)):
                    yield begin + 1, row
                begin = first + reader.line_num
            return
        except csv.Error as error:
            sheet.add(begin + 1, _broken(str(error)))
            done = begin + 1


def _broken(error: str) -> str:
    if "end of data" in error or "field limit" in error:
        return "quotes are opened here and never closed"
    return "quotes are closed in the middle of a cell; a quote that belongs to the text is written twice"


def _places(
    sheet: Sheet, line: int, header: list[str], needed: Sequence[str], optional: Sequence[str]
) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    missing = [name for name in needed if name not in names]
    for name in (*needed, *optional):
        if names.count(name) > 1:
            sheet.add(line, f"the column {name} is there twice")
    if missing:
        columns = "the column" if len(missing) == 1 else "the columns"
        verb = "is" if len(missing) == 1 else "are"
        sheet.add(line, f"{columns} {', '.join(missing)} {verb} missing{_other_separator(header)}")
    if len(missing) == len(needed):  # Without any header, nothing can be said of the other lines.
        sheet.refuse_if_wrong()
    return {name: names.index(name) for name in (*needed, *optional) if name in names}


def _other_separator(header: list[str]) -> str:
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if any(sign in cell for cell in header):
            return f"; it seems that {name} separate the columns, where commas are needed"
    return ""


def _fitted(sheet: Sheet, line: int, row: list[str], width: int, score: int | None) -> list[str]:
    """A row of the header's width: blank cells are added or taken off; none where it says too much."""
    if len(row) < width:
        return row + [""] * (width - len(row))
    if any(map(str.strip, row[width:])):
        sheet.add(line, _too_wide(row, width, score))
        return []
    return row[:width]


def _too_wide(row: list[str], width: int, score: int | None) -> str:
    if score is not None and len(row) == width + 1:
        whole, fraction = row[score].strip(), row[score + 1].strip()
        if whole.lstrip("+-").isdecimal() and fraction.isdecimal():
            return f"the score {whole},{fraction} has a decimal comma; write {whole}.{fraction}"
    return f"there are {len(row)} cells where the header has {width}"

"""Lists and tables on a terminal, aligned for names in any script."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import click

FORMATS = click.Choice(["table", "json"])
GAP = "  "
COLUMNS = 80
SHORTEST_NAME = 10


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--format table|json``."""
    return click.option(
        "--format", "form", type=FORMATS, default="table", show_default=True, help="How to print the list."
    )(command)


def print_list(rows: Sequence[dict[str, Any]], form: str) -> None:
    """Prints the rows as a JSON array or as a table with the keys as its head."""
    if form == "json":
        print_json(list(rows))
    elif rows:
        heads = list(rows[0])
        cells = [[str(row[head] if row[head] is not None else "") for head in heads] for row in rows]
        print_lines(table(heads, cells))
    else:
        click.echo("Nothing to list.")


def print_json(data: Any) -> None:
    """Prints JSON in UTF-8, whatever the terminal speaks; a figure that is no number is an error of ours."""
    click.echo(json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2).encode())


def print_lines(lines: Sequence[str]) -> None:
    """Prints lines; a sign that the terminal cannot show becomes a question mark."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo("\n".join(lines).encode(encoding, "replace"))


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), room: int | None = None
) -> list[str]:
    """The lines of a table with its head; the columns at the places in ``right`` are flush right.

    Where a line would need more columns of the terminal than ``room``, the cells of the first column are
    cut off.
    """
    lines = [[harmless(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    if room is not None:
        others = sum(widths[1:]) + len(GAP) * (len(widths) - 1)
        widths[0] = min(widths[0], max(room - others, SHORTEST_NAME))
    return [_line(line, widths, right) for line in lines]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    cells = (fitted(cells[0], widths[0]), *cells[1:])
    return GAP.join(_padded(cell, widths[place], place in right) for place, cell in enumerate(cells)).rstrip()


def wrapped(sentence: str, first: str = "") -> list[str]:
    """A sentence in lines of at most 80 columns, the further ones under the first one's words."""
    lines = [first]
    for word in harmless(sentence).split():
        if width(lines[-1]) + width(word) > COLUMNS and lines[-1].strip() != first.strip():
            lines.append(" " * len(first))
        lines[-1] += word + " "
    return [line.rstrip() for line in lines]


def width(words: str) -> int:
    """How many columns of a terminal the words take: two for each wide sign, none for a combining one."""
    if words.isascii():
        return len(words)
    return sum(_columns(sign) for sign in words)


def fitted(words: str, room: int) -> str:
    """The words, cut off with a mark where they need more columns than there are."""
    if width(words) <= room:
        return words
    kept = ""
    for sign in words:
        if width(kept) + _columns(sign) > room - 1:
            break
        kept += sign
    return kept + "…"


def harmless(words: str) -> str:
    """The words on one line, without signs that a terminal would obey."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in words)


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _padded(cell: str, room: int, flush_right: bool) -> str:
    blank = " " * (room - width(cell))
    return blank + cell if flush_right else cell + blank

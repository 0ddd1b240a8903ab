"""Reads a YAML file so that every value knows its line, and says what is wrong in people's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml import SafeLoader
else:
    # PyYAML may have been built without libyaml: the same answers, ten times slower.
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place = tuple[str | int, ...]

DEEPEST = 12  # Our own files need six.


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the bank: where it is, and what to do about it."""

    file: str
    line: int
    id: str
    field: str
    sentence: str

    def __str__(self) -> str:
        where = (f"{self.file}:{self.line}", self.id, self.field, self.sentence)
        return ": ".join(part for part in where if part)


class BankError(Exception):
    """The bank cannot be used; every problem is named, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Sheet:
    """One file: its data, the line of each place in it, and what is wrong with it."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: Place, sentence: str, line: int = 0) -> None:
        """Records a problem with its line, the nearest id at or above it, and the field below that id."""
        depth, ident = self._owner(place)
        name = ".".join(map(str, place[depth:]))
        self.problems.append(Problem(self.file, line or self.line_of(place), ident, name, sentence))

    def line_of(self, place: Place) -> int:
        """The line in which a place, or else the nearest thing above it, begins."""
        return next((self.lines[step] for step in _upwards(place) if step in self.lines), 1)

    def _owner(self, place: Place) -> tuple[int, str]:
        for step in _upwards(place):
            value = self.at(step)
            ident = value.get("id") if isinstance(value, dict) else None
            if isinstance(ident, str) and ident:
                return len(step), ident
        return 0, ""

    def at(self, place: Place) -> Any:
        """What stands at a place; nothing if the place does not exist."""
        value = self.data
        for step in place:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def _upwards(place: Place) -> Iterator[Place]:
    return (place[:length] for length in range(len(place), -1, -1))


class BankLoader(SafeLoader):
    """Knows text, whole numbers, true, false and null. ``no``, ``on``, ``003`` and dates stay text."""


_READERS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:null": lambda text: None,
}

# Without PyYAML's own table, which would turn ``no`` into false.
BankLoader.yaml_implicit_resolvers = {}
for _name, _shape, _first in (
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"0|-?[1-9][0-9]*", list("-0123456789")),
    ("null", r"null|~|", ["n", "~", ""]),
):
    BankLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_shape})$"), _first)


def read_sheet(path: Path, name: str) -> Sheet:
    """The file at ``path``, called ``name`` in messages. What is wrong with it stands in its problems."""
    try:
        return read_text(path.read_bytes(), name)
    except FileNotFoundError:
        sentence = "This file is missing."
    except OSError as error:
        sentence = f"This file cannot be read: {error.strerror}."
    sheet = Sheet(name)
    sheet.refuse((), sentence)
    return sheet


def read_text(content: bytes, name: str) -> Sheet:
    """What a file holds that is called ``name`` in messages. What is wrong with it stands in its problems."""
    sheet = Sheet(name)
    try:
        root = _compose(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        sheet.refuse((), "This file is not text in UTF-8.")
    except yaml.YAMLError as error:
        _refuse_unparsable(sheet, error)
    else:
        _fill(sheet, root)
    return sheet


def _compose(text: str) -> yaml.Node | None:
    """The nodes of a file. Composing recurses: too deep a file would end the process without a word."""
    depth = 0
    for event in yaml.parse(text, Loader=BankLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            mark: Any = event.start_mark  # libyaml has a class of marks of its own.
            raise yaml.MarkedYAMLError(problem="it is nested too deeply", problem_mark=mark)
    return yaml.compose(text, Loader=BankLoader)


def _refuse_unparsable(sheet: Sheet, error: yaml.YAMLError) -> None:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    sheet.refuse((), f"This cannot be read as YAML: {reason}.", line=mark.line + 1 if mark else 1)


def _fill(sheet: Sheet, root: yaml.Node | None) -> None:
    if root is None:
        sheet.refuse((), "This file is empty.")
        return
    walk = _Walk(sheet.lines)
    sheet.data = walk.value(root, ())
    # Only now that the data stand can each complaint find the id it belongs to.
    for place, line, sentence in walk.complaints:
        sheet.refuse(place, sentence, line)


class _Walk:
    """Turns nodes into values, notes their lines, and complains of what a bank has no use for."""

    def __init__(self, lines: dict[Place, int]) -> None:
        self.lines = lines
        self.complaints: list[tuple[Place, int, str]] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        # An alias is the same node a second time; a few of them can unfold into gigabytes.
        if id(node) in self._seen:
            return self._complain(place, self.lines[place], "Aliases are not allowed: write the words again.")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        read = _READERS.get(node.tag)
        if read is None:
            return self._complain(place, node.start_mark.line + 1, f"The tag {node.tag} is not allowed.")
        try:
            return read(node.value)
        except ValueError:  # What is called a number is none, or has thousands of digits.
            return self._complain(place, node.start_mark.line + 1, "Write a whole number here.")

    def _mapping(self, node: yaml.Node, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, content in node.value:
            line = key.start_mark.line + 1
            name = str(key.value)
            if not isinstance(key, yaml.ScalarNode):
                self._complain(place, line, "A field's name must be a word.")
            elif name in found:
                self._complain((*place, name), line, "This field stands here twice.")
            else:
                self.lines[(*place, name)] = line
                found[name] = self.value(content, (*place, name))
        return found

    def _complain(self, place: Place, line: int, sentence: str) -> None:
        self.complaints.append((place, line, sentence))

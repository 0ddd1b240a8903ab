"""The phrases of a source file that people see, each with an address that its translations cite.

An address is the nearest id with the field below it: ``empathy-1-q1.text``, ``empathy.anchors.3``,
``obs-clarifies.text``; what has no id of its own is counted: ``empathy-1.follow_ups.2``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from question_bank.source import Place

SEEN_BY_PEOPLE = {
    "answer",
    "asks_for",
    "behavioural_line",
    "boundary",
    "caveat",
    "caveats",
    "content",
    "evidence",
    "follow_ups",
    "label",
    "listen_for",
    "meaning",
    "name",
    "note",
    "observation_rules",
    "post",
    "poster",
    "principles",
    "reason",
    "red_flag_if",
    "short_name",
    "signature",
    "status_rule",
    "text",
    "title",
    "trigger",
    "use",
    "why",
    "why_it_matters",
}
FOR_EDITORS = {"design_points", "editorial_notes"}
CODES = {("reason_codes", "use")}  # The same word is a sentence in one list and a code in another.
COUNTED_APART = {"statuses", "reason_codes", "placeholders"}  # Their ids are unique only among themselves.
REVISION_LENGTH = 8


def phrases(file: str, data: Any) -> Iterator[tuple[str, Place, str]]:
    """Address, place and words of each phrase of a source file, in the file's order."""
    yield from _walk(data, (), _Address(PurePath(file).stem))


def revision_of(words: str) -> str:
    """What a translation records of the words it translates: it changes when they do."""
    return hashlib.sha256(words.encode()).hexdigest()[:REVISION_LENGTH]


class _Address:
    """The owner's id and the steps below it."""

    def __init__(self, owner: str, steps: tuple[str, ...] = ()) -> None:
        self.owner, self.steps = owner, steps

    def field(self, name: str) -> _Address:
        return _Address(self.owner, (*self.steps, name))

    def item(self, value: Any, number: int) -> _Address:
        if isinstance(value, dict) and "id" in value:
            kin = self.steps[-1]
            return _Address(f"{kin}.{value['id']}" if kin in COUNTED_APART else value["id"])
        own = value.get("level", number) if isinstance(value, dict) else number
        return _Address(self.owner, (*self.steps, str(own)))

    def __str__(self) -> str:
        # Where a list holds things with one text each, their number says enough.
        steps = self.steps[:-1] if len(self.steps) > 2 and self.steps[-1] == "text" else self.steps
        return ".".join((self.owner, *steps))


def _walk(value: Any, place: Place, address: _Address) -> Iterator[tuple[str, Place, str]]:
    if isinstance(value, dict):
        for name, content in value.items():
            if name not in FOR_EDITORS:
                yield from _walk(content, (*place, name), address.field(name))
    elif isinstance(value, list):
        for index, content in enumerate(value):
            yield from _walk(content, (*place, index), address.item(content, index + 1))
    elif isinstance(value, str) and value.strip() and _is_seen(value, place):
        yield str(address), place, value.strip()


def _is_seen(value: str, place: Place) -> bool:
    names = [step for step in place if isinstance(step, str)]
    if names[-1] == "caveat" and " " not in value:  # The id of a probe whose note explains it.
        return False
    return names[-1] in SEEN_BY_PEOPLE and tuple(names[-2:]) not in CODES

"""Makes the demo's workshops, so that their pages can be seen at every stage that matters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hiring.assessment.retranslation import Choice
from hiring.extensions import db
from hiring.models import Person
from hiring.workshops.operations import (
    close_sorting,
    finish_sorting,
    invite,
    open_sorting,
    place,
    propose_anchor,
    start_workshop,
)

Words = dict[str, Any]
LANGUAGE = "en"


def make_workshops(cast: dict[str, Person]) -> None:
    """Each workshop with its anchors, and with the sortings of those who have finished."""
    words: Words = yaml.safe_load(Path(__file__).with_name("workshops.yaml").read_text(encoding="utf-8"))
    for each in words["workshops"]:
        _make(each, cast)


def _make(words: Words, cast: dict[str, Person]) -> None:
    leader = cast[words["leader"]]
    workshop = start_workshop(leader, words["title"], LANGUAGE, words["skills"])
    anchors = [
        (propose_anchor(workshop, cast[row["by"]], row["skill"], row["level"], row["text"]), row)
        for row in words["anchors"]
    ]
    for key in words["sorters"]:
        invite(workshop, cast[key], leader)
    db.session.flush()
    open_sorting(workshop, leader)
    for key in words["finished"]:
        place(workshop, cast[key], {anchor.id: _choice(row, key) for anchor, row in anchors})
        finish_sorting(workshop, cast[key])
    if words["is_closed"]:
        close_sorting(workshop, leader)


def _choice(row: Words, key: str) -> Choice:
    skill, level = row.get("read", {}).get(key, (row["skill"], row["level"]))
    return Choice(skill, level)

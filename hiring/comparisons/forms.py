"""What the address of a comparison says: order, what is shown, page, candidates side by side, weights to try."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from hiring.comparisons.document import Order
from hiring.comparisons.figures import ComparedSkill
from hiring.comparisons.rows import Show
from hiring.i18n import gettext

LONGEST_NAME = 200
Kind = TypeVar("Kind", Order, Show)
HEAVIEST_TRIED = 100
FEWEST_BESIDE, MOST_BESIDE = 2, 5


@dataclass(frozen=True)
class Choice:
    """How the reader wants the list; whatever an address says, there is a sensible choice."""

    order: Order = Order.COMPOSITE
    show: Show = Show.ALL
    name: str = ""
    page: int = 1
    adjusted: bool = False

    @property
    def address(self) -> dict[str, str]:
        """What must stand in an address to come back to this list, but for its page."""
        said = {"order": self.order.value, "show": self.show.value, "name": self.name}
        usual = {"order": Order.COMPOSITE.value, "show": Show.ALL.value, "name": ""}
        kept = {key: value for key, value in said.items() if value != usual[key]}
        return kept | ({"adjusted": "yes"} if self.adjusted else {})


def choice_of(sent: MultiDict[str, str]) -> Choice:
    """The choice in an address; what it does not know is left at the usual."""
    return Choice(
        order=_one_of(Order, sent.get("order"), Order.COMPOSITE),
        show=_one_of(Show, sent.get("show"), Show.ALL),
        name=sent.get("name", "").strip()[:LONGEST_NAME],
        page=_number(sent.get("page", "")) or 1,
        adjusted=sent.get("adjusted") == "yes",
    )


def chosen_candidates(sent: MultiDict[str, str]) -> tuple[int, ...]:
    """The applications to stand side by side, each once, at most five."""
    numbers = (_number(each) for each in sent.getlist("candidate"))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))[:MOST_BESIDE]


def place_in_list(sent: MultiDict[str, str]) -> tuple[int, int | None]:
    """Which page of a list is asked for, and the application that it must show if one is named."""
    return _number(sent.get("page", "")) or 1, _number(sent.get("candidate", ""))


@dataclass(frozen=True)
class TriedWeight:
    """A skill's weight as it was typed, and what is wrong with it."""

    skill: ComparedSkill
    typed: str
    error: str

    @property
    def value(self) -> float:
        """The weight; 0 if it cannot be read."""
        return 0.0 if self.error else float(self.typed.replace(",", "."))


def tried_weights(
    sent: Mapping[str, str], skills: Sequence[ComparedSkill]
) -> tuple[tuple[TriedWeight, ...], bool]:
    """The weights to try, those not sent as they were published, and whether all of them can be used."""
    rows = tuple(_tried(skill, sent.get(f"weight-{skill.id}", f"{skill.weight}")) for skill in skills)
    if rows and not any(row.error for row in rows) and not any(row.value for row in rows):
        rows = tuple(
            TriedWeight(row.skill, row.typed, gettext("Give at least one skill a weight.")) for row in rows
        )
    return rows, bool(rows) and not any(row.error for row in rows)


def _tried(skill: ComparedSkill, typed: str) -> TriedWeight:
    try:
        weight = float(typed.strip().replace(",", "."))
    except ValueError:
        weight = math.nan
    if 0 <= weight <= HEAVIEST_TRIED:
        return TriedWeight(skill, typed.strip(), "")
    sentence = gettext("Give %(skill)s a weight from 0 to %(most)s.", skill=skill.name, most=HEAVIEST_TRIED)
    return TriedWeight(skill, typed, sentence)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _one_of(kind: type[Kind], wish: str | None, usual: Kind) -> Kind:
    return next((each for each in kind if each.value == wish), usual)

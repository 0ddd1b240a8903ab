"""What several published tables tell together about a small group, and which cells to hold back so that they do not.

All tables count the same people, who stand in one of a few states each (not interviewed, interviewed, offered). A
reader knows every shown cell and the sum of everybody, and that nobody is counted twice. A small count is given away
if every way to fill the hidden cells agrees on it: its highest and lowest possible values are found by integer
programming (the audit of Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from hiring.assessment.suppression import ALL, LEAST, Count, Key

Weights = tuple[int, ...]  # 1 for each state that is counted, else 0


@dataclass(frozen=True)
class View:
    """A table over the states: which of them reached the stage, which went on, all cells, and those shown."""

    reached: Weights
    selected: Weights
    table: Mapping[Key, Count]
    shown: Mapping[Key, Count]

    @property
    def known(self) -> dict[Key, Count]:
        """What a reader knows."""
        return {**self.shown, (ALL, ALL): self.table[ALL, ALL]}

    @property
    def measures(self) -> tuple[Weights, Weights, Weights]:
        """What a cell tells of: who reached it, who went on, who did not."""
        left = tuple(one - other for one, other in zip(self.reached, self.selected, strict=True))
        return self.reached, self.selected, left


def without_disclosure(views: Sequence[View]) -> list[dict[Key, Count]]:
    """The shown cells of each view, less those that give a small count away; the smallest ones go first."""
    current = [view for view in views if view.table]
    while (key := _given_away(current)) is not None:
        current = _with_less(current, key)
    left = iter(current)
    return [dict(next(left).shown) if view.table else {} for view in views]


def _given_away(views: Sequence[View]) -> Key | None:
    """A group of which a small count is given away by what the views show."""
    if not any(view.shown.keys() - {(ALL, ALL)} for view in views):
        return None
    people = _People(views)
    for key, weights, count in _small_counts(views):
        if people.agree_on(key, weights, count):
            return key
    return None


def _small_counts(views: Sequence[View]) -> Iterator[tuple[Key, Weights, int]]:
    # Everybody is known, and so is a group that is alone of its kind.
    seen: set[tuple[Key, Weights]] = set()
    for view in views:
        for key, count in view.table.items():
            for weights, value in zip(view.measures, count.measures, strict=True):
                is_all = count == view.table[ALL, ALL]
                if 0 < value < LEAST and not is_all and (key, weights) not in seen:
                    seen.add((key, weights))
                    yield key, weights, value


def _with_less(views: Sequence[View], key: Key) -> list[View]:
    """The views without the cell that tells least: one of the crossing, near the group, with few people."""
    place, gone = min(
        ((n, cell) for n, view in enumerate(views) for cell in view.shown if cell != (ALL, ALL)),
        key=lambda found: (
            ALL in found[1],
            not set(found[1]) & (set(key) - {ALL}),
            views[found[0]].shown[found[1]].reached,
            found,
        ),
    )
    return [
        replace(view, shown={cell: count for cell, count in view.shown.items() if cell != gone})
        if n == place
        else view
        for n, view in enumerate(views)
    ]


class _People:
    """Every way in which people can be spread over groups and states so that the shown cells come out."""

    def __init__(self, views: Sequence[View]) -> None:
        keys = [key for view in views for key in view.table]
        kinds = [sorted({key[place] for key in keys} - {ALL}) for place in (0, 1)]
        self.groups = list(product(*kinds))
        self.rows, self.values = self._equations(views)

    def agree_on(self, key: Key, weights: Weights, count: int) -> bool:
        """Whether all of them give the group this count."""
        wanted = self._row(key, weights)
        return self._lowest(wanted) == count and -self._lowest(-wanted) == count

    def _equations(self, views: Sequence[View]) -> tuple[Any, Any]:
        known = [(view, key, count) for view in views for key, count in view.known.items()]
        rows = [self._row(key, weights) for view, key, _count in known for weights in view.measures[:2]]
        values = [value for _view, _key, count in known for value in count.measures[:2]]
        return np.array(rows), np.array(values)

    def _row(self, key: Key, weights: Weights) -> Any:
        inside = [
            all(part in (ALL, own) for part, own in zip(key, group, strict=True)) for group in self.groups
        ]
        return np.outer(inside, weights).ravel().astype(float)

    def _lowest(self, wanted: Any) -> int:
        from scipy.optimize import Bounds, LinearConstraint, milp  # Kept out of start-up.

        found = milp(
            wanted,
            constraints=LinearConstraint(self.rows, self.values, self.values),
            integrality=np.ones(len(wanted)),
            bounds=Bounds(0, np.inf),
        )
        return round(float(found.fun))

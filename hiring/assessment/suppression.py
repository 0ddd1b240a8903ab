"""Which cells of a table of people may be shown, so that nobody in a small group can be worked out.

A cell counts the people of one group who reached a stage and how many of them went on. It is shown
only if it is empty or if those who went on and those who did not are at least ``LEAST`` each. What
is left when the shown cells are taken from a shown total is held to the same rule (complementary
suppression; Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, chapter 4), and a
cell that was published before changes only in steps of at least ``LEAST``, so that the difference of
two reports tells nothing either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 5
ALL = "*"
Key = tuple[str, str]  # A group of the first kind and one of the second; ALL stands for their sum.


@dataclass(frozen=True)
class Count:
    """How many reached a stage, and how many of them were selected."""

    reached: int
    selected: int

    @property
    def measures(self) -> tuple[int, int, int]:
        """Reached, selected and not selected."""
        return self.reached, self.selected, self.reached - self.selected

    @property
    def is_safe(self) -> bool:
        """Whether it is empty, or neither side of the selection is a small group."""
        return not self.reached or min(self.selected, self.reached - self.selected) >= LEAST

    def __add__(self, other: Count) -> Count:
        return Count(self.reached + other.reached, self.selected + other.selected)

    def __sub__(self, other: Count) -> Count:
        return Count(self.reached - other.reached, self.selected - other.selected)


NOBODY = Count(0, 0)


def with_margins(cells: Mapping[Key, Count]) -> dict[Key, Count]:
    """The cells with the sums of each group of either kind and of everybody."""
    table: dict[Key, Count] = {}
    for (one, other), count in cells.items():
        for key in {(one, other), (one, ALL), (ALL, other), (ALL, ALL)}:
            table[key] = table.get(key, NOBODY) + count
    return table


def publishable(table: Mapping[Key, Count], before: Mapping[Key, Count] | None = None) -> dict[Key, Count]:
    """The cells of a table with margins that may be shown, as they may be shown.

    ``before`` is what was published last: a cell that has changed by fewer than ``LEAST`` people in
    any direction is shown as it was. The sum of everybody is taken to be known, whether shown or not.
    """
    shown = {key: _stepwise(count, (before or {}).get(key)) for key, count in table.items() if count.is_safe}
    shown = {key: count for key, count in shown.items() if count.is_safe}
    while (line := _unsafe_line(table, shown)) is not None:
        del shown[min(line, key=lambda key: (shown[key].reached, key))]
    return shown


def _stepwise(now: Count, before: Count | None) -> Count:
    if before is None:
        return now
    steps = [abs(new - old) for new, old in zip(now.measures, before.measures, strict=True)]
    return now if all(step == 0 or step >= LEAST for step in steps) else before


def _unsafe_line(table: Mapping[Key, Count], shown: Mapping[Key, Count]) -> list[Key] | None:
    """The shown cells of a line whose rest would tell about a small group; None if there is no such line."""
    for total, parts in _lines(table):
        known = [key for key in parts if key in shown]
        if not known or (total not in shown and total != (ALL, ALL)):
            continue
        rest = shown.get(total, table[total])
        for key in known:
            rest = rest - shown[key]
        if len(known) < len(parts) and not _is_silent(rest):
            return known
    return None


def _is_silent(rest: Count) -> bool:
    return all(abs(measure) >= LEAST for measure in rest.measures) or rest == NOBODY


def _lines(table: Mapping[Key, Count]) -> Iterable[tuple[Key, list[Key]]]:
    """Every total of the table with the cells that add up to it."""
    ones = sorted({one for one, _other in table if one != ALL})
    others = sorted({other for _one, other in table if other != ALL})
    yield (ALL, ALL), [(one, ALL) for one in ones]
    yield (ALL, ALL), [(ALL, other) for other in others]
    for one in ones:
        yield (one, ALL), [(one, other) for other in others if (one, other) in table]
    for other in others:
        yield (ALL, other), [(one, other) for one in ones if (one, other) in table]

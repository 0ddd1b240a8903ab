"""Which cells of a table of people may be shown, so that nobody in a small group can be worked out.

A cell counts the people of one group who reached a stage and how many of them went on. It is shown
only if it is empty or if those who went on and those who did not are at least ``LEAST`` each. What
is left when the shown cells are taken from a shown total is held to the same rule (complementary
suppression; Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, chapter 4). A later
report takes the place of an earlier one as a whole or not at all: only if of those who moved in between
at least ``LEAST`` belong to each cell and as many do not, so that the difference of two reports, and
which cells they show, tell nothing about one of them either.
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
    """The cells of a table with margins that may be shown.

    ``before`` is what was published last: other groups appear only once so many have moved that their appearing
    tells of nobody. The sum of everybody is taken to be known, whether shown or not. Several tables about the same
    people are audited together afterwards (``disclosure``).
    """
    moved = {total: table.get(total, NOBODY) - count for total, count in (before or {}).items()}
    known = {
        key: count
        for key, count in table.items()
        if not moved
        or key in moved
        or all(_may_appear(count, moved[total]) for total in _totals(key) if total in moved)
    }
    shown = {key: count for key, count in known.items() if count.is_safe}
    while (line := _unsafe_line(table, shown)) is not None:
        del shown[min(line, key=lambda key: (shown[key].reached, key))]
    return shown


def may_replace(later: Mapping[Key, Count], before: Mapping[Key, Count]) -> bool:
    """Whether a report may take the place of an earlier one.

    People know who has come and what was decided in between. So of those who moved at least ``LEAST`` must belong to
    each group and as many must not, and no group may disappear.
    """
    if not set(before) <= set(later):
        return False
    steps = {key: later[key] - count for key, count in before.items()}
    return all(
        _tells_little(steps[key], steps[total])
        for key in before
        for total in _totals(key)
        if total in steps
        and (later[key], before[key]) != (later[total], before[total])  # The only group of its sum.
    )


def _may_appear(now: Count, moved: Count) -> bool:
    """Whether a cell may be shown that was not: it was hidden perhaps because one side had fewer than ``LEAST``.

    Then at least ``now - LEAST + 1`` and at most ``now`` of those who moved into its sum belong to it; both must
    leave a group of people in doubt, inside the cell and outside.
    """
    sides = (now.selected, moved.selected), (now.measures[2], moved.measures[2])
    return all(side - LEAST + 1 >= LEAST and all_moved - side >= LEAST for side, all_moved in sides)


def _totals(key: Key) -> list[Key]:
    """The sums that a cell is part of."""
    one, other = key
    return [total for total in ((one, ALL), (ALL, other), (ALL, ALL)) if total != key]


def _tells_little(step: Count, whole: Count) -> bool:
    """Whether it stays open of each of those who moved whether they belong to the cell."""
    pairs = zip(step.measures, whole.measures, strict=True)
    return all(
        moved == all_moved == 0 or min(abs(moved), abs(all_moved - moved)) >= LEAST
        for moved, all_moved in pairs
    )


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

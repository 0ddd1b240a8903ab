"""No table, and no tables together, let a small count be worked out; an auditor of the test's own tries it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from hiring.assessment.disclosure import View, Weights, without_disclosure
from hiring.assessment.suppression import ALL, LEAST, Count, Key, publishable, with_margins

GONE_ON: tuple[Weights, Weights] = ((1, 1), (0, 1))
WAY: tuple[tuple[Weights, Weights], ...] = (
    ((1, 1, 1), (0, 1, 1)),
    ((0, 1, 1), (0, 0, 1)),
    ((1, 1, 1), (0, 0, 1)),
)
People = dict[Key, tuple[int, ...]]


def view_of(people: People, reached: Weights, selected: Weights) -> View:
    def counted(states: tuple[int, ...], weights: Weights) -> int:
        return sum(count * weight for count, weight in zip(states, weights, strict=True))

    cells = {key: Count(counted(each, reached), counted(each, selected)) for key, each in people.items()}
    table = with_margins({key: count for key, count in cells.items() if count.reached})
    return View(reached, selected, table, publishable(table))


def bounds_of(people: People, views: list[View], key: Key, weights: Weights) -> tuple[float, float]:
    """The lowest and highest count that fits everything shown, by linear programming over all groups."""
    groups, states = list(people), len(weights)

    def row(cell: Key, counted: Weights) -> list[int]:
        inside = [all(a in (ALL, b) for a, b in zip(cell, group, strict=True)) for group in groups]
        return [is_in * counted[state] for is_in in inside for state in range(states)]

    known = [
        (view, *cell) for view in views for cell in {**view.shown, (ALL, ALL): view.table[ALL, ALL]}.items()
    ]
    equations = [row(cell, view.reached) for view, cell, _count in known]
    equations += [row(cell, view.selected) for view, cell, _count in known]
    values = [count.reached for *_rest, count in known] + [count.selected for *_rest, count in known]
    wanted = np.array(row(key, weights))
    low, high = (
        linprog(sign * wanted, A_eq=equations, b_eq=values, bounds=(0, None)).fun * sign for sign in (1, -1)
    )
    return low, high


def given_away(people: People, views: list[View]) -> list[tuple[Key, Weights]]:
    return [
        (key, weights)
        for view in views
        for key, count in view.table.items()
        for weights, value in zip(view.measures, count.measures, strict=True)
        if 0 < value < LEAST and count != view.table[ALL, ALL]
        if np.ptp(bounds_of(people, views, key, weights)) < 0.5
    ]


def audited(people: People, *shapes: tuple[Weights, Weights]) -> tuple[list[View], list[View]]:
    """The views as each table alone may show itself, and as all of them together may."""
    alone = [view_of(people, *shape) for shape in shapes]
    left = without_disclosure(alone)
    views = zip(alone, left, strict=True)
    return alone, [View(view.reached, view.selected, view.table, shown) for view, shown in views]


def test_one_cell_of_the_crossing_does_not_give_the_opposite_one_away() -> None:
    people = {("f", "a"): (23, 20), ("f", "b"): (9, 9), ("m", "a"): (1, 0), ("m", "b"): (12, 21)}

    alone, together = audited(people, GONE_ON)

    assert (("m", "a"), (1, 1)) in given_away(people, alone)
    assert given_away(people, together) == []
    assert ("f", ALL) in together[0].shown  # Only what has to be is held back.


def test_two_stages_do_not_tell_of_a_third_that_is_hidden() -> None:
    people = {
        ("f", "a"): (4, 2, 0),
        ("f", "b"): (0, 0, 4),
        ("f", "c"): (0, 2, 1),
        ("m", "a"): (0, 1, 1),
        ("m", "b"): (3, 3, 5),
        ("?", "a"): (3, 0, 0),
        ("?", "b"): (2, 2, 5),
        ("?", "c"): (0, 1, 6),
    }

    alone, together = audited(people, *WAY)

    assert (("?", ALL), (0, 1, 0)) in given_away(people, alone)
    assert given_away(people, together) == []


@pytest.mark.parametrize("seed", range(12))
def test_random_people_are_safe(seed: int) -> None:
    chance = np.random.default_rng(seed)
    kinds = "fm?"[: chance.integers(2, 4)], "abcd"[: chance.integers(2, 4)]
    people = {
        group: tuple(int(chance.choice([0, 2, 4, 9, 15])) for _state in range(3)) for group in product(*kinds)
    }

    _alone, together = audited(people, *WAY)

    assert given_away(people, together) == []


def test_a_table_without_people_shows_nothing() -> None:
    assert without_disclosure([View((1, 1), (0, 1), {}, {})]) == [{}]

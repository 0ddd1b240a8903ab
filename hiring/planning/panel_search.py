"""Finds the panel plan: lines along augmenting paths until everybody has raters, then even loads, then one part."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.linkage import bridges, parts
from hiring.assessment.ratings import Means
from hiring.planning.panel import LEAST_SHARED, Grid, PanelPlan, PanelWishes

Loads = NDArray[np.intp]


def plan_panel(wishes: PanelWishes) -> PanelPlan | None:
    """The plan; None if no plan gives every candidate the wished number of raters.

    As many interviewers take part as can be linked through two candidates each; more only where the loads demand it.
    The same wishes give the same plan.
    """
    for members in _rosters(wishes):
        grid = _filled(wishes, members)
        if grid is not None:
            most = np.where(members, wishes.most, 0)
            _level(grid, wishes, most)
            _link(grid, wishes, most)
            return PanelPlan(wishes, grid)
    return None


def can_be_planned(wishes: PanelWishes) -> bool:
    """Whether every candidate can have the wished number of raters."""
    return _filled(wishes, np.ones(len(wishes.interviewers), dtype=bool)) is not None


def _rosters(wishes: PanelWishes) -> Iterator[NDArray[np.bool_]]:
    """Who takes part: first as many as can be linked well, those who may meet most candidates; then one more, ..."""
    people, interviews = len(wishes.interviewers), len(wishes.candidates) * wishes.raters
    linkable = min(interviews // LEAST_SHARED, interviews - len(wishes.candidates) + 1)
    most_useful = np.argsort(-np.minimum(wishes.allowed.sum(axis=0), wishes.most), kind="stable")
    for number in range(max(min(linkable, people), min(wishes.raters, people)), people + 1):
        members = np.zeros(people, dtype=bool)
        members[most_useful[:number]] = True
        yield members


def _filled(wishes: PanelWishes, members: NDArray[np.bool_]) -> Grid | None:
    """Every candidate with as many raters as wished, within the greatest loads; None if that cannot be."""
    allowed = wishes.allowed & members
    most = np.where(members, wishes.most, 0)
    grid = np.zeros_like(allowed)
    for row in range(len(wishes.candidates)):
        for column in _turns(row, np.flatnonzero(members)):
            if (
                grid[row].sum() < wishes.raters
                and allowed[row, column]
                and grid[:, column].sum() < most[column]
            ):
                grid[row, column] = True
    for row in range(len(wishes.candidates)):
        while grid[row].sum() < wishes.raters:
            if not _add_line(grid, allowed, most, row):
                return None
    return grid


def _turns(row: int, members: NDArray[np.intp]) -> Iterator[int]:
    """The interviewers in the order in which this candidate would take them: a cyclic design.

    Neighbours share interviewers, so that the plan hangs together, and each time round the step is another one, so that
    everybody meets everybody else.
    """
    count = len(members)
    step = 1 + (row // max(count, 1)) % max(count - 1, 1)
    while np.gcd(step, count) > 1:
        step += 1
    for number in range(count):
        yield int(members[(row + number * step) % count])


def _add_line(grid: Grid, allowed: Grid, most: Loads, row: int) -> bool:
    """One more rater for a candidate; others may exchange theirs for it. False if that is impossible."""
    free = allowed & ~grid
    loads = grid.sum(axis=0)
    path = _path(grid, free, np.flatnonzero(free[row]), loads < most)
    if path is None:
        return False
    _shift(grid, free, path)
    grid[row, path[0]] = True
    return True


def _level(grid: Grid, wishes: PanelWishes, most: Loads) -> None:
    """Moves lines from who has most to who has less by two or more, until nobody can be relieved."""
    allowed = wishes.allowed & (most > 0)
    while True:
        loads = grid.sum(axis=0)
        for start in np.argsort(-loads, kind="stable"):
            ends = (loads <= loads[start] - 2) & (loads < most)
            free = allowed & ~grid
            path = _path(grid, free, np.array([start]), ends) if ends.any() else None
            if path is not None:
                _shift(grid, free, path)
                break
        else:
            return


def _path(grid: Grid, free: Grid, starts: NDArray[np.intp], ends: NDArray[np.bool_]) -> list[int] | None:
    """Interviewers of whom each can hand a candidate to the next, from a start to an end; the shortest."""
    hands_on = (grid.T.astype(np.intp) @ free.astype(np.intp)) > 0
    came_from: dict[int, int | None] = {int(each): None for each in starts}
    waiting = deque(came_from)
    while waiting:
        here = waiting.popleft()
        if ends[here]:
            return _back(came_from, here)
        for there in np.flatnonzero(hands_on[here]).tolist():
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return None


def _back(came_from: dict[int, int | None], end: int) -> list[int]:
    path = [end]
    while (before := came_from[path[-1]]) is not None:
        path.append(before)
    return path[::-1]


def _shift(grid: Grid, free: Grid, path: list[int]) -> None:
    """Each interviewer of the path hands a candidate to the next one; from the end, so that each still has it free."""
    for giver, taker in reversed(list(pairwise(path))):
        row = int(np.flatnonzero(grid[:, giver] & free[:, taker] & ~grid[:, taker])[0])
        grid[row, giver], grid[row, taker] = False, True


def _link(grid: Grid, wishes: PanelWishes, most: Loads) -> None:
    """Joins the parts of the plan, as long as a swap or a move joins two."""
    allowed = wishes.allowed & (most > 0)
    while True:
        groups = _groups(grid, wishes)
        if len(groups) < 2 or not (_swapped(grid, allowed, groups) or _moved(grid, allowed, most, groups)):
            return


def _groups(grid: Grid, wishes: PanelWishes) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Places of candidates and interviewers of each part."""
    means = PanelPlan(wishes, grid).means
    met, used = np.flatnonzero(grid.any(axis=1)), np.flatnonzero(grid.any(axis=0))
    return [(met[list(each.candidates)], used[list(each.interviewers)]) for each in parts(means)]


def _swapped(grid: Grid, allowed: Grid, groups: list[tuple[NDArray[np.intp], NDArray[np.intp]]]) -> bool:
    """Swaps the interviewers of two candidates of different parts, one of whom is not the only link of anybody."""
    free = allowed & ~grid
    for place, (candidates, _interviewers) in enumerate(groups):
        for row, column in _loose(grid, candidates):
            for other, (others, _people) in enumerate(groups):
                if other == place:
                    continue
                for second in others[free[others, column]].tolist():
                    partners = np.flatnonzero(grid[second] & free[row])
                    if len(partners):
                        partner = int(partners[0])
                        grid[row, column] = grid[second, partner] = False
                        grid[row, partner] = grid[second, column] = True
                        return True
    return False


def _loose(grid: Grid, candidates: NDArray[np.intp]) -> list[tuple[int, int]]:
    """The lines of these candidates that can be taken away without cutting anything off."""
    columns = np.flatnonzero(grid[candidates].any(axis=0))
    found = _single_links(grid[np.ix_(candidates, columns)])
    lines = np.argwhere(grid[candidates])
    positions = {int(column): place for place, column in enumerate(columns)}
    return [
        (int(candidates[row]), int(column))
        for row, column in lines
        if (int(row), positions[int(column)]) not in found
    ]


def _single_links(grid: Grid) -> set[tuple[int, int]]:
    """The lines of a part without which it would fall into two."""
    rows, columns = np.nonzero(grid)
    means = Means(
        tuple(map(str, range(grid.shape[0]))),
        tuple(map(str, range(grid.shape[1]))),
        rows.astype(np.intp),
        columns.astype(np.intp),
        np.zeros(len(rows)),
    )
    alone = {(int(row), int(np.flatnonzero(grid[row])[0])) for row in np.flatnonzero(grid.sum(axis=1) == 1)}
    return alone | {(each.candidate, each.interviewer) for each in bridges(means)}


def _moved(
    grid: Grid, allowed: Grid, most: Loads, groups: list[tuple[NDArray[np.intp], NDArray[np.intp]]]
) -> bool:
    """Gives a candidate of one part an interviewer of another in place of one who is not needed to hold it together."""
    free, loads = allowed & ~grid, grid.sum(axis=0)
    for candidates, interviewers in groups:
        outside = (loads < most) & (loads > 0)
        outside[interviewers] = False
        for row, column in _loose(grid, candidates):
            takers = np.flatnonzero(free[row] & outside)
            if len(takers):
                taker = int(takers[np.argmin(loads[takers])])
                grid[row, column], grid[row, taker] = False, True
                return True
    return False

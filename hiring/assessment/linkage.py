"""Which candidates and interviewers are linked through ratings, and so can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from hiring.assessment.ratings import Means


@dataclass(frozen=True)
class Part:
    """Positions of candidates and interviewers who are linked with one another and with nobody else."""

    candidates: tuple[int, ...]
    interviewers: tuple[int, ...]


@dataclass(frozen=True)
class Bridge:
    """A rating that alone links two groups of interviewers: positions of its candidate and its interviewer."""

    candidate: int
    interviewer: int


def parts(means: Means) -> tuple[Part, ...]:
    """The connected parts of the design by union-find, the one with most candidates first."""
    shift = len(means.candidates)
    leader = list(range(shift + len(means.interviewers)))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for candidate, interviewer in zip(means.candidate.tolist(), means.interviewer.tolist(), strict=True):
        leader[find(candidate)] = find(shift + interviewer)
    groups: dict[int, list[int]] = {}
    for node in range(len(leader)):
        groups.setdefault(find(node), []).append(node)
    found = (
        Part(
            tuple(node for node in group if node < shift),
            tuple(node - shift for node in group if node >= shift),
        )
        for group in groups.values()
    )
    return tuple(sorted(found, key=lambda part: (-len(part.candidates), part.candidates)))


def bridges(means: Means) -> tuple[Bridge, ...]:
    """The ratings without which interviewers who can be compared now could not be compared any more.

    Bridges of a graph by depth-first search (Tarjan 1974, Information Processing Letters 2(6), 160-161).
    A candidate whom one interviewer met alone hangs on a single rating too, but links nobody.
    """
    shift = len(means.candidates)
    rows = list(zip(means.candidate.tolist(), means.interviewer.tolist(), strict=True))
    near: list[list[tuple[int, int]]] = [[] for _ in range(shift + len(means.interviewers))]
    for row, (candidate, interviewer) in enumerate(rows):
        near[candidate].append((shift + interviewer, row))
        near[shift + interviewer].append((candidate, row))
    found = _single_links(near, shift)
    return tuple(Bridge(*rows[row]) for row in sorted(found))


def _single_links(near: list[list[tuple[int, int]]], shift: int) -> list[int]:
    """The rows whose loss would part interviewers; nodes from ``shift`` on are interviewers."""
    entered, lowest = [-1] * len(near), [0] * len(near)
    found: list[int] = []
    for root in range(len(near)):
        if entered[root] < 0:
            order, below = _walk(near, root, entered, lowest, shift)
            everybody = below[root]
            for node, row in order[1:]:
                if lowest[node] == entered[node] and 0 < below[node] < everybody:
                    found.append(row)
    return found


def _walk(
    near: list[list[tuple[int, int]]], root: int, entered: list[int], lowest: list[int], shift: int
) -> tuple[list[tuple[int, int]], dict[int, int]]:
    """One depth-first search: nodes with the row they were reached by, and the interviewers below each."""
    order: list[tuple[int, int]] = []
    stack = [(root, -1, iter(near[root]))]
    entered[root] = lowest[root] = 0
    order.append((root, -1))
    below = {root: int(root >= shift)}
    while stack:
        node, by, left = stack[-1]
        for other, row in left:
            if row == by:
                continue
            if entered[other] >= 0:
                lowest[node] = min(lowest[node], entered[other])
                continue
            entered[other] = lowest[other] = len(order)
            order.append((other, row))
            below[other] = int(other >= shift)
            stack.append((other, row, iter(near[other])))
            break
        else:
            stack.pop()
            if stack:
                above = stack[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
                below[above] += below[node]
    return order, below

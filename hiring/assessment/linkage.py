"""Which candidates and interviewers are linked through ratings, and so can be compared.

The design is a graph of candidates and interviewers with a line for each rating; what hangs on one line or
one node is found by a depth-first search (Tarjan 1974, Information Processing Letters 2(6), 160-161;
Hopcroft & Tarjan 1973, Communications of the ACM 16(6), 372-378).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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

    They include that of every interviewer who shares one candidate only with the others. A candidate whom
    one interviewer met alone hangs on a single rating too, but links nobody.
    """
    found = sorted(row for walk in _walks(means) for row in walk.single_links)
    return tuple(Bridge(int(means.candidate[row]), int(means.interviewer[row])) for row in found)


def cut_interviewers(means: Means) -> tuple[int, ...]:
    """The interviewers without whom others who can be compared now could not be compared any more."""
    shift = len(means.candidates)
    return tuple(sorted(node - shift for walk in _walks(means) for node in walk.joints if node >= shift))


def cut_candidates(means: Means) -> tuple[int, ...]:
    """The candidates without whom interviewers who can be compared now could not be compared any more."""
    shift = len(means.candidates)
    return tuple(sorted(node for walk in _walks(means) for node in walk.joints if node < shift))


@dataclass(eq=False)
class _Walk:
    """A depth-first search of one part, in the order in which nodes were reached.

    Nodes from ``shift`` on are interviewers. ``row`` and ``above`` are the rating and the node by which a node
    was reached; ``lowest`` is the earliest place reached from it or from below it other than by that rating;
    ``below`` counts the interviewers among it and the nodes below it.
    """

    shift: int
    order: list[int] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    row: dict[int, int] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    lowest: dict[int, int] = field(default_factory=dict)
    below: dict[int, int] = field(default_factory=dict)

    def enter(self, node: int, row: int, above: int) -> None:
        """Reaches a node for the first time."""
        self.place[node] = self.lowest[node] = len(self.order)
        self.row[node], self.above[node], self.below[node] = row, above, int(node >= self.shift)
        self.order.append(node)

    def leave(self, node: int) -> None:
        """Tells the node above what was seen below."""
        above = self.above[node]
        if above in self.place:
            self.lowest[above] = min(self.lowest[above], self.lowest[node])
            self.below[above] += self.below[node]

    @property
    def single_links(self) -> list[int]:
        """The ratings with interviewers on both sides that nothing goes round."""
        everybody = self.below[self.order[0]]
        return [
            self.row[node]
            for node in self.order[1:]
            if self.lowest[node] == self.place[node] and 0 < self.below[node] < everybody
        ]

    @property
    def joints(self) -> list[int]:
        """The nodes whose loss would leave interviewers in two groups or more."""
        groups: dict[int, list[int]] = {node: [] for node in self.order}
        for node in self.order[1:]:
            above = self.above[node]
            if self.lowest[node] >= self.place[above] and self.below[node]:
                groups[above].append(self.below[node])
        everybody = self.below[self.order[0]]
        rest = {node: everybody - int(node >= self.shift) - sum(own) for node, own in groups.items()}
        return [node for node, own in groups.items() if len(own) + (rest[node] > 0) > 1]


def _walks(means: Means) -> Iterator[_Walk]:
    """A search of every part."""
    near, seen = _neighbours(means), set[int]()
    for root in range(len(near)):
        if root not in seen:
            walk = _walk(near, root, len(means.candidates))
            seen.update(walk.order)
            yield walk


def _neighbours(means: Means) -> list[list[tuple[int, int]]]:
    """For each node the nodes it shares a rating with, and the row of that rating."""
    shift = len(means.candidates)
    near: list[list[tuple[int, int]]] = [[] for _ in range(shift + len(means.interviewers))]
    pairs = zip(means.candidate.tolist(), means.interviewer.tolist(), strict=True)
    for row, (candidate, interviewer) in enumerate(pairs):
        near[candidate].append((shift + interviewer, row))
        near[shift + interviewer].append((candidate, row))
    return near


def _walk(near: list[list[tuple[int, int]]], root: int, shift: int) -> _Walk:
    """The search from one node, without recursion, for which large designs are too deep."""
    walk, stack = _Walk(shift), [(root, iter(near[root]))]
    walk.enter(root, -1, -1)
    while stack:
        node, left = stack[-1]
        other, row = next(left, (-1, -1))
        if row < 0:
            stack.pop()
            walk.leave(node)
        elif other not in walk.place:
            walk.enter(other, row, node)
            stack.append((other, iter(near[other])))
        elif row != walk.row[node]:
            walk.lowest[node] = min(walk.lowest[node], walk.place[other])
    return walk

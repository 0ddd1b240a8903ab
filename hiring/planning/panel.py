"""Who interviews whom: a plan in which all have their raters, loads are even, and the ratings can be compared.

Candidates and interviewers are the two sides of a graph, and who interviews whom its lines. Moving lines along paths
from who has more to who has less ends in the most even loads that the rules allow (Harvey, Ladner, Lovász & Tamir 2006,
Journal of Algorithms 59(1), 53-78). Swapping the ends of two lines keeps every load and joins parts of the graph that
are not linked yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.linkage import Bridge, Part, bridges, parts
from hiring.assessment.projection import projected
from hiring.assessment.ratings import Means
from hiring.assessment.reliability import average_raters, overlap

Grid = NDArray[np.bool_]  # Shape (candidates, interviewers).

SEPARATE = (
    0.44  # One interviewer who meets the candidate alone (Huffcutt, Culbertson & Weyhrauch 2013, IJSA 21(3)).
)
LEAST_SHARED = 2  # Candidates through whom every interviewer shall be linked with the others.
RATERS_OF_A_SKILL = 2
STRANGER_COST = 1_000_000  # In a round that asks nothing which the interviewer rates.


@dataclass(frozen=True)
class PanelCandidate:
    """Somebody to be interviewed; without languages or days, any will do."""

    name: str
    languages: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PanelInterviewer:
    """Somebody who interviews: at most so many candidates, and with ``skills`` only on these."""

    name: str
    most: int | None = None
    languages: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PanelRound:
    """A conversation that every candidate has: with so many interviewers, and on its own skills if it has any."""

    raters: int
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class PanelWishes:
    """What the plan shall do. ``conflicts`` are pairs of a candidate's and an interviewer's name that never meet.

    With ``rounds``, ``raters`` is the sum of theirs: nobody meets a candidate twice.
    """

    candidates: tuple[PanelCandidate, ...]
    interviewers: tuple[PanelInterviewer, ...]
    raters: int = 2
    skills: tuple[str, ...] = ()
    conflicts: frozenset[tuple[str, str]] = frozenset()
    rounds: tuple[PanelRound, ...] = ()

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """The round of each of a candidate's interviewers, counted from 1."""
        return (
            tuple(number for number, each in enumerate(self.rounds, 1) for _rater in range(each.raters))
            or (1,) * self.raters
        )

    def raters_of(self, skill: str) -> int:
        """How many could rate a skill of one candidate: those of the rounds that ask about it."""
        return (
            sum(each.raters for each in self.rounds if skill in (each.skills or self.skills)) or self.raters
        )

    @cached_property
    def allowed(self) -> Grid:
        """Who may interview whom: not oneself, no conflict, a common language and a common day."""
        return np.array(
            [[self._may_meet(one, other) for other in self.interviewers] for one in self.candidates],
            dtype=bool,
        ).reshape(len(self.candidates), len(self.interviewers))

    @cached_property
    def most(self) -> NDArray[np.intp]:
        """The greatest loads, shape (interviewers,)."""
        everybody = len(self.candidates)
        return np.array(
            [everybody if each.most is None else each.most for each in self.interviewers], dtype=np.intp
        )

    def _may_meet(self, candidate: PanelCandidate, interviewer: PanelInterviewer) -> bool:
        return (
            candidate.name != interviewer.name
            and (candidate.name, interviewer.name) not in self.conflicts
            and meets(candidate.languages, interviewer.languages)
            and meets(candidate.days, interviewer.days)
        )


@dataclass(frozen=True)
class PanelAssignment:
    """An interview: who is asked by whom about which skills, in which round."""

    candidate: str
    interviewer: str
    skills: tuple[str, ...]
    round: int = 1


@dataclass(frozen=True, eq=False)
class PanelPlan:
    """A plan with what is to be expected of it."""

    wishes: PanelWishes
    grid: Grid

    @cached_property
    def assignments(self) -> tuple[PanelAssignment, ...]:
        """All interviews, candidate by candidate."""
        return tuple(
            PanelAssignment(
                self.wishes.candidates[row].name,
                self.wishes.interviewers[column].name,
                self.skills_of[row, column],
                self.round_of[row, column],
            )
            for row, column in self._lines()
        )

    @cached_property
    def skills_of(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """The skills that each interviewer asks each candidate about."""
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for row in range(len(self.wishes.candidates)):
            for skills, panel in self._conversations(row):
                shared = share_skills(replace(self.wishes, skills=skills), panel, row)
                found |= {(row, column): own for column, own in shared.items()}
        return found

    @cached_property
    def round_of(self) -> dict[tuple[int, int], int]:
        """The round in which each interviewer meets each candidate."""
        return share_rounds(self.wishes, self.grid)

    @property
    def loads(self) -> dict[str, int]:
        """The number of candidates of each interviewer."""
        counts = self.grid.sum(axis=0).tolist()
        return {each.name: count for each, count in zip(self.wishes.interviewers, counts, strict=True)}

    @property
    def components(self) -> int:
        """Into how many parts that cannot be compared the plan falls; interviewers without interviews not counted."""
        return len(self._parts)

    @property
    def cut_off(self) -> tuple[tuple[str, ...], ...]:
        """The names of the candidates of each part but the largest."""
        return tuple(
            tuple(self.wishes.candidates[place].name for place in each.candidates) for each in self._parts[1:]
        )

    @property
    def weakly_linked(self) -> tuple[str, ...]:
        """Interviewers who share fewer than two candidates with the others; nobody where there are not two."""
        if len(self.wishes.candidates) < LEAST_SHARED:
            return ()
        shared = (self.grid & (self.grid.sum(axis=1, keepdims=True) > 1)).sum(axis=0)
        few = {
            place for place in np.flatnonzero(self.grid.any(axis=0)).tolist() if shared[place] < LEAST_SHARED
        }
        return tuple(self.wishes.interviewers[place].name for place in sorted(few))

    @property
    def single_links(self) -> tuple[Bridge, ...]:
        """Interviews without which the plan would fall into parts."""
        return bridges(self.means)

    @property
    def khat(self) -> float | None:
        """The harmonic mean of the numbers of raters."""
        return getattr(average_raters(self.means), "value", None)

    @property
    def q(self) -> float | None:
        """The share of interviewers' severity that disturbs the order of candidates; None below two candidates."""
        return getattr(overlap(self.means), "value", None)

    @property
    def expected_reliability(self) -> float | None:
        """ICC(A,k) of the panels' means, from the reliability of one interviewer in the literature."""
        return self._projected(0)

    @property
    def with_one_more(self) -> float | None:
        """The same with one interviewer more for every candidate (Spearman-Brown)."""
        return self._projected(1)

    @cached_property
    def means(self) -> Means:
        """The plan as a design whose figures ``hiring.assessment`` knows; the values are not given yet."""
        rows, columns = np.nonzero(self.grid)
        used = np.flatnonzero(self.grid.any(axis=0))
        met = np.flatnonzero(self.grid.any(axis=1))
        return Means(
            tuple(self.wishes.candidates[place].name for place in met),
            tuple(self.wishes.interviewers[place].name for place in used),
            np.searchsorted(met, rows).astype(np.intp),
            np.searchsorted(used, columns).astype(np.intp),
            np.zeros(len(rows)),
        )

    def _conversations(self, row: int) -> list[tuple[tuple[str, ...], list[int]]]:
        """The skills and the panel of each of a candidate's conversations; one, where rounds have no own skills."""
        panel = np.flatnonzero(self.grid[row]).tolist()
        if not any(each.skills for each in self.wishes.rounds):
            return [(self.wishes.skills, panel)]
        return [
            (each.skills or self.wishes.skills, [one for one in panel if self.round_of[row, one] == number])
            for number, each in enumerate(self.wishes.rounds, 1)
        ]

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return parts(self.means)

    def _projected(self, more: int) -> float | None:
        found = projected(SEPARATE, self.khat + more) if self.khat else None
        return found if isinstance(found, float) else None

    def _lines(self) -> list[tuple[int, int]]:
        return [(int(row), int(column)) for row, column in zip(*np.nonzero(self.grid), strict=True)]


def meets(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lists of languages or days agree in one; an empty list leaves it open."""
    return not one or not other or bool(one & other)


def share_skills(wishes: PanelWishes, panel: Iterable[int], turn: int = 0) -> dict[int, tuple[str, ...]]:
    """The skills of each member of a candidate's panel: every skill with two of them, as evenly as can be.

    ``turn`` moves on who begins, so that the same people do not always get the same skills. A skill that fewer than two
    of the panel may ask about is given to those who may.
    """
    members = list(panel)
    members = members[turn % len(members) :] + members[: turn % len(members)] if members else []
    own: dict[int, list[str]] = {each: [] for each in members}
    rarest = sorted(wishes.skills, key=lambda skill: len(_who_may(wishes, members, skill)))
    for skill in rarest:
        able = sorted(_who_may(wishes, members, skill), key=lambda each: len(own[each]))
        for each in able[:RATERS_OF_A_SKILL]:
            own[each].append(skill)
    return {each: tuple(skill for skill in wishes.skills if skill in given) for each, given in own.items()}


def share_rounds(wishes: PanelWishes, grid: Grid) -> dict[tuple[int, int], int]:
    """The round of every interview: each as large as wished, and everybody in each of the rounds about as often.

    Who rates only some skills meets candidates where these are asked. Whoever is one too many joins the last round.
    """
    from scipy.optimize import linear_sum_assignment

    rounds = wishes.rounds or (PanelRound(wishes.raters),)
    cost = np.zeros((len(wishes.interviewers), len(rounds)))
    for place, each in enumerate(wishes.interviewers):
        for number, round_ in enumerate(rounds):
            if each.skills and round_.skills and not each.skills & set(round_.skills):
                cost[place, number] = STRANGER_COST
    found: dict[tuple[int, int], int] = {}
    for row in range(len(wishes.candidates)):
        panel = np.flatnonzero(grid[row])
        extra = max(len(panel) - len(wishes.slots), 0)
        slots = np.array([*wishes.slots, *(len(rounds),) * extra], dtype=np.intp)
        members, places = linear_sum_assignment(cost[np.ix_(panel, slots - 1)])
        for column, number in zip(panel[members].tolist(), slots[places].tolist(), strict=True):
            found[row, column] = number
            cost[column, number - 1] += 1
    return found


def _who_may(wishes: PanelWishes, members: Iterable[int], skill: str) -> list[int]:
    return [each for each in members if not (own := wishes.interviewers[each].skills) or skill in own]

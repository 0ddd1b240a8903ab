"""What would make an impossible panel plan possible, and what is wrong with one that was changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from hiring.planning.panel import PanelInterviewer, PanelPlan, PanelWishes
from hiring.planning.panel_search import can_be_planned


class PanelChangeKind(StrEnum):
    """What could be changed."""

    HIGHER_LOADS = "higher_loads"
    MORE_INTERVIEWERS = "more_interviewers"
    FEWER_RATERS = "fewer_raters"


@dataclass(frozen=True)
class PanelChange:
    """The smallest change of one kind: candidates more for each interviewer, more interviewers, or raters left."""

    kind: PanelChangeKind
    amount: int


class FlawKind(StrEnum):
    """Which rule a plan breaks."""

    NOT_ALLOWED = "not_allowed"
    OVERLOAD = "overload"
    TOO_FEW_RATERS = "too_few_raters"
    SKILL_ALONE = "skill_alone"
    CUT_OFF = "cut_off"
    WEAK_LINK = "weak_link"


@dataclass(frozen=True)
class Flaw:
    """A rule that is broken: by whom, and by how much where it is a number (what there is, and what should be)."""

    kind: FlawKind
    candidate: str = ""
    interviewer: str = ""
    found: int = 0
    wished: int = 0
    skill: str = ""


def changes_for(wishes: PanelWishes) -> tuple[PanelChange, ...]:
    """The smallest change of each kind that makes the plan possible."""
    everybody, most = len(wishes.candidates), len(wishes.interviewers) + wishes.raters
    higher = _least(range(1, everybody + 1), lambda more: _with_loads(wishes, more))
    people = _least(range(1, most + 1), lambda more: _with_people(wishes, more))
    fewer = _least(range(1, wishes.raters), lambda less: replace(wishes, raters=wishes.raters - less))
    found = (
        (PanelChangeKind.HIGHER_LOADS, higher),
        (PanelChangeKind.MORE_INTERVIEWERS, people),
        (PanelChangeKind.FEWER_RATERS, fewer and wishes.raters - fewer),
    )
    return tuple(PanelChange(kind, amount) for kind, amount in found if amount)


def short_of_raters(wishes: PanelWishes) -> tuple[tuple[str, int], ...]:
    """The candidates whom fewer interviewers may meet than were wished, each with their number."""
    counts = (wishes.allowed & (wishes.most > 0)).sum(axis=1)
    return tuple(
        (each.name, int(count))
        for each, count in zip(wishes.candidates, counts, strict=True)
        if count < wishes.raters
    )


def flaws_of(plan: PanelPlan) -> tuple[Flaw, ...]:
    """Every rule that the plan breaks; empty for a plan in order."""
    return (*_not_allowed(plan), *_overloads(plan), *_too_few(plan), *_skills_alone(plan), *_links(plan))


def _least(numbers: range, changed: Callable[[int], PanelWishes]) -> int | None:
    """The least number that helps; as each helps no less than the one before, the middle tells which half."""
    if not numbers or not can_be_planned(changed(numbers[-1])):
        return None
    low, high = 0, len(numbers) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if can_be_planned(changed(numbers[middle])) else (middle + 1, high)
    return numbers[low]


def _with_loads(wishes: PanelWishes, more: int) -> PanelWishes:
    people = tuple(
        each if each.most is None else replace(each, most=each.most + more) for each in wishes.interviewers
    )
    return replace(wishes, interviewers=people)


def _with_people(wishes: PanelWishes, more: int) -> PanelWishes:
    """More interviewers who may meet everybody, as many candidates as the one of the others who meets most."""
    limits = [each.most for each in wishes.interviewers if each.most is not None]
    most = max(limits) if len(limits) == len(wishes.interviewers) and limits else None
    new = tuple(PanelInterviewer(f"\0{number}", most) for number in range(more))
    return replace(wishes, interviewers=(*wishes.interviewers, *new))


def _not_allowed(plan: PanelPlan) -> Iterator[Flaw]:
    for row, column in np.argwhere(plan.grid & ~plan.wishes.allowed).tolist():
        yield Flaw(
            FlawKind.NOT_ALLOWED, plan.wishes.candidates[row].name, plan.wishes.interviewers[column].name
        )


def _overloads(plan: PanelPlan) -> Iterator[Flaw]:
    for each, (name, load) in zip(plan.wishes.interviewers, plan.loads.items(), strict=True):
        if each.most is not None and load > each.most:
            yield Flaw(FlawKind.OVERLOAD, interviewer=name, found=load, wished=each.most)


def _too_few(plan: PanelPlan) -> Iterator[Flaw]:
    for each, count in zip(plan.wishes.candidates, plan.grid.sum(axis=1).tolist(), strict=True):
        if count < plan.wishes.raters:
            yield Flaw(FlawKind.TOO_FEW_RATERS, each.name, found=count, wished=plan.wishes.raters)


def _skills_alone(plan: PanelPlan) -> Iterator[Flaw]:
    for row, each in enumerate(plan.wishes.candidates):
        members = np.flatnonzero(plan.grid[row]).tolist()
        for skill in plan.wishes.skills:
            raters = sum(skill in plan.skills_of[row, column] for column in members)
            if raters < min(2, plan.wishes.raters_of(skill)):
                yield Flaw(FlawKind.SKILL_ALONE, each.name, found=raters, wished=2, skill=skill)


def _links(plan: PanelPlan) -> Iterator[Flaw]:
    for names in plan.cut_off:
        yield Flaw(FlawKind.CUT_OFF, candidate=names[0], found=len(names))
    for name in plan.weakly_linked:
        yield Flaw(FlawKind.WEAK_LINK, interviewer=name)

"""A job's panel plan as a page shows it: the grid, what is wrong with it, and what to expect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hiring.candidates.naming import name_of
from hiring.conflicts.queries import pairs_in_conflict
from hiring.i18n import _
from hiring.interviews.document import PlanChoice
from hiring.models import Application, Job, Person
from hiring.panels.queries import without_interview
from hiring.planning.panel import (
    Grid,
    PanelCandidate,
    PanelInterviewer,
    PanelPlan,
    PanelRound,
    PanelWishes,
)
from hiring.planning.panel_changes import changes_for, flaws_of, short_of_raters
from hiring.planning.panel_search import plan_panel
from hiring.planning.panel_words import expectation_words, flaw_words, panel_change_words
from question_bank import NotInBank, skill_name

Seats = Collection[tuple[int, int]]


@dataclass(frozen=True)
class Conversation:
    """An interview to plan: its round, and who is on the panel. ``plan`` is what the form for interviews calls it."""

    round: str
    plan: str
    people: tuple[str, ...]
    person_ids: tuple[int, ...]

    @property
    def summary(self) -> str:
        """The panel in words."""
        return ", ".join(self.people) or _("nobody yet")


@dataclass(frozen=True)
class PanelRow:
    """A candidate with those who interview, in the order of the columns.

    ``rounds`` is the number of the round in each column, 0 for whoever does not interview.
    """

    application_id: int
    name: str
    seated: tuple[bool, ...]
    allowed: tuple[bool, ...]
    rounds: tuple[int, ...]
    conversations: tuple[Conversation, ...]

    @property
    def address(self) -> dict[str, Any]:
        """What the form for the first interview is asked with, and those that come after it."""
        first, *later = self.conversations
        then = [f"{each.plan}:{','.join(map(str, each.person_ids))}" for each in later]
        return {"panel": first.person_ids, "plan": first.plan or None, "then": then}

    @property
    def summary(self) -> str:
        """Who interviews, conversation by conversation."""
        return "; ".join(each.summary for each in self.conversations)


@dataclass(frozen=True)
class PanelFigures:
    """What is to be expected of a plan; None where a figure is not defined."""

    parts: int
    khat: float | None
    q: float | None
    reliability: float | None


@dataclass(frozen=True)
class PanelSheet:
    """The plan, or why there is none."""

    people: tuple[Person, ...]
    rows: tuple[PanelRow, ...]
    loads: tuple[int, ...]
    figures: PanelFigures | None
    before: PanelFigures | None
    flaws: tuple[str, ...]
    expectations: tuple[str, ...]
    problem: str = ""
    ways: tuple[str, ...] = ()


def panel_sheet(
    job: Job,
    people: Sequence[Person],
    raters: int,
    most: int | None,
    seats: Seats | None = None,
    closed: Collection[int] = (),
    rounds: Sequence[PlanChoice] = (),
) -> PanelSheet:
    """The plan for those who have no interview yet; or that of ``seats``, pairs of application and person, checked.

    With ``rounds`` every candidate has so many raters in each of them.
    ``closed`` are applications that the reader must not follow: that one is open still tells how it stands.
    """
    applications = [each for each in without_interview(job) if each.id not in closed]
    wishes = _wishes(job, applications, people, raters, most, rounds)
    planned = plan_panel(wishes) if applications and people else None
    shown = planned if seats is None else PanelPlan(wishes, _grid(applications, people, seats))
    if shown is None:
        return _impossible(applications, people, wishes)
    return PanelSheet(
        people=tuple(people),
        rows=tuple(_rows(shown, applications, people, rounds)),
        loads=tuple(shown.loads.values()),
        figures=_figures(shown),
        before=_figures(planned) if planned is not None and seats is not None else None,
        flaws=tuple(_flaws(shown, applications, people)),
        expectations=expectation_words(shown),
    )


def _wishes(
    job: Job,
    applications: Sequence[Application],
    people: Sequence[Person],
    raters: int,
    most: int | None,
    rounds: Sequence[PlanChoice],
) -> PanelWishes:
    chosen = {person.id: _key(person) for person in people}
    conflicts = {
        (str(application_id), chosen[person_id])
        for application_id, person_id in pairs_in_conflict(applications)
        if person_id in chosen
    }
    return PanelWishes(
        candidates=tuple(PanelCandidate(str(each.id)) for each in applications),
        interviewers=tuple(PanelInterviewer(_key(person), most) for person in people),
        raters=raters * max(len(rounds), 1),
        skills=tuple(each.skill_id for each in job.skills),
        conflicts=frozenset(conflicts),
        rounds=tuple(PanelRound(raters, each.round.skill_ids) for each in rounds),
    )


def _key(person: Person) -> str:
    return f"person {person.id}"


def _grid(applications: Sequence[Application], people: Sequence[Person], seats: Seats) -> Grid:
    return np.array(
        [[(each.id, person.id) in seats for person in people] for each in applications], dtype=bool
    ).reshape(len(applications), len(people))


def _rows(
    plan: PanelPlan,
    applications: Sequence[Application],
    people: Sequence[Person],
    rounds: Sequence[PlanChoice],
) -> list[PanelRow]:
    return [
        PanelRow(
            application_id=each.id,
            name=name_of(each),
            seated=tuple(plan.grid[place].tolist()),
            allowed=tuple(plan.wishes.allowed[place].tolist()),
            rounds=tuple(plan.round_of.get((place, column), 0) for column in range(len(people))),
            conversations=tuple(
                _conversation(plan, place, people, number, rounds)
                for number in range(1, max(len(rounds), 1) + 1)
            ),
        )
        for place, each in enumerate(applications)
    ]


def _conversation(
    plan: PanelPlan, place: int, people: Sequence[Person], number: int, rounds: Sequence[PlanChoice]
) -> Conversation:
    here = [each for column, each in enumerate(people) if plan.round_of.get((place, column)) == number]
    choice = rounds[number - 1] if rounds else None
    return Conversation(
        choice.round.name if choice else "",
        choice.key if choice else "",
        tuple(each.name for each in here),
        tuple(each.id for each in here),
    )


def _flaws(plan: PanelPlan, applications: Sequence[Application], people: Sequence[Person]) -> list[str]:
    names = {str(each.id): name_of(each) for each in applications} | {
        _key(each): each.name for each in people
    }
    return [
        flaw_words(
            replace(
                each, candidate=names.get(each.candidate, ""), interviewer=names.get(each.interviewer, "")
            ),
            _skill(each.skill),
        )
        for each in flaws_of(plan)
    ]


def _skill(skill_id: str) -> str:
    try:
        return skill_name(skill_id) if skill_id else ""
    except NotInBank:
        return skill_id


def _figures(plan: PanelPlan) -> PanelFigures:
    return PanelFigures(plan.components, plan.khat, plan.q, plan.expected_reliability)


def _impossible(
    applications: Sequence[Application], people: Sequence[Person], wishes: PanelWishes
) -> PanelSheet:
    short = dict(short_of_raters(wishes)) if people else {}
    names = [name_of(each) for each in applications if str(each.id) in short]
    if not applications:
        problem = _(
            "Every open application has an interview. Add candidates, or wait until somebody applies."
        )
    elif not people:
        problem = _("Choose at least one interviewer.")
    elif names:
        problem = _("Too few of these people may interview %(names)s.", names=", ".join(names[:5]))
    else:
        problem = _("These people cannot give every candidate the wished number of interviewers.")
    ways = changes_for(wishes) if applications and people else ()
    return PanelSheet(
        tuple(people), (), (), None, None, (), (), problem, tuple(panel_change_words(each) for each in ways)
    )

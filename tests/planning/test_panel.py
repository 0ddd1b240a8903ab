"""Panel plans: everybody has their raters, loads are even, and the whole hangs together wherever that is possible."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from hiring.planning.panel import Grid, PanelCandidate, PanelInterviewer, PanelPlan, PanelRound, PanelWishes
from hiring.planning.panel_changes import (
    FlawKind,
    PanelChangeKind,
    changes_for,
    flaws_of,
    short_of_raters,
)
from hiring.planning.panel_search import can_be_planned, plan_panel

SKILLS = ("empathy", "listening", "patience", "ownership")


def wishes_for(
    candidates: int,
    interviewers: int,
    raters: int = 2,
    most: int | None = None,
    conflicts: float = 0.0,
    seed: int = 0,
) -> PanelWishes:
    """So many people, of whom a share must not meet, by chance."""
    chance = random.Random(seed)  # noqa: S311
    people = tuple(PanelCandidate(f"c{n}") for n in range(candidates))
    others = tuple(PanelInterviewer(f"i{n}", most) for n in range(interviewers))
    apart = frozenset(
        (one.name, other.name) for one in people for other in others if chance.random() < conflicts
    )
    return PanelWishes(people, others, raters, SKILLS, apart)


def chance_wishes(seed: int, most_people: int, most_interviewers: int) -> PanelWishes:
    chance = random.Random(seed)  # noqa: S311
    return wishes_for(
        chance.randint(2, most_people),
        chance.randint(2, most_interviewers),
        chance.choice([1, 2, 2, 3]),
        chance.choice([None, None, 1, 2, 3, 10]),
        chance.choice([0, 0.1, 0.3, 0.5]),
        seed,
    )


def all_plans(wishes: PanelWishes) -> Iterator[Grid]:
    """Every plan that keeps to the rules, by trying out all."""
    choices = [list(combinations(np.flatnonzero(row).tolist(), wishes.raters)) for row in wishes.allowed]
    for picked in product(*choices):
        grid = np.zeros_like(wishes.allowed)
        for row, columns in enumerate(picked):
            grid[row, list(columns)] = True
        if (grid.sum(axis=0) <= wishes.most).all():
            yield grid


@pytest.mark.parametrize("seed", range(150))
def test_small_plans_are_possible_linked_and_even_as_by_trying_out_all(seed: int) -> None:
    wishes = chance_wishes(seed, 4, 4)
    everything = list(all_plans(wishes))

    plan = plan_panel(wishes)

    assert (plan is None) == (not everything)
    if plan is None or wishes.raters == 1:  # One rater each links nobody.
        return
    assert any(np.array_equal(plan.grid, each) for each in everything)
    used = plan.grid.any(axis=0)
    same_people = [each for each in everything if not (each.any(axis=0) & ~used).any()]
    assert plan.components == min(PanelPlan(wishes, each).components for each in same_people)
    linked = [each for each in same_people if PanelPlan(wishes, each).components == plan.components]
    spread = min(int(each[:, used].sum(axis=0).var() * 1000) for each in linked)
    assert int(plan.grid[:, used].sum(axis=0).var() * 1000) == spread


def test_a_thousand_plans_keep_to_every_rule_and_hang_together() -> None:
    made = 0
    for seed in range(1000):
        wishes = replace(chance_wishes(seed, 40, 15), raters=2 + seed % 2)
        plan = plan_panel(wishes)
        if plan is None:
            continue
        made += 1
        kinds = {each.kind for each in flaws_of(plan)} - {FlawKind.WEAK_LINK, FlawKind.CUT_OFF}
        assert kinds == set()
        linkable = PanelPlan(wishes, wishes.allowed & plan.grid.any(axis=0)).components
        enough = plan.grid.sum() >= len(wishes.candidates) + plan.grid.any(axis=0).sum() - 1
        if enough:
            assert plan.components == linkable, seed

    assert made > 400


def test_interviewers_are_linked_through_two_candidates_where_there_are_enough() -> None:
    plan = plan_panel(wishes_for(6, 12))

    assert plan is not None
    assert plan.weakly_linked == ()
    assert sum(load > 0 for load in plan.loads.values()) == 6


def test_skills_are_shared_out_so_that_two_rate_each() -> None:
    plan = plan_panel(wishes_for(12, 6, 3))

    assert plan is not None
    for name in (each.name for each in plan.wishes.candidates):
        own = [each for each in plan.assignments if each.candidate == name]
        counts = Counter(skill for each in own for skill in each.skills)
        assert counts == dict.fromkeys(SKILLS, 2)
        assert max(len(each.skills) for each in own) - min(len(each.skills) for each in own) <= 1


def test_who_rates_only_some_skills_gets_these() -> None:
    wishes = wishes_for(4, 4, 3)
    expert = replace(wishes.interviewers[0], skills=frozenset({"patience"}))

    plan = plan_panel(replace(wishes, interviewers=(expert, *wishes.interviewers[1:])))

    assert plan is not None
    assert {each.skills for each in plan.assignments if each.interviewer == "i0"} <= {("patience",), ()}


def test_languages_and_days_must_agree_and_nobody_interviews_themselves() -> None:
    candidates = (
        PanelCandidate("Carl", frozenset({"da"})),
        PanelCandidate("Cleo", days=frozenset({"mon"})),
        PanelCandidate("Ivy"),
    )
    people = (
        PanelInterviewer("Ivy", languages=frozenset({"da", "en"}), days=frozenset({"mon"})),
        PanelInterviewer("Ian", languages=frozenset({"da"})),
        PanelInterviewer("Ina", languages=frozenset({"en"}), days=frozenset({"tue"})),
    )

    plan = plan_panel(PanelWishes(candidates, people))

    assert plan is not None
    assert {(each.candidate, each.interviewer) for each in plan.assignments} == {
        ("Carl", "Ivy"),
        ("Carl", "Ian"),
        ("Cleo", "Ivy"),
        ("Cleo", "Ian"),
        ("Ivy", "Ian"),
        ("Ivy", "Ina"),
    }


def test_figures_are_those_of_the_assessment() -> None:
    plan = plan_panel(wishes_for(50, 10, 3))

    assert plan is not None
    assert plan.khat == pytest.approx(3)
    assert plan.expected_reliability == pytest.approx(0.70, abs=0.005)
    assert plan.with_one_more == pytest.approx(0.76, abs=0.005)
    assert plan.q is not None
    assert 0 < plan.q < 1 / 3


@pytest.mark.parametrize("seed", range(200))
def test_every_change_makes_it_possible_and_one_less_does_not(seed: int) -> None:
    wishes = chance_wishes(seed, 8, 5)
    if can_be_planned(wishes):
        return

    for change in changes_for(wishes):
        if change.kind is PanelChangeKind.FEWER_RATERS:
            assert can_be_planned(replace(wishes, raters=change.amount))
            assert not can_be_planned(replace(wishes, raters=change.amount + 1))
        elif change.kind is PanelChangeKind.HIGHER_LOADS:
            raised = [replace(each, most=(each.most or 0) + change.amount) for each in wishes.interviewers]
            assert can_be_planned(replace(wishes, interviewers=tuple(raised)))


def test_candidates_whom_too_few_may_meet_are_named() -> None:
    wishes = replace(wishes_for(3, 3, 3), conflicts=frozenset({("c1", "i0")}))

    assert plan_panel(wishes) is None
    assert short_of_raters(wishes) == (("c1", 2),)


def test_a_change_by_hand_is_checked() -> None:
    wishes = replace(wishes_for(6, 4, 2, most=3), conflicts=frozenset({("c0", "i3")}))
    plan = plan_panel(wishes)
    assert plan is not None
    grid = plan.grid.copy()
    grid[0] = [False, False, False, True]
    grid[1] = [True, True, False, False]
    grid[2] = [True, True, False, False]
    grid[3] = [True, True, False, False]
    grid[4] = [True, True, False, False]
    grid[5] = [False, False, True, True]

    flaws = flaws_of(PanelPlan(wishes, grid))

    assert {each.kind for each in flaws} == {
        FlawKind.NOT_ALLOWED,
        FlawKind.OVERLOAD,
        FlawKind.TOO_FEW_RATERS,
        FlawKind.SKILL_ALONE,
        FlawKind.CUT_OFF,
        FlawKind.WEAK_LINK,
    }


def test_the_same_wishes_give_the_same_plan() -> None:
    one, other = (plan_panel(wishes_for(40, 12, 3, conflicts=0.2)) for _again in range(2))

    assert one is not None
    assert other is not None
    assert one.assignments == other.assignments


def test_rounds_have_their_raters_and_everybody_sits_in_each_about_as_often() -> None:
    wishes = replace(
        wishes_for(24, 6), raters=3, rounds=(PanelRound(1, ("empathy",)), PanelRound(2, ("patience",)))
    )
    wishes = replace(wishes, skills=("empathy", "patience"))
    plan = plan_panel(wishes)
    assert plan is not None

    counts = Counter((each.candidate, each.round) for each in plan.assignments)
    assert {counts[each.name, 1] for each in wishes.candidates} == {1}
    assert {counts[each.name, 2] for each in wishes.candidates} == {2}
    assert len({(each.candidate, each.interviewer) for each in plan.assignments}) == 72
    assert {each.skills for each in plan.assignments if each.round == 1} == {("empathy",)}
    assert {each.skills for each in plan.assignments if each.round == 2} == {("patience",)}
    first = Counter(each.interviewer for each in plan.assignments if each.round == 1)
    assert max(first.values()) - min(first.values()) <= 1
    assert flaws_of(plan) == ()


def test_who_rates_other_skills_sits_in_the_other_round() -> None:
    people = (
        PanelInterviewer("Ivy", skills=frozenset({"empathy"})),
        PanelInterviewer("Ian", skills=frozenset({"patience"})),
    )
    wishes = PanelWishes(
        (PanelCandidate("Carl"), PanelCandidate("Dora")),
        people,
        raters=2,
        skills=("empathy", "patience"),
        rounds=(PanelRound(1, ("patience",)), PanelRound(1, ("empathy",))),
    )
    plan = plan_panel(wishes)

    assert plan is not None
    assert {(each.interviewer, each.round) for each in plan.assignments} == {("Ian", 1), ("Ivy", 2)}


def test_one_too_many_joins_the_last_round() -> None:
    wishes = replace(wishes_for(2, 3), raters=2, rounds=(PanelRound(1), PanelRound(1)))
    plan = PanelPlan(wishes, np.ones((2, 3), dtype=bool))

    assert Counter((row, number) for (row, _column), number in plan.round_of.items()) == {
        (0, 1): 1,
        (0, 2): 2,
        (1, 1): 1,
        (1, 2): 2,
    }

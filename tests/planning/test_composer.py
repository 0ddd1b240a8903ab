"""The composer finds the best plan of all, names the price of what is left out, and says what would be possible."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from hiring.planning.composer import Askable, Plan, RoundWish, SkillWish, Wishes, points_of
from hiring.planning.composer_words import change_words, price_words
from hiring.planning.wishes import ChangeKind, Infeasible, Lack, compose, compose_what_fits, prices
from question_bank import pairs, preset, skills
from tests.planning.brute_force import best_points, small_case

BANK = tuple(
    Askable(each.id, each.probe_id, each.skill_id, each.kind.value, each.is_main)
    for skill in skills()
    for each in skill.questions
)
NAMES = {each.id: each.name for each in skills()}
ALL = tuple(NAMES)


def wishes_for(
    *skill_ids: str, minutes: tuple[int, ...] = (60,), questions: int = 1, **more: object
) -> Wishes:
    chosen = tuple(SkillWish(each, questions) for each in skill_ids)
    overlapping = tuple((one, other) for one, other in (pair.skills for pair in pairs(skill_ids)))
    return Wishes(chosen, tuple(RoundWish(each) for each in minutes), pairs=overlapping, **more)  # type: ignore[arg-type]


def ids_of(plan: Plan) -> list[str]:
    return [each.question.id for round_ in plan.rounds for each in round_.questions]


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_has_more_points_than_the_one_composed(seed: int) -> None:
    questions, wishes = small_case(random.Random(seed))  # noqa: S311
    best = best_points(questions, wishes)

    if best is None:
        with pytest.raises(Infeasible):
            compose(questions, wishes)
    else:
        plan = compose(questions, wishes)
        assert plan.points == best
        assert plan.points == points_of(
            [[each.question for each in round_.questions] for round_ in plan.rounds], wishes
        )


@pytest.mark.parametrize("seed", range(40, 80))
def test_every_change_makes_the_wishes_possible(seed: int) -> None:
    questions, wishes = small_case(random.Random(seed))  # noqa: S311
    impossible = replace(wishes, skills=tuple(replace(each, questions=3) for each in wishes.skills))

    try:
        compose(questions, impossible)
    except Infeasible as refusal:
        for change in refusal.changes:
            assert change_words(change, NAMES | {each.id: each.id for each in wishes.skills})
            assert best_points(questions, change.wishes) is not None or len(change.wishes.rounds) > 2
    else:
        assert best_points(questions, impossible) is not None


@pytest.mark.parametrize("minutes", [(45,), (60,), (60, 60), (30, 60, 90), (240,)])
def test_a_plan_keeps_to_the_minutes_and_asks_everything_once(minutes: tuple[int, ...]) -> None:
    plan = compose_what_fits(BANK, wishes_for(*ALL, minutes=minutes))
    probes = [each.question.probe_id for round_ in plan.rounds for each in round_.questions]

    assert [round_.minutes <= round_.wish.minutes for round_ in plan.rounds] == [True] * len(minutes)
    assert len(set(probes)) == len(probes)
    assert {each.minutes for round_ in plan.rounds for each in round_.questions} <= {6, 7, 8}
    assert all(len(round_.questions) * 60 <= 8 * round_.wish.minutes for round_ in plan.rounds)


def test_an_hour_holds_four_skills_with_two_questions_each_of_both_kinds() -> None:
    plan = compose(BANK, wishes_for(*preset("telephone-service").skills[:4]))

    kinds = Counter((each.question.skill_id, each.question.kind) for each in plan.rounds[0].questions)
    assert {kind for (_skill, kind) in kinds} == {"behavioural", "situational"}
    assert set(kinds.values()) == {1}
    assert plan.rounds[0].minutes == 60


def test_people_without_experience_are_asked_described_cases_first() -> None:
    plan = compose(BANK, wishes_for("empathy", "patience", minutes=(30,), no_experience=True))

    kinds = [each.question.kind for each in plan.rounds[0].questions]
    assert kinds == ["situational", "behavioural", "situational"]
    assert plan.rounds[0].questions[2].question.skill_id == "patience"


def test_what_somebody_has_heard_is_not_asked() -> None:
    first = ids_of(compose(BANK, wishes_for("empathy", "patience")))
    second = ids_of(compose(BANK, wishes_for("empathy", "patience", heard=frozenset(first))))

    assert set(first) & set(second) == set()


def test_a_question_that_other_guides_ask_makes_room_for_its_parallel_form() -> None:
    wishes = wishes_for("empathy", minutes=(18,))
    main = ids_of(compose(BANK, wishes))[0]
    used = [replace(each, uses=3) if each.id == main else each for each in BANK]

    assert ids_of(compose(used, wishes)) != [main]


def test_skills_that_overlap_are_asked_about_in_different_rounds_where_there_are_several() -> None:
    plan = compose(
        BANK, wishes_for("composure-resilience", "patience", "ownership", "integrity", minutes=(40, 40))
    )

    for round_ in plan.rounds:
        asked = {each.question.skill_id for each in round_.questions}
        assert pairs(asked) == ()


def test_a_round_asks_only_about_its_own_skills() -> None:
    wishes = replace(
        wishes_for("empathy", "patience", "listening"),
        rounds=(RoundWish(30, ("listening",)), RoundWish(60, ("empathy", "patience"))),
    )

    first, second = compose(BANK, wishes).rounds

    assert {each.question.skill_id for each in first.questions} == {"listening"}
    assert {each.question.skill_id for each in second.questions} == {"empathy", "patience"}


def test_heavier_skills_get_the_second_questions() -> None:
    wishes = wishes_for("empathy", "listening", "integrity", minutes=(45,))
    heavy = replace(wishes, skills=(*wishes.skills[:2], SkillWish("integrity", weight=3)))

    assert compose(BANK, heavy).counts["integrity"] == 2
    assert compose(BANK, replace(heavy, rounds=(RoundWish(36),))).counts == Counter(
        empathy=1, listening=1, integrity=2
    )


def test_impossible_wishes_are_answered_with_the_smallest_changes() -> None:
    with pytest.raises(Infeasible) as refused:
        compose(BANK, wishes_for(*ALL[:6], questions=2))

    changes = {each.kind: each for each in refused.value.changes}
    assert (changes[ChangeKind.LONGER].amount, changes[ChangeKind.FEWER_QUESTIONS].amount) == (30, 4)
    assert changes[ChangeKind.FEWER_SKILLS].about == ALL[4:6]
    assert ChangeKind.ANOTHER_ROUND in changes
    assert change_words(changes[ChangeKind.LONGER], NAMES) == "Take 90 minutes, 30 more."


def test_one_minute_less_than_advised_would_not_do() -> None:
    with pytest.raises(Infeasible) as refused:
        compose(BANK, wishes_for(*ALL[:10]))
    longer = next(each for each in refused.value.changes if each.kind is ChangeKind.LONGER)

    compose(BANK, longer.wishes)
    with pytest.raises(Infeasible):
        compose(BANK, replace(longer.wishes, rounds=(RoundWish(longer.wishes.rounds[0].minutes - 1),)))


def test_of_several_rounds_those_grow_in_which_the_fewest_minutes_do() -> None:
    wishes = wishes_for(*ALL[:7], minutes=(20, 41))

    with pytest.raises(Infeasible) as refused:
        compose(BANK, wishes)

    longer = next(each for each in refused.value.changes if each.kind is ChangeKind.LONGER)
    possible = [
        one + other
        for one in range(20, 61)
        for other in range(41, 81)
        if RoundWish(one).holds + RoundWish(other).holds >= 7
    ]
    assert sum(each.minutes for each in longer.wishes.rounds) == min(possible)


def test_where_questions_were_heard_too_often_the_fewest_are_asked_again() -> None:
    of_empathy = {each.id for each in BANK if each.skill_id == "empathy"}

    with pytest.raises(Infeasible) as refused:
        compose(BANK, wishes_for("empathy", "patience", heard=frozenset(of_empathy)))

    changes = {each.kind: each for each in refused.value.changes}
    assert set(changes) == {ChangeKind.FEWER_SKILLS, ChangeKind.HEARD}
    assert changes[ChangeKind.HEARD].amount == 1


def test_what_is_left_out_has_its_price_and_paying_it_brings_it_back() -> None:
    plan = compose(BANK, wishes_for(*ALL[:6]))
    price = prices(BANK, plan)[0]

    assert (price.lack, price.skill_id, price.instead) == (
        Lack.SECOND_QUESTION,
        "integrity",
        (("listening", 1),),
    )
    assert price.minutes == 8
    longer = compose(BANK, wishes_for(*ALL[:6], minutes=(60 + price.minutes,)))
    assert (longer.counts["integrity"], longer.counts["listening"]) == (2, 2)
    assert price_words(price, NAMES) == (
        "Integrity has a single question, so one unlucky answer decides. One more takes 8 minutes more, or the place"
        " of a question on Listening."
    )


def test_where_not_all_fits_the_first_skills_are_asked_about() -> None:
    plan = compose_what_fits(BANK, wishes_for(*ALL[:10], minutes=(45,)))

    assert list(plan.counts) == list(ALL[:5])
    assert plan.left_out == ALL[5:10]


def test_the_same_wishes_give_the_same_plan() -> None:
    wishes = wishes_for(*ALL, minutes=(60, 90, 60))

    assert ids_of(compose(BANK, wishes)) == ids_of(compose(BANK, wishes))

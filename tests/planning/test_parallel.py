"""Parallel forms: the most alike of all that there are, compared with trying out every one."""

from __future__ import annotations

import itertools
import random

import pytest

from hiring.planning.composer import Askable
from hiring.planning.parallel import NEVER, NoParallel, parallel_form, unlikeness


def question(skill: str, probe: int, number: int, kind: str = "behavioural", uses: int = 0) -> Askable:
    return Askable(f"{skill}-{probe}-q{number}", f"{skill}-{probe}", skill, kind, number == 1, uses)


BANK = [
    question(skill, probe, number, "behavioural" if number == 1 else "situational")
    for skill in ("empathy", "patience")
    for probe in (1, 2, 3)
    for number in (1, 2)
]


def test_a_place_gets_a_question_of_the_same_skill_and_kind() -> None:
    first = [BANK[0], BANK[7]]

    assert [each.id for each in parallel_form(first, BANK)] == ["empathy-2-q1", "patience-2-q2"]


def test_what_must_not_be_asked_is_not() -> None:
    form = parallel_form([BANK[0]], BANK, frozenset({"empathy-2-q1", "empathy-3-q1"}))

    assert [each.id for each in form] == ["empathy-1-q2"]


def test_a_skill_with_too_few_questions_is_named() -> None:
    bank = [question("empathy", 1, 1), question("patience", 1, 1), question("patience", 1, 2)]

    with pytest.raises(NoParallel) as lack:
        parallel_form(bank[:2], bank)

    assert lack.value.skill_ids == ("empathy",)


@pytest.mark.parametrize("seed", range(40))
def test_no_other_form_is_more_alike(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    bank = [
        question(skill, probe, number, chance.choice(["behavioural", "situational"]), chance.randrange(7))
        for skill in ("empathy", "patience")
        for probe in range(1, 5)
        for number in (1, 2)
    ]
    first = chance.sample(bank, 3)
    first = list({each.probe_id: each for each in first}.values())
    form = parallel_form(first, bank)

    left = [each for each in bank if each not in first]
    every = (
        sum(unlikeness(*pair) for pair in zip(first, others, strict=True))
        for others in itertools.permutations(left, len(first))
        if len({each.probe_id for each in others}) == len(first)
    )
    found = sum(unlikeness(*pair) for pair in zip(first, form, strict=True))
    assert len({each.probe_id for each in form}) == len(first)
    assert found == min(every) < NEVER

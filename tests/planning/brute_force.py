"""The best plan by trying all of them, for small wishes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from hiring.planning.composer import EXPERIENCED, Askable, RoundWish, SkillWish, Wishes, points_of

Chosen = tuple[tuple[Askable, ...], ...]


def small_case(draw: random.Random) -> tuple[list[Askable], Wishes]:
    """Two or three skills with eight questions in all, and one or two short rounds."""
    skills = draw.choice([["a", "b"], ["a", "b", "c"]])
    questions = [
        Askable(
            f"{skill}-{n}",
            f"{skill}-p{draw.randrange(3)}",
            skill,
            draw.choice(EXPERIENCED),
            draw.random() < 0.5,
            draw.randrange(7),
        )
        for n, skill in enumerate((skills * 4)[:8])
    ]
    wishes = Wishes(
        skills=tuple(SkillWish(each, draw.choice([0, 1, 1, 2]), draw.choice([1, 1, 3])) for each in skills),
        rounds=tuple(
            RoundWish(draw.choice([18, 25, 30, 45]), draw.choice([(), (), ("a",), ("b", "c")]))
            for _round in range(draw.choice([1, 2]))
        ),
        no_experience=draw.random() < 0.3,
        heard=frozenset(each.id for each in questions if draw.random() < 0.1),
        pairs=draw.choice([(), (("a", "b"),)]),
    )
    return questions, wishes


def best_points(questions: Sequence[Askable], wishes: Wishes) -> int | None:
    """The most points of any plan that fulfils the wishes; None if no plan does."""
    return max((points_of(each, wishes) for each in _plans(questions, wishes)), default=None)


def _plans(questions: Sequence[Askable], wishes: Wishes) -> Iterator[Chosen]:
    places = [_places(each, wishes) for each in questions]
    for where in product(*places):
        chosen = tuple(
            tuple(each for each, place in zip(questions, where, strict=True) if place == number)
            for number in range(len(wishes.rounds))
        )
        if _is_allowed(chosen, questions, wishes):
            yield chosen


def _places(question: Askable, wishes: Wishes) -> list[int | None]:
    if question.id in wishes.heard:
        return [None]
    open_ = [number for number, wish in enumerate(wishes.rounds) if wish.asks_about(question.skill_id)]
    return [None, *open_]


def _is_allowed(chosen: Chosen, questions: Sequence[Askable], wishes: Wishes) -> bool:
    flat = [each for round_ in chosen for each in round_]
    counts = Counter(each.skill_id for each in flat)
    return (
        all(len(round_) <= wish.holds for round_, wish in zip(chosen, wishes.rounds, strict=True))
        and len({each.probe_id for each in flat}) == len(flat)
        and all(counts[wish.id] >= wish.questions for wish in wishes.skills)
        and all(_has_behaviour(flat, each.skill_id) for each in flat if each.kind == "motivation")
        and _is_unhurried(counts, questions, wishes)
    )


def _has_behaviour(questions: Sequence[Askable], skill_id: str) -> bool:
    return any((each.skill_id, each.kind) == (skill_id, "behavioural") for each in questions)


def _is_unhurried(counts: Counter[str], questions: Sequence[Askable], wishes: Wishes) -> bool:
    """A third question on a skill is allowed where eight minutes are left for it beside all first and second ones."""
    usual = further = 0
    for wish in wishes.skills:
        offered = {
            each.probe_id for each in questions if each.skill_id == wish.id and each.id not in wishes.heard
        }
        deep = max(wish.questions, 2)
        usual += min(deep, len(offered))
        further += max(counts[wish.id] - deep, 0)
    return further <= max(sum(wish.available // 8 for wish in wishes.rounds) - usual, 0)

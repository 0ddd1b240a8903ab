"""Composing a guide: the best plan for the wishes, what it leaves out and at what price, and what could be changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hiring.planning.composer import Askable, Plan, RoundWish, SkillWish, Wishes, in_order
from hiring.planning.solver import Choosing, Programme

LONGEST_ROUND = 240
WHISPER = 1e-5  # All points of the largest plans together stay below 1.


class ChangeKind(StrEnum):
    """What could be changed so that everything else fits."""

    LONGER = "longer"
    FEWER_QUESTIONS = "fewer_questions"
    FEWER_SKILLS = "fewer_skills"
    ANOTHER_ROUND = "another_round"
    HEARD = "heard"


@dataclass(frozen=True)
class Change:
    """The smallest change of one kind, and the wishes with it; ``about`` names skills or questions.

    ``amount`` is minutes for longer rounds, and questions, skills or rounds for the other kinds.
    """

    kind: ChangeKind
    amount: int
    about: tuple[str, ...]
    wishes: Wishes


class Infeasible(Exception):
    """No plan does what was wished; ``changes`` would each make it possible."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__("No plan fulfils these wishes.")
        self.changes = tuple(changes)


class Lack(StrEnum):
    """What a plan goes without."""

    SKILL = "skill"
    SECOND_QUESTION = "second_question"
    MIX = "mix"


@dataclass(frozen=True)
class Price:
    """Something a plan goes without on a skill, and what it would cost to have it back.

    Either ``minutes`` more, the rest unchanged (None: no length of the rounds suffices), or, within the same minutes,
    the questions ``instead`` on other skills (none where there is time for it; None: it cannot be had that way).
    """

    lack: Lack
    skill_id: str
    minutes: int | None
    instead: tuple[tuple[str, int], ...] | None


def compose(questions: Sequence[Askable], wishes: Wishes) -> Plan:
    """The plan with most points of all that fulfil the wishes.

    Raises Infeasible if there is none. The same wishes give the same plan.
    """
    found = _best(questions, wishes)
    if found is None:
        raise Infeasible(tuple(changes_for(questions, wishes)))
    return found


def compose_what_fits(questions: Sequence[Askable], wishes: Wishes) -> Plan:
    """The plan with most points that fits the minutes, though it may ask less about a skill than wished."""
    return in_order(Choosing(questions, wishes).hold().unhurried().best() or _nothing(wishes), wishes)


def changes_for(questions: Sequence[Askable], wishes: Wishes) -> Iterator[Change]:
    """The smallest change of each kind that makes the wishes possible."""
    for change in (_longer, _fewer_questions, _fewer_skills, _another_round, _heard):
        found = change(questions, wishes)
        if found is not None and _best(questions, found.wishes) is not None:
            yield found


def prices(questions: Sequence[Askable], plan: Plan, most: int = 6) -> tuple[Price, ...]:
    """What the plan goes without, at most so many things, each with what it would cost to have it back."""
    lacks = [
        (lack, wish) for wish in plan.wishes.skills if (lack := _lack(questions, plan, wish)) is not None
    ]
    return tuple(_price(questions, plan, lack, wish) for lack, wish in lacks[:most])


def _best(questions: Sequence[Askable], wishes: Wishes) -> Plan | None:
    found = Choosing(questions, wishes).hold().cover().unhurried().best()
    return None if found is None else in_order(found, wishes)


def _nothing(wishes: Wishes) -> tuple[tuple[Askable, ...], ...]:
    return tuple(() for _round in wishes.rounds)


def _longer(questions: Sequence[Askable], wishes: Wishes) -> Change | None:
    """The fewest minutes more, in the rounds where they do most."""
    choosing = _indifferent(questions, wishes)
    lengths = [_lengths(wish.minutes) for wish in wishes.rounds]
    chosen = [
        _one_length(choosing.programme, wish, each) for wish, each in zip(wishes.rounds, lengths, strict=True)
    ]
    values = choosing.hold([more for more, _which in chosen]).cover().programme.solved()
    if values is None:
        return None
    rounds = tuple(
        replace(wish, minutes=next(minutes for minutes, variable in which.items() if values[variable] > 0.5))
        for wish, (_more, which) in zip(wishes.rounds, chosen, strict=True)
    )
    added = sum(each.minutes for each in rounds) - sum(each.minutes for each in wishes.rounds)
    return Change(ChangeKind.LONGER, added, (), replace(wishes, rounds=rounds)) if added else None


def _one_length(programme: Programme, wish: RoundWish, lengths: Sequence[int]) -> tuple[int, dict[int, int]]:
    """A variable for the questions that a round holds beyond its own, and one for each of the lengths it may have."""
    which = {minutes: programme.variable(wish.minutes - minutes, whole=True) for minutes in lengths}
    programme.rule(dict.fromkeys(which.values(), 1.0), least=1, most=1)
    more = programme.variable(most=_holds(LONGEST_ROUND))
    added = {variable: -float(_holds(minutes) - wish.holds) for minutes, variable in which.items()}
    programme.rule({more: 1.0, **added}, least=0, most=0)
    return more, which


def _lengths(minutes: int) -> tuple[int, ...]:
    """The present length and the longer ones at which one more question fits."""
    longer = (each for each in range(minutes + 1, LONGEST_ROUND + 1) if _holds(each) > _holds(each - 1))
    return (minutes, *longer)


def _indifferent(questions: Sequence[Askable], wishes: Wishes) -> Choosing:
    """The programme in which a minute, a question or a skill counts more than all points together."""
    choosing = Choosing(questions, wishes)
    choosing.programme.gains = [gain * WHISPER for gain in choosing.programme.gains]
    return choosing


def _fewer_questions(questions: Sequence[Askable], wishes: Wishes) -> Change | None:
    """The fewest wished questions less, every skill still asked about."""
    if all(each.questions == 1 for each in wishes.skills):
        return None
    choosing = _indifferent(questions, wishes)
    for wish in wishes.skills:
        missing = choosing.programme.variable(-1, most=wish.questions - 1, whole=True)
        row = dict.fromkeys(choosing.on(wish.id), 1.0) | {missing: 1.0}
        choosing.programme.rule(row, least=wish.questions)
    found = choosing.hold().best()
    if found is None:
        return None
    counts = Counter(each.skill_id for round_ in found for each in round_)
    skills = tuple(replace(each, questions=min(each.questions, counts[each.id])) for each in wishes.skills)
    lost = sum(each.questions for each in wishes.skills) - sum(each.questions for each in skills)
    about = tuple(new.id for old, new in zip(wishes.skills, skills, strict=True) if new != old)
    return Change(ChangeKind.FEWER_QUESTIONS, lost, about, replace(wishes, skills=skills)) if lost else None


def _fewer_skills(questions: Sequence[Askable], wishes: Wishes) -> Change | None:
    """The fewest and lightest skills that have to go."""
    choosing = _indifferent(questions, wishes)
    leaving: list[int] = []
    for place, wish in enumerate(wishes.skills):
        # Of skills with the same weight the last ones go; all places together count less than a weight.
        late = place / len(wishes.skills) ** 2
        gone = choosing.programme.variable(late - wish.weight, whole=True)
        row = dict.fromkeys(choosing.on(wish.id), 1.0)
        choosing.programme.rule(row | {gone: float(wish.questions)}, least=wish.questions)
        leaving.append(gone)
    values = choosing.hold().programme.solved()
    if values is None:
        return None
    gone_ids = tuple(
        wish.id for wish, variable in zip(wishes.skills, leaving, strict=True) if values[variable] > 0.5
    )
    staying = tuple(each for each in wishes.skills if each.id not in gone_ids)
    if not staying or not gone_ids:
        return None
    return Change(ChangeKind.FEWER_SKILLS, len(gone_ids), gone_ids, replace(wishes, skills=staying))


def _another_round(questions: Sequence[Askable], wishes: Wishes) -> Change | None:
    longest = max((each.minutes for each in wishes.rounds), default=60)
    rounds = (*wishes.rounds, RoundWish(longest))
    return Change(ChangeKind.ANOTHER_ROUND, 1, (), replace(wishes, rounds=rounds))


def _heard(questions: Sequence[Askable], wishes: Wishes) -> Change | None:
    """The fewest questions that somebody has heard already."""
    if not wishes.heard:
        return None
    choosing = _indifferent(questions, replace(wishes, heard=frozenset())).hold().cover()
    for (place, _number), variable in choosing.asked.items():
        if choosing.questions[place].id in wishes.heard:
            choosing.programme.gains[variable] -= 1
    found = choosing.best()
    if found is None:
        return None
    again = tuple(each.id for round_ in found for each in round_ if each.id in wishes.heard)
    return Change(ChangeKind.HEARD, len(again), again, replace(wishes, heard=wishes.heard - set(again)))


def _lack(questions: Sequence[Askable], plan: Plan, wish: SkillWish) -> Lack | None:
    asked = [each.question for round_ in plan.rounds for each in round_.questions]
    own = [each for each in asked if each.skill_id == wish.id]
    if not own:
        return Lack.SKILL
    offered = [each for each in questions if each.skill_id == wish.id and each.id not in plan.wishes.heard]
    if len(own) == 1 and len({each.probe_id for each in offered}) > 1:
        return Lack.SECOND_QUESTION
    kinds, there = {each.kind for each in own}, {each.kind for each in offered}
    both = {"behavioural", "situational"}
    return Lack.MIX if len(own) > 1 and both <= there and not both <= kinds else None


def _price(questions: Sequence[Askable], plan: Plan, lack: Lack, wish: SkillWish) -> Price:
    least = {each.id: plan.counts[each.id] for each in plan.wishes.skills}
    least[wish.id] += 1
    kept = {each.id: min(each.questions, plan.counts[each.id]) for each in plan.wishes.skills}
    kept[wish.id] = least[wish.id]
    wanted = replace(
        plan.wishes, skills=tuple(replace(each, questions=least[each.id]) for each in plan.wishes.skills)
    )
    longer = _longer(questions, wanted)
    exchanged = Choosing(questions, plan.wishes).hold().cover(kept).best()
    return Price(
        lack,
        wish.id,
        None if longer is None else longer.amount,
        None if exchanged is None else _lost(plan, exchanged),
    )


def _lost(plan: Plan, found: Sequence[Sequence[Askable]]) -> tuple[tuple[str, int], ...]:
    after = Counter(each.skill_id for round_ in found for each in round_)
    return tuple(
        (skill_id, plan.counts[skill_id] - after[skill_id])
        for skill_id in plan.wishes.skill_ids
        if after[skill_id] < plan.counts[skill_id]
    )


def _holds(minutes: int) -> int:
    return RoundWish(minutes).holds

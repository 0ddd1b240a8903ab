"""Which questions to ask in which round: the best choice that fits the minutes, found exactly.

Choosing is an integer programme, solved by HiGHS (Huangfu & Hall 2018, Mathematical Programming Computation 10,
119-142). A variable says whether a question is asked in a round; no two forms of one question are asked, no round holds
more questions than its minutes allow, and every skill is asked about as often as was wished. Among all such plans the
one with most points is chosen; ``points_of`` counts them, and docs/composer.md says why they are as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

SHORTEST_QUESTION, LONGEST_QUESTION = 6, 8  # Minutes, by the bank's eleventh rule of rating.
QUESTIONS_PER_HOUR = 8
USUAL_DEPTH = 2  # A second question checks the first; a third is worth less than time for the two.
OPENING, CLOSING = 5, 7
SHORT_CONVERSATION = 30
SHORT_OPENING, SHORT_CLOSING = 2, 3

# What the first, second, … question on a skill is worth, for each unit of the skill's weight.
DEPTH_POINTS = (100, 40, 10, 2)
MIX_POINTS = 12  # Past behaviour and a described case on the same skill.
FIT_POINTS = (6, 4, 2, 0)  # By the place of the question's kind in the order for the candidates.
MAIN_POINTS = 1
EXPOSURE_COST, MOST_EXPOSURE = 2, 5  # For each guide that asks the question already.
PAIR_COST = 8  # Two skills that overlap, in the same round.
SPREAD_COST = 3  # A skill in one round more than it needs.

EXPERIENCED = ("behavioural", "situational", "knowledge", "motivation")
WITHOUT_EXPERIENCE = ("situational", "knowledge", "behavioural", "motivation")


@dataclass(frozen=True)
class Askable:
    """A question that may be asked; ``uses`` counts the guides that ask it already."""

    id: str
    probe_id: str
    skill_id: str
    kind: str
    is_main: bool = True
    uses: int = 0


@dataclass(frozen=True)
class SkillWish:
    """A skill to ask about, at least so many times."""

    id: str
    questions: int = 1
    weight: int = 1


@dataclass(frozen=True)
class RoundWish:
    """A conversation of so many minutes in all; with ``skill_ids`` it asks about these only."""

    minutes: int
    skill_ids: tuple[str, ...] = ()

    @property
    def frame(self) -> tuple[int, int]:
        """Minutes for the opening and for the closing."""
        if self.minutes < SHORT_CONVERSATION:
            return SHORT_OPENING, SHORT_CLOSING
        return OPENING, CLOSING

    @property
    def available(self) -> int:
        """Minutes for questions."""
        return max(self.minutes - sum(self.frame), 0)

    @property
    def holds(self) -> int:
        """How many questions the minutes allow, each unhurried and with follow-ups; one in any case."""
        return max(min(self.available // SHORTEST_QUESTION, self.minutes * QUESTIONS_PER_HOUR // 60), 1)

    def asks_about(self, skill_id: str) -> bool:
        """Whether the skill may be asked about in this round."""
        return not self.skill_ids or skill_id in self.skill_ids


@dataclass(frozen=True)
class Wishes:
    """What a plan shall do. ``heard`` are questions that must not be asked; ``pairs`` are skills that overlap."""

    skills: tuple[SkillWish, ...]
    rounds: tuple[RoundWish, ...]
    no_experience: bool = False
    heard: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()

    @cached_property
    def skill_ids(self) -> tuple[str, ...]:
        """The skills in the order in which they were wished."""
        return tuple(each.id for each in self.skills)

    @cached_property
    def deep_enough(self) -> dict[str, int]:
        """From which number on another question on a skill only takes time from the others."""
        return {each.id: max(each.questions, USUAL_DEPTH) for each in self.skills}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of questions, what suits the candidates best in front."""
        return WITHOUT_EXPERIENCE if self.no_experience else EXPERIENCED


@dataclass(frozen=True)
class PlannedQuestion:
    """A question with its minutes."""

    question: Askable
    minutes: int


@dataclass(frozen=True)
class PlannedRound:
    """One conversation."""

    wish: RoundWish
    questions: tuple[PlannedQuestion, ...]

    @property
    def minutes(self) -> int:
        """Opening, questions and closing together."""
        return sum(self.wish.frame) + sum(each.minutes for each in self.questions)


@dataclass(frozen=True)
class Plan:
    """The best plan, and the points that it has."""

    wishes: Wishes
    rounds: tuple[PlannedRound, ...]
    points: int
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The wished skills about which nothing is asked."""
        return tuple(skill_id for skill_id in self.wishes.skill_ids if not self.counts[skill_id])


def usable(questions: Sequence[Askable], wishes: Wishes) -> tuple[Askable, ...]:
    """The questions on the wished skills that nobody has heard, in the order of skills and then of the bank."""
    order = {skill_id: place for place, skill_id in enumerate(wishes.skill_ids)}
    fitting = [each for each in questions if each.skill_id in order and each.id not in wishes.heard]
    return tuple(sorted(fitting, key=lambda each: order[each.skill_id]))


def points_of(chosen: Sequence[Sequence[Askable]], wishes: Wishes) -> int:
    """What a plan is worth: the questions of each round in any order.

    Depth (a first question on a skill more than a second, by weight), fit of the kinds to the candidates, a mix of past
    behaviour and described cases on each skill; less for questions that other guides ask already, for overlapping
    skills in one round, and for skills that are scattered over rounds.
    """
    flat = [each for round_ in chosen for each in round_]
    counts = Counter(each.skill_id for each in flat)
    depth = sum(
        wish.weight * sum(depth_points(number) for number in range(1, counts[wish.id] + 1))
        for wish in wishes.skills
    )
    mixed = sum(MIX_POINTS for wish in wishes.skills if _is_mixed(flat, wish.id))
    return depth + mixed + sum(question_points(each, wishes) for each in flat) - _costs(chosen, wishes)


def depth_points(number: int) -> int:
    """What the so-maniest question on a skill is worth."""
    return DEPTH_POINTS[min(number, len(DEPTH_POINTS)) - 1]


def question_points(question: Askable, wishes: Wishes) -> int:
    """What asking this very question adds beside its skill."""
    fit = FIT_POINTS[wishes.kinds.index(question.kind)]
    exposure = EXPOSURE_COST * min(question.uses, MOST_EXPOSURE)
    return fit + (MAIN_POINTS if question.is_main else 0) - exposure


def in_order(chosen: Sequence[Sequence[Askable]], wishes: Wishes) -> Plan:
    """The plan with its questions in the order in which they are asked, and the time spread evenly over them."""
    rounds = tuple(
        PlannedRound(wish, _timed(_asked_in_order(questions, wishes), wish.available))
        for wish, questions in zip(wishes.rounds, chosen, strict=True)
    )
    counts = Counter(each.skill_id for questions in chosen for each in questions)
    return Plan(wishes, rounds, points_of(chosen, wishes), counts)


def _is_mixed(questions: Sequence[Askable], skill_id: str) -> bool:
    kinds = {each.kind for each in questions if each.skill_id == skill_id}
    return {"behavioural", "situational"} <= kinds


def _costs(chosen: Sequence[Sequence[Askable]], wishes: Wishes) -> int:
    here = [{each.skill_id for each in round_} for round_ in chosen]
    together = sum(set(pair) <= skills for pair in wishes.pairs for skills in here)
    scattered = sum(max(sum(skill_id in skills for skills in here) - 1, 0) for skill_id in wishes.skill_ids)
    return PAIR_COST * together + SPREAD_COST * scattered


def _asked_in_order(questions: Sequence[Askable], wishes: Wishes) -> list[Askable]:
    def place(each: Askable) -> tuple[int, int]:
        return wishes.skill_ids.index(each.skill_id), wishes.kinds.index(each.kind)

    return sorted(questions, key=place)


def _timed(questions: Sequence[Askable], available: int) -> tuple[PlannedQuestion, ...]:
    each, rest = divmod(available, len(questions)) if questions else (0, 0)
    return tuple(
        PlannedQuestion(question, min(each + (1 if place < rest else 0), LONGEST_QUESTION))
        for place, question in enumerate(questions)
    )

"""Proposes questions for a conversation of so many minutes: the same skills and minutes, the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from question_bank import Question, QuestionKind, Skill

SHORTEST_QUESTION, LONGEST_QUESTION = 6, 8  # Minutes, by the bank's eleventh rule of rating.
QUESTIONS_PER_HOUR = 8
USUAL_DEPTH = 2  # A second question checks the first; a third is worth less than time for the two.
OPENING, CLOSING = 5, 7
ONE_INTERVIEWER = 8  # A suggestion with more skills than an hour holds questions is meant for two.
SHORT_CONVERSATION = 30
SHORT_OPENING, SHORT_CLOSING = 2, 3

EXPERIENCED = (
    QuestionKind.BEHAVIOURAL,
    QuestionKind.SITUATIONAL,
    QuestionKind.KNOWLEDGE,
    QuestionKind.MOTIVATION,
)
WITHOUT_EXPERIENCE = (
    QuestionKind.SITUATIONAL,
    QuestionKind.KNOWLEDGE,
    QuestionKind.BEHAVIOURAL,
    QuestionKind.MOTIVATION,
)


@dataclass(frozen=True)
class ProposedItem:
    """One question with its minutes."""

    question_id: str
    skill_id: str
    minutes: int


@dataclass(frozen=True)
class Proposal:
    """What to ask in one conversation, and the skills for which no time is left."""

    opening_minutes: int
    closing_minutes: int
    items: tuple[ProposedItem, ...]
    left_out: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """Opening, questions and closing together."""
        return self.opening_minutes + self.closing_minutes + sum(item.minutes for item in self.items)


def propose(skills: Sequence[Skill], minutes: int, no_experience: bool = False) -> Proposal:
    """One question for every skill, then second questions in the order of the skills while time allows.

    A question gets six to eight minutes. Where not even one fits, one is proposed with the minutes there are.
    """
    opening, closing = _frame(minutes)
    available = max(minutes - opening - closing, 1)
    ranked = {skill.id: ranked_questions(skill, no_experience) for skill in skills}
    layers = zip_longest(*ranked.values())
    in_turn = [question for layer in layers for question in layer if question is not None]
    chosen = in_turn[: _how_many(len(in_turn), len(skills), minutes, available)]
    asked = [question for skill_id in ranked for question in chosen if question.skill_id == skill_id]
    return Proposal(
        opening,
        closing,
        tuple(_timed(asked, available)),
        tuple(skill.id for skill in skills if all(question.skill_id != skill.id for question in asked)),
    )


def ranked_questions(skill: Skill, no_experience: bool = False) -> tuple[Question, ...]:
    """One question of each probe, the one to be asked first in front.

    Main questions come before parallel forms and past behaviour before other kinds; for people without
    experience the situational form of every probe comes first, whether main or parallel.
    """
    kinds = WITHOUT_EXPERIENCE if no_experience else EXPERIENCED

    def rank(question: Question) -> tuple[int, int]:
        kind, form = kinds.index(question.kind), 0 if question.is_main else 1
        return (kind, form) if no_experience else (form, kind)

    best_of_probe: dict[str, Question] = {}
    for question in sorted(skill.questions, key=rank):
        best_of_probe.setdefault(question.probe_id, question)
    return tuple(best_of_probe.values())


def _frame(minutes: int) -> tuple[int, int]:
    if minutes < SHORT_CONVERSATION:
        return SHORT_OPENING, SHORT_CLOSING
    return OPENING, CLOSING


def _how_many(in_bank: int, skills: int, minutes: int, available: int) -> int:
    fitting = min(available // SHORTEST_QUESTION, minutes * QUESTIONS_PER_HOUR // 60)
    usual = USUAL_DEPTH * skills
    unhurried = max(usual, available // LONGEST_QUESTION)
    return min(max(min(fitting, unhurried), 1), in_bank)


def _timed(questions: Sequence[Question], available: int) -> list[ProposedItem]:
    each, rest = divmod(available, len(questions)) if questions else (0, 0)
    return [
        ProposedItem(question.id, question.skill_id, min(each + (1 if place < rest else 0), LONGEST_QUESTION))
        for place, question in enumerate(questions)
    ]

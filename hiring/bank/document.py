"""The question bank as it is browsed, searched and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from question_bank import (
    Observation,
    Pair,
    Probe,
    QuestionKind,
    Sign,
    Skill,
    bank_version,
    observations,
    pairs,
    skills,
)


class Found(StrEnum):
    """Where in a skill a passage stands."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    LISTEN_FOR = "listen_for"
    NOTE = "note"
    INDICATOR = "indicator"
    ANCHOR = "anchor"
    MEANING = "meaning"


@dataclass(frozen=True)
class Passage:
    """A passage of the bank that was asked for; ``place`` is its anchor on the skill's page."""

    found: Found
    text: str
    place: str
    kind: QuestionKind | None = None


@dataclass(frozen=True)
class Shelf:
    """One skill among the others, with the passages that were asked for."""

    id: str
    name: str
    meaning: str
    questions: int
    kinds: tuple[QuestionKind, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class BankSheet:
    """All skills, or those in which something was found."""

    version: str
    shelves: tuple[Shelf, ...]
    is_filtered: bool

    @property
    def passages(self) -> int:
        """How many passages were found."""
        return sum(len(shelf.passages) for shelf in self.shelves)


@dataclass(frozen=True)
class SkillSheet:
    """Everything the bank says about one skill."""

    version: str
    skill: Skill
    observations: tuple[Observation, ...]
    pairs: tuple[Pair, ...]
    probe_titles: dict[str, str]
    previous: Skill | None
    next: Skill | None

    @property
    def positive_observations(self) -> tuple[Observation, ...]:
        """What may be noticed that speaks for the candidate."""
        return tuple(each for each in self.observations if each.sign is Sign.POSITIVE)

    @property
    def negative_observations(self) -> tuple[Observation, ...]:
        """What may be noticed that speaks against."""
        return tuple(each for each in self.observations if each.sign is Sign.NEGATIVE)


def bank_sheet(words: str = "", kind: QuestionKind | None = None) -> BankSheet:
    """The bank, or what in it contains ``words`` and is a question of ``kind``, as far as each is given."""
    is_filtered = bool(words.strip() or kind)
    shelves = (_shelf(skill, words, kind) for skill in skills())
    return BankSheet(
        version=bank_version(),
        shelves=tuple(shelf for shelf in shelves if shelf.passages or not is_filtered),
        is_filtered=is_filtered,
    )


def skill_sheet(skill: Skill) -> SkillSheet:
    """One skill with its observations, its overlaps and its neighbours."""
    everything = skills()
    place = everything.index(skill)
    ids = {each.id for each in everything}
    return SkillSheet(
        version=bank_version(),
        skill=skill,
        observations=observations(skill.id),
        pairs=tuple(pair for pair in pairs(ids) if skill.id in pair.skills),
        probe_titles={probe.id: probe.title for each in everything for probe in each.probes},
        previous=everything[place - 1] if place else None,
        next=everything[place + 1] if place + 1 < len(everything) else None,
    )


def _shelf(skill: Skill, words: str, kind: QuestionKind | None) -> Shelf:
    is_filtered = bool(words.strip() or kind)
    passages = _questions(skill) if kind else _everything(skill)
    return Shelf(
        id=skill.id,
        name=skill.name,
        meaning=skill.meaning,
        questions=len(skill.questions),
        kinds=tuple(each for each in QuestionKind if any(q.kind is each for q in skill.questions)),
        passages=tuple(each for each in passages if _is_asked_for(each, words, kind)) if is_filtered else (),
    )


def _is_asked_for(passage: Passage, words: str, kind: QuestionKind | None) -> bool:
    text = passage.text.casefold()
    return passage.kind is (kind or passage.kind) and all(word in text for word in words.casefold().split())


def _everything(skill: Skill) -> Iterator[Passage]:
    yield Passage(Found.MEANING, f"{skill.name}: {skill.meaning}", "meaning")
    yield from _questions(skill)
    for probe in skill.probes:
        yield from _beside(probe)
    for indicator in skill.indicators:
        yield Passage(Found.INDICATOR, indicator.text, indicator.id)
    for anchor in skill.anchors:
        yield Passage(Found.ANCHOR, anchor.text, "levels")


def _questions(skill: Skill) -> Iterator[Passage]:
    for question in skill.questions:
        yield Passage(Found.QUESTION, question.text, question.id, question.kind)


def _beside(probe: Probe) -> Iterator[Passage]:
    for follow_up in probe.follow_ups:
        yield Passage(Found.FOLLOW_UP, follow_up.text, probe.id)
    if probe.listen_for:
        yield Passage(Found.LISTEN_FOR, probe.listen_for, probe.id)
    if probe.note:
        yield Passage(Found.NOTE, probe.note, probe.id)

"""A loaded bank: everything in it, and how to find one thing by its id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol, TypeVar

from question_bank.model import Indicator, Observation, Pair, Preset, Probe, Question, Skill
from question_bank.sample_answers import SampleAnswer
from question_bank.texts import (
    Brief,
    Correspondence,
    Cover,
    MessageTemplate,
    Method,
    Retired,
    Scripts,
    Sharing,
)


class NotInBank(LookupError):
    """Somebody asked for an id that the bank does not have."""

    def __init__(self, noun: str, ident: str, known: Iterable[str]) -> None:
        self.noun, self.id = noun, ident
        self.matches = tuple(get_close_matches(str(ident).lower(), known, n=3))
        hint = f" Did you mean {' or '.join(self.matches)}?" if self.matches else ""
        super().__init__(f"The question bank has no {noun} “{ident}”.{hint}")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Found = TypeVar("Found", bound=_HasId)


def _by_id(entries: Iterable[Found]) -> dict[str, Found]:
    return {entry.id: entry for entry in entries}


def _find(noun: str, ident: str, known: Mapping[str, Found]) -> Found:
    if ident not in known:
        raise NotInBank(noun, ident, known)
    return known[ident]


@dataclass(frozen=True)
class Bank:
    """One question bank in one language."""

    cover: Cover
    method: Method
    skills: tuple[Skill, ...]
    observations: tuple[Observation, ...]
    presets: tuple[Preset, ...]
    pairs: tuple[Pair, ...]
    correspondence: Correspondence
    scripts: Scripts
    brief: Brief
    sharing: Sharing
    retired: tuple[Retired, ...]
    samples: tuple[SampleAnswer, ...]

    @cached_property
    def version(self) -> str:
        """The version people chose, and a short hash that changes with every word: ``1.0+3f2a9c01d4``."""
        return f"{self.cover.version}+{self._content_hash[:10]}"

    @cached_property
    def _content_hash(self) -> str:
        parts = (self.cover, self.method, self.correspondence, self.scripts, self.brief, self.sharing)
        lists = (self.skills, self.observations, self.presets, self.pairs, self.retired, self.samples)
        entries = [*parts, *(entry for each in lists for entry in each)]
        content = json.dumps([entry.model_dump(mode="json") for entry in entries], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def probes(self) -> dict[str, Probe]:
        """Every probe by its id."""
        return _by_id(probe for skill in self.skills for probe in skill.probes)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id."""
        return _by_id(question for skill in self.skills for question in skill.questions)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its id."""
        return _by_id(indicator for skill in self.skills for indicator in skill.indicators)

    @cached_property
    def _skills(self) -> dict[str, Skill]:
        return _by_id(self.skills)

    def skill(self, ident: str) -> Skill:
        """The skill with this id."""
        return _find("skill", ident, self._skills)

    def probe(self, ident: str) -> Probe:
        """The probe with this id."""
        return _find("probe", ident, self.probes)

    def question(self, ident: str) -> Question:
        """The question with this id."""
        return _find("question", ident, self.questions)

    def indicator(self, ident: str) -> Indicator:
        """The indicator with this id."""
        return _find("indicator", ident, self.indicators)

    def sample(self, ident: str) -> SampleAnswer:
        """The practice answer with this id."""
        return _find("sample", ident, _by_id(self.samples))

    def observation(self, ident: str) -> Observation:
        """The observation with this id."""
        return _find("observation", ident, _by_id(self.observations))

    def preset(self, ident: str) -> Preset:
        """The preset with this id."""
        return _find("preset", ident, _by_id(self.presets))

    def message(self, ident: str) -> MessageTemplate:
        """The message template with this id."""
        return _find("message", ident, _by_id(self.correspondence.messages))

    def skill_name(self, ident: str) -> str:
        """The name of the skill with this id."""
        return self.skill(ident).name

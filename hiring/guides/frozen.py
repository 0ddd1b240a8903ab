"""The shape of a published guide: every word that interviews by it use, with where each came from."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hiring.models import GuideVersion, Interview, RoundKind


def _added(empty: Any) -> Any:
    """A field that older versions do not have: left out where it is empty, so that their hashes stay."""
    return Field(default=empty, exclude_if=lambda value: not value)


class Frozen(BaseModel):
    """Content that never changes once it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FrozenLevel(Frozen):
    """What a level means in general: its label and generic meaning. ``key`` is "1" to "5" or "N"."""

    key: str
    label: str
    meaning: str


class FrozenAnchor(Frozen):
    """The text of one level of one skill."""

    level: int
    text: str


class FrozenIndicator(Frozen):
    """A sign to listen for; a red flag must be discussed and never decides by itself."""

    id: str
    text: str
    red_flag: bool = False


class FrozenSkill(Frozen):
    """A skill with the weight it had and its rubric."""

    id: str
    name: str
    meaning: str
    boundary: str
    weight: int
    weight_reason: str
    anchors: tuple[FrozenAnchor, ...]
    positive: tuple[FrozenIndicator, ...]
    negative: tuple[FrozenIndicator, ...]


class FrozenFollowUp(Frozen):
    """A neutral follow-up; ``star`` is S, T, A, R or empty."""

    star: str
    text: str


class FrozenItem(Frozen):
    """One question to be asked and rated; ``note`` is the bank's, ``own_note`` the team's."""

    question_id: str
    skill_id: str
    probe_title: str
    kind: str
    text: str
    follow_ups: tuple[FrozenFollowUp, ...]
    listen_for: str
    note: str
    minutes: int
    own_note: str = _added("")


class FrozenRound(Frozen):
    """One conversation: minutes, scripts and questions in their order; ``prompts`` are for the interviewer alone."""

    position: int
    kind: RoundKind
    name: str
    minutes: int
    opening_minutes: int
    closing_minutes: int
    opening_script: str
    closing_script: str
    items: tuple[FrozenItem, ...]
    prompts: tuple[str, ...] = _added(())

    @property
    def planned_minutes(self) -> int:
        """Opening, questions and closing together."""
        return self.opening_minutes + self.closing_minutes + sum(item.minutes for item in self.items)

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """The skills this round asks about, in the order of their first question."""
        return tuple(dict.fromkeys(item.skill_id for item in self.items))


class FrozenObservation(Frozen):
    """Something to notice through the whole interview. Without skills it supports all of them."""

    id: str
    positive: bool
    text: str
    skill_ids: tuple[str, ...]


class FrozenGuide(Frozen):
    """A whole published guide."""

    job_title: str
    language: str
    bank_version: str
    rounds: tuple[FrozenRound, ...]
    skills: tuple[FrozenSkill, ...]
    observations: tuple[FrozenObservation, ...]
    levels: tuple[FrozenLevel, ...]
    conduct: tuple[str, ...]
    first_behavioural_line: str

    @cached_property
    def skills_by_id(self) -> dict[str, FrozenSkill]:
        """The skills by their ids."""
        return {skill.id: skill for skill in self.skills}

    def round_at(self, position: int) -> FrozenRound:
        """The round with this position.

        Raises LookupError if the guide has no such round.
        """
        for round_ in self.rounds:
            if round_.position == position:
                return round_
        raise LookupError(position)

    def as_json(self) -> dict[str, Any]:
        """The content as it is stored."""
        return self.model_dump(mode="json")

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
        canonical = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def frozen_guide(version: GuideVersion, language: str = "") -> FrozenGuide:
    """The words of a published version, in its own language or in another that it was published in."""
    is_own = not language or language == version.language
    return FrozenGuide.model_validate(version.content if is_own else version.translations[language])


def spoken_guide(interview: Interview) -> FrozenGuide:
    """The words by which an interview is held, in the language that was chosen for it."""
    return frozen_guide(interview.guide_version, interview.language)


def languages_of(version: GuideVersion) -> tuple[str, ...]:
    """The languages that a version can be used in, its own first."""
    return (version.language, *version.translations)

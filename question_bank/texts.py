"""The words around the questions: method, scripts, messages, job brief, and the bank's own cover."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from question_bank.model import Entry, Flag, Observation, Pair, Preset, Sources, Words

PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Note(Entry):
    """A sentence with the sources it comes from."""

    text: Words
    sources: Sources = ()


class Rule(Note):
    """A sentence one can cite by its id."""

    id: Words


class Template:
    """Words with placeholders in braces."""

    text: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names in braces, each once, in the order of the text."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with the values put in. A name without a value stays in braces, where a reader sees it."""
        return PLACEHOLDER.sub(lambda match: values.get(match[1]) or match[0], self.text)


class Script(Template, Entry):
    """What the interviewer says at one point, and why it says so."""

    text: Words
    design_points: tuple[Note, ...] = ()


class Scripts(Entry):
    """The words around the questions."""

    opening: Script
    closing: Script
    behavioural_line: Words
    conduct: tuple[Note, ...]
    panels: Note


class MessageTemplate(Template, Entry):
    """What a candidate is told when a status changes."""

    id: Words
    trigger: Words
    statuses: tuple[Words, ...] = ()
    any_status: Flag = False
    text: Words

    def suits(self, status: str) -> bool:
        """Whether the message belongs to a candidate's status."""
        return self.any_status or status in self.statuses


class Named(Entry):
    """An id with the words people see."""

    id: Words
    label: Words


class ReasonCode(Named):
    """Why an application is closed or paused."""

    use: Literal["closing", "pausing"]


class Placeholder(Entry):
    """A name that a template may hold in braces."""

    id: Words
    meaning: Words
    scripts_only: Flag = False


class Correspondence(Entry):
    """Everything about messages to candidates."""

    principles: tuple[Words, ...]
    status_rule: Words
    statuses: tuple[Named, ...]
    reason_codes: tuple[ReasonCode, ...]
    placeholders: tuple[Placeholder, ...]
    messages: tuple[MessageTemplate, ...]


class BriefField(Named):
    """A field of the job brief, what belongs in it and why it is asked."""

    content: Words
    why: Words
    sources: Sources = ()


class Brief(Entry):
    """The job brief, and what to check before the advert is published."""

    brief_fields: tuple[BriefField, ...]
    before_publishing: tuple[Note, ...]


class ShareKit(Entry):
    """Texts with which people make a job known, with placeholders for its facts."""

    signature: Words
    post: Words
    poster: Words
    sources: Sources = ()


class Sharing(Entry):
    """How a job becomes known, how everybody takes part, and what the process is held to."""

    share_kit: ShareKit
    taking_part: tuple[Note, ...]
    standards: tuple[Note, ...]


class Level(Entry):
    """What a level means for any skill. ``N`` is not a number and is left out of averages."""

    level: Literal[1, 2, 3, 4, 5, "N"]
    label: Words
    meaning: Words


class KindOfQuestion(Entry):
    """What a kind of question asks for and when it is used."""

    id: Words
    asks_for: Words
    use: Words


class Method(Entry):
    """How to ask, rate and observe."""

    levels: tuple[Level, ...]
    kinds: tuple[KindOfQuestion, ...]
    star: tuple[Named, ...]
    follow_ups: Words
    rating_rules: tuple[Rule, ...]
    observation_states: tuple[Named, ...]
    observation_rules: tuple[Words, ...]


class Source(Entry):
    """Where ideas of the bank come from."""

    id: Words
    language: Words
    what: Words


class Cover(Entry):
    """What holds for the bank as a whole."""

    version: Words
    language: Words
    sources: tuple[Source, ...]


class Retired(Entry):
    """An id that is out of use for good, and what came in its place."""

    id: Words
    replaced_by: Words | None
    since: Words
    why: Words


class Observations(Entry):
    """The tick list of the whole interview."""

    observations: tuple[Observation, ...]


class Presets(Entry):
    """The suggested sets of skills."""

    presets: tuple[Preset, ...]


class Pairs(Entry):
    """The skills that overlap."""

    pairs: tuple[Pair, ...]


class RetiredIds(Entry):
    """The ids that are never used again."""

    retired: tuple[Retired, ...]

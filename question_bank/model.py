"""Skills, and what is asked, noticed and rated about them. Frozen: a bank is read, never edited."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Strict, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Sources = tuple[Words, ...]


class Entry(BaseModel):
    """The root of everything in the bank: unknown fields are refused, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SkillKind(StrEnum):
    """The core skills carry the method; extension skills are added where a job needs them."""

    CORE = "core"
    EXTENSION = "extension"


class QuestionForm(StrEnum):
    """A probe's main question, or a parallel form of it."""

    MAIN = "main"
    ALTERNATIVE = "alternative"


class QuestionKind(StrEnum):
    """What a question asks for."""

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    KNOWLEDGE = "knowledge"
    MOTIVATION = "motivation"


class Sign(StrEnum):
    """Whether something noticed speaks for or against."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Question(Entry):
    """One question as the interviewer says it."""

    id: Words
    form: QuestionForm
    kind: QuestionKind
    text: Words
    note: str = ""

    @property
    def probe_id(self) -> str:
        """The id of the probe it belongs to: ``empathy-1`` for ``empathy-1-q2``."""
        return self.id.rpartition("-")[0]

    @property
    def skill_id(self) -> str:
        """The id of the skill it belongs to."""
        return self.probe_id.rpartition("-")[0]

    @property
    def is_main(self) -> bool:
        """Whether it is asked first; otherwise it is a parallel form."""
        return self.form is QuestionForm.MAIN


class FollowUp(Entry):
    """A neutral question after an answer, with the STAR element it asks for."""

    star: Literal["S", "T", "A", "R"] | None = None
    text: Words


class Probe(Entry):
    """One thing to find out about a skill: a main question, its parallel forms and their follow-ups."""

    id: Words
    title: str = ""
    concept: str = ""
    parts: tuple[Words, ...] = ()
    suits: str = ""
    observations: tuple[Words, ...] = ()
    sources: Sources = ()
    questions: tuple[Question, ...]
    follow_ups: tuple[FollowUp, ...]
    listen_for: str = ""
    note: str = ""

    @property
    def skill_id(self) -> str:
        """The id of the skill it belongs to."""
        return self.id.rpartition("-")[0]

    @property
    def main(self) -> Question:
        """The question every candidate gets unless the guide chooses a parallel form."""
        return self.questions[0]

    @property
    def alternative(self) -> Question | None:
        """The first parallel form, where there is one."""
        return self.questions[1] if len(self.questions) > 1 else None

    def of_kind(self, kind: QuestionKind) -> Question | None:
        """The first question of a kind, the main one before its parallel forms."""
        return next((question for question in self.questions if question.kind is kind), None)


class Indicator(Entry):
    """A sign that helps the interviewer listen. A red flag must be discussed in the debrief."""

    id: Words
    text: Words
    red_flag: Flag = False
    red_flag_if: str = ""
    caveat: str = ""
    sources: Sources = ()

    @property
    def skill_id(self) -> str:
        """The id of the skill it belongs to: ``empathy`` for ``empathy-pos-2``."""
        return self.id.rsplit("-", 2)[0]

    @property
    def sign(self) -> Sign:
        """Whether it speaks for or against the candidate."""
        return Sign.POSITIVE if "-pos-" in self.id else Sign.NEGATIVE


class Anchor(Entry):
    """What an answer at one level sounds like."""

    level: Whole
    text: Words


class Skill(Entry):
    """One skill: what it means, how to ask for it, what to listen for and how to rate it."""

    id: Words
    kind: SkillKind
    name: Words
    short_name: str = ""
    position: Whole
    revision: Whole
    sources: Sources = ()
    meaning: Words
    why_it_matters: str = ""
    boundary: str = ""
    caveats: tuple[Words, ...] = ()
    editorial_notes: tuple[Words, ...] = ()
    probes: tuple[Probe, ...]
    positive_indicators: tuple[Indicator, ...]
    negative_indicators: tuple[Indicator, ...]
    anchors: tuple[Anchor, ...]

    @property
    def label(self) -> str:
        """The name for narrow columns."""
        return self.short_name or self.name

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the probes, the main one before its parallel forms."""
        return tuple(question for probe in self.probes for question in probe.questions)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The positive indicators, then the negative ones."""
        return self.positive_indicators + self.negative_indicators

    @property
    def red_flags(self) -> tuple[Indicator, ...]:
        """The indicators that the debrief must discuss."""
        return tuple(indicator for indicator in self.indicators if indicator.red_flag)

    def main_questions(self) -> tuple[Question, ...]:
        """The main question of each probe."""
        return tuple(probe.main for probe in self.probes)

    def anchor(self, level: int) -> Anchor | None:
        """The anchor of a level; extension skills describe levels 2 and 4 by their neighbours."""
        return next((anchor for anchor in self.anchors if anchor.level == level), None)


class Observation(Entry):
    """Something the interviewer may notice at any time. It supports a rating and never replaces it."""

    id: Words
    sign: Sign
    text: Words
    skills: tuple[Words, ...] = ()
    extension_skill: str = ""
    every_skill: Flag = False
    caveat: str = ""
    sources: Sources = ()

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """The skills it is linked to by name; empty when it belongs to every skill."""
        return (*self.skills, self.extension_skill) if self.extension_skill else self.skills

    def belongs_to(self, skill_id: str) -> bool:
        """Whether it supports the rating of a skill."""
        return self.every_skill or skill_id in self.skill_ids


class Preset(Entry):
    """A suggested set of skills to start a guide from."""

    id: Words
    name: Words
    note: str = ""
    situational_first: Flag = False
    skills: tuple[Words, ...]
    extension_skills: tuple[Words, ...] = ()

    @property
    def all_skills(self) -> tuple[str, ...]:
        """The ids of the core skills, then of the extension skills."""
        return (*self.skills, *self.extension_skills)


class Pair(Entry):
    """Two skills that overlap, and where to rate what they share."""

    skills: tuple[Words, Words]
    reason: Words

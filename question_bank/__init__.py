"""Questions, rubrics and words for structured interviews in customer service; usable on its own.

>>> from question_bank import skill, question
>>> skill("empathy").anchor(3).text[:37]
'Gives a real case with a specific fee'
>>> question("empathy-1-q1").skill_id
'empathy'
"""

from __future__ import annotations

from collections.abc import Collection

from question_bank.catalogue import Bank, NotInBank
from question_bank.load import bank
from question_bank.model import (
    Anchor,
    FollowUp,
    Indicator,
    Observation,
    Pair,
    Preset,
    Probe,
    Question,
    QuestionForm,
    QuestionKind,
    Sign,
    Skill,
    SkillKind,
)
from question_bank.source import BankError, Problem
from question_bank.texts import BriefField, Level, MessageTemplate, ReasonCode, Rule, Script, Scripts

__all__ = [
    "Anchor",
    "Bank",
    "BankError",
    "BriefField",
    "FollowUp",
    "Indicator",
    "Level",
    "MessageTemplate",
    "NotInBank",
    "Observation",
    "Pair",
    "Preset",
    "Probe",
    "Problem",
    "Question",
    "QuestionForm",
    "QuestionKind",
    "ReasonCode",
    "Rule",
    "Script",
    "Scripts",
    "Sign",
    "Skill",
    "SkillKind",
    "bank",
    "bank_version",
    "brief_fields",
    "indicator",
    "levels",
    "message",
    "messages",
    "observation",
    "observations",
    "pairs",
    "preset",
    "presets",
    "probe",
    "question",
    "rating_rules",
    "reason_codes",
    "scripts",
    "skill",
    "skill_name",
    "skills",
]


def bank_version() -> str:
    """The version people chose, and a short hash that changes with every word."""
    return bank().version


def skills() -> tuple[Skill, ...]:
    """Every skill with questions, the core skills first."""
    return bank().skills


def skill(ident: str) -> Skill:
    """The skill with this id, or ``NotInBank``, a ``LookupError`` that names the nearest ids."""
    return bank().skill(ident)


def skill_name(ident: str) -> str:
    """A skill's name, also of an extension skill whose questions are still to come."""
    return bank().skill_name(ident)


def probe(ident: str) -> Probe:
    """The probe with this id."""
    return bank().probe(ident)


def question(ident: str) -> Question:
    """The question with this id."""
    return bank().question(ident)


def indicator(ident: str) -> Indicator:
    """The indicator with this id."""
    return bank().indicator(ident)


def observations(skill_id: str | None = None) -> tuple[Observation, ...]:
    """What may be noticed during the whole interview, for all skills or for one."""
    return tuple(each for each in bank().observations if skill_id is None or each.belongs_to(skill_id))


def observation(ident: str) -> Observation:
    """The observation with this id."""
    return bank().observation(ident)


def presets() -> tuple[Preset, ...]:
    """The suggested sets of skills."""
    return bank().presets


def preset(ident: str) -> Preset:
    """The preset with this id."""
    return bank().preset(ident)


def pairs(chosen: Collection[str] | None = None) -> tuple[Pair, ...]:
    """The skills that overlap: all pairs, or those of which both are chosen."""
    return tuple(pair for pair in bank().pairs if chosen is None or set(pair.skills) <= set(chosen))


def messages(status: str | None = None) -> tuple[MessageTemplate, ...]:
    """What candidates are told, in all or in one status."""
    return tuple(each for each in bank().correspondence.messages if status is None or each.suits(status))


def message(ident: str) -> MessageTemplate:
    """The message template with this id."""
    return bank().message(ident)


def reason_codes(use: str | None = None) -> tuple[ReasonCode, ...]:
    """Why an application is closed or paused: all, or those for ``closing`` or ``pausing``."""
    return tuple(code for code in bank().correspondence.reason_codes if use in (None, code.use))


def scripts() -> Scripts:
    """Opening, closing, the interviewer's conduct, and the line under the first behavioural question."""
    return bank().scripts


def levels() -> tuple[Level, ...]:
    """What 1 to 5 and N mean for any skill."""
    return bank().method.levels


def rating_rules() -> tuple[Rule, ...]:
    """How to rate."""
    return bank().method.rating_rules


def brief_fields() -> tuple[BriefField, ...]:
    """The fields of the job brief, what belongs in them and why."""
    return bank().brief.brief_fields

"""Questions, rubrics and words for structured interviews in customer service; usable on its own.

>>> from question_bank import skill, question
>>> skill("empathy").anchor(3).text[:37]
'Gives a real case with a specific fee'
>>> question("empathy-1-q1").skill_id
'empathy'

Every function takes a ``language``, one of ``languages()``; English is the source and the default.
"""

from __future__ import annotations

from collections.abc import Collection

from question_bank.catalogue import Bank, NotInBank
from question_bank.load import SOURCE_LANGUAGE, Reading, bank, languages, translation
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
from question_bank.sample_answers import SampleAnswer
from question_bank.source import BankError, Problem
from question_bank.texts import BriefField, Level, MessageTemplate, ReasonCode, Rule, Script, Scripts, Sharing
from question_bank.translations import Gap

__all__ = [
    "SOURCE_LANGUAGE",
    "Anchor",
    "Bank",
    "BankError",
    "BriefField",
    "FollowUp",
    "Gap",
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
    "Reading",
    "ReasonCode",
    "Rule",
    "SampleAnswer",
    "Script",
    "Scripts",
    "Sharing",
    "Sign",
    "Skill",
    "SkillKind",
    "bank",
    "bank_version",
    "brief_fields",
    "indicator",
    "languages",
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
    "sample",
    "samples",
    "scripts",
    "sharing",
    "skill",
    "skill_name",
    "skills",
    "translation",
]


def bank_version(language: str = SOURCE_LANGUAGE) -> str:
    """The version people chose, and a short hash that changes with every word."""
    return bank(language).version


def skills(language: str = SOURCE_LANGUAGE) -> tuple[Skill, ...]:
    """Every skill with questions, the core skills first."""
    return bank(language).skills


def skill(ident: str, language: str = SOURCE_LANGUAGE) -> Skill:
    """The skill with this id, or ``NotInBank``, a ``LookupError`` that names the nearest ids."""
    return bank(language).skill(ident)


def skill_name(ident: str, language: str = SOURCE_LANGUAGE) -> str:
    """A skill's name."""
    return bank(language).skill_name(ident)


def probe(ident: str, language: str = SOURCE_LANGUAGE) -> Probe:
    """The probe with this id."""
    return bank(language).probe(ident)


def question(ident: str, language: str = SOURCE_LANGUAGE) -> Question:
    """The question with this id."""
    return bank(language).question(ident)


def indicator(ident: str, language: str = SOURCE_LANGUAGE) -> Indicator:
    """The indicator with this id."""
    return bank(language).indicator(ident)


def observations(skill_id: str | None = None, language: str = SOURCE_LANGUAGE) -> tuple[Observation, ...]:
    """What may be noticed during the whole interview, for all skills or for one."""
    return tuple(
        each for each in bank(language).observations if skill_id is None or each.belongs_to(skill_id)
    )


def observation(ident: str, language: str = SOURCE_LANGUAGE) -> Observation:
    """The observation with this id."""
    return bank(language).observation(ident)


def presets(language: str = SOURCE_LANGUAGE) -> tuple[Preset, ...]:
    """The suggested sets of skills."""
    return bank(language).presets


def preset(ident: str, language: str = SOURCE_LANGUAGE) -> Preset:
    """The preset with this id."""
    return bank(language).preset(ident)


def pairs(chosen: Collection[str] | None = None, language: str = SOURCE_LANGUAGE) -> tuple[Pair, ...]:
    """The skills that overlap: all pairs, or those of which both are chosen."""
    return tuple(pair for pair in bank(language).pairs if chosen is None or set(pair.skills) <= set(chosen))


def messages(status: str | None = None, language: str = SOURCE_LANGUAGE) -> tuple[MessageTemplate, ...]:
    """What candidates are told, in all or in one status."""
    return tuple(
        each for each in bank(language).correspondence.messages if status is None or each.suits(status)
    )


def message(ident: str, language: str = SOURCE_LANGUAGE) -> MessageTemplate:
    """The message template with this id."""
    return bank(language).message(ident)


def reason_codes(use: str | None = None, language: str = SOURCE_LANGUAGE) -> tuple[ReasonCode, ...]:
    """Why an application is closed or paused: all, or those for ``closing`` or ``pausing``."""
    return tuple(code for code in bank(language).correspondence.reason_codes if use in (None, code.use))


def scripts(language: str = SOURCE_LANGUAGE) -> Scripts:
    """Opening, closing, the interviewer's conduct, and the line under the first behavioural question."""
    return bank(language).scripts


def samples(skill_id: str | None = None, language: str = SOURCE_LANGUAGE) -> tuple[SampleAnswer, ...]:
    """Written answers to practise rating on, for all skills or for one; they hold the experts' levels."""
    return tuple(each for each in bank(language).samples if skill_id is None or each.skill == skill_id)


def sample(ident: str, language: str = SOURCE_LANGUAGE) -> SampleAnswer:
    """The practice answer with this id."""
    return bank(language).sample(ident)


def sharing(language: str = SOURCE_LANGUAGE) -> Sharing:
    """How a job becomes known, how everybody takes part, and what the choosing of people is held to."""
    return bank(language).sharing


def levels(language: str = SOURCE_LANGUAGE) -> tuple[Level, ...]:
    """What 1 to 5 and N mean for any skill."""
    return bank(language).method.levels


def rating_rules(language: str = SOURCE_LANGUAGE) -> tuple[Rule, ...]:
    """How to rate."""
    return bank(language).method.rating_rules


def brief_fields(language: str = SOURCE_LANGUAGE) -> tuple[BriefField, ...]:
    """The fields of the job brief, what belongs in them and why."""
    return bank(language).brief.brief_fields

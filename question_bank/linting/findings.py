"""What the linter can find, and what a finding tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class LintRule(StrEnum):
    """What may be wrong with a question, or missing around it."""

    OFF_LIMITS = "off_limits"
    LEADING = "leading"
    DOUBLE_BARRELLED = "double_barrelled"
    HYPOTHETICAL = "hypothetical"
    JARGON = "jargon"
    TOO_LONG = "too_long"
    NO_ALTERNATIVE = "no_alternative"
    MISSING_FOLLOW_UPS = "missing_follow_ups"
    MISSING_ANCHORS = "missing_anchors"
    SAME_ANCHORS = "same_anchors"
    UNEVEN_ANCHORS = "uneven_anchors"


class Topic(StrEnum):
    """What no candidate may be asked."""

    AGE = "age"
    RACE_APPEARANCE = "race_appearance"
    SEX_ORIENTATION = "sex_orientation"
    MARITAL_STATUS = "marital_status"
    FAMILY = "family"
    PREGNANCY = "pregnancy"
    RELIGION = "religion"
    ORIGIN_NATIONALITY = "origin_nationality"
    NATIVE_LANGUAGE = "native_language"
    HEALTH_DISABILITY = "health_disability"
    GENETICS = "genetics"
    ARRESTS = "arrests"
    MILITARY = "military"
    MONEY = "money"
    SALARY_HISTORY = "salary_history"
    POLITICS = "politics"
    UNION = "union"
    CLUBS = "clubs"


@dataclass(frozen=True)
class Finding:
    """One doubt: the words it is about, and what to do instead, in the language of the question.

    ``start`` and ``end`` cut ``found`` out of the text; what is missing has no place and is found at 0 to 0.
    ``subject`` is the id of the question, probe or skill where a whole probe or skill was looked at.
    """

    rule: LintRule
    advice: str
    topic: Topic | None = None
    start: int = 0
    end: int = 0
    found: str = ""
    subject: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the question must not be used as it is; everything else only advises."""
        return self.rule is LintRule.OFF_LIMITS

    def about(self, subject: str) -> Finding:
        """The same finding, with the id of what it is about."""
        return replace(self, subject=subject)

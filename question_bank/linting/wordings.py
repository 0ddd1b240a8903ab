"""What the linter looks for and says in each language, from ``lint/<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from question_bank.catalogue import NotInBank
from question_bank.linting.findings import LintRule, Topic
from question_bank.linting.folding import fold
from question_bank.load import fitting
from question_bank.model import Entry, Whole, Words
from question_bank.source import BankError, Place, Sheet, read_sheet

FOLDER = Path(__file__).parent.parent / "lint"
FRAGMENT = re.compile(r"\{([a-z_]+)\}")
CLASS_OR_SPACE = re.compile(r"\[[^\]]*\]| ")
SPACE = "(?:,? {1,5})"  # Bounded, so that a page of blanks costs no more than a page of words.

Pattern = re.Pattern[str]


class Doubt(Entry):
    """What to look for, when to look away, and what to say."""

    advice: Words
    patterns: tuple[Words, ...] = ()
    spared: tuple[Words, ...] = ()


class OffLimits(Doubt):
    """A topic no candidate may be asked about; the advice names what may be asked instead."""

    topic: Topic


class Wording(Entry):
    """One language's file. Fragments are parts of patterns that stand in braces elsewhere."""

    language: Words
    longest: Whole
    counted: Literal["words", "characters"]
    fragments: dict[str, Words]
    spared: tuple[Words, ...]
    off_limits: tuple[OffLimits, ...]
    rules: dict[LintRule, Doubt]


@dataclass(frozen=True)
class Watch:
    """A doubt, ready to be searched for."""

    rule: LintRule
    topic: Topic | None
    advice: str
    patterns: tuple[Pattern, ...]
    spared: tuple[Pattern, ...]


@dataclass(frozen=True)
class Knowledge:
    """Everything the linter knows of a language."""

    longest: int
    counted: Literal["words", "characters"]
    watches: tuple[Watch, ...]
    advice: dict[LintRule, str]


def languages() -> tuple[str, ...]:
    """The languages whose questions can be looked at."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def knowledge(language: str) -> Knowledge:
    """What to look for in a language.

    Raises NotInBank if the linter does not know it, BankError if its file is wrong.
    """
    if language not in languages():
        raise NotInBank("language", language, languages())
    return read_knowledge(FOLDER / f"{language}.yaml")


def read_knowledge(path: Path) -> Knowledge:
    """The language in a file, or a BankError with everything that is wrong with it."""
    sheet = read_sheet(path, path.name)
    wording = None if sheet.problems else fitting(sheet, Wording)
    found = _prepare(sheet, wording) if wording else None
    if found is None or sheet.problems:
        raise BankError(sheet.problems)
    return found


def _prepare(sheet: Sheet, wording: Wording) -> Knowledge:
    for rule in LintRule:
        if rule is not LintRule.OFF_LIMITS and rule not in wording.rules:
            sheet.refuse(("rules", rule), "This rule has no advice yet.")
    return Knowledge(
        longest=wording.longest,
        counted=wording.counted,
        watches=tuple(_watches(sheet, wording)),
        advice={rule: doubt.advice for rule, doubt in wording.rules.items()},
    )


def _watches(sheet: Sheet, wording: Wording) -> Iterator[Watch]:
    everywhere = _compiled(sheet, ("spared",), wording.spared, wording)
    for index, doubt in enumerate(wording.off_limits):
        place: Place = ("off_limits", index)
        patterns = _compiled(sheet, (*place, "patterns"), doubt.patterns, wording)
        spared = everywhere + _compiled(sheet, (*place, "spared"), doubt.spared, wording)
        yield Watch(LintRule.OFF_LIMITS, doubt.topic, doubt.advice, patterns, spared)
    for rule, other in wording.rules.items():
        patterns = _compiled(sheet, ("rules", rule, "patterns"), other.patterns, wording)
        spared = _compiled(sheet, ("rules", rule, "spared"), other.spared, wording)
        yield Watch(rule, None, other.advice, patterns, spared)


def _compiled(sheet: Sheet, place: Place, sources: tuple[str, ...], wording: Wording) -> tuple[Pattern, ...]:
    found = []
    for index, source in enumerate(sources):
        try:
            found.append(_pattern(source, wording.fragments))
        except (re.error, KeyError) as error:
            sheet.refuse((*place, index), f"This is not a pattern: {error}.")
    return tuple(found)


def _pattern(source: str, fragments: dict[str, str]) -> Pattern:
    whole = FRAGMENT.sub(lambda match: fragments[match[1]], source)
    spaced = CLASS_OR_SPACE.sub(lambda match: SPACE if match[0] == " " else match[0], fold(whole).text)
    return re.compile(spaced, re.IGNORECASE)

"""The bank in two languages side by side, and how far each translation has come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hiring.i18n import _, language_name
from question_bank import SOURCE_LANGUAGE, Skill, languages, skill, translation
from question_bank.phrases import phrases
from question_bank.translations import Gap


@dataclass(frozen=True)
class Pairing:
    """One phrase in two languages; ``gap`` says what is wrong with a translation of it."""

    address: str
    label: str
    one: str
    other: str
    gap: Gap | None


@dataclass(frozen=True)
class SideBySide:
    """A skill in two languages."""

    one: str
    other: str
    skill: Skill
    rows: tuple[Pairing, ...]


@dataclass(frozen=True)
class Progress:
    """How far the bank is translated into one language, with its gaps by file."""

    language: str
    name: str
    phrases: int
    missing: int
    stale: int
    files: tuple[tuple[str, tuple[Gap, ...]], ...]


def side_by_side(skill_id: str, one: str, other: str) -> SideBySide:
    """Every phrase of a skill in two languages, in the order of its file.

    Raises NotInBank if there is no such skill or language.
    """
    left, right = skill(skill_id, one), skill(skill_id, other)
    wanting = {gap.id: gap for language in {one, other} for gap in translation(language).gaps}
    words = dict(_words(right))
    return SideBySide(
        one=one,
        other=other,
        skill=left,
        rows=tuple(
            Pairing(address, label_of(address), text, words.get(address, ""), wanting.get(address))
            for address, text in _words(left)
        ),
    )


def progress() -> tuple[Progress, ...]:
    """The state of each translation."""
    return tuple(_progress(language) for language in languages() if language != SOURCE_LANGUAGE)


def label_of(address: str) -> str:
    """What sort of phrase stands at an address, in people's words."""
    return next(words(found) for shape, words in _shapes() if (found := re.search(shape, address)))


def _progress(language: str) -> Progress:
    reading = translation(language)
    by_file = groupby(sorted(reading.gaps), key=lambda gap: gap.file)
    return Progress(
        language=language,
        name=language_name(language),
        phrases=reading.phrases,
        missing=len(reading.missing),
        stale=len(reading.stale),
        files=tuple((file, tuple(gaps)) for file, gaps in by_file),
    )


def _words(found: Skill) -> list[tuple[str, str]]:
    data = found.model_dump(mode="json", exclude_defaults=True)
    return [(address, words) for address, _place, words in phrases(found.id, data)]


def _shapes() -> list[tuple[str, Callable[[Any], str]]]:
    return [
        (r"-q1\.text$", lambda found: _("Main question")),
        (r"-q\d+\.text$", lambda found: _("Alternative")),
        (r"-q\d+\.note$", lambda found: _("Note")),
        (r"-pos-\d+\.", lambda found: _("Speaks for")),
        (r"-neg-\d+\.red_flag_if$", lambda found: _("A red flag if")),
        (r"-neg-\d+\.", lambda found: _("Speaks against")),
        (r"\.anchors\.(\d)$", lambda found: _("Level %(n)s", n=found[1])),
        (r"\.follow_ups\.(\d)$", lambda found: _("Follow-up %(n)s", n=found[1])),
        (r"\.listen_for$", lambda found: _("Listen for")),
        (r"\.note$", lambda found: _("Note")),
        (r"\.title$", lambda found: _("What to find out")),
        (r"\.name$", lambda found: _("Name")),
        (r"\.short_name$", lambda found: _("Short name")),
        (r"\.meaning$", lambda found: _("Meaning")),
        (r"\.why_it_matters$", lambda found: _("Why it matters")),
        (r"\.boundary$", lambda found: _("Where it ends")),
        (r"\.caveats\.", lambda found: _("Mind")),
        (r"", lambda found: _("Words")),
    ]

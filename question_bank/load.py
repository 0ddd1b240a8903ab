"""From a folder of YAML files to a bank, or to the whole list of what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from question_bank.bank_rules import check_bank, skill_file
from question_bank.catalogue import Bank, NotInBank
from question_bank.model import Entry, Skill, SkillKind
from question_bank.phrases import phrases
from question_bank.sample_answers import SampleAnswer, SampleFile, check_samples, sample_file
from question_bank.skill_rules import check_skill
from question_bank.source import BankError, Problem, Sheet, read_sheet
from question_bank.texts import (
    Brief,
    Correspondence,
    Cover,
    Method,
    Observations,
    Pairs,
    Presets,
    RetiredIds,
    Scripts,
    Sharing,
)
from question_bank.translations import (
    Gap,
    TranslatedFile,
    check_translation,
    file_of,
    gaps_in,
    languages_of,
    put_in,
)

FOLDER = Path(__file__).parent
SOURCE_LANGUAGE = "en"
UNTRANSLATED = {"bank.yaml", "retired.yaml"}

SENTENCES = {
    "missing": "This field is missing.",
    "extra_forbidden": "This field is not known here.",
    "string_type": "Write words here.",
    "string_too_short": "Write words here.",
    "int_type": "Write a whole number here.",
    "bool_type": "Write true or false here.",
    "tuple_type": "Write a list here.",
    "model_type": "Write named fields here.",
    "enum": "Choose one of {expected}.",
    "literal_error": "Choose one of {expected}.",
}

Shape = TypeVar("Shape", bound=Entry)


@dataclass(frozen=True)
class Reading:
    """What a folder holds in one language, everything that is wrong with it, and what is not translated."""

    bank: Bank | None
    problems: tuple[Problem, ...]
    phrases: int
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> tuple[Gap, ...]:
        """The phrases without words in this language."""
        return tuple(gap for gap in self.gaps if not gap.is_stale)

    @property
    def stale(self) -> tuple[Gap, ...]:
        """The phrases whose English has moved on."""
        return tuple(gap for gap in self.gaps if gap.is_stale)


def load(folder: Path | str | None = None, language: str = SOURCE_LANGUAGE) -> Bank:
    """The bank in a folder, by default our own, in one of its languages; what has no translation is English.

    Raises BankError with everything that is wrong with it.
    """
    reading = read(folder, language)
    if reading.bank is None or reading.problems:
        raise BankError(reading.problems)
    return reading.bank


@cache
def bank(language: str = SOURCE_LANGUAGE) -> Bank:
    """Our own bank, read when it is first asked for.

    Raises NotInBank if it is not in that language.
    """
    if language not in languages():
        raise NotInBank("language", language, languages())
    return load(language=language)


@cache
def languages() -> tuple[str, ...]:
    """The languages that our own bank speaks, the source first."""
    return languages_of(FOLDER, SOURCE_LANGUAGE)


@cache
def translation(language: str) -> Reading:
    """How far our own bank is translated into a language."""
    return read(None, language)


def read(folder: Path | str | None = None, language: str = SOURCE_LANGUAGE) -> Reading:
    """The bank as far as its files fit their shapes, all problems, and the gaps of a translation."""
    reader = _Reader(Path(folder or FOLDER), language)
    found = reader.bank()
    problems = tuple(problem for sheet in reader.sheets.values() for problem in sheet.problems)
    return Reading(found, problems, reader.phrases, tuple(reader.gaps))


class _Reader:
    """One pass over a folder; keeps every sheet, so that all problems can be told together."""

    def __init__(self, folder: Path, language: str = SOURCE_LANGUAGE) -> None:
        self.folder = folder
        self.language = language
        self.sheets: dict[str, Sheet] = {}
        self.gaps: list[Gap] = []
        self.phrases = 0

    def bank(self) -> Bank | None:
        """The bank, if every file fits its shape."""
        found = self._files()
        if found is not None:
            check_bank(found, self.sheets)
        return found

    def _files(self) -> Bank | None:
        skills = self._skills()
        cover, method = self._file("bank.yaml", Cover), self._file("method.yaml", Method)
        observations = self._file("observations.yaml", Observations)
        presets = self._file("presets.yaml", Presets)
        pairs, retired = self._file("pairs.yaml", Pairs), self._file("retired.yaml", RetiredIds)
        scripts, brief = self._file("scripts.yaml", Scripts), self._file("brief.yaml", Brief)
        sharing = self._file("share.yaml", Sharing)
        letters = self._file("messages.yaml", Correspondence)
        # One by one and not in a loop, so that the type checker sees that nothing is missing.
        if not (skills and cover and method and observations and presets and pairs and retired):
            return None
        samples = self._samples(skills)
        if not (scripts and brief and letters and sharing) or samples is None:
            return None
        return Bank(
            cover=cover,
            method=method,
            skills=skills,
            observations=observations.observations,
            presets=presets.presets,
            pairs=pairs.pairs,
            correspondence=letters,
            scripts=scripts,
            brief=brief,
            sharing=sharing,
            retired=retired.retired,
            samples=samples,
        )

    def _skills(self) -> tuple[Skill, ...] | None:
        """All skills, the core first and each kind by position; nothing if one of them does not fit."""
        found = [self._skill(name) for name in self._skill_files()]
        fitting = [skill for skill in found if skill]
        if len(fitting) < len(found):
            return None
        return tuple(sorted(fitting, key=lambda skill: (skill.kind is SkillKind.EXTENSION, skill.position)))

    def _samples(self, skills: Sequence[Skill]) -> tuple[SampleAnswer, ...] | None:
        """The practice answers of all skills in their order; nothing if a file does not fit."""
        self._check_sample_files(skills)
        made: list[SampleAnswer] = []
        fits = True
        for skill in skills:
            name = sample_file(skill.id)
            if skill.kind is SkillKind.EXTENSION and not (self.folder / name).exists():
                continue
            found = self._file(name, SampleFile)
            fits = fits and found is not None
            if found:
                check_samples(self.sheets[name], found, skill)
                made += found.samples
        return tuple(made) if fits else None

    def _check_sample_files(self, skills: Sequence[Skill]) -> None:
        """A file that no skill asks for would never be read, and nobody would notice."""
        expected = {sample_file(skill.id) for skill in skills}
        sheet = self.sheets.setdefault("samples", Sheet("samples"))
        for path in sorted(self.folder.glob("samples/*")):
            if not path.name.startswith(".") and f"samples/{path.name}" not in expected:
                sheet.refuse((), f"{path.name} belongs to no skill of this bank.")

    def _skill_files(self) -> list[str]:
        files = sorted(path for path in self.folder.glob("skills/*") if not path.name.startswith("."))
        sheet = self.sheets.setdefault("skills", Sheet("skills"))
        if not files:
            sheet.refuse((), "This folder has no skills.")
        for path in files:
            if path.suffix != ".yaml":
                sheet.refuse((), f"{path.name} is not a skill: only files that end in .yaml belong here.")
        return [f"skills/{path.name}" for path in files if path.suffix == ".yaml"]

    def _skill(self, name: str) -> Skill | None:
        skill = self._file(name, Skill)
        if skill:
            check_skill(self.sheets[name], skill)
        # In the wrong file it has been told its place, and nothing else can find it there.
        return skill if skill and skill_file(skill.id) == name else None

    def _file(self, name: str, shape: type[Shape]) -> Shape | None:
        sheet = self.sheets[name] = read_sheet(self.folder / name, name)
        # What YAML refused has left gaps in the data, and complaints about those would only confuse.
        if sheet.problems:
            return None
        if name not in UNTRANSLATED:
            self.phrases += sum(1 for _ in phrases(name, sheet.data))
            if self.language != SOURCE_LANGUAGE:
                self._translate(sheet)
        return fitting(sheet, shape)

    def _translate(self, source: Sheet) -> None:
        """Puts the words of the language in; what is wrong with them is recorded on a sheet of their own."""
        name = file_of(self.language, source.file)
        sheet = self.sheets[name] = read_sheet(self.folder / name, name)
        translated = None if sheet.problems else fitting(sheet, TranslatedFile)
        if translated:
            check_translation(sheet, translated, self.language, source)
            self.gaps += gaps_in(translated, source)
            put_in(translated, source.file, source.data)


def fitting(sheet: Sheet, shape: type[Shape]) -> Shape | None:
    """What a file says, if it fits its shape; what does not fit is recorded on the sheet."""
    try:
        return shape.model_validate(sheet.data)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            sheet.refuse(each["loc"], sentence_for(each["type"], each["msg"], each.get("ctx", {})))
        return None


def sentence_for(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """What is wrong in our words; a rare kind of error keeps the words of the checker."""
    return SENTENCES[kind].format_map(context) if kind in SENTENCES else f"{message}."

"""The question bank as it is browsed, searched and read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from hiring.bank.contents import everything_in
from hiring.bank.queries import own_entry_ids, skills, whole_bank
from hiring.bank.search import Hit, Results, find, names_of
from hiring.i18n import _, language_name
from hiring.labels import label
from hiring.models import Found, PassageStatus
from hiring.workshops.queries import Validation, validations
from question_bank import (
    Observation,
    Pair,
    QuestionKind,
    Sign,
    Skill,
    SkillKind,
    bank,
    bank_version,
    languages,
    observations,
    pairs,
)

PAGE = 25
LEVELS = (1, 2, 3, 4, 5)
LONGEST_SHOWN = 240


@dataclass(frozen=True)
class Shelf:
    """One skill among the others."""

    id: str
    name: str
    meaning: str
    questions: int
    kinds: tuple[QuestionKind, ...]
    is_own: bool


@dataclass(frozen=True)
class BankSheet:
    """All skills: those that carry the method, and those that are added where a job needs them."""

    version: str
    core: tuple[Shelf, ...]
    extension: tuple[Shelf, ...]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the bank: words, choices in the facets, and the page of the list."""

    words: str = ""
    skill: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    kind: tuple[QuestionKind, ...] = ()
    level: tuple[int, ...] = ()
    language: tuple[str, ...] = ()
    status: tuple[PassageStatus, ...] = ()
    used: tuple[bool, ...] = ()
    page: int = 1

    @property
    def is_anything(self) -> bool:
        """Whether something is looked for; otherwise the skills are listed."""
        return self != Asked(page=self.page)


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with how many passages it would give."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow down; ``name`` is that of its field."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether it narrows down now."""
        return any(each.is_chosen for each in self.choices)


@dataclass(frozen=True)
class SearchSheet:
    """What was found on one page of the list, and the facets beside it.

    ``with_any`` says that nothing holds all the words, so that the list holds some of them.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    with_any: bool

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.total // PAGE))

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The choices as they stand in the address."""
        return {
            each.name: [choice.value for choice in each.choices if choice.is_chosen] for each in self.facets
        }


@dataclass(frozen=True)
class WordsSheet:
    """What belongs to no skill, under a heading for each sort; each passage begins a new place or continues one."""

    version: str
    language: str
    parts: tuple[tuple[Found, tuple[tuple[str, tuple[str, ...]], ...]], ...]


@dataclass(frozen=True)
class SkillSheet:
    """Everything the bank says about one skill."""

    version: str
    language: str
    skill: Skill
    observations: tuple[Observation, ...]
    pairs: tuple[Pair, ...]
    probe_titles: dict[str, str]
    previous: Skill | None
    next: Skill | None
    own_ids: dict[str, int]
    validations: tuple[Validation, ...]
    level_labels: dict[str, str]

    @property
    def positive_observations(self) -> tuple[Observation, ...]:
        """What may be noticed that speaks for the candidate."""
        return tuple(each for each in self.observations if each.sign is Sign.POSITIVE)

    @property
    def negative_observations(self) -> tuple[Observation, ...]:
        """What may be noticed that speaks against."""
        return tuple(each for each in self.observations if each.sign is Sign.NEGATIVE)


def bank_sheet() -> BankSheet:
    """All skills, the organisation's own among those that are added."""
    shelves = [(each.kind, _shelf(each)) for each in skills()]
    return BankSheet(
        version=bank_version(),
        core=tuple(shelf for kind, shelf in shelves if kind is SkillKind.CORE),
        extension=tuple(shelf for kind, shelf in shelves if kind is SkillKind.EXTENSION),
    )


def search_sheet(asked: Asked, among: Collection[PassageStatus]) -> SearchSheet:
    """What is found among the words that the reader may see."""
    results = find(
        asked.words,
        skill_ids=asked.skill,
        founds=asked.found,
        kinds=asked.kind,
        levels=asked.level,
        languages=asked.language,
        statuses=asked.status,
        used=asked.used[0] if len(asked.used) == 1 else None,
        limit=PAGE if asked.is_anything else 0,
        offset=(asked.page - 1) * PAGE,
        among=among,
    )
    hits = tuple(map(_shortened, results.hits))
    return SearchSheet(asked, hits, results.total, _facets(results, asked), results.with_any)


def words_sheet(language: str) -> WordsSheet:
    """The words around the questions: scripts, messages, rules, the job brief, and what fits every skill."""
    words = bank(language)
    contents = [each for each in everything_in(words) if each.skill_id is None]
    parts = []
    for found in dict.fromkeys(each.found for each in contents):
        places = dict[str, list[str]]()
        for each in contents:
            if each.found is found:
                places.setdefault(each.place, []).append(each.text)
        parts.append((found, tuple((place, tuple(texts)) for place, texts in places.items())))
    return WordsSheet(words.version, language, tuple(parts))


def skill_sheet(skill_id: str, language: str) -> SkillSheet:
    """One skill in a language, with its observations, its overlaps and its neighbours.

    Raises NotInBank if there is no such skill.
    """
    skill, everything = whole_bank(language).skill(skill_id), skills(language)
    place = everything.index(skill)
    ids = {each.id for each in everything}
    return SkillSheet(
        version=bank_version(language),
        language=language,
        skill=skill,
        observations=observations(skill.id, language),
        pairs=tuple(pair for pair in pairs(ids, language) if skill.id in pair.skills),
        probe_titles={probe.id: probe.title for each in everything for probe in each.probes},
        previous=everything[place - 1] if place else None,
        next=everything[place + 1] if place + 1 < len(everything) else None,
        own_ids=own_entry_ids(),
        validations=validations(skill.id, {each.level: each.text for each in skill.anchors}),
        level_labels={str(each.level): each.label for each in bank(language).method.levels},
    )


def _shelf(skill: Skill) -> Shelf:
    return Shelf(
        id=skill.id,
        name=skill.name,
        meaning=skill.meaning,
        questions=len(skill.questions),
        kinds=tuple(each for each in QuestionKind if any(q.kind is each for q in skill.questions)),
        is_own=skill.id in own_entry_ids(),
    )


def _facets(results: Results, asked: Asked) -> tuple[Facet, ...]:
    counts = results.facets
    lists = (
        _facet(
            "skill", _("Skill"), _skill_names(counts.skill_ids, asked.skill), counts.skill_ids, asked.skill
        ),
        _facet("found", _("Where"), _labels(Found), counts.founds, asked.found),
        _facet("kind", _("Kind of question"), _labels(QuestionKind), counts.kinds, asked.kind),
        _facet("level", _("Level"), {n: str(n) for n in LEVELS}, counts.levels, asked.level),
        _facet(
            "language", _("Language"), _language_names(counts.languages), counts.languages, asked.language
        ),
        _facet("status", _("Status"), _labels(PassageStatus), counts.statuses, asked.status),
        _facet("used", _("Use"), _uses(), counts.used, asked.used),
    )
    return tuple(each for each in lists if len(each.choices) > 1 or each.is_chosen)


def _facet(
    name: str,
    title: str,
    words: Mapping[Any, str],
    counts: Mapping[Any, int],
    chosen: Collection[Any],
) -> Facet:
    """Only choices that give something, and those that are made already."""
    choices = (
        Choice(_in_address(value), words[value], counts.get(value, 0), value in chosen) for value in words
    )
    return Facet(name, title, tuple(each for each in choices if each.count or each.is_chosen))


def _in_address(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _labels(kind: type[StrEnum]) -> dict[StrEnum, str]:
    return {each: label(each) for each in kind}


def _language_names(counts: Mapping[str, int]) -> dict[str, str]:
    return {code: language_name(code) for code in (*languages(), *sorted(set(counts) - set(languages())))}


def _skill_names(counts: Mapping[str, int], chosen: Collection[str]) -> dict[str, str]:
    """The skills in the bank's order, then the own ones that are not in use."""
    names = {each.id: each.name for each in skills()}
    others = sorted({*counts, *chosen} - set(names))
    return names | (names_of(others) if others else {})


def _uses() -> dict[bool, str]:
    return {True: _("In a published guide"), False: _("In no published guide")}


def _shortened(hit: Hit) -> Hit:
    """Of a long passage the part around the first word that was found."""
    if len(hit.text) <= LONGEST_SHOWN:
        return hit
    pieces, begin = [], max(0, _first_mark(hit) - LONGEST_SHOWN // 3)
    place = 0
    for text, is_mark in hit.pieces:
        cut = text[max(0, begin - place) : max(0, begin + LONGEST_SHOWN - place)]
        pieces += [(cut, is_mark)] if cut else []
        place += len(text)
    before = [("… ", False)] if begin else []
    after = [(" …", False)] if begin + LONGEST_SHOWN < place else []
    return replace(hit, pieces=tuple(before + pieces + after))


def _first_mark(hit: Hit) -> int:
    place = 0
    for text, is_mark in hit.pieces:
        if is_mark:
            return place
        place += len(text)
    return 0

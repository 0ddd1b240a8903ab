"""The words of an own entry as data: checked against the bank's shapes, given ids, merged, compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import ValidationError

from hiring.errors import Refused
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.models import EntryKind
from question_bank import Probe, QuestionForm, Skill, SkillKind, bank
from question_bank.load import sentence_for
from question_bank.phrases import phrases, revision_of
from question_bank.skill_rules import check_own
from question_bank.source import Place, Sheet

Content = dict[str, Any]
LONGEST_IDENT = 60
LONGEST_NAME = 100
LONGEST_TEXT = 2000
MOST_ROWS = 20
# What a form takes out by itself: some databases and workbooks refuse it, and some of it turns words round.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
OWN = "own"
OWN_POSITION = 1  # Own skills stand behind the bundled ones, in the order in which they were added.
NEEDED_LEVELS = (1, 3, 5)
BETWEEN = (2, 4)
IDS = {"id", "caveat"}  # A caveat may name the probe whose note says what to mind.
NAMES = {"name", "short_name", "title"}
PROBE_ORDER, QUESTION_ORDER = "probe_order", "question_order"  # Addresses of what was only moved.

MISSING = {
    "name": _l("Write the skill's name."),
    "meaning": _l("Write in a sentence what the skill means."),
    "text": _l("Write the words, or remove this row."),
    "questions": _l("Write the main question."),
    "probes": _l("Write at least one probe."),
    "kind": _l("Choose what the question asks for."),
}
IN_OUR_WORDS = {
    "follow_ups": _l("Write two or three follow-ups."),
    "probes": MISSING["probes"],
    "questions": MISSING["questions"],
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the content, and the place where it stands."""

    place: Place
    sentence: str

    @property
    def in_full(self) -> str:
        """The sentence behind the name of its place."""
        return f"{_path(self.place)}{self.sentence}"


class Faulty(Refused):
    """The content breaks rules; every fault is named, not only the first."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(each.in_full for each in self.faults))


@dataclass(frozen=True)
class Change:
    """One phrase before and after; None where it did not stand."""

    address: str
    before: str | None
    after: str | None


def checked(kind: EntryKind, content: Content) -> Skill | Probe:
    """The content in the bank's own shape.

    Raises Faulty with everything that is wrong with it.
    """
    shape = Skill if kind is EntryKind.SKILL else Probe
    faults = list(_out_of_measure(content, ()))
    try:
        found = shape.model_validate(content)
    except ValidationError as error:
        raise Faulty([*faults, *_misshapen(error)]) from None
    if isinstance(found, Skill):
        faults += _missing_levels({each.level for each in found.anchors})
    faults += _broken_rules(found, content, {each.place[0] for each in faults if each.place})
    if faults:
        raise Faulty(faults)
    return found


def _path(place: Place) -> str:
    steps = [str(step + 1) if isinstance(step, int) else step for step in place]
    return f"{'.'.join(steps)}: " if steps else ""


def _out_of_measure(value: Any, place: Place) -> Iterator[Fault]:
    """What is longer than a page can show, or cannot be shown at all."""
    if isinstance(value, str):
        longest = LONGEST_NAME if place and place[-1] in NAMES else LONGEST_TEXT
        if len(value) > longest:
            yield Fault(place, _("Write at most %(max)s characters.", max=longest))
        if UNSEEN.search(value):
            yield Fault(place, _("Some sign in here cannot be seen. Type these words anew."))
    elif isinstance(value, list):
        if len(value) > MOST_ROWS:
            yield Fault(place, _("Write at most %(max)s of these.", max=MOST_ROWS))
        for index, each in enumerate(value[:MOST_ROWS]):
            yield from _out_of_measure(each, (*place, index))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _out_of_measure(each, (*place, name))


def _misshapen(error: ValidationError) -> Iterator[Fault]:
    for each in error.errors(include_url=False, include_input=False):
        place = tuple(each["loc"])
        names = [step for step in place if isinstance(step, str)]
        is_main = place[-3:] == ("questions", 0, "text")
        known = MISSING.get("questions" if is_main else names[-1]) if names else None
        yield Fault(place, str(known or sentence_for(each["type"], each["msg"], each.get("ctx", {}))))


def _missing_levels(written: set[int]) -> Iterator[Fault]:
    for level in NEEDED_LEVELS:
        if level not in written:
            sentence = _("Write what an answer at level %(level)s sounds like.", level=level)
            yield Fault(("anchors", str(level)), sentence)
    between = [level for level in BETWEEN if level not in written]
    if len(between) == 1:
        sentence = _("Write level %(level)s as well, or leave 2 and 4 both empty.", level=between[0])
        yield Fault(("anchors", str(between[0])), sentence)


def _broken_rules(found: Skill | Probe, content: Content, told: Collection[str | int]) -> Iterator[Fault]:
    """What breaks the bank's own rules; of the levels only what was not told more exactly."""
    sheet = _Places(content)
    check_own(sheet, found)
    for place, sentence in sheet.refused:
        if place != ("anchors",) or "anchors" not in told:
            words = IN_OUR_WORDS.get(str(place[-1])) if place else None
            yield Fault(place, str(words or sentence))


class _Places(Sheet):
    """A sheet that remembers where each problem stands."""

    def __init__(self, content: Content) -> None:
        super().__init__("", data=content)
        self.refused: list[tuple[Place, str]] = []

    def refuse(self, place: Place, sentence: str, line: int = 0) -> None:
        self.refused.append((place, sentence))


def new_skill_ident(name: str, taken: Collection[str]) -> str:
    """An id of its own for a skill, ``own-queue-care``; ours never begin with ``own``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z]+", plain))[: LONGEST_IDENT - 10].strip("-") or "skill"
    return _first_free(f"{OWN}-{words}", taken)


def new_probe_ident(skill_id: str, taken: Collection[str]) -> str:
    """The next id of an own probe for a skill, ``empathy-o1``; ours have numbers, or an x before them."""
    number = next(n for n in range(1, len(taken) + 2) if f"{skill_id}-o{n}" not in taken)
    return f"{skill_id}-o{number}"


def _first_free(ident: str, taken: Collection[str]) -> str:
    letters = ["", *(f"-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
    longer = (f"{ident}{one}{other}" for one in letters for other in letters)
    return next(each for each in longer if each not in taken)


def renamed(content: Any, old: str, new: str) -> Any:
    """The content with every id of ``old`` and below it moved to ``new``; the same if it has no old id."""
    if not old:
        return content
    if isinstance(content, list):
        return [renamed(value, old, new) for value in content]
    if isinstance(content, dict):
        return {name: _renamed(name, value, old, new) for name, value in content.items()}
    return content


def _renamed(name: str, value: Any, old: str, new: str) -> Any:
    """Other words may happen to be the same as an id, and stay."""
    if name in IDS and isinstance(value, str):
        is_below = value == old or re.fullmatch(rf"{re.escape(old)}-[a-z0-9-]+", value)
        return new + value[len(old) :] if is_below else value
    return renamed(value, old, new)


def numbered(kind: EntryKind, content: Content, ident: str, taken: Collection[str] = ()) -> Content:
    """The content under its id, with an id for every part that has none yet; ``taken`` are never used again."""
    if kind is EntryKind.PROBE:
        return _numbered_probe(content, ident, taken)
    probes = _with_ids(content.get("probes", []), f"{ident}-", taken)
    indicators = {
        name: _with_ids(content.get(name, []), f"{ident}-{sign}-", taken)
        for name, sign in (("positive_indicators", "pos"), ("negative_indicators", "neg"))
    }
    fixed = {"id": ident, "kind": SkillKind.EXTENSION.value, "position": OWN_POSITION, "revision": 1}
    below = {"probes": [_numbered_probe(each, each["id"], taken) for each in probes]}
    return content | fixed | indicators | below


def _numbered_probe(content: Content, ident: str, taken: Collection[str]) -> Content:
    questions = _with_ids(content.get("questions", []), f"{ident}-q", taken)
    forms = [each | {"form": _form(place)} for place, each in enumerate(questions)]
    return content | {"id": ident, "questions": forms}


def _form(place: int) -> str:
    return (QuestionForm.ALTERNATIVE if place else QuestionForm.MAIN).value


def _with_ids(parts: list[Content], prefix: str, taken: Collection[str]) -> list[Content]:
    """New parts follow behind: their ids continue the last letter and number."""
    known = {*taken, *(str(each.get("id", "")) for each in parts)}
    letter, last = max((_number(ident, prefix) for ident in known), default=("", 0))
    free = count(last + 1)
    return [each if each.get("id") else each | {"id": f"{prefix}{letter}{next(free)}"} for each in parts]


def _number(ident: str, prefix: str) -> tuple[str, int]:
    match = re.fullmatch(rf"{re.escape(prefix)}([xo]?)([1-9][0-9]{{0,3}})", ident)
    return (match[1], int(match[2])) if match else ("", 0)


def idents_in(content: Any) -> set[str]:
    """Every id that the content gives to a part of it."""
    if isinstance(content, list):
        return {ident for each in content for ident in idents_in(each)}
    if isinstance(content, dict):
        own = {str(content["id"])} if content.get("id") else set()
        return own | {ident for each in content.values() for ident in idents_in(each)}
    return set()


def merged(base: Content, typed: Mapping[str, Any]) -> Content:
    """What was typed over what is stored; rows find theirs by id, and lose an id that nothing has."""
    both = base | {name: _merged_part(base.get(name), each) for name, each in typed.items()}
    if typed.get("id") and typed["id"] != base.get("id"):
        del both["id"]
    return both


def _merged_part(base: Any, typed: Any) -> Any:
    if not isinstance(typed, list):
        return typed
    rows = {row["id"]: row for row in base or [] if isinstance(row, dict) and row.get("id")}
    return [merged(rows.get(row.get("id"), {}), row) for row in typed]


def bundled(ident: str, language: str) -> Skill | Probe:
    """The skill or the probe of the bundled bank with this id.

    Raises NotInBank if it has none.
    """
    words = bank(language)
    return words.probe(ident) if ident in words.probes else words.skill(ident)


def as_data(found: Skill | Probe) -> Content:
    """A skill or a probe as it is stored."""
    return found.model_dump(mode="json", exclude_defaults=True)


def words_of(content: Content) -> dict[str, str]:
    """Every phrase that people see, by its address."""
    return {address: words for address, _place, words in phrases(content["id"], content)}


def fingerprint(content: Content) -> str:
    """Changes with every word that people see, whatever the ids are called."""
    return revision_of("\n".join(words_of(content).values()))


def changes_between(before: Content, after: Content) -> tuple[Change, ...]:
    """What differs, in the order of the later words, with what is gone at the end."""
    old = words_of(before) | dict(_choices(before))
    new = words_of(after) | dict(_choices(after))
    return (*differing(old, new), *_moved(before, after))


def places_in(content: Content) -> dict[str, int]:
    """Where each probe and question stands among its like, counted from 0; ids stay when they are moved."""
    probes = list(_probes(content))
    questions = [list(enumerate(probe.get("questions", []))) for probe in probes]
    return {probe["id"]: place for place, probe in enumerate(probes)} | {
        each["id"]: place for rows in questions for place, each in rows
    }


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    """What differs between two maps from address to words."""
    for address, words in new.items():
        if old.get(address) != words:
            yield Change(address, old.get(address), words)
    for address, words in old.items():
        if address not in new:
            yield Change(address, words, None)


def _choices(content: Content) -> Iterator[tuple[str, str]]:
    """What people choose instead of writing it: kinds, STAR letters, red flags."""
    for probe in _probes(content):
        for question in probe.get("questions", []):
            yield f"{question['id']}.kind", question["kind"]
        for number, each in enumerate(probe.get("follow_ups", []), 1):
            if each.get("star"):
                yield f"{probe['id']}.follow_ups.{number}.star", each["star"]
    for indicator in content.get("negative_indicators", []):
        if indicator.get("red_flag"):
            yield f"{indicator['id']}.red_flag", "yes"


def _moved(before: Content, after: Content) -> Iterator[Change]:
    """The lists of probes and of questions in which those that stayed stand in another order."""
    old, known, still = _lists(before), places_in(before), places_in(after)
    for address, rows in _lists(after).items():
        earlier = [each for each in old.get(address, []) if each["id"] in still]
        later = [each for each in rows if each["id"] in known]
        if [each["id"] for each in earlier] != [each["id"] for each in later]:
            yield Change(address, _listed(earlier), _listed(later))


def _lists(content: Content) -> dict[str, list[Content]]:
    probes = {f"{content['id']}.{PROBE_ORDER}": content["probes"]} if "probes" in content else {}
    return probes | {f"{each['id']}.{QUESTION_ORDER}": each.get("questions", []) for each in _probes(content)}


def _listed(rows: list[Content]) -> str:
    return "\n".join(_called(each) for each in rows)


def _called(row: Content) -> str:
    """A question's words, a probe's title or main question."""
    return str(row.get("text") or row.get("title") or row["questions"][0]["text"])


def _probes(content: Content) -> Iterator[Content]:
    yield from content.get("probes", [content])

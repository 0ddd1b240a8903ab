"""What must hold in one skill's file beyond its shape. What breaks a rule is recorded on the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from question_bank.model import Indicator, Probe, Question, QuestionForm, Skill, SkillKind
from question_bank.source import Place, Sheet

KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)*")
ALL_LEVELS = [1, 2, 3, 4, 5]
WRITTEN_FOR_EXTENSIONS = [1, 3, 5]
FOLLOW_UPS = (2, 3)


class Numbered(Protocol):
    """What has an id with a number."""

    @property
    def id(self) -> str: ...


def check_skill(sheet: Sheet, skill: Skill) -> None:
    """Ids, completeness and anchors of one skill."""
    _check_skill_id(sheet, skill)
    check_numbering(sheet, ("probes",), skill.probes, f"{skill.id}-", extra="x?")
    check_numbering(sheet, ("positive_indicators",), skill.positive_indicators, f"{skill.id}-pos-")
    check_numbering(sheet, ("negative_indicators",), skill.negative_indicators, f"{skill.id}-neg-")
    _check_anchors(sheet, skill)
    _check_flags(sheet, ("positive_indicators",), skill.positive_indicators, may_flag=False)
    _check_flags(sheet, ("negative_indicators",), skill.negative_indicators, may_flag=True)
    if skill.revision < 1:
        sheet.refuse(("revision",), "Revisions count from 1.")
    if skill.kind is SkillKind.CORE:
        _check_words(sheet, (), skill, ("why_it_matters", "boundary"))
    for index, probe in enumerate(skill.probes):
        _check_probe(sheet, ("probes", index), probe, skill.kind)


def check_own(sheet: Sheet, written: Skill | Probe) -> None:
    """The same for what an organisation has written itself: its ids are given out, not chosen.

    Its probes and questions keep their ids when they are moved, so that these need not rise.
    """
    if isinstance(written, Probe):
        _check_probe(sheet, (), written, SkillKind.EXTENSION, rising=False)
        return
    check_numbering(sheet, ("probes",), written.probes, f"{written.id}-", extra="[xo]?", rising=False)
    for name, sign in (("positive_indicators", "pos"), ("negative_indicators", "neg")):
        if signs := getattr(written, name):
            check_numbering(sheet, (name,), signs, f"{written.id}-{sign}-")
            _check_flags(sheet, (name,), signs, may_flag=sign == "neg")
    _check_anchors(sheet, written)
    for index, probe in enumerate(written.probes):
        _check_probe(sheet, ("probes", index), probe, SkillKind.EXTENSION, rising=False)


def _check_skill_id(sheet: Sheet, skill: Skill) -> None:
    if not KEBAB.fullmatch(skill.id):
        sheet.refuse(("id",), "A skill's id is lower-case words joined by hyphens.")
    if PurePath(sheet.file).stem != skill.id:
        sheet.refuse(("id",), f"The file must be called {skill.id}.yaml.")


def check_numbering(
    sheet: Sheet,
    place: Place,
    entries: Sequence[Numbered],
    prefix: str,
    extra: str = "",
    rising: bool = True,
) -> None:
    """Ids are the prefix and a number, each used once, in rising order; ``x1`` comes after all numbers."""
    shape = re.compile(rf"{re.escape(prefix)}({extra})([1-9][0-9]*)")
    last, seen = ("", 0), set[str]()
    if not entries:
        sheet.refuse(place, "At least one is needed.")
    for index, entry in enumerate(entries):
        where, match = (*place, index, "id"), shape.fullmatch(entry.id)
        if match is None:
            sheet.refuse(where, f"An id here must look like {prefix}1.")
            continue
        number = (match[1], int(match[2]))
        if entry.id in seen:
            sheet.refuse(where, "This id is used twice.")
        elif rising and number < last:
            sheet.refuse(where, "Ids must stand in rising order.")
        last = number
        seen.add(entry.id)


def _check_anchors(sheet: Sheet, skill: Skill) -> None:
    levels = [anchor.level for anchor in skill.anchors]
    is_core = skill.kind is SkillKind.CORE
    needed = ALL_LEVELS if is_core else WRITTEN_FOR_EXTENSIONS
    if levels != needed and (is_core or levels != ALL_LEVELS):
        missing = ", ".join(str(level) for level in needed if level not in levels)
        wanted = f"This needs one anchor each for {', '.join(map(str, needed))}, in this order"
        sheet.refuse(("anchors",), f"{wanted}; missing: {missing}." if missing else f"{wanted}.")


def _check_flags(sheet: Sheet, place: Place, indicators: Sequence[Indicator], *, may_flag: bool) -> None:
    for index, indicator in enumerate(indicators):
        if indicator.red_flag and not may_flag:
            sheet.refuse((*place, index, "red_flag"), "A positive indicator cannot be a red flag.")
        if indicator.red_flag_if and not indicator.red_flag:
            sheet.refuse((*place, index, "red_flag_if"), "A condition needs red_flag: true.")


def _check_words(sheet: Sheet, place: Place, entry: Skill | Probe, names: Sequence[str]) -> None:
    for name in names:
        if not getattr(entry, name).strip():
            sheet.refuse((*place, name), "A core skill needs words here.")


def _check_probe(sheet: Sheet, place: Place, probe: Probe, kind: SkillKind, *, rising: bool = True) -> None:
    check_numbering(sheet, (*place, "questions"), probe.questions, f"{probe.id}-q", rising=rising)
    _check_forms(sheet, (*place, "questions"), probe.questions)
    fewest, most = FOLLOW_UPS
    if not fewest <= len(probe.follow_ups) <= most:
        sheet.refuse((*place, "follow_ups"), f"A probe has {fewest} or {most} follow-ups.")
    for index, part in enumerate(probe.parts):
        if f"({part})" not in probe.concept:
            sheet.refuse((*place, "parts", index), f"The concept has no part ({part}).")
    if kind is SkillKind.CORE:
        _check_words(sheet, place, probe, ("title", "concept", "suits"))
        if len(probe.questions) < 2:
            sheet.refuse((*place, "questions"), "A core skill's probe needs an alternative question.")


def _check_forms(sheet: Sheet, place: Place, questions: Sequence[Question]) -> None:
    for index, question in enumerate(questions):
        expected = QuestionForm.ALTERNATIVE if index else QuestionForm.MAIN
        if question.form is not expected:
            sheet.refuse((*place, index, "form"), f"This must be {expected}: the main question comes first.")

"""Written answers to practise on: what a candidate might say, the level experts give it, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.model import Entry, Skill, SkillKind, Whole, Words
from question_bank.skill_rules import ALL_LEVELS, check_numbering
from question_bank.source import Sheet

FOLDER = "samples"
WEAK, MIDDLE, STRONG = {1, 2}, {3}, {4, 5}
FEWEST_NOTES, MOST_NOTES = 2, 4
SHARED_WORDS = 8  # So many words in a row are taken from an anchor, not met by chance.
WORD = re.compile(r"\w+")


class SampleAnswer(Entry):
    """One answer to one question, the experts' ``level`` from 1 to 5, what they heard, and why that level."""

    id: Words
    question: Words
    level: Whole
    answer: Words
    evidence: tuple[Words, ...]
    reason: Words

    @property
    def skill(self) -> str:
        """The id of the skill that the answer is rated on."""
        return self.id.rpartition("-sample-")[0]


class SampleFile(Entry):
    """The practice answers for one skill."""

    skill: Words
    samples: tuple[SampleAnswer, ...]


def sample_file(skill_id: str) -> str:
    """Where the practice answers for a skill are written."""
    return f"{FOLDER}/{skill_id}.yaml"


def check_samples(sheet: Sheet, found: SampleFile, skill: Skill) -> None:
    """Ids, levels and questions of one file, that all strengths are there, and that no anchor is copied."""
    if found.skill != skill.id:
        sheet.refuse(("skill",), f"This file must be about {skill.id}.")
    check_numbering(sheet, ("samples",), found.samples, f"{skill.id}-sample-")
    asked = {question.id for question in skill.questions}
    for index, sample in enumerate(found.samples):
        place = ("samples", index)
        if sample.question not in asked:
            sheet.refuse((*place, "question"), f"{skill.id} has no question {sample.question}.")
        if sample.level not in ALL_LEVELS:
            sheet.refuse((*place, "level"), "Write a level from 1 to 5.")
        if not FEWEST_NOTES <= len(sample.evidence) <= MOST_NOTES:
            sheet.refuse((*place, "evidence"), "Write two to four things that an expert notes.")
        for copied in sorted(_copied(sample, skill)):
            sheet.refuse((*place, "answer"), f"These words are copied from an anchor: “{copied}”.")
    if skill.kind is SkillKind.CORE:
        _check_strengths(sheet, found)


def _check_strengths(sheet: Sheet, found: SampleFile) -> None:
    levels = {sample.level for sample in found.samples}
    for name, wanted in (("weak", WEAK), ("middle", MIDDLE), ("strong", STRONG)):
        if not levels & wanted:
            sheet.refuse(
                ("samples",), f"A {name} answer is missing: level {' or '.join(map(str, sorted(wanted)))}."
            )


def _copied(sample: SampleAnswer, skill: Skill) -> set[str]:
    theirs = {run for anchor in skill.anchors for run in _runs(anchor.text)}
    return {" ".join(run) for run in _runs(sample.answer) if run in theirs}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return (tuple(words[at : at + SHARED_WORDS]) for at in range(len(words) - SHARED_WORDS + 1))

"""How the questions of the bank do in interviews: how often asked, how often without evidence, and what levels tell.

Everything rests on submitted scorecards of applications whose ratings the reader may read. Below thirty
candidates there is only a count: such figures swing too much to change a question for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from sqlalchemy import Select

from hiring.assessment.estimates import Estimate, Figure
from hiring.assessment.items import FLAGGED_FROM
from hiring.assessment.pooled_items import PooledItem, pooled_items
from hiring.assessment.ratings import Ratings
from hiring.guides.frozen import frozen_guide
from hiring.quality.queries import QuestionLevel, question_levels, versions_rated
from hiring.wording import flag_words

SCALE = (1.0, 5.0)
LEAST = FLAGGED_FROM
OFTEN_WITHOUT = (
    0.25  # Our rule: if one rating in four finds no evidence, the question or its place is at fault.
)


@dataclass(frozen=True)
class Told:
    """What the levels of a question tell, once enough candidates were asked."""

    mean: float
    sd: float
    floor: float
    ceiling: float
    discrimination: Figure
    flags: tuple[str, ...]


@dataclass(frozen=True)
class QuestionLine:
    """One question. ``asked`` counts ratings, ``without`` those with N; ``candidates`` counts people asked.

    ``skipped`` counts the ratings that say that it was not asked, ``minutes`` is how long it took in the
    median of those interviews of which the page measured it; None where these are too few.
    """

    question_id: str
    text: str
    asked: int
    without: int
    skipped: int
    candidates: int
    told: Told | None
    minutes: Estimate | None

    @property
    def share_skipped(self) -> float:
        """The share of ratings that say that the question was not asked, from 0 to 1."""
        return self.skipped / self.asked

    @property
    def share_without(self) -> float:
        """The share of ratings without enough evidence, from 0 to 1."""
        return self.without / self.asked

    @property
    def is_often_without(self) -> bool:
        """Whether so many ratings found no evidence that the question deserves a look."""
        return self.told is not None and self.share_without >= OFTEN_WITHOUT


@dataclass(frozen=True)
class SkillShelf:
    """The questions of one skill that were asked, the most asked first."""

    skill_id: str
    name: str
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class QuestionSheet:
    """All skills with questions that were asked."""

    shelves: tuple[SkillShelf, ...]
    candidates: int
    interviewers: int
    jobs: int
    least: int = LEAST

    @property
    def enough(self) -> int:
        """How many questions have enough candidates for figures."""
        return sum(line.told is not None for shelf in self.shelves for line in shelf.lines)


def question_sheet(readable: Select[int]) -> QuestionSheet:
    """The statistics of every question, from ratings of the ``readable`` applications alone."""
    levels = question_levels(readable)
    words, names = _words(readable)
    figures = _figures(levels)
    asked: dict[str, dict[str, list[QuestionLevel]]] = defaultdict(lambda: defaultdict(list))
    for level in levels:
        asked[level.skill_id][level.question_id].append(level)
    shelves = [
        SkillShelf(skill_id, names.get(skill_id, skill_id), _lines(questions, words, figures))
        for skill_id, questions in asked.items()
    ]
    return QuestionSheet(
        shelves=tuple(sorted(shelves, key=lambda shelf: shelf.name)),
        candidates=len({level.application_id for level in levels}),
        interviewers=len({level.interviewer_id for level in levels}),
        jobs=len({level.job_id for level in levels}),
    )


def _lines(
    questions: Mapping[str, Sequence[QuestionLevel]],
    words: Mapping[str, str],
    figures: Mapping[str, PooledItem],
) -> tuple[QuestionLine, ...]:
    lines = [
        QuestionLine(
            question_id=question_id,
            text=words.get(question_id, question_id),
            asked=len(given),
            without=sum(level.level is None and not level.was_skipped for level in given),
            skipped=sum(level.was_skipped for level in given),
            candidates=len({level.application_id for level in given}),
            told=_told(figures.get(question_id)),
            minutes=_minutes(given),
        )
        for question_id, given in questions.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.candidates, line.question_id)))


def _minutes(given: Sequence[QuestionLevel]) -> Estimate | None:
    """The median over candidates; of several interviewers of one candidate the middle one counts."""
    measured: dict[int, list[int]] = defaultdict(list)
    for each in given:
        if each.seconds and not each.was_skipped:
            measured[each.application_id].append(each.seconds)
    if len(measured) < LEAST:
        return None
    return Estimate(median(median(own) for own in measured.values()) / 60, len(measured))


def _told(found: PooledItem | None) -> Told | None:
    if found is None or found.n < LEAST or found.sd is None:
        return None
    flags = tuple(flag_words(flag) for flag in found.flags)
    return Told(found.mean, found.sd, found.floor, found.ceiling, found.corrected_r, flags)


def _figures(levels: Sequence[QuestionLevel]) -> dict[str, PooledItem]:
    """The figures of each question, a candidate's levels being averaged over interviewers and interviews."""
    given: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    jobs: dict[str, int] = {}
    for each in levels:
        if each.level is not None:
            candidate = str(each.application_id)
            given[candidate, str(each.interviewer_id), each.question_id].append(each.level)
            jobs[candidate] = each.job_id
    ratings = Ratings.of((*key, sum(found) / len(found)) for key, found in given.items())
    numbers = [jobs[candidate] for candidate in ratings.candidates]
    group = np.unique(np.array(numbers, dtype=np.intp), return_inverse=True)[1].astype(np.intp)
    return {ratings.items[found.item]: found for found in pooled_items(ratings, group, SCALE)}


def _words(readable: Select[int]) -> tuple[dict[str, str], dict[str, str]]:
    """The words of questions and the names of skills, as they were last used."""
    words: dict[str, str] = {}
    names: dict[str, str] = {}
    for version in versions_rated(readable):
        guide = frozen_guide(version)
        names |= {skill.id: skill.name for skill in guide.skills}
        words |= {item.question_id: item.text for round_ in guide.rounds for item in round_.items}
    return words, names

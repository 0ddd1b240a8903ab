"""What every interviewer made of every skill of every candidate, as columns of numbers.

A comparison of thousands orders, bands and filters everybody, and shows fifty. So the figures that order are
worked out here for all at once, and what a page says in words is made in ``figures`` for those it shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hiring.assessment.composite import LEAST_WEIGHT_RATED
from hiring.assessment.disagreement import WIDE
from hiring.assessment.ratings import Means, Numbers, Positions
from hiring.comparisons.queries import UNANSWERED, Card

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Columns:
    """One row for each interviewer of each candidate, the rows of a candidate one after another.

    ``application`` and ``interviewer`` are the numbers of each row's; ``applications`` those of the candidates
    in the same order, ``starts`` where the rows of each begin. By row and skill: ``values`` holds the mean level
    that was given, NaN where none was; ``asked`` says what was to be rated, ``given`` where a level or N stands.
    """

    skills: tuple[str, ...]
    applications: tuple[int, ...]
    starts: Positions
    application: Positions
    interviewer: Positions
    values: Numbers
    asked: Flags
    given: Flags

    @cached_property
    def place(self) -> dict[int, int]:
        """The position of each application."""
        return {key: position for position, key in enumerate(self.applications)}

    @cached_property
    def raters(self) -> list[int]:
        """How many interviewers each candidate had."""
        counted: list[int] = np.diff(self.starts, append=len(self.values)).tolist()
        return counted

    def raters_of(self, application_id: int) -> int:
        """How many interviewers a candidate had, 0 for who is not rated."""
        at = self.place.get(application_id)
        return 0 if at is None else self.raters[at]

    @cached_property
    def counts(self) -> Positions:
        """How many interviewers gave a level, by candidate and skill."""
        counted: Positions = np.add.reduceat(~np.isnan(self.values), self.starts, axis=0, dtype=np.intp)
        return counted

    @cached_property
    def means(self) -> Numbers:
        """The mean over interviewers by candidate and skill, NaN where nobody gave a level."""
        return _ratio(np.add.reduceat(np.nan_to_num(self.values), self.starts, axis=0), self.counts)

    @cached_property
    def widths(self) -> Numbers:
        """How far interviewers are apart by candidate and skill, 0 where fewer than two gave a level."""
        highest = np.fmax.reduceat(self.values, self.starts, axis=0)
        lowest = np.fmin.reduceat(self.values, self.starts, axis=0)
        return np.where(self.counts > 1, highest - lowest, 0.0)

    @cached_property
    def wide(self) -> Flags:
        """Where the interviewers are far apart, by candidate and skill."""
        return self.widths >= WIDE

    def below(self, floors: Sequence[int | None]) -> Flags:
        """Where a must-have skill was rated lower than it must be, by candidate and skill."""
        lowest = np.array([-math.inf if floor is None else floor for floor in floors])
        return self.means < lowest

    def own_composites(self, weights: Mapping[str, float]) -> Numbers:
        """Each row's composite over the skills that were to be rated; NaN where too little of them was.

        The sum runs skill by skill, as ``composite`` adds, so that equal ratings make equal figures.
        """
        asked, rated, total = (np.zeros(len(self.values)) for _ in range(3))
        for at, skill in enumerate(self.skills):
            weight, level = weights.get(skill, 0.0), self.values[:, at]
            asked += weight * self.asked[:, at]
            rated += weight * ~np.isnan(level)
            total += weight * np.nan_to_num(level)
        return np.where(rated >= LEAST_WEIGHT_RATED * asked, _ratio(total, rated), np.nan)

    def by_candidate(self, numbers: Numbers) -> dict[int, list[float]]:
        """The numbers of each candidate's rows, without what is NaN."""
        found: dict[int, list[float]] = {key: [] for key in self.applications}
        for key, number in zip(self.application.tolist(), numbers.tolist(), strict=True):
            if number == number:
                found[key].append(number)
        return found

    def as_means(self, numbers: Numbers) -> Means:
        """One number for each row, for the estimators; candidates and interviewers go by their numbers."""
        known = ~np.isnan(numbers)
        candidates, candidate = np.unique(self.application[known], return_inverse=True)
        interviewers, interviewer = np.unique(self.interviewer[known], return_inverse=True)
        return Means(
            tuple(map(str, candidates.tolist())),
            tuple(map(str, interviewers.tolist())),
            candidate.astype(np.intp),
            interviewer.astype(np.intp),
            numbers[known],
        )


def columns_of(cards: Mapping[int, Sequence[Card]], skills: Sequence[str]) -> Columns:
    """The columns of these scorecards, grouped by application; skills that are not asked for are left out.

    Several scorecards of one interviewer, from several interviews, make one row.
    """
    rows: dict[tuple[int, int], int] = {}
    at: list[int] = []
    marks: list[str] = []
    for key, own in cards.items():
        for card in own:
            row = rows.setdefault((key, card.interviewer_id), len(rows))
            found = card.marks.splitlines()
            at += [row] * len(found)
            marks += found
    application = np.array([key for key, _ in rows], dtype=np.intp)
    return Columns(
        tuple(skills),
        tuple(cards),
        np.flatnonzero(np.diff(application, prepend=-1)),
        application,
        np.array([interviewer for _, interviewer in rows], dtype=np.intp),
        *_tables(at, marks, skills, len(rows)),
    )


def _tables(
    at: Sequence[int], marks: Sequence[str], skills: Sequence[str], rows: int
) -> tuple[Numbers, Flags, Flags]:
    """The mean levels by row and skill, what was asked, and what was given."""
    place = {skill: position for position, skill in enumerate(skills)}
    # A few dozen, whatever the number of marks.
    codes = {mark: code for code, mark in enumerate(dict.fromkeys(marks))}
    split = [mark.rpartition(" ") for mark in codes]
    skill_of = np.array([place.get(skill, -1) for skill, _, _ in split], dtype=np.intp)
    level_of = np.array([int(level) if level.isdigit() else 0 for _, _, level in split], dtype=np.float64)
    given_of = np.array([level != UNANSWERED for _, _, level in split], dtype=np.bool_)
    code = np.fromiter((codes[mark] for mark in marks), np.intp, len(marks))
    kept = skill_of[code] >= 0
    code, cell = code[kept], np.array(at, dtype=np.intp)[kept] * len(skills) + skill_of[code[kept]]

    def counted(weights: Numbers) -> Numbers:
        flat: Numbers = np.bincount(cell, weights[code], rows * len(skills)).astype(np.float64)
        return flat.reshape(rows, len(skills))

    levels = counted((level_of > 0).astype(np.float64))
    asked, given = counted(np.ones(len(codes))) > 0, counted(given_of.astype(np.float64)) > 0
    return _ratio(counted(level_of), levels), asked, given


def _ratio(total: Numbers, count: Numbers | Positions) -> Numbers:
    """The quotient, NaN where there is nothing to divide by."""
    result = np.full(total.shape, np.nan)
    np.divide(total, count, out=result, where=count > 0)
    return result

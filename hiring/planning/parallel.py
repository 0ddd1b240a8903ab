"""A second form of a guide: other questions in the same places, as alike as the bank has them.

Choosing is an assignment problem: each place of the first form gets a question that no form asks yet, so that the sum
of what the two are unlike is smallest. It is solved exactly (scipy's ``linear_sum_assignment``; Crouse 2016, IEEE
Transactions on Aerospace and Electronic Systems 52(4), 1679-1696).
"""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from hiring.planning.composer import EXPOSURE_COST, MAIN_POINTS, MOST_EXPOSURE, Askable

# The kind decides what an answer can show; the probe which side of the skill it shows. Probes hold questions that the
# bank calls parallel, but mostly one of past behaviour and one of a described case.
OTHER_KIND = 60
OTHER_PROBE = 40
NEVER = 1_000_000


class NoParallel(Exception):
    """The bank has too few questions left on these skills."""

    def __init__(self, skill_ids: Sequence[str]) -> None:
        super().__init__("Too few questions for a parallel form.")
        self.skill_ids = tuple(skill_ids)


def parallel_form(
    first: Sequence[Askable], offered: Sequence[Askable], unusable: Set[str] = frozenset()
) -> tuple[Askable, ...]:
    """A question for each place of the first form: of the same skill, and of the same kind where there is one.

    ``unusable`` are questions that must not be asked; those of the first form are not asked anyway, nor two of one
    probe. Raises NoParallel where a skill has too few questions left.
    """
    from scipy.optimize import linear_sum_assignment

    if not first:
        return ()
    gone = {each.id for each in first} | unusable
    usable = [each for each in offered if each.id not in gone]
    probes = list(dict.fromkeys(each.probe_id for each in usable))
    # A place for each question of the first form that stays empty, so that there is always an answer.
    costs = np.full((len(first), len(probes) + len(first)), NEVER)
    best: dict[tuple[int, int], Askable] = {}
    for question in usable:
        column = probes.index(question.probe_id)
        for row, model in enumerate(first):
            cost = unlikeness(model, question)
            if cost < costs[row, column]:
                costs[row, column], best[row, column] = cost, question
    rows, columns = linear_sum_assignment(costs)
    chosen = {
        row: best.get((row, column)) for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    }
    lacking = [each.skill_id for row, each in enumerate(first) if chosen[row] is None]
    if lacking:
        raise NoParallel(tuple(dict.fromkeys(lacking)))
    return tuple(found for row in range(len(first)) if (found := chosen[row]) is not None)


def unlikeness(model: Askable, question: Askable) -> int:
    """How unlike its model a question is, in points; ``NEVER`` for another skill."""
    if question.skill_id != model.skill_id:
        return NEVER
    return (
        (OTHER_PROBE if question.probe_id != model.probe_id else 0)
        + (OTHER_KIND if question.kind != model.kind else 0)
        + EXPOSURE_COST * min(question.uses, MOST_EXPOSURE)
        + (0 if question.is_main else MAIN_POINTS)
    )

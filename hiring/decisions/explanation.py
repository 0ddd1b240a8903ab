"""What was decided about a candidate and how it came about, in words for the candidate.

An outcome is explained by the skills the job depends on, how they were rated, and who decided; nobody
else who applied is spoken of, and no figure is given that one would need statistics to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hiring.assessment.estimates import Estimate
from hiring.candidates.naming import name_of
from hiring.candidates.queries import decisions_about
from hiring.comparisons.document import basis_of, compared
from hiring.comparisons.figures import Cell
from hiring.decisions.document import REASONS_FOR_CANDIDATES, name_of_skill
from hiring.guides.frozen import FrozenGuide
from hiring.models import Application, Decision, Outcome

# Level 4 of the bundled rubrics begins with "As 3", in each language in its own way.
BUILDS_ON = re.compile(r"(?:As|Som|Как на уровне|(?:始终)?达到)\s*([1-5])")


STRENGTH_FROM, ENOUGH_FROM = (
    3.5,
    2.5,
)  # Half-way between two levels, so that a band is that of the nearest one.


class Band(StrEnum):
    """How a skill was rated, in words that give no figure away."""

    STRENGTH = "strength"
    ENOUGH = "enough"
    TO_DEVELOP = "to_develop"
    NOT_RATED = "not_rated"


@dataclass(frozen=True)
class ExplainedSkill:
    """A skill, how many interviewers rated it, and the descriptions that fit their mean best; none if unrated."""

    name: str
    meaning: str
    raters: int
    band: Band
    descriptions: tuple[str, ...]
    share: float
    is_ground: bool


@dataclass(frozen=True)
class Explanation:
    """The whole explanation. ``share`` of a skill is its part of the composite from 0 to 1."""

    candidate: str
    job_title: str
    outcome: Outcome
    decided_by: str
    decided_on: date
    reason: str
    grounds: tuple[str, ...]
    skills: tuple[ExplainedSkill, ...]
    is_weighted: bool
    scorecards: int
    contact_name: str
    contact_channel: str


def explanation_of(application: Application) -> Explanation | None:
    """The explanation of the newest decision; None before there is one."""
    decision = next(iter(decisions_about(application)), None)
    if decision is None:
        return None
    basis = basis_of(application.job, {application.id})
    sheet = compared(basis)
    row = next(each for each in (*sheet.rows, *sheet.unrated) if each.application_id == application.id)
    job = application.job
    return Explanation(
        candidate=name_of(application),
        job_title=job.title,
        outcome=decision.outcome,
        decided_by=decision.decided_by.name,
        decided_on=decision.decided_at.date(),
        reason=str(REASONS_FOR_CANDIDATES.get(decision.reason_code, "")),
        grounds=tuple(map(name_of_skill, decision.skill_ids)),
        skills=_skills(row.cells, basis.guide, decision, {each.id: each.share for each in sheet.skills}),
        is_weighted=sheet.is_weighted,
        scorecards=row.submitted,
        contact_name=job.contact_name or decision.decided_by.name,
        contact_channel=job.contact_channel or decision.decided_by.email,
    )


def _skills(
    cells: Sequence[Cell], guide: FrozenGuide | None, decision: Decision, shares: dict[str, float]
) -> tuple[ExplainedSkill, ...]:
    if guide is None:
        return ()
    return tuple(
        ExplainedSkill(
            name=cell.skill_name,
            meaning=guide.skills_by_id[cell.skill_id].meaning,
            raters=cell.mean.n,
            band=_band(cell),
            descriptions=_descriptions(cell, guide),
            share=shares[cell.skill_id],
            is_ground=cell.skill_id in decision.skill_ids,
        )
        for cell in cells
    )


def _band(cell: Cell) -> Band:
    if not isinstance(cell.mean, Estimate):
        return Band.NOT_RATED
    if cell.mean.value >= STRENGTH_FROM:
        return Band.STRENGTH
    return Band.ENOUGH if cell.mean.value >= ENOUGH_FROM else Band.TO_DEVELOP


def _descriptions(cell: Cell, guide: FrozenGuide) -> tuple[str, ...]:
    """The anchor nearest to the mean, after those it builds on; between two, the lower one promises nothing."""
    if not isinstance(cell.mean, Estimate):
        return ()
    mean = cell.mean.value
    anchors = {anchor.level: anchor.text for anchor in guide.skills_by_id[cell.skill_id].anchors}
    nearest = min(anchors, key=lambda level: (round(abs(level - mean), 6), level))
    found = [anchors[nearest]]
    while (named := BUILDS_ON.match(found[0])) and int(named[1]) in anchors and int(named[1]) < nearest:
        nearest = int(named[1])
        found.insert(0, anchors[nearest])
    return tuple(found)

"""Saying what a candidate who is just good enough shows."""

from __future__ import annotations

from collections.abc import Mapping

from hiring import audit
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.jobs.queries import has_scorecards
from hiring.models import Job, Person, StandardJudgement
from hiring.standards.queries import judgements_by

HALVES = tuple(half / 2 for half in range(2, 11))


def judge(job: Job, person: Person, levels: Mapping[str, float]) -> None:
    """Keeps what a person expects on every skill of the job, until the first scorecard fixes the standard.

    Raises Refused beside the skill where a level is missing or no half of the scale.
    """
    if has_scorecards(job):
        raise Refused(_("Somebody has begun to rate. The standard was fixed with the first interview."))
    for skill in job.skills:
        if levels.get(skill.skill_id) not in HALVES:
            raise Refused(_("Choose a level for every skill."), field=f"level-{skill.skill_id}")
    known = judgements_by(person, job)
    for skill in job.skills:
        row = known.get(skill.skill_id)
        if row is None:
            row = StandardJudgement(job=job, person=person, skill_id=skill.skill_id)
            db.session.add(row)
        row.level = levels[skill.skill_id]
    # The levels stay out of the record: who judges later must not read them there.
    audit.record("judge_standard", job, person, job.id)

"""What the page of standards shows: the anchors to judge by, and what the team expects once one has judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hiring.assessment.estimates import Estimate, NotEnough
from hiring.assessment.standard_setting import PanelStandard, SkillStandard, panel_standard
from hiring.bank.queries import whole_bank
from hiring.i18n import _, ngettext
from hiring.jobs.queries import has_scorecards
from hiring.models import Job, Person
from hiring.standards.queries import judgements_for
from question_bank import Skill


@dataclass(frozen=True)
class StandardSheet:
    """The skills to judge, in the job's order; the panel's standard, and who of the team has judged and who not."""

    skills: tuple[Skill, ...]
    panel: PanelStandard
    judges: tuple[str, ...]
    awaited: tuple[str, ...]
    is_fixed: bool

    def of(self, skill: Skill) -> SkillStandard | None:
        """What the judges expect on a skill, None before anybody has judged."""
        return next((each for each in self.panel.skills if each.skill_id == skill.id), None)


def standard_sheet(job: Job) -> StandardSheet:
    """The sheet of a job."""
    in_bank = {skill.id: skill for skill in whole_bank().skills}
    weights = {each.skill_id: float(each.weight) for each in job.skills}
    levels: dict[Person, dict[str, float]] = defaultdict(dict)
    for each in judgements_for(job):
        levels[each.person][each.skill_id] = each.level
    complete = [person for person, own in levels.items() if weights and set(weights) <= set(own)]
    return StandardSheet(
        skills=tuple(in_bank[each.skill_id] for each in job.skills if each.skill_id in in_bank),
        panel=panel_standard([levels[person] for person in complete], weights),
        judges=tuple(person.name for person in complete),
        awaited=tuple(each.person.name for each in job.members if each.person not in complete),
        is_fixed=has_scorecards(job),
    )


def cut_of_team(job: Job) -> dict[str, str]:
    """The mean judgement as the answers of the form for the cut; empty before anybody has judged."""
    panel = standard_sheet(job).panel
    if isinstance(panel.cut, NotEnough):
        return {}
    reason = ngettext(
        "What %(num)s judge expects of a candidate who is just good enough, weighted as the skills are.",
        "The mean of what %(num)s judges, each alone, expect of a candidate who is just good enough,"
        " weighted as the skills are.",
        panel.cut.n,
    )
    if isinstance(panel.error, Estimate):
        reason += " " + _("Standard error %(error)s levels.", error=f"{panel.error.value:.2f}")
    return {"level": f"{panel.cut.value:.2f}", "reason": reason}

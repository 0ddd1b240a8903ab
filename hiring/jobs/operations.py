"""What changes jobs: title and contact, brief, hiring team, skills and weights, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.bank.queries import skills
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.jobs.queries import has_scorecards, is_another_lead, panels_of
from hiring.models import (
    BRIEF_FIELDS,
    EQUAL_WEIGHT,
    HEAVIEST_WEIGHT,
    HIGHEST_FLOOR,
    LOWEST_FLOOR,
    Job,
    JobBrief,
    JobCut,
    JobMember,
    JobSkill,
    JobStatus,
    Person,
    RatingsOpen,
    RoleName,
    TeamRole,
)

LOWEST_LEVEL, HIGHEST_LEVEL = 1, 5
LONGEST_CALIBRATION = 730  # Days.
LEADS = (TeamRole.HIRING_MANAGER, TeamRole.RECRUITER)
NEXT_STATUSES = {
    JobStatus.DRAFT: (JobStatus.OPEN,),
    JobStatus.OPEN: (JobStatus.CLOSED,),
    JobStatus.CLOSED: (JobStatus.OPEN,),
}


@dataclass(frozen=True)
class ChosenSkill:
    """A skill to rate with its weight; a weight other than the equal one needs its reason.

    ``floor`` is the level that a candidate must reach on a must-have skill.
    """

    skill_id: str
    weight: int = EQUAL_WEIGHT
    reason: str = ""
    floor: int | None = None


def create_job(
    title: str,
    by: Person,
    location: str = "",
    contact_name: str = "",
    contact_channel: str = "",
    is_demo: bool = False,
) -> Job:
    """Adds a draft job that ``by`` leads."""
    job = Job(title=_written_title(title), is_demo=is_demo, brief=JobBrief())
    job.location, job.contact_name, job.contact_channel = location, contact_name, contact_channel
    job.members = [JobMember(person_id=by.id, role=_role_of_creator(by))]
    db.session.add(job)
    db.session.flush()
    audit.record("create_job", job, by, job.id, title=job.title)
    return job


def change_job(
    job: Job,
    by: Person,
    title: str,
    location: str = "",
    contact_name: str = "",
    contact_channel: str = "",
    revision: int | None = None,
) -> None:
    """Changes what the job is called, where it is, and whom candidates turn to."""
    _refuse_stale(job, revision)
    job.title = _written_title(title)
    job.location, job.contact_name, job.contact_channel = location, contact_name, contact_channel
    audit.record("change_job", job, by, job.id, title=job.title)


def write_brief(job: Job, by: Person, revision: int | None = None, **fields: str) -> None:
    """Writes the given fields of the brief; the others stay as they are."""
    _refuse_stale(job, revision)
    unknown = sorted(set(fields) - set(BRIEF_FIELDS))
    if unknown:
        raise ValueError(f"The brief has no field {unknown[0]}.")
    changed = [name for name, text in fields.items() if getattr(job.brief, name) != text]
    for name in changed:
        setattr(job.brief, name, fields[name])
    if changed:
        _count_revision(job)
        audit.record("write_brief", job, by, job.id, fields=changed)


def add_member(job: Job, person: Person, role: TeamRole, by: Person) -> JobMember:
    """Puts somebody on the hiring team, or gives a member another role."""
    if not person.active:
        raise Refused(_("%(name)s has no active account.", name=person.name), field="person_id")
    member = _member(job, person)
    if member is None:
        member = JobMember(person=person, role=role)
        job.members.append(member)
        audit.record("add_member", job, by, job.id, person=person.name, role=role.value)
    elif member.role is not role:
        _refuse_without_lead(job, person, role)
        member.role = role
        audit.record("change_member", job, by, job.id, person=person.name, role=role.value)
    else:
        raise Refused(_("%(name)s is on the team already.", name=person.name), field="person_id")
    return member


def remove_member(job: Job, person: Person, by: Person, although_on_panels: bool = False) -> None:
    """Takes somebody off the team; who interviews for the job only if that is said to be meant."""
    member = _member(job, person)
    if member is None:
        raise Refused(_("%(name)s is not on the team.", name=person.name))
    _refuse_without_lead(job, person, None)
    candidates = panels_of(person, job)
    if candidates and not although_on_panels:
        raise OnPanels(person, candidates)
    job.members.remove(member)
    audit.record("remove_member", job, by, job.id, person=person.name, still_on_panels=len(candidates))


class OnPanels(Refused):
    """Somebody is to leave the team who still interviews for the job."""

    def __init__(self, person: Person, candidates: Sequence[str]) -> None:
        super().__init__(
            _(
                "%(name)s is on the panel for %(candidates)s and stays there. Change the panels first, or"
                " confirm that only the place on the team is meant.",
                name=person.name,
                candidates=", ".join(candidates),
            )
        )
        self.person = person


def choose_skills(job: Job, skills: list[ChosenSkill], by: Person, revision: int | None = None) -> None:
    """Sets the skills the job is rated on, in this order, until the first scorecard fixes them."""
    _refuse_stale(job, revision)
    if has_scorecards(job):
        raise Refused(_("Skills and weights were fixed with the first interview."))
    _check_skills(skills)
    before = [_as_chosen(skill) for skill in job.skills]
    if before == skills:
        return
    _store_skills(job, skills)
    _count_revision(job)
    audit.record("choose_skills", job, by, job.id, skills=[vars(skill) for skill in skills])


def set_cut(job: Job, by: Person, level: float, reason: str, revision: int | None = None) -> None:
    """Sets the composite from which a candidate meets the standard, until the first scorecard fixes it.

    ``level`` lies between the ends of the scale; the reason says what a barely sufficient candidate shows.
    """
    _refuse_stale(job, revision)
    _refuse_fixed_cut(job)
    if not LOWEST_LEVEL < level < HIGHEST_LEVEL:
        raise Refused(_("Choose a cut above 1 and below 5, such as 3.0."), field="level")
    if not reason.strip():
        raise Refused(_("Say what a candidate at the cut shows, and why less would not do."), field="reason")
    job.cut = JobCut(level=level, reason=reason.strip(), set_by_id=by.id) if job.cut is None else job.cut
    job.cut.level, job.cut.reason, job.cut.set_by_id = level, reason.strip(), by.id
    _count_revision(job)
    audit.record("set_cut", job, by, job.id, level=level, reason=job.cut.reason)


def remove_cut(job: Job, by: Person, revision: int | None = None) -> None:
    """Takes the cut away, until the first scorecard fixes it."""
    _refuse_stale(job, revision)
    _refuse_fixed_cut(job)
    if job.cut is not None:
        audit.record("remove_cut", job, by, job.id, level=job.cut.level)
        job.cut = None
        _count_revision(job)


def set_rules(
    job: Job,
    by: Person,
    ratings_open: RatingsOpen,
    calibration_days: int | None = None,
    revision: int | None = None,
    hides_names: bool = False,
) -> None:
    """Sets when others' ratings open, who learns names, and how fresh a calibration must be for a seat on a panel."""
    _refuse_stale(job, revision)
    if ratings_open not in set(RatingsOpen):
        raise Refused(_("Choose when others’ ratings can be read."), field="ratings_open")
    if calibration_days is not None and not 1 <= calibration_days <= LONGEST_CALIBRATION:
        sentence = _("Write a whole number from 1 to %(most)s, or nothing.", most=LONGEST_CALIBRATION)
        raise Refused(sentence, field="calibration_days")
    job.ratings_open, job.calibration_days = RatingsOpen(ratings_open), calibration_days
    job.hides_names = hides_names
    _count_revision(job)
    audit.record(
        "set_rating_rules",
        job,
        by,
        job.id,
        ratings_open=str(job.ratings_open),
        calibration_days=calibration_days,
        hides_names=hides_names,
    )


def change_status(job: Job, status: JobStatus, by: Person, revision: int | None = None) -> None:
    """Opens a draft, closes an open job, or opens a closed one again."""
    _refuse_stale(job, revision)
    if status not in NEXT_STATUSES[job.status]:
        raise Refused(_("The job cannot go there from its present status. Reload the page and choose again."))
    before, job.status = job.status, status
    audit.record("change_job_status", job, by, job.id, before=before.value, after=status.value)


def _written_title(title: str) -> str:
    if not title.strip():
        raise Refused(_("Write a title of at most %(n)s characters.", n=200), field="title")
    return title.strip()


def _role_of_creator(person: Person) -> TeamRole:
    return TeamRole.HIRING_MANAGER if person.has(RoleName.HIRING_MANAGER) else TeamRole.RECRUITER


def _refuse_stale(job: Job, revision: int | None) -> None:
    if revision is not None and revision != job.revision:
        raise Stale(_("Somebody else has changed this job since you opened the page. Nothing was saved yet."))


def _count_revision(job: Job) -> None:
    # Brief and skills are rows of their own; the job counts their saves, so that none wins silently.
    flag_modified(job, "title")


def _member(job: Job, person: Person) -> JobMember | None:
    return next((member for member in job.members if member.person_id == person.id), None)


def _refuse_without_lead(job: Job, person: Person, role: TeamRole | None) -> None:
    member = _member(job, person)
    leads_now = member is not None and member.role in LEADS
    if leads_now and role not in LEADS and not is_another_lead(job, person):
        raise Refused(
            _(
                "%(name)s is the only one who leads this job. Add another hiring manager or recruiter first.",
                name=person.name,
            )
        )


def _check_skills(chosen: Sequence[ChosenSkill]) -> None:
    known = {skill.id: skill.name for skill in skills()}
    if not chosen:
        raise Refused(_("Choose at least one skill; four to six suit most jobs."), field="skills")
    if len({skill.skill_id for skill in chosen}) < len(chosen):
        raise Refused(_("Choose each skill once."), field="skills")
    for skill in chosen:
        _check_skill(skill, known)


def _check_skill(chosen: ChosenSkill, known: Mapping[str, str]) -> None:
    name = known.get(chosen.skill_id)
    if name is None:
        raise Refused(_("Choose skills from the question bank."), field="skills")
    if not EQUAL_WEIGHT <= chosen.weight <= HEAVIEST_WEIGHT:
        sentence = _("Give %(skill)s a whole weight from 1 to %(most)s.", skill=name, most=HEAVIEST_WEIGHT)
        raise Refused(sentence, field=f"weight-{chosen.skill_id}")
    if chosen.weight != EQUAL_WEIGHT and not chosen.reason.strip():
        sentence = _("Say why %(skill)s counts %(n)s times.", skill=name, n=chosen.weight)
        raise Refused(sentence, field=f"reason-{chosen.skill_id}")
    if chosen.floor is not None and not LOWEST_FLOOR <= chosen.floor <= HIGHEST_FLOOR:
        sentence = _("Choose a floor for %(skill)s from the list.", skill=name)
        raise Refused(sentence, field=f"floor-{chosen.skill_id}")


def _refuse_fixed_cut(job: Job) -> None:
    if has_scorecards(job):
        raise Refused(_("The cut was fixed with the first interview."))


def _as_chosen(skill: JobSkill) -> ChosenSkill:
    return ChosenSkill(skill.skill_id, skill.weight, skill.weight_reason, skill.floor)


def _store_skills(job: Job, chosen: Sequence[ChosenSkill]) -> None:
    kept = {skill.skill_id: skill for skill in job.skills}
    job.skills = [kept.get(each.skill_id) or JobSkill(skill_id=each.skill_id) for each in chosen]
    for position, (row, each) in enumerate(zip(job.skills, chosen, strict=True), 1):
        row.position, row.weight, row.floor = position, each.weight, each.floor
        row.weight_reason = "" if each.weight == EQUAL_WEIGHT else each.reason.strip()

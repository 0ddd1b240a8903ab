"""The pages of jobs as frozen sheets: the list, the hub of one job, the skills with their shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiring.bank.queries import pairs, skill_name, skills
from hiring.candidates.queries import ShownStatus, shown
from hiring.i18n import _, ngettext
from hiring.jobs.queries import (
    applications_with_status,
    decided_application_ids,
    guide_of,
    listed_jobs,
    newest_version,
    scorecard_counts,
)
from hiring.models import BRIEF_FIELDS, EQUAL_WEIGHT, Job, JobStatus, Person, TeamRole
from question_bank import Pair, Script, bank, brief_fields

FEWEST_SKILLS, MOST_SKILLS = 4, 8
FIRST_IN_BRIEF = ("role_purpose", "culture_and_values", "work_environment", "growth_and_vision")


@dataclass(frozen=True)
class JobRow:
    """A job in the list."""

    id: int
    title: str
    location: str
    status: JobStatus
    role: TeamRole | None
    candidates: int
    submitted: int
    owed: int
    version: int | None
    is_demo: bool


class StepState(StrEnum):
    """Where a step of the job stands."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class Step:
    """One step on the way to a decision: what it is called, how far it is, and the page it is done on."""

    name: str
    detail: str
    endpoint: str
    state: StepState


@dataclass(frozen=True)
class WeightedSkill:
    """A skill of the job with its share of the composite in per cent."""

    id: str
    name: str
    meaning: str
    weight: int
    reason: str
    share: float
    floor: int | None


@dataclass(frozen=True)
class JobSheet:
    """The hub of one job."""

    steps: tuple[Step, ...]
    skills: tuple[WeightedSkill, ...]
    statuses: tuple[tuple[ShownStatus, int], ...]
    candidates: int
    submitted: int
    owed: int
    version: int | None
    version_id: int | None

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.state is StepState.NEXT), None)

    @property
    def is_weighted(self) -> bool:
        """Whether some skill counts more than another."""
        return any(each.weight != EQUAL_WEIGHT for each in self.skills)


@dataclass(frozen=True)
class BriefText:
    """A field of the brief with what belongs in it, why, and what was written."""

    id: str
    label: str
    content: str
    why: str
    text: str


def job_list(person: Person, visible: set[int] | None) -> tuple[JobRow, ...]:
    """The jobs the person may see, the newest first and closed ones last."""
    rows = [
        JobRow(
            id=job.id,
            title=job.title,
            location=job.location,
            status=job.status,
            role=role,
            candidates=candidates,
            submitted=submitted,
            owed=owed,
            version=version,
            is_demo=job.is_demo,
        )
        for job, role, candidates, submitted, owed, version in listed_jobs(person, visible)
    ]
    return tuple(sorted(rows, key=lambda row: row.status is JobStatus.CLOSED))


def job_sheet(job: Job, owed_by_reader: Collection[int]) -> JobSheet:
    """The hub; what the reader must not know yet about the applications in ``owed_by_reader`` stays out."""
    applications = applications_with_status(job)
    readable = {each.id for each in applications} - set(owed_by_reader)
    submitted, owed = scorecard_counts(job)
    version = newest_version(job)
    statuses = Counter(shown(each.status, each.id not in readable) for each in applications)
    decided = len(decided_application_ids(job) & readable)
    return JobSheet(
        steps=_steps(job, len(applications), submitted, owed, decided, version.number if version else None),
        skills=weighted_skills(job),
        statuses=tuple(statuses.most_common()),
        candidates=len(applications),
        submitted=submitted,
        owed=owed,
        version=version.number if version else None,
        version_id=version.id if version else None,
    )


def weighted_skills(job: Job) -> tuple[WeightedSkill, ...]:
    """The job's skills in their order, each with its share."""
    total = sum(each.weight for each in job.skills)
    meanings = {each.id: each.meaning for each in skills()}
    return tuple(
        WeightedSkill(
            id=each.skill_id,
            name=skill_name(each.skill_id),
            meaning=meanings.get(each.skill_id, ""),
            weight=each.weight,
            reason=each.weight_reason,
            share=100 * each.weight / total,
            floor=each.floor,
        )
        for each in job.skills
    )


def skill_warnings(chosen: Sequence[str]) -> tuple[str, ...]:
    """What to think over about a choice of skills; nothing here forbids it."""
    few = _("%(n)s skills say little about a person. Four to six suit most jobs.", n=len(chosen))
    many = _(
        "%(n)s skills need more than one interview: an hour holds seven or eight questions.", n=len(chosen)
    )
    number = [few] if 0 < len(chosen) < FEWEST_SKILLS else [many] if len(chosen) > MOST_SKILLS else []
    return (*number, *(_overlap(pair) for pair in pairs(chosen)))


def brief_texts(job: Job) -> tuple[BriefText, ...]:
    """The brief's fields in the bank's order."""
    return tuple(
        BriefText(field.id, field.label, field.content, field.why, getattr(job.brief, field.id))
        for field in brief_fields()
        if field.id in BRIEF_FIELDS
    )


@dataclass(frozen=True)
class ShareSheet:
    """What makes a job known, filled with its facts, and what to think of before it is."""

    language: str
    signature: str
    post: str
    poster: str
    taking_part: tuple[str, ...]
    standards: tuple[str, ...]


def share_sheet(job: Job, company: str, language: str) -> ShareSheet:
    """The share kit in one of the bank's languages; what the job does not say stays as a blank in braces."""
    sharing = bank(language).sharing
    facts = {
        "job_title": job.title,
        "company": company,
        "contact_name": job.contact_name,
        "contact_channel": job.contact_channel,
    }
    known = {name: words for name, words in facts.items() if words}
    signature, post, poster = (
        Script(text=words).fill(known)
        for words in (sharing.share_kit.signature, sharing.share_kit.post, sharing.share_kit.poster)
    )
    return ShareSheet(
        language=language,
        signature=signature,
        post=post,
        poster=poster,
        taking_part=tuple(each.text for each in sharing.taking_part),
        standards=tuple(each.text for each in sharing.standards),
    )


def _overlap(pair: Pair) -> str:
    one, other = (skill_name(each) for each in pair.skills)
    return _("%(one)s and %(other)s overlap. %(reason)s", one=one, other=other, reason=pair.reason)


def _steps(
    job: Job, candidates: int, submitted: int, owed: int, decided: int, version: int | None
) -> tuple[Step, ...]:
    written = sum(bool(getattr(job.brief, name).strip()) for name in BRIEF_FIELDS)
    brief_done = all(getattr(job.brief, name).strip() for name in FIRST_IN_BRIEF)
    draft = _("A draft is begun.") if guide_of(job) else _("Not started.")
    found = [
        (_("Brief"), _brief_detail(written), "jobs.brief", brief_done),
        (_("Skills and weights"), _skills_detail(job), "jobs.skills", bool(job.skills)),
        (
            _("Interview guide"),
            _("Version %(n)s is published.", n=version) if version else draft,
            "guides.show",
            version is not None,
        ),
        (_("Candidates"), _candidates_detail(candidates), "candidates.index", candidates > 0),
        (
            _("Interviews"),
            _interviews_detail(submitted, owed),
            "candidates.index",
            submitted > 0 and owed == 0,
        ),
        (_("Comparison"), _comparison_detail(submitted), "comparisons.show", decided > 0),
        (
            _("Decision"),
            _("%(n)s of %(all)s decided.", n=decided, all=candidates),
            "decisions.waiting",
            0 < candidates == decided,
        ),
    ]
    return tuple(_with_states(found))


def _with_states(found: Iterable[tuple[str, str, str, bool]]) -> Iterable[Step]:
    next_is_known = False
    for name, detail, endpoint, done in found:
        state = StepState.DONE if done else StepState.LATER if next_is_known else StepState.NEXT
        next_is_known = next_is_known or not done
        yield Step(name, detail, endpoint, state)


def _brief_detail(written: int) -> str:
    return _("%(n)s of %(all)s fields written.", n=written, all=len(BRIEF_FIELDS))


def _skills_detail(job: Job) -> str:
    if not job.skills:
        return _("None chosen yet. Four to six suit most jobs.")
    if any(each.weight != EQUAL_WEIGHT for each in job.skills):
        return _("%(n)s chosen, with unequal weights.", n=len(job.skills))
    return _("%(n)s chosen, all of equal weight.", n=len(job.skills))


def _candidates_detail(candidates: int) -> str:
    if not candidates:
        return _("Nobody yet.")
    return ngettext("%(num)s candidate.", "%(num)s candidates.", candidates)


def _interviews_detail(submitted: int, owed: int) -> str:
    if submitted + owed == 0:
        return _("None held yet.")
    return _("%(n)s scorecards submitted, %(owed)s owed.", n=submitted, owed=owed)


def _comparison_detail(submitted: int) -> str:
    return _("Open.") if submitted else _("Opens with the first submitted scorecard.")

"""Who may do what. Every door asks here, and only here.

A rule takes the person first and then the things it needs; ``requires`` reads the rule's signature
to know what the address of a page names, loads it, and refuses with 404 or 403.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, get_type_hints

from flask import abort, flash, g, has_request_context, redirect, request, url_for
from sqlalchemy import Select, or_, select

from hiring.candidates.naming import is_known_to
from hiring.candidates.queries import ShownStatus, shown, template_reveals
from hiring.conflicts.queries import candidates_in_conflict, is_in_conflict
from hiring.debriefs.queries import talked_about_ids
from hiring.extensions import SAFE_METHODS, db
from hiring.i18n import _
from hiring.interviews.queries import (
    closed_application_ids,
    closed_applications,
    interviews_candidate,
    is_closed_to,
    is_on_panel,
    is_sealed,
    panel_application_ids,
    sealed_application_ids,
    sealed_applications,
)
from hiring.jobs.queries import has_scorecards
from hiring.models import (
    Application,
    BankEntry,
    BankRevision,
    Base,
    CandidateMessage,
    ConflictOfInterest,
    Debrief,
    EvidenceReview,
    ExportRun,
    Guide,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    JobMember,
    Panelist,
    Person,
    PracticeRound,
    Role,
    RoleName,
    Scorecard,
    ScorecardEntry,
    ScorecardStatus,
    SharedDocument,
    TeamRole,
    Workshop,
    WorkshopAnchor,
    WorkshopStatus,
)
from hiring.practice.queries import is_trainer_of
from hiring.standards.queries import has_judged
from hiring.workshops.queries import is_sorter, owes_sorting

Rule = Callable[..., bool]
View = Callable[..., Any]

LEADS = (TeamRole.HIRING_MANAGER, TeamRole.RECRUITER)
LARGEST_NUMBER = 2**31 - 1  # A database refuses to look for anything beyond.


# People and the organisation


def is_signed_in(person: Person) -> bool:
    """Anybody with an account."""
    return person.active


def may_manage_people(person: Person) -> bool:
    """Administrators add people and give roles."""
    return person.has(RoleName.ADMINISTRATOR)


def may_edit_person(administrator: Person, person: Person) -> bool:
    """Whoever adds people changes their names and roles, and gives them new passwords."""
    return may_manage_people(administrator)


def may_edit_organisation(person: Person) -> bool:
    """Administrators set the organisation's name and paper."""
    return person.has(RoleName.ADMINISTRATOR)


def may_remove_demo(person: Person) -> bool:
    """The demo organisation is deleted by an administrator."""
    return person.has(RoleName.ADMINISTRATOR)


# Jobs and guides


def may_create_job(person: Person) -> bool:
    """Recruiters and hiring managers open jobs."""
    return person.has(RoleName.RECRUITER, RoleName.HIRING_MANAGER)


def may_see_job(person: Person, job: Job) -> bool:
    """Recruiters and HR see every job, others those they take part in."""
    return _sees_all_jobs(person) or _team_role(person, job) is not None or _interviews_for(person, job)


def may_edit_job(person: Person, job: Job) -> bool:
    """Recruiters, and those who lead this job."""
    return person.has(RoleName.RECRUITER) or _team_role(person, job) in LEADS


def may_drop_questions(person: Person, job: Job) -> bool:
    """Who may edit the job, unless ratings of one of its candidates are still closed to them."""
    return may_edit_job(person, job) and not closed_application_ids(person, job.id)


def may_judge_standard(person: Person, job: Job) -> bool:
    """Everybody on the hiring team says what a candidate who is just good enough shows."""
    return _team_role(person, job) is not None


def may_see_standard(person: Person, job: Job) -> bool:
    """The hiring team, and those who may edit the job."""
    return may_judge_standard(person, job) or may_edit_job(person, job)


def may_read_standard(person: Person, job: Job) -> bool:
    """What the others expect: whoever has judged, or does not judge; after the first scorecard, all of them."""
    is_free = not may_judge_standard(person, job) or has_judged(person, job) or has_scorecards(job)
    return may_see_standard(person, job) and is_free


def may_see_guide(person: Person, guide: Guide) -> bool:
    """Whoever sees the job may read its guide."""
    return may_see_job(person, guide.job)


def may_edit_guide(person: Person, guide: Guide) -> bool:
    """Whoever may edit the job writes and publishes its guide."""
    return may_edit_job(person, guide.job)


def may_see_guide_version(person: Person, version: GuideVersion) -> bool:
    """Whoever sees the job may read what was published for it."""
    return may_see_guide(person, version.guide)


def may_make_parallel_form(person: Person, version: GuideVersion) -> bool:
    """Whoever may edit the guide publishes parallel forms of what was published."""
    return may_edit_guide(person, version.guide)


# The question bank


def may_write_bank(person: Person) -> bool:
    """Recruiters, hiring managers and HR add skills and questions, review them and put them into use."""
    return person.has(RoleName.RECRUITER, RoleName.HIRING_MANAGER, RoleName.HR)


def may_edit_bank_entry(person: Person, entry: BankEntry) -> bool:
    """Whoever writes for the bank may change what a colleague wrote: each change is a revision with its author."""
    return may_write_bank(person)


def may_see_bank_entry(person: Person, entry: BankEntry) -> bool:
    """Words in use are for everybody; drafts and what was retired for those who write."""
    return may_write_bank(person) or (is_signed_in(person) and entry.active is not None)


def readable_revisions(person: Person, entry: BankEntry) -> list[BankRevision]:
    """Those of an entry's words that the person may read: all who write, others what is in use."""
    if may_write_bank(person):
        return list(entry.revisions)
    return [entry.active] if may_see_bank_entry(person, entry) and entry.active else []


# Workshops


def may_see_all_workshops(person: Person) -> bool:
    """Whoever writes for the bank, and administrators; others see those in which they sort."""
    return may_write_bank(person) or person.has(RoleName.ADMINISTRATOR)


def may_see_workshop(person: Person, workshop: Workshop) -> bool:
    """Whoever sees all of them, and those who were asked to sort; all of these may propose."""
    return may_see_all_workshops(person) or is_sorter(person, workshop)


def may_lead_workshop(person: Person, workshop: Workshop) -> bool:
    """Whoever started it invites, opens and closes."""
    return workshop.led_by_id == person.id


def may_edit_anchor(person: Person, anchor: WorkshopAnchor) -> bool:
    """Only the author changes a proposal or takes it back."""
    return anchor.proposed_by_id == person.id


def may_sort(person: Person, workshop: Workshop) -> bool:
    """Those who were asked, as soon as there is something to sort."""
    return workshop.status is not WorkshopStatus.PROPOSING and is_sorter(person, workshop)


def may_see_agreement(person: Person, workshop: Workshop) -> bool:
    """Sort before you read: nobody while the sorting goes on, and never a sorter who has not finished."""
    is_over = workshop.status in (WorkshopStatus.CLOSED, WorkshopStatus.SIGNED_OFF)
    return is_over and may_see_workshop(person, workshop) and not owes_sorting(person, workshop)


def may_see_meanings(person: Person, workshop: Workshop) -> bool:
    """Whose anchors they are and what they are meant for: who leads without sorting; others with the agreement."""
    leads = may_lead_workshop(person, workshop) and not is_sorter(person, workshop)
    return leads or may_see_agreement(person, workshop)


def may_see_progress(person: Person, workshop: Workshop) -> bool:
    """How many anchors each sorter has placed, never where: who leads, unless it is still their own turn."""
    return may_lead_workshop(person, workshop) and not owes_sorting(person, workshop)


def may_decide_anchors(person: Person, workshop: Workshop) -> bool:
    """Whoever leads keeps and drops anchors."""
    return may_lead_workshop(person, workshop) and may_see_agreement(person, workshop)


def may_sign_off_workshop(person: Person, workshop: Workshop) -> bool:
    """Administrators and hiring managers, but never whoever led it: two people answer for a rubric."""
    signs = person.has(RoleName.ADMINISTRATOR, RoleName.HIRING_MANAGER)
    return signs and not may_lead_workshop(person, workshop) and may_see_agreement(person, workshop)


def may_draft_from_workshop(person: Person, workshop: Workshop) -> bool:
    """Whoever writes for the bank takes over what was kept."""
    return may_write_bank(person) and may_see_agreement(person, workshop)


# Candidates and interviews


def may_see_candidates(person: Person, job: Job) -> bool:
    """The list of a job's candidates: recruiters, HR, and those who lead the job."""
    return person.has(RoleName.RECRUITER, RoleName.HR) or _team_role(person, job) in LEADS


def may_edit_candidates(person: Person, job: Job) -> bool:
    """Adding candidates, planning interviews, changing a status."""
    return may_edit_job(person, job)


def may_see_application(person: Person, application: Application) -> bool:
    """One candidate for one job: whoever sees the job's candidates, and this candidate's interviewers."""
    return may_see_candidates(person, application.job) or interviews_candidate(person, application)


def may_edit_application(person: Person, application: Application) -> bool:
    """Changing one application and writing to its candidate; never somebody in conflict with the candidate."""
    return may_edit_candidates(person, application.job) and not _is_in_conflict(person, application)


def may_know_name(person: Person, application: Application) -> bool:
    """Who the candidate is, where the job hides names: recruiters, HR, the panel; all once it was decided."""
    return is_known_to(person, application)


def may_write_to(person: Person, application: Application) -> bool:
    """Changing a candidate's name and addresses, and writing letters, need the name."""
    return may_edit_application(person, application) and may_know_name(person, application)


def may_read_letters(person: Person, application: Application) -> bool:
    """Letters address the candidate by name."""
    is_free = may_see_candidates(person, application.job) and not _is_in_conflict(person, application)
    return is_free and may_know_name(person, application)


def may_see_interview(person: Person, interview: Interview) -> bool:
    """Time, place and panel; members of the panel also see that it was cancelled, and why."""
    return may_see_application(person, interview.application) or is_on_panel(person, interview)


def may_edit_interview(person: Person, interview: Interview) -> bool:
    """Moving or cancelling an interview, and changing its panel."""
    return may_edit_application(person, interview.application)


def may_declare_conflict(person: Person, application: Application) -> bool:
    """Whoever meets the candidate, or sees the job's candidates, says that they are too close to be fair."""
    return may_see_application(person, application)


def may_declare_for_others(person: Person, application: Application) -> bool:
    """Those who lead the job write down what they were told."""
    return may_edit_application(person, application)


def may_read_conflicts(person: Person, application: Application) -> bool:
    """What was declared about a candidate: those who lead the job, and HR; others see what is their own."""
    is_free = not _is_in_conflict(person, application)
    return may_edit_application(person, application) or (person.has(RoleName.HR) and is_free)


def may_withdraw_conflict(person: Person, application: Application, conflict: ConflictOfInterest) -> bool:
    """Recruiters and HR, and never about themselves: nobody opens a closed door for themselves."""
    is_own = conflict.person_id == person.id or _is_in_conflict(person, application)
    return person.has(RoleName.RECRUITER, RoleName.HR) and not is_own


def may_remind(person: Person, panelist: Panelist) -> bool:
    """Whoever may change the interview reminds those on its panel."""
    return may_edit_interview(person, panelist.interview)


def leads_anywhere(person: Person) -> bool:
    """Recruiters, and those who lead any job; ``editable_job_ids`` limits what they see."""
    return person.has(RoleName.RECRUITER) or db.session.scalar(_led_job_ids(person).limit(1)) is not None


def may_set_reminders(person: Person) -> bool:
    """Administrators say when people are written to."""
    return person.has(RoleName.ADMINISTRATOR)


def may_rate(person: Person, interview: Interview) -> bool:
    """Only members of the panel rate, only interviews that were not cancelled, and nobody in conflict."""
    is_held = interview.status is not InterviewStatus.CANCELLED
    return is_held and is_on_panel(person, interview) and not _is_in_conflict(person, interview.application)


def may_answer_entry(person: Person, delivery: ScorecardEntry) -> bool:
    """What came from a form or from paper belongs to the interviewer whose words they are."""
    return delivery.interviewer_id == person.id and may_rate(person, delivery.interview)


def may_type_paper(person: Person, panelist: Panelist) -> bool:
    """Those who plan the interview type in a colleague's paper, unless they owe ratings themselves."""
    application = panelist.interview.application
    is_free = panelist.person_id != person.id and not is_closed_to(person, application)
    return is_free and may_edit_interview(person, panelist.interview)


# Ratings, comparison, decision


def may_read_ratings(person: Person, application: Application) -> bool:
    """Rate before you read: nobody who owes a scorecard sees anything derived from others' ratings.

    A job may keep them closed for longer, and then for everybody: until all have submitted, or until the debrief.
    """
    is_free = may_see_application(person, application) and not is_closed_to(person, application)
    return is_free and not is_sealed(application)


def may_read_scorecard(person: Person, scorecard: Scorecard) -> bool:
    """One's own at any time; others' once they are submitted and one owes nothing oneself."""
    if scorecard.interviewer_id == person.id:
        return True
    is_final = scorecard.status is ScorecardStatus.SUBMITTED
    return is_final and may_read_ratings(person, scorecard.interview.application)


def may_reopen_scorecard(person: Person, scorecard: Scorecard) -> bool:
    """Those who lead the job and owe nothing for this candidate; never the writer alone."""
    application = scorecard.interview.application
    is_other = scorecard.interviewer_id != person.id and not is_closed_to(person, application)
    return is_other and may_edit_job(person, application.job)


def may_read_versions(person: Person, scorecard: Scorecard) -> bool:
    """Whoever may read the scorecard now, and owes none for this candidate: versions tell who read what."""
    owes = is_closed_to(person, scorecard.interview.application)
    return may_read_scorecard(person, scorecard) and not owes


def may_compare(person: Person, job: Job) -> bool:
    """The comparison opens for those who see all candidates; ``readable_application_ids`` limits its rows."""
    return may_see_candidates(person, job)


def may_look_up_records(person: Person) -> bool:
    """HR looks up what was decided about whom, for every job."""
    return person.has(RoleName.HR)


def may_decide(person: Person, application: Application) -> bool:
    """Those who lead the job decide, once they owe nothing themselves."""
    return may_edit_application(person, application) and may_read_ratings(person, application)


def may_release(person: Person, job: Job) -> bool:
    """Those who lead the job see what waits to be released, ``readable_application_ids`` limits it, and release it."""
    return may_edit_candidates(person, job)


def may_open_debrief(person: Person, job: Job) -> bool:
    """Those who lead the job call the panel together; ``readable_application_ids`` limits whom it is about."""
    return may_edit_candidates(person, job)


def may_lead_debrief(person: Person, debrief: Debrief) -> bool:
    """Those who may open one write down what is said in it."""
    return may_open_debrief(person, debrief.job)


def may_open_second_ratings(person: Person, job: Job) -> bool:
    """Those who lead the job ask colleagues to rate the written evidence once more."""
    return may_edit_candidates(person, job)


def may_read_second_ratings(person: Person, evidence_review: EvidenceReview) -> bool:
    """Those who may ask for them; ``readable_application_ids`` limits whose they see."""
    return may_open_second_ratings(person, evidence_review.job)


def may_second_rate(person: Person, evidence_review: EvidenceReview) -> bool:
    """Those who were asked, until it is closed; ``blind_application_ids`` limits what they read."""
    asked = any(each.person_id == person.id for each in evidence_review.reviewers)
    return asked and evidence_review.closed_at is None


def may_see_debriefs(person: Person, job: Job) -> bool:
    """Whoever sees the job's candidates, and its interviewers; ``readable_application_ids`` limits what they see."""
    return may_see_candidates(person, job) or _interviews_for(person, job)


def may_see_debrief(person: Person, debrief: Debrief) -> bool:
    """One debrief of a job; ``readable_application_ids`` limits whom it shows."""
    return may_see_debriefs(person, debrief.job)


def may_read_minutes(person: Person, debrief: Debrief) -> bool:
    """Notes may tell of anybody the debrief is about: only for those who may read the ratings of all of them."""
    about = talked_about_ids(debrief)
    return may_see_debrief(person, debrief) and about <= readable_application_ids(person, debrief.job)


def may_write_minutes(person: Person, debrief: Debrief) -> bool:
    """Whoever leads the debrief and may read its notes; nobody writes over what they may not read."""
    return may_lead_debrief(person, debrief) and may_read_minutes(person, debrief)


def may_compare_selection_rates(person: Person) -> bool:
    """HR compares selection rates, job by job where it has no part."""
    return person.has(RoleName.HR)


def may_see_selection_rates(person: Person, job: Job) -> bool:
    """HR, but nobody who rates or decides for this job: sums must not steer a choice either."""
    decides = may_edit_candidates(person, job) or _team_role(person, job) is not None
    return may_compare_selection_rates(person) and not decides and not _interviews_for(person, job)


def jobs_of_own(person: Person) -> set[int] | None:
    """The jobs in which the person rates or decides; None for all of them.

    For a whole list, this is the other half of ``may_see_selection_rates``.
    """
    if person.has(RoleName.RECRUITER):
        return None
    teams = select(JobMember.job_id).where(JobMember.person_id == person.id)
    panels = (
        select(Application.job_id)
        .join(Interview, Interview.application_id == Application.id)
        .where(Interview.id.in_(select(Panelist.interview_id).where(Panelist.person_id == person.id)))
    )
    return set(db.session.scalars(teams.union(panels)))


def shown_status(person: Person, application: Application) -> ShownStatus:
    """The status, or None ("in progress") where it would tell what was decided to somebody who owes a scorecard.

    For a whole list, ``candidates.queries.shown`` with ``closed_application_ids`` is the same rule.
    """
    return shown(application.status, is_closed_to(person, application))


def may_read_message(person: Person, message: CandidateMessage) -> bool:
    """Letters to candidates; those that tell of a decision only for readers of the ratings."""
    application = message.application
    reveals = template_reveals(message.template_id)
    return may_read_letters(person, application) and not (reveals and is_closed_to(person, application))


def may_write_message(person: Person, message: CandidateMessage) -> bool:
    """Changing a letter and marking it as sent."""
    return may_edit_application(person, message.application) and may_read_message(person, message)


def readable_application_ids(person: Person, job: Job) -> set[int]:
    """The applications of a job whose ratings the person may read; ``may_read_ratings`` for a whole list."""
    return debatable_application_ids(person, job) - sealed_application_ids(job)


def debatable_application_ids(person: Person, job: Job) -> set[int]:
    """Whom the person may call a debrief about: those for whom they owe nothing, sealed by the job or not."""
    if not may_see_candidates(person, job):
        return panel_application_ids(person, job.id) - closed_application_ids(person, job.id)
    owed = closed_applications(person).correlate(None)
    query = select(Application.id).where(Application.job_id == job.id, Application.id.not_in(owed))
    return set(db.session.scalars(query))


def people_to_ask(job: Job) -> Sequence[Person]:
    """Who can rate evidence a second time: everybody with an account who does not see the job's candidates anyway."""
    leads = select(JobMember.person_id).where(JobMember.job_id == job.id, JobMember.role.in_(LEADS))
    sees_all = Person.roles.any(Role.name.in_((RoleName.RECRUITER, RoleName.HR)))
    query = select(Person).where(Person.active, ~sees_all, Person.id.not_in(leads))
    return db.session.scalars(query.order_by(Person.name, Person.id)).all()


def blind_application_ids(person: Person, job: Job) -> set[int]:
    """Whose written evidence somebody may rate a second time: of nobody whom they meet themselves."""
    everybody = set(db.session.scalars(select(Application.id).where(Application.job_id == job.id)))
    met = panel_application_ids(person, job.id) | closed_application_ids(person, job.id)
    return everybody - met - sealed_application_ids(job)


def readable_applications(person: Person) -> Select[int]:
    """The applications of all jobs whose ratings the person may read: ``readable_application_ids`` for every job."""
    seen = select(Application.id).where(
        Application.id.not_in(closed_application_ids(person)), Application.id.not_in(sealed_applications())
    )
    led = job_ids_with_candidates(person)
    if led is None:
        return seen
    return seen.where(or_(Application.job_id.in_(led), Application.id.in_(panel_application_ids(person))))


def job_ids_with_candidates(person: Person) -> set[int] | None:
    """The jobs whose candidates the person may see, or None for all: ``may_see_candidates`` for a whole list."""
    if person.has(RoleName.RECRUITER, RoleName.HR):
        return None
    return set(db.session.scalars(_led_job_ids(person)))


# Documents


def may_hand_over_records(person: Person, application: Application) -> bool:
    """HR answers a candidate who asks what is kept about them, once it may read the ratings itself."""
    return person.has(RoleName.HR) and may_read_ratings(person, application)


def may_extract_audit(person: Person, job: Job) -> bool:
    """HR, unless it owes a scorecard in the job or ratings of it are still closed: what happened tells of them."""
    free = not closed_application_ids(person, job.id) and not sealed_application_ids(job)
    return person.has(RoleName.HR) and free


def may_erase(person: Person, application: Application) -> bool:
    """HR erases candidates and holds records, never where somebody is in conflict or owes a scorecard."""
    return person.has(RoleName.HR) and not is_closed_to(person, application)


def may_read_record(person: Person) -> bool:
    """Auditors read the record of who did what, and HR; ``jobs_closed_in_record`` limits it."""
    return person.has(RoleName.AUDITOR, RoleName.HR)


def jobs_closed_in_record(person: Person) -> set[int]:
    """The jobs of which the record tells the person nothing yet, because what happened tells of ratings."""
    query = select(Application.job_id).where(
        or_(Application.id.in_(closed_applications(person)), Application.id.in_(sealed_applications()))
    )
    return set(db.session.scalars(query.distinct()))


def may_open_export(person: Person, export_run: ExportRun) -> bool:
    """Only who asked for it, and only as long as the job's candidates are open to them."""
    return export_run.person_id == person.id and may_compare(person, export_run.job)


def may_revoke_link(person: Person, shared_document: SharedDocument) -> bool:
    """Whoever made the link, and those who lead the job."""
    return shared_document.shared_by_id == person.id or may_edit_job(person, shared_document.job)


# Quality of people, questions and the process


def may_see_question_statistics(person: Person) -> bool:
    """Whoever writes for the bank learns how its questions do, from ratings that ``readable_applications`` allows."""
    return may_write_bank(person)


def may_see_process(person: Person, job: Job) -> bool:
    """How long candidates wait: whoever sees them; ``readable_application_ids`` limits what is counted."""
    return may_see_candidates(person, job)


def may_see_processes(person: Person) -> bool:
    """Recruiters, HR and administrators, and those who lead any job; ``job_ids_with_candidates`` limits the list."""
    oversees = person.has(RoleName.RECRUITER, RoleName.HR, RoleName.ADMINISTRATOR)
    return oversees or db.session.scalar(_led_job_ids(person).limit(1)) is not None


def may_set_process_standard(person: Person) -> bool:
    """Administrators set what the organisation promises."""
    return person.has(RoleName.ADMINISTRATOR)


# Practice


def may_practise(person: Person, sitting: PracticeRound) -> bool:
    """One's own rounds, and nobody else's."""
    return sitting.person_id == person.id


def may_read_practice(reader: Person, person: Person) -> bool:
    """Oneself, and the trainer whom one has chosen; neither leads nor administrators."""
    return reader.id == person.id or is_trainer_of(reader, person)


# What the rules are made of


def visible_job_ids(person: Person) -> set[int] | None:
    """The jobs the person may see, or None for all of them; ``may_see_job`` for a whole list."""
    if _sees_all_jobs(person):
        return None
    as_member = select(JobMember.job_id).where(JobMember.person_id == person.id)
    as_interviewer = select(Application.job_id).where(Application.id.in_(panel_application_ids(person)))
    return set(db.session.scalars(as_member)) | set(db.session.scalars(as_interviewer))


def editable_job_ids(person: Person) -> set[int] | None:
    """The jobs the person may edit, or None for all of them: ``may_edit_job`` for a whole list."""
    if person.has(RoleName.RECRUITER):
        return None
    return set(db.session.scalars(_led_job_ids(person)))


def _led_job_ids(person: Person) -> Select[int]:
    return select(JobMember.job_id).where(JobMember.person_id == person.id, JobMember.role.in_(LEADS))


def _sees_all_jobs(person: Person) -> bool:
    return person.has(RoleName.RECRUITER, RoleName.HR)


def _team_role(person: Person, job: Job) -> TeamRole | None:
    """The person's role on the job; a page that is only read asks the database once."""
    if not has_request_context() or request.method not in SAFE_METHODS:
        return _stored_team_role(person, job)
    known: dict[tuple[int, int], TeamRole | None] = g.setdefault("team_roles", {})
    if (person.id, job.id) not in known:
        known[person.id, job.id] = _stored_team_role(person, job)
    return known[person.id, job.id]


def _stored_team_role(person: Person, job: Job) -> TeamRole | None:
    query = select(JobMember.role).where(JobMember.job_id == job.id, JobMember.person_id == person.id)
    return db.session.scalar(query)


def _is_in_conflict(person: Person, application: Application) -> bool:
    """Whether the two are in conflict; a page that is only read asks the database once for all candidates."""
    if not has_request_context() or request.method not in SAFE_METHODS:
        return is_in_conflict(person, application)
    known: dict[int, set[int]] = g.setdefault("conflicts", {})
    if person.id not in known:
        known[person.id] = set(db.session.scalars(candidates_in_conflict(person)))
    return application.candidate_id in known[person.id]


def _interviews_for(person: Person, job: Job) -> bool:
    return bool(panel_application_ids(person, job.id))


# Doors


def public(view: View) -> View:
    """Marks a page that anybody may open."""
    view.access_rule = None  # type: ignore[attr-defined]
    return view


def requires(rule: Rule) -> Callable[[View], View]:
    """Opens the page to those whom ``rule`` admits.

    A rule ``may_rate(person, interview: Interview)`` turns the address's ``interview_id`` into an
    ``interview`` for the view: 404 if there is none, 403 if the rule refuses, sign-in if nobody is.
    """
    things = _things_of(rule)

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(**address: Any) -> Any:
            if g.person is None:
                return _ask_to_sign_in()
            named = {name: _found(kind, address.pop(f"{name}_id")) for name, kind in things.items()}
            if not rule(g.person, **named):
                abort(403)
            return view(**named, **address)

        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return guard


def _ask_to_sign_in() -> Any:
    if request.method not in SAFE_METHODS or request.headers.get("HX-Request"):
        abort(401)  # What was typed stays in the page, which says what happened.
    flash(_("Sign in to open this page."), "info")
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def _things_of(rule: Rule) -> dict[str, type[Base]]:
    hints = get_type_hints(rule)
    return {name: hints[name] for name in list(inspect.signature(rule).parameters)[1:]}


def _found(kind: type[Base], number: int) -> Base:
    found = db.session.get(kind, number) if number <= LARGEST_NUMBER else None
    if found is None:
        abort(404)
    return found

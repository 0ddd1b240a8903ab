"""Pages of jobs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from hiring import access
from hiring.access import is_signed_in, may_create_job, may_edit_job, may_see_job, requires
from hiring.decisions.queries import organisation_name
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _, chosen_language, language_name
from hiring.interviews.queries import closed_application_ids
from hiring.jobs import document
from hiring.jobs.forms import (
    FLOORS,
    BriefForm,
    ChangeJobForm,
    CutForm,
    JobForm,
    MemberForm,
    RemovalForm,
    RulesForm,
    SkillsForm,
    StatusForm,
)
from hiring.jobs.operations import (
    NEXT_STATUSES,
    ChosenSkill,
    OnPanels,
    add_member,
    change_job,
    change_status,
    choose_skills,
    create_job,
    remove_cut,
    remove_member,
    set_cut,
    set_rules,
    write_brief,
)
from hiring.jobs.queries import has_scorecards, people_to_add, team_of
from hiring.models import Job, JobStatus
from hiring.standards.document import cut_of_team
from question_bank import SOURCE_LANGUAGE, languages, presets

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
@requires(is_signed_in)
def index() -> Any:
    """The jobs one may see."""
    return render_template(
        "jobs/index.html",
        jobs=document.job_list(g.person, access.visible_job_ids(g.person)),
        may_create=may_create_job(g.person),
        may_see_processes=access.may_see_processes(g.person),
    )


@blueprint.route("/jobs/new", methods=["GET", "POST"])
@requires(may_create_job)
def new() -> Any:
    """A new job."""
    form = JobForm(data={"contact_name": g.person.name, "contact_channel": g.person.email})
    if form.validate_on_submit():
        try:
            job = create_job(by=g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("The job is there. Next: write its brief."), "success")
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    return render_template("jobs/new.html", form=form), _status(form)


@blueprint.get("/jobs/<int:job_id>")
@requires(may_see_job)
def show(job: Job) -> Any:
    """The hub of one job."""
    return render_template(
        "jobs/show.html",
        job=job,
        sheet=document.job_sheet(job, closed_application_ids(g.person, job.id)),
        brief=document.brief_texts(job),
        team=team_of(job),
        next_statuses=NEXT_STATUSES[job.status],
        status_form=StatusForm(data={"revision": job.revision}),
        may_edit=may_edit_job(g.person, job),
        may_see_candidates=access.may_see_candidates(g.person, job),
        may_see_standard=access.may_see_standard(g.person, job),
        may_see_debriefs=access.may_see_debriefs(g.person, job),
    )


@blueprint.route("/jobs/<int:job_id>/edit", methods=["GET", "POST"])
@requires(may_edit_job)
def edit(job: Job) -> Any:
    """Title, location and contact."""
    form = ChangeJobForm(obj=job)
    stored = None
    if form.validate_on_submit():
        try:
            change_job(job, g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, job, refused)
        else:
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    return render_template("jobs/edit.html", job=job, form=form, stored=stored), _status(form)


@blueprint.get("/jobs/<int:job_id>/share")
@requires(may_see_job)
def share(job: Job) -> Any:
    """Texts that make the job known, in one of the bank's languages."""
    wish = request.args.get("language", chosen_language())
    language = wish if wish in languages() else SOURCE_LANGUAGE
    return render_template(
        "jobs/share.html",
        job=job,
        sheet=document.share_sheet(job, organisation_name(), language),
        languages=[(each, language_name(each)) for each in languages()],
    )


@blueprint.post("/jobs/<int:job_id>/status")
@requires(may_edit_job)
def status(job: Job) -> Any:
    """Opening and closing."""
    form = StatusForm()
    change_status(job, form.chosen(), g.person, form.revision.data)
    db.session.commit()
    flash(_status_sentence(job), "success")
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.get("/jobs/<int:job_id>/brief")
@requires(may_see_job)
def brief(job: Job) -> Any:
    """The job brief: a form for those who lead the job, a text for the others."""
    if may_edit_job(g.person, job):
        return _brief_page(job, _brief_form(job))
    return render_template("jobs/brief_text.html", job=job, brief=document.brief_texts(job))


@blueprint.post("/jobs/<int:job_id>/brief")
@requires(may_edit_job)
def save_brief(job: Job) -> Any:
    """Writing the brief."""
    form, stored = _brief_form(job), None
    if form.validate():
        try:
            write_brief(job, g.person, form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, job, refused)
        else:
            db.session.commit()
            flash(_("The brief is saved."), "success")
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    return _brief_page(job, form, stored), 422


@blueprint.route("/jobs/<int:job_id>/team", methods=["GET", "POST"])
@requires(may_edit_job)
def team(job: Job) -> Any:
    """The hiring team."""
    form, people = MemberForm(), people_to_add()
    form.offer(people)
    if form.validate_on_submit():
        try:
            member = add_member(job, *form.chosen(people), by=g.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("%(name)s is on the team.", name=member.person.name), "success")
            return redirect(url_for("jobs.team", job_id=job.id), 303)
    return _team_page(job, form), _status(form)


@blueprint.post("/jobs/<int:job_id>/team/<int:person_id>/remove")
@requires(may_edit_job)
def remove(job: Job, person_id: int) -> Any:
    """Taking somebody off the team."""
    member = next((each.person for each in job.members if each.person_id == person_id), None)
    form = RemovalForm()
    try:
        if member is None:
            raise Refused(_("This person is not on the team any more."))
        remove_member(job, member, g.person, form.although_on_panels.data)
    except Refused as refused:
        adding = MemberForm(formdata=None)
        adding.offer(people_to_add())
        return _team_page(job, adding, refused), 422
    db.session.commit()
    flash(_("%(name)s is no longer on the team.", name=member.name), "success")
    return redirect(url_for("jobs.team", job_id=job.id), 303)


@blueprint.route("/jobs/<int:job_id>/skills", methods=["GET", "POST"])
@requires(may_edit_job)
def skills(job: Job) -> Any:
    """Skills and weights."""
    form = SkillsForm(data={"revision": job.revision})
    if request.method == "GET":
        form.show(_suggested(request.args.get("preset")) or _chosen_before(job))
        return _skills_page(job, form)
    form.read(request.form)
    if wish := request.form.get("move"):
        form.move(wish)
        return _skills_page(job, form, moved=True)
    try:
        choose_skills(job, form.chosen(), g.person, form.revision.data)
    except Refused as refused:
        form.refuse(refused)
        return _skills_page(job, form, stored=_stored(form, job, refused)), 422
    db.session.commit()
    flash(_("Skills and weights are saved."), "success")
    return redirect(url_for("jobs.skills", job_id=job.id), 303)


@blueprint.route("/jobs/<int:job_id>/rules", methods=["GET", "POST"])
@requires(may_edit_job)
def rules(job: Job) -> Any:
    """When ratings open, and how fresh a calibration must be."""
    form, stored = RulesForm(obj=job, data={"revision": job.revision}), None
    if form.validate_on_submit():
        try:
            set_rules(job, g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, job, refused)
        else:
            db.session.commit()
            flash(_("The rules for rating are saved."), "success")
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    return render_template("jobs/rules.html", job=job, form=form, stored=stored), _status(form)


@blueprint.route("/jobs/<int:job_id>/cut", methods=["GET", "POST"])
@requires(may_edit_job)
def cut(job: Job) -> Any:
    """The composite from which a candidate meets the standard."""
    form, stored = _cut_form(job), None
    if form.validate_on_submit():
        try:
            set_cut(job, g.person, form.chosen_level(), form.reason.data, form.revision.data)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, job, refused)
        else:
            db.session.commit()
            flash(_("The cut is saved."), "success")
            return redirect(url_for("jobs.skills", job_id=job.id), 303)
    page = render_template(
        "jobs/cut.html", job=job, form=form, stored=stored and stored.cut, is_fixed=has_scorecards(job)
    )
    return page, _status(form)


@blueprint.post("/jobs/<int:job_id>/cut/remove")
@requires(may_edit_job)
def remove_cut_of(job: Job) -> Any:
    """Doing without a cut."""
    remove_cut(job, g.person)
    db.session.commit()
    flash(_("There is no cut any more."), "success")
    return redirect(url_for("jobs.skills", job_id=job.id), 303)


def _cut_form(job: Job) -> CutForm:
    shown = {"level": f"{job.cut.level:g}", "reason": job.cut.reason} if job.cut else {}
    if "from_team" in request.args and access.may_read_standard(g.person, job):
        shown |= cut_of_team(job)
    return CutForm(data={"revision": job.revision, **shown})


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _stored(form: Any, job: Job, refused: Refused) -> Job | None:
    """What somebody else has stored in between; the next save of the form goes over it."""
    if not isinstance(refused, Stale):
        return None
    form.revision.renew(job.revision)
    return job


def _status_sentence(job: Job) -> str:
    if job.status is JobStatus.OPEN:
        return _("The job is open.")
    return _("The job is closed. Candidates still in progress wait for an answer: write to them.")


def _brief_form(job: Job) -> Any:
    return BriefForm(obj=job.brief, data={"revision": job.revision})


def _brief_page(job: Job, form: Any, stored: Job | None = None) -> str:
    return render_template(
        "jobs/brief.html",
        job=job,
        form=form,
        brief=document.brief_texts(job),
        stored=stored.brief if stored else None,
    )


def _team_page(job: Job, form: MemberForm, refused: Refused | None = None) -> str:
    return render_template(
        "jobs/team.html",
        job=job,
        form=form,
        team=team_of(job),
        refused=refused,
        to_confirm=refused.person if isinstance(refused, OnPanels) else None,
    )


def _suggested(preset_id: str | None) -> list[ChosenSkill]:
    found = next((preset for preset in presets() if preset.id == preset_id), None)
    return [ChosenSkill(skill_id) for skill_id in found.all_skills] if found else []


def _chosen_before(job: Job) -> list[ChosenSkill]:
    return [ChosenSkill(each.skill_id, each.weight, each.weight_reason, each.floor) for each in job.skills]


def _skills_page(job: Job, form: SkillsForm, moved: bool = False, stored: Job | None = None) -> str:
    return render_template(
        "jobs/skills.html",
        job=job,
        form=form,
        moved=moved,
        stored=document.weighted_skills(stored) if stored else None,
        floors=FLOORS,
        is_fixed=has_scorecards(job),
        weighted=document.weighted_skills(job),
        presets=presets(),
        warnings=document.skill_warnings([row.skill.id for row in form.rows if row.chosen]),
    )

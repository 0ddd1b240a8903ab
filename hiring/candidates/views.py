"""Pages of candidates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from hiring import access
from hiring.access import (
    may_edit_application,
    may_edit_candidates,
    may_see_application,
    may_see_candidates,
    may_write_to,
    requires,
)
from hiring.candidates.document import Sort, application_sheet, candidate_list
from hiring.candidates.forms import CandidateForm, ChangeCandidateForm, PasteForm, StatusForm
from hiring.candidates.naming import name_of
from hiring.candidates.operations import (
    AlreadyApplied,
    add_candidate,
    add_candidates,
    change_candidate,
    change_status,
)
from hiring.conflicts.queries import declared_about, is_in_conflict
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.fairness.forms import key_of
from hiring.fairness.queries import questions_of
from hiring.i18n import _, ngettext
from hiring.interviews.queries import closed_application_ids
from hiring.models import Application, Job

blueprint = Blueprint("candidates", __name__)


@blueprint.get("/jobs/<int:job_id>/candidates")
@requires(may_see_candidates)
def index(job: Job) -> Any:
    """The job's candidates."""
    search, status = request.args.get("search", "").strip(), request.args.get("status", "")
    sort = _sort(request.args.get("sort", ""))
    owed = closed_application_ids(g.person, job.id)
    return render_template(
        "candidates/index.html",
        job=job,
        found=candidate_list(job, owed, search, status, sort),
        search=search,
        status=status,
        sort=sort,
        may_edit=may_edit_candidates(g.person, job),
    )


@blueprint.route("/jobs/<int:job_id>/candidates/new", methods=["GET", "POST"])
@requires(may_edit_candidates)
def new(job: Job) -> Any:
    """A new candidate."""
    form, earlier = CandidateForm(), None
    if form.validate_on_submit():
        try:
            application = add_candidate(job, g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            earlier = _earlier(refused)
        else:
            db.session.commit()
            flash(_("%(name)s is a candidate now.", name=name_of(application)), "success")
            return _to(application)
    return render_template("candidates/new.html", job=job, form=form, earlier=earlier), _status(form)


@blueprint.route("/jobs/<int:job_id>/candidates/paste", methods=["GET", "POST"])
@requires(may_edit_candidates)
def paste(job: Job) -> Any:
    """Several candidates at once."""
    form, earlier = PasteForm(), None
    if form.validate_on_submit():
        try:
            added = add_candidates(job, g.person, form.people())
        except Refused as refused:
            db.session.rollback()
            form.refuse(Refused(refused.sentence, field="lines"))
            earlier = _earlier(refused)
        else:
            db.session.commit()
            flash(ngettext("%(num)s candidate added.", "%(num)s candidates added.", len(added)), "success")
            return redirect(url_for("candidates.index", job_id=job.id), 303)
    return render_template("candidates/paste.html", job=job, form=form, earlier=earlier), _status(form)


@blueprint.get("/applications/<int:application_id>")
@requires(may_see_application)
def show(application: Application) -> Any:
    """One candidate for one job."""
    return _page(application, StatusForm(formdata=None, data={"revision": application.revision}))


@blueprint.route("/applications/<int:application_id>/edit", methods=["GET", "POST"])
@requires(may_write_to)
def edit(application: Application) -> Any:
    """Name, address, telephone and source."""
    candidate = application.candidate
    form = ChangeCandidateForm(obj=candidate, data={"source_of_contact": application.source_of_contact})
    earlier = stored = None
    if form.validate_on_submit():
        try:
            change_candidate(application, g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            earlier, stored = _earlier(refused), _stored(form, application, refused)
        else:
            db.session.commit()
            flash(_("Saved."), "success")
            return _to(application)
    page = render_template(
        "candidates/edit.html", application=application, form=form, earlier=earlier, stored=stored
    )
    return page, _status(form)


@blueprint.post("/applications/<int:application_id>/status")
@requires(may_edit_application)
def status(application: Application) -> Any:
    """Changing where the application stands."""
    form = StatusForm()
    _offer(form, application)
    if form.validate():
        try:
            change_status(application, by=g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            if isinstance(refused, Stale):
                form.revision.renew(application.revision)
        else:
            db.session.commit()
            flash(_("The status is changed. Tell the candidate, with a reason and a date."), "success")
            return _to(application)
    return _page(application, form), 422


def _page(application: Application, form: StatusForm) -> str:
    person, job = g.person, application.job
    may_read = access.may_read_ratings(person, application)
    may_know_name = access.may_know_name(person, application)
    may_see_list = may_see_candidates(person, job)
    _offer(form, application)
    return render_template(
        "candidates/show.html",
        application=application,
        job=job,
        sheet=application_sheet(
            application,
            person,
            may_read,
            may_see_messages=access.may_read_letters(person, application),
            may_see_others=access.visible_job_ids(person) is None,
        ),
        form=form,
        may_read=may_read,
        may_edit=may_edit_application(person, application),
        may_decide=access.may_decide(person, application),
        may_see_list=may_see_list,
        may_know_name=may_know_name,
        voluntary_url=_voluntary_url(application),
        in_conflict=is_in_conflict(person, application),
        may_erase=access.may_erase(person, application),
        conflicts=len(declared_about(application)) if access.may_read_conflicts(person, application) else 0,
    )


def _voluntary_url(application: Application) -> str:
    """Where the candidate answers voluntary questions; empty if none are asked or the reader leads nothing."""
    if not may_edit_application(g.person, application) or questions_of(application.job) is None:
        return ""
    return url_for("fairness.answers", key=key_of(application), _external=True)


def _offer(form: StatusForm, application: Application) -> None:
    form.offer(
        access.shown_status(g.person, application),
        may_decide=access.may_read_ratings(g.person, application),
    )


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _sort(word: str) -> Sort:
    return Sort(word) if word in list(Sort) else Sort.NAME


def _earlier(refused: Refused) -> Application | None:
    if isinstance(refused, AlreadyApplied) and access.may_know_name(g.person, refused.application):
        return refused.application
    return None


def _stored(form: Any, application: Application, refused: Refused) -> Application | None:
    if not isinstance(refused, Stale):
        return None
    form.revision.renew(application.candidate.revision)
    return application


def _to(application: Application) -> Any:
    return redirect(url_for("candidates.show", application_id=application.id), 303)

"""The page on which questions are dropped from a job's figures, and counted again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import may_drop_questions, requires
from hiring.dropped.document import dropped_sheet
from hiring.dropped.forms import CountForm, DropForm
from hiring.dropped.operations import count_again, drop_question
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Job

blueprint = Blueprint("dropped", __name__)


@blueprint.route("/jobs/<int:job_id>/dropped-questions", methods=["GET", "POST"])
@requires(may_drop_questions)
def index(job: Job) -> Any:
    """What does not count, and a form to drop a question."""
    form = _form(job)
    if form.validate_on_submit():
        try:
            drop_question(job, form.question_id.data, form.reason.data, g.person)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("The question no longer counts, for any candidate."), "success")
            return redirect(url_for("dropped.index", job_id=job.id), 303)
    return _page(job, form, CountForm(formdata=None))


@blueprint.post("/jobs/<int:job_id>/dropped-questions/<int:dropped_id>/count")
@requires(may_drop_questions)
def count(job: Job, dropped_id: int) -> Any:
    """A dropped question counts again."""
    dropped = next((each for each, _words in dropped_sheet(job).dropped if each.id == dropped_id), None)
    if dropped is None:
        abort(404)
    form = CountForm()
    if form.validate_on_submit():
        try:
            count_again(dropped, form.reason.data, g.person)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("The question counts again, for every candidate."), "success")
            return redirect(url_for("dropped.index", job_id=job.id), 303)
    return _page(job, _form(job, is_sent=False), form, dropped_id)


def _form(job: Job, is_sent: bool = True) -> DropForm:
    return DropForm([(each.id, each.words) for each in dropped_sheet(job).counted], is_sent)


def _page(job: Job, form: DropForm, again: CountForm, of: int = 0) -> Any:
    page = render_template(
        "dropped/index.html", job=job, sheet=dropped_sheet(job), form=form, again=again, again_of=of
    )
    return page, 422 if request.method == "POST" else 200

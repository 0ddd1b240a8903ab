"""The page on which each of the team says what a candidate who is just good enough shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from hiring.access import may_edit_job, may_judge_standard, may_read_standard, may_see_standard, requires
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Job
from hiring.standards.document import standard_sheet
from hiring.standards.forms import judgement_form
from hiring.standards.operations import judge
from hiring.standards.queries import judgements_by

blueprint = Blueprint("standards", __name__)


@blueprint.route("/jobs/<int:job_id>/standard", methods=["GET", "POST"])
@requires(may_see_standard)
def show(job: Job) -> Any:
    """One's own judgement, and the team's once one has judged."""
    may_judge = may_judge_standard(g.person, job)
    sheet = standard_sheet(job)
    before = {id_: each.level for id_, each in judgements_by(g.person, job).items()}
    form = judgement_form(sheet.skills, before)
    if may_judge and form.validate_on_submit():
        try:
            judge(job, g.person, form.chosen)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Your judgement is kept."), "success")
            return redirect(url_for("standards.show", job_id=job.id), 303)
    page = render_template(
        "standards/show.html",
        job=job,
        sheet=standard_sheet(job),
        form=form,
        may_judge=may_judge,
        may_read=may_read_standard(g.person, job),
        may_edit=may_edit_job(g.person, job),
        has_judged=bool(before),
    )
    return page, 422 if request.method == "POST" else 200

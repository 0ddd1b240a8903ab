"""The private mirror, the statistics of questions, and how long candidates wait."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for

from hiring.access import (
    is_signed_in,
    job_ids_with_candidates,
    may_see_process,
    may_see_processes,
    may_see_question_statistics,
    may_set_process_standard,
    readable_applications,
    requires,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.interviews.queries import closed_application_ids
from hiring.models import Job
from hiring.quality.forms import StandardForm
from hiring.quality.mirror import mirror_of
from hiring.quality.operations import set_standard
from hiring.quality.process import Standard, advice_of_the_bank, overview, process_of, standard
from hiring.quality.questions import question_sheet
from hiring.wording import reason

blueprint = Blueprint("quality", __name__)


@blueprint.get("/account/mirror")
@requires(is_signed_in)
def mirror() -> str:
    """One's own mirror. The address names nobody, so that nobody opens another's."""
    sheet = mirror_of(g.person, readable_applications(g.person), standard().scorecard_hours)
    return render_template("quality/mirror.html", sheet=sheet, reason=reason)


@blueprint.get("/bank/statistics")
@requires(may_see_question_statistics)
def questions() -> str:
    """How the questions do."""
    sheet = question_sheet(readable_applications(g.person))
    return render_template("quality/questions.html", sheet=sheet, reason=reason)


@blueprint.get("/jobs/<int:job_id>/process")
@requires(may_see_process)
def process(job: Job) -> str:
    """How long the candidates of one job wait."""
    sheet = process_of(job, closed_application_ids(g.person, job.id))
    return render_template(
        "quality/process.html", job=job, sheet=sheet, may_set=may_set_process_standard(g.person)
    )


@blueprint.get("/process")
@requires(may_see_processes)
def processes() -> str:
    """How long candidates wait, job by job and together."""
    sheet = overview(job_ids_with_candidates(g.person), closed_application_ids(g.person))
    return render_template("quality/processes.html", sheet=sheet, may_set=may_set_process_standard(g.person))


@blueprint.route("/process/standard", methods=["GET", "POST"], endpoint="standard")
@requires(may_set_process_standard)
def edit_standard() -> Any:
    """The organisation's own standard."""
    found = standard()
    form, stored = StandardForm(data=asdict(found)), None
    if form.validate_on_submit():
        try:
            set_standard(by=g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, found, refused)
        else:
            db.session.commit()
            flash(_("The standard is saved."), "success")
            return redirect(url_for("quality.processes"), 303)
    page = render_template(
        "quality/standard.html", form=form, stored=stored, found=found, advice=advice_of_the_bank()
    )
    return page, 422 if form.errors else 200


def _stored(form: StandardForm, found: Standard, refused: Refused) -> Standard | None:
    """What somebody else has stored in between; the next save of the form goes over it."""
    if not isinstance(refused, Stale):
        return None
    form.revision.renew(found.revision)
    return found

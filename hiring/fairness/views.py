"""Voluntary questions, and the comparison of selection rates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from hiring.access import (
    jobs_of_own,
    may_compare_selection_rates,
    may_see_selection_rates,
    public,
    requires,
)
from hiring.errors import Refused
from hiring.export.printed import document_response
from hiring.export.usual import usual_choice
from hiring.extensions import db
from hiring.fairness.document import overview, report_of
from hiring.fairness.forms import AnswerForm, QuestionsForm, application_id_of
from hiring.fairness.operations import answer, ask, publish_report, stop_asking
from hiring.fairness.paper import rates_paper
from hiring.fairness.queries import questions_of
from hiring.i18n import _
from hiring.models import Application, Job

blueprint = Blueprint("fairness", __name__)


@blueprint.get("/selection-rates")
@requires(may_compare_selection_rates)
def index() -> str:
    """The jobs whose rates may be compared, and all of them together."""
    return render_template("fairness/index.html", sheet=overview(jobs_of_own(g.person)))


@blueprint.get("/jobs/<int:job_id>/selection-rates")
@requires(may_see_selection_rates)
def show(job: Job) -> str:
    """The selection rates of one job, as they were published last."""
    return _page(job)


@blueprint.get("/jobs/<int:job_id>/selection-rates.pdf")
@requires(may_see_selection_rates)
def pdf(job: Job) -> Response:
    """The same as a document; there is none before the first report."""
    sheet = report_of(job)
    if sheet.published_at is None:
        abort(404)
    return document_response(rates_paper(job, sheet, usual_choice()))


@blueprint.post("/jobs/<int:job_id>/selection-rates")
@requires(may_see_selection_rates)
def publish(job: Job) -> Any:
    """Publishing the figures of today, as far as they may be shown."""
    is_new = publish_report(job, g.person)
    db.session.commit()
    if is_new:
        flash(_("The figures of today are published, as far as groups are large enough."), "success")
    else:
        flash(
            _("The published figures stay: too few people have moved since to show new ones safely."), "info"
        )
    return redirect(url_for("fairness.show", job_id=job.id), 303)


@blueprint.post("/jobs/<int:job_id>/voluntary-questions")
@requires(may_see_selection_rates)
def questions(job: Job) -> Any:
    """Choosing what the job's candidates are asked."""
    form = QuestionsForm()
    try:
        ask(job, g.person, bool(form.asks_sex.data), bool(form.asks_ethnicity.data))
    except Refused as refused:
        form.refuse(refused)
        return _page(job, form), 422
    db.session.commit()
    flash(_("The questions can be asked. Those who lead the job find each candidate's address."), "success")
    return redirect(url_for("fairness.show", job_id=job.id), 303)


@blueprint.post("/jobs/<int:job_id>/voluntary-questions/stop")
@requires(may_see_selection_rates)
def stop(job: Job) -> Any:
    """Asking no more."""
    stop_asking(job, g.person)
    db.session.commit()
    flash(_("Nobody is asked any more. What was answered stays in its store."), "success")
    return redirect(url_for("fairness.show", job_id=job.id), 303)


@blueprint.route("/voluntary/<key>", methods=["GET", "POST"])
@public
def answers(key: str) -> Any:
    """The questions, for a candidate without an account. Earlier answers are never shown."""
    application = db.session.get(Application, application_id_of(key) or 0)
    asked = questions_of(application.job) if application else None
    if application is None or asked is None:
        abort(404)
    form = AnswerForm()
    form.limit_to(asked)
    if form.validate_on_submit():
        answer(application, *form.chosen())
        db.session.commit()
        return redirect(url_for("fairness.thanks"), 303)
    return render_template("fairness/questions.html", form=form, job=application.job)


@blueprint.get("/voluntary/thanks")
@public
def thanks() -> str:
    """After answering."""
    return render_template("fairness/thanks.html")


def _page(job: Job, form: QuestionsForm | None = None) -> str:
    asked = questions_of(job)
    return render_template(
        "fairness/show.html",
        job=job,
        asked=asked,
        form=form or QuestionsForm(obj=asked),
        sheet=report_of(job),
    )

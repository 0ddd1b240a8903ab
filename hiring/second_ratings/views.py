"""Pages of second ratings: asking for them, giving them, and what came of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import (
    blind_application_ids,
    may_open_second_ratings,
    may_read_second_ratings,
    may_second_rate,
    people_to_ask,
    readable_application_ids,
    requires,
)
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import EvidenceReview, Job
from hiring.second_ratings.document import QuestionToRead, Task, lines_of, result_of, task_of
from hiring.second_ratings.forms import OpenForm, typed_levels
from hiring.second_ratings.operations import close_review, open_review, rate_again
from hiring.second_ratings.queries import reviewer_in

blueprint = Blueprint("second_ratings", __name__)
REFUSED = 422


@blueprint.route("/jobs/<int:job_id>/second-ratings", methods=["GET", "POST"])
@requires(may_open_second_ratings)
def index(job: Job) -> Any:
    """The job's second ratings so far, and a form to ask for them."""
    form = OpenForm(people_to_ask(job))
    if form.validate_on_submit():
        try:
            open_review(job, g.person, form.chosen)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("They find the answers on their home page."), "success")
            return redirect(url_for("second_ratings.index", job_id=job.id), 303)
    lines = lines_of(job, readable_application_ids(g.person, job))
    page = render_template("second_ratings/index.html", job=job, lines=lines, form=form)
    return page, REFUSED if form.errors else 200


@blueprint.get("/second-ratings/<int:evidence_review_id>")
@requires(may_second_rate)
def show(evidence_review: EvidenceReview) -> str:
    """The questions whose answers are to be rated."""
    return render_template("second_ratings/show.html", task=_task(evidence_review))


@blueprint.route("/second-ratings/<int:evidence_review_id>/questions/<question_id>", methods=["GET", "POST"])
@requires(may_second_rate)
def question(evidence_review: EvidenceReview, question_id: str) -> Any:
    """The answers to one question, of all candidates, without names."""
    task = _task(evidence_review)
    asked = task.question(question_id)
    if asked is None:
        abort(404)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        given, wrong = typed_levels(request.form, asked.answers)
        rate_again(evidence_review, g.person, given)
        following = task.after(question_id)
        db.session.commit()
        if not wrong:
            flash(_("Saved."), "success")
            return redirect(_after(task, following), 303)
    page = render_template(
        "second_ratings/question.html", task=task, question=asked, wrong=wrong, typed=request.form
    )
    return page, REFUSED if wrong else 200


@blueprint.post("/second-ratings/<int:evidence_review_id>/close")
@requires(may_read_second_ratings)
def close(evidence_review: EvidenceReview) -> Any:
    """Ends the second ratings."""
    close_review(evidence_review, g.person)
    db.session.commit()
    flash(_("The second ratings are closed."), "success")
    return redirect(url_for("second_ratings.index", job_id=evidence_review.job_id), 303)


@blueprint.get("/second-ratings/<int:evidence_review_id>/result")
@requires(may_read_second_ratings)
def result(evidence_review: EvidenceReview) -> str:
    """First and second levels beside each other."""
    job = evidence_review.job
    sheet = result_of(evidence_review, readable_application_ids(g.person, job))
    return render_template("second_ratings/result.html", sheet=sheet, job=job)


def _after(task: Task, following: QuestionToRead | None) -> str:
    if following is None:
        return url_for("second_ratings.show", evidence_review_id=task.review_id)
    return url_for("second_ratings.question", evidence_review_id=task.review_id, question_id=following.id)


def _task(review: EvidenceReview) -> Task:
    seat = reviewer_in(review, g.person)
    if seat is None:
        abort(403)
    return task_of(review, seat, blind_application_ids(g.person, review.job))

"""The panel planner's page, and the coverage board."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template

from hiring.access import may_edit_job, requires
from hiring.interviews.document import plan_choices
from hiring.interviews.queries import closed_application_ids
from hiring.models import Job
from hiring.panels.board import coverage_board
from hiring.panels.document import panel_sheet
from hiring.panels.forms import PanelForm, seats_sent

blueprint = Blueprint("panels", __name__)


@blueprint.route("/jobs/<int:job_id>/panels", methods=["GET", "POST"])
@requires(may_edit_job)
def plan(job: Job) -> Any:
    """Who interviews whom: proposed, changed by hand and checked. Nothing is stored."""
    choices = plan_choices(job)
    form = PanelForm([person for person, _role in choices.team], choices.others, choices.newest_rounds)
    is_right = form.validate() if form.is_submitted() else True
    closed = closed_application_ids(g.person, job.id)
    sheet = panel_sheet(job, seats=seats_sent(), closed=closed, **form.answers) if is_right else None
    page = render_template("panels/plan.html", job=job, form=form, sheet=sheet)
    return page, 200 if is_right else 422


@blueprint.get("/jobs/<int:job_id>/coverage")
@requires(may_edit_job)
def coverage(job: Job) -> Any:
    """Skills, rounds and interviewers at a glance."""
    return render_template("panels/board.html", job=job, board=coverage_board(job))

"""Pages of interviews: planning, showing, changing, cancelling."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for

from hiring.access import (
    may_edit_application,
    may_edit_interview,
    may_rate,
    may_read_ratings,
    may_see_interview,
    may_type_paper,
    requires,
)
from hiring.conflicts.queries import pairs_in_conflict
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.interviews.document import interview_sheet, plan_choices, usual_plan
from hiring.interviews.forms import CancelForm, InterviewForm
from hiring.interviews.operations import cancel_interview, change_interview, mark_held, plan_interview
from hiring.invitations.document import guests_of
from hiring.models import Application, Interview

blueprint = Blueprint("interviews", __name__)


@blueprint.route("/applications/<int:application_id>/interviews/new", methods=["GET", "POST"])
@requires(may_edit_application)
def new(application: Application) -> Any:
    """Plans an interview of one candidate."""
    choices = plan_choices(application.job)
    form = InterviewForm(
        choices,
        seated=request.args.getlist("panel"),
        usual_plan=request.args.get("plan") or usual_plan(application, choices),
    )
    if form.offered.plans and form.validate_on_submit():
        try:
            interview = plan_interview(application, g.person, **form.answers)
            db.session.commit()
        except Refused as refused:
            return _form_page(form, application, refused=refused)
        return _planned(interview, request.args.getlist("then"))
    return _form_page(form, application)


@blueprint.get("/interviews/<int:interview_id>")
@requires(may_see_interview)
def show(interview: Interview) -> Any:
    """When, where, by whom, and who has submitted a scorecard."""
    return _show_page(interview, CancelForm())


@blueprint.route("/interviews/<int:interview_id>/edit", methods=["GET", "POST"])
@requires(may_edit_interview)
def edit(interview: Interview) -> Any:
    """Moves an interview or changes its panel."""
    form = InterviewForm(plan_choices(interview.application.job, interview), interview)
    if form.validate_on_submit():
        try:
            change_interview(interview, g.person, revision=form.revision.data, **form.answers)
            db.session.commit()
        except Refused as refused:
            return _form_page(form, interview.application, interview, refused)
        flash(_("The interview is changed."), "success")
        return redirect(url_for("interviews.show", interview_id=interview.id), 303)
    return _form_page(form, interview.application, interview)


@blueprint.post("/interviews/<int:interview_id>/cancel")
@requires(may_edit_interview)
def cancel(interview: Interview) -> Any:
    """Cancels an interview for a reason."""
    form = CancelForm()
    if not form.validate_on_submit():
        return _show_page(interview, form)
    try:
        cancel_interview(interview, g.person, form.reason.data)
        db.session.commit()
    except Refused as refused:
        return _show_page(interview, form, refused)
    flash(_("The interview is cancelled. Nobody owes a scorecard for it."), "success")
    return redirect(url_for("interviews.show", interview_id=interview.id), 303)


@blueprint.post("/interviews/<int:interview_id>/held")
@requires(may_edit_interview)
def held(interview: Interview) -> Any:
    """Notes that the interview took place."""
    try:
        mark_held(interview, g.person)
        db.session.commit()
    except Refused as refused:
        return _show_page(interview, CancelForm(formdata=None), refused)
    flash(_("The interview was held. Its scorecards are due now."), "success")
    return redirect(url_for("interviews.show", interview_id=interview.id), 303)


def _planned(interview: Interview, then: list[str]) -> Any:
    """On to the interview; or, where a panel plan has more, to the form for the next one, with plan and panel."""
    if not then:
        flash(_("The interview is planned."), "success")
        return redirect(url_for("interviews.show", interview_id=interview.id), 303)
    plan, _colon, people = then[0].partition(":")
    flash(_("The interview is planned. Now the next round."), "success")
    address: dict[str, Any] = {"panel": people.split(","), "plan": plan, "then": then[1:]}
    return redirect(url_for("interviews.new", application_id=interview.application_id, **address), 303)


def _form_page(
    form: InterviewForm,
    application: Application,
    interview: Interview | None = None,
    refused: Refused | None = None,
) -> tuple[str, int]:
    if refused is not None:
        db.session.rollback()
        form.refuse(refused)
    if interview is not None and isinstance(refused, Stale):
        form.revision.renew(interview.revision)
    page = render_template(
        "interviews/edit.html",
        form=form,
        application=application,
        stored=interview_sheet(interview) if interview else None,
        is_stale=isinstance(refused, Stale),
        in_conflict={person_id for _id, person_id in pairs_in_conflict([application])},
    )
    return page, 422 if request.method == "POST" else 200


def _show_page(interview: Interview, form: CancelForm, refused: Refused | None = None) -> tuple[str, int]:
    if refused is not None:
        db.session.rollback()
        form.refuse(refused)
    sheet = interview_sheet(interview)
    page = render_template(
        "interviews/show.html",
        sheet=sheet,
        form=form,
        own_seat=sheet.seat_of(g.person),
        may_rate=may_rate(g.person, interview),
        may_edit=may_edit_interview(g.person, interview),
        guests=guests_of(interview),
        mails=current_app.extensions["hiring_settings"].sends_mail,
        may_read=may_read_ratings(g.person, interview.application),
        paper_seats=_paper_seats(interview),
        ratings_open=interview.application.job.ratings_open,
    )
    return page, 422 if request.method == "POST" else 200


def _paper_seats(interview: Interview) -> dict[int, int]:
    """The seats whose paper the person may type in, by the interviewer's number."""
    others = {seat.person_id: seat for seat in interview.panel if seat.person_id != g.person.id}
    # The rule is the same for each of them, so that one answer serves all.
    allowed = any(may_type_paper(g.person, seat) for seat in list(others.values())[:1])
    return {person_id: seat.id for person_id, seat in others.items()} if allowed else {}

"""Debriefs: opened, led, shared on a screen, and kept as minutes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hiring.access import (
    debatable_application_ids,
    may_lead_debrief,
    may_open_debrief,
    may_see_debrief,
    may_see_debriefs,
    may_write_minutes,
    readable_application_ids,
    requires,
)
from hiring.debriefs.document import Choices, DebriefSheet, choices_for, debrief_sheet, talk_of
from hiring.debriefs.forms import (
    AddendumForm,
    AnswerForm,
    ConsensusForm,
    MinutesForm,
    PointForm,
    number_in,
    ticked_candidates,
)
from hiring.debriefs.operations import (
    SeenMinutes,
    add_addendum,
    add_candidates,
    answer_point,
    close_debrief,
    mark_discussed,
    open_debrief,
    park,
    write_consensus,
    write_minutes,
)
from hiring.debriefs.paper import minutes_paper
from hiring.debriefs.queries import debriefs_of, newest_consensus, point_in
from hiring.errors import Refused, Stale
from hiring.export.printed import document_response
from hiring.export.usual import usual_choice
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Debrief, Job

blueprint = Blueprint("debriefs", __name__)


@blueprint.get("/jobs/<int:job_id>/debriefs")
@requires(may_see_debriefs)
def index(job: Job) -> str:
    """The job's debriefs, and a new one."""
    return _list_page(job)


@blueprint.post("/jobs/<int:job_id>/debriefs")
@requires(may_open_debrief)
def open_new(job: Job) -> Any:
    """Opening a debrief about the ticked candidates."""
    ticked = ticked_candidates(request.form)
    try:
        debrief = open_debrief(job, g.person, ticked & debatable_application_ids(g.person, job))
    except Refused as refused:
        return _list_page(job, refused.sentence, ticked), 422
    db.session.commit()
    flash(_("The debrief is open. Begin with the candidate on whom the panel is furthest apart."), "success")
    return redirect(url_for("debriefs.show", debrief_id=debrief.id), 303)


@blueprint.get("/debriefs/<int:debrief_id>")
@requires(may_see_debrief)
def show(debrief: Debrief) -> str:
    """The debrief as it goes on."""
    return _page(debrief, number_in(request.args.get("candidate")))


@blueprint.get("/debriefs/<int:debrief_id>/live")
@requires(may_see_debrief)
def live(debrief: Debrief) -> Response:
    """The page's body for those who follow; nothing if it is still as in ``since``."""
    if request.args.get("since") == str(debrief.revision):
        return make_response("", 204)
    body = _page(debrief, number_in(request.args.get("candidate")), "debriefs/_body.html")
    answer = make_response(body)
    answer.headers["X-Revision"] = str(debrief.revision)
    return answer


@blueprint.get("/debriefs/<int:debrief_id>/candidates")
@requires(may_lead_debrief)
def candidates(debrief: Debrief) -> str:
    """Who else may be talked about."""
    return _choices_page(debrief)


@blueprint.post("/debriefs/<int:debrief_id>/candidates")
@requires(may_lead_debrief)
def take_in(debrief: Debrief) -> Any:
    """Taking more candidates in."""
    ticked = ticked_candidates(request.form)
    try:
        add_candidates(debrief, g.person, ticked & debatable_application_ids(g.person, debrief.job))
    except Refused as refused:
        return _choices_page(debrief, refused.sentence, ticked), 422
    db.session.commit()
    return _to(debrief, None)


@blueprint.post("/debriefs/<int:debrief_id>/consensus")
@requires(may_lead_debrief)
def consensus(debrief: Debrief) -> Any:
    """Writing down what the panel agreed on about a skill; the next skill without a consensus follows."""
    form = ConsensusForm()
    application_id = _readable(debrief, form.application_id.data)
    skill_id = form.skill_id.data or ""
    try:
        if not form.validate():
            return _page(debrief, application_id, consensus_typed=form), 422
        level, seen = form.chosen_level(), number_in(form.seen_id.data)
        write_consensus(debrief, application_id, skill_id, level, form.reason.data, g.person, seen)
    except Refused as refused:
        form.refuse(refused)
        if isinstance(refused, Stale):
            newest = newest_consensus(debrief, application_id, skill_id)
            form.seen_id.data = str(newest.id) if newest else ""
        return _page(debrief, application_id, consensus_typed=form), 422
    db.session.commit()
    return _to(debrief, application_id, _next_place(debrief, application_id, skill_id))


@blueprint.post("/debriefs/<int:debrief_id>/discussed")
@requires(may_lead_debrief)
def discussed(debrief: Debrief) -> Any:
    """Noting that a candidate was talked about; the next one follows."""
    application_id = _readable(debrief, request.form.get("application_id"))
    again = request.form.get("again") == "yes"
    try:
        mark_discussed(debrief, application_id, g.person, discussed=not again)
    except Refused as refused:
        flash(refused.sentence, "warning")
        return _to(debrief, application_id)
    db.session.commit()
    return _to(debrief, application_id if again else None)


@blueprint.post("/debriefs/<int:debrief_id>/points")
@requires(may_lead_debrief)
def points(debrief: Debrief) -> Any:
    """Parking an open point."""
    form = PointForm()
    application_id = _readable(debrief, form.application_id.data)
    try:
        if not form.validate():
            return _page(debrief, application_id, point_form=form), 422
        park(debrief, application_id, form.text.data, g.person, form.who.data or "", form.until.data)
    except Refused as refused:
        form.refuse(refused)
        return _page(debrief, application_id, point_form=form), 422
    db.session.commit()
    return _to(debrief, application_id, "points")


@blueprint.post("/debriefs/<int:debrief_id>/points/<int(max=2147483647):point_id>/answer")
@requires(may_lead_debrief)
def answer(debrief: Debrief, point_id: int) -> Any:
    """Writing down what came of an open point."""
    point, form = point_in(debrief, point_id), AnswerForm()
    if point is None:
        abort(404)
    application_id = _readable(debrief, point.application_id)
    try:
        if not form.validate():
            return _page(debrief, application_id, answered=(point_id, form)), 422
        answer_point(debrief, point, form.answer.data, g.person)
    except Refused as refused:
        form.refuse(refused)
        return _page(debrief, application_id, answered=(point_id, form)), 422
    db.session.commit()
    return _to(debrief, application_id, "points")


@blueprint.post("/debriefs/<int:debrief_id>/minutes")
@requires(may_write_minutes)
def minutes(debrief: Debrief) -> Any:
    """Writing the free part of the minutes, and closing them."""
    form = MinutesForm()
    application_id = number_in(request.form.get("application_id"))
    try:
        if not form.validate():
            return _page(debrief, application_id, minutes_form=form), 422
        seen = SeenMinutes(form.seen_present.data or "", form.seen_minutes.data or "")
        write_minutes(debrief, g.person, form.present.data or "", form.minutes.data or "", seen)
        if request.form.get("do") == "close":
            close_debrief(debrief, g.person)
    except Refused as refused:
        form.refuse(refused)
        form.see(debrief.present, debrief.minutes)
        return _page(debrief, application_id, minutes_form=form, is_stale=isinstance(refused, Stale)), 422
    db.session.commit()
    flash(_("The minutes are closed.") if debrief.closed_at else _("The minutes are saved."), "success")
    return _to(debrief, application_id)


@blueprint.post("/debriefs/<int:debrief_id>/addenda")
@requires(may_write_minutes)
def addenda(debrief: Debrief) -> Any:
    """Adding to closed minutes."""
    form = AddendumForm()
    try:
        if not form.validate():
            return _page(debrief, None, addendum_form=form), 422
        add_addendum(debrief, form.text.data, g.person)
    except Refused as refused:
        form.refuse(refused)
        return _page(debrief, None, addendum_form=form), 422
    db.session.commit()
    return _to(debrief, None, "the-minutes")


@blueprint.get("/debriefs/<int:debrief_id>.pdf")
@requires(may_see_debrief)
def pdf(debrief: Debrief) -> Response:
    """The minutes as a document."""
    sheet = _sheet(debrief)
    return document_response(minutes_paper(sheet, usual_choice()))


def _readable(debrief: Debrief, application_id: Any) -> int:
    """The application's number, if the person may read about it; nobody writes about what they may not read.

    A candidate can close again while somebody types, as with a reopened scorecard: the refusal shows what was typed.
    """
    number = number_in(application_id)
    if number is None or number not in readable_application_ids(g.person, debrief.job):
        typed = [request.form.get(name, "").strip() for name in ("level", "reason", "text", "answer")]
        abort(make_response(_page(debrief, None, closed_words="\n".join(filter(None, typed))), 403))
    return number


def _sheet(debrief: Debrief) -> DebriefSheet:
    return debrief_sheet(debrief, readable_application_ids(g.person, debrief.job))


def _next_place(debrief: Debrief, application_id: int, skill_id: str) -> str:
    """Where to go on: the next skill without a consensus, or the button that ends this candidate."""
    talked = _sheet(debrief).candidate(application_id)
    following = talked.unsettled_after(skill_id) if talked else None
    return f"skill-{following}" if following else "done"


def _choices(job: Job, debrief: Debrief | None = None) -> Choices:
    debatable, readable = debatable_application_ids(g.person, job), readable_application_ids(g.person, job)
    return choices_for(job, debatable, readable, debrief)


def _list_page(job: Job, refusal: str = "", ticked: set[int] | None = None) -> str:
    may_open = may_open_debrief(g.person, job)
    return render_template(
        "debriefs/index.html",
        job=job,
        debriefs=debriefs_of(job),
        choices=_choices(job) if may_open else None,
        refusal=refusal,
        ticked=ticked,
    )


def _choices_page(debrief: Debrief, refusal: str = "", ticked: set[int] | None = None) -> str:
    return render_template(
        "debriefs/candidates.html",
        debrief=debrief,
        choices=_choices(debrief.job, debrief),
        refusal=refusal,
        ticked=ticked,
    )


def _page(
    debrief: Debrief, application_id: int | None, template: str = "debriefs/show.html", **more: Any
) -> str:
    sheet = _sheet(debrief)
    leads = may_lead_debrief(g.person, debrief)
    shown = {"present": debrief.present, "minutes": debrief.minutes}
    seen = {f"seen_{name}": words for name, words in shown.items()}
    forms = {
        "consensus_typed": ConsensusForm(formdata=None),
        "point_form": PointForm(formdata=None),
        "minutes_form": MinutesForm(formdata=None, data=shown | seen),
        "addendum_form": AddendumForm(formdata=None),
        "answered": (None, AnswerForm(formdata=None)),
        "empty_answer": AnswerForm(formdata=None),
        "is_stale": False,
        "closed_words": None,
    }
    return render_template(
        template,
        sheet=sheet,
        talk=talk_of(sheet, application_id) if sheet.is_open else None,
        asked_for=application_id,
        may_lead=leads,
        may_write_minutes=leads and sheet.shows_notes,
        **(forms | more),
    )


def _to(debrief: Debrief, application_id: int | None, anchor: str | None = None) -> Any:
    address = url_for("debriefs.show", debrief_id=debrief.id, candidate=application_id, _anchor=anchor)
    return redirect(address, 303)

"""Debriefs: opened, led, shared on a screen, and kept as minutes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hiring.access import (
    may_lead_debrief,
    may_open_debrief,
    may_see_debrief,
    readable_application_ids,
    requires,
)
from hiring.debriefs.document import DebriefSheet, debrief_list, debrief_sheet
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
    add_addendum,
    answer_point,
    close_debrief,
    mark_discussed,
    open_debrief,
    park,
    write_consensus,
    write_minutes,
)
from hiring.debriefs.paper import minutes_file, minutes_pdf
from hiring.debriefs.queries import newest_consensus, point_in
from hiring.errors import Refused, Stale
from hiring.export.files import pdf_response
from hiring.export.paper_choice import chosen_paper
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Debrief, Job

blueprint = Blueprint("debriefs", __name__)


@blueprint.get("/jobs/<int:job_id>/debriefs")
@requires(may_open_debrief)
def index(job: Job) -> str:
    """The job's debriefs, and a new one."""
    return _list_page(job)


@blueprint.post("/jobs/<int:job_id>/debriefs")
@requires(may_open_debrief)
def open_new(job: Job) -> Any:
    """Opening a debrief about the ticked candidates."""
    ticked = ticked_candidates(request.form) & readable_application_ids(g.person, job)
    try:
        debrief = open_debrief(job, g.person, ticked)
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
    """The part that others watch change; nothing if it is still as in ``since``."""
    if request.args.get("since") == str(debrief.revision):
        return make_response("", 204)
    wanted = number_in(request.args.get("candidate"))
    sheet = _sheet(debrief)
    page = render_template("debriefs/_live.html", sheet=sheet, chosen=sheet.candidate(wanted))
    answer = make_response(page)
    answer.headers["X-Revision"] = str(debrief.revision)
    return answer


@blueprint.post("/debriefs/<int:debrief_id>/consensus")
@requires(may_lead_debrief)
def consensus(debrief: Debrief) -> Any:
    """Writing down what the panel agreed on about a skill."""
    form = ConsensusForm()
    application_id = _readable(debrief, form.application_id.data)
    skill_id = form.skill_id.data or ""
    try:
        if not form.validate():
            return _page(debrief, application_id, consensus_form_data=form), 422
        level, seen = form.chosen_level(), number_in(form.seen_id.data)
        write_consensus(debrief, application_id, skill_id, level, form.reason.data, g.person, seen)
    except Refused as refused:
        form.refuse(refused)
        if isinstance(refused, Stale):
            newest = newest_consensus(debrief, application_id, skill_id)
            form.seen_id.data = str(newest.id) if newest else ""
        return _page(debrief, application_id, consensus_form_data=form), 422
    db.session.commit()
    return _to(debrief, application_id, f"skill-{skill_id}")


@blueprint.post("/debriefs/<int:debrief_id>/discussed")
@requires(may_lead_debrief)
def discussed(debrief: Debrief) -> Any:
    """Noting that a candidate was talked about; the next one follows."""
    application_id = _readable(debrief, request.form.get("application_id"))
    again = request.form.get("again") == "yes"
    mark_discussed(debrief, application_id, g.person, discussed=not again)
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


@blueprint.post("/debriefs/<int:debrief_id>/points/<int:point_id>/answer")
@requires(may_lead_debrief)
def answer(debrief: Debrief, point_id: int) -> Any:
    """Writing down what came of an open point."""
    point, form = point_in(debrief, point_id), AnswerForm()
    if point is None:
        abort(404)
    application_id = _readable(debrief, point.application_id)
    if not form.validate():
        return _page(debrief, application_id, answered=(point_id, form)), 422
    answer_point(debrief, point, form.answer.data, g.person)
    db.session.commit()
    return _to(debrief, application_id, "points")


@blueprint.post("/debriefs/<int:debrief_id>/minutes")
@requires(may_lead_debrief)
def minutes(debrief: Debrief) -> Any:
    """Writing the free part of the minutes, and closing them."""
    form = MinutesForm()
    try:
        if not form.validate():
            return _page(debrief, None, minutes_form=form), 422
        write_minutes(debrief, g.person, form.present.data or "", form.minutes.data or "", form.seen.data)
        if request.form.get("do") == "close":
            close_debrief(debrief, g.person)
    except Refused as refused:
        form.refuse(refused)
        stored = debrief.minutes if isinstance(refused, Stale) else None
        form.seen.data = debrief.minutes
        return _page(debrief, None, minutes_form=form, stored=stored), 422
    db.session.commit()
    flash(_("The minutes are closed.") if debrief.closed_at else _("The minutes are saved."), "success")
    return _to(debrief, number_in(request.form.get("application_id")))


@blueprint.post("/debriefs/<int:debrief_id>/addenda")
@requires(may_lead_debrief)
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
    return _to(debrief, None, "minutes")


@blueprint.get("/debriefs/<int:debrief_id>.pdf")
@requires(may_see_debrief)
def pdf(debrief: Debrief) -> Response:
    """The minutes as a document."""
    sheet = _sheet(debrief)
    return pdf_response(minutes_pdf(sheet, g.person.name, chosen_paper()), minutes_file(sheet))


def _readable(debrief: Debrief, application_id: Any) -> int:
    """The application's number, if the person may read about it; nobody writes about what they may not read."""
    number = number_in(application_id)
    if number is None or number not in readable_application_ids(g.person, debrief.job):
        abort(403)
    return number


def _sheet(debrief: Debrief) -> DebriefSheet:
    return debrief_sheet(debrief, readable_application_ids(g.person, debrief.job))


def _list_page(job: Job, refusal: str = "", ticked: set[int] | None = None) -> str:
    sheet = debrief_list(job, readable_application_ids(g.person, job))
    return render_template("debriefs/index.html", job=job, sheet=sheet, refusal=refusal, ticked=ticked)


def _page(debrief: Debrief, application_id: int | None, **more: Any) -> str:
    sheet = _sheet(debrief)
    chosen = sheet.candidate(application_id)
    shown = {"seen": debrief.minutes, "present": debrief.present, "minutes": debrief.minutes}
    forms = {
        "consensus_form_data": ConsensusForm(formdata=None),
        "point_form": PointForm(formdata=None),
        "minutes_form": MinutesForm(formdata=None, data=shown),
        "addendum_form": AddendumForm(formdata=None),
        "answered": (None, AnswerForm(formdata=None)),
        "stored": None,
    }
    return render_template(
        "debriefs/show.html",
        sheet=sheet,
        chosen=chosen,
        may_lead=may_lead_debrief(g.person, debrief),
        empty_answer=AnswerForm(formdata=None),
        **(forms | more),
    )


def _to(debrief: Debrief, application_id: int | None, anchor: str | None = None) -> Any:
    address = url_for("debriefs.show", debrief_id=debrief.id, candidate=application_id, _anchor=anchor)
    return redirect(address, 303)

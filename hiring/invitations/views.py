"""The calendar file of an interview, and its invitations by mail."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, url_for

from hiring.access import may_edit_interview, may_see_interview, requires
from hiring.errors import SetupProblem
from hiring.extensions import db
from hiring.i18n import _, listed
from hiring.invitations.calendar import calendar_file
from hiring.invitations.document import guests_of
from hiring.invitations.post import tell
from hiring.mail import NotSent
from hiring.models import Interview
from hiring.settings import Settings

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/interviews/<int:interview_id>/calendar.ics")
@requires(may_see_interview)
def calendar(interview: Interview) -> Response:
    """The interview for one's own calendar."""
    answer = Response(calendar_file(interview, _settings()), mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=f"interview-{interview.id}.ics")
    return answer


@blueprint.post("/interviews/<int:interview_id>/invite")
@requires(may_edit_interview)
def invite(interview: Interview) -> Any:
    """Tells everybody what they do not know yet; who cannot be reached is named, the others are told."""
    told, failed = [], []
    for guest in guests_of(interview):
        if guest.news is None:
            continue
        try:
            tell(interview, guest, guest.news, g.person, _settings())
            told.append(guest.person.name)
        except (NotSent, SetupProblem) as problem:
            failed.append(f"{guest.person.name}: {problem}")
        db.session.commit()  # One after the other: what was sent stays noted, whatever comes next.
    if told:
        flash(_("Mail is on its way to %(names)s.", names=listed(told)), "success")
    for sentence in failed:
        flash(sentence, "error")
    if not told and not failed:
        flash(_("Everybody knows how this interview stands."), "info")
    return redirect(url_for("interviews.show", interview_id=interview.id, _anchor="invitations"), 303)


def _settings() -> Settings:
    found: Settings = current_app.extensions["hiring_settings"]
    return found

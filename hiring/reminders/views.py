"""Pages of what is owed: who owes a scorecard, reminding them, and the rule for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for

from hiring.access import (
    editable_job_ids,
    leads_anywhere,
    may_remind,
    may_set_reminders,
    requires,
)
from hiring.errors import Refused, SetupProblem, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.mail import NotSent, letter, send
from hiring.models import Panelist, Reminder
from hiring.reminders.document import Rule, current_rule, owed_sheet
from hiring.reminders.forms import RuleForm
from hiring.reminders.operations import claim, set_rule
from hiring.reminders.post import deliver
from hiring.settings import Settings

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/owed")
@requires(leads_anywhere)
def index() -> str:
    """Who owes a scorecard in the jobs that one leads."""
    sheet = owed_sheet(editable_job_ids(g.person), _settings().sends_mail)
    return render_template("reminders/index.html", sheet=sheet, may_set=may_set_reminders(g.person))


@blueprint.post("/panelists/<int:panelist_id>/remind")
@requires(may_remind)
def remind(panelist: Panelist) -> Any:
    """Reminds one interviewer now."""
    try:
        reminder = claim(panelist, g.person)
        db.session.commit()
        _deliver(reminder)
    except (Refused, SetupProblem) as refused:
        db.session.rollback()
        flash(str(refused), "error")
    else:
        flash(_("%(name)s is reminded.", name=panelist.person.name), "success")
    return redirect(url_for("reminders.index"), 303)


@blueprint.route("/organisation/reminders", methods=["GET", "POST"])
@requires(may_set_reminders)
def rule() -> Any:
    """The organisation's rule."""
    found = current_rule()
    form, stored = RuleForm(data=asdict(found)), None
    if form.validate_on_submit():
        try:
            set_rule(g.person, Rule(**form.answers), form.revision.data)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, found, refused)
        else:
            db.session.commit()
            flash(_("The rule for reminders is saved."), "success")
            return redirect(url_for("reminders.rule"), 303)
    page = render_template("reminders/rule.html", form=form, stored=stored, settings=_settings())
    return page, 422 if form.errors else 200


@blueprint.post("/organisation/reminders/test")
@requires(may_set_reminders)
def test_mail() -> Any:
    """Sends a message to oneself, to see that mail arrives."""
    words = _("Mail from the hiring toolkit arrives. Reminders will come from this address.")
    try:
        send(_settings(), letter(_settings(), g.person.name, g.person.email, _("A test message"), words))
    except (NotSent, SetupProblem) as problem:
        flash(str(problem), "error")
    else:
        flash(_("A message was sent to %(address)s.", address=g.person.email), "success")
    return redirect(url_for("reminders.rule"), 303)


def _deliver(reminder: Reminder) -> None:
    try:
        deliver(reminder, _settings())
    finally:
        db.session.commit()  # What became of it stays, also when it was not taken.


def _stored(form: RuleForm, found: Rule, refused: Refused) -> Rule | None:
    if not isinstance(refused, Stale):
        return None
    form.revision.renew(found.revision)
    return found


def _settings() -> Settings:
    found: Settings = current_app.extensions["hiring_settings"]
    return found

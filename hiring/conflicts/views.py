"""The page on which conflicts of interest about a candidate are declared and taken back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import (
    may_declare_conflict,
    may_declare_for_others,
    may_read_conflicts,
    may_see_application,
    may_withdraw_conflict,
    requires,
)
from hiring.candidates.naming import name_of
from hiring.conflicts.forms import ConflictForm, WithdrawForm
from hiring.conflicts.operations import declare, withdraw
from hiring.conflicts.queries import declared_about, declared_between, people_with_accounts
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Application, ConflictOfInterest, Interview

blueprint = Blueprint("conflicts", __name__)


@blueprint.route("/applications/<int:application_id>/conflicts", methods=["GET", "POST"])
@requires(may_declare_conflict)
def index(application: Application) -> Any:
    """What was declared, and a form to declare something."""
    for_others = may_declare_for_others(g.person, application)
    form = ConflictForm(people_with_accounts() if for_others else [g.person], g.person)
    if form.validate_on_submit():
        try:
            left = declare(application, by=g.person, **form.answers)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            return _declared(application, form.answers["person"].name, left)
    return _page(application, form, WithdrawForm(formdata=None))


@blueprint.post("/applications/<int:application_id>/conflicts/<int:conflict_id>/withdraw")
@requires(may_withdraw_conflict)
def take_back(application: Application, conflict: ConflictOfInterest) -> Any:
    """A declaration that was a mistake."""
    if conflict.candidate_id != application.candidate_id:
        abort(404)
    form = WithdrawForm()
    if not form.validate_on_submit():
        people = people_with_accounts() if may_declare_for_others(g.person, application) else [g.person]
        return _page(application, ConflictForm(people, g.person, is_sent=False), form, conflict.id)
    withdraw(conflict, g.person, form.reason.data, application)
    db.session.commit()
    flash(_("The declaration is taken back. The record keeps both."), "success")
    return redirect(url_for("conflicts.index", application_id=application.id), 303)


def _declared(application: Application, name: str, left: list[Interview]) -> Any:
    words = _("It is declared. %(name)s has nothing more to do with this candidate.", name=name)
    if left:
        words = f"{words} " + _("Panels that %(name)s has left need somebody else.", name=name)
    flash(words, "success")
    if not may_see_application(g.person, application):
        return redirect(url_for("home.show"), 303)
    return redirect(url_for("conflicts.index", application_id=application.id), 303)


def _page(application: Application, form: ConflictForm, taken_back: WithdrawForm, of: int = 0) -> Any:
    may_read = may_read_conflicts(g.person, application)
    own = declared_between(g.person, application)
    declared = declared_about(application) if may_read else [own] if own else []
    page = render_template(
        "conflicts/index.html",
        application=application,
        name=name_of(application),
        form=form,
        declared=declared,
        may_read=may_read,
        withdrawable={each.id for each in declared if may_withdraw_conflict(g.person, application, each)},
        taken_back=taken_back,
        taken_back_of=of,
    )
    return page, 422 if request.method == "POST" else 200

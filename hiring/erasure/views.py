"""The page on which a candidate is erased, or the record held."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from hiring.access import may_erase, requires
from hiring.candidates.naming import name_of
from hiring.erasure import operations
from hiring.erasure.cleaning import clean_files
from hiring.erasure.forms import EraseForm, HoldForm
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Application

blueprint = Blueprint("erasure", __name__)


@blueprint.route("/applications/<int:application_id>/erase", methods=["GET", "POST"])
@requires(may_erase)
def index(application: Application) -> Any:
    """What goes, what stays, and a box to tick."""
    form = EraseForm()
    if form.validate_on_submit():
        try:
            operations.erase(application.candidate, g.person)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            application_id = application.id
            clean_files()
            flash(_("The candidate is erased. Levels and times stay without a name."), "success")
            return redirect(url_for("erasure.index", application_id=application_id), 303)
    return _page(application, form, HoldForm(formdata=None))


@blueprint.post("/applications/<int:application_id>/hold")
@requires(may_erase)
def hold(application: Application) -> Any:
    """Holds the record, or lifts the hold, each with a reason."""
    form, is_lifted = HoldForm(), request.form.get("lift") == "yes"
    if form.validate_on_submit():
        change = operations.lift_hold if is_lifted else operations.hold
        try:
            change(application.candidate, form.reason.data, g.person)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(
                _("The hold is lifted. Somebody else may erase the record.")
                if is_lifted
                else _("The record is on hold."),
                "success",
            )
            return redirect(url_for("erasure.index", application_id=application.id), 303)
    return _page(application, EraseForm(formdata=None), form)


def _page(application: Application, form: EraseForm, holding: HoldForm) -> Any:
    page = render_template(
        "erasure/index.html",
        application=application,
        candidate=application.candidate,
        name=name_of(application),
        form=form,
        holding=holding,
    )
    return page, 422 if request.method == "POST" else 200

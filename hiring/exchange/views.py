"""The bank out to files, and in from them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import is_signed_in, may_write_bank, requires
from hiring.bank.queries import skills
from hiring.errors import Refused
from hiring.exchange.formats import WRITERS
from hiring.exchange.forms import ImportForm
from hiring.exchange.operations import Plan, carry_out, items_of, plan_import
from hiring.extensions import db
from hiring.i18n import _, language_name, ngettext
from question_bank import SOURCE_LANGUAGE, languages

KINDS = {
    "json": "application/json",
    "yaml": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

blueprint = Blueprint("exchange", __name__)


@blueprint.get("/bank/export")
@requires(is_signed_in)
def export() -> Response:
    """The bank, or what is one's own in it, as a file."""
    form, language = request.args.get("format", ""), request.args.get("language", SOURCE_LANGUAGE)
    if form not in WRITERS or language not in languages():
        abort(404)
    own, chosen = request.args.get("own") == "yes", request.args.getlist("skill")
    if not {each.id for each in skills()} >= set(chosen):
        abort(404)
    content = WRITERS[form](items_of(language, chosen, own))
    name = f"{'own' if own else 'bank'}-{language}.{form}"
    return Response(
        content, mimetype=KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.route("/bank/exchange", methods=["GET", "POST"])
@requires(may_write_bank)
def show() -> Any:
    """Downloads, and a file to check or to take in."""
    form, plan = ImportForm(), None
    if form.validate_on_submit():
        plan = plan_import(form.file.data.filename or "", form.file.data.read())
        if not plan.flaws and not form.only_check.data:
            try:
                reason = form.reason.data or _("Imported from a file.")
                carry_out(plan, g.person, reason, form.override_reason.data or "")
            except Refused as refused:
                form.refuse(refused)
            else:
                db.session.commit()
                flash(
                    ngettext(
                        "One entry was taken in as a draft.",
                        "%(num)s entries were taken in as drafts.",
                        len(plan.new) + len(plan.changed),
                    ),
                    "success",
                )
                return redirect(url_for("authoring.index"), 303)
    is_kept_out = plan and (plan.flaws or (plan.off_limits and not form.override_reason.data))
    return _page(form, plan), 422 if form.errors or is_kept_out else 200


def _page(form: ImportForm, plan: Plan | None) -> str:
    named = [(each, language_name(each)) for each in languages()]
    return render_template(
        "exchange/show.html",
        form=form,
        plan=plan,
        languages=named,
        kinds=list(WRITERS),
        skills=[(each.id, each.name) for each in skills()],
    )

"""People and their roles, the organisation, one's own account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from hiring.access import is_signed_in, may_edit_organisation, may_edit_person, may_manage_people, requires
from hiring.accounts.document import people_sheet
from hiring.accounts.forms import ChangePersonForm, OrganisationForm, PersonForm
from hiring.accounts.operations import (
    add_person,
    change_person,
    found_organisation,
    new_password,
    set_password,
)
from hiring.accounts.queries import is_last_administrator, organisation
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Paper, Person

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/people")
@requires(may_manage_people)
def people() -> ResponseReturnValue:
    """Everybody with an account."""
    return render_template("accounts/people.html", people=people_sheet())


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(may_manage_people)
def new_person() -> ResponseReturnValue:
    """A new account; its password is shown once, on the answer to the form."""
    form = PersonForm()
    if form.validate_on_submit():
        password = new_password()
        try:
            added = add_person(**_answers(form), password=password, by=g.person)
        except Refused as refusal:
            return _refused(form, refusal, "accounts/new_person.html")
        db.session.commit()
        return render_template("accounts/password.html", person=added, password=password, is_new=True)
    return render_template("accounts/new_person.html", form=form), _status(form)


@blueprint.route("/people/<int:person_id>", methods=["GET", "POST"])
@requires(may_edit_person)
def edit_person(person: Person) -> ResponseReturnValue:
    """Name, roles, and whether somebody may sign in."""
    form = ChangePersonForm(obj=person, data=_roles_of(person))
    about = {
        "person": person,
        "is_oneself": person is g.person,
        "is_last_administrator": is_last_administrator(person),
    }
    if form.validate_on_submit():
        try:
            change_person(person, **_answers(form), by=g.person)
        except Refused as refusal:
            return _refused(form, refusal, "accounts/edit_person.html", **about)
        db.session.commit()
        flash(_("%(name)s is saved.", name=person.name), "success")
        return redirect(url_for("accounts.people"), 303)
    return render_template("accounts/edit_person.html", form=form, **about), _status(form)


@blueprint.post("/people/<int:person_id>/password")
@requires(may_edit_person)
def renew_password(person: Person) -> ResponseReturnValue:
    """A new password for somebody who has lost theirs, shown once."""
    password = new_password()
    set_password(person, password, by=g.person)
    db.session.commit()
    return render_template("accounts/password.html", person=person, password=password, is_new=False)


@blueprint.route("/organisation", methods=["GET", "POST"], endpoint="organisation")
@requires(may_edit_organisation)
def edit_organisation() -> ResponseReturnValue:
    """The organisation's name and paper."""
    stored = organisation()
    form = OrganisationForm(obj=stored)
    if form.validate_on_submit():
        try:
            found_organisation(**_answers(form), by=g.person)
        except Refused as refusal:
            return _refused(form, refusal, "accounts/organisation.html", stored=stored)
        db.session.commit()
        flash(_("The organisation is saved."), "success")
        return redirect(url_for("accounts.organisation"), 303)
    return render_template("accounts/organisation.html", form=form, stored=stored), _status(form)


@blueprint.get("/account")
@requires(is_signed_in)
def show() -> ResponseReturnValue:
    """One's own account."""
    return render_template(
        "accounts/show.html", person=g.person, may_manage_people=may_manage_people(g.person)
    )


def _answers(form: FlaskForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


def _roles_of(person: Person) -> dict[str, list[str]]:
    return {"roles": [str(name) for name in person.role_names]}


def _refused(form: FlaskForm, refusal: Refused, template: str, **about: Any) -> ResponseReturnValue:
    db.session.rollback()
    if refusal.field in form:
        form[refusal.field].errors = [refusal.sentence]
    else:
        form.form_errors.append(refusal.sentence)
    is_stale = isinstance(refusal, Stale)
    return render_template(template, form=form, is_stale=is_stale, **about), 409 if is_stale else 422


def _status(form: FlaskForm) -> int:
    return 422 if form.errors else 200

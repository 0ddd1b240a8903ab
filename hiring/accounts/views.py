"""People and their roles, the organisation, one's own account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for

from hiring.access import is_signed_in, may_edit_organisation, may_edit_person, may_manage_people, requires
from hiring.accounts.attempts import note_failure
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
from hiring.forms import UNREADABLE
from hiring.i18n import _
from hiring.models import Person

blueprint = Blueprint("accounts", __name__)


@blueprint.after_app_request
def keep_failed_sign_in(response: Response) -> Response:
    """A wrong password counts, although the page that tells of it changes nothing else."""
    keys = g.pop("failed_keys", None)
    if keys:
        db.session.rollback()
        note_failure(keys)
        db.session.commit()
    return response


@blueprint.get("/people")
@requires(may_manage_people)
def people() -> Any:
    """Everybody with an account."""
    return render_template("accounts/people.html", people=people_sheet())


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(may_manage_people)
def new_person() -> Any:
    """A new account; its password is shown once, in the answer to the form."""
    form = PersonForm()
    if form.validate_on_submit():
        password = new_password()
        try:
            person = add_person(password=password, by=g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            return _password_page(person, password, is_new=True)
    return render_template("accounts/new_person.html", form=form), _status(form)


@blueprint.route("/people/<int:person_id>", methods=["GET", "POST"])
@requires(may_edit_person)
def edit_person(person: Person) -> Any:
    """Name, roles, and whether somebody may sign in."""
    form = ChangePersonForm(data=_as_typed(person))
    stored = None
    if form.validate_on_submit():
        try:
            change_person(person, by=g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, person, refused)
        else:
            db.session.commit()
            flash(_("%(name)s is saved.", name=person.name), "success")
            return redirect(url_for("accounts.people"), 303)
    page = render_template(
        "accounts/edit_person.html",
        form=form,
        person=person,
        stored=stored,
        is_oneself=person.id == g.person.id,
        is_last_administrator=is_last_administrator(person),
    )
    return page, _status(form)


@blueprint.post("/people/<int:person_id>/password")
@requires(may_edit_person)
def renew_password(person: Person) -> Any:
    """A new password for somebody who has lost theirs, shown once."""
    password = new_password()
    set_password(person, password, by=g.person)
    db.session.commit()
    return _password_page(person, password, is_new=False)


@blueprint.route("/organisation", methods=["GET", "POST"], endpoint="organisation")
@requires(may_edit_organisation)
def edit_organisation() -> Any:
    """The organisation's name and paper."""
    found = organisation()
    form = OrganisationForm(obj=found, data={"revision": UNREADABLE})
    stored = None
    if form.validate_on_submit():
        try:
            found_organisation(by=g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            stored = _stored(form, found, refused)
        else:
            db.session.commit()
            flash(_("The organisation is saved."), "success")
            return redirect(url_for("accounts.organisation"), 303)
    return render_template("accounts/organisation.html", form=form, stored=stored), _status(form)


@blueprint.get("/account")
@requires(is_signed_in)
def show() -> Any:
    """One's own account."""
    return render_template("accounts/show.html", person=g.person)


def _password_page(person: Person, password: str, is_new: bool) -> str:
    return render_template("accounts/password.html", person=person, password=password, is_new=is_new)


def _as_typed(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "roles": person.role_names,
        "active": person.active,
        "revision": person.revision,
    }


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _stored(form: Any, thing: Any, refused: Refused) -> Any:
    """What somebody else has stored in between; the next save of the form goes over it."""
    if not isinstance(refused, Stale):
        return None
    form.revision.renew(thing.revision)
    return thing

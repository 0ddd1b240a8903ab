"""What may be typed about people and the organisation, and to sign in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, request
from flask_security import current_user
from flask_security.forms import (
    ChangePasswordForm,
    EmailValidation,
    LoginForm,
    VerifyForm,
    email_required,
)
from flask_security.utils import get_message
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.accounts.attempts import forget_account, keys_of, minutes_to_wait
from hiring.accounts.operations import LONGEST_EMAIL, LONGEST_NAME
from hiring.forms import TOO_LONG, Form, RevisionField, line, tidy
from hiring.i18n import gettext, ngettext
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import Paper, RoleName
from hiring.passwords import SHORTEST


def _roles() -> SelectMultipleField:
    return SelectMultipleField(
        _("Roles"),
        [InputRequired(_("Choose at least one role."))],
        choices=lambda: choices(RoleName),
        validate_choice=False,  # The operation names the role that does not exist.
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class PersonForm(Form):
    """A new account."""

    name = line(_("Name"), LONGEST_NAME, _("Write a name."), _("As colleagues know them."))
    email = EmailField(
        _("E-mail address"),
        [DataRequired(_("Write an e-mail address.")), Length(max=LONGEST_EMAIL, message=TOO_LONG)],
        filters=[tidy],
        description=_("They sign in with it."),
    )
    roles = _roles()


class ChangePersonForm(Form):
    """Somebody's name and roles, and whether they may sign in."""

    name = line(_("Name"), LONGEST_NAME, _("Write a name."), _("As colleagues know them."))
    roles = _roles()
    active = BooleanField(
        _("May sign in"), description=_("Take this away when somebody leaves. What they wrote stays.")
    )
    revision = RevisionField()


class OrganisationForm(Form):
    """The name on documents and messages, and the paper they are printed on."""

    name = line(
        _("Name of the organisation"),
        LONGEST_NAME,
        _("Write the name of the organisation."),
        _("It stands on documents and in messages to candidates."),
    )
    paper = SelectField(
        _("Paper"), choices=lambda: choices(Paper), description=_("The size that documents are made for.")
    )
    revision = RevisionField()


class SignInForm(LoginForm):
    """An unknown address and a wrong password get the same answer."""

    email = EmailField(_("E-mail address"), [email_required, EmailValidation(verify=False)], filters=[tidy])
    remember = None  # Other people's answers to interview questions do not belong on a shared computer.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = gettext("Password")
        self.submit.label.text = gettext("Sign in")

    def validate_next(self, field: Any) -> None:
        """Another host's address is ignored by Flask-Security; it is no mistake of the person's."""

    def validate(self, **kwargs: Any) -> bool:
        keys = _attempt(self.email.data or "")
        if _is_closed(self, keys):
            return False
        if super().validate(**kwargs):
            forget_account(keys)
            return True
        if self.ifield is not None and not self.user_authenticated:
            _keep_failure(keys)
        if self.ifield is not None:  # An account was looked for.
            key = "DISABLED_ACCOUNT" if self.user_authenticated else "GENERIC_AUTHN_FAILED"
            self.email.errors, self.password.errors = [], []
            self.form_errors = [get_message(key)[0]]
        return False


class NewPasswordForm(ChangePasswordForm):
    """One's own new password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = gettext("Present password")
        self.new_password.label.text = gettext("New password")
        self.new_password.description = gettext(
            "At least %(shortest)s characters. Several words in a row are easy to keep.", shortest=SHORTEST
        )
        self.new_password_confirm.label.text = gettext("New password again")
        self.submit.label.text = gettext("Change the password")


class ConfirmForm(VerifyForm):
    """The password once more before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = gettext("Password")
        self.submit.label.text = gettext("Continue")

    def validate_next(self, field: Any) -> None:
        """Another host's address is ignored by Flask-Security."""

    def validate(self, **kwargs: Any) -> bool:
        keys = _attempt(current_user.email)
        if _is_closed(self, keys):
            return False
        if super().validate(**kwargs):
            return True
        if self.password.data:
            _keep_failure(keys)
        return False


def _attempt(email: str) -> dict[str, int]:
    return keys_of(email, request.remote_addr, str(current_app.secret_key))


def _is_closed(form: FlaskForm, keys: Mapping[str, int]) -> bool:
    """Whether one has to wait; the form says for how long."""
    minutes = minutes_to_wait(keys)
    if minutes:
        form.form_errors = [
            ngettext(
                "Too many attempts with a wrong password. Try again in one minute.",
                "Too many attempts with a wrong password. Try again in %(num)s minutes.",
                minutes,
            )
        ]
    return bool(minutes)


def _keep_failure(keys: Mapping[str, int]) -> None:
    g.failed_keys = keys  # ``views`` keeps it, because what a refused page has done is not kept.

"""Signing in, by Flask-Security with our own pages, words and rules for passwords."""

from __future__ import annotations

from typing import Any

import email_validator
from flask import Flask, g, render_template
from flask_security import PasswordUtil, current_user, password_changed, user_authenticated
from flask_wtf import FlaskForm

from hiring.accounts.forms import ConfirmForm, NewPasswordForm, SignInForm
from hiring.accounts.operations import note_sign_in
from hiring.audit import record
from hiring.extensions import people_store, security
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.models import Person

SHORTEST_PASSWORD = 10
FEWEST_DIFFERENT_CHARACTERS = 5

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # Argon2 salts by itself; a second key could only be lost.
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_VERIFY_URL": "/sign-in/again",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_POST_VERIFY_VIEW": "/account",
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # Nothing goes out to the network.
    "SECURITY_CSRF_COOKIE_NAME": None,
}

MESSAGES = {
    "GENERIC_AUTHN_FAILED": (_("The e-mail address or the password is not right."), "error"),
    "DISABLED_ACCOUNT": (_("Your account is switched off. Ask an administrator to switch it on."), "error"),
    "EMAIL_NOT_PROVIDED": (_("Write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (_("Write a whole e-mail address, such as rosa@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": (_("Write a password."), "error"),
    "INVALID_PASSWORD": (_("This is not your present password."), "error"),
    "INVALID_INPUT": (_("Write plain text here."), "error"),
    "PASSWORD_INVALID_LENGTH": (_("Choose a password of at least %(length)s characters."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_("The two new passwords differ. Write the same one twice."), "error"),
    "PASSWORD_IS_THE_SAME": (_("Choose a password that differs from your present one."), "error"),
    "PASSWORD_CHANGE": (_("Your password is changed."), "success"),
    "UNAUTHENTICATED": (_("Sign in to open this page."), "info"),
    "LOGIN": (_("Sign in to open this page."), "info"),
    "REFRESH": (_("Write your password once more to open this page."), "info"),
    "REAUTHENTICATION_REQUIRED": (_("Write your password once more to open this page."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you."), "success"),
}

# The commonest passwords that are long enough; guessing begins with them.
COMMONEST = """
    1234567890 0123456789 0987654321 9876543210 12345678910 123456789a qwertyuiop qwerty1234 qwerty12345
    1q2w3e4r5t q1w2e3r4t5 1qaz2wsx3edc asdfghjkl1 zxcvbnm123 abcdefghij abcd123456 password12 password123
    password1234 password12345 passw0rd123 p@ssword123 p@ssw0rd123 welcome123 welcome1234 letmein123
    changeme123 iloveyou123 administrator football123 interview123 interviewer
"""


class Passwords(PasswordUtil):
    """Refuses the passwords that others try first, at every door alike."""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        problems, normalised = super().validate(password, is_register, **about)
        return problems or _guessable(normalised.casefold(), about.get("user")), normalised


def init_app(app: Flask) -> None:
    """Connects Flask-Security and makes the signed-in person ``g.person``."""
    for name, value in CONFIG.items():
        app.config.setdefault(name, value)
    for name, message in MESSAGES.items():
        app.config.setdefault(f"SECURITY_MSG_{name}", message)
    _admit_local_networks()
    security.init_app(
        app,
        people_store,
        login_form=SignInForm,
        change_password_form=NewPasswordForm,
        verify_form=ConfirmForm,
        password_util_cls=Passwords,
        render_template=_render,
    )
    app.before_request(_remember_person)
    user_authenticated.connect(_note_sign_in, app)
    password_changed.connect(_record_change, app)


def _admit_local_networks() -> None:
    # Organisations have mail servers of their own below .local, where nothing outside can reach them.
    if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


def _guessable(password: str, person: Person | None) -> list[str] | None:
    if password in COMMONEST.split():
        return [gettext("This password is among the first that others try. Choose another one.")]
    if len(set(password)) < FEWEST_DIFFERENT_CHARACTERS:
        return [gettext("Choose a password with more different characters.")]
    if person is not None and password in (person.email.casefold(), person.name.casefold()):
        return [gettext("Choose a password other than a name or an e-mail address.")]
    return None


def _render(template: str, **context: Any) -> str | tuple[str, int]:
    page = render_template(template, **context)
    is_refused = any(isinstance(thing, FlaskForm) and thing.errors for thing in context.values())
    return (page, 422) if is_refused else page


def _remember_person() -> None:
    g.person = current_user._get_current_object() if current_user.is_authenticated else None


def _note_sign_in(app: Flask, user: Person, **how: Any) -> None:
    note_sign_in(user)


def _record_change(app: Flask, user: Person, **how: Any) -> None:
    record("change_password", user, by=user, name=user.name)

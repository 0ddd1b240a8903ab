"""Signing in, by Flask-Security with our own pages and words."""

from __future__ import annotations

from typing import Any

import email_validator
from flask import Flask, Request, g, render_template
from flask_security import current_user, password_changed, user_authenticated
from flask_wtf import FlaskForm

from hiring.accounts.forms import ConfirmForm, NewPasswordForm, SignInForm
from hiring.accounts.operations import note_sign_in
from hiring.audit import record
from hiring.candidates.naming import read_as
from hiring.extensions import people_store, security
from hiring.i18n import lazy_gettext as _
from hiring.models import Person
from hiring.passwords import SHORTEST

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # Argon2 salts by itself; a second key could only be lost.
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
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
    "SECURITY_CACHE_CONTROL": None,  # pages.py says for every page that it is not to be kept.
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
        render_template=_render,
    )
    app.login_manager.request_loader(_nobody)  # type: ignore[attr-defined]
    app.before_request(_remember_person)
    app.teardown_request(_read_as_nobody)
    user_authenticated.connect(_note_sign_in, app)
    password_changed.connect(_record_change, app)


def _admit_local_networks() -> None:
    # Organisations have mail servers of their own below .local, where nothing outside can reach them.
    if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


def _render(template: str, **context: Any) -> str | tuple[str, int]:
    page = render_template(template, **context)
    is_refused = any(isinstance(thing, FlaskForm) and thing.errors for thing in context.values())
    return (page, 422) if is_refused else page


def _nobody(request: Request) -> None:
    """Whom a token in an address or a header stands for: nobody, since no token ends with the session."""


def _remember_person() -> None:
    g.person = current_user._get_current_object() if current_user.is_authenticated else None
    read_as(g.person)


def _read_as_nobody(problem: BaseException | None = None) -> None:
    read_as(None)


def _note_sign_in(app: Flask, user: Person, **how: Any) -> None:
    note_sign_in(user)


def _record_change(app: Flask, user: Person, **how: Any) -> None:
    record("change_password", user, by=user, name=user.name)

"""Signing in, by Flask-Security with our own pages."""

from __future__ import annotations

from flask import Flask, g
from flask_security import current_user

from hiring.extensions import people_store, security

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # Argon2 salts by itself; a second key could only be lost.
    "SECURITY_PASSWORD_LENGTH_MIN": 10,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # Nothing goes out to the network.
    "SECURITY_CSRF_COOKIE_NAME": None,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
}


def init_app(app: Flask) -> None:
    """Connects Flask-Security and makes the signed-in person ``g.person``."""
    for name, value in CONFIG.items():
        app.config.setdefault(name, value)
    security.init_app(app, people_store)
    app.before_request(_remember_person)


def _remember_person() -> None:
    g.person = current_user._get_current_object() if current_user.is_authenticated else None

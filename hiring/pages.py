"""What every page shares: templates, navigation, headers of safety, error pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, render_template, request, url_for
from flask_babel import format_datetime, format_decimal
from flask_wtf.csrf import CSRFError
from sqlalchemy import exists, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from hiring.candidates.naming import name_of
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _, chosen_language, format_date, format_moment, language_name, listed
from hiring.labels import label
from hiring.models import Job, Organisation, Person, RoleName
from hiring.wording import band_words, levels_given, reason

PACKAGE = Path(__file__).parent
MIGRATIONS = PACKAGE / "migrations"
STATIC = PACKAGE / "static"
ONE_YEAR = 31_536_000
SIGN_OUT = "security.logout"
PARTS_OF_A_JOB = {
    "candidates",
    "conflicts",
    "dropped",
    "erasure",
    "guides",
    "interviews",
    "invitations",
    "scorecards",
    "comparisons",
    "decisions",
    "debriefs",
    "packets",
    "standards",
}
PARTS_OF_THE_BANK = {"authoring", "exchange", "workshops", "quality.questions"}
PAGES_ABOUT_JOBS = {"quality.process", "quality.processes", "quality.standard"}

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    active: bool


def templates_folder() -> Path:
    """Where the templates are: beside the package in a checkout, inside it once installed."""
    spec = find_spec("hiring.templates")
    installed = list(spec.submodule_search_locations or []) if spec else []
    beside = PACKAGE.parent / "templates"
    return Path(installed[0]) if installed and not beside.is_dir() else beside


def init_app(app: Flask) -> None:
    """Gives the application its shared looks and manners."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        static_url=static_url,
        label=label,
        why_not=reason,
        band_words=band_words,
        language_name=language_name,
        navigation=navigation,
        name_of=name_of,
    )
    app.jinja_env.filters.update(
        date=format_date,
        moment=format_moment,
        datetime=format_datetime,
        decimal=format_decimal,
        label=label,
        listed=listed,
        levels_given=levels_given,
    )
    app.context_processor(_everywhere)
    app.after_request(_add_headers)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(OperationalError, _cannot_store)


@lru_cache(maxsize=512)
def _content_hash(name: str, changed: float) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file; it changes with its content, so browsers may keep it for ever."""
    return url_for("static", filename=name, v=_content_hash(name, (STATIC / name).stat().st_mtime))


def navigation() -> list[Link]:
    """The main destinations of the signed-in person."""
    person: Person | None = g.get("person")
    if person is None:
        return []
    links = [
        (_("Home"), "home.show", "home"),
        (_("Jobs"), "jobs.index", "briefcase"),
        (_("Question bank"), "bank.index", "book"),
    ]
    if person.has(RoleName.HR):
        links.append((_("Selection rates"), "fairness.index", "scale"))
    if person.has(RoleName.AUDITOR, RoleName.HR):
        links.append((_("Record"), "auditing.index", "history"))
    if person.has(RoleName.ADMINISTRATOR):
        links.append((_("People"), "accounts.people", "users"))
    here = _section(request.endpoint or "")
    return [
        Link(words, url_for(endpoint), icon, here == endpoint.split(".")[0])
        for words, endpoint, icon in links
    ]


def _section(endpoint: str) -> str:
    """The destination under which a page lies."""
    feature = endpoint.split(".")[0]
    if feature in PARTS_OF_A_JOB or endpoint in PAGES_ABOUT_JOBS:
        return "jobs"
    return "bank" if {feature, endpoint} & PARTS_OF_THE_BANK else feature


def _everywhere() -> dict[str, Any]:
    shared = {"locale": chosen_language()}
    return {**shared, **_organisation()} if has_request_context() else shared


def _organisation() -> dict[str, Any]:
    try:
        row = db.session.execute(select(Organisation.name, exists().where(Job.is_demo))).first()
    except SQLAlchemyError:  # The page that tells of a database out of reach must not need it.
        row = None
    name, demo = row or ("", False)
    return {"organisation_name": name, "demo_present": demo}


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    if request.endpoint == SIGN_OUT:
        # Notes that were kept on this device leave it with their writer.
        response.headers["Clear-Site-Data"] = '"storage"'
    if request.endpoint == "static" and "v" in request.args:
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR
        response.cache_control.immutable = True
    elif request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _wants_sentence() -> bool:
    return bool(request.headers.get("HX-Request")) or request.accept_mimetypes.best == "application/json"


def _page(status: int, sentence: str | None = None) -> tuple[str, int]:
    db.session.rollback()
    if _wants_sentence():
        return sentence or "", status
    known = {400, 403, 404, 409, 413, 429, 500}
    template = f"errors/{status if status in known else 400 if status < 500 else 500}.html"
    return render_template(template, sentence=sentence), status


def _error_page(error: HTTPException) -> Any:
    if isinstance(error, SecurityError):  # Another host was named: no page of ours can have links there.
        return Response(
            "This address is not the one that HIRING_ADDRESS names.\n", 400, mimetype="text/plain"
        )
    if error.response is not None or (error.code or 500) < 400:
        return error
    return _page(error.code or 500)


def _form_expired(error: CSRFError) -> tuple[str, int]:
    return _page(400, _("The form had expired. Go back, reload the page and send it again."))


def _refused(error: Refused) -> tuple[str, int]:
    return _page(409 if isinstance(error, Stale) else 400, error.sentence)


def _cannot_store(error: OperationalError) -> tuple[str, int]:
    """A full disk, a database that is locked or out of reach: nothing was stored, and trying again may help."""
    db.session.rollback()  # Before anything is asked for again, the words of the answer included.
    current_app.logger.error("The database cannot be used: %s", error.orig)
    return _page(
        503, _("The server cannot store anything at the moment. Nothing was changed; try again soon.")
    )

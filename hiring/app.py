"""The application: settings, extensions, features, error pages. A table of contents."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from hiring import i18n, pages
from hiring.accounts import signing_in
from hiring.accounts.views import blueprint as accounts
from hiring.auditing.views import blueprint as auditing
from hiring.authoring.views import blueprint as authoring
from hiring.bank.views import blueprint as bank
from hiring.candidates.views import blueprint as candidates
from hiring.comparisons.views import blueprint as comparisons
from hiring.conflicts.views import blueprint as conflicts
from hiring.debriefs.views import blueprint as debriefs
from hiring.decisions.views import blueprint as decisions
from hiring.dropped.views import blueprint as dropped
from hiring.erasure.views import blueprint as erasure
from hiring.exchange.views import blueprint as exchange
from hiring.exports.views import blueprint as exports
from hiring.extensions import csrf, db, migrate, open_safely
from hiring.fairness.views import blueprint as fairness
from hiring.guides.views import blueprint as guides
from hiring.home.views import blueprint as home
from hiring.interviews.views import blueprint as interviews
from hiring.invitations.views import blueprint as invitations
from hiring.jobs.views import blueprint as jobs
from hiring.offline.views import blueprint as offline
from hiring.packets.views import blueprint as packets
from hiring.panels.views import blueprint as panels
from hiring.practice.views import blueprint as practice
from hiring.quality.views import blueprint as quality
from hiring.reminders.views import blueprint as reminders
from hiring.scorecards.views import blueprint as scorecards
from hiring.second_ratings.views import blueprint as second_ratings
from hiring.settings import Settings, make_data_folder, make_database_file, read_settings
from hiring.standards.views import blueprint as standards
from hiring.workshops.views import blueprint as workshops

FEATURES = (
    home,
    accounts,
    bank,
    authoring,
    auditing,
    jobs,
    guides,
    candidates,
    interviews,
    invitations,
    conflicts,
    scorecards,
    comparisons,
    debriefs,
    decisions,
    dropped,
    erasure,
    exchange,
    exports,
    fairness,
    offline,
    packets,
    panels,
    practice,
    second_ratings,
    quality,
    reminders,
    standards,
    workshops,
)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application for one installation; ``overrides`` are Flask settings for tests."""
    settings = settings or read_settings()
    if settings.database.startswith("sqlite"):
        make_data_folder(settings.data_folder)
        if not settings.database_url:
            make_database_file(settings.database_file)
    app = Flask("hiring", template_folder=str(pages.templates_folder()))
    app.config.update(settings.flask_config(), **overrides)
    app.extensions["hiring_settings"] = settings
    if settings.trusted_proxies:
        near = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]
    db.init_app(app)
    open_safely(app)
    migrate.init_app(app, db, directory=str(pages.MIGRATIONS), render_as_batch=True)
    csrf.init_app(app)
    i18n.init_app(app)
    signing_in.init_app(app)
    pages.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    return app

"""Which paper a document is made for."""

from __future__ import annotations

from flask import request

from hiring.extensions import db
from hiring.models import Organisation, Paper


def chosen_paper() -> Paper:
    """The paper named by ``?paper=``, else the organisation's own."""
    asked = request.args.get("paper", "")
    return Paper(asked) if asked in set(Paper) else usual_paper()


def usual_paper() -> Paper:
    """The organisation's own paper, A4 unless it says otherwise."""
    organisation = db.session.get(Organisation, 1)
    return organisation.paper if organisation else Paper.A4

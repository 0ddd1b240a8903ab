"""How a document is made where nobody chose more than its paper."""

from __future__ import annotations

from flask import g, request

from hiring.export.choice import Choice
from hiring.extensions import db
from hiring.models import Organisation, Paper


def usual_choice() -> Choice:
    """For whoever asks, on the paper named by ``?paper=``, else on the organisation's own."""
    asked = request.args.get("paper", "")
    return Choice(g.person.name, Paper(asked) if asked in set(Paper) else usual_paper())


def usual_paper() -> Paper:
    """The organisation's own paper, A4 unless it says otherwise."""
    organisation = db.session.get(Organisation, 1)
    return organisation.paper if organisation else Paper.A4

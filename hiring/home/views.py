"""The first page after sign-in."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from hiring.access import (
    editable_job_ids,
    is_signed_in,
    may_create_job,
    may_look_up_records,
    may_manage_people,
    requires,
)
from hiring.home.document import home_of

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(is_signed_in)
def show() -> str:
    """What waits for the person who is signed in."""
    home = home_of(
        g.person,
        editable=editable_job_ids(g.person),
        may_create_job=may_create_job(g.person),
        sees_records=may_look_up_records(g.person),
        administers=may_manage_people(g.person),
    )
    return render_template("home/show.html", home=home, may_create_job=may_create_job(g.person))

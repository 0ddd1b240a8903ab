"""The page of the record: who did what, when, filtered by person, job, candidate and day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request

from hiring.access import jobs_closed_in_record, may_read_record, requires
from hiring.auditing.document import record_page
from hiring.auditing.forms import SearchForm
from hiring.auditing.queries import actors, jobs_recorded

blueprint = Blueprint("auditing", __name__)


@blueprint.get("/record")
@requires(may_read_record)
def index() -> Any:
    """The newest entries first, fifty on a page."""
    closed = jobs_closed_in_record(g.person)
    form = SearchForm(request.args)
    form.offer(actors(), jobs_recorded(closed))
    is_right = form.validate()
    page = request.args.get("page", 1, type=int)
    sheet = record_page(form.wanted, closed, page) if is_right else None
    shown = render_template("auditing/index.html", form=form, sheet=sheet, closed=len(closed))
    return shown, 200 if is_right else 422

"""Candidates side by side: the comparison, the evidence on a skill, and the PDF."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from hiring.access import may_compare, readable_application_ids, requires
from hiring.comparisons.document import Order, comparison_of
from hiring.comparisons.evidence import evidence_of, evidence_on
from hiring.comparisons.paper import comparison_file, comparison_pdf
from hiring.export.files import pdf_response
from hiring.export.paper_choice import chosen_paper
from hiring.models import Job

blueprint = Blueprint("comparisons", __name__)


@blueprint.get("/jobs/<int:job_id>/comparison")
@requires(may_compare)
def show(job: Job) -> str:
    """The candidates of a job, as far as the reader may see their ratings."""
    order = _chosen_order()
    sheet = comparison_of(job, readable_application_ids(g.person, job), order)
    return render_template("comparisons/show.html", sheet=sheet, job=job, order=order)


@blueprint.get("/jobs/<int:job_id>/comparison/evidence/<skill_id>")
@requires(may_compare)
def evidence(job: Job, skill_id: str) -> str:
    """What was written about one skill, candidates side by side."""
    try:
        sheet = evidence_on(job, skill_id, readable_application_ids(g.person, job))
    except LookupError:
        abort(404)
    return render_template("comparisons/evidence.html", sheet=sheet, job=job)


@blueprint.get("/jobs/<int:job_id>/comparison.pdf")
@requires(may_compare)
def pdf(job: Job) -> Response:
    """The comparison with all evidence as a document."""
    readable = readable_application_ids(g.person, job)
    sheet = comparison_of(job, readable)
    made = comparison_pdf(sheet, evidence_of(job, readable), g.person.name, chosen_paper())
    return pdf_response(made, comparison_file(sheet))


def _chosen_order() -> Order:
    try:
        return Order(request.args.get("order", Order.COMPOSITE))
    except ValueError:
        return Order.COMPOSITE

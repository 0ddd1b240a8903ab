"""Candidates side by side: the comparison, the evidence on a skill, and the PDF."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from hiring.access import (
    may_compare,
    may_extract_audit,
    may_open_debrief,
    readable_application_ids,
    requires,
)
from hiring.comparisons.analysis import adjusted_of, agreement_of, sensitivity_of
from hiring.comparisons.data import comparison_tables
from hiring.comparisons.document import basis_of, compared
from hiring.comparisons.evidence import all_evidence_on, evidence_of, evidence_on
from hiring.comparisons.forms import choice_of, chosen_candidates, place_in_list, tried_weights
from hiring.comparisons.paper import comparison_file, comparison_paper, skill_paper
from hiring.comparisons.rows import listed
from hiring.comparisons.whatif import what_if
from hiring.export.files import data_response
from hiring.export.printed import document_response
from hiring.export.tables import DataFormat, as_file
from hiring.export.usual import usual_choice
from hiring.models import Job

blueprint = Blueprint("comparisons", __name__)


@blueprint.get("/jobs/<int:job_id>/comparison")
@requires(may_compare)
def show(job: Job) -> str:
    """The candidates of a job, as far as the reader may see their ratings."""
    choice = choice_of(request.args)
    basis = basis_of(job, readable_application_ids(g.person, job))
    sheet = compared(basis, choice.order)
    return render_template(
        "comparisons/show.html",
        sheet=sheet,
        job=job,
        choice=choice,
        may_debrief=may_open_debrief(g.person, job),
        may_extract=may_extract_audit(g.person, job),
        listed=listed(sheet.rows, choice.show, choice.name, choice.page),
        agreement=agreement_of(basis, sheet) if sheet.rows else None,
        adjusted=adjusted_of(basis) if choice.adjusted else None,
    )


@blueprint.get("/jobs/<int:job_id>/comparison/what-if")
@requires(may_compare)
def try_weights(job: Job) -> str:
    """The same ratings under other weights, which are never saved."""
    basis = basis_of(job, readable_application_ids(g.person, job))
    weights, usable = tried_weights(request.args, basis.skills)
    result = what_if(basis, {each.skill.id: each.value for each in weights}) if usable else None
    sheet = compared(basis)
    return render_template(
        "comparisons/what_if.html",
        job=job,
        weights=weights,
        result=result,
        sensitivity=sensitivity_of(basis, sheet.rows),
        names={str(row.application_id): row.name for row in sheet.rows},
    )


@blueprint.get("/jobs/<int:job_id>/comparison/side-by-side")
@requires(may_compare)
def side_by_side(job: Job) -> str:
    """Two to five candidates with their profiles and the evidence on every skill."""
    basis = basis_of(job, readable_application_ids(g.person, job))
    sheet = compared(basis)
    wanted = set(chosen_candidates(request.args)) & basis.readable
    rows = [row for row in sheet.rows if row.application_id in wanted]
    evidence = evidence_of(basis, {row.application_id for row in rows}) if rows else ()
    return render_template(
        "comparisons/side_by_side.html", job=job, sheet=sheet, rows=rows, evidence=evidence
    )


@blueprint.get("/jobs/<int:job_id>/comparison/evidence/<skill_id>")
@requires(may_compare)
def evidence(job: Job, skill_id: str) -> str:
    """What was written about one skill, candidates side by side."""
    try:
        sheet = evidence_on(
            basis_of(job, readable_application_ids(g.person, job)), skill_id, *place_in_list(request.args)
        )
    except LookupError:
        abort(404)
    return render_template("comparisons/evidence.html", sheet=sheet, job=job)


@blueprint.get("/jobs/<int:job_id>/comparison/evidence/<skill_id>.pdf")
@requires(may_compare)
def evidence_pdf(job: Job, skill_id: str) -> Response:
    """The same of all candidates as a document."""
    basis = basis_of(job, readable_application_ids(g.person, job))
    try:
        sheet = all_evidence_on(basis, skill_id)
    except LookupError:
        abort(404)
    return document_response(skill_paper(basis, sheet, usual_choice()))


@blueprint.get("/jobs/<int:job_id>/comparison.pdf")
@requires(may_compare)
def pdf(job: Job) -> Response:
    """The comparison with all evidence as a document."""
    basis = basis_of(job, readable_application_ids(g.person, job))
    return document_response(comparison_paper(basis, evidence_of(basis), usual_choice()))


@blueprint.get("/jobs/<int:job_id>/comparison.<any(csv, xlsx, jsonl):ending>")
@requires(may_compare)
def data(job: Job, ending: str) -> Response:
    """The same figures and answers for a spreadsheet or another program."""
    basis = basis_of(job, readable_application_ids(g.person, job))
    content = as_file(comparison_tables(basis, evidence_of(basis)), DataFormat(ending))
    return data_response(content, DataFormat(ending), comparison_file(job, ending))

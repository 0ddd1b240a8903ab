"""Pages of scorecards: the kit and the scoring on one page, and a scorecard to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for

from hiring.access import (
    may_rate,
    may_read_ratings,
    may_read_scorecard,
    may_read_versions,
    may_reopen_scorecard,
    requires,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.labels import label
from hiring.models import Interview, ObservationState, Recommendation, Scorecard
from hiring.offline.queries import waiting_entries
from hiring.practice.document import uncalibrated
from hiring.scorecards.document import Answers, Gap, answers_of, scorecard_sheet, sheet_of
from hiring.scorecards.forms import (
    ReopenForm,
    answers_from,
    attested_in,
    differences,
    fields_of,
    key_from,
    revision_from,
)
from hiring.scorecards.operations import (
    ATTESTATION,
    AlreadySubmitted,
    Unfinished,
    acknowledged,
    reopen_scorecard,
    reopening_refused,
    save_scorecard,
    submit_scorecard,
)
from hiring.scorecards.queries import scorecard_of, versions_of
from hiring.scorecards.versions import version_sheet
from hiring.scorecards.writeup import advice_for, by_target

blueprint = Blueprint("scorecards", __name__)

# What the page's script tells apart.
REFUSED, CONFLICT, LOCKED = 422, 409, 423


@blueprint.get("/interviews/<int:interview_id>/scorecard")
@requires(may_rate)
def edit(interview: Interview) -> Any:
    """The interview kit and one's own scorecard. Opening it stores nothing."""
    card = scorecard_of(interview, g.person)
    if card is not None and card.is_submitted:
        return redirect(url_for("scorecards.show", scorecard_id=card.id), 303)
    return _edit_page(interview, card)


@blueprint.post("/interviews/<int:interview_id>/scorecard/save")
@requires(may_rate)
def save(interview: Interview) -> Any:
    """Saves what was written so far; the same save sent twice is answered twice and stored once."""
    typed, key = answers_from(request.form), key_from(request.form)
    known = scorecard_of(interview, g.person)
    revision = acknowledged(known, key)
    if revision is not None and known is not None:
        return jsonify(_saved(known) | {"revision": revision})
    try:
        card = save_scorecard(interview, g.person, typed, revision_from(request.form), key)
        db.session.commit()
    except Refused as refused:
        return _not_saved(interview, typed, refused)
    if _wants_json():
        return jsonify(_saved(card))
    flash(_("Your scorecard is saved."), "success")
    return redirect(url_for("scorecards.edit", interview_id=interview.id), 303)


@blueprint.post("/interviews/<int:interview_id>/scorecard/submit")
@requires(may_rate)
def submit(interview: Interview) -> Any:
    """Saves and submits in one transaction. What was typed is saved alone if something is missing."""
    typed = answers_from(request.form)
    try:
        card = save_scorecard(interview, g.person, typed, revision_from(request.form))
        submit_scorecard(interview, g.person, revision=card.revision, attested=attested_in(request.form))
        db.session.commit()
    except Unfinished as unfinished:
        db.session.commit()
        return _edit_page(interview, scorecard_of(interview, g.person), gaps=unfinished.gaps), REFUSED
    except Refused as refused:
        return _not_saved(interview, typed, refused)
    flash(_("Your scorecard is submitted and locked. Thank you."), "success")
    return redirect(url_for("scorecards.show", scorecard_id=card.id), 303)


@blueprint.get("/scorecards/<int:scorecard_id>")
@requires(may_read_scorecard)
def show(scorecard: Scorecard) -> Any:
    """A scorecard to read."""
    if not scorecard.is_submitted and may_rate(g.person, scorecard.interview):
        return redirect(url_for("scorecards.edit", interview_id=scorecard.interview_id), 303)
    return _show_page(scorecard)


@blueprint.get("/scorecards/<int:scorecard_id>/reopen")
@requires(may_reopen_scorecard)
def reopen_form(scorecard: Scorecard) -> str:
    """What reopening means, and its reason."""
    return _reopen_page(scorecard, ReopenForm())


@blueprint.post("/scorecards/<int:scorecard_id>/reopen")
@requires(may_reopen_scorecard)
def reopen(scorecard: Scorecard) -> Any:
    """Gives a scorecard back to its writer."""
    form = ReopenForm()
    if not form.validate():
        return _reopen_page(scorecard, form), REFUSED
    can_read = may_read_ratings(scorecard.interviewer, scorecard.interview.application)
    try:
        reopen_scorecard(scorecard, g.person, form.reason.data, can_read)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _reopen_page(scorecard, form), REFUSED
    db.session.commit()
    flash(_("The scorecard is open again. %(name)s owes it now.", name=scorecard.interviewer.name), "success")
    return redirect(url_for("interviews.show", interview_id=scorecard.interview_id), 303)


@blueprint.get("/scorecards/<int:scorecard_id>/versions")
@requires(may_read_versions)
def versions(scorecard: Scorecard) -> str:
    """Everything that was submitted, side by side."""
    return render_template(
        "scorecards/versions.html",
        sheet=scorecard_sheet(scorecard),
        versions=version_sheet(scorecard, versions_of(scorecard)),
    )


def _not_saved(interview: Interview, typed: Answers, refused: Refused) -> Any:
    db.session.rollback()
    card = scorecard_of(interview, g.person)
    if _wants_json():
        return _refused_answer(card, refused)
    if isinstance(refused, AlreadySubmitted) and card is not None:
        return _show_page(card, refused.sentence, differences(answers_of(card), typed)), CONFLICT
    if isinstance(refused, Stale):
        stored = differences(typed, answers_of(card))
        return _edit_page(interview, card, typed, stored=stored, refused=refused), CONFLICT
    return _edit_page(interview, card, typed, refused=refused), REFUSED


def _refused_answer(card: Scorecard | None, refused: Refused) -> tuple[Any, int]:
    answer: dict[str, Any] = {"sentence": refused.sentence, "field": refused.field}
    if isinstance(refused, AlreadySubmitted):
        return jsonify(answer), LOCKED
    if isinstance(refused, Stale):
        stored = fields_of(answers_of(card))
        return jsonify(answer | {"stored": stored, "revision": card.revision if card else 0}), CONFLICT
    return jsonify(answer), REFUSED


def _saved(card: Scorecard) -> dict[str, Any]:
    sheet = scorecard_sheet(card)
    advice = advice_for(sheet, fields_of(answers_of(card)))
    return {
        "revision": sheet.revision,
        "saved_at": sheet.saved_at.isoformat() if sheet.saved_at else None,
        "summary": render_template("scorecards/_summary.html", sheet=sheet, advice=advice),
        "contradicts": sheet.is_contradictory,
    }


def _edit_page(
    interview: Interview,
    card: Scorecard | None,
    typed: Answers | None = None,
    stored: Mapping[str, str] | None = None,
    refused: Refused | None = None,
    gaps: Sequence[Gap] = (),
) -> str:
    errors = {gap.target: gap.sentence for gap in gaps}
    if refused is not None and refused.field:
        errors[refused.field] = refused.sentence
    sheet = sheet_of(interview, g.person, card, typed)
    advice = advice_for(sheet, fields_of(answers_of(card) if typed is None else typed))
    return render_template(
        "scorecards/edit.html",
        sheet=sheet,
        advice=advice,
        advice_beside=by_target(advice),
        attestation=ATTESTATION,
        attested=attested_in(request.form),
        errors=errors,
        stored=stored or {},
        refused=refused,
        recommendations={kind.value: label(kind) for kind in Recommendation},
        states={state.value: label(state) for state in ObservationState},
        entries=waiting_entries(interview, g.person),
        needs_calibration=bool(uncalibrated(interview.application.job, [g.person])),
    )


def _reopen_page(card: Scorecard, form: ReopenForm) -> str:
    return render_template(
        "scorecards/reopen.html",
        card=card,
        application=card.interview.application,
        form=form,
        refusal=reopening_refused(card),
    )


def _show_page(card: Scorecard, refusal: str = "", unsaved: Mapping[str, str] | None = None) -> str:
    return render_template(
        "scorecards/show.html",
        sheet=scorecard_sheet(card),
        is_own=card.interviewer_id == g.person.id,
        may_reopen=card.is_submitted and may_reopen_scorecard(g.person, card),
        may_compare_versions=bool(card.versions) and may_read_versions(g.person, card),
        refusal=refusal,
        unsaved=unsaved or {},
    )


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"

"""Pages of scorecards: the kit and the scoring on one page, and a scorecard to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for

from hiring.access import may_rate, may_read_scorecard, requires
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.labels import label
from hiring.models import Interview, ObservationState, Recommendation, Scorecard
from hiring.offline.queries import waiting_entries
from hiring.scorecards.document import Answers, Gap, answers_of, scorecard_sheet, sheet_of
from hiring.scorecards.forms import answers_from, differences, fields_of, revision_from
from hiring.scorecards.operations import AlreadySubmitted, Unfinished, save_scorecard, submit_scorecard
from hiring.scorecards.queries import scorecard_of

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
    """Saves what was written so far."""
    typed = answers_from(request.form)
    try:
        card = save_scorecard(interview, g.person, typed, revision_from(request.form))
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
    """Saves and submits. What was typed stays saved if the submission is refused."""
    typed = answers_from(request.form)
    try:
        card = save_scorecard(interview, g.person, typed, revision_from(request.form))
        db.session.commit()
        submit_scorecard(interview, g.person, revision=card.revision)
        db.session.commit()
    except Unfinished as unfinished:
        db.session.rollback()
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
    return {
        "revision": sheet.revision,
        "saved_at": sheet.saved_at.isoformat() if sheet.saved_at else None,
        "summary": render_template("scorecards/_summary.html", sheet=sheet),
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
    return render_template(
        "scorecards/edit.html",
        sheet=sheet_of(interview, g.person, card, typed),
        errors=errors,
        stored=stored or {},
        refused=refused,
        recommendations={kind.value: label(kind) for kind in Recommendation},
        states={state.value: label(state) for state in ObservationState},
        entries=waiting_entries(interview, g.person),
    )


def _show_page(card: Scorecard, refusal: str = "", unsaved: Mapping[str, str] | None = None) -> str:
    return render_template(
        "scorecards/show.html",
        sheet=scorecard_sheet(card),
        is_own=card.interviewer_id == g.person.id,
        refusal=refusal,
        unsaved=unsaved or {},
    )


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"

"""The offline form, and what comes back from it or from paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for

from hiring.access import may_answer_entry, may_rate, may_type_paper, public, requires
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.labels import label
from hiring.models import (
    Interview,
    ObservationState,
    Panelist,
    QuestionOutcome,
    Recommendation,
    ScorecardEntry,
)
from hiring.offline.answers_file import read_answers, stamp_of
from hiring.offline.document import EntrySheet, chosen_fields, entry_sheet
from hiring.offline.forms import UploadForm
from hiring.offline.operations import enter_file, enter_paper, take_over, throw_away
from hiring.pages import STATIC, static_url
from hiring.scorecards.document import answers_of, sheet_of
from hiring.scorecards.fields import ASKED, EVIDENCE, LEVEL, SKIPPED
from hiring.scorecards.forms import answers_from, fields_of, revision_from
from hiring.scorecards.queries import scorecard_of

blueprint = Blueprint("offline", __name__)

NOT_ANSWERS = ("csrf_token", "revision")
PARTS_OF_A_SCORECARD = (
    "css/app.css",
    "css/scorecard.css",
    "fonts/web/inter-latin.woff2",
    "icon.svg",
    "rubric.svg",
    "vendor/htmx.min.js",
    *(f"js/{each.name}" for each in sorted((STATIC / "js").glob("*.js"))),
)


@blueprint.get("/service-worker.js")
@public
def worker() -> Response:
    """What answers in place of a network that is gone: the parts of scorecards, and how they are kept."""
    parts = [static_url(name) for name in PARTS_OF_A_SCORECARD]
    words = f"const PARTS = {json.dumps(parts)};\nimportScripts({json.dumps(static_url('js/worker.js'))});\n"
    return Response(words, mimetype="text/javascript")


@blueprint.get("/no-network")
@public
def no_network() -> str:
    """The page in place of every other one while there is no network; it lists the scorecards that open."""
    return render_template("offline/no_network.html")


@blueprint.get("/interviews/<int:interview_id>/scorecard/form.html")
@requires(may_rate)
def form(interview: Interview) -> Response:
    """The interview's form in one file, with what is stored in it, to be filled anywhere."""
    card = scorecard_of(interview, g.person)
    sheet = sheet_of(interview, g.person, card)
    page = render_template(
        "offline/form.html",
        sheet=sheet,
        stamp=stamp_of(interview, g.person, sheet.revision, fields_of(answers_of(card))),
        style=(STATIC / "offline" / "form.css").read_text(encoding="utf-8"),
        script=(STATIC / "offline" / "form.js").read_text(encoding="utf-8"),
        recommendations={kind.value: label(kind) for kind in Recommendation},
        states={state.value: label(state) for state in ObservationState},
    )
    answer = Response(page, mimetype="text/html")
    answer.headers.set("Content-Disposition", "attachment", filename=f"scorecard-{interview.id}.html")
    return answer


@blueprint.route("/interviews/<int:interview_id>/scorecard/upload", methods=["GET", "POST"])
@requires(may_rate)
def upload(interview: Interview) -> Any:
    """Takes a filled form back; it is shown beside what is stored before anything is written."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            file = read_answers(form.file.data.read())
            entry = enter_file(interview, g.person, file, answers_from(file.fields))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(Refused(refused.sentence, "file"))
        else:
            return redirect(url_for("offline.entry", delivery_id=entry.id), 303)
    page = render_template("offline/upload.html", form=form, interview=interview)
    return page, 422 if form.errors else 200


@blueprint.get("/scorecard-entries/<int:delivery_id>")
@requires(may_answer_entry)
def entry(delivery: ScorecardEntry) -> str:
    """What came, beside what is stored."""
    return render_template("offline/entry.html", sheet=_sheet(delivery), refusal="")


@blueprint.post("/scorecard-entries/<int:delivery_id>/take")
@requires(may_answer_entry)
def take(delivery: ScorecardEntry) -> Any:
    """Writes what was chosen into one's scorecard."""
    fields = chosen_fields(_sheet(delivery), _stored(delivery), _choices(request.form))
    try:
        take_over(delivery, g.person, answers_from(fields), revision_from(request.form))
        db.session.commit()
    except Stale:
        db.session.rollback()
        refusal = _("Your scorecard was saved meanwhile. Below is what differs now; choose again.")
        return render_template("offline/entry.html", sheet=_sheet(delivery), refusal=refusal), 409
    except Refused as refused:
        db.session.rollback()
        return render_template("offline/entry.html", sheet=_sheet(delivery), refusal=refused.sentence), 422
    flash(_("Taken over into your scorecard. Read it once more before you submit."), "success")
    return redirect(url_for("scorecards.edit", interview_id=delivery.interview_id), 303)


@blueprint.post("/scorecard-entries/<int:delivery_id>/throw-away")
@requires(may_answer_entry)
def refuse(delivery: ScorecardEntry) -> Any:
    """Leaves one's scorecard as it is."""
    try:
        throw_away(delivery, g.person)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(refused.sentence, "error")
    else:
        flash(_("Nothing of it was taken over."), "success")
    return redirect(url_for("interviews.show", interview_id=delivery.interview_id), 303)


@blueprint.route("/panelists/<int:panelist_id>/paper", methods=["GET", "POST"])
@requires(may_type_paper)
def paper(panelist: Panelist) -> Any:
    """Types in what an interviewer wrote on paper; the interviewer confirms it."""
    fields = _from_paper(request.form)
    if request.method == "POST":
        try:
            enter_paper(panelist, g.person, fields, answers_from(fields))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            return _paper_page(panelist, fields, refused), 422
        flash(_("Typed in. %(name)s confirms it before it counts.", name=panelist.person.name), "success")
        return redirect(url_for("interviews.show", interview_id=panelist.interview_id), 303)
    return _paper_page(panelist, fields)


def _from_paper(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed; a reason for skipping says that the question was skipped, a level that it was asked."""
    fields = {name: value for name, value in form.items() if name not in NOT_ANSWERS and value}
    for name in form:
        if name.startswith(SKIPPED) and (id_ := name.removeprefix(SKIPPED)):
            if name in fields:
                fields[ASKED + id_] = QuestionOutcome.SKIPPED
            elif LEVEL + id_ in fields or EVIDENCE + id_ in fields:
                fields[ASKED + id_] = QuestionOutcome.ASKED
    return fields


def _paper_page(panelist: Panelist, fields: Mapping[str, str], refused: Refused | None = None) -> str:
    return render_template(
        "offline/paper.html",
        panelist=panelist,
        sheet=sheet_of(panelist.interview, panelist.person, None, answers_from(fields)),
        errors={refused.field: refused.sentence} if refused and refused.field else {},
        refusal=refused.sentence if refused else "",
        recommendations={kind.value: label(kind) for kind in Recommendation},
        states={state.value: label(state) for state in ObservationState},
    )


def _sheet(entry: ScorecardEntry) -> EntrySheet:
    card = scorecard_of(entry.interview, entry.interviewer)
    return entry_sheet(entry, sheet_of(entry.interview, entry.interviewer, card), _stored(entry))


def _stored(entry: ScorecardEntry) -> dict[str, str]:
    return fields_of(answers_of(scorecard_of(entry.interview, entry.interviewer)))


def _choices(form: Mapping[str, str]) -> dict[str, str]:
    prefix = "choice:"
    return {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}

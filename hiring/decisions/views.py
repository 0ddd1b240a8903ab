"""Pages of decisions and of messages to candidates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date

from hiring import access
from hiring.access import may_decide, may_edit_application, may_read_message, may_write_message, requires
from hiring.candidates.queries import template_title
from hiring.decisions.document import (
    TEMPLATE_AFTER,
    decision_sheet,
    fill_blanks,
    message_sheet,
    readable,
    template_choice,
)
from hiring.decisions.forms import DecisionForm, MessageForm, TemplateForm
from hiring.decisions.operations import decide, draft_message, fingerprint, mark_sent, rewrite_message
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.forms import tidy
from hiring.i18n import _, language_name
from hiring.models import Application, CandidateMessage, Decision
from question_bank import SOURCE_LANGUAGE, languages
from question_bank import message as bank_message

blueprint = Blueprint("decisions", __name__)


@blueprint.route("/applications/<int:application_id>/decision", methods=["GET", "POST"])
@requires(may_decide)
def new(application: Application) -> Any:
    """A decision about a candidate."""
    form = DecisionForm(data={"revision": application.revision})
    sheet = decision_sheet(application)
    form.offer(sheet)
    if form.validate_on_submit():
        try:
            decision = decide(application, g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            if isinstance(refused, Stale):  # The page now shows what others decided; the next try counts.
                form.revision.renew(application.revision)
        else:
            draft = _draft_for(decision, application, form.words_for_candidate)
            db.session.commit()
            flash(
                _("The decision is recorded. Now tell the candidate: this draft is a beginning."), "success"
            )
            return _to(draft)
    page = render_template(
        "decisions/new.html", application=application, job=application.job, form=form, sheet=sheet
    )
    return page, 422 if form.errors else 200


@blueprint.route("/applications/<int:application_id>/messages/new", methods=["GET", "POST"])
@requires(may_edit_application)
def message_new(application: Application) -> Any:
    """A new message, from one of the bank's templates."""
    may_read = access.may_read_ratings(g.person, application)
    choice = template_choice(access.shown_status(g.person, application), may_read)
    form = TemplateForm()
    if form.validate_on_submit():
        draft = draft_message(application, form.chosen(choice), g.person, form.chosen_language)
        db.session.commit()
        return _to(draft)
    wanted = request.args.get("template", "")
    language = request.args.get("language", SOURCE_LANGUAGE)
    if (wanted and wanted not in choice.ids) or language not in languages():
        abort(404)
    return render_template(
        "decisions/message_new.html",
        application=application,
        choice=choice,
        chosen=bank_message(wanted, language) if wanted else None,
        language=language,
        languages=[(each, language_name(each)) for each in languages()],
        template_title=template_title,
        readable=readable,
    )


@blueprint.get("/messages/<int:message_id>")
@requires(may_read_message)
def message(message: CandidateMessage) -> Any:
    """A message: to read once it is sent, before that to write."""
    form = MessageForm(data={"text": message.text, "opened": fingerprint(message.text)})
    return _page(message, form)


@blueprint.post("/messages/<int:message_id>")
@requires(may_write_message)
def write(message: CandidateMessage) -> Any:
    """Saving a message, and noting that it was sent."""
    form = MessageForm()
    form.text.data = fill_blanks(form.text.data, _words_for_blanks())
    if not form.validate():
        return _page(message, form), 422
    try:
        rewrite_message(message, form.text.data, g.person, form.opened.data)
    except Refused as refused:
        form.refuse(refused)
        return _page(message, form, stored=_stored(form, message, refused)), 422
    unsent = _refusal_of_sending(message)
    db.session.commit()  # What was typed is kept even if the message cannot count as sent yet.
    if unsent:
        form.refuse(unsent)
        form.opened.data = fingerprint(message.text)
        return _page(message, form), 422
    flash(_("The message is marked as sent.") if message.sent_at else _("The message is saved."), "success")
    return _to(message)


def _words_for_blanks() -> dict[str, list[str]]:
    sent = request.form
    return {
        name.removeprefix("blank-"): [tidy(words) for words in sent.getlist(name)]
        for name in sent
        if name.startswith("blank-")
    }


def _refusal_of_sending(written: CandidateMessage) -> Refused | None:
    """Marks the message as sent if that was asked for; what speaks against it comes back."""
    if request.form.get("do") == "send":
        try:
            mark_sent(written, g.person)
        except Refused as refused:
            return refused
    return None


def _draft_for(decision: Decision, application: Application, reason: str) -> CandidateMessage:
    restart = format_date(decision.restart_date, "long") if decision.restart_date else ""
    template = TEMPLATE_AFTER[decision.outcome]
    return draft_message(application, template, g.person, reason=reason, date=restart)


def _stored(form: MessageForm, written: CandidateMessage, refused: Refused) -> str | None:
    if not isinstance(refused, Stale):
        return None
    form.opened.data = fingerprint(written.text)
    return written.text


def _page(written: CandidateMessage, form: MessageForm, stored: str | None = None) -> str:
    return render_template(
        "decisions/message.html",
        message=written,
        application=written.application,
        form=form,
        sheet=message_sheet(written),
        stored=stored,
        title=template_title(written.template_id),
        may_write=may_write_message(g.person, written) and written.sent_at is None,
    )


def _to(written: CandidateMessage) -> Any:
    return redirect(url_for("decisions.message", message_id=written.id), 303)

"""Pages of decisions and of messages to candidates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring import access
from hiring.access import (
    may_decide,
    may_read_message,
    may_release,
    may_write_message,
    may_write_to,
    requires,
)
from hiring.candidates.naming import name_of
from hiring.candidates.queries import template_title
from hiring.decisions.document import (
    decision_sheet,
    fill_blanks,
    message_sheet,
    readable,
    release_sheet,
    template_choice,
)
from hiring.decisions.explanation import explanation_of
from hiring.decisions.forms import DecisionForm, MessageForm, TemplateForm
from hiring.decisions.operations import (
    decide,
    draft_after,
    draft_message,
    fingerprint,
    keep_for_release,
    mark_sent,
    release,
    rewrite_message,
    take_back,
)
from hiring.decisions.queries import mark_of, pending_decision
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.forms import tidy
from hiring.i18n import _, language_name, ngettext
from hiring.models import Application, CandidateMessage, Job
from question_bank import SOURCE_LANGUAGE, languages
from question_bank import message as bank_message

blueprint = Blueprint("decisions", __name__)


@blueprint.route("/applications/<int:application_id>/decision", methods=["GET", "POST"])
@requires(may_decide)
def new(application: Application) -> Any:
    """A decision about a candidate."""
    sheet = decision_sheet(application)
    form = DecisionForm(data={"revision": application.revision, "seen": sheet.standing})
    form.offer(sheet)
    if form.validate_on_submit():
        try:
            form.check_seen(sheet)
            if form.is_to_wait:
                return _kept(application, form)
            decision = decide(application, g.person, revision=form.revision.data, **form.answers)
        except Refused as refused:
            form.refuse(refused)
            if isinstance(refused, Stale):  # The page now shows what others decided; the next try counts.
                form.revision.renew(application.revision)
                form.seen.data = sheet.standing
        else:
            draft = draft_after(decision, application, g.person, form.words_for_candidate)
            db.session.commit()
            flash(
                _("The decision is recorded. Now tell the candidate: this draft is a beginning."), "success"
            )
            return _to(draft)
    page = render_template(
        "decisions/new.html", application=application, job=application.job, form=form, sheet=sheet
    )
    return page, 422 if form.errors else 200


@blueprint.get("/jobs/<int:job_id>/decisions")
@requires(may_release)
def waiting(job: Job) -> Any:
    """The decisions that wait to be released together, and who has none yet."""
    return _waiting_page(job)


@blueprint.post("/jobs/<int:job_id>/decisions")
@requires(may_release)
def release_together(job: Job) -> Any:
    """Releasing the ticked decisions, all or none."""
    ticked = set(request.form.getlist("pending"))
    sheet = release_sheet(job, access.readable_application_ids(g.person, job))
    try:
        drafts = release(sheet.marked(ticked), g.person)
    except Refused as refused:
        return _waiting_page(job, refused.sentence, ticked), 422
    db.session.commit()
    flash(
        ngettext(
            "%(num)s decision is released, and a message is drafted. Read and send it yourself.",
            "%(num)s decisions are released, and a message is drafted for each. Read and send them yourself.",
            len(drafts),
        ),
        "success",
    )
    return redirect(url_for("decisions.waiting", job_id=job.id), 303)


@blueprint.post("/applications/<int:application_id>/decision/take-back")
@requires(may_decide)
def take_back_pending(application: Application) -> Any:
    """Taking a waiting decision away."""
    pending = pending_decision(application)
    if pending is not None and request.form.get("mark", mark_of(pending)) != mark_of(pending):
        flash(_("This decision was changed meanwhile. Look at what waits now."), "warning")
    elif pending is not None:
        take_back(pending, g.person)
        db.session.commit()
        flash(_("The decision about %(name)s waits no more.", name=name_of(application)), "success")
    return redirect(url_for("decisions.waiting", job_id=application.job_id), 303)


@blueprint.get("/applications/<int:application_id>/explanation")
@requires(may_decide)
def explanation(application: Application) -> Any:
    """What was decided and how it came about, in words for the candidate."""
    sheet = explanation_of(application)
    if sheet is None:
        flash(_("There is nothing to explain before a decision is recorded."), "info")
        return redirect(url_for("candidates.show", application_id=application.id), 303)
    return render_template("decisions/explanation.html", application=application, sheet=sheet)


@blueprint.route("/applications/<int:application_id>/messages/new", methods=["GET", "POST"])
@requires(may_write_to)
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


def _kept(application: Application, form: DecisionForm) -> Any:
    keep_for_release(
        application,
        g.person,
        revision=form.revision.data,
        words_for_candidate=form.words_for_candidate,
        **form.answers,
    )
    db.session.commit()
    flash(_("The decision waits to be released. Nothing about the application has changed yet."), "success")
    return redirect(url_for("decisions.waiting", job_id=application.job_id), 303)


def _waiting_page(job: Job, refusal: str = "", ticked: set[str] | None = None) -> str:
    sheet = release_sheet(job, access.readable_application_ids(g.person, job))
    return render_template("decisions/waiting.html", job=job, sheet=sheet, refusal=refusal, ticked=ticked)


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

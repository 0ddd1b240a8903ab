"""Documents with a choice, one at a time, and the links to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import force_locale

from hiring.access import (
    may_compare,
    may_open_export,
    may_revoke_link,
    public,
    readable_application_ids,
    requires,
)
from hiring.errors import Refused
from hiring.export.archive import Entry, streamed
from hiring.export.choice import Choice
from hiring.export.files import pdf_response, stream_response
from hiring.export.printed import Document, document_response
from hiring.export.usual import usual_paper
from hiring.exports.forms import ExportChoiceForm, PacketsForm
from hiring.exports.kinds import KINDS, Kind, Subject, job_of, subject_name
from hiring.exports.operations import (
    cancel,
    forget_old,
    open_link,
    record_export,
    remember_choice,
    revoke,
    share,
    start_run,
    taking_out,
)
from hiring.exports.queries import choice_kept, content_of, files_made, links_to, progress_of, runs_of
from hiring.exports.tasks import wake_worker
from hiring.extensions import db, writing
from hiring.i18n import _
from hiring.models import Application, ExportForm, ExportRun, ExportStatus, Job, SharedDocument, now
from hiring.packets.paper import packets_file
from hiring.packets.queries import rated_people

blueprint = Blueprint("exports", __name__)

SECTION = "section-"
PACKETS = "packets"
FOLDERS = {
    "application": "applications",
    "debrief": "debriefs",
    "interview": "interviews",
    "job": "jobs",
    "version": "guide-versions",
}


def _chosen(kind: Kind, subject: Subject) -> Any:
    """Choosing what a document holds and how it is printed, then downloading it or making a link to it."""
    form = _form(kind)
    if form.validate_on_submit():
        try:
            return (
                _shared(kind, subject, form)
                if request.form.get("do") == "link"
                else _downloaded(kind, subject, form)
            )
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(kind, subject, form), 422 if form.errors else 200


def _downloaded(kind: Kind, subject: Subject, form: ExportChoiceForm) -> Any:
    document = _prepared(kind, subject, form)
    db.session.commit()  # Nothing of the database is needed any more; to print may take a while.
    with force_locale(form.spoken or "en"):
        return document_response(document, form.data_format)


def _shared(kind: Kind, subject: Subject, form: ExportChoiceForm) -> Any:
    if not form.recipient.data:
        raise Refused(
            _("Write for whom the link is; the name is printed across every page."), field="recipient"
        )
    document = _prepared(kind, subject, form)
    db.session.commit()
    content = document.pdf()
    forget_old(now())
    link, secret = share(
        kind.id,
        subject,
        job_of(subject),
        g.person,
        recipient=form.recipient.data,
        days=form.days.data,
        name=document.name,
        content=content,
    )
    db.session.commit()
    return _page(
        kind, subject, form, url_for("exports.shared", secret=secret, _external=True), link.recipient
    )


def _prepared(kind: Kind, subject: Subject, form: ExportChoiceForm) -> Document:
    """The document as it was chosen; the choice is remembered, and what was taken out goes into the audit."""
    job = job_of(subject)
    with force_locale(form.spoken or "en"):
        choice = _without_names(form, subject, form.choice(g.person.name))
        document = kind.prepare(subject, choice, g.person)
    remember_choice(g.person, kind.id, form.kept)
    record_export(subject, job, g.person, kind.id, choice, document.removed)
    return document


def _without_names(form: ExportChoiceForm, subject: Subject, choice: Choice) -> Choice:
    return taking_out(
        choice,
        job_of(subject),
        subject if isinstance(subject, Application) else None,
        colleagues=form.is_ticked("without_colleagues"),
        candidates=form.is_ticked("without_candidates"),
        names=form.written_names,
    )


def _form(kind: Kind) -> ExportChoiceForm:
    kept = choice_kept(g.person, kind.id)
    chosen = kept.chosen if kept else {}
    usual: dict[str, Any] = {"paper": usual_paper().value, "language": "en"}
    if kind.by_default:
        usual |= {"without_colleagues": True, "without_candidates": True}
    form = ExportChoiceForm(data=usual | chosen)
    form.fit(kind, _places(chosen))
    return form


def _places(chosen: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The places of the sections: as they are sent, or as they were kept."""
    if request.method == "GET":
        return chosen.get("places")
    return {
        name.removeprefix(SECTION): value for name, value in request.form.items() if name.startswith(SECTION)
    }


def _page(
    kind: Kind, subject: Subject, form: ExportChoiceForm, address: str = "", recipient: str = ""
) -> str:
    return render_template(
        "exports/choose.html",
        kind=kind,
        subject=subject,
        job=job_of(subject),
        about=subject_name(subject),
        form=form,
        address=address,
        recipient=recipient,
        shared_links=links_to(kind.id, subject.id),
        now=now(),
    )


def _thing(kind: Kind) -> str:
    """What the address of a document names."""
    return list(kind.rule.__annotations__)[1]


def _add(kind: Kind) -> None:
    """The page of one kind of document, behind its own door."""
    thing = _thing(kind)

    def chosen(**subject: Any) -> Any:
        return _chosen(kind, subject[thing])

    chosen.__doc__ = f"Choosing how the document is made: {kind.id}."
    chosen.__name__ = kind.id.replace("-", "_")
    blueprint.add_url_rule(
        f"/{FOLDERS[thing]}/<int:{thing}_id>/documents/{kind.id}",
        chosen.__name__,
        requires(kind.rule)(chosen),
        methods=["GET", "POST"],
    )


for each in KINDS.values():
    _add(each)


@blueprint.get("/shared/<secret>")
@public
def shared(secret: str) -> Any:
    """The document behind a link, for whoever has it."""
    with writing():
        try:
            link = open_link(secret, now())
        except Refused as refused:
            return render_template("exports/gone.html", sentence=refused.sentence), 404
        content, name = link.content, link.name
        db.session.commit()
    return pdf_response(content or b"", name)


@blueprint.post("/shared-documents/<int:shared_document_id>/revoke")
@requires(may_revoke_link)
def revoke_link(shared_document: SharedDocument) -> Any:
    """Ending a link."""
    revoke(shared_document, g.person)
    db.session.commit()
    flash(_("The link does not work any more."), "success")
    kind = KINDS.get(shared_document.document) or abort(404)
    return redirect(address_of(kind, shared_document.subject_id), 303)


def address_of(kind: Kind, subject_id: int) -> str:
    """The page of a document."""
    named: dict[str, Any] = {f"{_thing(kind)}_id": subject_id}
    return url_for(f"exports.{kind.id.replace('-', '_')}", **named)


@blueprint.route("/jobs/<int:job_id>/documents/packets", methods=["GET", "POST"])
@requires(may_compare)
def packets(job: Job) -> Any:
    """Choosing the packets of many candidates, which are made beside the pages."""
    kind = KINDS["packet"]
    people = rated_people(job, readable_application_ids(g.person, job))
    kept = choice_kept(g.person, PACKETS)
    chosen = kept.chosen if kept else {}
    ticked = request.args.getlist("candidate", type=int) or list(people)
    form = PacketsForm(
        data={"paper": usual_paper().value, "language": "en"} | chosen | {"candidates": ticked}
    )
    form.offer(kind, people, _places(chosen))
    if form.validate_on_submit():
        try:
            run = _started(job, form, people)
        except Refused as refused:
            form.refuse(refused)
        else:
            wake_worker(current_app)
            return redirect(url_for("exports.run", export_run_id=run.id), 303)
    runs = [(run, *progress_of(run)) for run in runs_of(job, g.person)]
    page = render_template("exports/packets.html", kind=kind, job=job, form=form, runs=runs)
    return page, 422 if form.errors else 200


def _started(job: Job, form: PacketsForm, people: Mapping[int, str]) -> ExportRun:
    chosen = set(form.candidates.data or [])
    run = start_run(
        job, g.person, ExportForm(form.form.data), [id_ for id_ in people if id_ in chosen], form.run_choice
    )
    remember_choice(g.person, PACKETS, {k: v for k, v in form.kept.items() if k != "candidates"})
    forget_old(now())
    db.session.commit()
    return run


@blueprint.get("/export-runs/<int:export_run_id>")
@requires(may_open_export)
def run(export_run: ExportRun) -> Response:
    """How far it is."""
    made, total = progress_of(export_run)
    page = make_response(
        render_template(
            "exports/run.html",
            run=export_run,
            job=export_run.job,
            made=made,
            total=total,
            files=files_made(export_run),
        )
    )
    if "HX-Request" in request.headers and export_run.status is not ExportStatus.RUNNING:
        page.headers["HX-Refresh"] = "true"  # Whoever waited sees the whole page.
    return page


@blueprint.post("/export-runs/<int:export_run_id>/cancel")
@requires(may_open_export)
def cancel_run(export_run: ExportRun) -> Any:
    """Stopping it; what was made is kept."""
    cancel(export_run)
    db.session.commit()
    return redirect(url_for("exports.run", export_run_id=export_run.id), 303)


@blueprint.get("/export-runs/<int:export_run_id>/file")
@requires(may_open_export)
def run_file(export_run: ExportRun) -> Any:
    """What was made: the whole document, or an archive of the packets that are there."""
    files = files_made(export_run)
    if export_run.status is ExportStatus.RUNNING or not files:
        abort(404)
    if not {file.application_id for file in files} <= readable_application_ids(g.person, export_run.job):
        abort(403)  # Somebody owes a scorecard again, or the job keeps its ratings closed.
    if export_run.is_whole:
        return pdf_response(export_run.merged or b"", packets_file(export_run.job, "pdf"))
    entries = [Entry(file.name, file.about, file.fingerprint, partial(content_of, file.id)) for file in files]
    return stream_response(streamed(entries), packets_file(export_run.job))

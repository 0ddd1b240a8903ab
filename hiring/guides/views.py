"""Pages of guides: overview, start, preview, publishing, versions, PDF. The builder's pages are in ``builder``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hiring.access import (
    may_drop_questions,
    may_edit_guide,
    may_edit_job,
    may_make_parallel_form,
    may_see_guide,
    may_see_guide_version,
    may_see_job,
    requires,
    visible_job_ids,
)
from hiring.errors import Refused, Stale
from hiring.export.printed import document_response
from hiring.export.usual import usual_choice
from hiring.extensions import db
from hiring.guides import operations, paper
from hiring.guides.brief import pointed_to, proposed_skills
from hiring.guides.builder import blueprint
from hiring.guides.composing import DoesNotFit, prices_of
from hiring.guides.document import frozen_draft, guide_sheet
from hiring.guides.draft import FROM_BRIEF, FROM_COPY, draft_sheet, said_since, suggestions
from hiring.guides.forms import ParallelForm, PublishForm, StartForm
from hiring.guides.frozen import frozen_guide, languages_of
from hiring.guides.history import differences, published, touched
from hiring.guides.parallel_form import Place, places_of, publish_parallel
from hiring.guides.queries import copied_from, guide_of, newest_version, parallel_forms_of, with_draft
from hiring.guides.starting import copy_guide, start_guide
from hiring.i18n import _
from hiring.models import Guide, GuideVersion, Job
from hiring.planning.wishes import ChangeKind
from question_bank import presets

__all__ = ["blueprint"]


@blueprint.get("/jobs/<int:job_id>/guide")
@requires(may_see_job)
def show(job: Job) -> Any:
    """The job's guide: its draft and what was published."""
    guide, may_edit = guide_of(job), may_edit_job(g.person, job)
    return render_template(
        "guides/show.html",
        job=job,
        guide=guide,
        draft=draft_sheet(guide) if guide and may_edit else None,
        versions=published(job),
        changes=_unpublished(guide) if guide and may_edit else (),
        may_edit=may_edit,
        may_drop=may_drop_questions(g.person, job),
    )


@blueprint.route("/jobs/<int:job_id>/guide/start", methods=["GET", "POST"])
@requires(may_edit_job)
def start(job: Job) -> Any:
    """A new draft."""
    guide = guide_of(job)
    form = StartForm(data={"revision": guide.revision if guide else None})
    form.offer(presets(), job, copied_from(job, visible_job_ids(g.person)))
    meanwhile: tuple[str, ...] = ()
    ways: Mapping[ChangeKind, str] = {}
    if form.validate_on_submit():
        try:
            made = _started(job, guide, form)
        except Refused as refused:
            form.refuse(refused)
            meanwhile = _meanwhile(guide, form, refused)
            ways = refused.ways if isinstance(refused, DoesNotFit) else {}
        else:
            db.session.commit()
            flash(_("The questions are proposed. Change what you like, then publish."), "success")
            return redirect(url_for("guides.edit", guide_id=made.id), 303)
    page = render_template(
        "guides/start.html",
        job=job,
        guide=guide,
        form=form,
        suggestions=suggestions(job),
        meanwhile=meanwhile,
        ways=ways,
        brief=pointed_to(job),
        proposed=proposed_skills(job),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/guides/<int:guide_id>/left-out")
@requires(may_edit_guide)
def left_out(guide: Guide) -> Any:
    """What the draft goes without, and what it would take to have it."""
    draft = with_draft(guide)
    return render_template(
        "guides/left_out.html", job=draft.job, guide=draft, prices=prices_of(draft), draft=draft_sheet(draft)
    )


@blueprint.get("/guides/<int:guide_id>/preview")
@requires(may_see_guide)
def preview(guide: Guide) -> Any:
    """The draft as interviewers would see it."""
    draft = with_draft(guide)
    return render_template(
        "guides/preview.html",
        job=draft.job,
        guide=draft,
        sheet=guide_sheet(frozen_draft(draft)),
        may_edit=may_edit_guide(g.person, draft),
    )


@blueprint.get("/guides/<int:guide_id>/preview.pdf")
@requires(may_see_guide)
def preview_pdf(guide: Guide) -> Response:
    """The draft on paper, marked as one."""
    draft = with_draft(guide)
    return document_response(paper.draft_paper(draft, usual_choice()))


@blueprint.get("/guides/<int:guide_id>/publish")
@requires(may_edit_guide)
def review(guide: Guide) -> Any:
    """What would be published, and what to think over."""
    return _publish_page(with_draft(guide), PublishForm(data={"revision": guide.revision}))


@blueprint.post("/guides/<int:guide_id>/publish")
@requires(may_edit_guide)
def publish(guide: Guide) -> Any:
    """Freezes the draft."""
    draft, form = with_draft(guide), PublishForm()
    try:
        version = operations.publish(draft, g.person, form.although_unasked.data, form.revision.data)
    except Refused as refused:
        form.refuse(refused)
        return _publish_page(draft, form, _meanwhile(draft, form, refused)), 422
    db.session.commit()
    flash(
        _("Version %(n)s is published. Interviews planned from now on use it.", n=version.number), "success"
    )
    return redirect(url_for("guides.version", version_id=version.id), 303)


@blueprint.get("/guide-versions/<int:version_id>")
@requires(may_see_guide_version)
def version(version: GuideVersion) -> Any:
    """A published guide."""
    return render_template(
        "guides/version.html",
        job=version.guide.job,
        version=version,
        sheet=guide_sheet(frozen_guide(version)),
        may_make_parallel=version.parallel_to_id is None and may_make_parallel_form(g.person, version),
        parallel_forms=parallel_forms_of(version),
        translations={each: frozen_guide(version, each) for each in languages_of(version)[1:]},
    )


@blueprint.route("/guide-versions/<int:version_id>/parallel", methods=["GET", "POST"])
@requires(may_make_parallel_form)
def parallel(version: GuideVersion) -> Any:
    """Other questions in the same places, for a second group of candidates."""
    try:
        places = places_of(version)
    except Refused as refused:
        return _parallel_page(version, lack=refused.sentence)
    form = ParallelForm(places)
    if form.validate_on_submit():
        try:
            made = publish_parallel(version, form.chosen, g.person)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(
                _("Version %(n)s is published. Choose it for interviews of the second group.", n=made.number),
                "success",
            )
            return redirect(url_for("guides.version", version_id=made.id), 303)
    return _parallel_page(version, places, form)


def _parallel_page(
    version: GuideVersion, places: tuple[Place, ...] = (), form: ParallelForm | None = None, lack: str = ""
) -> Any:
    page = render_template(
        "guides/parallel.html", job=version.guide.job, version=version, places=places, form=form, lack=lack
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.get("/guide-versions/<int:version_id>.pdf")
@requires(may_see_guide_version)
def version_pdf(version: GuideVersion) -> Response:
    """A published guide on paper."""
    return document_response(paper.version_paper(version, usual_choice()))


def _started(job: Job, guide: Guide | None, form: StartForm) -> Guide:
    opened: dict[str, Any] = {"replace": guide is not None, "revision": _opened(guide, form)}
    if form.start_from.data == FROM_COPY:
        source = guide_of(db.get_or_404(Job, int(form.copy_of.data)))
        if source is None:
            raise Refused(_("Choose the guide to copy."), field="copy_of")
        return copy_guide(job, g.person, source, **opened)
    answers = form.answers
    if form.start_from.data == FROM_BRIEF:
        answers["skill_ids"] = proposed_skills(job)
    return start_guide(job, g.person, must_fit=True, accept=_accepted(), **opened, **answers)


def _accepted() -> ChangeKind | None:
    """The change that the person chose among those proposed, if any."""
    sent = request.form.get("accept", "")
    return ChangeKind(sent) if sent in list(ChangeKind) else None


def _publish_page(guide: Guide, form: PublishForm, meanwhile: tuple[str, ...] = ()) -> str:
    last = newest_version(guide)
    return render_template(
        "guides/publish.html",
        job=guide.job,
        guide=guide,
        form=form,
        draft=draft_sheet(guide),
        meanwhile=meanwhile,
        last=last,
        changes=_unpublished(guide),
        touched=touched(guide.job) if last else (),
    )


def _unpublished(guide: Guide) -> tuple[str, ...]:
    last = newest_version(guide)
    return differences(frozen_guide(last), frozen_draft(guide)) if last else ()


def _opened(guide: Guide | None, form: StartForm) -> int | None:
    return form.revision.data if guide else None


def _meanwhile(guide: Guide | None, form: StartForm | PublishForm, refused: Refused) -> tuple[str, ...]:
    """What others did since the form was opened; the next try of the form goes over it."""
    if guide is None or not isinstance(refused, Stale):
        return ()
    told = said_since(guide, form.revision.data)
    form.revision.renew(guide.revision)
    return told

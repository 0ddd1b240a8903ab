"""Pages of the organisation's own skills and probes, and of the bundled bank's editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import (
    is_signed_in,
    may_edit_bank_entry,
    may_see_bank_entry,
    may_write_bank,
    requires,
    visible_job_ids,
)
from hiring.authoring import operations
from hiring.authoring.advice import remarks_on
from hiring.authoring.document import (
    STAR_WORDS,
    alike_elsewhere,
    differences,
    edition_list,
    entry_list,
    entry_sheet,
    place_name,
    title_of,
)
from hiring.authoring.forms import EntryForm, RetireForm, blank_probe, blank_skill, path_of
from hiring.authoring.queries import with_history
from hiring.bank.indexing import catch_up, is_outdated
from hiring.bank.queries import skill, skills
from hiring.errors import Refused, Stale
from hiring.extensions import db, writing
from hiring.forms import UNREADABLE
from hiring.i18n import LANGUAGE_NAMES, _
from hiring.labels import choices
from hiring.models import BankEntry, BankRevision, EntryKind, RevisionStatus
from question_bank import SOURCE_LANGUAGE, NotInBank, QuestionKind, languages

blueprint = Blueprint("authoring", __name__)


@blueprint.get("/bank/own")
@requires(may_write_bank)
def index() -> Any:
    """The organisation's own entries."""
    word = request.args.get("status", "")
    status = RevisionStatus(word) if word in list(RevisionStatus) else None
    return render_template(
        "authoring/index.html",
        list=entry_list(status),
        status=status,
        statuses=list(RevisionStatus),
        languages=LANGUAGE_NAMES,
    )


@blueprint.route("/bank/own/skills/new", methods=["GET", "POST"])
@requires(may_write_bank)
def new_skill() -> Any:
    """A new skill."""
    form = EntryForm()
    form.begin(EntryKind.SKILL, blank_skill())
    form.reason.label.text = _("Why it is added")

    def save() -> BankEntry:
        return operations.add_skill(form.written({}), g.person, **_typed(form), language=form.language.data)

    return _page_of(
        form,
        save,
        None,
        page_title=_("New skill"),
        back=(_("Own skills and questions"), url_for("authoring.index")),
    )


@blueprint.route("/bank/own/probes/new", methods=["GET", "POST"])
@requires(may_write_bank)
def new_probe() -> Any:
    """A new probe for a skill."""
    skill_id = request.args.get("skill", "")
    try:
        name = skill(skill_id).name
    except NotInBank:
        return render_template("authoring/choose_skill.html", skills=skills()), 404 if skill_id else 200
    form = EntryForm()
    form.begin(EntryKind.PROBE, blank_probe())
    form.reason.label.text = _("Why it is added")

    def save() -> BankEntry:
        content, language = form.written({}), form.language.data
        return operations.add_probe(skill_id, content, g.person, **_typed(form), language=language)

    back = (name, url_for("bank.show", skill_id=skill_id))
    return _page_of(form, save, None, page_title=_("New probe: %(skill)s", skill=name), back=back)


@blueprint.post("/bank/own/copies")
@requires(may_write_bank)
def copy() -> Any:
    """An own copy of a bundled skill or probe."""
    ident, language = request.form.get("ident", ""), request.form.get("language", SOURCE_LANGUAGE)
    if language not in languages():
        abort(404)
    try:
        entry = operations.copy_of(
            ident, g.person, _("Copied from %(id)s, to be adapted.", id=ident), language
        )
    except NotInBank:
        abort(404)
    db.session.commit()
    flash(_("This is your own copy. Adapt it, then ask a colleague to review it."), "success")
    return redirect(url_for("authoring.edit", entry_id=entry.id), 303)


@blueprint.get("/bank/own/<int:entry_id>")
@requires(may_see_bank_entry)
def show(entry: BankEntry) -> Any:
    """One entry."""
    return _entry_page(entry, RetireForm(formdata=None))


@blueprint.route("/bank/own/<int:entry_id>/edit", methods=["GET", "POST"])
@requires(may_edit_bank_entry)
def edit(entry: BankEntry) -> Any:
    """The words of an entry, written anew."""
    base = entry.latest.content
    form = EntryForm(data={"revision": entry.revision, "reason": ""})
    form.begin(entry.kind, base)
    form.language.data = entry.language

    def save() -> BankEntry:
        operations.revise(entry, form.written(base), g.person, revision=form.revision.data, **_typed(form))
        return entry

    back = (title_of(entry.kind, base), url_for("authoring.show", entry_id=entry.id))
    title = _("Edit the skill") if entry.kind is EntryKind.SKILL else _("Edit the probe")
    return _page_of(form, save, entry, page_title=title, back=back)


@blueprint.post("/bank/own/findings")
@requires(may_write_bank)
def findings() -> Any:
    """What the linter says about what is being typed."""
    form = EntryForm()
    form.begin(EntryKind.SKILL if request.args.get("kind") == EntryKind.SKILL else EntryKind.PROBE, {})
    form.read(request.form)
    return render_template("authoring/_findings.html", **_advice(form))


@blueprint.post("/bank/own/<int:entry_id>/review")
@requires(may_edit_bank_entry)
def review(entry: BankEntry) -> Any:
    """A colleague's yes."""

    def change() -> None:
        operations.review(entry, g.person, _revision())

    return _do(entry, change, _("Reviewed. It may be put into use now."))


@blueprint.post("/bank/own/<int:entry_id>/activate")
@requires(may_edit_bank_entry)
def activate(entry: BankEntry) -> Any:
    """Into use."""

    def change() -> None:
        operations.activate(entry, g.person, _revision())

    return _do(entry, change, _("In use: guides and jobs are offered it from now on."))


@blueprint.post("/bank/own/<int:entry_id>/retire")
@requires(may_edit_bank_entry)
def retire(entry: BankEntry) -> Any:
    """Out of use."""
    form = RetireForm()

    def change() -> None:
        operations.retire(entry, g.person, form.reason.data, form.revision.data)

    return _do(entry, change, _("Retired. Guides that were published with it keep its words."), form)


@blueprint.post("/bank/own/<int:entry_id>/delete")
@requires(may_edit_bank_entry)
def delete(entry: BankEntry) -> Any:
    """Gone, if it was never in use."""
    try:
        operations.delete_entry(entry, g.person, _revision())
    except Refused as refused:
        return _entry_page(entry, RetireForm(formdata=None), refused), 422
    db.session.commit()
    flash(_("Deleted. It was never in use."), "success")
    return redirect(url_for("authoring.index"), 303)


@blueprint.get("/bank/own/<int:entry_id>/differences")
@requires(may_edit_bank_entry)
def compare(entry: BankEntry) -> Any:
    """What differs between two revisions."""
    entry = with_history(entry)
    newest = len(entry.revisions)
    after = _numbered(entry, "after", newest)
    before = _numbered(entry, "before", max(after.number - 1, 1))
    return render_template(
        "authoring/compare.html",
        entry=entry,
        title=title_of(entry.kind, entry.latest.content),
        before=before,
        after=after,
        differences=differences(before, after),
    )


@blueprint.get("/bank/editions")
@requires(is_signed_in)
def bank_editions() -> Any:
    """What upgrades changed in the bundled bank."""
    return render_template("authoring/editions.html", editions=edition_list())


def _page_of(
    form: EntryForm,
    save: Callable[[], BankEntry],
    entry: BankEntry | None,
    *,
    page_title: str,
    back: tuple[str, str],
) -> Any:
    """The form, what was sent with it, or the entry that was saved."""
    stored = None
    if request.method == "GET":
        _find_what_is_new()
    else:
        form.read(request.form)
        if wish := request.form.get("do"):
            form.change_rows(wish)
        elif form.fits(entry.ident if entry else "", entry.latest.content if entry else {}):
            try:
                saved = save()
            except Refused as refused:
                form.refuse(refused)
                stored = _stored(form, entry, refused)
            else:
                db.session.commit()
                flash(_("Saved as a draft. Next: a colleague reviews it."), "success")
                return redirect(url_for("authoring.show", entry_id=saved.id), 303)
    page = render_template(
        "authoring/edit.html",
        form=form,
        entry=entry,
        stored=stored,
        page_title=page_title,
        back=back,
        kinds=choices(QuestionKind),
        stars=STAR_WORDS,
        **_advice(form),
    )
    return page, 422 if form.errors or form.faults else 200


def _find_what_is_new() -> None:
    """Lets near duplicates be found among the newest words too."""
    if is_outdated():
        with writing():
            catch_up()
            db.session.commit()


def _typed(form: EntryForm) -> dict[str, str]:
    return {"reason": form.reason.data or "", "override_reason": form.override_reason.data or ""}


def _stored(form: EntryForm, entry: BankEntry | None, refused: Refused) -> Any:
    """What somebody else has stored in between, against what was typed; the next save goes over it."""
    if entry is None or not isinstance(refused, Stale):
        return None
    form.revision.renew(entry.revision)
    return entry_sheet(entry, g.person, visible_job_ids(g.person))


def _advice(form: EntryForm) -> dict[str, Any]:
    language = form.language.data or SOURCE_LANGUAGE
    remarks = remarks_on(form.kind, form.content, language)
    return {
        "alike": alike_elsewhere(form.kind, form.content, language),
        "remarks": [(path_of(each.place), place_name(each.place), each) for each in remarks],
        "blocks": any(each.blocks for each in remarks),
    }


def _do(entry: BankEntry, change: Callable[[], None], said: str, form: RetireForm | None = None) -> Any:
    """Makes the change and goes back to the entry; if it is refused, shows why."""
    form = form or RetireForm(formdata=None)
    try:
        change()
    except Refused as refused:
        form.refuse(refused)
        return _entry_page(entry, form, refused), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("authoring.show", entry_id=entry.id), 303)


def _entry_page(entry: BankEntry, form: RetireForm, refused: Refused | None = None) -> str:
    may_edit = may_edit_bank_entry(g.person, entry)
    sheet = entry_sheet(entry, g.person, visible_job_ids(g.person))
    form.revision.renew(sheet.revision)
    return render_template(
        "authoring/show.html" if may_edit else "authoring/in_use.html",
        sheet=sheet,
        form=form,
        refused=refused,
        stars=STAR_WORDS,
        languages=LANGUAGE_NAMES,
    )


def _revision() -> int:
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else UNREADABLE


def _numbered(entry: BankEntry, name: str, otherwise: int) -> BankRevision:
    number = request.args.get(name, otherwise, type=int)
    found = next((each for each in entry.revisions if each.number == number), None)
    if found is None:
        abort(404)
    return found

"""Pages of workshops: proposing, sorting, reading the agreement, signing off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring import access
from hiring.access import (
    is_signed_in,
    may_draft_from_workshop,
    may_edit_anchor,
    may_lead_workshop,
    may_see_agreement,
    may_see_workshop,
    may_sign_off_workshop,
    may_sort,
    may_write_bank,
    requires,
)
from hiring.bank.queries import skills
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _, language_name, ngettext
from hiring.models import Workshop, WorkshopAnchor, WorkshopStatus
from hiring.workshops import operations
from hiring.workshops.document import (
    agreement_sheet,
    kept_skills,
    own_proposals,
    skills_of,
    sorting_sheet,
    workshop_list,
    workshop_sheet,
)
from hiring.workshops.forms import (
    AnchorForm,
    DecisionsForm,
    DraftForm,
    InviteForm,
    SignOffForm,
    SortingForm,
    StartForm,
)
from hiring.workshops.queries import own_skill_entries, people_to_invite, sorter_of, sorters_in

blueprint = Blueprint("workshops", __name__)


@blueprint.get("/bank/workshops")
@requires(is_signed_in)
def index() -> Any:
    """The workshops one takes part in; for those who write for the bank, all of them."""
    return render_template(
        "workshops/index.html",
        rows=workshop_list(g.person, access.may_see_all_workshops(g.person)),
        may_start=may_write_bank(g.person),
    )


@blueprint.route("/bank/workshops/new", methods=["GET", "POST"])
@requires(may_write_bank)
def new() -> Any:
    """A new workshop."""
    form = StartForm()
    form.offer(_skills_on_offer())
    if form.validate_on_submit():
        try:
            workshop = operations.start_workshop(g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("The workshop is open for proposals."), "success")
            return redirect(url_for("workshops.show", workshop_id=workshop.id), 303)
    return render_template("workshops/new.html", form=form), _status(form)


@blueprint.get("/bank/workshops/<int:workshop_id>")
@requires(may_see_workshop)
def show(workshop: Workshop) -> Any:
    """Where a workshop stands, and what comes next."""
    return _page(workshop)


@blueprint.route("/bank/workshops/<int:workshop_id>/propose", methods=["GET", "POST"])
@requires(may_see_workshop)
def propose(workshop: Workshop) -> Any:
    """One's own proposals, one after the other."""
    form = AnchorForm()
    form.offer(skills_of(workshop))
    if form.validate_on_submit():
        try:
            operations.propose_anchor(workshop, g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Proposed. Write the next one."), "success")
            return redirect(url_for("workshops.propose", workshop_id=workshop.id), 303)
    return _proposing_page(workshop, form), _status(form)


@blueprint.post("/bank/workshops/<int:workshop_id>/take-over")
@requires(may_see_workshop)
def take_over(workshop: Workshop) -> Any:
    """The levels that a skill has today, as proposals."""
    try:
        number = operations.take_over(workshop, g.person, request.form.get("skill_id", ""))
    except Refused as refused:
        form = AnchorForm(formdata=None)
        form.offer(skills_of(workshop))
        return _proposing_page(workshop, form, refused), 422
    db.session.commit()
    flash(ngettext("One anchor taken over.", "%(num)s anchors taken over.", number), "success")
    return redirect(url_for("workshops.propose", workshop_id=workshop.id), 303)


@blueprint.route("/bank/workshops/anchors/<int:anchor_id>", methods=["GET", "POST"])
@requires(may_edit_anchor)
def edit_anchor(anchor: WorkshopAnchor) -> Any:
    """Another wording, or another place, for one's own proposal."""
    form = AnchorForm(data={"skill_id": anchor.skill_id, "level": str(anchor.level), "text": anchor.text})
    form.offer(skills_of(anchor.workshop))
    if form.validate_on_submit():
        try:
            operations.change_anchor(anchor, g.person, **form.answers)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("workshops.propose", workshop_id=anchor.workshop_id), 303)
    return _anchor_page(anchor, form), _status(form)


@blueprint.post("/bank/workshops/anchors/<int:anchor_id>/withdraw")
@requires(may_edit_anchor)
def withdraw_anchor(anchor: WorkshopAnchor) -> Any:
    """One's own proposal, taken back."""
    workshop_id = anchor.workshop_id
    try:
        operations.withdraw_anchor(anchor, g.person)
    except Refused as refused:
        form = AnchorForm(formdata=None, obj=anchor)
        form.offer(skills_of(anchor.workshop))
        return _anchor_page(anchor, form, refused), 422
    db.session.commit()
    flash(_("Taken back."), "success")
    return redirect(url_for("workshops.propose", workshop_id=workshop_id), 303)


@blueprint.post("/bank/workshops/<int:workshop_id>/sorters")
@requires(may_lead_workshop)
def invite(workshop: Workshop) -> Any:
    """A colleague who is asked to sort."""
    people = people_to_invite(workshop)
    form = InviteForm()
    form.offer(people)
    if form.validate():
        try:
            person = form.chosen(people)
            operations.invite(workshop, person, g.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(
                _(
                    "%(name)s is invited, and is told on the first page once it is time to sort.",
                    name=person.name,
                ),
                "success",
            )
            return redirect(url_for("workshops.show", workshop_id=workshop.id), 303)
    return _page(workshop, form=form), 422


@blueprint.post("/bank/workshops/<int:workshop_id>/sorters/remove")
@requires(may_lead_workshop)
def remove_sorter(workshop: Workshop) -> Any:
    """A sorter who is let go."""
    asked = {str(each.person_id): each.person for each in sorters_in(workshop)}
    person = asked.get(request.form.get("person_id", ""))
    if person is None:
        return _page(workshop, Refused(_("Choose one of the sorters."))), 422
    return _do(
        workshop,
        lambda: operations.remove_sorter(workshop, person, g.person),
        _("%(name)s no longer sorts.", name=person.name),
    )


@blueprint.post("/bank/workshops/<int:workshop_id>/open")
@requires(may_lead_workshop)
def open_sorting(workshop: Workshop) -> Any:
    """The end of the proposals."""
    return _do(
        workshop,
        lambda: operations.open_sorting(workshop, g.person),
        _("The sorting has begun. Tell the sorters that it is their turn."),
    )


@blueprint.route("/bank/workshops/<int:workshop_id>/sort", methods=["GET", "POST"])
@requires(may_sort)
def sort(workshop: Workshop) -> Any:
    """Every anchor, to be put where the reader thinks it belongs."""
    form = SortingForm()
    sheet = _sorting(workshop)
    sent = request.form if request.method == "POST" else None
    form.begin(sheet, sent)
    if sent is not None and form.fits():
        try:
            operations.place(workshop, g.person, form.choices)
            # What can be kept is kept, also where it is too early to finish.
            db.session.commit()
            if sent.get("do") == "finish":
                operations.finish_sorting(workshop, g.person)
                db.session.commit()
        except Refused as refused:
            form.refuse(refused)
        else:
            return _sorted(workshop)
    return render_template("workshops/sort.html", workshop=workshop, sheet=_sorting(workshop), form=form), (
        422 if form.errors or form.wrong else 200
    )


@blueprint.post("/bank/workshops/<int:workshop_id>/close")
@requires(may_lead_workshop)
def close(workshop: Workshop) -> Any:
    """The end of the sorting."""
    return _do(
        workshop,
        lambda: operations.close_sorting(workshop, g.person),
        _("The sorting is closed. Read the agreement, then decide what to keep."),
    )


@blueprint.route("/bank/workshops/<int:workshop_id>/agreement", methods=["GET", "POST"])
@requires(may_see_agreement)
def agreement(workshop: Workshop) -> Any:
    """How each anchor was read, and what becomes of it."""
    form = DecisionsForm()
    if request.method == "GET":
        return _agreement_page(workshop, form)
    if not access.may_decide_anchors(g.person, workshop):
        abort(403)
    form.begin(agreement_sheet(workshop), request.form)
    if form.fits():
        try:
            operations.decide(workshop, g.person, form.wishes)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Decisions saved."), "success")
            return redirect(url_for("workshops.agreement", workshop_id=workshop.id), 303)
    return _agreement_page(workshop, form), 422


@blueprint.post("/bank/workshops/<int:workshop_id>/sign-off")
@requires(may_sign_off_workshop)
def sign_off(workshop: Workshop) -> Any:
    """A second person's yes."""
    form = SignOffForm()
    if form.validate():
        try:
            operations.sign_off(workshop, g.person, form.sign_off_note.data, form.revision.data)
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Signed off. What was kept can be put into drafts of your own skills now."), "success")
            return redirect(url_for("workshops.agreement", workshop_id=workshop.id), 303)
    return _agreement_page(workshop, DecisionsForm(formdata=None), form), 422


@blueprint.route("/bank/workshops/<int:workshop_id>/drafts", methods=["GET", "POST"])
@requires(may_draft_from_workshop)
def drafts(workshop: Workshop) -> Any:
    """What was kept, to be put into drafts of own skills."""
    form = DraftForm()
    if form.validate_on_submit():
        skill_id = request.form.get("skill_id", "")
        try:
            entry = operations.put_into_draft(workshop, g.person, skill_id, form.chosen(request.form))
        except Refused as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Saved as a draft. Next: a colleague reviews it."), "success")
            return redirect(url_for("authoring.show", entry_id=entry.id), 303)
    return render_template(
        "workshops/drafts.html", workshop=workshop, skills=kept_skills(workshop), form=form
    ), _status(form)


def _page(workshop: Workshop, refused: Refused | None = None, form: InviteForm | None = None) -> str:
    leads = may_lead_workshop(g.person, workshop)
    if form is None:
        form = InviteForm(formdata=None)
        form.offer(people_to_invite(workshop) if leads else ())
    return render_template(
        "workshops/show.html",
        sheet=workshop_sheet(
            workshop,
            g.person,
            sees_meanings=access.may_see_meanings(g.person, workshop),
            sees_progress=access.may_see_progress(g.person, workshop),
        ),
        form=form,
        refused=refused,
        leads=leads,
        sees_agreement=may_see_agreement(g.person, workshop),
        may_draft=may_draft_from_workshop(g.person, workshop),
    )


def _do(workshop: Workshop, change: Callable[[], None], said: str) -> Any:
    """Makes the change and goes back to the workshop; if it is refused, shows why."""
    try:
        change()
    except Refused as refused:
        return _page(workshop, refused), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("workshops.show", workshop_id=workshop.id), 303)


def _proposing_page(workshop: Workshop, form: AnchorForm, refused: Refused | None = None) -> str:
    return render_template(
        "workshops/propose.html",
        workshop=workshop,
        skills=skills_of(workshop),
        proposals=own_proposals(workshop, g.person),
        form=form,
        refused=refused,
        is_open=workshop.status is WorkshopStatus.PROPOSING,
    )


def _anchor_page(anchor: WorkshopAnchor, form: AnchorForm, refused: Refused | None = None) -> str:
    return render_template(
        "workshops/edit_anchor.html",
        anchor=anchor,
        workshop=anchor.workshop,
        form=form,
        refused=refused,
        is_open=anchor.workshop.status is WorkshopStatus.PROPOSING,
    )


def _sorting(workshop: Workshop) -> Any:
    sorter = sorter_of(workshop, g.person)
    if sorter is None:
        abort(403)
    return sorting_sheet(workshop, sorter)


def _sorted(workshop: Workshop) -> Any:
    """Back to where the sorter was, or to the workshop once everything is sorted."""
    progress = _sorting(workshop).progress
    if progress.is_finished:
        flash(_("Thank you. Your sorting is finished and locked."), "success")
        return redirect(url_for("workshops.show", workshop_id=workshop.id), 303)
    said = _("Saved: %(placed)s of %(total)s sorted.", placed=progress.placed, total=progress.total)
    flash(said, "success")
    return redirect(url_for("workshops.sort", workshop_id=workshop.id), 303)


def _agreement_page(workshop: Workshop, form: DecisionsForm, signing: SignOffForm | None = None) -> str:
    sheet = agreement_sheet(workshop)
    if not form.rows:
        form.begin(sheet)
    signing = signing or SignOffForm(formdata=None)
    signing.revision.renew(sheet.revision)
    is_closed = workshop.status is WorkshopStatus.CLOSED
    return render_template(
        "workshops/agreement.html",
        sheet=sheet,
        form=form,
        signing=signing,
        may_decide=is_closed and access.may_decide_anchors(g.person, workshop),
        may_sign_off=is_closed and may_sign_off_workshop(g.person, workshop),
        may_draft=workshop.status is WorkshopStatus.SIGNED_OFF
        and may_draft_from_workshop(g.person, workshop),
    )


def _skills_on_offer() -> list[tuple[str, str]]:
    """Skills in use under their names, then drafts and others of the organisation's own with their language."""
    own = {each.ident: each for each in own_skill_entries()}
    ours = [(each.id, each.name) for each in skills() if each.id not in own]
    return ours + [
        (ident, f"{each.latest.content['name']} ({_('own')}, {language_name(each.language)})")
        for ident, each in own.items()
    ]


def _status(form: Any) -> int:
    return 422 if form.errors else 200

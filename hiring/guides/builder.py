"""The builder's pages: one small form for each thing one can do to a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from hiring.access import may_edit_guide, requires
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.forms import UNREADABLE
from hiring.guides import operations
from hiring.guides.draft import choices_of, draft_sheet, said_since, skills_to_ask
from hiring.guides.forms import MinutesForm, NewRoundForm, NoteForm, RoundForm
from hiring.guides.queries import with_draft
from hiring.i18n import _
from hiring.models import Guide, GuideItem, GuideRound

blueprint = Blueprint("guides", __name__)


@dataclass(frozen=True)
class Problem:
    """Why something was not done: the sentence, what others did meanwhile, and what was typed where."""

    sentence: str
    meanwhile: tuple[str, ...] = ()
    is_stale: bool = False
    item_id: int | None = None
    typed: str = ""
    note_id: int | None = None
    note: str = ""


@blueprint.get("/guides/<int:guide_id>/edit")
@requires(may_edit_guide)
def edit(guide: Guide) -> Any:
    """The builder."""
    return _builder(with_draft(guide))


@blueprint.post("/guides/<int:guide_id>/items/<int:item_id>/move")
@requires(may_edit_guide)
def move(guide: Guide, item_id: int) -> Any:
    """One place up or down, or to the place where it was dropped."""
    direction = request.form.get("direction")

    def change() -> None:
        item = _item(guide, item_id)
        if direction == "to":
            round_ = _round(guide, _number("round"))
            operations.place_item(item, round_, _number("place"), g.person, _revision())
        else:
            operations.move_item(item, g.person, direction == "up", _revision())

    return _do(guide, change, _("Moved."), f"item-{item_id}")


@blueprint.post("/guides/<int:guide_id>/items/<int:item_id>/minutes")
@requires(may_edit_guide)
def minutes(guide: Guide, item_id: int) -> Any:
    """The time for one question."""
    form = MinutesForm()

    def change() -> None:
        if not form.validate():
            raise Refused(form.minutes.errors[0])
        operations.set_minutes(_item(guide, item_id), form.minutes.data, g.person, _revision())

    return _do(guide, change, _("The minutes are saved."), f"item-{item_id}", typed_minutes=item_id)


@blueprint.post("/guides/<int:guide_id>/items/<int:item_id>/note")
@requires(may_edit_guide)
def note(guide: Guide, item_id: int) -> Any:
    """The team's own note beside a question."""
    form = NoteForm()

    def change() -> None:
        if not form.validate():
            raise Refused(form.note.errors[0], field="note")
        operations.set_note(_item(guide, item_id), form.note.data or "", g.person, _revision())

    return _do(guide, change, _("The note is saved."), f"item-{item_id}", typed_note=item_id)


@blueprint.post("/guides/<int:guide_id>/items/<int:item_id>/remove")
@requires(may_edit_guide)
def remove_item(guide: Guide, item_id: int) -> Any:
    """Takes a question out."""

    def change() -> None:
        operations.remove_item(_item(guide, item_id), g.person, _revision())

    return _do(guide, change, _("The question is removed."))


@blueprint.get("/guides/<int:guide_id>/items/<int:item_id>/swap")
@requires(may_edit_guide)
def choose_instead(guide: Guide, item_id: int) -> Any:
    """The other questions of the same skill."""
    return _swap_page(with_draft(guide), item_id)


@blueprint.post("/guides/<int:guide_id>/items/<int:item_id>/swap")
@requires(may_edit_guide)
def swap(guide: Guide, item_id: int) -> Any:
    """Another question in the place of this one."""
    chosen = request.form.get("question_id", "")

    def change() -> None:
        operations.swap_item(_item(guide, item_id), chosen, g.person, _revision())

    return _do(guide, change, _("The question is swapped."), f"item-{item_id}")


@blueprint.get("/guides/<int:guide_id>/rounds/<int:round_id>/add")
@requires(may_edit_guide)
def choose_more(guide: Guide, round_id: int) -> Any:
    """The bank's questions, skill by skill."""
    return _add_page(with_draft(guide), round_id)


@blueprint.post("/guides/<int:guide_id>/rounds/<int:round_id>/add")
@requires(may_edit_guide)
def add_item(guide: Guide, round_id: int) -> Any:
    """One more question."""
    chosen = request.form.get("question_id", "")

    def change() -> None:
        operations.add_item(_round(guide, round_id), chosen, g.person, revision=_revision())

    return _do(guide, change, _("The question is added."), f"round-{round_id}")


@blueprint.post("/guides/<int:guide_id>/rounds/<int:round_id>")
@requires(may_edit_guide)
def change_round(guide: Guide, round_id: int) -> Any:
    """Name, times and scripts of a round."""
    draft, form = with_draft(guide), RoundForm(prefix=_prefix(round_id))
    if not form.validate() and round_id in _ids(draft.rounds):
        return _builder(draft, typed={round_id: form}), 422

    def change() -> None:
        operations.change_round(_round(guide, round_id), g.person, revision=_revision(), **form.answers)

    return _do(guide, change, _("The round is saved."), f"round-{round_id}", typed={round_id: form})


@blueprint.post("/guides/<int:guide_id>/rounds")
@requires(may_edit_guide)
def add_round(guide: Guide) -> Any:
    """One more round."""
    form = NewRoundForm(prefix="new")
    if not form.validate():
        return _builder(with_draft(guide), new_round=form), 422

    def change() -> None:
        operations.add_round(guide, g.person, revision=_revision(), **form.answers)

    return _do(guide, change, _("The round is added. Add its questions."), new_round=form)


@blueprint.post("/guides/<int:guide_id>/rounds/<int:round_id>/split")
@requires(may_edit_guide)
def split(guide: Guide, round_id: int) -> Any:
    """Two rounds out of one."""

    def change() -> None:
        operations.split_round(_round(guide, round_id), g.person, _revision())

    return _do(guide, change, _("The round is split for two interviewers."), f"round-{round_id}")


@blueprint.post("/guides/<int:guide_id>/rounds/<int:round_id>/remove")
@requires(may_edit_guide)
def remove_round(guide: Guide, round_id: int) -> Any:
    """Takes a round out."""

    def change() -> None:
        operations.remove_round(_round(guide, round_id), g.person, _revision())

    return _do(guide, change, _("The round is removed."))


class _HasId(Protocol):
    id: Any


Row = TypeVar("Row", bound=_HasId)


def _do(
    guide: Guide,
    change: Callable[[], None],
    said: str,
    anchor: str = "builder",
    typed_minutes: int | None = None,
    typed_note: int | None = None,
    **shown: Any,
) -> Any:
    """Makes the change and goes back to the builder; if it is refused, shows why with what was typed."""
    draft = with_draft(guide)
    try:
        change()
    except Refused as refused:
        for form in (*shown.get("typed", {}).values(), *filter(None, [shown.get("new_round")])):
            form.refuse(refused)
        return _builder(draft, _problem(draft, refused, typed_minutes, typed_note), **shown), 422
    db.session.commit()
    if _wants_part():
        return _builder(with_draft(draft), said=said)
    flash(said, "success")
    return redirect(url_for("guides.edit", guide_id=guide.id, _anchor=anchor), 303)


def _builder(
    guide: Guide,
    problem: Problem | None = None,
    typed: dict[int, RoundForm] | None = None,
    new_round: NewRoundForm | None = None,
    said: str = "",
) -> str:
    return render_template(
        "guides/_builder.html" if _wants_part() else "guides/edit.html",
        job=guide.job,
        guide=guide,
        draft=draft_sheet(guide),
        problem=problem,
        forms={each.id: (typed or {}).get(each.id) or _round_form(each) for each in guide.rounds},
        orphan=next((form for id_, form in (typed or {}).items() if id_ not in _ids(guide.rounds)), None),
        opened=set(typed or {}),
        new_round=new_round or NewRoundForm(formdata=None, prefix="new"),
        said=said,
    )


def _swap_page(guide: Guide, item_id: int) -> Any:
    found = [item for round_ in guide.rounds for item in round_.items if item.id == item_id]
    if not found:
        abort(404)
    item = found[0]
    return render_template(
        "guides/swap.html",
        job=guide.job,
        guide=guide,
        item=item,
        row=next(row for each in draft_sheet(guide).rounds for row in each.items if row.id == item_id),
        choices=choices_of(guide, item.skill_id, instead_of=item.question_id),
    )


def _add_page(guide: Guide, round_id: int) -> Any:
    to_ask = skills_to_ask(guide)
    skill_id = request.args.get("skill", to_ask[0][0])
    round_ = next((each for each in guide.rounds if each.id == round_id), None)
    if round_ is None or skill_id not in dict(to_ask):
        abort(404)
    return render_template(
        "guides/add.html",
        job=guide.job,
        guide=guide,
        round_=round_,
        skills=to_ask,
        skill_id=skill_id,
        skill_name=dict(to_ask)[skill_id],
        choices=choices_of(guide, skill_id),
    )


def _problem(
    guide: Guide, refused: Refused, typed_minutes: int | None = None, typed_note: int | None = None
) -> Problem:
    is_stale = isinstance(refused, Stale)
    return Problem(
        sentence=refused.sentence,
        meanwhile=said_since(guide, _revision()) if is_stale else (),
        is_stale=is_stale,
        item_id=typed_minutes,
        typed=request.form.get("minutes", ""),
        note_id=typed_note,
        note=request.form.get("note", ""),
    )


def _wants_part() -> bool:
    return bool(request.headers.get("HX-Request"))


def _revision() -> int:
    return _number("revision", UNREADABLE)


def _number(name: str, otherwise: int = 0) -> int:
    sent = request.form.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else otherwise


def _prefix(round_id: int) -> str:
    return f"round-{round_id}"


def _round_form(round_: GuideRound) -> RoundForm:
    return RoundForm(formdata=None, obj=round_, prefix=_prefix(round_.id))


def _item(guide: Guide, item_id: int) -> GuideItem:
    return _present([item for round_ in guide.rounds for item in round_.items], item_id)


def _round(guide: Guide, round_id: int) -> GuideRound:
    return _present(guide.rounds, round_id)


def _present(rows: Sequence[Row], number: int) -> Row:
    found = next((row for row in rows if row.id == number), None)
    if found is None:
        raise Stale(_("Somebody has removed this from the guide since you opened the page."))
    return found


def _ids(rows: Sequence[GuideRound]) -> set[int]:
    return {row.id for row in rows}

"""Pages of practice: begin, rate, see the experts' view, follow one's progress."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for

from hiring.access import is_signed_in, may_practise, may_read_practice, requires
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _, chosen_language
from hiring.models import Person, PracticeRound
from hiring.practice.document import practice_sheet, practice_skills, round_sheet
from hiring.practice.forms import BeginForm, RateForm, TrainerForm
from hiring.practice.operations import begin_round, choose_trainer, rate_sample
from hiring.practice.queries import people_to_choose
from hiring.wording import reason

blueprint = Blueprint("practice", __name__)


@blueprint.route("/practice", methods=["GET", "POST"])
@requires(is_signed_in)
def index() -> Any:
    """One's own practice, and a round to begin."""
    form = BeginForm(practice_skills(), data={"language": g.person.language or chosen_language()})
    if form.validate_on_submit():
        try:
            round_ = begin_round(g.person, form.language.data, form.skill.data or "")
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            return redirect(url_for("practice.sitting", sitting_id=round_.id), 303)
    return _own_page(form, _trainer_form())


@blueprint.post("/practice/trainer")
@requires(is_signed_in)
def trainer() -> Any:
    """Chooses who reads one's practice."""
    form = _trainer_form()
    people = {str(each.id): each for each in people_to_choose(g.person)}
    chosen = people.get(form.trainer.data or "")
    try:
        if form.trainer.data and chosen is None:
            raise Refused(_("Choose a colleague with an account."), field="trainer")
        choose_trainer(g.person, chosen)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _own_page(BeginForm(practice_skills()), form)
    words = (
        _("%(name)s can read your practice now.", name=chosen.name) if chosen else _("Nobody else reads it.")
    )
    flash(words, "success")
    return redirect(url_for("practice.index"), 303)


@blueprint.route("/practice/rounds/<int:sitting_id>", methods=["GET", "POST"])
@requires(may_practise)
def sitting(sitting: PracticeRound) -> Any:
    """The next answer to rate, or what came of all of them."""
    sheet, form = round_sheet(sitting), RateForm()
    if sheet.next is not None and form.validate_on_submit():
        try:
            level = int(form.level.data) if form.level.data in ("1", "2", "3", "4", "5") else None
            rating = rate_sample(sitting, sheet.next.position, level, form.evidence.data)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            anchor = f"answer-{rating.position}" if not sitting.is_calibration else None
            return redirect(url_for("practice.sitting", sitting_id=sitting.id, _anchor=anchor), 303)
    page = render_template("practice/round.html", sheet=sheet, form=form, reason=reason)
    return page, 422 if form.errors else 200


@blueprint.get("/people/<int:person_id>/practice")
@requires(may_read_practice)
def of_person(person: Person) -> str:
    """A trainee's practice, for the trainer they have chosen."""
    return render_template("practice/person.html", sheet=practice_sheet(person), reason=reason)


def _trainer_form() -> TrainerForm:
    found = practice_sheet(g.person).trainer
    return TrainerForm(people_to_choose(g.person), data={"trainer": str(found.id) if found else ""})


def _own_page(form: BeginForm, trainer_form: TrainerForm) -> tuple[str, int]:
    page = render_template(
        "practice/index.html",
        sheet=practice_sheet(g.person),
        form=form,
        trainer_form=trainer_form,
        reason=reason,
    )
    return page, 422 if form.errors or trainer_form.errors else 200

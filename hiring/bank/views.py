"""Pages of the question bank."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from hiring.access import is_signed_in, requires
from hiring.bank.document import bank_sheet, skill_sheet
from hiring.forms import tidy
from hiring.labels import choices
from question_bank import NotInBank, QuestionKind, skill

LONGEST_SEARCH = 100

blueprint = Blueprint("bank", __name__)


@blueprint.get("/bank")
@requires(is_signed_in)
def index() -> Any:
    """All skills, or what in them was asked for."""
    words = tidy(request.args.get("q"))[:LONGEST_SEARCH]
    kind = _kind(request.args.get("kind", ""))
    return render_template(
        "bank/index.html",
        sheet=bank_sheet(words, kind),
        words=words,
        kind=kind,
        kinds=choices(QuestionKind),
    )


@blueprint.get("/bank/<skill_id>")
@requires(is_signed_in)
def show(skill_id: str) -> Any:
    """Everything about one skill."""
    try:
        found = skill(skill_id)
    except NotInBank:
        abort(404)
    return render_template("bank/show.html", sheet=skill_sheet(found))


def _kind(word: str) -> QuestionKind | None:
    return QuestionKind(word) if word in list(QuestionKind) else None

"""Pages of the question bank."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, abort, g, render_template, request

from hiring.access import is_signed_in, may_write_bank, readable_revisions, requires, visible_job_ids
from hiring.bank.document import Asked, bank_sheet, search_sheet, skill_sheet, words_sheet
from hiring.bank.history import question_sheet
from hiring.bank.indexing import catch_up, is_outdated
from hiring.bank.languages import progress, side_by_side
from hiring.bank.queries import entry_with
from hiring.extensions import db, writing
from hiring.forms import tidy
from hiring.i18n import LANGUAGE_NAMES, chosen_language, language_name
from hiring.models import Found, PassageStatus
from question_bank import SOURCE_LANGUAGE, NotInBank, QuestionKind, languages

LONGEST_SEARCH = 100
MOST_CHOICES = 100
LAST_PAGE = 10_000
SKILL_ID = re.compile(r"[a-z0-9-]{1,60}")
FOR_EVERYBODY = (PassageStatus.BUNDLED, PassageStatus.ACTIVE)

Member = TypeVar("Member", bound=StrEnum)

blueprint = Blueprint("bank", __name__)


@blueprint.get("/bank")
@requires(is_signed_in)
def index() -> Any:
    """All skills, or what in the bank was asked for."""
    if is_outdated():
        with writing():
            catch_up()
            db.session.commit()
    asked = _asked()
    found = search_sheet(asked, tuple(PassageStatus) if may_write_bank(g.person) else FOR_EVERYBODY)
    return render_template(
        "bank/index.html",
        sheet=bank_sheet(),
        found=found,
        asked=asked,
        language_names=LANGUAGE_NAMES,
        may_write=may_write_bank(g.person),
    )


@blueprint.get("/bank/words")
@requires(is_signed_in)
def words() -> Any:
    """The words around the questions: scripts, messages, rules and the job brief."""
    sheet = words_sheet(_language("language", chosen_language()))
    return render_template("bank/words.html", sheet=sheet, languages=_languages())


@blueprint.get("/bank/<skill_id>")
@requires(is_signed_in)
def show(skill_id: str) -> Any:
    """Everything about one skill, in one of the bank's languages."""
    try:
        sheet = skill_sheet(skill_id, _language("language", chosen_language()))
    except NotInBank:
        abort(404)
    may_write = may_write_bank(g.person)
    return render_template("bank/show.html", sheet=sheet, languages=_languages(), may_write=may_write)


@blueprint.get("/bank/<skill_id>/languages")
@requires(is_signed_in)
def sides(skill_id: str) -> Any:
    """One skill in two languages side by side."""
    one = _language("left", SOURCE_LANGUAGE)
    other = _language("right", next(each for each in languages() if each != one))
    try:
        sheet = side_by_side(skill_id, one, other)
    except NotInBank:
        abort(404)
    return render_template("bank/sides.html", sheet=sheet, languages=_languages())


@blueprint.get("/bank/questions/<question_id>")
@requires(is_signed_in)
def question(question_id: str) -> Any:
    """One question: its words, where it is used, and its history; to others than writers, drafts do not exist."""
    language = _language("language", chosen_language())
    entry = entry_with(question_id)
    readable = readable_revisions(g.person, entry) if entry else []
    try:
        sheet = question_sheet(question_id, language, entry, readable, visible_job_ids(g.person))
    except NotInBank:
        abort(404)
    may_write = may_write_bank(g.person)
    return render_template("bank/question.html", sheet=sheet, languages=_languages(), may_write=may_write)


@blueprint.get("/bank/translations")
@requires(is_signed_in)
def translations() -> Any:
    """How far each translation has come, and what is missing or stale in it."""
    return render_template("bank/translations.html", translations=progress())


def _languages() -> list[tuple[str, str]]:
    return [(each, language_name(each)) for each in languages()]


def _language(name: str, otherwise: str) -> str:
    wish = request.args.get(name, otherwise)
    return wish if wish in languages() else SOURCE_LANGUAGE


def _asked() -> Asked:
    """What stands in the address, as far as it means something."""
    given = request.args
    levels = [int(each) for each in given.getlist("level") if each in "12345" and len(each) == 1]
    return Asked(
        words=tidy(given.get("q"))[:LONGEST_SEARCH],
        skill=tuple(each for each in given.getlist("skill") if SKILL_ID.fullmatch(each))[:MOST_CHOICES],
        found=_known(Found, "found"),
        kind=_known(QuestionKind, "kind"),
        level=tuple(levels)[:MOST_CHOICES],
        language=tuple(each for each in given.getlist("language") if each in LANGUAGE_NAMES)[:MOST_CHOICES],
        status=_known(PassageStatus, "status"),
        used=tuple(each == "yes" for each in dict.fromkeys(given.getlist("used")) if each in ("yes", "no")),
        page=min(max(given.get("page", 1, int), 1), LAST_PAGE),
    )


def _known(kind: type[Member], name: str) -> tuple[Member, ...]:
    words = set(request.args.getlist(name))
    return tuple(each for each in kind if each.value in words)

"""What may be typed about a workshop: its frame, its anchors, where they belong, and what becomes of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.assessment.retranslation import Choice, Verdict
from hiring.errors import Refused
from hiring.forms import Form, RevisionField, line, paragraph, tidy
from hiring.i18n import _ as say
from hiring.i18n import language_name
from hiring.i18n import lazy_gettext as _
from hiring.models import Person
from hiring.workshops.document import LEVELS, AgreementSheet, AnchorToSort, SkillToSort, SortingSheet
from hiring.workshops.operations import Unfinished, Unreasoned, Wish
from question_bank import SOURCE_LANGUAGE, languages

LONGEST_TITLE = 200
LONGEST_ANCHOR = 1000
LONGEST_REASON = 500
LONGEST_NOTE = 2000
NONE_OF_THESE = "none"
LEVEL_WORDS = {
    "1": _("1 Far below"),
    "2": _("2 Below"),
    "3": _("3 Meets"),
    "4": _("4 Above"),
    "5": _("5 Far above"),
}


class StartForm(Form):
    """A new workshop."""

    title = line(_("Title"), LONGEST_TITLE, _("Write what the workshop is called."))
    language = SelectField(
        _("Language of the anchors"),
        choices=lambda: [(code, language_name(code)) for code in languages()],
        default=SOURCE_LANGUAGE,
        validate_choice=False,  # The operation says which languages and skills there are.
    )
    skill_ids = SelectMultipleField(
        _("Skills to be told apart"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_(
            "At least two. Neighbours that are easily confused make the best test; more than four tire."
        ),
    )
    leader_sorts = BooleanField(
        _("I will sort as well"),
        description=_(
            "Then you see nobody else's proposals until the sorting is closed. It cannot be chosen later."
        ),
    )

    def offer(self, skills: Sequence[tuple[str, str]]) -> None:
        """Offers these skills."""
        self.skill_ids.choices = list(skills)


class AnchorForm(Form):
    """An anchor with the skill and level it is meant for."""

    skill_id = RadioField(
        _("Skill"), [InputRequired(_("Choose the skill that it is meant for."))], validate_choice=False
    )
    level = RadioField(
        _("Level"),
        [InputRequired(_("Choose a level from 1 to 5."))],
        choices=lambda: list(LEVEL_WORDS.items()),
        validate_choice=False,
    )
    text = paragraph(
        _("What an answer at this level sounds like"),
        LONGEST_ANCHOR,
        _("Write what an answer at this level sounds like."),
        hint=_("Something said or done that one could hear in an answer, without the name of the skill."),
    )

    def offer(self, skills: Sequence[SkillToSort]) -> None:
        """Offers the workshop's skills."""
        self.skill_id.choices = [(each.id, each.name) for each in skills]

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed; a level that is none is 0, which the operation refuses."""
        typed = super().answers
        level = typed["level"]
        return typed | {"level": int(level) if level in LEVEL_WORDS else 0}


class InviteForm(Form):
    """Who is asked to sort."""

    person_id = SelectField(
        _("Colleague"), [InputRequired(_("Choose a colleague."))], coerce=str, validate_choice=False
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Offers these people."""
        first = [("", say("Choose a colleague"))]
        self.person_id.choices = first + [(str(each.id), each.name) for each in people]

    def chosen(self, people: Sequence[Person]) -> Person:
        """The colleague who was chosen.

        Raises Refused beside the field if it names nobody.
        """
        found = next((each for each in people if str(each.id) == self.person_id.data), None)
        if found is None:
            raise Refused(say("Choose a colleague from the list."), field="person_id")
        return found


class SignOffForm(Form):
    """What was found, in the words of whoever signs."""

    revision = RevisionField()
    sign_off_note = paragraph(
        _("What was found"),
        LONGEST_NOTE,
        _("Write a sentence on what was found."),
        hint=_("For instance, how far the levels can be relied on, and what should be sorted again."),
    )


@dataclass
class SortingRow:
    """One anchor as it is being sorted, with what is wrong with the answer."""

    anchor: AnchorToSort
    number: int
    skill: str
    level: str
    error: str = ""

    @property
    def name(self) -> str:
        """The id of its place on the page."""
        return f"anchor-{self.anchor.id}"


class SortingForm(Form):
    """Skill and level for each anchor; what is left open stays open."""

    rows: tuple[SortingRow, ...] = ()

    def begin(self, sheet: SortingSheet, sent: Mapping[str, str] | None = None) -> None:
        """Shows what is stored, or what was sent."""
        self._skills = {each.id for each in sheet.skills}
        self.rows = tuple(_row(anchor, number, sent) for number, anchor in enumerate(sheet.anchors, start=1))

    def fits(self) -> bool:
        """Whether every answer can be kept; if not, what is wrong stands beside it."""
        for row in self.rows:
            row.error = self._wrong_with(row)
        return bool(self.validate()) and not self.wrong

    @property
    def choices(self) -> dict[int, Choice]:
        """What was answered, by the number of the anchor."""
        return {row.anchor.id: _choice(row) for row in self.rows if row.skill}

    @property
    def wrong(self) -> tuple[SortingRow, ...]:
        """The rows with something to mend."""
        return tuple(row for row in self.rows if row.error)

    def refuse(self, refused: Refused) -> None:
        """Puts what is missing beside each anchor."""
        super().refuse(refused)
        if isinstance(refused, Unfinished):
            for row in self.rows:
                if row.anchor.id in refused.anchor_ids:
                    row.error = (
                        say("Choose the level as well.")
                        if row.skill
                        else say("This one is still to be sorted.")
                    )

    def _wrong_with(self, row: SortingRow) -> str:
        if row.skill not in ("", NONE_OF_THESE, *self._skills):
            return say("Choose one of the skills, or “none of these”.")
        if row.level not in ("", *LEVEL_WORDS):
            return say("Choose a level from 1 to 5.")
        if row.level and not row.skill:
            return say("Choose the skill as well.")
        return ""


@dataclass
class DecisionRow:
    """What is to become of one anchor, with what is wrong with the answer."""

    anchor_id: int
    kept: str
    reason: str
    error: str = ""


class DecisionsForm(Form):
    """Keep or drop for each anchor, with a reason where it goes against the figures."""

    rows: Mapping[int, DecisionRow] = {}  # Replaced as a whole by ``begin``.

    def begin(self, sheet: AgreementSheet, sent: Mapping[str, str] | None = None) -> None:
        """Shows what was decided, else what the figures say; or what was sent."""
        self.rows = {
            row.id: DecisionRow(row.id, _decision(row.is_kept, row.found.verdict), _said(row.decided))
            if sent is None
            else DecisionRow(
                row.id, tidy(sent.get(f"keep-{row.id}", "")), tidy(sent.get(f"reason-{row.id}", ""))
            )
            for row in sheet.rows
        }

    def fits(self) -> bool:
        """Whether every answer can be taken over."""
        for row in self.rows.values():
            if row.kept not in ("", "yes", "no"):
                row.error = say("Choose “keep” or “drop”.")
            elif len(row.reason) > LONGEST_REASON:
                row.error = say("Write at most %(max)d characters.", max=LONGEST_REASON)
        return bool(self.validate()) and not self.wrong

    @property
    def wishes(self) -> dict[int, Wish]:
        """What was chosen, by the number of the anchor."""
        return {row.anchor_id: Wish(row.kept == "yes", row.reason) for row in self.rows.values() if row.kept}

    @property
    def wrong(self) -> Collection[DecisionRow]:
        """The rows with something to mend."""
        return tuple(row for row in self.rows.values() if row.error)

    def refuse(self, refused: Refused) -> None:
        """Asks for a reason beside each anchor that needs one."""
        super().refuse(refused)
        if isinstance(refused, Unreasoned):
            for number in refused.anchor_ids:
                self.rows[number].error = say("Say why you decide against the figures.")


class DraftForm(Form):
    """Which of the kept anchors become the levels of a skill."""

    def chosen(self, sent: Mapping[str, str]) -> dict[int, int]:
        """The number of the anchor for each level for which one was chosen."""
        typed = {level: sent.get(f"level-{level}", "") for level in LEVELS}
        return {level: int(each) if _is_number(each) else 0 for level, each in typed.items() if each}


def _row(anchor: AnchorToSort, number: int, sent: Mapping[str, str] | None) -> SortingRow:
    if sent is not None:
        skill, level = (tidy(sent.get(f"{name}-{anchor.id}", "")) for name in ("skill", "level"))
    else:
        skill = anchor.skill_id or (NONE_OF_THESE if anchor.is_touched else "")
        level = str(anchor.level or "")
    return SortingRow(anchor, number, skill, level)


def _choice(row: SortingRow) -> Choice:
    if row.skill == NONE_OF_THESE:
        return Choice(None)
    return Choice(row.skill, int(row.level) if row.level else None)


def _decision(is_kept: bool | None, verdict: Verdict) -> str:
    """What was decided; before that what the figures suggest, if they suggest anything."""
    if is_kept is None and verdict is Verdict.UNKNOWN:
        return ""
    return "yes" if (verdict is Verdict.KEEP if is_kept is None else is_kept) else "no"


def _said(decided: Any) -> str:
    return decided.reason if decided else ""


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10

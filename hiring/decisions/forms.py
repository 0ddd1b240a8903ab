"""What may be typed about decisions, and in messages to candidates."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.decisions.document import NO_HIRE_CODES, REASONS_FOR_CANDIDATES, DecisionSheet, TemplateChoice
from hiring.errors import Refused, Stale
from hiring.forms import DayField, Form, RevisionField, line, paragraph
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import Outcome
from question_bank import SOURCE_LANGUAGE, languages, reason_codes

LONGEST_REASON = 4000
LONGEST_SENTENCE = 500
LONGEST_MESSAGE = 8000


class SkillTicks(SelectMultipleField):
    """Skills to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DecisionForm(Form):
    """A decision with its reasons."""

    revision = RevisionField()
    seen = HiddenField()
    outcome = RadioField(
        _("Decision"),
        [InputRequired(_("Choose what is decided."))],
        choices=lambda: choices(Outcome),
    )
    skill_ids = SkillTicks(
        _("Skills the decision rests on"),
        validate_choice=False,  # The operation says which skills there are.
        description=_("At least one, unless the decision is put on hold."),
    )
    reason = paragraph(
        _("Reason"),
        LONGEST_REASON,
        _("Write the reason in a sentence that names what the panel heard."),
        _("What the panel heard, in sentences a colleague or an auditor understands in two years."),
    )
    reason_code = SelectField(
        _("Kind of reason"),
        choices=lambda: _code_choices(),
        validate_choice=False,
        description=_("Needed for “no hire” and for “hold”."),
    )
    restart_date = DayField(_("Goes on again on"), [Optional()], description=_("Needed for “hold”."))
    candidate_reason = line(
        _("Reason as the candidate reads it"),
        LONGEST_SENTENCE,
        hint=_(
            "True, about the job, and without a full stop: it completes the message's sentence. Left empty,"
            " the wording of the kind of reason is used."
        ),
    )
    acknowledged_missing = BooleanField(_("I decide without the missing scorecards."))
    do = HiddenField()

    def offer(self, sheet: DecisionSheet) -> None:
        """Sets the skills to choose from, and asks about missing scorecards only where some are missing."""
        self.skill_ids.choices = [(ground.id, ground.name) for ground in sheet.grounds]
        if not sheet.missing:
            del self.acknowledged_missing

    def check_seen(self, sheet: DecisionSheet) -> None:
        """Raises Stale if something was decided, kept or taken back since the page was opened."""
        if self.seen.data and self.seen.data != sheet.standing:
            raise Stale(
                gettext(
                    "Something was decided or kept about this candidate since you opened the page. "
                    "Yours is not saved yet."
                )
            )

    @property
    def answers(self) -> dict[str, Any]:
        """What was decided, by the keywords of the operation."""
        answers = {
            name: data
            for name, data in super().answers.items()
            if name not in ("candidate_reason", "do", "seen")
        }
        return answers | {"outcome": Outcome(self.outcome.data), "skill_ids": self.skill_ids.data or []}

    @property
    def is_to_wait(self) -> bool:
        """Whether the decision is to be released later, together with others."""
        return bool(self.do.data == "keep")

    @property
    def words_for_candidate(self) -> str:
        """The reason for the message: as written, else as the kind of reason puts it, else nothing."""
        if self.candidate_reason.data:
            return str(self.candidate_reason.data).rstrip(".")
        if self.outcome.data == Outcome.HIRE:
            return ""
        return str(REASONS_FOR_CANDIDATES.get(self.reason_code.data, ""))


class MessageForm(Form):
    """A message to a candidate, with words for the blanks that are left in it."""

    opened = HiddenField()
    text = paragraph(_("Message"), LONGEST_MESSAGE, _("Write the message."))


class TemplateForm(Form):
    """The template to draft a message from."""

    template = HiddenField()
    language = HiddenField()

    @property
    def chosen_language(self) -> str:
        """The language to write in; English where none of the bank's was named."""
        return str(self.language.data) if self.language.data in languages() else SOURCE_LANGUAGE

    def chosen(self, choice: TemplateChoice) -> str:
        """The id of the template.

        Raises Refused if there is none of this name for the candidate.
        """
        if self.template.data not in choice.ids:
            raise Refused(gettext("Choose a message from the list."))
        return str(self.template.data)


def _code_choices() -> dict[str, list[tuple[str, str]]]:
    closing = [(code.id, code.label) for code in reason_codes("closing") if code.id in NO_HIRE_CODES]
    pausing = [(code.id, code.label) for code in reason_codes("pausing")]
    first = [("", gettext("Choose a kind of reason"))]
    return {"": first, gettext("No hire"): closing, gettext("Hold"): pausing}

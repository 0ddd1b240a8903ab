"""What may be typed about the organisation's standard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired

from hiring.forms import Form, RevisionField
from hiring.i18n import lazy_gettext as _

NEEDED = _("Write a whole number, such as 7.")


class WholeNumberField(IntegerField):
    """A whole number, asked for in our own words."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(str(NEEDED)) from wrong


def number(words: Any, hint: Any) -> WholeNumberField:
    """A field that must hold a whole number."""
    return WholeNumberField(words, [InputRequired(NEEDED)], description=hint)


class StandardForm(Form):
    """The longest waits that the organisation finds right."""

    first_answer_days = number(
        _("First answer, in days"), _("From the application to the first message that was sent.")
    )
    first_interview_days = number(
        _("First interview, in days"), _("From the application to the first interview.")
    )
    decision_days = number(_("Decision, in days"), _("From the application to hiring or not hiring."))
    silence_days = number(
        _("Longest silence, in days"), _("Between two moments at which a candidate heard of us.")
    )
    scorecard_hours = number(
        _("Scorecards, in hours"), _("From the start of an interview to the submitted scorecard.")
    )
    revision = RevisionField()

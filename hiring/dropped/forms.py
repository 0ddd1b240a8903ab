"""What may be typed about dropped questions."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField, ValidationError

from hiring.forms import Form, paragraph
from hiring.i18n import lazy_gettext as _

LONGEST_REASON = 1000


class DropForm(Form):
    """Which question shall not count, and why."""

    question_id = RadioField(_("Question"), validate_choice=False)
    reason = paragraph(
        _("Reason"),
        LONGEST_REASON,
        _("Say why the question shall not count."),
        hint=_("Such as: candidates understood it in two ways. It stands under every comparison."),
    )

    def __init__(self, choices: Sequence[tuple[str, str]], is_sent: bool = True) -> None:
        super().__init__(**({} if is_sent else {"formdata": None}))
        self.question_id.choices = list(choices)

    def validate_question_id(self, field: RadioField) -> None:
        """One of the questions."""
        if field.data not in dict(field.choices):
            raise ValidationError(str(_("Choose a question from the list.")))


class CountForm(Form):
    """Why a dropped question shall count again."""

    reason = paragraph(_("Reason"), LONGEST_REASON, _("Say why the question shall count again."))

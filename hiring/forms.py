"""What the forms of all features share: refusals beside their fields, revisions, tidy text, our own sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from hiring.errors import Refused
from hiring.i18n import lazy_gettext as _

KEPT_CONTROLS = "\n\t"
# They turn round whatever stands beside them; right-to-left scripts do not need them.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNREADABLE = -1  # A revision that no row has: the save is refused as stale.
NEEDED_NUMBER = _("Write a whole number, such as 7.")
TOO_LONG = _("Write at most %(max)d characters.")


class Form(FlaskForm):
    """A form that takes an operation's refusal in one line."""

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of the operation."""
        return {name: data for name, data in self.data.items() if name not in ("csrf_token", "revision")}

    def refuse(self, refused: Refused) -> None:
        """Puts the refusal beside its field, or above the form if it has none here."""
        field = self._fields.get(refused.field)
        if field is None:
            self.form_errors: list[str] = [*self.form_errors, refused.sentence]
        else:
            field.errors = [*field.errors, refused.sentence]


class RevisionField(IntegerField):
    """The revision that was opened, carried along unseen."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = int(valuelist[0])
        except (IndexError, ValueError):
            self.data = UNREADABLE

    def renew(self, revision: int) -> None:
        """Lets the next save of this form go over what was stored in between."""
        self.data, self.raw_data = revision, None


class DayField(DateField):
    """A date."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(self.gettext(str(_("Choose a date, such as 2026-05-31.")))) from wrong


class WholeNumberField(IntegerField):
    """A whole number, asked for in our own words."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(str(NEEDED_NUMBER)) from wrong


def whole_number(words: Any, hint: Any) -> WholeNumberField:
    """A field that must hold a whole number."""
    return WholeNumberField(words, [InputRequired(NEEDED_NUMBER)], description=hint)


def tidy(text: str | None) -> str:
    """What was typed, without spaces around it and without characters that no font shows."""
    return legible(text or "").strip()


def legible(text: str) -> str:
    """The text without characters that no font shows and some databases refuse."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        character
        for character in lines
        if character in KEPT_CONTROLS
        or not (character in TURNING or unicodedata.category(character) in ("Cc", "Cs"))
    )
    return "".join(seen)


def line(words: Any, longest: int, needed: Any = None, hint: Any = "", **more: Any) -> StringField:
    """A field of one line; ``needed`` is the sentence shown when it is left empty."""
    return StringField(words, _checks(longest, needed), filters=[tidy], description=hint, **more)


def paragraph(words: Any, longest: int, needed: Any = None, hint: Any = "", **more: Any) -> TextAreaField:
    """A field of several lines."""
    return TextAreaField(words, _checks(longest, needed), filters=[tidy], description=hint, **more)


def _checks(longest: int, needed: Any) -> list[Any]:
    return [*([DataRequired(needed)] if needed else []), Length(max=longest, message=TOO_LONG)]

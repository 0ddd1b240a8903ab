"""What may be typed while practising."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from hiring.forms import Form, paragraph
from hiring.i18n import language_name
from hiring.i18n import lazy_gettext as _
from hiring.models import Person
from question_bank import languages


class BeginForm(Form):
    """A round to begin."""

    skill = SelectField(_("What to practise"), validate_choice=False)
    language = SelectField(_("Language"), validate_choice=False)

    def __init__(self, skills: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.skill.choices = [("", _("Calibration: one answer for each skill")), *skills]
        self.language.choices = [(each, language_name(each)) for each in languages()]


class RateForm(Form):
    """One answer's rating: evidence first, then the level."""

    evidence = paragraph(
        _("What you heard"),
        5_000,
        _("Write what in the answer your level rests on."),
        hint=_("What the candidate said and did, in a few words."),
    )
    level = StringField(_("Level"), [InputRequired(_("Choose a level from 1 to 5."))])


class TrainerForm(Form):
    """Who reads one's practice."""

    trainer = SelectField(_("My trainer"), validate_choice=False)

    def __init__(self, people: Sequence[Person], **given: Any) -> None:
        super().__init__(**given)
        self.trainer.choices = [("", _("Nobody")), *((str(each.id), each.name) for each in people)]

"""What may be typed about guides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, NumberRange

from hiring.forms import Form, RevisionField, line, paragraph
from hiring.guides.draft import FROM_JOB
from hiring.guides.operations import (
    LONGEST_FRAME,
    LONGEST_ITEM,
    LONGEST_ROUND,
    SHORTEST_ROUND,
    USUAL_ROUND,
)
from hiring.i18n import language_name
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import RoundKind
from question_bank import SOURCE_LANGUAGE, Preset, languages

LONGEST_NAME = 120
LONGEST_SCRIPT = 5000
ROUND_MINUTES = _("Choose %(least)s to %(most)s whole minutes.", least=SHORTEST_ROUND, most=LONGEST_ROUND)
FRAME_MINUTES = _("Choose 0 to %(n)s whole minutes.", n=LONGEST_FRAME)
ITEM_MINUTES = _("Give the question 1 to %(n)s whole minutes.", n=LONGEST_ITEM)


class MinutesField(IntegerField):
    """Whole minutes in a range, with one sentence for all that is wrong."""

    def __init__(self, label: Any, least: int, most: int, sentence: Any, **more: Any) -> None:
        self.sentence = sentence
        checks = [InputRequired(sentence), NumberRange(least, most, sentence)]
        attributes = {"inputmode": "numeric", "class": "input-short"}
        super().__init__(label, checks, render_kw=attributes, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes a whole number."""
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(str(self.sentence)) from wrong


class StartForm(Form):
    """What a guide begins with."""

    revision = RevisionField()
    start_from = RadioField(
        _("Begin with"),
        [InputRequired(_("Choose what the guide begins with."))],
        validate_choice=False,
    )
    minutes = MinutesField(
        _("Minutes for the interview"),
        SHORTEST_ROUND,
        LONGEST_ROUND,
        ROUND_MINUTES,
        default=USUAL_ROUND,
        description=_("Opening and closing included. A question takes six to eight minutes."),
    )
    language = SelectField(
        _("Language of the interview"),
        validate_choice=False,
        description=_("Questions, rubrics and scripts are in this language; it is frozen with the guide."),
    )
    no_experience = BooleanField(
        _("The candidates have no experience with customers"),
        description=_(
            "Questions about a described case come first, so that everybody can reach every level."
        ),
    )

    def offer(self, presets: Sequence[Preset], has_skills: bool) -> None:
        """Sets what the guide may begin with, and the languages of the bank."""
        self.language.choices = [(each, language_name(each)) for each in languages()]
        own = [(FROM_JOB, _("The job's own skills"))] if has_skills else []
        self.start_from.choices = own + [(preset.id, preset.name) for preset in presets]

    @property
    def answers(self) -> dict[str, Any]:
        """The choices by the keywords of ``start_guide``."""
        preset_id = None if self.start_from.data == FROM_JOB else self.start_from.data
        return {
            "preset_id": preset_id,
            "minutes": self.minutes.data,
            "language": self.language.data or SOURCE_LANGUAGE,
            "no_experience": self.no_experience.data,
        }


class RoundForm(Form):
    """A round's name, times and scripts. Several stand on one page, so each has a prefix of its own."""

    name = line(_("Name"), LONGEST_NAME, _("Give the round a name of at most 120 characters."))
    kind = SelectField(
        _("Kind of conversation"),
        [AnyOf(list(RoundKind), _("Choose a kind of conversation."))],
        choices=lambda: choices(RoundKind),
        default=RoundKind.STRUCTURED,
        validate_choice=False,
    )
    minutes = MinutesField(_("Minutes in all"), SHORTEST_ROUND, LONGEST_ROUND, ROUND_MINUTES)
    opening_minutes = MinutesField(_("Opening, minutes"), 0, LONGEST_FRAME, FRAME_MINUTES)
    closing_minutes = MinutesField(_("Closing, minutes"), 0, LONGEST_FRAME, FRAME_MINUTES)
    opening_script = paragraph(
        _("Words for the opening"),
        LONGEST_SCRIPT,
        hint=_("Names in braces are filled in for each interview: {candidate_name}, {duration}, {n}."),
    )
    closing_script = paragraph(_("Words for the closing"), LONGEST_SCRIPT)

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of ``change_round``."""
        return {**super().answers, "kind": RoundKind(self.kind.data)}


class MinutesForm(Form):
    """The time for one question."""

    minutes = MinutesField(_("Minutes"), 1, LONGEST_ITEM, ITEM_MINUTES)


class NewRoundForm(Form):
    """Another round."""

    name = line(_("Name"), LONGEST_NAME)
    minutes = MinutesField(
        _("Minutes in all"), SHORTEST_ROUND, LONGEST_ROUND, ROUND_MINUTES, default=USUAL_ROUND
    )


class PublishForm(Form):
    """Freezing the draft."""

    revision = RevisionField()
    although_unasked = BooleanField(_("Publish although these skills have no question"))

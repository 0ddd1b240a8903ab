"""What may be typed about an interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import get_timezone, to_user_timezone, to_utc
from wtforms import SelectField, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import InputRequired

from hiring.forms import DayField, Form, RevisionField, line, paragraph
from hiring.i18n import DOCUMENT_LANGUAGES, gettext, language_name
from hiring.i18n import lazy_gettext as _
from hiring.interviews.document import PlanChoice, PlanChoices
from hiring.interviews.operations import LONGEST_PLACE
from hiring.models import Interview

LONGEST_REASON = 2000


class ClockField(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(gettext("Write the time as hours and minutes, such as 14:30.")) from wrong


class InterviewForm(Form):
    """One interview: what is asked, when, where and by whom."""

    plan = SelectField(_("Guide and round"), validate_choice=False)
    date = DayField(_("Date"), [InputRequired(_("Choose the date."))])
    time = ClockField(_("Time"), [InputRequired(_("Choose the time."))], format=["%H:%M", "%H:%M:%S"])
    place = line(_("Place or link"), LONGEST_PLACE, hint=_("A room, or the address of a video call."))
    language = SelectField(
        _("Language of the interview"),
        validate_choice=False,
        choices=lambda: [
            ("", _("The guide’s own")),
            *((each, language_name(each)) for each in DOCUMENT_LANGUAGES),
        ],
        description=_("Kit, rubrics and forms are in this language; it is kept with the interview."),
    )
    panel = SelectMultipleField(_("Panel"), validate_choice=False)
    revision = RevisionField()

    def __init__(
        self, choices: PlanChoices, interview: Interview | None = None, seated: Sequence[str] = ()
    ) -> None:
        super().__init__(data=_typed_before(interview) if interview else {"panel": list(seated)})
        self.offered = choices
        self.plan.choices = [(choice.key, _plan_words(choice)) for choice in choices.plans]
        self.panel.choices = [(key, person.name) for key, person in choices.people.items()]

    def validate_plan(self, field: SelectField) -> None:
        """The round must be one of those offered."""
        if field.data not in {choice.key for choice in self.offered.plans}:
            raise ValidationError(gettext("Choose a round of the guide."))

    def validate_panel(self, field: SelectMultipleField) -> None:
        """Everybody must be one of those offered."""
        if not set(field.data or ()) <= set(self.offered.people):
            raise ValidationError(gettext("Choose people from the list."))

    @property
    def zone(self) -> str:
        """The time zone in which times are typed and shown."""
        return str(get_timezone())

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of the operations."""
        plan = next(choice for choice in self.offered.plans if choice.key == self.plan.data)
        moment = to_utc(datetime.combine(self.date.data, self.time.data)).replace(tzinfo=UTC)
        return {
            "version": plan.version,
            "round_position": plan.round.position,
            "starts_at": moment,
            "panel": [self.offered.people[key] for key in self.panel.data or ()],
            "place": self.place.data,
            "language": self.language.data or "",
        }


class CancelForm(Form):
    """Why an interview is cancelled."""

    reason = paragraph(_("Reason"), LONGEST_REASON, _("Say why the interview is cancelled."))


def _plan_words(choice: PlanChoice) -> str:
    return gettext(
        "Version %(number)s: %(round)s, %(minutes)s minutes, %(questions)s questions",
        number=choice.version.number,
        round=choice.round.name,
        minutes=choice.round.minutes,
        questions=len(choice.round.items),
    )


def _typed_before(interview: Interview) -> dict[str, Any]:
    moment = to_user_timezone(interview.starts_at)
    return {
        "plan": f"{interview.guide_version_id}-{interview.round_position}",
        "date": moment.date(),
        "time": moment.time(),
        "place": interview.place,
        "language": interview.language,
        "panel": [str(member.person_id) for member in interview.panel],
        "revision": interview.revision,
    }

"""What may be typed about an interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import SelectField, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import InputRequired

from hiring.forms import DayField, Form, RevisionField, line, paragraph
from hiring.i18n import DOCUMENT_LANGUAGES, gettext, language_name
from hiring.i18n import lazy_gettext as _
from hiring.interviews.document import PlanChoice, PlanChoices
from hiring.interviews.operations import LONGEST_PLACE
from hiring.models import Interview
from hiring.reminders.document import current_rule, time_zones

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
    time_zone = SelectField(
        _("Time zone"),
        validate_choice=False,
        choices=lambda: [(each, each.replace("_", " ")) for each in time_zones()],
        description=_(
            "The clock by which the time is typed; invitations and handouts tell it by this clock."
        ),
    )
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
        self,
        choices: PlanChoices,
        interview: Interview | None = None,
        seated: Sequence[str] = (),
        usual_plan: str = "",
    ) -> None:
        usual = {"panel": list(seated), "time_zone": current_rule().time_zone, "plan": usual_plan}
        super().__init__(data=_typed_before(interview) if interview else usual)
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

    def validate_time_zone(self, field: SelectField) -> None:
        """A zone of the list."""
        if field.data not in time_zones():
            raise ValidationError(gettext("Choose a time zone from the list."))

    def validate_time(self, field: ClockField) -> None:
        """A time that there is: when the clocks go forward, an hour is left out."""
        if None in (self.date.data, field.data) or self.time_zone.data not in time_zones():
            return
        if not 1 < self.date.data.year < MAXYEAR:
            raise ValidationError(gettext("Choose a date less than five years away."))
        typed = datetime.combine(self.date.data, field.data, ZoneInfo(self.time_zone.data))
        if typed.astimezone(UTC).astimezone(typed.tzinfo).time() != field.data:
            raise ValidationError(
                gettext("The clocks go forward over this time on that day. Choose another.")
            )

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of the operations."""
        plan = next(choice for choice in self.offered.plans if choice.key == self.plan.data)
        moment = datetime.combine(self.date.data, self.time.data, ZoneInfo(self.time_zone.data))
        return {
            "version": plan.version,
            "round_position": plan.round.position,
            "starts_at": moment.astimezone(UTC),
            "time_zone": self.time_zone.data,
            "panel": [self.offered.people[key] for key in self.panel.data or ()],
            "place": self.place.data,
            "language": self.language.data or "",
        }


class CancelForm(Form):
    """Why an interview is cancelled."""

    reason = paragraph(_("Reason"), LONGEST_REASON, _("Say why the interview is cancelled."))


def _plan_words(choice: PlanChoice) -> str:
    if choice.version.parallel_to is not None:
        return gettext(
            "Version %(number)s, parallel to %(model)s: %(round)s, %(minutes)s minutes, %(questions)s questions",
            number=choice.version.number,
            model=choice.version.parallel_to.number,
            round=choice.round.name,
            minutes=choice.round.minutes,
            questions=len(choice.round.items),
        )
    return gettext(
        "Version %(number)s: %(round)s, %(minutes)s minutes, %(questions)s questions",
        number=choice.version.number,
        round=choice.round.name,
        minutes=choice.round.minutes,
        questions=len(choice.round.items),
    )


def _typed_before(interview: Interview) -> dict[str, Any]:
    zone = interview.time_zone or "UTC"
    moment = interview.starts_at.astimezone(ZoneInfo(zone))
    return {
        "plan": f"{interview.guide_version_id}-{interview.round_position}",
        "date": moment.date(),
        "time": moment.time(),
        "place": interview.place,
        "language": interview.language,
        "time_zone": zone,
        "panel": [str(member.person_id) for member in interview.panel],
        "revision": interview.revision,
    }

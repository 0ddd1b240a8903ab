"""What may be typed about reminders."""

from __future__ import annotations

from wtforms import BooleanField, SelectField

from hiring.forms import Form, RevisionField, whole_number
from hiring.i18n import lazy_gettext as _
from hiring.reminders.document import time_zones


class RuleForm(Form):
    """When those who owe a scorecard are reminded."""

    is_on = BooleanField(
        _("Remind by mail"), description=_("Only those who owe a scorecard, and only after the interview.")
    )
    first_after_hours = whole_number(_("First reminder, in hours"), _("After the end of the interview."))
    every_hours = whole_number(_("Next reminders, in hours"), _("After the last one."))
    most = whole_number(_("At most"), _("Reminders for one scorecard. After that a person should speak."))
    quiet_from = whole_number(
        _("Quiet from, hour"), _("From 0 to 23. Nobody is written to from this hour on.")
    )
    quiet_until = whole_number(
        _("Quiet until, hour"), _("From 0 to 23. Write the same hour twice for no quiet hours.")
    )
    quiet_on_weekends = BooleanField(_("Quiet on Saturdays and Sundays"))
    time_zone = SelectField(
        _("Time zone"), description=_("Whose clock the hours are read from."), validate_choice=False
    )
    revision = RevisionField()

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.time_zone.choices = [(zone, zone.replace("_", " ")) for zone in time_zones()]

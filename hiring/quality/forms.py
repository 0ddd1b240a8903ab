"""What may be typed about the organisation's standard."""

from __future__ import annotations

from hiring.forms import Form, RevisionField, whole_number
from hiring.i18n import lazy_gettext as _


class StandardForm(Form):
    """The longest waits that the organisation finds right."""

    first_answer_days = whole_number(
        _("First answer, in days"), _("From the application to the first message that was sent.")
    )
    first_interview_days = whole_number(
        _("First interview, in days"), _("From the application to the first interview.")
    )
    decision_days = whole_number(_("Decision, in days"), _("From the application to hiring or not hiring."))
    silence_days = whole_number(
        _("Longest silence, in days"), _("Between two moments at which a candidate heard of us.")
    )
    scorecard_hours = whole_number(
        _("Scorecards, in hours"), _("From the start of an interview to the submitted scorecard.")
    )
    revision = RevisionField()

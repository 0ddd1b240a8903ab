"""What may be asked of the audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row
from wtforms import SelectField
from wtforms.validators import Optional

from hiring.auditing.queries import Wanted
from hiring.forms import DayField, Form, line
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _

LONGEST_NAME = 200


class SearchForm(Form):
    """Which entries to list; it changes nothing, so it is sent in the address."""

    class Meta:
        """No token: nothing is changed by asking."""

        csrf = False

    who = SelectField(_("Who"), validate_choice=False)
    job = SelectField(_("Job"), validate_choice=False)
    candidate = line(_("Candidate"), LONGEST_NAME, hint=_("A part of the name."))
    since = DayField(_("From"), [Optional()])
    until = DayField(_("Until"), [Optional()])

    def offer(self, actors: Sequence[str], jobs: Sequence[Row[int, str]]) -> None:
        """Sets whom and which job one may choose."""
        self.who.choices = [("", gettext("Everybody")), *((name, name) for name in actors)]
        self.job.choices = [("", gettext("All jobs")), *((str(id_), title) for id_, title in jobs)]

    @property
    def wanted(self) -> Wanted:
        """What was asked for; what cannot be read is not asked for."""
        known = {key for key, _words in self.job.choices if key}
        return Wanted(
            who=self.who.data or "",
            job_id=int(self.job.data) if self.job.data in known else None,
            candidate=(self.candidate.data or "").strip(),
            since=self.since.data,
            until=self.until.data,
        )

    @property
    def address(self) -> dict[str, str]:
        """What was typed, for the links to other pages."""
        typed = {name: field.raw_data[0] for name, field in self._fields.items() if field.raw_data}
        return {name: value for name, value in typed.items() if value}

"""What may be typed about candidates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from hiring.candidates.operations import NewCandidate
from hiring.candidates.queries import REVEALING_STATUSES, ShownStatus
from hiring.errors import Refused
from hiring.forms import DayField, Form, RevisionField, line, paragraph
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import ApplicationStatus

LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_PHONE = 60
LONGEST_REASON = 2000
LONGEST_PASTE = 20_000
MOST_PASTED = 200

# Deliberately wide: the only proof of an address is a letter that arrives.
ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
WRONG_ADDRESS = _("Write an e-mail address such as carl@example.org, or leave this empty.")


def _address(form: Form, field: Any) -> None:
    if field.data and not ADDRESS.fullmatch(field.data):
        raise ValidationError(str(WRONG_ADDRESS))


class CandidateForm(Form):
    """A candidate for a job."""

    name = line(
        _("Name"),
        LONGEST_NAME,
        _("Write the candidate's name, in any alphabet."),
        _("As the candidate writes it."),
    )
    email = line(_("E-mail address"), LONGEST_EMAIL)
    phone = line(_("Telephone"), LONGEST_PHONE)
    source_of_contact = line(
        _("How the candidate came to us"),
        LONGEST_NAME,
        hint=_("An advert, a colleague, a customer, their own initiative."),
    )

    def validate_email(self, field: Any) -> None:
        """An address has an @ and a domain."""
        _address(self, field)


class ChangeCandidateForm(CandidateForm):
    """The same, for a candidate who is known."""

    revision = RevisionField()


class StatusForm(Form):
    """Where the application stands."""

    revision = RevisionField()
    status = SelectField(
        _("Status"),
        [InputRequired(_("Choose a status."))],
        validate_choice=False,
    )
    reason = paragraph(
        _("Reason"),
        LONGEST_REASON,
        hint=_("Needed to put the application on hold and to close it. It is not sent to the candidate."),
    )
    restart_date = DayField(
        _("Goes on again on"), [Optional()], description=_("Needed to put the application on hold.")
    )

    def offer(self, present: ShownStatus, may_decide: bool) -> None:
        """Sets the statuses to choose from; who owes a scorecard is offered none that decides."""
        offered = [
            (value, words)
            for value, words in choices(ApplicationStatus)
            if may_decide or value not in REVEALING_STATUSES
        ]
        self.status.choices = [("", gettext("Choose a status")), *offered]
        if self.status.data is None and present is not None:
            self.status.data = present.value

    def validate_status(self, field: Any) -> None:
        """Only what was offered."""
        if field.data not in [value for value, _words in field.choices]:
            raise ValidationError(gettext("Choose a status from the list."))

    @property
    def answers(self) -> dict[str, Any]:
        """What was chosen, by the keywords of the operation."""
        return super().answers | {"status": ApplicationStatus(self.status.data)}


class PasteForm(Form):
    """Several candidates, one in each line."""

    lines = paragraph(
        _("Candidates"),
        LONGEST_PASTE,
        _("Paste one candidate in each line: the name, a comma, the e-mail address."),
        _(
            "One in each line: the name, then a comma, semicolon or tab, then the e-mail address, if you have it."
        ),
    )

    def people(self) -> list[NewCandidate]:
        """The candidates that were pasted.

        Raises Refused with the number of the first line that cannot be read.
        """
        found = [_person(number, text) for number, text in _numbered(self.lines.data)]
        if len(found) > MOST_PASTED:
            raise Refused(gettext("Paste at most %(n)s candidates at once.", n=MOST_PASTED), field="lines")
        return found


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return ((number, each) for number, each in enumerate(text.splitlines(), 1) if each.strip())


def _person(number: int, text: str) -> NewCandidate:
    *names, last = [part.strip() for part in re.split(r"[,;\t]", text) if part.strip()]
    email = last if names else ""
    name = ", ".join(names) or last
    if email and not ADDRESS.fullmatch(email):
        sentence = gettext(
            "Line %(n)s: “%(words)s” is no e-mail address. Write the name, a comma, and the address.",
            n=number,
            words=email,
        )
        raise Refused(sentence, field="lines")
    if len(name) > LONGEST_NAME or len(email) > LONGEST_EMAIL:
        raise Refused(gettext("Line %(n)s is too long for a name and an address.", n=number), field="lines")
    if not any(character.isalpha() for character in name) or "@" in name:
        raise Refused(gettext("Line %(n)s has no name.", n=number), field="lines")
    return NewCandidate(name, email)

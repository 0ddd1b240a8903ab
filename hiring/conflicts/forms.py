"""What may be typed about a conflict of interest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from hiring.forms import Form, paragraph
from hiring.i18n import lazy_gettext as _
from hiring.labels import label
from hiring.models import ConflictKind, Person

LONGEST_NOTE = 1000


class ConflictForm(Form):
    """Who is in conflict with the candidate, and what ties them."""

    person = SelectField(_("Who"), validate_choice=False)
    kind = RadioField(
        _("What ties them"),
        [InputRequired(_("Choose what ties them."))],
        choices=lambda: [(each.value, label(each)) for each in ConflictKind],
    )
    note = paragraph(
        _("In a few words"),
        LONGEST_NOTE,
        hint=_("Only what is needed to understand it. Those who lead the job and HR can read it."),
    )

    def __init__(self, people: Sequence[Person], own: Person, is_sent: bool = True) -> None:
        super().__init__(data={"person": str(own.id)}, **({} if is_sent else {"formdata": None}))
        self.by_key = {str(each.id): each for each in people}
        self.person.choices = [(key, each.name) for key, each in self.by_key.items()]

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of the operation."""
        return {
            "person": self.by_key[self.person.data],
            "kind": ConflictKind(self.kind.data),
            "note": self.note.data,
        }

    def validate_person(self, field: SelectField) -> None:
        """Somebody of the list."""
        if field.data not in self.by_key:
            raise ValidationError(str(_("Choose somebody from the list.")))


class WithdrawForm(Form):
    """Why a declaration was a mistake."""

    reason = paragraph(_("Reason"), LONGEST_NOTE, _("Say why it was a mistake."))

"""What may be chosen for a panel plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, IntegerField, SelectMultipleField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.forms import Form
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.interviews.document import PlanChoice
from hiring.models import Person

MOST_RATERS, MOST_LOAD = 5, 500
RATERS = _("Choose one to %(n)s interviewers.", n=MOST_RATERS)
LOAD = _("Choose one to %(n)s candidates, or leave it empty.", n=MOST_LOAD)


class _NumberField(IntegerField):
    """A whole number, with one sentence for all that is wrong."""

    def __init__(self, label: Any, sentence: Any, checks: Sequence[Any], **more: Any) -> None:
        self.sentence = sentence
        super().__init__(label, [*checks], render_kw={"inputmode": "numeric", "class": "input-short"}, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist if valuelist and valuelist[0].strip() else [])
        except ValueError as wrong:
            raise ValueError(str(self.sentence)) from wrong


class PanelForm(Form):
    """Who interviews, how many meet each candidate, and how many candidates anybody meets."""

    people = SelectMultipleField(
        _("Interviewers"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("The job's team is chosen at first."),
    )
    raters = _NumberField(
        _("Interviewers for each candidate"), RATERS, [NumberRange(1, MOST_RATERS, RATERS)], default=2
    )
    each_round = BooleanField(_("So many in each round of the guide"), default=True)
    most = _NumberField(
        _("Candidates for each interviewer, at most"), LOAD, [Optional(), NumberRange(1, MOST_LOAD, LOAD)]
    )

    def __init__(
        self, team: Sequence[Person], others: Sequence[Person], rounds: Sequence[PlanChoice] = ()
    ) -> None:
        self.rounds = rounds
        super().__init__(data={"people": [str(each.id) for each in team]})
        self.by_key = {str(each.id): each for each in (*team, *others)}
        self.people.choices = [(key, each.name) for key, each in self.by_key.items()]

    def validate_people(self, field: SelectMultipleField) -> None:
        """People of the list."""
        if not set(field.data or ()) <= set(self.by_key):
            raise ValidationError(gettext("Choose people from the list."))

    @property
    def answers(self) -> dict[str, Any]:
        """The choices by the keywords of ``panel_sheet``."""
        return {
            "people": [self.by_key[key] for key in self.people.data or ()],
            "raters": self.raters.data,
            "most": self.most.data,
            "rounds": self.rounds if self.each_round.data and len(self.rounds) > 1 else (),
        }


def seats_sent() -> set[tuple[int, int]] | None:
    """The pairs of application and person that were ticked; None where no grid was sent."""
    if request.form.get("grid") != "1":
        return None
    found = set()
    for each in request.form.getlist("seat"):
        one, _dash, other = each.partition("-")
        if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (one, other)):
            found.add((int(one), int(other)))
    return found

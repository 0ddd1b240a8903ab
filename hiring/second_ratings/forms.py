"""What may be typed for second ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.forms import Form
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.models import Person
from hiring.second_ratings.document import AnswerToRead
from hiring.second_ratings.operations import LONGEST_REASON, Second

LEVELS = ("1", "2", "3", "4", "5", "N")


class OpenForm(Form):
    """Whom to ask."""

    reviewers = SelectMultipleField(
        _("Who rates the evidence once more"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, people: Sequence[Person], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(each.id): each for each in people}
        self.reviewers.choices = [(key, each.name) for key, each in self.people.items()]

    @property
    def chosen(self) -> list[Person]:
        """The people ticked."""
        return [self.people[key] for key in self.reviewers.data or () if key in self.people]


def typed_levels(
    sent: Mapping[str, str], answers: Sequence[AnswerToRead]
) -> tuple[dict[int, Second], dict[str, str]]:
    """The levels by the number of the first rating, and what is wrong by the key of the answer.

    An answer without a level is left for later, unless a reason stands beside it.
    """
    given: dict[int, Second] = {}
    wrong: dict[str, str] = {}
    for each in answers:
        level, reason = sent.get(f"level-{each.key}", ""), sent.get(f"reason-{each.key}", "").strip()
        if len(reason) > LONGEST_REASON:
            wrong[each.key] = gettext("Write at most %(most)s characters.", most=LONGEST_REASON)
        elif level in LEVELS:
            given[each.rating_id] = Second(None if level == "N" else int(level), reason)
        elif level or reason:
            wrong[each.key] = gettext("Choose a level from 1 to 5, or N.")
    return given, wrong

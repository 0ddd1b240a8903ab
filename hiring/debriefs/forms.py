"""What may be typed in a debrief."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import Optional

from hiring.errors import Refused
from hiring.forms import DayField, Form, line, paragraph
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _

LONGEST_TEXT = 4000
LONGEST_MINUTES = 20000
LEVELS = ("1", "2", "3", "4", "5", "N")


class ConsensusForm(Form):
    """What the panel agreed on about one skill."""

    application_id = HiddenField()
    skill_id = HiddenField()
    seen_id = HiddenField()
    level = HiddenField()
    reason = paragraph(_("Reason"), LONGEST_TEXT)

    def chosen_level(self) -> int | None:
        """The level; None for N.

        Raises Refused beside the level if nothing on the scale was chosen.
        """
        if self.level.data not in LEVELS:
            raise Refused(gettext("Choose a level from 1 to 5, or N."), field="level")
        return None if self.level.data == "N" else int(self.level.data)


class PointForm(Form):
    """Something to be found out."""

    application_id = HiddenField()
    text = paragraph(_("Open point"), LONGEST_TEXT, _("Write what is still to be found out."))
    who = line(_("Who looks into it"), 200)
    until = DayField(_("Until"), [Optional()])


class AnswerForm(Form):
    """What came of an open point."""

    answer = paragraph(_("What came of it"), LONGEST_TEXT, _("Write what came of it."))


class MinutesForm(Form):
    """The free part of the minutes, with what was stored when the page was opened."""

    seen_present = HiddenField()
    seen_minutes = HiddenField()
    present = line(_("Who was present"), 1000)
    minutes = paragraph(_("Notes"), LONGEST_MINUTES)

    def see(self, present: str, minutes: str) -> None:
        """Lets the next save of this form go over what is stored now."""
        self.seen_present.data, self.seen_minutes.data = present, minutes


class AddendumForm(Form):
    """Something said later."""

    text = paragraph(_("Addendum"), LONGEST_TEXT, _("Write what is to be added."))


def ticked_candidates(sent: MultiDict[str, str]) -> set[int]:
    """The applications that were ticked."""
    return {
        int(each)
        for each in sent.getlist("candidates")
        if each.isascii() and each.isdigit() and len(each) < 10
    }


def number_in(text: Any) -> int | None:
    """A whole number, or None."""
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None

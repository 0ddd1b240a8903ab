"""What may be typed about erasing a candidate."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired

from hiring.forms import Form, paragraph
from hiring.i18n import lazy_gettext as _

LONGEST_REASON = 1000


class EraseForm(Form):
    """That it is meant."""

    is_meant = BooleanField(
        _("Erase everything about this candidate; it cannot be undone"),
        [InputRequired(_("Tick the box if you mean it."))],
    )


class HoldForm(Form):
    """Why a record is held, or need not be held any longer."""

    reason = paragraph(_("Reason"), LONGEST_REASON, _("Write the reason."))

"""What may be sent when the bank is exchanged."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from hiring.forms import Form, line
from hiring.i18n import lazy_gettext as _

LONGEST_REASON = 500


class ImportForm(Form):
    """A file, and why it is taken in."""

    file = FileField(
        _("File"),
        [FileRequired(_("Choose a file that ends in .json, .yaml, .csv or .xlsx."))],
        description=_("JSON, YAML, CSV in UTF-8, or XLSX, as the export writes them; at most 2 MB."),
    )
    reason = line(
        _("Reason, for the history"), LONGEST_REASON, hint=_("For instance, “Questions of the Odense team”.")
    )
    only_check = BooleanField(_("Only check the file"), default=True)

"""What may be sent when the bank is exchanged."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from hiring.forms import Form, line, paragraph
from hiring.i18n import lazy_gettext as _

LONGEST_REASON = 500
LONGEST_OVERRIDE = 1000


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
    override_reason = paragraph(
        _("Why words on an off-limits topic stay"),
        LONGEST_OVERRIDE,
        hint=_("For the whole file. It is kept with these words, and the record of changes names you."),
    )
    only_check = BooleanField(_("Only check the file"), default=True)

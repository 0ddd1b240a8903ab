"""What may be sent from an offline form."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from hiring.forms import Form
from hiring.i18n import lazy_gettext as _


class UploadForm(Form):
    """A filled form."""

    file = FileField(
        _("Your filled form"),
        [FileRequired(_("Choose the HTML file that the form saved."))],
        description=_("The file that “Save” in the form gave you; at most 2 MB."),
    )

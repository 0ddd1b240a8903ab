"""A template and its sheet as a confidential document: what every paper face of a feature shares."""

from __future__ import annotations

from typing import Any

from flask import render_template

from hiring.export.pdf import render_pdf
from hiring.i18n import chosen_language
from hiring.models import Paper, now


def printed(
    template: str, *, title: str, exported_by: str, paper: Paper, language: str | None = None, **shown: Any
) -> bytes:
    """The document as PDF; ``exported_by`` stands in the foot of each page, ``shown`` reaches the template.

    ``templates/print.html`` says which names in ``shown`` its head and foot use.
    """
    created = now()
    spoken = language or chosen_language()
    html = render_template(
        template, exported_by=exported_by, exported_at=created, confidential=True, locale=spoken, **shown
    )
    return render_pdf(html, title=title, language=spoken, paper=paper, created=created)

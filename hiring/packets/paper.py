"""The packet as PDF."""

from __future__ import annotations

from flask import render_template

from hiring.export.files import file_name
from hiring.export.pdf import render_pdf
from hiring.i18n import _, chosen_language
from hiring.models import Paper, now
from hiring.packets.document import Packet


def packet_pdf(packet: Packet, exported_by: str, paper: Paper) -> bytes:
    """The packet as a document; ``exported_by`` stands in the foot of each page."""
    created = now()
    html = render_template(
        "packets/packet.print.html",
        packet=packet,
        document_kind=_("Candidate packet"),
        job_title=packet.job_title,
        guide_version=", ".join(str(number) for number in packet.versions),
        exported_by=exported_by,
        exported_at=created,
        confidential=True,
    )
    title = _("Candidate packet: %(name)s", name=packet.candidate)
    return render_pdf(html, title=title, language=chosen_language(), paper=paper, created=created)


def packet_file(packet: Packet) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("packet"), packet.job_title, packet.candidate)

"""The packet as PDF."""

from __future__ import annotations

from hiring.export.files import file_name
from hiring.export.printed import printed
from hiring.i18n import _
from hiring.models import Paper
from hiring.packets.document import Packet


def packet_pdf(packet: Packet, exported_by: str, paper: Paper) -> bytes:
    """The packet as a document; ``exported_by`` stands in the foot of each page."""
    return printed(
        "packets/packet.print.html",
        title=_("Candidate packet: %(name)s", name=packet.candidate),
        exported_by=exported_by,
        paper=paper,
        packet=packet,
        document_kind=_("Candidate packet"),
        job_title=packet.job_title,
        guide_version=", ".join(str(number) for number in packet.versions),
    )


def packet_file(packet: Packet) -> str:
    """The name of the file; it holds nothing that the ratings decide."""
    return file_name(_("packet"), packet.job_title, packet.candidate)

"""What there is on paper about one candidate. The names of the files hold nothing that the ratings decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from hiring.errors import Refused
from hiring.export.archive import Entry
from hiring.export.assembled import CONTENTS, KEPT, Assembled, Section
from hiring.export.choice import Choice
from hiring.export.files import file_name
from hiring.export.printed import COVER, PART, WHOLE, Prepared, prepared
from hiring.i18n import _, listed
from hiring.i18n import lazy_gettext as _l
from hiring.models import Job
from hiring.packets.data import packet_tables
from hiring.packets.document import Packet
from hiring.packets.records import Records

SECTIONS: dict[str, Any] = {
    "summary": _l("Summary"),
    "consensus": _l("Consensus of the debrief"),
    "decisions": _l("Decisions"),
    "messages": _l("Messages sent to the candidate"),
    "scorecards": _l("Scorecards with their evidence"),
    "observations": _l("Observations on the scorecards"),
}


def packet_paper(packet: Packet, choice: Choice, role: str = WHOLE) -> Prepared:
    """The packet as a document, or as a part of one."""
    return prepared(
        "packets/packet.print.html",
        role=role,
        title=_("Candidate packet: %(name)s", name=packet.candidate),
        name=(_("packet"), packet.job_title, packet.candidate),
        choice=choice,
        sections=SECTIONS,
        document_kind=_("Candidate packet"),
        **_shown(packet),
    )


def decision_paper(packet: Packet, choice: Choice) -> Prepared:
    """What was decided and what it rested on, as a document of its own; its name does not tell the outcome.

    Raises Refused if nothing is decided.
    """
    if not packet.decisions:
        raise Refused(_("Nothing is decided about %(name)s yet.", name=packet.candidate))
    return prepared(
        "packets/decision.print.html",
        title=_("Decision record: %(name)s", name=packet.candidate),
        name=(_("decision"), packet.job_title, packet.candidate),
        choice=choice,
        document_kind=_("Decision record"),
        **_shown(packet),
    )


def records_paper(records: Records, choice: Choice) -> Prepared:
    """Everything that is kept about a candidate, for the candidate who asked for it."""
    return prepared(
        "packets/records.print.html",
        title=_("Records about %(name)s", name=records.packet.candidate),
        name=(_("records"), records.packet.candidate),
        choice=choice,
        sections=SECTIONS,
        document_kind=_("Records about one person"),
        records=records,
        **_shown(records.packet),
    )


def _shown(packet: Packet) -> dict[str, Any]:
    return {
        "packet": packet,
        "job_title": packet.job_title,
        "guide_version": listed(packet.versions),
        "tables": lambda: packet_tables(packet),
    }


def packet_entry(packet: Packet, choice: Choice) -> Entry:
    """The packet as a file of an archive, with all its words as they are now."""
    return Entry(packet_name(packet), packet.candidate, packet.data_hash, packet_paper(packet, choice).pdf)


def packet_name(packet: Packet) -> str:
    """The name of a packet among others: no two are alike."""
    return file_name(_("packet"), packet.candidate, packet.application_id)


def index_paper(job: Job, count: int, choice: Choice) -> Prepared:
    """The first page of many packets in one document."""
    return prepared(
        "packets/index.print.html",
        title=_("Candidate packets: %(job)s", job=job.title),
        name=(_("packets"), job.title),
        choice=choice,
        role=COVER,
        count=count,
        contents=Markup(CONTENTS),  # noqa: S704  # A mark of our own, not what anybody wrote.
        document_kind=_("Candidate packets"),
        job_title=job.title,
    )


def packets_paper(job: Job, packets: Sequence[tuple[Packet, Choice]], choice: Choice) -> Assembled:
    """The packets, each with what was chosen about it, as one document behind an index."""
    sections = tuple(
        Section(f"packet-{packet.application_id}", packet_paper(packet, own, PART), packet.candidate)
        for packet, own in packets
    )
    numbering = _("Page %(page)s of %(pages)s", **KEPT)
    return Assembled(index_paper(job, len(packets), choice), sections, numbering, deepest=0)


def packets_file(job: Job, ending: str = "zip") -> str:
    """The name of an archive of packets, or of one document that holds them."""
    return file_name(_("packets"), job.title, suffix=ending)

"""Everything that is kept about one candidate, for an access request; and whom it may not give away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hiring.i18n import _
from hiring.models import Application, InterviewStatus
from hiring.packets.document import Packet, packet_of
from hiring.packets.queries import changes_of, interviews_of


@dataclass(frozen=True)
class RecordedInterview:
    """An interview as it was arranged."""

    starts_at: datetime
    place: str
    status: InterviewStatus
    panel: tuple[str, ...]


@dataclass(frozen=True)
class RecordedChange:
    """An entry of the audit about the application; ``action`` is the verb as it was recorded."""

    at: datetime
    by: str
    action: str


@dataclass(frozen=True)
class Records:
    """What is kept about a person beside the packet: the person's own data, interviews and changes."""

    packet: Packet
    own: tuple[tuple[str, str], ...]
    interviews: tuple[RecordedInterview, ...]
    changes: tuple[RecordedChange, ...]


def records_of(application: Application) -> Records:
    """Everything about one application and the person behind it; who may read it is asked before."""
    candidate = application.candidate
    return Records(
        packet=packet_of(application),
        own=tuple(
            (str(words), value)
            for words, value in _own_data(candidate.name, candidate.email, candidate.phone, application)
            if value
        ),
        interviews=tuple(
            RecordedInterview(
                each.starts_at, each.place, each.status, tuple(seat.person.name for seat in each.panel)
            )
            for each in interviews_of(application)
        ),
        changes=tuple(
            RecordedChange(each.at, each.actor_name, each.action.replace("_", " "))
            for each in changes_of(application)
        ),
    )


def _own_data(name: str, email: str, phone: str, application: Application) -> Iterable[tuple[str, str]]:
    return (
        (_("Name"), name),
        (_("E-mail address"), email),
        (_("Telephone"), phone),
        (_("Where the contact came from"), application.source_of_contact),
        (_("Reason of the status"), application.status_reason),
        (_("Code that stands for the name"), application.code),
    )

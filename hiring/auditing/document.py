"""An extract of the audit: what was done about one job, by whom and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiring.auditing.queries import events_of
from hiring.models import Job

LONGEST_DETAIL = 400


@dataclass(frozen=True)
class Line:
    """One event. ``number`` counts in the whole audit; ``action`` and ``thing`` are words of the record itself."""

    number: int
    at: datetime
    who: str
    action: str
    thing: str
    details: str


@dataclass(frozen=True)
class Extract:
    """The events about a job in their order."""

    job_title: str
    lines: tuple[Line, ...]

    @property
    def data_hash(self) -> str:
        """A short fingerprint of the extract, to tell two printed ones apart."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def extract_of(job: Job) -> Extract:
    """Everything that was recorded about the job; who may read it is asked before."""
    lines = (
        Line(
            number=event.id,
            at=event.at,
            who=event.actor_name,
            action=event.action.replace("_", " "),
            thing=f"{event.thing.replace('_', ' ')} {event.thing_id or ''}".strip(),
            details=_in_words(event.details),
        )
        for event in events_of(job)
    )
    return Extract(job.title, tuple(lines))


def _in_words(details: dict[str, Any]) -> str:
    words = "; ".join(f"{name.replace('_', ' ')}: {_told(value)}" for name, value in details.items())
    return words if len(words) <= LONGEST_DETAIL else words[: LONGEST_DETAIL - 1] + "…"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_told(each)}" for name, each in value.items() if each not in (None, ""))
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "–"
    return "–" if value in (None, "") else str(value)

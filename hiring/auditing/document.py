"""An extract of the audit: what was done about one job, by whom and when."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiring.auditing.queries import Wanted, events_of, events_wanted
from hiring.models import AuditEvent, Job

LONGEST_DETAIL = 400
PAGE = 50


@dataclass(frozen=True)
class Line:
    """One event. ``number`` counts in the whole audit; ``action`` and ``thing`` are words of the record itself."""

    number: int
    at: datetime
    who: str
    action: str
    thing: str
    details: str
    guide_version: int | None = None


@dataclass(frozen=True)
class RecordPage:
    """One page of the entries that were asked for, the newest first; ``count`` is that of all pages."""

    lines: tuple[Line, ...]
    count: int
    page: int
    pages: int


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
    return Extract(job.title, tuple(_line(event) for event in events_of(job)))


def record_page(wanted: Wanted, closed: Collection[int], page: int) -> RecordPage:
    """A page of the record; a page beyond the last is the last."""
    page = max(page, 1)
    events, count = events_wanted(wanted, closed, page, PAGE)
    pages = max(1, -(-count // PAGE))
    if page > pages:
        page = pages
        events, count = events_wanted(wanted, closed, page, PAGE)
    return RecordPage(tuple(_line(event, with_version=True) for event in events), count, page, pages)


def _line(event: AuditEvent, with_version: bool = False) -> Line:
    return Line(
        number=event.id,
        at=event.at,
        who=event.actor_name,
        action=event.action.replace("_", " "),
        thing=f"{event.thing.replace('_', ' ')} {event.thing_id or ''}".strip(),
        details=_in_words(event.details),
        guide_version=event.guide_version if with_version else None,
    )


def _in_words(details: dict[str, Any]) -> str:
    words = "; ".join(f"{name.replace('_', ' ')}: {_told(value)}" for name, value in details.items())
    return words if len(words) <= LONGEST_DETAIL else words[: LONGEST_DETAIL - 1] + "…"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_told(each)}" for name, each in value.items() if each not in (None, ""))
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "–"
    return "–" if value in (None, "") else str(value)

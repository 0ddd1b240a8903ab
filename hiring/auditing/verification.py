"""Whether the record is whole: every entry as it was written, none missing, and in its order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from hiring.audit import BEGINNING, chain_of, digest_of, is_erased
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import AuditEvent

AT_ONCE = 1000


class FlawKind(StrEnum):
    """What is wrong with an entry, or before it."""

    CHANGED = "changed"
    DETAILS_CHANGED = "details_changed"
    ERASED_UNTOLD = "erased_untold"
    REMOVED = "removed"
    REORDERED = "reordered"
    CUT_OFF = "cut_off"


@dataclass(frozen=True)
class Flaw:
    """Something that cannot have come about by the product; ``entry`` is the number where it shows."""

    kind: FlawKind
    entry: int
    action: str = ""

    @property
    def sentence(self) -> str:
        """The flaw in words."""
        known = {"n": self.entry, "action": self.action.replace("_", " ")}
        return {
            FlawKind.CHANGED: _("Entry %(n)s (%(action)s) was changed after it was written.", **known),
            FlawKind.DETAILS_CHANGED: _("Who or what entry %(n)s (%(action)s) names was changed.", **known),
            FlawKind.ERASED_UNTOLD: _(
                "What entry %(n)s (%(action)s) names was erased, and no entry says by whom.", **known
            ),
            FlawKind.REMOVED: _("At least one entry before %(n)s (%(action)s) was removed.", **known),
            FlawKind.REORDERED: _("Entry %(n)s (%(action)s) does not stand where it was written.", **known),
            FlawKind.CUT_OFF: _(
                "Entry %(n)s, the last when the head was noted, is not there as it was.", **known
            ),
        }[self.kind]


@dataclass(frozen=True)
class Head:
    """The end of the record at some moment: how many entries, the number of the last, and its chain."""

    entries: int
    last: int
    chain: str


@dataclass(frozen=True)
class Verified:
    """What was found; without flaws the record is as it was written."""

    head: Head
    erased: int
    flaws: tuple[Flaw, ...]


def head() -> Head:
    """The end of the record now."""
    return verified().head


def verified(noted: Head | None = None) -> Verified:
    """Walks along the whole record, and compares it with a head that was noted earlier, if there is one.

    Without such a head, entries that were cut off at the end leave no trace.
    """
    flaws: list[Flaw] = []
    erased: dict[int, str] = {}
    told: set[int] = set()
    previous, entries, last, seen_noted = BEGINNING, 0, 0, noted is None or noted.entries == 0
    query = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=AT_ONCE)
    for event in db.session.scalars(query):
        flaws += _flaws_of(event, previous)
        if is_erased(event):
            erased[event.id] = event.action
        if event.action == "erase_audit_details":
            told |= set(event.details.get("entries", ()))
        if noted is not None and (event.id, event.chain) == (noted.last, noted.chain):
            seen_noted = True
        previous, entries, last = event.chain, entries + 1, event.id
    flaws += [Flaw(FlawKind.ERASED_UNTOLD, id_, action) for id_, action in erased.items() if id_ not in told]
    if noted is not None and not seen_noted:
        flaws.append(Flaw(FlawKind.CUT_OFF, noted.last))
    return Verified(
        Head(entries, last, previous), len(erased), tuple(sorted(flaws, key=lambda flaw: flaw.entry))
    )


def _flaws_of(event: AuditEvent, previous: str) -> list[Flaw]:
    flaws = []
    if event.chain != chain_of(event):
        flaws.append(Flaw(FlawKind.CHANGED, event.id, event.action))
    if not is_erased(event) and event.digest != digest_of(event):
        flaws.append(Flaw(FlawKind.DETAILS_CHANGED, event.id, event.action))
    if event.previous != previous:
        kind = FlawKind.REORDERED if _stands_elsewhere(event.previous) else FlawKind.REMOVED
        flaws.append(Flaw(kind, event.id, event.action))
    return flaws


def _stands_elsewhere(chain: str) -> bool:
    """Whether the entry that this one follows is there, in another place."""
    return db.session.scalar(select(AuditEvent.id).where(AuditEvent.chain == chain).limit(1)) is not None

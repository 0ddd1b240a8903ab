"""The packet of one candidate for one job: summary, every scorecard with its evidence, decisions, messages."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from hiring.candidates.naming import name_of, told_throughout
from hiring.comparisons.document import ComparedCandidate, comparison_of
from hiring.comparisons.figures import ComparedSkill
from hiring.errors import Refused
from hiring.i18n import _
from hiring.models import Application, ApplicationStatus, Job, Outcome
from hiring.packets.queries import (
    consensus_on,
    decisions_on,
    messages_to,
    rated_applications,
    submitted_scorecards_of,
)
from hiring.scorecards.document import ScorecardSheet, scorecard_sheet

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class PacketDecision:
    """One decision as it was recorded; ``skills`` are names."""

    outcome: Outcome
    reason: str
    skills: tuple[str, ...]
    restart_date: date | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class PacketMessage:
    """A message that was sent to the candidate."""

    text: str
    sent_at: datetime


@dataclass(frozen=True)
class PacketConsensus:
    """What a panel agreed on last about a skill, beside the mean of the ratings; ``level`` None is N."""

    skill: str
    level: int | None
    reason: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class Packet:
    """Everything about one application. ``row`` holds the candidate's figures, None before the first scorecard.

    ``dropped`` are questions that do not count for any candidate, with the reasons.
    """

    application_id: int
    candidate: str
    job_title: str
    status: ApplicationStatus
    applied_at: datetime
    row: ComparedCandidate | None
    skills: tuple[ComparedSkill, ...]
    scorecards: tuple[ScorecardSheet, ...]
    missing: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]
    consensus: tuple[PacketConsensus, ...]
    decisions: tuple[PacketDecision, ...]
    messages: tuple[PacketMessage, ...]

    @property
    def versions(self) -> tuple[int, ...]:
        """The numbers of the guide versions that were used."""
        return tuple(sorted({sheet.guide_version for sheet in self.scorecards}))

    @property
    def guide_hashes(self) -> tuple[str, ...]:
        """The beginning of each used guide's content hash."""
        return tuple(sorted({sheet.guide_hash[:12] for sheet in self.scorecards}))

    @property
    def data_hash(self) -> str:
        """A short fingerprint of everything in the packet, to tell two printed packets apart."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def packet_of(application: Application, with_messages: bool = True) -> Packet:
    """The packet of an application; who may read it, and the messages in it, is asked before."""
    cards = submitted_scorecards_of(application)
    compared = comparison_of(application.job, {application.id})
    row = next(iter((*compared.rows, *compared.unrated)), None)
    names = {skill.id: skill.name for skill in compared.skills}
    return Packet(
        application_id=application.id,
        candidate=name_of(application),
        job_title=application.job.title,
        status=application.status,
        applied_at=application.created_at,
        row=row if row and row.submitted else None,
        skills=compared.skills,
        scorecards=tuple(scorecard_sheet(card) for card in cards),
        missing=row.missing if row else (),
        dropped=compared.dropped,
        consensus=told_throughout(_consensus(application, names), application.job, application.id),
        decisions=told_throughout(_decisions(application, names), application.job, application.id),
        messages=_messages(application) if with_messages else (),
    )


def packets_of(job: Job, application_ids: Collection[int]) -> list[Packet]:
    """The packets, without letters, of those of these applications who were rated; all from one state of the data.

    Raises Refused if there are none, or too many for one archive.
    """
    rated = rated_applications(job, application_ids)
    if not rated:
        raise Refused(_("None of these candidates has a submitted scorecard that you may read."))
    if len(rated) > MOST_AT_ONCE:
        raise Refused(
            _("Choose at most %(most)s candidates; these are %(n)s.", most=MOST_AT_ONCE, n=len(rated))
        )
    return [packet_of(each, with_messages=False) for each in rated]


def _consensus(application: Application, names: dict[str, str]) -> tuple[PacketConsensus, ...]:
    newest = {each.skill_id: each for each in consensus_on(application)}
    return tuple(
        PacketConsensus(names[skill], each.level, each.reason, each.written_by.name, each.written_at)
        for skill in names
        if (each := newest.get(skill)) is not None
    )


def _messages(application: Application) -> tuple[PacketMessage, ...]:
    return tuple(
        PacketMessage(message.text, message.sent_at)
        for message in messages_to(application)
        if message.sent_at is not None
    )


def _decisions(application: Application, names: dict[str, str]) -> tuple[PacketDecision, ...]:
    return tuple(
        PacketDecision(
            outcome=each.outcome,
            reason=each.reason,
            skills=tuple(names.get(skill, skill) for skill in each.skill_ids),
            restart_date=each.restart_date,
            decided_by=each.decided_by.name,
            decided_at=each.decided_at,
        )
        for each in decisions_on(application)
    )

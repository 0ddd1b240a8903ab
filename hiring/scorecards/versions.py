"""The versions of a scorecard: what is kept of each submission, and what differs between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiring.authoring.document import Piece, pieces
from hiring.candidates.naming import told_throughout
from hiring.guides.frozen import FrozenGuide, spoken_guide
from hiring.i18n import _
from hiring.labels import label
from hiring.models import (
    ObservationState,
    QuestionOutcome,
    Recommendation,
    Scorecard,
    ScorecardVersion,
)
from hiring.scorecards.document import answers_of
from hiring.scorecards.fields import fields_of

PROBE = re.compile(r"(?P<question>.+)-(?P<place>\d+)")
PARTS = ("asked", "skipped", "probe", "notes", "evidence", "level")


@dataclass(frozen=True)
class VersionHead:
    """When a version was submitted, and how it came to be opened again."""

    number: int
    submitted_at: datetime
    is_attested: bool
    reopened_at: datetime | None
    reopened_by: str
    reopen_reason: str
    had_read_others: bool


@dataclass(frozen=True)
class VersionCell:
    """One field in one version; ``pieces`` mark what changed since the version before."""

    text: str
    pieces: tuple[Piece, ...]
    is_changed: bool


@dataclass(frozen=True)
class VersionRow:
    """One field through all versions."""

    name: str
    about: str
    cells: tuple[VersionCell, ...]

    @property
    def is_changed(self) -> bool:
        """Whether the field ever changed."""
        return any(cell.is_changed for cell in self.cells)


@dataclass(frozen=True)
class VersionSheet:
    """All versions of one scorecard side by side, the oldest first."""

    heads: tuple[VersionHead, ...]
    rows: tuple[VersionRow, ...]

    @property
    def changed(self) -> int:
        """How many fields differ between versions."""
        return sum(row.is_changed for row in self.rows)


def content_of(card: Scorecard, attestation: str = "") -> dict[str, Any]:
    """What a version keeps: the answers, the guide they answer, and the sentence the writer stood by."""
    return {
        "fields": fields_of(answers_of(card)),
        "guide": card.interview.guide_version.content_hash,
        "attestation": attestation,
    }


def version_sheet(card: Scorecard, versions: Sequence[ScorecardVersion]) -> VersionSheet:
    """The versions of a scorecard with what changed marked."""
    guide = spoken_guide(card.interview)
    application = card.interview.application
    contents = [told_throughout(version.answers, application.job, application.id) for version in versions]
    names = _in_order(contents, guide, card.interview.round_position)
    return VersionSheet(
        heads=tuple(_head(version) for version in versions),
        rows=tuple(_row(name, contents, guide) for name in names),
    )


def _head(version: ScorecardVersion) -> VersionHead:
    return VersionHead(
        number=version.number,
        submitted_at=version.submitted_at,
        is_attested=bool(version.content.get("attestation")),
        reopened_at=version.reopened_at,
        reopened_by=version.reopened_by.name if version.reopened_by else "",
        reopen_reason=version.reopen_reason,
        had_read_others=bool(version.had_read_others),
    )


def _in_order(contents: Iterable[Mapping[str, str]], guide: FrozenGuide, position: int) -> list[str]:
    """The fields of all versions in the order of the page."""
    questions = [item.question_id for item in guide.round_at(position).items]
    names = dict.fromkeys(name for fields in contents for name in fields)
    return sorted(names, key=lambda name: _place(name, questions))


def _place(name: str, questions: Sequence[str]) -> tuple[int, int, str]:
    part, question = _split(name)
    if question in questions:
        return questions.index(question), PARTS.index(part), name
    return len(questions) + (part not in ("observed", "words")), 0, name


def _split(name: str) -> tuple[str, str]:
    """What a field is and what it is about: ``("level", "empathy-1-q1")``."""
    part, _dash, about = name.partition("-")
    found = PROBE.fullmatch(about) if part == "probe" else None
    return part, found["question"] if found else about


def _row(name: str, contents: Sequence[Mapping[str, str]], guide: FrozenGuide) -> VersionRow:
    texts = [_shown(name, fields.get(name, ""), guide) for fields in contents]
    cells = [VersionCell(texts[0], (), is_changed=False)]
    for before, after in itertools.pairwise(texts):
        differs = before != after
        cells.append(VersionCell(after, pieces(before, after) if differs else (), differs))
    return VersionRow(_named(name), _about(name, guide), tuple(cells))


def _shown(name: str, value: str, guide: FrozenGuide) -> str:
    """A stored value as people read it."""
    part, _about = _split(name)
    if part == "level" and value:
        words = {level.key: level.label for level in guide.levels}
        return f"{value}: {words[value]}" if value in words else value
    kinds = {"recommendation": Recommendation, "observed": ObservationState, "asked": QuestionOutcome}
    kind = kinds.get(part)
    if kind is not None and value in set(kind):
        return str(label(kind(value)))
    return str(_("Used")) if part == "probe" and value else value


def _named(name: str) -> str:
    part, _about = _split(name)
    probe = PROBE.fullmatch(name)
    names = {
        "level": _("Level"),
        "evidence": _("Evidence"),
        "notes": _("Notes"),
        "asked": _("Asked or skipped"),
        "skipped": _("Why it was skipped"),
        "probe": _("Follow-up %(n)s", n=probe["place"] if probe else ""),
        "observed": _("Observation"),
        "words": _("Observation, in a few words"),
        "recommendation": _("Recommendation"),
        "recommendation_reason": _("Reasons"),
        "open_point": _("The open point"),
        "contradiction_reason": _("Why it differs from the ratings"),
    }
    return str(names.get(part, part))


def _about(name: str, guide: FrozenGuide) -> str:
    _part, about = _split(name)
    questions = {item.question_id: item.text for round_ in guide.rounds for item in round_.items}
    observations = {each.id: each.text for each in guide.observations}
    return questions.get(about) or observations.get(about, "")

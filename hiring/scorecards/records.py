"""What went on at each question beside the rating: asked or skipped, notes, follow-ups used, and time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hiring.guides.frozen import FrozenItem, FrozenRound
from hiring.models import QuestionOutcome, Rating

NOTE = re.compile(r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s+(?:(?P<tag>[STAR])\s+)?(?P<words>.+)")


@dataclass(frozen=True)
class NoteLine:
    """One line written while listening; ``tag`` is S, T, A, R or empty."""

    time: str
    tag: str
    words: str


@dataclass(frozen=True)
class Record:
    """What went on at one question. ``probes`` are the words of the follow-ups used."""

    outcome: QuestionOutcome | None = None
    skip_reason: str = ""
    notes: tuple[NoteLine, ...] = ()
    probes: tuple[str, ...] = ()
    seconds: int | None = None

    @property
    def is_skipped(self) -> bool:
        """Whether the question was left out."""
        return self.outcome is QuestionOutcome.SKIPPED

    @property
    def clock(self) -> str:
        """The time as minutes and seconds; empty where none was measured."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}" if self.seconds else ""


NOTHING = Record()


def records_of(round_: FrozenRound, ratings: Iterable[Rating]) -> dict[str, Record]:
    """The record of every question of the round, by the question's id."""
    stored = {rating.question_id: rating for rating in ratings}
    return {
        item.question_id: _record(item, stored[item.question_id]) if item.question_id in stored else NOTHING
        for item in round_.items
    }


def note_lines(notes: str) -> tuple[NoteLine, ...]:
    """The lines of the notes, each with its time and tag where it has them."""
    return tuple(_note_line(line.strip()) for line in notes.splitlines() if line.strip())


def _note_line(line: str) -> NoteLine:
    found = NOTE.fullmatch(line)
    return NoteLine(found["time"], found["tag"] or "", found["words"]) if found else NoteLine("", "", line)


def _record(item: FrozenItem, rating: Rating) -> Record:
    texts = dict(enumerate((follow_up.text for follow_up in item.follow_ups), 1))
    return Record(
        outcome=rating.outcome,
        skip_reason=rating.skip_reason,
        notes=note_lines(rating.notes),
        probes=tuple(texts[place] for place in rating.probes if place in texts),
        seconds=rating.seconds,
    )

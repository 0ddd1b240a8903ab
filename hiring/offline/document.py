"""Answers from elsewhere beside what is stored, field by field, for their interviewer to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hiring.i18n import _
from hiring.labels import label
from hiring.models import (
    EntrySource,
    EntryStatus,
    ObservationState,
    QuestionOutcome,
    Recommendation,
    ScorecardEntry,
)
from hiring.scorecards.document import ScorecardSheet

KEEP, TAKE, BOTH = "keep", "take", "both"
WORDED = (
    "evidence-",
    "notes-",
    "skipped-",
    "words-",
    "recommendation_reason",
    "open_point",
    "contradiction_reason",
)


@dataclass(frozen=True)
class EntryRow:
    """One field that differs: what is stored, what came, in words, and what is chosen unless one says otherwise."""

    name: str
    title: str
    stored: str
    came: str
    stored_words: str
    came_words: str
    suggested: str

    @property
    def can_join(self) -> bool:
        """Whether both can be kept: two texts can, two levels cannot."""
        return self.name.startswith(WORDED) and bool(self.stored and self.came)


@dataclass(frozen=True)
class EntrySheet:
    """Everything that differs between an entry and the stored scorecard."""

    entry_id: int
    interview_id: int
    candidate: str
    source: EntrySource
    status: EntryStatus
    entered_by: str
    entered_at: datetime
    rows: tuple[EntryRow, ...]
    revision: int
    is_submitted: bool
    was_changed_since: bool

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken over."""
        return self.status is EntryStatus.WAITING and not self.is_submitted


def entry_sheet(entry: ScorecardEntry, sheet: ScorecardSheet, stored: Mapping[str, str]) -> EntrySheet:
    """The entry beside what its interviewer has stored now: ``stored`` as the form names it."""
    came: Mapping[str, str] = entry.content["fields"]
    since = entry.base_revision is not None and entry.base_revision != sheet.revision and bool(stored)
    return EntrySheet(
        entry_id=entry.id,
        interview_id=entry.interview_id,
        candidate=sheet.candidate,
        source=entry.source,
        status=entry.status,
        entered_by=entry.entered_by.name,
        entered_at=entry.created_at,
        rows=tuple(_rows(sheet, stored, came, since)),
        revision=sheet.revision,
        is_submitted=sheet.submitted_at is not None,
        was_changed_since=since,
    )


def chosen_fields(sheet: EntrySheet, stored: Mapping[str, str], choices: Mapping[str, str]) -> dict[str, str]:
    """The stored fields with what was chosen of the entry put in; ``choices`` names a field's fate."""
    fields = dict(stored)
    for row in sheet.rows:
        choice = choices.get(row.name, row.suggested)
        if choice == TAKE:
            fields[row.name] = row.came
        elif choice == BOTH and row.can_join:
            fields[row.name] = f"{row.stored}\n\n{row.came}"
    return fields


def titles_of(sheet: ScorecardSheet) -> dict[str, str]:
    """The words for each field of the scoring form, in the order of the page."""
    titles: dict[str, str] = {}
    for question in sheet.questions:
        words = {"n": question.number, "skill": question.skill.name}
        titles |= {
            f"asked-{question.id}": _("Question %(n)s, %(skill)s: asked or skipped", **words),
            f"skipped-{question.id}": _("Question %(n)s, %(skill)s: why skipped", **words),
            f"notes-{question.id}": _("Question %(n)s, %(skill)s: notes", **words),
            f"evidence-{question.id}": _("Question %(n)s, %(skill)s: evidence", **words),
            f"level-{question.id}": _("Question %(n)s, %(skill)s: level", **words),
        }
        for number, follow_up in enumerate(question.item.follow_ups, 1):
            titles[f"probe-{question.id}-{number}"] = _("Follow-up used: %(text)s", text=follow_up.text)
    for each in sheet.observations:
        titles[f"observed-{each.id}"] = _("Observation: %(text)s", text=each.observation.text)
        titles[f"words-{each.id}"] = _("When: %(text)s", text=each.observation.text)
    return titles | {
        "recommendation": _("Recommendation"),
        "recommendation_reason": _("Reasons"),
        "open_point": _("The open point"),
        "contradiction_reason": _("Why the recommendation differs from the ratings"),
    }


def _rows(
    sheet: ScorecardSheet, stored: Mapping[str, str], came: Mapping[str, str], was_changed_since: bool
) -> Iterable[EntryRow]:
    for name, title in titles_of(sheet).items():
        ours, theirs = stored.get(name, ""), came.get(name, "")
        if ours == theirs or not (theirs or not was_changed_since):
            continue
        yield EntryRow(
            name=name,
            title=title,
            stored=ours,
            came=theirs,
            stored_words=_words(sheet, name, ours),
            came_words=_words(sheet, name, theirs),
            suggested=KEEP if ours and was_changed_since else TAKE,
        )


def _words(sheet: ScorecardSheet, name: str, value: str) -> str:
    if not value:
        return ""
    if name.startswith("level-"):
        return f"{sheet.level_labels.get(value, value)} ({value})"
    if name.startswith("observed-") and value in set(ObservationState):
        return str(label(ObservationState(value)))
    if name.startswith("asked-") and value in set(QuestionOutcome):
        return str(label(QuestionOutcome(value)))
    if name == "recommendation" and value in set(Recommendation):
        return str(label(Recommendation(value)))
    return _("Yes") if name.startswith("probe-") else value

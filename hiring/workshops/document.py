"""A workshop as it is listed, prepared, sorted and read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiring.assessment.estimates import Figure
from hiring.assessment.retranslation import (
    LARGEST_SPREAD,
    LEAST_SHARE,
    Agreement,
    Choice,
    Verdict,
    confusion,
    share_of,
)
from hiring.i18n import _
from hiring.labels import label
from hiring.models import BankEntry, Person, Sorter, Workshop, WorkshopAnchor, WorkshopStatus
from hiring.workshops.queries import (
    Decided,
    agreements,
    anchors_in,
    choices_for,
    closed_at,
    decisions_on,
    entry_for,
    is_placed,
    kept_anchors,
    numbers_placed,
    own_anchors,
    own_skill_entries,
    placements_of,
    shuffled,
    skills_to_sort,
    sorters_in,
    what_is_missing,
    workshops_of,
)
from question_bank.linting import LintRule, lint_question
from question_bank.linting import languages as linted_languages

LEVELS = (1, 2, 3, 4, 5)
# An anchor is no question: what is said of questions' form does not fit it.
SAID_OF_ANCHORS = (LintRule.OFF_LIMITS, LintRule.JARGON)
OTHER_LEVEL = re.compile(r"\D{0,16}[1-5](?![\d.,:%]\d)(?!\d)")  # “As 4, and …”, in any language.
OPEN_TO_INVITATIONS = (WorkshopStatus.PROPOSING, WorkshopStatus.SORTING)


@dataclass(frozen=True)
class Progress:
    """How far the reader has come with sorting."""

    placed: int
    total: int
    is_finished: bool


@dataclass(frozen=True)
class WorkshopRow:
    """One workshop among the others; ``has_finished`` is None for readers who do not sort in it."""

    id: int
    title: str
    language: str
    skills: tuple[str, ...]
    status: WorkshopStatus
    led_by: str
    created_at: datetime
    has_finished: bool | None

    @property
    def waits_for_reader(self) -> bool:
        """Whether it is the reader's turn."""
        return self.status is WorkshopStatus.SORTING and self.has_finished is False


@dataclass(frozen=True)
class SkillToSort:
    """A skill as sorters read it."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Advice:
    """Something doubtful in an anchor's words, and what to do about it."""

    name: str
    words: str
    sentence: str


@dataclass(frozen=True)
class Proposal:
    """An anchor with what it is meant for, for its author or for who leads."""

    id: int
    skill_name: str
    level: int
    text: str
    author: str
    is_own: bool
    advice: tuple[Advice, ...]


@dataclass(frozen=True)
class SorterRow:
    """A sorter; ``placed`` is None for readers who may not know how far others are."""

    person_id: int
    name: str
    has_finished: bool | None
    placed: int | None


@dataclass(frozen=True)
class WorkshopSheet:
    """A workshop as far as the reader may see it; ``coverage`` counts anchors per skill and level."""

    id: int
    title: str
    language: str
    status: WorkshopStatus
    led_by: str
    created_at: datetime
    closed_at: datetime | None
    signed_off_by: str
    signed_off_at: datetime | None
    sign_off_note: str
    skills: tuple[SkillToSort, ...]
    anchors: int
    proposals: tuple[Proposal, ...]
    coverage: tuple[tuple[str, tuple[int, ...]], ...]
    missing: tuple[str, ...]
    sorters: tuple[SorterRow, ...]
    finished: int | None
    own_progress: Progress | None

    @property
    def takes_invitations(self) -> bool:
        """Whether sorters may still be invited."""
        return self.status in OPEN_TO_INVITATIONS


@dataclass(frozen=True)
class AnchorToSort:
    """What a sorter sees of an anchor, and where it was put so far."""

    id: int
    text: str
    is_touched: bool
    skill_id: str | None
    level: int | None
    is_placed: bool


@dataclass(frozen=True)
class SortingSheet:
    """The anchors in one sorter's order, without anything that tells where they belong."""

    title: str
    language: str
    skills: tuple[SkillToSort, ...]
    anchors: tuple[AnchorToSort, ...]
    progress: Progress
    is_open: bool


@dataclass(frozen=True)
class AnchorRow:
    """One anchor with how it was read, and what was decided about it."""

    id: int
    text: str
    level: int
    author: str
    found: Agreement
    went: tuple[tuple[str | None, int], ...]
    is_kept: bool | None
    decided: Decided | None

    @property
    def goes_against(self) -> bool:
        """Whether it was decided against the figures."""
        return self.is_kept is not None and self.is_kept is not (self.found.verdict is Verdict.KEEP)


@dataclass(frozen=True)
class SkillAgreement:
    """The anchors meant for one skill, the highest level first, and where they went."""

    skill: SkillToSort
    share: Figure
    rows: tuple[AnchorRow, ...]
    went: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True)
class AgreementSheet:
    """How a workshop's anchors were read."""

    id: int
    title: str
    language: str
    status: WorkshopStatus
    revision: int
    led_by: str
    closed_at: datetime | None
    signed_off_by: str
    signed_off_at: datetime | None
    sign_off_note: str
    sorters: int
    skills: tuple[SkillAgreement, ...]
    columns: tuple[SkillToSort, ...]
    verdicts: dict[Verdict, int]
    undecided: int
    kept: int
    dropped: int
    least_share: float = LEAST_SHARE
    largest_spread: float = LARGEST_SPREAD

    @property
    def rows(self) -> tuple[AnchorRow, ...]:
        """Every anchor, in the order of the page."""
        return tuple(row for skill in self.skills for row in skill.rows)


@dataclass(frozen=True)
class KeptSkill:
    """A skill with the anchors that may be put into a draft; ``entry_id`` is its own skill, if there is one."""

    id: str
    name: str
    entry_id: int | None
    levels: tuple[tuple[int, tuple[WorkshopAnchor, ...]], ...]
    unchanged: tuple[int, ...]


def workshop_list(reader: Person, sees_all: bool) -> tuple[WorkshopRow, ...]:
    """The workshops that the reader may see, the newest first."""
    return tuple(_row(each, reader) for each in workshops_of(reader, sees_all))


def workshop_sheet(
    workshop: Workshop, reader: Person, *, sees_meanings: bool, sees_progress: bool
) -> WorkshopSheet:
    """A workshop with the proposals, sorters and figures that the reader may see."""
    anchors, sorters = anchors_in(workshop), sorters_in(workshop)
    placed = numbers_placed(workshop) if sees_progress else {}
    own = next((each for each in sorters if each.person_id == reader.id), None)
    shown = [each for each in anchors if sees_meanings or each.proposed_by_id == reader.id]
    is_over = workshop.status not in OPEN_TO_INVITATIONS
    return WorkshopSheet(
        id=workshop.id,
        title=workshop.title,
        language=workshop.language,
        status=workshop.status,
        led_by=workshop.led_by.name,
        created_at=workshop.created_at,
        closed_at=closed_at(workshop) if is_over else None,
        signed_off_by=workshop.signed_off_by.name if workshop.signed_off_by else "",
        signed_off_at=workshop.signed_off_at,
        sign_off_note=workshop.sign_off_note,
        skills=skills_of(workshop),
        anchors=len(anchors),
        proposals=tuple(_proposals(workshop, shown, reader)),
        coverage=_coverage(workshop, anchors) if sees_meanings else (),
        missing=tuple(what_is_missing(workshop, anchors, len(sorters))),
        sorters=tuple(_sorter(each, placed, sees_progress, is_over) for each in sorters),
        finished=sum(each.finished_at is not None for each in sorters) if sees_progress or is_over else None,
        own_progress=_own_progress(own, len(anchors)) if own else None,
    )


def own_proposals(workshop: Workshop, reader: Person) -> tuple[Proposal, ...]:
    """What the reader has proposed, skill by skill."""
    return tuple(_proposals(workshop, own_anchors(workshop, reader), reader))


def sorting_sheet(workshop: Workshop, sorter: Sorter) -> SortingSheet:
    """What the sorter sorts."""
    placements = placements_of(sorter)
    anchors = shuffled(sorter, anchors_in(workshop))
    rows = []
    for each in anchors:
        found = placements.get(each.id)
        rows.append(
            AnchorToSort(
                id=each.id,
                text=each.text,
                is_touched=found is not None,
                skill_id=found.skill_id if found else None,
                level=found.level if found else None,
                is_placed=found is not None and is_placed(found),
            )
        )
    return SortingSheet(
        title=workshop.title,
        language=workshop.language,
        skills=skills_of(workshop),
        anchors=tuple(rows),
        progress=Progress(sum(each.is_placed for each in rows), len(rows), sorter.finished_at is not None),
        is_open=workshop.status is WorkshopStatus.SORTING and sorter.finished_at is None,
    )


def agreement_sheet(workshop: Workshop) -> AgreementSheet:
    """How the anchors were read by those who have finished."""
    anchors = anchors_in(workshop)
    choices, decided = choices_for(workshop, anchors), decisions_on(workshop)
    found = agreements(choices)
    went = [(anchor.skill_id, choice) for anchor, chosen in choices.items() for choice in chosen]
    table = confusion([each.id for each in skills_of(workshop)], went)
    names = {each.id: each.name for each in skills_of(workshop)}

    def row(anchor: WorkshopAnchor) -> AnchorRow:
        return AnchorRow(
            id=anchor.id,
            text=anchor.text,
            level=anchor.level,
            author=anchor.proposed_by.name,
            found=found[anchor.id],
            went=_elsewhere(anchor, choices[anchor], names),
            is_kept=anchor.is_kept,
            decided=decided.get(anchor.id),
        )

    return AgreementSheet(
        id=workshop.id,
        title=workshop.title,
        language=workshop.language,
        status=workshop.status,
        revision=workshop.revision,
        led_by=workshop.led_by.name,
        closed_at=closed_at(workshop),
        signed_off_by=workshop.signed_off_by.name if workshop.signed_off_by else "",
        signed_off_at=workshop.signed_off_at,
        sign_off_note=workshop.sign_off_note,
        sorters=sum(each.finished_at is not None for each in sorters_in(workshop)),
        skills=tuple(
            SkillAgreement(
                skill=skill,
                share=share_of(table[skill.id][skill.id], sum(table[skill.id].values())),
                rows=tuple(row(each) for each in _by_level(anchors, skill.id)),
                went=tuple(table[skill.id].items()),
            )
            for skill in skills_of(workshop)
        ),
        columns=skills_of(workshop),
        verdicts=dict(Counter(each.verdict for each in found.values())),
        undecided=sum(each.is_kept is None for each in anchors),
        kept=sum(each.is_kept is True for each in anchors),
        dropped=sum(each.is_kept is False for each in anchors),
    )


def kept_skills(workshop: Workshop) -> tuple[KeptSkill, ...]:
    """What may be put into drafts of own skills, skill by skill."""
    kept, own = kept_anchors(workshop), own_skill_entries(workshop.language)
    written = skills_to_sort(workshop.language)
    return tuple(
        _kept_skill(skill, kept.get(skill.id, {}), entry_for(skill.id, own), written)
        for skill in skills_of(workshop)
    )


def skills_of(workshop: Workshop) -> tuple[SkillToSort, ...]:
    """The skills that are sorted, as they were called when the workshop began."""
    return tuple(SkillToSort(each["id"], each["name"], each["meaning"]) for each in workshop.skills)


def _row(workshop: Workshop, reader: Person) -> WorkshopRow:
    own = next((each for each in workshop.sorters if each.person_id == reader.id), None)
    return WorkshopRow(
        id=workshop.id,
        title=workshop.title,
        language=workshop.language,
        skills=tuple(each.name for each in skills_of(workshop)),
        status=workshop.status,
        led_by=workshop.led_by.name,
        created_at=workshop.created_at,
        has_finished=own.finished_at is not None if own else None,
    )


def _proposals(workshop: Workshop, anchors: Sequence[WorkshopAnchor], reader: Person) -> Iterator[Proposal]:
    places = {each.id: (number, each.name) for number, each in enumerate(skills_of(workshop))}
    for each in sorted(anchors, key=lambda anchor: (places[anchor.skill_id][0], -anchor.level, anchor.id)):
        yield Proposal(
            id=each.id,
            skill_name=places[each.skill_id][1],
            level=each.level,
            text=each.text,
            author=each.proposed_by.name,
            is_own=each.proposed_by_id == reader.id,
            advice=tuple(_advice(each.text, workshop)),
        )


def _advice(text: str, workshop: Workshop) -> Iterator[Advice]:
    """What gives away where an anchor belongs, then what the linter says of its words."""
    for skill in skills_of(workshop):
        if skill.name.casefold() in text.casefold():
            yield Advice(
                _("Gives it away"), skill.name, _("Say what one hears, without the name of a skill.")
            )
    if match := OTHER_LEVEL.match(text):
        yield Advice(
            _("Leans on another level"),
            match[0],
            _("Whoever sorts sees this text alone. Write out what is meant, without the number."),
        )
    if workshop.language in linted_languages():
        for each in lint_question(text, workshop.language):
            if each.rule in SAID_OF_ANCHORS:
                yield Advice(label(each.rule), each.found, each.advice)


def _coverage(
    workshop: Workshop, anchors: Sequence[WorkshopAnchor]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts = Counter((each.skill_id, each.level) for each in anchors)
    return tuple(
        (skill.name, tuple(counts[skill.id, level] for level in LEVELS)) for skill in skills_of(workshop)
    )


def _sorter(sorter: Sorter, placed: dict[int, int], sees_progress: bool, is_over: bool) -> SorterRow:
    return SorterRow(
        person_id=sorter.person_id,
        name=sorter.person.name,
        has_finished=sorter.finished_at is not None if sees_progress or is_over else None,
        placed=placed.get(sorter.id, 0) if sees_progress else None,
    )


def _own_progress(sorter: Sorter, total: int) -> Progress:
    placed = sum(is_placed(each) for each in placements_of(sorter).values())
    return Progress(placed, total, sorter.finished_at is not None)


def _by_level(anchors: Sequence[WorkshopAnchor], skill_id: str) -> list[WorkshopAnchor]:
    meant = [each for each in anchors if each.skill_id == skill_id]
    return sorted(meant, key=lambda each: (-each.level, each.id))


def _elsewhere(
    anchor: WorkshopAnchor, choices: Sequence[Choice], names: dict[str, str]
) -> tuple[tuple[str | None, int], ...]:
    """The names of the other skills that were chosen, the most frequent first; None for none of them."""
    others = Counter(each.skill for each in choices if each.skill != anchor.skill_id)
    return tuple((names[skill] if skill else None, number) for skill, number in others.most_common())


def _kept_skill(
    skill: SkillToSort,
    kept: Mapping[int, list[WorkshopAnchor]],
    entry: BankEntry | None,
    written: Mapping[str, Mapping[str, Any]],
) -> KeptSkill:
    content = entry.latest.content if entry else written.get(skill.id, {})
    levels = [each["level"] for each in content.get("anchors", ())]
    return KeptSkill(
        id=skill.id,
        name=skill.name,
        entry_id=entry.id if entry else None,
        levels=tuple((level, tuple(found)) for level, found in kept.items()),
        unchanged=tuple(level for level in sorted(levels) if level not in kept),
    )

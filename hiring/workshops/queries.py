"""Everything read about workshops. Who may see what of it is said in ``access``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.assessment.estimates import Estimate
from hiring.assessment.retranslation import Agreement, Choice, Verdict, agreement
from hiring.bank.queries import whole_bank
from hiring.extensions import db
from hiring.i18n import _, ngettext
from hiring.models import (
    AuditEvent,
    BankEntry,
    EntryKind,
    Person,
    Placement,
    RevisionStatus,
    Sorter,
    Workshop,
    WorkshopAnchor,
    WorkshopStatus,
)

NEEDED_LEVELS = (1, 3, 5)
FEWEST_SORTERS = 2
DECIDED = "decide_workshop_anchor"
CLOSED = "close_workshop"


@dataclass(frozen=True)
class Decided:
    """What was said about an anchor when it was decided on."""

    by: str
    reason: str


@dataclass(frozen=True)
class Validation:
    """A signed-off workshop that kept some of a skill's levels in the words they still have.

    ``levels`` are those that the figures support, ``in_spite`` those that were kept against them.
    """

    workshop_id: int
    title: str
    signed_off_at: datetime
    sorters: int
    levels: tuple[int, ...]
    in_spite: tuple[int, ...]


def workshops_of(person: Person, all_of_them: bool) -> Sequence[Workshop]:
    """The workshops there are, or only those in which the person sorts, the newest first."""
    query = (
        select(Workshop)
        .options(joinedload(Workshop.led_by), selectinload(Workshop.sorters))
        .order_by(Workshop.created_at.desc(), Workshop.id.desc())
    )
    if not all_of_them:
        query = query.where(exists().where(Sorter.workshop_id == Workshop.id, Sorter.person_id == person.id))
    return db.session.scalars(query).all()


def workshops_to_sort(person: Person) -> Sequence[Workshop]:
    """The workshops that wait for the person to sort, the oldest first."""
    owed = exists().where(
        Sorter.workshop_id == Workshop.id, Sorter.person_id == person.id, Sorter.finished_at.is_(None)
    )
    query = (
        select(Workshop)
        .where(Workshop.status == WorkshopStatus.SORTING, owed)
        .options(joinedload(Workshop.led_by))
        .order_by(Workshop.id)
    )
    return db.session.scalars(query).all()


def anchors_in(workshop: Workshop) -> Sequence[WorkshopAnchor]:
    """The anchors with their authors, in the order in which they were proposed."""
    query = (
        select(WorkshopAnchor)
        .where(WorkshopAnchor.workshop_id == workshop.id)
        .options(joinedload(WorkshopAnchor.proposed_by))
        .order_by(WorkshopAnchor.id)
    )
    return db.session.scalars(query).all()


def own_anchors(workshop: Workshop, person: Person) -> Sequence[WorkshopAnchor]:
    """The anchors that the person has proposed."""
    return [each for each in anchors_in(workshop) if each.proposed_by_id == person.id]


def sorters_in(workshop: Workshop) -> Sequence[Sorter]:
    """The sorters with their names, by name."""
    query = (
        select(Sorter)
        .join(Sorter.person)
        .where(Sorter.workshop_id == workshop.id)
        .options(joinedload(Sorter.person))
        .order_by(Person.name, Person.id)
    )
    return db.session.scalars(query).all()


def sorter_of(workshop: Workshop, person: Person) -> Sorter | None:
    """The person as a sorter, if invited."""
    query = select(Sorter).where(Sorter.workshop_id == workshop.id, Sorter.person_id == person.id)
    return db.session.scalar(query)


def is_sorter(person: Person, workshop: Workshop) -> bool:
    """Whether the person was asked to sort."""
    return sorter_of(workshop, person) is not None


def owes_sorting(person: Person, workshop: Workshop) -> bool:
    """Whether the person sorts and has not finished."""
    sorter = sorter_of(workshop, person)
    return sorter is not None and sorter.finished_at is None


def people_to_invite(workshop: Workshop) -> Sequence[Person]:
    """Everybody who could sort and was not asked yet, by name; whoever leads has seen what is meant."""
    asked = select(Sorter.person_id).where(Sorter.workshop_id == workshop.id)
    query = (
        select(Person)
        .where(Person.active, Person.id.not_in(asked), Person.id != workshop.led_by_id)
        .order_by(Person.name, Person.id)
    )
    return db.session.scalars(query).all()


def shuffled(sorter: Sorter, anchors: Sequence[WorkshopAnchor]) -> list[WorkshopAnchor]:
    """The anchors in this sorter's own order, the same at every visit and unrelated to anybody else's."""

    def place(anchor: WorkshopAnchor) -> bytes:
        return hashlib.sha256(f"sorter {sorter.id}, anchor {anchor.id}".encode()).digest()

    return sorted(anchors, key=place)


def placements_of(sorter: Sorter) -> dict[int, Placement]:
    """Where the sorter has put each anchor so far."""
    query = select(Placement).where(Placement.sorter_id == sorter.id)
    return {each.anchor_id: each for each in db.session.scalars(query)}


def is_placed(placement: Placement) -> bool:
    """Whether the sorter has said everything about the anchor: a skill with its level, or none of them."""
    return placement.skill_id is None or placement.level is not None


def numbers_placed(workshop: Workshop) -> dict[int, int]:
    """How many anchors each sorter has placed, by the sorter's number."""
    query = (
        select(Placement.sorter_id, func.count())
        .join(Placement.sorter)
        .where(
            Sorter.workshop_id == workshop.id, or_(Placement.skill_id.is_(None), Placement.level.is_not(None))
        )
        .group_by(Placement.sorter_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def choices_for(
    workshop: Workshop, anchors: Sequence[WorkshopAnchor]
) -> Mapping[WorkshopAnchor, list[Choice]]:
    """Where those who have finished put each anchor; authors are left out of the figures of their own."""
    query = (
        select(Placement, Sorter.person_id)
        .join(Placement.sorter)
        .where(Sorter.workshop_id == workshop.id, Sorter.finished_at.is_not(None))
        .order_by(Placement.id)
    )
    found = {each.id: each for each in anchors}
    chosen: dict[WorkshopAnchor, list[Choice]] = {each: [] for each in anchors}
    for placement, person_id in db.session.execute(query):
        anchor = found[placement.anchor_id]
        if anchor.proposed_by_id != person_id:
            chosen[anchor].append(Choice(placement.skill_id, placement.level))
    return chosen


def agreements(choices: Mapping[WorkshopAnchor, list[Choice]]) -> dict[int, Agreement]:
    """How each anchor was read, by its number."""
    return {each.id: agreement(each.skill_id, each.level, chosen) for each, chosen in choices.items()}


def decisions_on(workshop: Workshop) -> dict[int, Decided]:
    """Who decided on each anchor last, and with which reason: the record of changes keeps both."""
    return {
        each.details["anchor_id"]: Decided(each.actor_name, each.details["reason"])
        for each in _events(workshop, DECIDED)
    }


def closed_at(workshop: Workshop) -> datetime | None:
    """When the sorting was closed."""
    return next((each.at for each in _events(workshop, CLOSED)), None)


def what_is_missing(workshop: Workshop, anchors: Sequence[WorkshopAnchor], sorters: int) -> list[str]:
    """What has to be there before the sorting begins, in sentences."""
    written = {(each.skill_id, each.level) for each in anchors}
    gaps = {
        skill["name"]: [str(level) for level in NEEDED_LEVELS if (skill["id"], level) not in written]
        for skill in workshop.skills
    }
    sentences = [
        ngettext(
            "%(skill)s has no anchor at level %(levels)s yet.",
            "%(skill)s has no anchors at levels %(levels)s yet.",
            len(levels),
            skill=name,
            levels=", ".join(levels),
        )
        for name, levels in gaps.items()
        if levels
    ]
    if sorters < FEWEST_SORTERS:
        sentences.append(_("At least two colleagues have to be invited to sort."))
    return sentences


def kept_anchors(workshop: Workshop) -> dict[str, dict[int, list[WorkshopAnchor]]]:
    """The kept anchors by skill and level, the best supported first."""
    anchors = anchors_in(workshop)
    known = agreements(choices_for(workshop, anchors))
    kept = [each for each in anchors if each.is_kept]
    found = dict[str, dict[int, list[WorkshopAnchor]]]()
    for each in sorted(kept, key=lambda each: (each.level, _support(known[each.id]), each.id)):
        found.setdefault(each.skill_id, {}).setdefault(each.level, []).append(each)
    return found


def _support(found: Agreement) -> tuple[float, float, float]:
    """Sorts the best supported first: the largest share, then the nearest mean, then the smallest spread."""
    share = found.share.value if isinstance(found.share, Estimate) else 0.0
    spread = found.spread.value if isinstance(found.spread, Estimate) else float("inf")
    distance = abs(found.distance) if found.distance is not None else float("inf")
    return -share, distance, spread


def _events(workshop: Workshop, action: str) -> Sequence[AuditEvent]:
    query = (
        select(AuditEvent)
        .where(
            AuditEvent.thing == Workshop.__tablename__,
            AuditEvent.thing_id == workshop.id,
            AuditEvent.action == action,
        )
        .order_by(AuditEvent.id)
    )
    return db.session.scalars(query).all()


# Skills, and what a workshop gives back to them


def own_skill_entries(language: str | None = None) -> Sequence[BankEntry]:
    """The organisation's own skills, drafts among them, that are not retired."""
    query = (
        select(BankEntry)
        .where(BankEntry.kind == EntryKind.SKILL)
        .options(selectinload(BankEntry.revisions))
        .order_by(BankEntry.id)
    )
    if language is not None:
        query = query.where(BankEntry.language == language)
    entries = db.session.scalars(query).all()
    return [each for each in entries if each.latest.status is not RevisionStatus.RETIRED]


def skills_to_sort(language: str) -> dict[str, dict[str, Any]]:
    """Every skill in a language whose anchors could be sorted, with its newest words, by its id."""
    own = {each.ident: each.latest.content for each in own_skill_entries(language)}
    known = own_skill_idents()
    ours = {
        each.id: each.model_dump(mode="json") for each in whole_bank(language).skills if each.id not in known
    }
    return ours | own


def own_skill_idents() -> set[str]:
    """The ids of all own skills, in every language and state."""
    return set(db.session.scalars(select(BankEntry.ident).where(BankEntry.kind == EntryKind.SKILL)))


def entry_for(skill_id: str, own: Sequence[BankEntry]) -> BankEntry | None:
    """The own skill that a workshop's anchors go to: the one that was sorted, or the newest copy of it."""
    found = [each for each in own if skill_id in (each.ident, each.copied_from)]
    return max(found, key=lambda each: (each.ident == skill_id, each.id), default=None)


def validations(skill_id: str, anchors: Mapping[int, str]) -> tuple[Validation, ...]:
    """The workshops that have validated levels of a skill, as far as they still have the words that were kept.

    A copy of a skill inherits what was found out about the original's words.
    """
    original = select(BankEntry.copied_from).where(BankEntry.ident == skill_id)
    query = (
        select(WorkshopAnchor, Workshop, _finished().label("sorters"))
        .join(WorkshopAnchor.workshop)
        .where(
            Workshop.status == WorkshopStatus.SIGNED_OFF,
            WorkshopAnchor.is_kept.is_(True),
            or_(WorkshopAnchor.skill_id == skill_id, WorkshopAnchor.skill_id.in_(original)),
        )
        .order_by(Workshop.signed_off_at.desc(), WorkshopAnchor.level)
    )
    found = dict[int, list[Row[WorkshopAnchor, Workshop, int]]]()
    for row in db.session.execute(query):
        if anchors.get(row[0].level) == row[0].text:
            found.setdefault(row[1].id, []).append(row)
    return tuple(_validation(rows) for rows in found.values())


def _finished() -> Any:
    return (
        select(func.count())
        .where(Sorter.workshop_id == Workshop.id, Sorter.finished_at.is_not(None))
        .correlate(Workshop)
        .scalar_subquery()
    )


def _validation(rows: Sequence[Row[WorkshopAnchor, Workshop, int]]) -> Validation:
    _anchor, workshop, sorters = rows[0]
    verdicts = {each.details["anchor_id"]: each.details["verdict"] for each in _events(workshop, DECIDED)}
    supported = [anchor.level for anchor, *_rest in rows if verdicts.get(anchor.id) == Verdict.KEEP]
    return Validation(
        workshop_id=workshop.id,
        title=workshop.title,
        signed_off_at=workshop.signed_off_at,  # type: ignore[arg-type]  # It is signed off.
        sorters=sorters,
        levels=tuple(supported),
        in_spite=tuple(anchor.level for anchor, *_rest in rows if anchor.level not in supported),
    )

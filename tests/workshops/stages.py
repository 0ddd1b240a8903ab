"""Workshops that have come some way, made by the operations themselves."""

from __future__ import annotations

from collections.abc import Sequence

from hiring.assessment.retranslation import Choice
from hiring.extensions import db
from hiring.models import Person, Workshop, WorkshopAnchor
from hiring.workshops.operations import (
    Wish,
    close_sorting,
    decide,
    finish_sorting,
    invite,
    open_sorting,
    place,
    propose_anchor,
    sign_off,
    start_workshop,
)
from hiring.workshops.queries import agreements, anchors_in, choices_for

SKILLS = ("empathy", "patience")
LEVELS = (1, 3, 5)


def started(
    leader: Person,
    *sorters: Person,
    author: Person | None = None,
    title: str = "Two neighbours",
    levels: Sequence[int] = LEVELS,
    sorts: bool = False,
) -> Workshop:
    """A workshop with an anchor of the author (else the leader) for each skill and level, and its sorters."""
    workshop = start_workshop(leader, title, "en", SKILLS, sorts)
    for skill in SKILLS:
        for level in levels:
            propose_anchor(workshop, author or leader, skill, level, f"Sounds like {skill} at {level}.")
    for person in sorters:
        invite(workshop, person, leader)
    db.session.commit()
    return workshop


def sorting(leader: Person, *sorters: Person, **more: object) -> Workshop:
    """The sorting is open."""
    workshop = started(leader, *sorters, **more)  # type: ignore[arg-type]
    open_sorting(workshop, leader)
    db.session.commit()
    return workshop


def meant(anchor: WorkshopAnchor) -> Choice:
    """Where the author of an anchor wants it to be put."""
    return Choice(anchor.skill_id, anchor.level)


def sort_all(workshop: Workshop, person: Person, **elsewhere: Choice) -> None:
    """The person sorts everything as it was meant, but for the texts that begin with these words."""
    choices = {each.id: meant(each) for each in anchors_in(workshop)}
    for words, choice in elsewhere.items():
        choices |= {each.id: choice for each in anchors_in(workshop) if words in each.text.replace(" ", "_")}
    place(workshop, person, choices)
    finish_sorting(workshop, person)
    db.session.commit()


def closed(leader: Person, *sorters: Person, **more: object) -> Workshop:
    """Everybody has sorted everything as it was meant, except empathy at 5, which all took for patience."""
    workshop = sorting(leader, *sorters, **more)
    for person in sorters:
        sort_all(workshop, person, empathy_at_5=Choice("patience", 5))
    close_sorting(workshop, leader)
    db.session.commit()
    return workshop


def follow_the_figures(workshop: Workshop, by: Person) -> None:
    """Keeps what the figures say is to be kept, and drops the rest."""
    found = agreements(choices_for(workshop, anchors_in(workshop)))
    decide(workshop, by, {number: Wish(each.verdict.value == "keep") for number, each in found.items()})
    db.session.commit()


def signed_off(leader: Person, signer: Person, *sorters: Person, **more: object) -> Workshop:
    """Decided by the figures and signed off."""
    workshop = closed(leader, *sorters, **more)
    follow_the_figures(workshop, leader)
    sign_off(workshop, signer, "Empathy at 5 has to be written anew.")
    db.session.commit()
    return workshop

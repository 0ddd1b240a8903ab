"""What changes a workshop: anchors are proposed, sorted blind, decided on, signed off and put into a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.assessment.retranslation import Choice, Verdict
from hiring.authoring.operations import copy_of, revise
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    BankEntry,
    Person,
    Placement,
    Sorter,
    Workshop,
    WorkshopAnchor,
    WorkshopStatus,
    now,
)
from hiring.workshops.queries import (
    CLOSED,
    DECIDED,
    FEWEST_SORTERS,
    Decided,
    agreements,
    anchors_in,
    choices_for,
    decisions_on,
    entry_for,
    is_placed,
    kept_anchors,
    owes_sorting,
    own_skill_entries,
    placements_of,
    skills_to_sort,
    sorter_of,
    sorters_in,
    what_is_missing,
)
from question_bank import NotInBank, languages

FEWEST_SKILLS = 2  # With one skill there is nothing to mistake it for.
MOST_SKILLS = 8
MOST_ANCHORS = 120
LEVELS = range(1, 6)


@dataclass(frozen=True)
class Wish:
    """What is to become of an anchor, and why."""

    kept: bool
    reason: str = ""


class Unfinished(Refused):
    """Some anchors are not sorted yet."""

    def __init__(self, anchor_ids: Collection[int]) -> None:
        self.anchor_ids = frozenset(anchor_ids)
        super().__init__(_("Sort every anchor before you finish; “none of these” is an answer too."))


class Unreasoned(Refused):
    """Decisions against the figures without a reason."""

    def __init__(self, anchor_ids: Collection[int]) -> None:
        self.anchor_ids = frozenset(anchor_ids)
        super().__init__(_("Say why, where you decide against the figures."))


# Proposing


def start_workshop(
    by: Person, title: str, language: str, skill_ids: Collection[str], leader_sorts: bool = False
) -> Workshop:
    """Opens a workshop for proposals; whoever starts it leads it."""
    if not title.strip():
        raise Refused(_("Write what the workshop is called."), field="title")
    if language not in languages():
        raise Refused(_("Choose a language from the list."), field="language")
    known = skills_to_sort(language)
    unknown = [each for each in skill_ids if each not in known]
    if unknown:
        sentence = _(
            "One of these skills is not there in this language. Leave it out, or choose its own language."
        )
        raise Refused(sentence, field="skill_ids")
    chosen = list(dict.fromkeys(skill_ids))
    if not FEWEST_SKILLS <= len(chosen) <= MOST_SKILLS:
        sentence = _(
            "Choose two to %(most)s skills: with one there is nothing to mistake it for.", most=MOST_SKILLS
        )
        raise Refused(sentence, field="skill_ids")
    workshop = Workshop(
        title=title.strip(),
        language=language,
        skills=[{"id": each, **_named(known[each])} for each in chosen],
        led_by=by,
        sorters=[Sorter(person=by)] if leader_sorts else [],
    )
    db.session.add(workshop)
    audit.record("start_workshop", workshop, by, title=workshop.title, leader_sorts=leader_sorts)
    return workshop


def propose_anchor(workshop: Workshop, by: Person, skill_id: str, level: int, text: str) -> WorkshopAnchor:
    """Adds what an answer at this level of this skill sounds like."""
    _hold(workshop, WorkshopStatus.PROPOSING)
    _refuse_misplaced(workshop, skill_id, level)
    anchors = anchors_in(workshop)
    _refuse_words(text, anchors)
    if len(anchors) >= MOST_ANCHORS:
        raise Refused(
            _("There are %(most)s anchors already, and nobody sorts more with care.", most=MOST_ANCHORS)
        )
    anchor = WorkshopAnchor(
        workshop=workshop, skill_id=skill_id, level=level, text=text.strip(), proposed_by=by
    )
    db.session.add(anchor)
    _record("propose_anchor", workshop, by, anchor)
    return anchor


def change_anchor(anchor: WorkshopAnchor, by: Person, skill_id: str, level: int, text: str) -> None:
    """Other words for an anchor, or another place, until the sorting begins."""
    _hold(anchor.workshop, WorkshopStatus.PROPOSING)
    _refuse_misplaced(anchor.workshop, skill_id, level)
    _refuse_words(text, [each for each in anchors_in(anchor.workshop) if each.id != anchor.id])
    anchor.skill_id, anchor.level, anchor.text = skill_id, level, text.strip()
    _record("change_anchor", anchor.workshop, by, anchor)


def withdraw_anchor(anchor: WorkshopAnchor, by: Person) -> None:
    """Takes a proposal back, until the sorting begins."""
    _hold(anchor.workshop, WorkshopStatus.PROPOSING)
    _record("withdraw_anchor", anchor.workshop, by, anchor)
    db.session.delete(anchor)


def take_over(workshop: Workshop, by: Person, skill_id: str) -> int:
    """Proposes the anchors that a skill has today, as a start; gives the number of those that were new."""
    _hold(workshop, WorkshopStatus.PROPOSING)
    content = skills_to_sort(workshop.language).get(skill_id)
    if content is None or skill_id not in skill_ids(workshop):
        raise Refused(_("Choose a skill of this workshop."), field="skill_id")
    known = {_plain(each.text) for each in anchors_in(workshop)}
    new = [each for each in content["anchors"] if _plain(each["text"]) not in known]
    if not new:
        raise Refused(_("The levels of this skill are among the proposals already."))
    for each in new:
        propose_anchor(workshop, by, skill_id, each["level"], each["text"])
    return len(new)


def invite(workshop: Workshop, person: Person, by: Person) -> Sorter:
    """Asks a colleague to sort, until the sorting is closed."""
    _hold(workshop, WorkshopStatus.PROPOSING, WorkshopStatus.SORTING)
    if not person.active:
        raise Refused(_("Choose somebody with an active account."), field="person_id")
    if person.id == workshop.led_by_id:
        sentence = _(
            "You have seen what each anchor is meant for. Who leads sorts only if this is said at the start."
        )
        raise Refused(sentence, field="person_id")
    if sorter_of(workshop, person) is not None:
        raise Refused(_("%(name)s is invited already.", name=person.name), field="person_id")
    sorter = Sorter(workshop=workshop, person=person)
    db.session.add(sorter)
    audit.record("invite_sorter", workshop, by, person=person.name)
    return sorter


def remove_sorter(workshop: Workshop, person: Person, by: Person) -> None:
    """Lets a sorter go who has not finished, with what is sorted so far."""
    _hold(workshop, WorkshopStatus.PROPOSING, WorkshopStatus.SORTING)
    sorter = sorter_of(workshop, person)
    if sorter is None:
        raise Refused(_("%(name)s is not among the sorters.", name=person.name))
    if sorter.finished_at is not None:
        raise Refused(_("%(name)s has finished, so this sorting counts.", name=person.name))
    db.session.delete(sorter)
    audit.record("remove_sorter", workshop, by, person=person.name)


# Sorting


def open_sorting(workshop: Workshop, by: Person) -> None:
    """Ends the proposals and lets the sorters begin."""
    _hold(workshop, WorkshopStatus.PROPOSING)
    missing = what_is_missing(workshop, anchors_in(workshop), len(sorters_in(workshop)))
    if missing:
        raise Refused(" ".join(missing))
    workshop.status = WorkshopStatus.SORTING
    audit.record("open_sorting", workshop, by)


def place(workshop: Workshop, by: Person, choices: Mapping[int, Choice]) -> None:
    """Keeps where a sorter puts anchors; what is not named stays where it is."""
    sorter = _sorting(workshop, by)
    known = {each.id for each in anchors_in(workshop)}
    so_far = placements_of(sorter)
    for anchor_id, choice in choices.items():
        if anchor_id not in known:
            raise Refused(_("This anchor is not part of the workshop."))
        level = _level_of(workshop, choice)
        placement = so_far.get(anchor_id) or Placement(sorter=sorter, anchor_id=anchor_id)
        placement.skill_id, placement.level = choice.skill, level
        db.session.add(placement)
    db.session.flush()
    audit.record("sort_anchors", workshop, by, saved=len(choices))


def finish_sorting(workshop: Workshop, by: Person) -> None:
    """Locks a sorter's placements."""
    sorter = _sorting(workshop, by)
    placed = {anchor_id for anchor_id, each in placements_of(sorter).items() if is_placed(each)}
    missing = {each.id for each in anchors_in(workshop)} - placed
    if missing:
        raise Unfinished(missing)
    sorter.finished_at = now()
    audit.record("finish_sorting", workshop, by)


def close_sorting(workshop: Workshop, by: Person) -> None:
    """Ends the sorting; only those who have finished count."""
    _hold(workshop, WorkshopStatus.SORTING)
    if owes_sorting(by, workshop):
        raise Refused(_("Finish your own sorting first."))
    finished = sum(each.finished_at is not None for each in sorters_in(workshop))
    if finished < FEWEST_SORTERS:
        raise Refused(_("At least two sorters have to finish before anything can be said."))
    workshop.status = WorkshopStatus.CLOSED
    audit.record(CLOSED, workshop, by, finished=finished)


# What becomes of it


def decide(workshop: Workshop, by: Person, wishes: Mapping[int, Wish]) -> None:
    """Keeps or drops anchors; against the figures only with a reason."""
    _hold(workshop, WorkshopStatus.CLOSED)
    anchors = {each.id: each for each in anchors_in(workshop)}
    if not wishes.keys() <= anchors.keys():
        raise Refused(_("This anchor is not part of the workshop."))
    verdicts = {
        number: each.verdict
        for number, each in agreements(choices_for(workshop, list(anchors.values()))).items()
    }
    silent = [n for n, wish in wishes.items() if goes_against(verdicts[n], wish.kept) and not wish.reason]
    if silent:
        raise Unreasoned(silent)
    before = decisions_on(workshop)
    for number, wish in wishes.items():
        _decide(anchors[number], by, wish, verdicts[number], before.get(number))


def goes_against(verdict: Verdict, kept: bool) -> bool:
    """Whether a decision needs a reason: to keep what the figures do not support, to drop what they do."""
    return kept is not (verdict is Verdict.KEEP)


def sign_off(workshop: Workshop, by: Person, note: str, revision: int | None = None) -> None:
    """Says that the outcome stands; from here on nothing in the workshop changes.

    It takes somebody who neither led the workshop nor wrote everything that is kept.
    """
    _hold(workshop, WorkshopStatus.CLOSED)
    if revision is not None and revision != workshop.revision:
        raise Stale(_("Decisions have changed since you opened the page. Read them again, then sign off."))
    if by.id == workshop.led_by_id:
        raise Refused(_("You led this workshop. Ask somebody else to sign it off."))
    anchors = anchors_in(workshop)
    undecided = sum(each.is_kept is None for each in anchors)
    if undecided:
        raise Refused(_("%(n)s anchors still have to be kept or dropped.", n=undecided))
    kept = [each for each in anchors if each.is_kept]
    if kept and all(each.proposed_by_id == by.id for each in kept):
        raise Refused(_("You wrote every anchor that is kept. Ask somebody else to sign off."))
    if not note.strip():
        raise Refused(_("Write a sentence on what was found."), field="sign_off_note")
    workshop.status, workshop.sign_off_note = WorkshopStatus.SIGNED_OFF, note.strip()
    workshop.signed_off_by, workshop.signed_off_at = by, now()
    audit.record("sign_off_workshop", workshop, by, kept=len(kept), dropped=len(anchors) - len(kept))


def put_into_draft(
    workshop: Workshop, by: Person, skill_id: str, chosen: Mapping[int, int] | None = None
) -> BankEntry:
    """Writes kept anchors as the levels of an own skill: a new revision of it, or a copy of the bundled one.

    ``chosen`` names the anchor for a level where several were kept; without it the best supported is taken.
    """
    _hold(workshop, WorkshopStatus.SIGNED_OFF)
    kept = kept_anchors(workshop).get(skill_id)
    if not kept:
        raise Refused(_("No anchor of this skill was kept."), field="skill_id")
    anchors = {level: _chosen(found, (chosen or {}).get(level)) for level, found in kept.items()}
    own = own_skill_entries(workshop.language)
    entry = entry_for(skill_id, own) or _copied(workshop, by, skill_id)
    content = entry.latest.content
    before = {each["level"]: each for each in content["anchors"]}
    after = before | {level: {"level": level, "text": each.text} for level, each in anchors.items()}
    if after == before:
        raise Refused(_("The newest words of the skill have these levels already."), field="skill_id")
    levels = [after[level] for level in sorted(after)]
    revise(entry, content | {"anchors": levels}, by, _reason(workshop, anchors))
    audit.record("draft_from_workshop", workshop, by, ident=entry.ident, levels=sorted(anchors))
    return entry


def skill_ids(workshop: Workshop) -> list[str]:
    """The skills that are sorted."""
    return [each["id"] for each in workshop.skills]


def _named(content: Mapping[str, Any]) -> dict[str, str]:
    return {"name": content["name"], "meaning": content["meaning"]}


def _hold(workshop: Workshop, *wanted: WorkshopStatus) -> None:
    """Keeps others from changing the workshop until this transaction ends; refuses if it has moved on."""
    db.session.refresh(workshop, ["revision", "status"], with_for_update=True)
    if workshop.status not in wanted:
        raise Refused(
            {
                WorkshopStatus.PROPOSING: _("The sorting has not begun yet."),
                WorkshopStatus.SORTING: _("The sorting is under way, so the anchors stay as they are."),
                WorkshopStatus.CLOSED: _("The sorting is closed."),
                WorkshopStatus.SIGNED_OFF: _("This workshop is signed off and stays as it is."),
            }[workshop.status]
        )


def _sorting(workshop: Workshop, by: Person) -> Sorter:
    _hold(workshop, WorkshopStatus.SORTING)
    sorter = sorter_of(workshop, by)
    if sorter is None:
        raise Refused(_("You are not among the sorters."))
    if sorter.finished_at is not None:
        raise Refused(_("You have finished, so your sorting stays as it is."))
    return sorter


def _level_of(workshop: Workshop, choice: Choice) -> int | None:
    if choice.skill is None:
        return None
    if choice.skill not in skill_ids(workshop):
        raise Refused(_("Choose a skill of this workshop."))
    if choice.level is not None and choice.level not in LEVELS:
        raise Refused(_("Choose a level from 1 to 5."))
    return choice.level


def _decide(anchor: WorkshopAnchor, by: Person, wish: Wish, verdict: Verdict, before: Decided | None) -> None:
    if anchor.is_kept is wish.kept and before is not None and before.reason == wish.reason:
        return
    anchor.is_kept = wish.kept
    _touch(anchor.workshop)
    audit.record(
        DECIDED,
        anchor.workshop,
        by,
        anchor_id=anchor.id,
        kept=wish.kept,
        verdict=verdict.value,
        reason=wish.reason,
    )


def _touch(workshop: Workshop) -> None:
    """Anchors are rows of their own; the workshop counts their changes, so that a sign-off sees them."""
    flag_modified(workshop, "title")


def _record(action: str, workshop: Workshop, by: Person, anchor: WorkshopAnchor) -> None:
    """What an anchor is meant for is not told: sorters may read the record of changes."""
    db.session.flush()
    audit.record(action, workshop, by, anchor_id=anchor.id)


def _refuse_misplaced(workshop: Workshop, skill_id: str, level: int) -> None:
    if skill_id not in skill_ids(workshop):
        raise Refused(_("Choose a skill of this workshop."), field="skill_id")
    if level not in LEVELS:
        raise Refused(_("Choose a level from 1 to 5."), field="level")


def _refuse_words(text: str, others: Collection[WorkshopAnchor]) -> None:
    if not text.strip():
        raise Refused(_("Write what an answer at this level sounds like."), field="text")
    if _plain(text) in {_plain(each.text) for each in others}:
        raise Refused(_("These words have been proposed already."), field="text")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _chosen(found: list[WorkshopAnchor], wanted: int | None) -> WorkshopAnchor:
    if wanted is None:
        return found[0]
    for each in found:
        if each.id == wanted:
            return each
    raise Refused(_("Choose one of the anchors that were kept for this level."))


def _copied(workshop: Workshop, by: Person, skill_id: str) -> BankEntry:
    reason = _("Copied, to take over levels from the workshop “%(title)s”.", title=workshop.title)
    try:
        return copy_of(skill_id, by, reason, workshop.language)
    except NotInBank:
        raise Refused(_("The skill is no longer in the bank."), field="skill_id") from None


def _reason(workshop: Workshop, anchors: Mapping[int, WorkshopAnchor]) -> str:
    sorters = sum(each.finished_at is not None for each in sorters_in(workshop))
    return _(
        "Levels %(levels)s as kept in the workshop “%(title)s”: %(n)s sorters, signed off by %(name)s.",
        levels=", ".join(map(str, sorted(anchors))),
        title=workshop.title,
        n=sorters,
        name=workshop.signed_off_by.name if workshop.signed_off_by else "",
    )

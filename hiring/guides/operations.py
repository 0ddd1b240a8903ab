"""What changes guides: editing a draft, and publishing it. How a draft begins is in ``starting``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.bank.queries import whole_bank
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.checks import unasked
from hiring.guides.document import frozen_draft, translations_of
from hiring.guides.queries import highest_number, newest_version
from hiring.i18n import _
from hiring.models import Guide, GuideItem, GuideRound, GuideVersion, Person, RoundKind
from question_bank import Question, bank

SHORTEST_ROUND, LONGEST_ROUND = 10, 240
LONGEST_ITEM = 60
LONGEST_FRAME = 60
USUAL_ROUND, USUAL_ITEM = 60, 7
LONGEST_OWN_NOTE, LONGEST_PROMPTS = 1000, 4000
UNPLACED = 0  # Until everything is numbered anew; reading the rest may already write the row.


class Unasked(Refused):
    """Some of the job's skills have no question, and nobody has said that this is meant."""


def publish(
    guide: Guide, by: Person, although_unasked: bool = False, revision: int | None = None
) -> GuideVersion:
    """Freezes the draft as the next version, with every word that interviews by it will use."""
    hold(guide, revision)
    content = frozen_draft(guide)
    if not any(round_.items for round_ in content.rounds):
        raise Refused(_("The guide has no question yet. Add one before you publish."))
    missing = unasked(content, [skill.skill_id for skill in guide.job.skills])
    if missing and not although_unasked:
        raise Unasked(" ".join(missing), field="although_unasked")
    last = newest_version(guide)
    if last is not None and last.content_hash == content.content_hash:
        raise Refused(
            _("Nothing has changed since version %(n)s, so there is nothing to publish.", n=last.number)
        )
    version = GuideVersion(
        guide=guide,
        number=highest_number(guide) + 1,
        language=guide.language,
        bank_version=content.bank_version,
        content=content.as_json(),
        content_hash=content.content_hash,
        translations={each: words.as_json() for each, words in translations_of(guide).items()},
        published_by=by,
    )
    db.session.add(version)
    changed(guide, by, "publish_guide", number=version.number, content_hash=version.content_hash)
    return version


def move_item(item: GuideItem, by: Person, up: bool, revision: int | None = None) -> None:
    """Moves a question one place; beyond the end of its round it goes to the next one."""
    guide = hold(item.round.guide, revision)
    items = list(item.round.items)
    here = items.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items.insert(there, items.pop(here))
        item.round.items = items  # As a whole: an item that leaves its list for a moment would be deleted.
    else:
        _move_across(item, up)
    _number(guide)
    changed(guide, by, "move_item", question=item.question_id, up=up)


def place_item(
    item: GuideItem, round_: GuideRound, place: int, by: Person, revision: int | None = None
) -> None:
    """Moves a question to a place of a round of the same guide, counted from 1; beyond its end, to the end."""
    guide = hold(item.round.guide, revision)
    if round_.guide_id != guide.id:
        raise Refused(_("Choose a round of this guide."))
    others = [each for each in round_.items if each is not item]
    others.insert(max(place, 1) - 1, item)
    # As a whole: an item that leaves its list for a moment would be deleted.
    round_.items = others
    _number(guide)
    changed(guide, by, "move_item", question=item.question_id, round=round_.name, place=item.position)


def swap_item(item: GuideItem, question_id: str, by: Person, revision: int | None = None) -> None:
    """Asks another question of the same skill in the item's place."""
    if item.question_id == question_id:
        return
    guide = hold(item.round.guide, revision)
    asked = _question(question_id, guide)
    if asked.skill_id != item.skill_id:
        raise Refused(_("Choose a question of the same skill."), field="question_id")
    _refuse_second(guide, asked)
    before, item.question_id = item.question_id, asked.id
    changed(guide, by, "swap_item", question=asked.id, before=before)


def set_minutes(item: GuideItem, minutes: int, by: Person, revision: int | None = None) -> None:
    """Gives a question more or less time."""
    if minutes == item.minutes:
        return
    guide = hold(item.round.guide, revision)
    if not 1 <= minutes <= LONGEST_ITEM:
        raise Refused(_("Give the question 1 to %(n)s whole minutes.", n=LONGEST_ITEM), field="minutes")
    before, item.minutes = item.minutes, minutes
    changed(guide, by, "set_minutes", question=item.question_id, minutes=minutes, before=before)


def set_note(item: GuideItem, note: str, by: Person, revision: int | None = None) -> None:
    """Writes the team's own note for interviewers beside a question; an empty one takes it away."""
    if note.strip() == item.note:
        return
    guide = hold(item.round.guide, revision)
    if len(note.strip()) > LONGEST_OWN_NOTE:
        raise Refused(_("Write at most %(n)s characters.", n=LONGEST_OWN_NOTE), field="note")
    item.note = note.strip()
    changed(guide, by, "set_note", question=item.question_id)


def remove_item(item: GuideItem, by: Person, revision: int | None = None) -> None:
    """Takes a question out of the draft."""
    guide = hold(item.round.guide, revision)
    item.round.items.remove(item)
    _number(guide)
    changed(guide, by, "remove_item", question=item.question_id)


def add_item(
    round_: GuideRound, question_id: str, by: Person, minutes: int = USUAL_ITEM, revision: int | None = None
) -> GuideItem:
    """Puts a question of the bank at the end of a round, or after the round's last one of the same skill."""
    guide = hold(round_.guide, revision)
    asked = _question(question_id, guide)
    _refuse_second(guide, asked)
    item = GuideItem(position=UNPLACED, question_id=asked.id, skill_id=asked.skill_id, minutes=minutes)
    round_.items.insert(_place_for(asked, round_.items), item)
    _number(guide)
    changed(guide, by, "add_item", question=asked.id)
    return item


def change_round(
    round_: GuideRound,
    by: Person,
    name: str,
    kind: RoundKind,
    minutes: int,
    opening_minutes: int,
    closing_minutes: int,
    opening_script: str,
    closing_script: str,
    prompts: str = "",
    revision: int | None = None,
) -> None:
    """Changes what a round is called, how long it is, what is said at its start and end, and what to think of."""
    guide = hold(round_.guide, revision)
    _check_round(name, minutes, opening_minutes, closing_minutes)
    round_.name, round_.kind, round_.minutes = name.strip(), kind, minutes
    round_.opening_minutes, round_.closing_minutes = opening_minutes, closing_minutes
    round_.opening_script, round_.closing_script, round_.prompts = opening_script, closing_script, prompts
    changed(guide, by, "change_round", round=round_.name)


def add_round(
    guide: Guide,
    by: Person,
    name: str = "",
    minutes: int = USUAL_ROUND,
    kind: RoundKind = RoundKind.STRUCTURED,
    revision: int | None = None,
) -> GuideRound:
    """Adds an empty round at the end."""
    hold(guide, revision)
    if not SHORTEST_ROUND <= minutes <= LONGEST_ROUND:
        raise Refused(round_minutes(), field="minutes")
    round_ = empty_round(
        name.strip() or _("Interview %(n)s", n=len(guide.rounds) + 1), minutes, guide.language
    )
    round_.kind = kind
    guide.rounds.append(round_)
    _number(guide)
    changed(guide, by, "add_round", round=round_.name)
    return round_


def remove_round(round_: GuideRound, by: Person, revision: int | None = None) -> None:
    """Takes a round with its questions out of the draft."""
    guide = hold(round_.guide, revision)
    if len(guide.rounds) == 1:
        raise Refused(_("A guide needs at least one round."))
    guide.rounds.remove(round_)
    _number(guide)
    changed(guide, by, "remove_round", round=round_.name)


def split_round(round_: GuideRound, by: Person, revision: int | None = None) -> GuideRound:
    """Gives the later half of a round's skills to a new round after it, for a second interviewer."""
    guide = hold(round_.guide, revision)
    later = _later_half(round_.items)
    if not later:
        raise Refused(_("“%(name)s” needs at least two questions to be split.", name=round_.name))
    second = empty_round(_("%(name)s, second part", name=round_.name)[:120], round_.minutes, guide.language)
    second.kind = round_.kind
    second.opening_script, second.closing_script = round_.opening_script, round_.closing_script
    second.opening_minutes, second.closing_minutes = round_.opening_minutes, round_.closing_minutes
    guide.rounds.insert(guide.rounds.index(round_) + 1, second)
    for item in later:
        second.items.append(item)
    _number(guide)
    changed(guide, by, "split_round", round=round_.name)
    return second


def hold(guide: Guide, revision: int | None) -> Guide:
    """Keeps others from changing the guide until this transaction ends; refuses if somebody already has."""
    db.session.refresh(guide, ["revision"], with_for_update=True)
    if revision is not None and revision != guide.revision:
        raise Stale(_("The guide has changed since you opened this page. Nothing of yours was saved yet."))
    return guide


def changed(guide: Guide, by: Person, action: str, **details: Any) -> None:
    """Counts the save and records it."""
    # Rounds and items are rows of their own; the guide counts their saves, so that none wins silently.
    flag_modified(guide, "language")
    db.session.flush()
    audit.record(action, guide, by, guide.job_id, revision=guide.revision, **details)


def _number(guide: Guide) -> None:
    for place, round_ in enumerate(guide.rounds, 1):
        round_.position = place
        for item_place, item in enumerate(round_.items, 1):
            item.position = item_place


def empty_round(name: str, minutes: int, language: str) -> GuideRound:
    """A round without questions, with the bank's scripts."""
    cues = bank(language).scripts
    return GuideRound(
        position=UNPLACED,
        name=name,
        kind=RoundKind.STRUCTURED,
        minutes=minutes,
        opening_script=cues.opening.text,
        closing_script=cues.closing.text,
    )


def _question(question_id: str, guide: Guide) -> Question:
    found = whole_bank(guide.language).questions.get(question_id)
    if found is None:
        raise Refused(_("Choose a question from the bank."), field="question_id")
    return found


def _refuse_second(guide: Guide, asked: Question) -> None:
    # A scorecard has one rating for a question, and nobody should have to answer twice.
    if any(item.question_id == asked.id for round_ in guide.rounds for item in round_.items):
        raise Refused(_("This question is in the guide already. Choose another one."), field="question_id")


def _place_for(asked: Question, items: Sequence[GuideItem]) -> int:
    places = [place for place, item in enumerate(items, 1) if item.skill_id == asked.skill_id]
    return places[-1] if places else len(items)


def _move_across(item: GuideItem, up: bool) -> None:
    rounds = item.round.guide.rounds
    there = rounds.index(item.round) + (-1 if up else 1)
    if 0 <= there < len(rounds):
        neighbours = rounds[there].items
        neighbours.insert(len(neighbours) if up else 0, item)


def _later_half(items: Sequence[GuideItem]) -> list[GuideItem]:
    """The items of the later half of the skills; of a single skill, the later half of its questions."""
    skill_ids = list(dict.fromkeys(item.skill_id for item in items))
    if len(skill_ids) == 1:
        return list(items[(len(items) + 1) // 2 :])
    later = set(skill_ids[(len(skill_ids) + 1) // 2 :])
    return [item for item in items if item.skill_id in later]


def _check_round(name: str, minutes: int, opening_minutes: int, closing_minutes: int) -> None:
    if not name.strip():
        raise Refused(_("Give the round a name of at most 120 characters."), field="name")
    if not SHORTEST_ROUND <= minutes <= LONGEST_ROUND:
        raise Refused(round_minutes(), field="minutes")
    for field, given in (("opening_minutes", opening_minutes), ("closing_minutes", closing_minutes)):
        if not 0 <= given <= LONGEST_FRAME:
            raise Refused(_("Choose 0 to %(n)s whole minutes.", n=LONGEST_FRAME), field=field)


def round_minutes() -> str:
    """How long a round may be."""
    return _("Choose %(least)s to %(most)s whole minutes.", least=SHORTEST_ROUND, most=LONGEST_ROUND)

"""What changes guides: starting a draft, editing it, publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.bank.queries import whole_bank
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.checks import unasked
from hiring.guides.document import frozen_draft
from hiring.guides.proposal import ONE_INTERVIEWER, Proposal, propose
from hiring.guides.queries import guide_of, newest_version
from hiring.i18n import _
from hiring.jobs.operations import ChosenSkill, choose_skills
from hiring.models import Guide, GuideItem, GuideRound, GuideVersion, Job, Person, RoundKind
from question_bank import SOURCE_LANGUAGE, Preset, Question, Skill, bank, languages

SHORTEST_ROUND, LONGEST_ROUND = 10, 240
LONGEST_ITEM = 60
LONGEST_FRAME = 60
USUAL_ROUND, USUAL_ITEM = 60, 7
UNPLACED = 0  # Until everything is numbered anew; reading the rest may already write the row.


class Unasked(Refused):
    """Some of the job's skills have no question, and nobody has said that this is meant."""


def start_guide(
    job: Job,
    by: Person,
    preset_id: str | None = None,
    skill_ids: Sequence[str] | None = None,
    minutes: int = USUAL_ROUND,
    no_experience: bool = False,
    replace: bool = False,
    language: str = SOURCE_LANGUAGE,
    revision: int | None = None,
) -> Guide:
    """Drafts a guide from a preset, from named skills, or from the job's own, in one of the bank's languages.

    A job without skills gets those of its guide, equally weighted. ``replace`` puts a new draft in the place
    of the present one; what was published stays.
    """
    guide = guide_of(job)
    if guide is not None and not replace:
        raise Refused(_("This job has a guide already. Edit it, or start its draft again."))
    if not SHORTEST_ROUND <= minutes <= LONGEST_ROUND:
        raise Refused(_round_minutes(), field="minutes")
    if language not in languages():
        raise Refused(_("Choose one of the bank's languages."), field="language")
    preset = _preset(preset_id) if preset_id else None
    wished = preset.all_skills if preset else skill_ids or [each.skill_id for each in job.skills]
    skills = _skills(wished, language)
    if guide is not None:
        _hold(guide, revision)
    if not job.skills:
        choose_skills(job, [ChosenSkill(skill.id) for skill in skills], by)
    guide = guide or _new_guide(job)
    guide.language = language
    inexperienced = no_experience or bool(preset and preset.situational_first)
    parts = _halves(skills) if preset and len(skills) > ONE_INTERVIEWER else (skills,)
    guide.preset_id = preset.id if preset else None
    guide.rounds = [
        _proposed_round(guide, propose(part, minutes, inexperienced), place, len(parts), minutes)
        for place, part in enumerate(parts, 1)
    ]
    _changed(guide, by, "start_guide", preset=preset_id, skills=[skill.id for skill in skills])
    return guide


def publish(
    guide: Guide, by: Person, although_unasked: bool = False, revision: int | None = None
) -> GuideVersion:
    """Freezes the draft as the next version, with every word that interviews by it will use."""
    _hold(guide, revision)
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
        number=last.number + 1 if last else 1,
        language=guide.language,
        bank_version=content.bank_version,
        content=content.as_json(),
        content_hash=content.content_hash,
        published_by=by,
    )
    db.session.add(version)
    _changed(guide, by, "publish_guide", number=version.number, content_hash=version.content_hash)
    return version


def move_item(item: GuideItem, by: Person, up: bool, revision: int | None = None) -> None:
    """Moves a question one place; beyond the end of its round it goes to the next one."""
    guide = _hold(item.round.guide, revision)
    items = list(item.round.items)
    here = items.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items.insert(there, items.pop(here))
        item.round.items = items  # As a whole: an item that leaves its list for a moment would be deleted.
    else:
        _move_across(item, up)
    _number(guide)
    _changed(guide, by, "move_item", question=item.question_id, up=up)


def swap_item(item: GuideItem, question_id: str, by: Person, revision: int | None = None) -> None:
    """Asks another question of the same skill in the item's place."""
    if item.question_id == question_id:
        return
    guide = _hold(item.round.guide, revision)
    asked = _question(question_id, guide)
    if asked.skill_id != item.skill_id:
        raise Refused(_("Choose a question of the same skill."), field="question_id")
    _refuse_second(guide, asked)
    before, item.question_id = item.question_id, asked.id
    _changed(guide, by, "swap_item", question=asked.id, before=before)


def set_minutes(item: GuideItem, minutes: int, by: Person, revision: int | None = None) -> None:
    """Gives a question more or less time."""
    if minutes == item.minutes:
        return
    guide = _hold(item.round.guide, revision)
    if not 1 <= minutes <= LONGEST_ITEM:
        raise Refused(_("Give the question 1 to %(n)s whole minutes.", n=LONGEST_ITEM), field="minutes")
    before, item.minutes = item.minutes, minutes
    _changed(guide, by, "set_minutes", question=item.question_id, minutes=minutes, before=before)


def remove_item(item: GuideItem, by: Person, revision: int | None = None) -> None:
    """Takes a question out of the draft."""
    guide = _hold(item.round.guide, revision)
    item.round.items.remove(item)
    _number(guide)
    _changed(guide, by, "remove_item", question=item.question_id)


def add_item(
    round_: GuideRound, question_id: str, by: Person, minutes: int = USUAL_ITEM, revision: int | None = None
) -> GuideItem:
    """Puts a question of the bank at the end of a round, or after the round's last one of the same skill."""
    guide = _hold(round_.guide, revision)
    asked = _question(question_id, guide)
    _refuse_second(guide, asked)
    item = GuideItem(position=UNPLACED, question_id=asked.id, skill_id=asked.skill_id, minutes=minutes)
    round_.items.insert(_place_for(asked, round_.items), item)
    _number(guide)
    _changed(guide, by, "add_item", question=asked.id)
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
    revision: int | None = None,
) -> None:
    """Changes what a round is called, how long it is, and what is said at its start and end."""
    guide = _hold(round_.guide, revision)
    _check_round(name, minutes, opening_minutes, closing_minutes)
    round_.name, round_.kind, round_.minutes = name.strip(), kind, minutes
    round_.opening_minutes, round_.closing_minutes = opening_minutes, closing_minutes
    round_.opening_script, round_.closing_script = opening_script, closing_script
    _changed(guide, by, "change_round", round=round_.name)


def add_round(
    guide: Guide,
    by: Person,
    name: str = "",
    minutes: int = USUAL_ROUND,
    kind: RoundKind = RoundKind.STRUCTURED,
    revision: int | None = None,
) -> GuideRound:
    """Adds an empty round at the end."""
    _hold(guide, revision)
    if not SHORTEST_ROUND <= minutes <= LONGEST_ROUND:
        raise Refused(_round_minutes(), field="minutes")
    round_ = _empty_round(
        name.strip() or _("Interview %(n)s", n=len(guide.rounds) + 1), minutes, guide.language
    )
    round_.kind = kind
    guide.rounds.append(round_)
    _number(guide)
    _changed(guide, by, "add_round", round=round_.name)
    return round_


def remove_round(round_: GuideRound, by: Person, revision: int | None = None) -> None:
    """Takes a round with its questions out of the draft."""
    guide = _hold(round_.guide, revision)
    if len(guide.rounds) == 1:
        raise Refused(_("A guide needs at least one round."))
    guide.rounds.remove(round_)
    _number(guide)
    _changed(guide, by, "remove_round", round=round_.name)


def split_round(round_: GuideRound, by: Person, revision: int | None = None) -> GuideRound:
    """Gives the later half of a round's skills to a new round after it, for a second interviewer."""
    guide = _hold(round_.guide, revision)
    later = _later_half(round_.items)
    if not later:
        raise Refused(_("“%(name)s” needs at least two questions to be split.", name=round_.name))
    second = _empty_round(_("%(name)s, second part", name=round_.name)[:120], round_.minutes, guide.language)
    second.kind = round_.kind
    second.opening_script, second.closing_script = round_.opening_script, round_.closing_script
    second.opening_minutes, second.closing_minutes = round_.opening_minutes, round_.closing_minutes
    guide.rounds.insert(guide.rounds.index(round_) + 1, second)
    for item in later:
        second.items.append(item)
    _number(guide)
    _changed(guide, by, "split_round", round=round_.name)
    return second


def _hold(guide: Guide, revision: int | None) -> Guide:
    """Keeps others from changing the guide until this transaction ends; refuses if somebody already has."""
    db.session.refresh(guide, ["revision"], with_for_update=True)
    if revision is not None and revision != guide.revision:
        raise Stale(_("The guide has changed since you opened this page. Nothing of yours was saved yet."))
    return guide


def _changed(guide: Guide, by: Person, action: str, **details: Any) -> None:
    # Rounds and items are rows of their own; the guide counts their saves, so that none wins silently.
    flag_modified(guide, "language")
    db.session.flush()
    audit.record(action, guide, by, guide.job_id, revision=guide.revision, **details)


def _number(guide: Guide) -> None:
    for place, round_ in enumerate(guide.rounds, 1):
        round_.position = place
        for item_place, item in enumerate(round_.items, 1):
            item.position = item_place


def _new_guide(job: Job) -> Guide:
    guide = Guide(job=job)
    db.session.add(guide)
    db.session.flush()
    return guide


def _preset(preset_id: str) -> Preset:
    found = next((each for each in bank().presets if each.id == preset_id), None)
    if found is None:
        raise Refused(_("Choose a suggestion from the list."), field="start_from")
    return found


def _skills(skill_ids: Sequence[str], language: str) -> list[Skill]:
    known = {skill.id: skill for skill in whole_bank(language).skills}
    if not skill_ids:
        raise Refused(_("Choose a suggestion, or choose the job's skills first."), field="start_from")
    if not set(skill_ids) <= set(known):
        raise Refused(_("Choose skills from the question bank."), field="start_from")
    return [known[skill_id] for skill_id in dict.fromkeys(skill_ids)]


def _halves(skills: list[Skill]) -> tuple[list[Skill], list[Skill]]:
    middle = (len(skills) + 1) // 2
    return skills[:middle], skills[middle:]


def _proposed_round(guide: Guide, proposal: Proposal, place: int, rounds: int, minutes: int) -> GuideRound:
    name = _("Interview") if rounds == 1 else _("Interview %(n)s", n=place)
    round_ = _empty_round(name, minutes, guide.language)
    round_.position = place
    round_.opening_minutes, round_.closing_minutes = proposal.opening_minutes, proposal.closing_minutes
    round_.items = [
        GuideItem(position=n, question_id=each.question_id, skill_id=each.skill_id, minutes=each.minutes)
        for n, each in enumerate(proposal.items, 1)
    ]
    return round_


def _empty_round(name: str, minutes: int, language: str) -> GuideRound:
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
        raise Refused(_round_minutes(), field="minutes")
    for field, given in (("opening_minutes", opening_minutes), ("closing_minutes", closing_minutes)):
        if not 0 <= given <= LONGEST_FRAME:
            raise Refused(_("Choose 0 to %(n)s whole minutes.", n=LONGEST_FRAME), field=field)


def _round_minutes() -> str:
    return _("Choose %(least)s to %(most)s whole minutes.", least=SHORTEST_ROUND, most=LONGEST_ROUND)

"""A guide's words: copied from the draft and the bank when it is frozen, laid out for a page and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from hiring.bank.queries import whole_bank
from hiring.guides.frozen import (
    FrozenAnchor,
    FrozenFollowUp,
    FrozenGuide,
    FrozenIndicator,
    FrozenItem,
    FrozenLevel,
    FrozenObservation,
    FrozenRound,
    FrozenSkill,
)
from hiring.i18n import _
from hiring.models import EQUAL_WEIGHT, Guide, GuideItem, GuideRound, Job, JobSkill
from question_bank import Bank, Indicator, Observation, QuestionKind, Script, Sign, Skill, languages

SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class AskedQuestion:
    """A question where it stands in its round; each follow-up with the words for what it asks for."""

    number: int
    starts_at: int
    item: FrozenItem
    kind: QuestionKind
    skill: FrozenSkill
    follow_ups: tuple[tuple[str, str], ...]
    is_first_of_skill: bool
    is_first_behavioural: bool


@dataclass(frozen=True)
class RoundSheet:
    """One conversation: its plan, its questions, and what to notice in it."""

    plan: FrozenRound
    opening: str
    closing: str
    questions: tuple[AskedQuestion, ...]
    observations: tuple[FrozenObservation, ...]

    @property
    def skills(self) -> tuple[FrozenSkill, ...]:
        """The skills asked about, in the order of their first question."""
        return tuple(each.skill for each in self.questions if each.is_first_of_skill)

    @property
    def closing_starts_at(self) -> int:
        """The minute in which the closing begins."""
        return self.plan.planned_minutes - self.plan.closing_minutes


@dataclass(frozen=True)
class WeightRow:
    """What a skill counts, and how many questions ask for it."""

    skill: FrozenSkill
    share: float
    questions: int


@dataclass(frozen=True)
class GuideSheet:
    """A whole guide as it is read, on a page or on paper."""

    guide: FrozenGuide
    rounds: tuple[RoundSheet, ...]
    weights: tuple[WeightRow, ...]

    @property
    def is_weighted(self) -> bool:
        """Whether some skill counts more than another."""
        return len({row.skill.weight for row in self.weights}) > 1

    @cached_property
    def level_labels(self) -> dict[str, str]:
        """The words of each level by its key."""
        return {level.key: level.label for level in self.guide.levels}

    @property
    def scale(self) -> tuple[str, ...]:
        """The keys of the levels that count, lowest first."""
        return SCALE


def frozen_draft(guide: Guide, language: str = "") -> FrozenGuide:
    """Every word of the draft, copied from the bank of today with the job's weights.

    In another language than the guide's own, what the team wrote stays as it is, and what is the bank's is
    translated.
    """
    language = language or guide.language
    bank = whole_bank(language)
    asked = [item.skill_id for round_ in guide.rounds for item in round_.items if is_in_bank(item, bank)]
    frozen_skills = tuple(_skills(guide.job, asked, bank))
    cues = bank.scripts
    return FrozenGuide(
        job_title=guide.job.title,
        language=language,
        bank_version=bank.version,
        rounds=tuple(
            _round(round_, place, bank, _scripts(round_, guide, bank))
            for place, round_ in enumerate(guide.rounds, 1)
        ),
        skills=frozen_skills,
        observations=tuple(_observations({each.id for each in frozen_skills}, bank)),
        levels=tuple(
            FrozenLevel(key=str(each.level), label=each.label, meaning=each.meaning)
            for each in bank.method.levels
        ),
        conduct=tuple(each.text for each in cues.conduct),
        first_behavioural_line=cues.behavioural_line,
    )


def guide_sheet(guide: FrozenGuide) -> GuideSheet:
    """The guide laid out for reading."""
    total = sum(each.weight for each in guide.skills) or 1
    asked = [item.skill_id for round_ in guide.rounds for item in round_.items]
    return GuideSheet(
        guide=guide,
        rounds=tuple(_round_sheet(guide, round_) for round_ in guide.rounds),
        weights=tuple(
            WeightRow(each, 100 * each.weight / total, asked.count(each.id)) for each in guide.skills
        ),
    )


def is_in_bank(item: GuideItem, bank: Bank) -> bool:
    """Whether the bank still has the item's question; a newer bank may have retired it."""
    return item.question_id in bank.questions


def spoken(script: str) -> str:
    """A script with words in square brackets where the interviewer puts in names and dates."""
    names = {
        "candidate_name": _("name of the candidate"),
        "interviewer_name": _("your name"),
        "role": _("your role"),
        "summary": _("what you agreed"),
        "next_step": _("the next step"),
        "contact_name": _("contact person"),
        "date": _("date"),
    }
    return _filled(script, {key: f"[{words}]" for key, words in names.items()})


def _star_words(star: str) -> str:
    words = {"S": _("Situation"), "T": _("Task"), "A": _("Action"), "R": _("Result")}
    return words.get(star, "")


def _filled(script: str, values: dict[str, str]) -> str:
    return Script(text=script).fill(values) if script.strip() else ""


def translations_of(guide: Guide) -> dict[str, FrozenGuide]:
    """The draft in every other language in which the bank has all of its questions."""
    return {
        language: frozen_draft(guide, language)
        for language in languages()
        if language != guide.language and _is_whole_in(guide, whole_bank(language))
    }


def _is_whole_in(guide: Guide, bank: Bank) -> bool:
    own = whole_bank(guide.language)
    asked = [item for round_ in guide.rounds for item in round_.items if is_in_bank(item, own)]
    return all(is_in_bank(item, bank) for item in asked)


def _scripts(round_: GuideRound, guide: Guide, bank: Bank) -> tuple[str, str]:
    """Opening and closing: those of the bank in its language, and those that the team wrote as they are."""
    own, there = whole_bank(guide.language).scripts, bank.scripts
    opening, closing = round_.opening_script, round_.closing_script
    return (
        there.opening.text if opening == own.opening.text else opening,
        there.closing.text if closing == own.closing.text else closing,
    )


def _round(round_: GuideRound, position: int, bank: Bank, scripts: tuple[str, str]) -> FrozenRound:
    items = tuple(frozen_item(item, bank) for item in round_.items if is_in_bank(item, bank))
    known = {"duration": str(round_.minutes), "n": str(len(items))}
    return FrozenRound(
        position=position,
        kind=round_.kind,
        name=round_.name,
        minutes=round_.minutes,
        opening_minutes=round_.opening_minutes,
        closing_minutes=round_.closing_minutes,
        opening_script=_filled(scripts[0], known),
        closing_script=_filled(scripts[1], known),
        items=items,
        prompts=tuple(line.strip() for line in round_.prompts.splitlines() if line.strip()),
    )


def frozen_item(item: GuideItem, bank: Bank) -> FrozenItem:
    """A question with the bank's words of today."""
    asked = bank.question(item.question_id)
    source = bank.probe(asked.probe_id)
    return FrozenItem(
        question_id=asked.id,
        skill_id=asked.skill_id,
        probe_title=source.title,
        kind=asked.kind.value,
        text=asked.text,
        follow_ups=tuple(FrozenFollowUp(star=each.star or "", text=each.text) for each in source.follow_ups),
        listen_for=source.listen_for,
        note=" ".join(note for note in (source.note, asked.note) if note),
        minutes=item.minutes,
        own_note=item.note,
    )


def _skills(job: Job, asked: Iterable[str], bank: Bank) -> Iterable[FrozenSkill]:
    """The job's skills in their order, then those that are asked about without being the job's."""
    in_bank = {each.id for each in bank.skills}
    of_job = {each.skill_id: each for each in job.skills if each.skill_id in in_bank}
    for skill_id in dict.fromkeys((*of_job, *asked)):
        yield _skill(bank.skill(skill_id), of_job.get(skill_id))


def _skill(source: Skill, weighted: JobSkill | None) -> FrozenSkill:
    return FrozenSkill(
        id=source.id,
        name=source.name,
        meaning=source.meaning,
        boundary=source.boundary,
        weight=weighted.weight if weighted else EQUAL_WEIGHT,
        weight_reason=weighted.weight_reason if weighted else "",
        anchors=tuple(FrozenAnchor(level=each.level, text=each.text) for each in source.anchors),
        positive=tuple(_indicator(each) for each in source.positive_indicators),
        negative=tuple(_indicator(each) for each in source.negative_indicators),
    )


def _indicator(indicator: Indicator) -> FrozenIndicator:
    return FrozenIndicator(id=indicator.id, text=indicator.text, red_flag=indicator.red_flag)


def _observations(skill_ids: set[str], bank: Bank) -> Iterable[FrozenObservation]:
    for each in bank.observations:
        linked = () if each.every_skill else tuple(id_ for id_ in each.skill_ids if id_ in skill_ids)
        if each.every_skill or linked:
            yield _observation(each, linked)


def _observation(observation: Observation, skill_ids: tuple[str, ...]) -> FrozenObservation:
    return FrozenObservation(
        id=observation.id,
        positive=observation.sign is Sign.POSITIVE,
        text=observation.text,
        skill_ids=skill_ids,
    )


def _round_sheet(guide: FrozenGuide, round_: FrozenRound) -> RoundSheet:
    here = set(round_.skill_ids)
    return RoundSheet(
        plan=round_,
        opening=spoken(round_.opening_script),
        closing=spoken(round_.closing_script),
        questions=tuple(_questions(guide, round_)),
        observations=tuple(
            each for each in guide.observations if not each.skill_ids or here & set(each.skill_ids)
        ),
    )


def _questions(guide: FrozenGuide, round_: FrozenRound) -> Iterable[AskedQuestion]:
    minute, skills_seen, behavioural_seen = round_.opening_minutes, set(), False
    for number, item in enumerate(round_.items, 1):
        is_behavioural = item.kind == QuestionKind.BEHAVIOURAL
        yield AskedQuestion(
            number=number,
            starts_at=minute,
            item=item,
            kind=QuestionKind(item.kind),
            skill=guide.skills_by_id[item.skill_id],
            follow_ups=tuple((_star_words(each.star), each.text) for each in item.follow_ups),
            is_first_of_skill=item.skill_id not in skills_seen,
            is_first_behavioural=is_behavioural and not behavioural_seen,
        )
        minute += item.minutes
        skills_seen.add(item.skill_id)
        behavioural_seen = behavioural_seen or is_behavioural

"""The draft as the builder shows it: rounds and items, time against budget, coverage, what to think over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hiring.bank.queries import skill_name, whole_bank
from hiring.guides.checks import Concern, concerns_about, quoted
from hiring.guides.composing import ONE_INTERVIEWER
from hiring.guides.document import frozen_draft, is_in_bank
from hiring.guides.queries import changes_since
from hiring.i18n import _
from hiring.models import AuditEvent, Guide, GuideItem, GuideRound, Job, RoundKind
from question_bank import Bank, FollowUp, Preset, Question, QuestionKind, bank

FROM_JOB, FROM_BRIEF, FROM_CHOSEN, FROM_COPY = "job", "brief", "chosen", "copy"


@dataclass(frozen=True)
class Choice:
    """A question that could be asked, with enough of its probe to judge it."""

    id: str
    text: str
    kind: QuestionKind
    is_main: bool
    probe_title: str
    follow_ups: tuple[FollowUp, ...]
    listen_for: str
    is_in_guide: bool
    is_alternative: bool


@dataclass(frozen=True)
class ItemRow:
    """A question of the draft."""

    id: int
    number: int
    question_id: str
    text: str
    kind: QuestionKind | None
    skill_id: str
    skill_name: str
    minutes: int
    own_note: str
    alternative: Question | None
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class RoundRow:
    """A round of the draft with its time."""

    id: int
    number: int
    name: str
    kind: RoundKind
    minutes: int
    opening_minutes: int
    closing_minutes: int
    planned: int
    items: tuple[ItemRow, ...]

    @property
    def over(self) -> int:
        """The minutes planned beyond the round's own; 0 where it fits."""
        return max(self.planned - self.minutes, 0)


@dataclass(frozen=True)
class Coverage:
    """How often a skill is asked about, and for how many minutes."""

    skill_id: str
    name: str
    questions: int
    minutes: int
    is_of_job: bool


@dataclass(frozen=True)
class DraftSheet:
    """The whole builder."""

    guide_id: int
    revision: int
    rounds: tuple[RoundRow, ...]
    coverage: tuple[Coverage, ...]
    concerns: tuple[Concern, ...]
    notes: tuple[str, ...]

    @property
    def planned(self) -> int:
        """All minutes planned."""
        return sum(round_.planned for round_ in self.rounds)

    @property
    def budget(self) -> int:
        """All minutes there are."""
        return sum(round_.minutes for round_ in self.rounds)

    @property
    def questions(self) -> int:
        """How many questions are asked."""
        return sum(len(round_.items) for round_ in self.rounds)

    @property
    def blocking(self) -> tuple[Concern, ...]:
        """What must be acknowledged before publishing."""
        return tuple(each for each in self.concerns if each.blocks)


def draft_sheet(guide: Guide) -> DraftSheet:
    """The builder's page; ``guide`` comes from ``queries.with_draft``."""
    of_job = [each.skill_id for each in guide.job.skills]
    words = whole_bank(guide.language)
    return DraftSheet(
        guide_id=guide.id,
        revision=guide.revision,
        rounds=tuple(_round(guide, round_, n, words) for n, round_ in enumerate(guide.rounds, 1)),
        coverage=tuple(_coverage(guide, of_job)),
        concerns=concerns_about(frozen_draft(guide), of_job),
        notes=tuple(_notes(guide)),
    )


def choices_of(guide: Guide, skill_id: str, instead_of: str = "") -> tuple[Choice, ...]:
    """Every question of a skill in the bank's order; parallel forms of ``instead_of`` come first.

    Raises LookupError if the bank has no such skill.
    """
    asked = {item.question_id for round_ in guide.rounds for item in round_.items}
    own_probe = instead_of.rpartition("-")[0]
    words = whole_bank(guide.language)
    questions = words.skill(skill_id).questions
    found = [_choice(each, asked, own_probe, words) for each in questions if each.id != instead_of]
    return tuple(sorted(found, key=lambda choice: not choice.is_alternative))


def skills_to_ask(guide: Guide) -> tuple[tuple[str, str], ...]:
    """Ids and names of the bank's skills, the job's own first."""
    of_job = [each.skill_id for each in guide.job.skills]
    known = {each.id: each.name for each in whole_bank(guide.language).skills}
    ordered = dict.fromkeys([id_ for id_ in of_job if id_ in known] + list(known))
    return tuple((id_, known[id_]) for id_ in ordered)


def suggestions(job: Job) -> dict[str, str]:
    """What a guide may begin with, by the value of the form's field, each with a sentence about it."""
    own = {
        FROM_JOB: _("The %(n)s skills chosen for this job, with their weights.", n=len(job.skills)),
        FROM_BRIEF: _("The skills that the words of the brief point to; they are listed below."),
        FROM_CHOSEN: _("Choose them in the list below."),
        FROM_COPY: _("Its rounds and questions, to be changed here without changing the other one."),
    }
    return own | {preset.id: _suggestion(preset) for preset in bank().presets}


def said_since(guide: Guide, revision: int) -> tuple[str, ...]:
    """What was done to the draft after a revision, in words, the latest first."""
    return tuple(_told(event) for event in changes_since(guide, revision))


def _suggestion(preset: Preset) -> str:
    named = ", ".join(skill_name(each) for each in preset.all_skills)
    words = [
        _("All %(n)s skills, in two interviews.", n=len(preset.all_skills))
        if len(preset.all_skills) > ONE_INTERVIEWER
        else f"{named}.",
        _("Described cases come first.") if preset.situational_first else "",
    ]
    return " ".join(filter(None, words))


def _round(guide: Guide, round_: GuideRound, number: int, words: Bank) -> RoundRow:
    every = [item for each in guide.rounds for item in each.items]
    items = tuple(
        _item(item, n, words, item is every[0], item is every[-1]) for n, item in enumerate(round_.items, 1)
    )
    return RoundRow(
        id=round_.id,
        number=number,
        name=round_.name,
        kind=round_.kind,
        minutes=round_.minutes,
        opening_minutes=round_.opening_minutes,
        closing_minutes=round_.closing_minutes,
        planned=round_.opening_minutes + round_.closing_minutes + sum(item.minutes for item in items),
        items=items,
    )


def _item(item: GuideItem, number: int, words: Bank, is_first: bool, is_last: bool) -> ItemRow:
    asked = words.question(item.question_id) if is_in_bank(item, words) else None
    return ItemRow(
        id=item.id,
        number=number,
        question_id=item.question_id,
        text=asked.text if asked else _("The bank no longer has this question. Swap it or remove it."),
        kind=asked.kind if asked else None,
        skill_id=item.skill_id,
        skill_name=skill_name(item.skill_id),
        minutes=item.minutes,
        own_note=item.note,
        alternative=_other_form(asked, words) if asked else None,
        is_first=is_first,
        is_last=is_last,
    )


def _other_form(asked: Question, words: Bank) -> Question | None:
    forms = words.probe(asked.probe_id).questions
    return next((each for each in forms if each.id != asked.id), None)


def _choice(asked: Question, in_guide: set[str], own_probe: str, words: Bank) -> Choice:
    source = words.probe(asked.probe_id)
    return Choice(
        id=asked.id,
        text=asked.text,
        kind=asked.kind,
        is_main=asked.is_main,
        probe_title=source.title,
        follow_ups=source.follow_ups,
        listen_for=source.listen_for,
        is_in_guide=asked.id in in_guide,
        is_alternative=asked.probe_id == own_probe,
    )


def _coverage(guide: Guide, of_job: list[str]) -> Iterable[Coverage]:
    items = [item for round_ in guide.rounds for item in round_.items]
    counts = Counter(item.skill_id for item in items)
    for skill_id in dict.fromkeys((*of_job, *counts)):
        minutes = sum(item.minutes for item in items if item.skill_id == skill_id)
        yield Coverage(skill_id, skill_name(skill_id), counts[skill_id], minutes, skill_id in of_job)


def _notes(guide: Guide) -> Iterable[str]:
    """What the suggestion that the guide began with has, and the draft has not."""
    preset = next((each for each in bank().presets if each.id == guide.preset_id), None)
    if preset is None:
        return
    asked = {item.skill_id for round_ in guide.rounds for item in round_.items}
    of_job = {each.skill_id for each in guide.job.skills}
    left_out = [skill_name(each) for each in preset.all_skills if each not in asked | of_job]
    if left_out:
        yield _("Suggested, but without a question here: %(skills)s.", skills=", ".join(left_out))


def _told(event: AuditEvent) -> str:
    details = event.details
    asked = whole_bank().questions.get(str(details.get("question")))
    name, question_text = event.actor_name, quoted(asked.text) if asked else ""
    round_name = details.get("round", "")
    sentences = {
        "start_guide": _("%(name)s started the draft again.", name=name),
        "publish_parallel_form": _(
            "%(name)s published version %(n)s, a parallel form.", name=name, n=details.get("number")
        ),
        "publish_guide": _("%(name)s published version %(n)s.", name=name, n=details.get("number")),
        "move_item": _("%(name)s moved %(question)s.", name=name, question=question_text),
        "swap_item": _("%(name)s swapped in %(question)s.", name=name, question=question_text),
        "set_minutes": _(
            "%(name)s set %(question)s to %(n)s minutes.",
            name=name,
            question=question_text,
            n=details.get("minutes"),
        ),
        "set_note": _("%(name)s wrote a note beside %(question)s.", name=name, question=question_text),
        "remove_item": _("%(name)s removed %(question)s.", name=name, question=question_text),
        "add_item": _("%(name)s added %(question)s.", name=name, question=question_text),
        "change_round": _("%(name)s changed the round “%(round)s”.", name=name, round=round_name),
        "add_round": _("%(name)s added the round “%(round)s”.", name=name, round=round_name),
        "remove_round": _("%(name)s removed the round “%(round)s”.", name=name, round=round_name),
        "split_round": _("%(name)s split the round “%(round)s”.", name=name, round=round_name),
    }
    return sentences[event.action]

"""How a guide begins: composed within the minutes, or copied from another job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hiring.bank.queries import whole_bank
from hiring.errors import Refused
from hiring.extensions import db
from hiring.guides.composing import ONE_INTERVIEWER, best_plan, wishes_for
from hiring.guides.operations import (
    LONGEST_ROUND,
    SHORTEST_ROUND,
    USUAL_ROUND,
    changed,
    empty_round,
    hold,
    round_minutes,
)
from hiring.guides.queries import guide_of
from hiring.i18n import _
from hiring.jobs.operations import ChosenSkill, choose_skills
from hiring.labels import label
from hiring.models import Guide, GuideItem, GuideRound, Job, Person, RoundKind
from hiring.planning.composer import PlannedRound, RoundWish
from hiring.planning.wishes import ChangeKind
from question_bank import SOURCE_LANGUAGE, Preset, bank, languages


@dataclass(frozen=True)
class RoundPlan:
    """A conversation to compose: what sort it is, its minutes in all, and its skills if it has its own."""

    minutes: int = USUAL_ROUND
    kind: RoundKind = RoundKind.STRUCTURED
    skill_ids: tuple[str, ...] = ()


def start_guide(
    job: Job,
    by: Person,
    preset_id: str | None = None,
    skill_ids: Sequence[str] | None = None,
    minutes: int = USUAL_ROUND,
    rounds: Sequence[RoundPlan] = (),
    questions: int = 1,
    no_experience: bool = False,
    avoid_heard: bool = True,
    must_fit: bool = False,
    accept: ChangeKind | None = None,
    replace: bool = False,
    language: str = SOURCE_LANGUAGE,
    revision: int | None = None,
) -> Guide:
    """Composes a guide from a preset, from named skills, or from the job's own, in one of the bank's languages.

    Without ``rounds`` it is one interview of so many ``minutes``; a preset with more skills than one holds gets two
    alike.
    Skills of a single round are asked there besides the others; a round with skills of its own asks about these only.
    A job without skills gets those of its guide, equally weighted. ``replace`` puts a new draft in the place
    of the present one; what was published stays.
    Raises DoesNotFit if the wishes must be fulfilled and cannot, unless ``accept`` names a change that helps.
    """
    guide = guide_of(job)
    if guide is not None and not replace:
        raise Refused(_("This job has a guide already. Edit it, or start its draft again."))
    preset = _preset(preset_id) if preset_id else None
    own = [each.skill_id for each in job.skills]
    wished = preset.all_skills if preset else own if skill_ids is None else skill_ids
    planned = tuple(rounds) or (RoundPlan(minutes),)
    wished = [*wished, *(skill_id for each in planned for skill_id in each.skill_ids)]
    if len(planned) == 1 and preset and len(wished) > ONE_INTERVIEWER:
        planned *= 2
    _check_plans(planned)
    _check_language(language)
    skills = _skills(wished, language)
    _check_homes(skills, planned, language)
    if guide is not None:
        hold(guide, revision)
    wishes = wishes_for(
        job,
        skills,
        [RoundWish(each.minutes, each.skill_ids) for each in planned],
        questions,
        no_experience or bool(preset and preset.situational_first),
        avoid_heard,
    )
    plan = best_plan(job, wishes, language, must_fit, accept)
    if not job.skills:
        choose_skills(job, [ChosenSkill(each) for each in plan.wishes.skill_ids], by)
    guide = guide or _new_guide(job)
    guide.language, guide.preset_id = language, preset.id if preset else None
    kinds = [planned[min(place, len(planned) - 1)].kind for place in range(len(plan.rounds))]
    guide.rounds = [_composed_round(guide, each, place, kinds) for place, each in enumerate(plan.rounds, 1)]
    changed(guide, by, "start_guide", preset=preset_id, skills=skills)
    return guide


def copy_guide(
    job: Job, by: Person, source: Guide, replace: bool = False, revision: int | None = None
) -> Guide:
    """Begins with the rounds and questions of another job's draft; a job without skills gets its skills too."""
    guide = guide_of(job)
    if guide is not None and not replace:
        raise Refused(_("This job has a guide already. Edit it, or start its draft again."))
    if source.job_id == job.id:
        raise Refused(_("Choose the guide of another job."), field="copy_of")
    if guide is not None:
        hold(guide, revision)
    if not job.skills:
        choose_skills(job, [ChosenSkill(each.skill_id) for each in source.job.skills], by)
    guide = guide or _new_guide(job)
    guide.language, guide.preset_id = source.language, source.preset_id
    guide.rounds = [_copied_round(each) for each in source.rounds]
    changed(guide, by, "start_guide", copied_from=source.job_id)
    return guide


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


def _skills(skill_ids: Sequence[str], language: str) -> tuple[str, ...]:
    known = {skill.id for skill in whole_bank(language).skills}
    if not skill_ids:
        raise Refused(_("Choose a suggestion, or choose the job's skills first."), field="start_from")
    if not set(skill_ids) <= known:
        raise Refused(_("Choose skills from the question bank."), field="start_from")
    return tuple(dict.fromkeys(skill_ids))


def _check_plans(rounds: Sequence[RoundPlan]) -> None:
    if not all(SHORTEST_ROUND <= each.minutes <= LONGEST_ROUND for each in rounds):
        raise Refused(round_minutes(), field="minutes")


def _check_homes(skill_ids: Sequence[str], rounds: Sequence[RoundPlan], language: str) -> None:
    """Every skill needs a round that may ask about it."""
    if not all(each.skill_ids for each in rounds):
        return
    placed = {skill_id for each in rounds for skill_id in each.skill_ids}
    names = {skill.id: skill.name for skill in whole_bank(language).skills}
    homeless = [names[each] for each in skill_ids if each not in placed]
    if homeless:
        sentence = _(
            "No round asks about these skills: %(skills)s. Add them to a round, or let one round ask about all.",
            skills=", ".join(homeless),
        )
        raise Refused(sentence, field="only")


def _check_language(language: str) -> None:
    if language not in languages():
        raise Refused(_("Choose one of the bank's languages."), field="language")


def _composed_round(
    guide: Guide, planned: PlannedRound, place: int, kinds: Sequence[RoundKind]
) -> GuideRound:
    kind = kinds[place - 1]
    round_ = empty_round(_round_name(kinds, place), planned.wish.minutes, guide.language)
    round_.position, round_.kind = place, kind
    round_.opening_minutes, round_.closing_minutes = planned.wish.frame
    round_.items = [
        GuideItem(
            position=n,
            question_id=each.question.id,
            skill_id=each.question.skill_id,
            minutes=each.minutes,
        )
        for n, each in enumerate(planned.questions, 1)
    ]
    return round_


def _round_name(kinds: Sequence[RoundKind], place: int) -> str:
    """What sort it is; rounds of the same sort are counted."""
    kind = kinds[place - 1]
    usual = kind is RoundKind.STRUCTURED
    if kinds.count(kind) == 1:
        return _("Interview") if usual else str(label(kind))
    number = kinds[:place].count(kind)
    if usual:
        return _("Interview %(n)s", n=number)
    return _("%(kind)s %(n)s", kind=label(kind), n=number)


def _copied_round(source: GuideRound) -> GuideRound:
    same = (
        "name",
        "kind",
        "minutes",
        "opening_minutes",
        "closing_minutes",
        "opening_script",
        "closing_script",
        "prompts",
    )
    copy = GuideRound(position=source.position, **{name: getattr(source, name) for name in same})
    copy.items = [
        GuideItem(
            position=each.position,
            question_id=each.question_id,
            skill_id=each.skill_id,
            minutes=each.minutes,
            note=each.note,
        )
        for each in source.items
    ]
    return copy

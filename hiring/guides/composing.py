"""What the composer needs to know of a job: the bank's questions, how often they are asked, and who has heard them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hiring.bank.queries import whole_bank
from hiring.errors import Refused
from hiring.guides.frozen import frozen_guide
from hiring.guides.queries import asked_of_candidates_elsewhere, uses_elsewhere
from hiring.i18n import _
from hiring.models import Guide, Job
from hiring.planning.composer import Askable, Plan, RoundWish, SkillWish, Wishes, in_order
from hiring.planning.composer_words import change_words, price_words
from hiring.planning.wishes import Change, ChangeKind, Infeasible, compose, compose_what_fits, prices
from question_bank import pairs

ONE_INTERVIEWER = 8  # A suggestion with more skills than an hour holds questions is meant for two.


class DoesNotFit(Refused):
    """The wishes contradict each other; ``ways`` are the smallest changes that help, each with its sentence."""

    def __init__(self, sentence: str, ways: Mapping[ChangeKind, str]) -> None:
        super().__init__(sentence, field="minutes")
        self.ways = ways


def offered(job: Job, language: str) -> tuple[Askable, ...]:
    """The bank's questions with the number of other jobs' guides that ask them."""
    uses = uses_elsewhere(job)
    return tuple(
        Askable(each.id, each.probe_id, each.skill_id, each.kind.value, each.is_main, uses.get(each.id, 0))
        for skill in whole_bank(language).skills
        for each in skill.questions
    )


def heard_by_candidates(job: Job) -> frozenset[str]:
    """The questions that this job's candidates were asked when they applied for others."""
    return frozenset(
        item.question_id
        for version, position in asked_of_candidates_elsewhere(job)
        for item in frozen_guide(version).round_at(position).items
    )


def wishes_for(
    job: Job,
    skill_ids: Sequence[str],
    rounds: Sequence[RoundWish],
    questions: int = 1,
    no_experience: bool = False,
    avoid_heard: bool = True,
) -> Wishes:
    """The wishes for a job's guide; skills count with their weights."""
    weights = {each.skill_id: each.weight for each in job.skills}
    return Wishes(
        skills=tuple(SkillWish(each, questions, weights.get(each, 1)) for each in skill_ids),
        rounds=tuple(rounds),
        no_experience=no_experience,
        heard=heard_by_candidates(job) if avoid_heard else frozenset(),
        pairs=tuple((one, other) for one, other in (pair.skills for pair in pairs(skill_ids))),
    )


def best_plan(
    job: Job, wishes: Wishes, language: str, must_fit: bool = False, accept: ChangeKind | None = None
) -> Plan:
    """The best plan. ``accept`` takes one of the changes that were proposed where it does not fit.

    Raises DoesNotFit, with the changes that would help, if it must fit and cannot.
    """
    questions = offered(job, language)
    if not must_fit:
        return compose_what_fits(questions, wishes)
    try:
        return compose(questions, wishes)
    except Infeasible as impossible:
        for change in impossible.changes:
            if change.kind is accept:
                return compose(questions, change.wishes)
        raise _refusal(impossible.changes, language) from impossible


def prices_of(guide: Guide) -> tuple[str, ...]:
    """What the draft goes without, and what it would cost to have it back, in sentences."""
    questions = offered(guide.job, guide.language)
    plan = _plan_of(guide, questions)
    names = _names(guide.language)
    return tuple(price_words(each, names) for each in prices(questions, plan, most=12))


def _plan_of(guide: Guide, questions: Sequence[Askable]) -> Plan:
    """The draft as it stands, as if it had been composed."""
    known = {each.id: each for each in questions}
    of_job = [each.skill_id for each in guide.job.skills]
    asked = [
        [known[item.question_id] for item in each.items if item.question_id in known] for each in guide.rounds
    ]
    skill_ids = [each for each in of_job if each in _names(guide.language)]
    skill_ids += [each.skill_id for round_ in asked for each in round_]
    rounds = [RoundWish(each.minutes) for each in guide.rounds]
    wishes = wishes_for(guide.job, tuple(dict.fromkeys(skill_ids)), rounds)
    return in_order(asked, wishes)


def _refusal(changes: Sequence[Change], language: str) -> DoesNotFit:
    names = _names(language)
    ways = {each.kind: change_words(each, names) for each in changes}
    if not ways:
        return DoesNotFit(
            _(
                "No plan does all of this. Choose fewer skills, or let questions be asked that somebody has heard."
            ),
            ways,
        )
    return DoesNotFit(
        _("No plan does all of this. Change one of these: %(ways)s", ways=" ".join(ways.values())), ways
    )


def _names(language: str) -> dict[str, str]:
    return {each.id: each.name for each in whole_bank(language).skills}

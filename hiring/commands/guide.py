"""``hiring guide``: the best questions for some minutes, without a database."""

from __future__ import annotations

from typing import Any

import click

import question_bank
from hiring.commands.printing import COLUMNS, format_option, print_json, print_lines, table, wrapped
from hiring.errors import Refused
from hiring.planning.composer import Askable, Plan, RoundWish, SkillWish, Wishes
from hiring.planning.composer_words import change_words, price_words
from hiring.planning.wishes import Infeasible, Price, compose, prices
from question_bank import NotInBank

SHORTEST, LONGEST = 10, 240
MOST_ROUNDS = 6


@click.group("guide")
def guide() -> None:
    """Interview guides without a database."""


@guide.command("compose")
@click.option("--preset", metavar="ID", help="The skills of a suggestion of the bank.")
@click.option("--skills", metavar="A,B,C", help="The skills, by their ids.")
@click.option("--minutes", type=click.IntRange(SHORTEST, LONGEST), required=True, help="Minutes of a round.")
@click.option(
    "--rounds", type=click.IntRange(1, MOST_ROUNDS), default=1, show_default=True, help="How many rounds."
)
@click.option(
    "--only",
    metavar="N:A,B,C",
    multiple=True,
    help="The only skills of round N; may be given for each round.",
)
@click.option(
    "--questions",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="Questions on each skill, at least.",
)
@click.option("--no-experience", is_flag=True, help="Described cases first.")
@click.option("--heard", metavar="A,B,C", default="", help="Questions not to ask, by their ids.")
@format_option
def compose_guide(
    preset: str | None,
    skills: str | None,
    minutes: int,
    rounds: int,
    only: tuple[str, ...],
    questions: int,
    no_experience: bool,
    heard: str,
    form: str,
) -> None:
    """Choose the best questions of the bank that fit the minutes.

    Every skill is asked about as often as wished; second questions, a mix of past behaviour and described
    cases, and skills that do not overlap in one round come next. docs/composer.md says how plans are compared.
    """
    chosen = _skills(preset, skills)
    own = _own_skills(only, rounds, chosen)
    wishes = Wishes(
        skills=tuple(SkillWish(each, questions) for each in chosen),
        rounds=tuple(RoundWish(minutes, own.get(number, ())) for number in range(1, rounds + 1)),
        no_experience=no_experience or _is_for_beginners(preset),
        heard=_heard(heard),
        pairs=tuple((one, other) for one, other in (pair.skills for pair in question_bank.pairs(chosen))),
    )
    offered = _offered()
    names = {each.id: each.name for each in question_bank.skills()}
    try:
        plan = compose(offered, wishes)
    except Infeasible as impossible:
        raise Refused(_advice(impossible, names)) from impossible
    lacking = prices(offered, plan)
    if form == "json":
        print_json(plan_data(plan, lacking))
    else:
        print_lines(_lines(plan, lacking, names))


def plan_data(plan: Plan, lacking: tuple[Price, ...]) -> dict[str, Any]:
    """Everything as numbers, strings, lists and objects."""
    return {
        "rounds": [
            {
                "minutes": round_.wish.minutes,
                "only": list(round_.wish.skill_ids),
                "planned": round_.minutes,
                "opening": round_.wish.frame[0],
                "closing": round_.wish.frame[1],
                "questions": [
                    {
                        "question": each.question.id,
                        "skill": each.question.skill_id,
                        "kind": each.question.kind,
                        "minutes": each.minutes,
                        "text": question_bank.question(each.question.id).text,
                    }
                    for each in round_.questions
                ],
            }
            for round_ in plan.rounds
        ],
        "coverage": {skill_id: plan.counts[skill_id] for skill_id in plan.wishes.skill_ids},
        "points": plan.points,
        "left_out": [
            {
                "skill": each.skill_id,
                "lack": each.lack.value,
                "minutes": each.minutes,
                "instead": None if each.instead is None else dict(each.instead),
            }
            for each in lacking
        ],
    }


def _skills(preset: str | None, listed: str | None) -> tuple[str, ...]:
    if (preset is None) == (listed is None):
        raise Refused("Name either a suggestion with --preset or skills with --skills.")
    try:
        if preset is not None:
            return question_bank.preset(preset).all_skills
        ids = _ids(listed or "")
        for each in ids:
            question_bank.skill(each)
    except NotInBank as unknown:
        raise Refused(str(unknown)) from unknown
    if not ids:
        raise Refused("Name at least one skill, such as --skills empathy,listening.")
    return ids


def _own_skills(only: tuple[str, ...], rounds: int, chosen: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """The skills of the rounds that have their own, by the round's number."""
    own: dict[int, tuple[str, ...]] = {}
    for each in only:
        number, _colon, listed = each.partition(":")
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= rounds and _ids(listed)):
            raise Refused(
                f"Write --only as a round from 1 to {rounds}, a colon and skills, such as 1:empathy."
            )
        strange = [skill_id for skill_id in _ids(listed) if skill_id not in chosen]
        if strange:
            raise Refused(
                f"Round {number} cannot ask about {strange[0]}, which the guide does not ask about."
            )
        own[int(number)] = _ids(listed)
    homeless = [
        each for each in chosen if len(own) == rounds and not any(each in ids for ids in own.values())
    ]
    if homeless:
        raise Refused(f"No round asks about {homeless[0]}. Name it in one of the --only options.")
    return own


def _is_for_beginners(preset: str | None) -> bool:
    return bool(preset and question_bank.preset(preset).situational_first)


def _heard(listed: str) -> frozenset[str]:
    try:
        return frozenset(question_bank.question(each).id for each in _ids(listed))
    except NotInBank as unknown:
        raise Refused(str(unknown)) from unknown


def _ids(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in listed.split(",") if each.strip()))


def _offered() -> tuple[Askable, ...]:
    return tuple(
        Askable(each.id, each.probe_id, each.skill_id, each.kind.value, each.is_main)
        for skill in question_bank.skills()
        for each in skill.questions
    )


def _advice(impossible: Infeasible, names: dict[str, str]) -> str:
    ways = "".join(f"\n- {change_words(each, names)}" for each in impossible.changes)
    if not ways:
        return "No plan does all of this. Name fewer skills or fewer questions that are not to be asked."
    return f"No plan does all of this. Any one of these changes is enough:{ways}"


def _lines(plan: Plan, lacking: tuple[Price, ...], names: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for number, round_ in enumerate(plan.rounds, 1):
        lines += wrapped(f"Round {number}: {round_.minutes} of {round_.wish.minutes} minutes planned")
        rows = [
            (names[each.question.skill_id], each.question.id, each.question.kind, str(each.minutes))
            for each in round_.questions
        ]
        lines += [*table(("Skill", "Question", "Kind", "min"), rows, right=(3,), room=COLUMNS), ""]
    for price in lacking:
        lines += wrapped(price_words(price, names), "- ")
    return lines

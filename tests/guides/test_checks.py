"""What the builder gives to think over."""

from __future__ import annotations

from typing import Any

from hiring.guides.checks import concerns_about
from hiring.guides.frozen import FrozenGuide, FrozenItem
from tests import factories

JOB = ("empathy", "patience")


def asking(*items: tuple[str, str], **round_: Any) -> FrozenGuide:
    """A guide of one round that asks these questions, each an id and a kind, for seven minutes."""
    guide = factories.frozen()
    asked = tuple(
        FrozenItem(
            question_id=id_,
            skill_id=id_.rsplit("-", 2)[0],
            probe_title="",
            kind=kind,
            text=f"The question {id_}?",
            follow_ups=(),
            listen_for="",
            note="",
            minutes=7,
        )
        for id_, kind in items
    )
    changed = guide.rounds[0].model_copy(update={"items": asked, **round_})
    return guide.model_copy(update={"rounds": (changed,)})


GOOD = (
    ("empathy-1-q1", "behavioural"),
    ("empathy-2-q1", "behavioural"),
    ("patience-1-q1", "situational"),
    ("patience-2-q1", "behavioural"),
)


def sentences(guide: FrozenGuide, job: tuple[str, ...] = JOB) -> list[str]:
    return [concern.sentence for concern in concerns_about(guide, job)]


def test_a_good_guide_gives_nothing_to_think_over() -> None:
    assert sentences(asking(*GOOD)) == []


def test_a_skill_of_the_job_without_a_question_blocks_and_comes_first() -> None:
    concerns = concerns_about(asking(*GOOD, minutes=30), (*JOB, "listening"))

    assert concerns[0].sentence == "Listening is one of the job's skills, and no question asks about it."
    assert [concern.blocks for concern in concerns] == [True, False]


def test_a_skill_that_is_not_the_jobs_is_named() -> None:
    assert sentences(asking(*GOOD), ("empathy",)) == [
        "Patience is not one of the job's skills. It would count with weight 1."
    ]


def test_a_single_question_is_named() -> None:
    assert sentences(asking(*GOOD[:3])) == ["Patience has a single question, so one unlucky answer decides."]


def test_the_same_question_twice_is_named() -> None:
    assert "A question is asked twice: “The question empathy-1-q1?”" in sentences(asking(*GOOD, GOOD[0]))


def test_main_and_alternative_of_one_probe_are_named() -> None:
    both = asking(*GOOD, ("empathy-1-q2", "situational"), minutes=60)

    assert sentences(both) == [
        "Two questions are forms of the same one: “The question empathy-1-q1?” and “The question empathy-1-q2?”"
    ]


def test_motivation_alone_is_named() -> None:
    alone = asking(*GOOD[:2], ("patience-1-q1", "motivation"), ("patience-3-q1", "situational"))

    assert [each for each in sentences(alone) if "motivation only" in each] != []
    assert [
        each for each in sentences(asking(*GOOD, ("patience-3-q1", "motivation"))) if "only" in each
    ] == []


def test_too_much_time_is_named() -> None:
    assert sentences(asking(*GOOD, minutes=39)) == ["“Interview” is planned 1 minute too long."]


def test_more_than_eight_questions_an_hour_are_named() -> None:
    many = asking(*GOOD, opening_minutes=0, closing_minutes=0, minutes=29)

    assert [each for each in sentences(many) if "More than eight in an hour" in each] != []
    assert sentences(asking(*GOOD, opening_minutes=0, closing_minutes=0, minutes=30)) == []


def test_overlapping_skills_are_named_with_the_reason() -> None:
    found = sentences(asking(*GOOD), (*JOB, "composure-resilience"))

    assert [each for each in found if each.startswith("Composure and resilience and Patience overlap.")] != []

"""What is proposed for how many minutes."""

from __future__ import annotations

from collections import Counter

import pytest

from hiring.guides.proposal import propose, ranked_questions
from question_bank import QuestionKind, preset, question, skill, skills


def test_an_hour_holds_four_skills_with_two_questions_each() -> None:
    four = [skill(id_) for id_ in preset("telephone-service").skills]

    proposal = propose(four, 60)

    assert Counter(item.skill_id for item in proposal.items) == {each.id: 2 for each in four}
    assert proposal.minutes == 60
    assert proposal.left_out == ()


@pytest.mark.parametrize("number", [1, 3, 10])
def test_no_proposal_is_longer_than_the_budget(number: int) -> None:
    too_long = [m for m in range(10, 241) if propose(skills()[:number], m).minutes > m]

    assert too_long == []


@pytest.mark.parametrize("minutes", [20, 45, 60, 90, 120, 240])
def test_a_question_gets_six_to_eight_minutes(minutes: int) -> None:
    assert {item.minutes for item in propose(skills(), minutes).items} <= {6, 7, 8}


def test_never_more_than_eight_questions_in_an_hour() -> None:
    assert len(propose(skills(), 60).items) == 8
    assert len(propose(skills(), 90).items) == 12


def test_where_time_is_short_the_first_skills_fit_and_the_rest_is_named() -> None:
    proposal = propose(skills(), 45)

    asked = [item.skill_id for item in proposal.items]
    assert asked == [each.id for each in skills()[:5]]
    assert proposal.left_out == tuple(each.id for each in skills()[5:])


def test_second_questions_go_to_the_first_skills() -> None:
    six = skills()[:6]

    counts = Counter(item.skill_id for item in propose(six, 60).items)

    assert [counts[each.id] for each in six] == [2, 2, 1, 1, 1, 1]


def test_questions_of_a_skill_stand_together() -> None:
    asked = [item.skill_id for item in propose(skills()[:4], 60).items]

    assert asked == sorted(asked, key=asked.index)


def test_two_skills_get_eight_minutes_a_question_before_they_get_more_questions() -> None:
    proposal = propose(skills()[:2], 60)

    assert {item.minutes for item in proposal.items} == {8}
    assert len(proposal.items) == 6


def test_one_skill_cannot_be_asked_about_more_often_than_it_has_probes() -> None:
    assert len(propose([skill("empathy")], 120).items) == len(skill("empathy").probes)


def test_the_shortest_conversation_still_asks_one_question() -> None:
    proposal = propose(skills()[:3], 10)

    assert [item.minutes for item in proposal.items] == [5]
    assert proposal.left_out == tuple(each.id for each in skills()[1:3])


def test_without_skills_nothing_is_asked() -> None:
    assert propose([], 60).items == ()


def test_past_behaviour_is_asked_first() -> None:
    for each in skills():
        first = ranked_questions(each)[0]
        assert (first.kind, first.is_main) == (QuestionKind.BEHAVIOURAL, True)


def test_people_without_experience_get_described_cases_first() -> None:
    for each in skills():
        assert ranked_questions(each, no_experience=True)[0].kind is QuestionKind.SITUATIONAL


def test_no_probe_is_asked_twice() -> None:
    for no_experience in (False, True):
        for each in skills():
            probes = [asked.probe_id for asked in ranked_questions(each, no_experience)]
            assert len(probes) == len(set(probes))


def test_motivation_is_never_proposed_without_behaviour() -> None:
    asked = [question(item.question_id) for item in propose(skills(), 240).items]

    assert QuestionKind.MOTIVATION not in {each.kind for each in asked}


def test_the_same_question_is_proposed_again() -> None:
    assert propose(skills(), 75) == propose(skills(), 75)

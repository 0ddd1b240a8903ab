"""The sheet of a scorecard, and the figures of one interviewer."""

from __future__ import annotations

import pytest

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.models import Interview, Person, Recommendation
from hiring.scorecards.document import Answers, Piece, pieces, scorecard_sheet, sheet_of
from hiring.scorecards.figures import contradicts
from tests import factories


def test_the_scripts_are_filled_as_far_as_is_known(interview: Interview, ivy: Person) -> None:
    sheet = sheet_of(interview, ivy, None)

    assert "".join(piece.text for piece in sheet.opening) == "Good morning, Carl."


def test_a_blank_is_named_in_words() -> None:
    made = pieces("I am {interviewer_name}, {role}. Until {date}, {what_else}.", {"interviewer_name": "Ivy"})

    assert made == (
        Piece("I am "),
        Piece("Ivy"),
        Piece(", "),
        Piece("your role", is_blank=True),
        Piece(". Until "),
        Piece("the date", is_blank=True),
        Piece(", "),
        Piece("what else", is_blank=True),
        Piece("."),
    )


def test_questions_stand_in_the_order_of_the_guide(interview: Interview, ivy: Person) -> None:
    sheet = sheet_of(interview, ivy, None)

    assert [question.id for question in sheet.questions] == [id_ for id_, _, _ in factories.QUESTIONS]
    assert [question.is_first_behavioural for question in sheet.questions] == [True, False, False]


def test_not_enough_evidence_is_left_out_of_means(interview: Interview, ivy: Person) -> None:
    card = factories.scorecard(interview, ivy, (4, 2, None))

    sheet = scorecard_sheet(card)

    assert [value.mean for value in sheet.skills] == [Estimate(4.0, 1), Estimate(2.0, 1)]
    assert sheet.composite == Estimate(3.0, 2)


def test_a_skill_that_is_only_n_is_a_gap(interview: Interview, ivy: Person) -> None:
    sheet = scorecard_sheet(factories.scorecard(interview, ivy, (4, None, None)))

    assert sheet.skill_gaps == ("Patience",)
    assert not sheet.warns_of_gaps


def test_two_skills_without_evidence_warn(interview: Interview, ivy: Person) -> None:
    sheet = scorecard_sheet(factories.scorecard(interview, ivy, (None, None, None)))

    assert sheet.warns_of_gaps
    assert sheet.composite == NotEnough(0, 1, Lack.NO_RATINGS)


def test_an_observation_without_words_asks_and_does_not_block(interview: Interview, ivy: Person) -> None:
    sheet = sheet_of(interview, ivy, None, Answers(observations={"obs-interrupts": ("seen", "")}))

    assert [gap.target for gap in sheet.gaps if not gap.blocks] == ["words-obs-interrupts"]


@pytest.mark.parametrize(
    ("recommendation", "value", "expected"),
    [
        (Recommendation.STRONG_HIRE, 2.49, True),
        (Recommendation.HIRE, 2.5, False),
        (Recommendation.NO_HIRE, 3.49, False),
        (Recommendation.STRONG_NO_HIRE, 3.5, True),
        (Recommendation.UNDECIDED, 5.0, False),
        (None, 5.0, False),
    ],
)
def test_where_recommendation_and_composite_contradict(
    recommendation: Recommendation | None, value: float, expected: bool
) -> None:
    assert contradicts(recommendation, Estimate(value, 2)) is expected


def test_without_a_composite_nothing_contradicts() -> None:
    assert not contradicts(Recommendation.HIRE, NotEnough(0, 1, Lack.NO_RATINGS))

"""Saving and submitting scorecards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import (
    AuditEvent,
    Interview,
    InterviewStatus,
    ObservationState,
    Person,
    Recommendation,
    Scorecard,
    ScorecardStatus,
)
from hiring.scorecards.operations import (
    LONGEST_EVIDENCE,
    AlreadySubmitted,
    Answers,
    Unfinished,
    open_scorecard,
    save_scorecard,
    submit_scorecard,
)

COMPLETE = Answers(
    ratings={
        "empathy-1-q1": (4, "Rang back twice."),
        "patience-1-q1": (3, "Let the caller finish."),
        "patience-2-q1": ("N", ""),
    },
    recommendation=Recommendation.HIRE,
    recommendation_reason="Solid examples.",
)


def rated(level: Any, evidence: str = "Rang back twice.") -> Answers:
    return Answers(ratings={"empathy-1-q1": (level, evidence)})


def with_ratings(**changed: tuple[Any, str]) -> Answers:
    """The complete answers with other ratings; ``empathy_1_q1`` stands for the question's id."""
    ratings = {name.replace("_", "-"): given for name, given in changed.items()}
    return replace(COMPLETE, ratings={**COMPLETE.ratings, **ratings})


def test_opening_begins_a_draft_once(interview: Interview, ivy: Person) -> None:
    first = open_scorecard(interview, ivy)
    db.session.flush()

    assert open_scorecard(interview, ivy) is first
    assert first.status is ScorecardStatus.DRAFT


def test_what_is_saved_can_be_read_again(interview: Interview, ivy: Person) -> None:
    answers = Answers(
        ratings={
            "empathy-1-q1": (4, "Rang back."),
            "patience-1-q1": ("N", ""),
            "patience-2-q1": (None, "Hm"),
        },
        observations={"obs-clarifies": ("seen", "Asked which year")},
        recommendation="undecided",
        open_point="Shifts at night",
    )

    save_scorecard(interview, ivy, answers)
    db.session.commit()

    card = db.session.scalars(select(Scorecard)).one()
    assert {r.question_id: (r.level, r.not_enough_evidence, r.evidence) for r in card.ratings} == {
        "empathy-1-q1": (4, False, "Rang back."),
        "patience-1-q1": (None, True, ""),
        "patience-2-q1": (None, False, "Hm"),
    }
    assert [(m.observation_id, m.state, m.evidence) for m in card.observations] == [
        ("obs-clarifies", ObservationState.SEEN, "Asked which year")
    ]
    assert (card.recommendation, card.open_point) == (Recommendation.UNDECIDED, "Shifts at night")


def test_questions_that_are_not_named_stay_as_they_are(interview: Interview, ivy: Person) -> None:
    save_scorecard(interview, ivy, rated(4))

    card = save_scorecard(interview, ivy, Answers(ratings={"patience-1-q1": (2, "Sighed.")}))

    assert {r.question_id: r.level for r in card.ratings} == {"empathy-1-q1": 4, "patience-1-q1": 2}


def test_saving_the_same_again_changes_nothing(interview: Interview, ivy: Person) -> None:
    first = save_scorecard(interview, ivy, COMPLETE)
    before = (first.revision, first.saved_at)

    again = save_scorecard(interview, ivy, COMPLETE, first.revision)

    assert (again.revision, again.saved_at) == before


def test_every_change_counts_as_a_revision(interview: Interview, ivy: Person) -> None:
    first = save_scorecard(interview, ivy, rated(4)).revision

    assert save_scorecard(interview, ivy, rated(5), first).revision == first + 1


@pytest.mark.parametrize("level", [0, 6, "seven", "", True, 3.5, "n"])
def test_a_level_off_the_scale_is_refused_beside_its_question(
    interview: Interview, ivy: Person, level: Any
) -> None:
    with pytest.raises(Refused, match=r"Choose a level from 1 to 5\.") as refused:
        save_scorecard(interview, ivy, rated(level))

    assert refused.value.field == "level-empathy-1-q1"


def test_a_question_of_another_guide_is_refused(interview: Interview, ivy: Person) -> None:
    with pytest.raises(Refused, match="does not belong to the interview"):
        save_scorecard(interview, ivy, Answers(ratings={"listening-9-q9": (3, "Heard.")}))


@pytest.mark.parametrize(
    "answers",
    [
        Answers(observations={"obs-clarifies": ("perhaps", "")}),
        Answers(observations={"obs-unheard-of": ("seen", "")}),
        Answers(recommendation="maybe"),
    ],
)
def test_an_unknown_mark_or_recommendation_is_refused(
    interview: Interview, ivy: Person, answers: Answers
) -> None:
    with pytest.raises(Refused):
        save_scorecard(interview, ivy, answers)


def test_too_long_evidence_is_refused_with_its_length(interview: Interview, ivy: Person) -> None:
    with pytest.raises(Refused, match="20001 characters") as refused:
        save_scorecard(interview, ivy, rated(3, "x" * (LONGEST_EVIDENCE + 1)))

    assert refused.value.field == "evidence-empathy-1-q1"


def test_words_beside_an_unmarked_observation_say_that_it_was_seen(interview: Interview, ivy: Person) -> None:
    card = save_scorecard(interview, ivy, Answers(observations={"obs-clarifies": (None, "Asked twice")}))

    assert card.observations[0].state is ObservationState.SEEN


def test_a_mark_can_be_taken_back(interview: Interview, ivy: Person) -> None:
    save_scorecard(interview, ivy, Answers(observations={"obs-clarifies": ("seen", "")}))

    card = save_scorecard(interview, ivy, Answers(observations={"obs-clarifies": (None, "")}))

    assert card.observations == []


def test_a_save_from_an_older_window_is_refused(interview: Interview, ivy: Person) -> None:
    opened = save_scorecard(interview, ivy, rated(4)).revision
    save_scorecard(interview, ivy, rated(5), opened)

    with pytest.raises(Stale):
        save_scorecard(interview, ivy, rated(3), opened)


def test_the_first_save_of_a_second_window_is_refused_too(interview: Interview, ivy: Person) -> None:
    save_scorecard(interview, ivy, rated(4), 0)

    with pytest.raises(Stale):
        save_scorecard(interview, ivy, rated(3), 0)


def test_only_the_panel_writes(interview: Interview, olga: Person) -> None:
    with pytest.raises(Refused, match="not on the panel"):
        save_scorecard(interview, olga, rated(4))


def test_a_cancelled_interview_takes_no_ratings(interview: Interview, ivy: Person) -> None:
    interview.status = InterviewStatus.CANCELLED

    with pytest.raises(Refused, match="was cancelled"):
        save_scorecard(interview, ivy, rated(4))


def test_submitting_locks_and_is_recorded(interview: Interview, ivy: Person) -> None:
    save_scorecard(interview, ivy, COMPLETE)

    card = submit_scorecard(interview, ivy)

    assert card.is_submitted
    assert card.submitted_at is not None
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "submit_scorecard")).all()
    assert [(event.actor_name, event.thing_id) for event in events] == [("Ivy", card.id)]


def test_a_second_submission_is_refused_with_its_reason(interview: Interview, ivy: Person) -> None:
    submit_scorecard(interview, ivy, COMPLETE)

    with pytest.raises(AlreadySubmitted, match=r"You have already submitted your scorecard\."):
        submit_scorecard(interview, ivy)


def test_a_save_after_submission_is_refused_and_changes_nothing(interview: Interview, ivy: Person) -> None:
    card = submit_scorecard(interview, ivy, COMPLETE)

    with pytest.raises(AlreadySubmitted):
        save_scorecard(interview, ivy, rated(1, "Second thoughts"))

    assert {r.question_id: r.level for r in card.ratings}["empathy-1-q1"] == 4


@pytest.mark.parametrize("evidence", ["", "   ", "—", " .\n. "])
def test_a_rating_without_evidence_is_named(interview: Interview, ivy: Person, evidence: str) -> None:
    answers = with_ratings(empathy_1_q1=(4, evidence))

    with pytest.raises(Unfinished) as refused:
        submit_scorecard(interview, ivy, answers)

    assert [gap.target for gap in refused.value.gaps] == ["evidence-empathy-1-q1"]
    assert "Question 1, Empathy: write the evidence for your rating." in refused.value.sentence


def test_not_enough_evidence_needs_none(interview: Interview, ivy: Person) -> None:
    answers = with_ratings(empathy_1_q1=("N", ""))

    assert submit_scorecard(interview, ivy, answers).is_submitted


def test_a_question_without_a_level_is_named(interview: Interview, ivy: Person) -> None:
    answers = with_ratings(patience_1_q1=(None, "Let the caller finish."))

    with pytest.raises(Unfinished) as refused:
        submit_scorecard(interview, ivy, answers)

    assert [gap.target for gap in refused.value.gaps] == ["level-patience-1-q1"]


@pytest.mark.parametrize(
    ("changed", "target"),
    [
        ({"recommendation": None}, "recommendation"),
        ({"recommendation_reason": " "}, "recommendation_reason"),
        ({"recommendation": Recommendation.UNDECIDED}, "open_point"),
        ({"recommendation": Recommendation.STRONG_NO_HIRE}, "contradiction_reason"),
    ],
)
def test_a_recommendation_is_complete(
    interview: Interview, ivy: Person, changed: dict[str, Any], target: str
) -> None:
    with pytest.raises(Unfinished) as refused:
        submit_scorecard(interview, ivy, replace(COMPLETE, **changed))

    assert [gap.target for gap in refused.value.gaps] == [target]


def test_a_hire_with_low_ratings_asks_why(interview: Interview, ivy: Person) -> None:
    low = with_ratings(empathy_1_q1=(2, "Little."), patience_1_q1=(2, "Little."))

    with pytest.raises(Unfinished) as refused:
        submit_scorecard(interview, ivy, low)

    assert [gap.target for gap in refused.value.gaps] == ["contradiction_reason"]
    assert submit_scorecard(
        interview, ivy, replace(low, contradiction_reason="Learns fast on the job.")
    ).is_submitted


def test_a_submission_from_an_older_window_is_refused(interview: Interview, ivy: Person) -> None:
    opened = save_scorecard(interview, ivy, COMPLETE).revision
    save_scorecard(interview, ivy, rated(5))

    with pytest.raises(Stale):
        submit_scorecard(interview, ivy, revision=opened)

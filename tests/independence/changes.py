"""What others have written about a candidate, and everything of it written differently."""

from __future__ import annotations

from hiring.extensions import db
from hiring.models import (
    Debrief,
    ObservationMark,
    ObservationState,
    Person,
    QuestionOutcome,
    Recommendation,
    Scorecard,
)
from tests.journeys.world import World, world


def full_world(hugo: Person, ivy: Person, owing: Person) -> World:
    """The world with a debrief that goes on, and observations and notes of Ivy's."""
    there = world(hugo, ivy, owing)
    card = there.by_ivy
    card.observations.append(
        ObservationMark(observation_id="obs-clarifies", state=ObservationState.SEEN, evidence="Twice.")
    )
    for debrief in db.session.scalars(db.select(Debrief)):
        debrief.present, debrief.minutes = "Ivy", ""
    db.session.commit()
    return there


def rate_otherwise(card_id: int) -> None:
    """Everything that somebody else has written and that can be written differently.

    Who has submitted, and when, is known to the panel and stays as it is.
    """
    card = db.session.get_one(Scorecard, card_id)
    card.recommendation = Recommendation.STRONG_NO_HIRE
    card.recommendation_reason, card.contradiction_reason = "Rather not.", "The figures flatter."
    for rating in card.ratings:
        rating.level, rating.evidence = 1, "Something else altogether."
        rating.notes, rating.probes, rating.seconds = "14:03:21 S Waited.", [1], 611
        rating.outcome = QuestionOutcome.ASKED
    last = card.ratings[-1]
    last.level, last.not_enough_evidence = None, True
    for mark in card.observations:
        mark.state, mark.evidence = ObservationState.NOT_SEEN, "Never."
    # Not through the model, which counts saves: that a debrief was written in may be known.
    db.session.execute(db.update(Debrief).values(minutes="Carl is out."))
    db.session.commit()

"""From scorecards to figures: what each interviewer made of each skill, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.composite import composite, mean_level
from hiring.assessment.cut import is_below_floor
from hiring.assessment.disagreement import is_wide, spread
from hiring.assessment.estimates import Estimate, Figure
from hiring.comparisons.queries import Card, Given, versions_of
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.models import Job, Scorecard


@dataclass(frozen=True)
class RaterValue:
    """What one interviewer made of one skill: a mean level, or None for not enough evidence."""

    interviewer_id: int
    interviewer: str
    value: float | None


@dataclass(frozen=True)
class Cell:
    """One skill of one candidate. ``mean.n`` and ``spread.n`` count interviewers."""

    skill_id: str
    skill_name: str
    mean: Figure
    spread: Figure
    values: tuple[RaterValue, ...]
    floor: int | None

    @property
    def is_below_floor(self) -> bool:
        """Whether a must-have skill was rated lower than it must be."""
        return is_below_floor(self.mean, self.floor)

    @property
    def width(self) -> float:
        """The spread in levels; 0 where there is none to measure."""
        return self.spread.value if isinstance(self.spread, Estimate) else 0.0

    @property
    def is_disputed(self) -> bool:
        """Whether the interviewers are far apart."""
        return is_wide(self.spread)


@dataclass(frozen=True)
class ComparedSkill:
    """A column: the skill, its weight, its share of all weights from 0 to 1, and its floor if it is a must-have."""

    id: str
    name: str
    weight: int
    share: float
    weight_reason: str
    floor: int | None


def by_application(cards: Iterable[Card]) -> dict[int, list[Card]]:
    """The scorecards grouped by the number of their application."""
    grouped: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        grouped[card.application_id].append(card)
    return dict(grouped)


def card_of(scorecard: Scorecard) -> Card:
    """A scorecard with everything written in it, as figures need it."""
    given: dict[str, Given] = {}
    for rating in scorecard.ratings:
        before = given.get(rating.skill_id, Given(0, 0, 0))
        given[rating.skill_id] = Given(
            before.total + (rating.level or 0),
            before.levels + (rating.level is not None),
            before.not_enough + rating.not_enough_evidence,
        )
    interview = scorecard.interview
    return Card(
        scorecard.id,
        interview.application_id,
        scorecard.interviewer_id,
        scorecard.interviewer.name,
        interview.guide_version_id,
        scorecard.recommendation,
        given,
    )


def guides_used(job: Job, cards: Mapping[int, Sequence[Card]]) -> tuple[tuple[int, ...], FrozenGuide | None]:
    """The numbers of the versions that were used, and the newest of them (else the newest published)."""
    used_ids = {card.version_id for given in cards.values() for card in given}
    versions = versions_of(job)
    used = [version for version in versions if version.id in used_ids]
    newest = (used or versions)[:1]
    return tuple(sorted(version.number for version in used)), frozen_guide(newest[0]) if newest else None


def compared_skills(job: Job, guide: FrozenGuide | None) -> tuple[ComparedSkill, ...]:
    """The columns of a comparison: the guide's frozen weights, and the job's floors."""
    if guide is None:
        return ()
    total = sum(skill.weight for skill in guide.skills) or 1
    floors = {skill.skill_id: skill.floor for skill in job.skills}
    return tuple(
        ComparedSkill(
            skill.id,
            skill.name,
            skill.weight,
            skill.weight / total,
            skill.weight_reason,
            floors.get(skill.id),
        )
        for skill in guide.skills
    )


def _rater_values(cards: Sequence[Card], skill_id: str) -> tuple[RaterValue, ...]:
    """What each interviewer who was to rate the skill made of it, over all their interviews."""
    given: dict[int, list[Given]] = defaultdict(list)
    names = {card.interviewer_id: card.interviewer for card in cards}
    for card in cards:
        if skill_id in card.given and card.given[skill_id].is_given:
            given[card.interviewer_id].append(card.given[skill_id])
    return tuple(RaterValue(key, names[key], _mean(found)) for key, found in given.items())


def _mean(given: Sequence[Given]) -> float | None:
    """The mean level of all answers to a skill; None if nothing but N was given."""
    if len(given) == 1:  # Nearly always; thousands of candidates feel it.
        (only,) = given
        return only.total / only.levels if only.levels else None
    levels = sum(each.levels for each in given)
    return sum(each.total for each in given) / levels if levels else None


def value_of(figure: Figure) -> float | None:
    """The bare value of a figure, or None."""
    return figure.value if isinstance(figure, Estimate) else None


def cell_of(skill: ComparedSkill, cards: Sequence[Card]) -> Cell:
    """What a candidate's scorecards say about one skill."""
    values = _rater_values(cards, skill.id)
    numbers = [each.value for each in values]
    return Cell(skill.id, skill.name, mean_level(numbers), spread(numbers), values, skill.floor)


def composites(cards: Sequence[Card], weights: Mapping[str, float]) -> dict[int, float]:
    """One composite for each interviewer who has one, over the skills that interviewer was to rate."""
    by_rater: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        by_rater[card.interviewer_id].append(card)
    figures = {key: _own_composite(own, weights) for key, own in by_rater.items()}
    return {key: figure.value for key, figure in figures.items() if isinstance(figure, Estimate)}


def _own_composite(own: Sequence[Card], weights: Mapping[str, float]) -> Figure:
    asked = {skill: weights[skill] for card in own for skill in card.given if skill in weights}
    values = {skill: _mean([card.given[skill] for card in own if skill in card.given]) for skill in asked}
    return composite(values, asked)

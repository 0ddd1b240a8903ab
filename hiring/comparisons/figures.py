"""From scorecards to figures: what each interviewer made of each skill, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.composite import composite, mean_level
from hiring.assessment.disagreement import is_wide, spread
from hiring.assessment.estimates import Estimate, Figure
from hiring.comparisons.queries import versions_of
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.models import Job, Scorecard


@dataclass(frozen=True)
class RaterValue:
    """What one interviewer made of one skill: a mean level, or None for not enough evidence."""

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
    """A column: the skill, its weight and its share of all weights from 0 to 1."""

    id: str
    name: str
    weight: int
    share: float
    weight_reason: str


def by_application(cards: Iterable[Scorecard]) -> dict[int, list[Scorecard]]:
    """The scorecards grouped by the number of their application."""
    grouped: dict[int, list[Scorecard]] = defaultdict(list)
    for card in cards:
        grouped[card.interview.application_id].append(card)
    return dict(grouped)


def guides_used(
    job: Job, cards: Mapping[int, Sequence[Scorecard]]
) -> tuple[tuple[int, ...], FrozenGuide | None]:
    """The numbers of the versions that were used, and the newest of them (else the newest published)."""
    used_ids = {card.interview.guide_version_id for given in cards.values() for card in given}
    versions = versions_of(job)
    used = [version for version in versions if version.id in used_ids]
    newest = (used or versions)[:1]
    return tuple(sorted(version.number for version in used)), frozen_guide(newest[0]) if newest else None


def compared_skills(guide: FrozenGuide | None) -> tuple[ComparedSkill, ...]:
    """The columns of a comparison, from the guide's frozen weights."""
    if guide is None:
        return ()
    total = sum(skill.weight for skill in guide.skills) or 1
    return tuple(
        ComparedSkill(skill.id, skill.name, skill.weight, skill.weight / total, skill.weight_reason)
        for skill in guide.skills
    )


def _rater_values(cards: Sequence[Scorecard], skill_id: str) -> tuple[RaterValue, ...]:
    """What each interviewer who was to rate the skill made of it, over all their interviews."""
    levels: dict[int, list[int | None]] = defaultdict(list)
    names = {card.interviewer_id: card.interviewer.name for card in cards}
    for card in cards:
        for rating in card.ratings:
            if rating.skill_id == skill_id and rating.is_given:
                levels[card.interviewer_id].append(rating.level)
    return tuple(RaterValue(names[key], value_of(mean_level(given))) for key, given in levels.items())


def value_of(figure: Figure) -> float | None:
    """The bare value of a figure, or None."""
    return figure.value if isinstance(figure, Estimate) else None


def cell_of(skill: ComparedSkill, cards: Sequence[Scorecard]) -> Cell:
    """What a candidate's scorecards say about one skill."""
    values = _rater_values(cards, skill.id)
    numbers = [each.value for each in values]
    return Cell(skill.id, skill.name, mean_level(numbers), spread(numbers), values)


def composites(cards: Sequence[Scorecard], weights: Mapping[str, int]) -> list[float]:
    """One composite for each interviewer, over the skills that interviewer was to rate."""
    by_rater: dict[int, list[Scorecard]] = defaultdict(list)
    for card in cards:
        by_rater[card.interviewer_id].append(card)
    figures = [_own_composite(own, weights) for own in by_rater.values()]
    return [figure.value for figure in figures if isinstance(figure, Estimate)]


def _own_composite(own: Sequence[Scorecard], weights: Mapping[str, int]) -> Figure:
    asked = {rating.skill_id for card in own for rating in card.ratings if rating.skill_id in weights}
    values = {
        skill: value_of(mean_level(r.level for card in own for r in card.ratings if r.skill_id == skill))
        for skill in asked
    }
    return composite(values, {skill: weights[skill] for skill in asked})

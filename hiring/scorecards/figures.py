"""What follows from one's own ratings: a value for each skill, the composite, and whether it contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hiring.assessment.composite import composite, mean_level
from hiring.assessment.estimates import Estimate, Figure
from hiring.guides.frozen import FrozenSkill
from hiring.models import Recommendation

# Our rule: the middle of the scale lets both recommendations stand without a further word.
LOWEST_FOR_HIRE = 2.5
HIGHEST_FOR_NO_HIRE = 3.5

HIRE_SIDE = (Recommendation.STRONG_HIRE, Recommendation.HIRE)
NO_HIRE_SIDE = (Recommendation.NO_HIRE, Recommendation.STRONG_NO_HIRE)


@dataclass(frozen=True)
class SkillValue:
    """What the interviewer made of one skill; ``mean.n`` counts levels, and N is left out."""

    skill: FrozenSkill
    mean: Figure
    has_not_enough: bool


def skill_values(
    skills: Iterable[FrozenSkill], levels: Iterable[tuple[str, str | None]]
) -> tuple[SkillValue, ...]:
    """The value of each skill; ``levels`` are pairs of skill and "1" to "5", "N" or None."""
    given: Mapping[str, list[str]] = defaultdict(list)
    for skill_id, level in levels:
        if level is not None:
            given[skill_id].append(level)
    return tuple(_skill_value(skill, given[skill.id]) for skill in skills)


def own_composite(values: Iterable[SkillValue]) -> Figure:
    """The weighted mean of the interviewer's skills by the guide's weights."""
    known = list(values)
    return composite(
        {each.skill.id: each.mean.value if isinstance(each.mean, Estimate) else None for each in known},
        {each.skill.id: each.skill.weight for each in known},
    )


def contradicts(recommendation: Recommendation | None, figure: Figure) -> bool:
    """Whether the recommendation says the opposite of the composite."""
    if not isinstance(figure, Estimate):
        return False
    too_low = recommendation in HIRE_SIDE and figure.value < LOWEST_FOR_HIRE
    too_high = recommendation in NO_HIRE_SIDE and figure.value >= HIGHEST_FOR_NO_HIRE
    return too_low or too_high


def _skill_value(skill: FrozenSkill, levels: list[str]) -> SkillValue:
    numbers = [int(level) for level in levels if level != "N"]
    return SkillValue(skill, mean_level(numbers), bool(levels) and not numbers)

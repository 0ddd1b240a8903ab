"""What closed minutes say about a candidate: everybody's own ratings as they were when the panel talked."""

from __future__ import annotations

from typing import Any

from hiring.assessment.estimates import Estimate
from hiring.comparisons.figures import Cell
from hiring.guides.frozen import Frozen


class MinutedValue(Frozen):
    """What one interviewer made of a skill; no value is N."""

    interviewer: str
    value: float | None


class MinutedSkill(Frozen):
    """A skill with everybody's own rating; no mean if nobody gave a level."""

    skill_id: str
    skill_name: str
    values: tuple[MinutedValue, ...]
    mean: float | None
    width: float


class Minuted(Frozen):
    """One candidate: the place in the order of discussion, and the skills, the widest disagreement first."""

    place: int
    skills: tuple[MinutedSkill, ...]

    def as_json(self) -> dict[str, Any]:
        """The content as it is stored."""
        return self.model_dump(mode="json")


def minuted_skill(cell: Cell) -> MinutedSkill:
    """The ratings of a skill as they are now."""
    return MinutedSkill(
        skill_id=cell.skill_id,
        skill_name=cell.skill_name,
        values=tuple(MinutedValue(interviewer=each.interviewer, value=each.value) for each in cell.values),
        mean=cell.mean.value if isinstance(cell.mean, Estimate) else None,
        width=cell.width,
    )

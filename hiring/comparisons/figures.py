"""What a comparison says about each skill of each candidate, with who gave what."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hiring.assessment.composite import mean_level
from hiring.assessment.cut import is_below_floor
from hiring.assessment.disagreement import is_wide, spread
from hiring.assessment.estimates import Estimate, Figure
from hiring.comparisons.columns import Columns
from hiring.comparisons.queries import Card, versions_of
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.models import Job


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


def value_of(figure: Figure) -> float | None:
    """The bare value of a figure, or None."""
    return figure.value if isinstance(figure, Estimate) else None


class Cells(Mapping[int, tuple[Cell, ...]]):
    """The cells of each rated application, made when somebody looks at them."""

    def __init__(self, skills: Sequence[ComparedSkill], columns: Columns, names: Mapping[int, str]) -> None:
        self._skills = skills
        self._columns = columns
        self._names = names
        self._made: dict[int, tuple[Cell, ...]] = {}

    @cached_property
    def empty(self) -> tuple[Cell, ...]:
        """The cells of somebody whom nobody has rated."""
        return tuple(_cell(skill, ()) for skill in self._skills)

    def __getitem__(self, application_id: int) -> tuple[Cell, ...]:
        if application_id not in self._made:
            self._made[application_id] = self._cells(self._columns.place[application_id])
        return self._made[application_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns.applications)

    def __len__(self) -> int:
        return len(self._columns.applications)

    def _cells(self, position: int) -> tuple[Cell, ...]:
        columns = self._columns
        begin = int(columns.starts[position])
        own = slice(begin, begin + columns.raters[position])
        raters = [(key, self._names[key]) for key in columns.interviewer[own].tolist()]
        values, given = columns.values[own].T.tolist(), columns.given[own].T.tolist()
        return tuple(
            _cell(skill, _rater_values(raters, values[at], given[at]))
            for at, skill in enumerate(self._skills)
        )


def _rater_values(
    raters: Sequence[tuple[int, str]], values: Sequence[float], given: Sequence[bool]
) -> tuple[RaterValue, ...]:
    """What each interviewer who rated the skill made of it, over all their interviews."""
    found = zip(raters, values, given, strict=True)
    return tuple(
        RaterValue(key, name, None if math.isnan(value) else value)
        for (key, name), value, was_given in found
        if was_given
    )


def _cell(skill: ComparedSkill, values: tuple[RaterValue, ...]) -> Cell:
    numbers = [each.value for each in values]
    return Cell(skill.id, skill.name, mean_level(numbers), spread(numbers), values, skill.floor)

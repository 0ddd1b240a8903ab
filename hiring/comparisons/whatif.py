"""What other weights would change: the same ratings combined anew. Nothing of it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.estimates import Estimate, Figure
from hiring.assessment.places import places
from hiring.comparisons.document import Basis, ComparedCandidate, compared


@dataclass(frozen=True)
class Change:
    """One candidate by the published weights and by the tried ones; places count from 1, ties share one.

    Where candidates fall into groups that share no interviewer, places are those within the ``group``.
    """

    application_id: int
    name: str
    group: int | None
    before: Figure
    after: Figure
    band_before: int | None
    band_after: int | None
    place_before: int | None
    place_after: int | None

    @property
    def moved(self) -> int:
        """By how many places the candidate goes up; negative when it goes down."""
        if self.place_before is None or self.place_after is None:
            return 0
        return self.place_before - self.place_after


@dataclass(frozen=True)
class WhatIf:
    """Every candidate under the tried weights, the highest composite first."""

    changes: tuple[Change, ...]

    @property
    def moved(self) -> int:
        """How many candidates change their place."""
        return sum(change.moved != 0 for change in self.changes)

    @property
    def changed_band(self) -> int:
        """How many candidates change their band."""
        return sum(change.band_before != change.band_after for change in self.changes)


def what_if(basis: Basis, weights: Mapping[str, float]) -> WhatIf:
    """The comparison under other weights beside the published one; a weight of 0 leaves the skill out."""
    before = compared(basis).rows
    after = compared(basis, weights={skill: weight for skill, weight in weights.items() if weight}).rows
    earlier = {row.application_id: row for row in before}
    places_before, places_after = _places(before), _places(after)
    return WhatIf(
        tuple(
            Change(
                row.application_id,
                row.name,
                row.group,
                earlier[row.application_id].composite,
                row.composite,
                earlier[row.application_id].band,
                row.band,
                places_before.get(row.application_id),
                places_after.get(row.application_id),
            )
            for row in after
        )
    )


def _places(rows: Sequence[ComparedCandidate]) -> dict[int, int]:
    """Each candidate's place by composite, within the group."""
    found: dict[int, int] = {}
    for group in {row.group for row in rows}:
        values = {
            row.application_id: row.composite.value
            for row in rows
            if row.group == group and isinstance(row.composite, Estimate)
        }
        found |= dict(zip(values, places([*values.values()]), strict=True))
    return found

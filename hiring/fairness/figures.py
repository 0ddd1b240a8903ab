"""From applications to the cells that may be shown, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median

from hiring.assessment.estimates import Estimate
from hiring.assessment.suppression import NOBODY, Count, Key, publishable, with_margins
from hiring.comparisons.document import comparison_of
from hiring.fairness.queries import Published, Way, ways_of
from hiring.models import Job, Stage

Cells = dict[Stage, dict[Key, Count]]


def cells_of(job: Job, before: Published) -> Cells:
    """The cells of today as far as they may be shown after what was published before."""
    ways = ways_of(job)
    offered = {way.application_id for way in ways if way.was_offered}
    interviewed = {way.application_id for way in ways if way.was_interviewed} | offered
    composites = _composites(job, {way.application_id for way in ways})
    middle = median(composites.values()) if composites else 0.0
    above = {key for key, value in composites.items() if value > middle}
    everybody = {way.application_id for way in ways}
    earlier = by_stage(before)
    shown = {
        stage: publishable(with_margins(_counts(ways, reached, selected)), earlier.get(stage))
        for stage, reached, selected in (
            (Stage.INTERVIEWED, everybody, interviewed),
            (Stage.OFFERED, interviewed, offered),
            (Stage.BOTTOM_LINE, everybody, offered),
            (Stage.ABOVE_MEDIAN, set(composites), above),
        )
    }
    return _without_what_two_stages_tell(shown)


def by_stage(published: Published) -> Cells:
    """The stored cells, by stage."""
    cells: Cells = {}
    for row in published.rows:
        cells.setdefault(row.stage, {})[row.sex, row.ethnicity] = Count(row.reached, row.selected)
    return cells


def _counts(ways: Iterable[Way], reached: set[int], selected: set[int]) -> Mapping[Key, Count]:
    counts: dict[Key, Count] = {}
    for way in ways:
        if way.application_id in reached:
            key = (way.sex, way.ethnicity)
            counts[key] = counts.get(key, NOBODY) + Count(1, way.application_id in selected)
    return counts


def _without_what_two_stages_tell(shown: Cells) -> Cells:
    """Takes cells of the whole way out where they would tell, with the first step, about a hidden second one."""
    first, second = shown[Stage.INTERVIEWED], shown[Stage.OFFERED]
    whole = {
        key: count for key, count in shown[Stage.BOTTOM_LINE].items() if (key in first) == (key in second)
    }
    return shown | {Stage.BOTTOM_LINE: whole}


def _composites(job: Job, application_ids: set[int]) -> dict[int, float]:
    rows = comparison_of(job, application_ids).rows
    return {row.application_id: row.composite.value for row in rows if isinstance(row.composite, Estimate)}

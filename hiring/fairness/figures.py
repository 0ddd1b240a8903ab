"""From applications to the cells that may be shown, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from hiring.assessment.composite import composite
from hiring.assessment.disclosure import View, without_disclosure
from hiring.assessment.estimates import Estimate
from hiring.assessment.suppression import LEAST, NOBODY, Count, Key, may_replace, publishable, with_margins
from hiring.comparisons.document import comparison_of
from hiring.fairness.queries import Published, Way, levels_given, versions_of, ways_of
from hiring.guides.frozen import frozen_guide
from hiring.models import Job, RoundKind, Stage

Cells = dict[Stage, dict[Key, Count]]


KIND_STAGES = {
    RoundKind.SCREEN: Stage.ABOVE_IN_SCREEN,
    RoundKind.STRUCTURED: Stage.ABOVE_IN_STRUCTURED,
    RoundKind.PANEL: Stage.ABOVE_IN_PANEL,
    RoundKind.FINAL: Stage.ABOVE_IN_FINAL,
}


# Not interviewed, interviewed without an offer, offered: which of them reached a stage, and which went on.
STATES = {
    Stage.INTERVIEWED: ((1, 1, 1), (0, 1, 1)),
    Stage.OFFERED: ((0, 1, 1), (0, 0, 1)),
    Stage.BOTTOM_LINE: ((1, 1, 1), (0, 0, 1)),
}


@dataclass(frozen=True)
class Step:
    """Who reached a stage, and who of them went on, by application."""

    stage: Stage
    reached: set[int]
    selected: set[int]

    def tells_with(self, other: Step) -> bool:
        """Whether both stages together tell about a few: people who stand on one side here and not there."""
        sides = zip(self.sides, other.sides, strict=True)
        return any(0 < len(one ^ another) < LEAST for one, another in sides)

    @property
    def sides(self) -> tuple[set[int], set[int], set[int]]:
        """Who reached it, who went on, and who did not."""
        return self.reached, self.selected, self.reached - self.selected


def cells_of(job: Job, before: Published) -> Cells:
    """The cells of today as far as they may be shown; all of ``before`` if the difference would tell about a few."""
    ways = ways_of(job)
    everybody = {way.application_id for way in ways}
    offered = {way.application_id for way in ways if way.was_offered}
    interviewed = {way.application_id for way in ways if way.was_interviewed} | offered
    steps = [
        Step(Stage.INTERVIEWED, everybody, interviewed),
        Step(Stage.OFFERED, interviewed, offered),
        Step(Stage.BOTTOM_LINE, everybody, offered),
    ]
    for step in _scored(job, everybody):
        # Who may see both tables and knows who was rated could otherwise subtract one from the other.
        if not any(step.tells_with(each) for each in steps):
            steps.append(step)
    earlier = by_stage(before)
    tables = {step.stage: with_margins(_counts(ways, step.reached, step.selected)) for step in steps}
    shown = {stage: publishable(table, earlier.get(stage)) for stage, table in tables.items()}
    later = _audited(tables, shown)
    is_silent = all(may_replace(later[stage], earlier[stage]) for stage in later.keys() & earlier.keys())
    return later if is_silent else earlier


def scores_by_kind(job: Job) -> dict[RoundKind, dict[int, float]]:
    """The composite of each candidate over the conversations of one kind, by the weights of the skills heard there."""
    guides = {version.id: frozen_guide(version) for version in versions_of(job)}
    heard: dict[tuple[RoundKind, int, str], list[float]] = defaultdict(list)
    weights: dict[RoundKind, dict[str, float]] = defaultdict(dict)
    for given in levels_given(job):
        guide = guides[given.version_id]
        kind = guide.round_at(given.round_position).kind
        heard[kind, given.application_id, given.skill_id].append(given.level)
        weights[kind][given.skill_id] = guide.skills_by_id[given.skill_id].weight
    return {kind: dict(_scores(kind, heard, own)) for kind, own in weights.items()}


def by_stage(published: Published) -> Cells:
    """The stored cells, by stage."""
    cells: Cells = {}
    for row in published.rows:
        cells.setdefault(row.stage, {})[row.sex, row.ethnicity] = Count(row.reached, row.selected)
    return cells


def _scored(job: Job, everybody: set[int]) -> Iterator[Step]:
    """Who was rated above the median: over all conversations and, where there are several kinds, in each kind."""
    yield _above(Stage.ABOVE_MEDIAN, _composites(job, everybody))
    by_kind = scores_by_kind(job)
    if len(by_kind) > 1:
        for kind in (kind for kind in KIND_STAGES if kind in by_kind):
            yield _above(KIND_STAGES[kind], by_kind[kind])


def _above(stage: Stage, scores: Mapping[int, float]) -> Step:
    middle = median(scores.values()) if scores else 0.0
    return Step(stage, set(scores), {key for key, value in scores.items() if value > middle})


def _scores(
    kind: RoundKind, heard: Mapping[tuple[RoundKind, int, str], Sequence[float]], weights: Mapping[str, float]
) -> Iterator[tuple[int, float]]:
    for key in sorted({application for one, application, _skill in heard if one is kind}):
        values = {skill: fmean(own) if (own := heard.get((kind, key, skill))) else None for skill in weights}
        figure = composite(values, weights)
        if isinstance(figure, Estimate):
            yield key, figure.value


def _counts(ways: Iterable[Way], reached: set[int], selected: set[int]) -> Mapping[Key, Count]:
    counts: dict[Key, Count] = {}
    for way in ways:
        if way.application_id in reached:
            key = (way.sex, way.ethnicity)
            counts[key] = counts.get(key, NOBODY) + Count(1, way.application_id in selected)
    return counts


def _audited(tables: Cells, shown: Cells) -> Cells:
    """The shown cells, less those that tell about a few; the stages of the whole way tell together."""
    way = without_disclosure(
        [
            View(reached, selected, tables[stage], shown[stage])
            for stage, (reached, selected) in STATES.items()
        ]
    )
    alone = {
        stage: without_disclosure([View((1, 1), (0, 1), table, shown[stage])])[0]
        for stage, table in tables.items()
        if stage not in STATES
    }
    return dict(zip(STATES, way, strict=True)) | alone


def _composites(job: Job, application_ids: set[int]) -> dict[int, float]:
    rows = comparison_of(job, application_ids).rows
    return {row.application_id: row.composite.value for row in rows if isinstance(row.composite, Estimate)}

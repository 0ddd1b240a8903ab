"""The comparison of selection rates, of one job and of all jobs that were published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hiring.assessment.selection import Group, SelectionComparison, compare
from hiring.assessment.suppression import ALL, LEAST, NOBODY, Count, Key
from hiring.fairness.figures import KIND_STAGES, Cells, by_stage
from hiring.fairness.queries import Published, asking_jobs, published_cells, published_of_all
from hiring.i18n import _, listed
from hiring.labels import label
from hiring.models import Ethnicity, Job, Sex, Stage, VoluntaryQuestions

NOT_SAID = "not_said"
OF_ONE_KIND = set(KIND_STAGES.values())  # Most jobs have conversations of one kind only.


@dataclass(frozen=True)
class RateTable:
    """One kind of groups at one stage. ``held_back`` counts the groups that are too small to be shown."""

    title: str
    comparison: SelectionComparison | None
    not_said: Count | None
    held_back: int


@dataclass(frozen=True)
class StageReport:
    """One stage by sex, by ethnicity and by both."""

    stage: Stage
    tables: tuple[RateTable, ...]


@dataclass(frozen=True)
class RatesReport:
    """The stages of one job or of all. ``published_at`` is None where nothing was published yet."""

    stages: tuple[StageReport, ...]
    published_at: datetime | None
    least: int = LEAST

    @property
    def data_hash(self) -> str:
        """A short fingerprint of every figure shown, to tell two printed reports apart."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class JobLine:
    """A job in the overview."""

    id: int
    title: str
    asks: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """The jobs whose rates the reader may see, and the sums of what was published of them."""

    jobs: tuple[JobLine, ...]
    together: RatesReport


def report_of(job: Job) -> RatesReport:
    """What was published of the job last."""
    return _report([published_cells(job)])


def overview(hidden: set[int] | None) -> Overview:
    """All jobs but the ``hidden`` ones; None hides all of them.

    Their sum is made of published cells alone, so it tells nothing new.
    """
    jobs = [(job, asked) for job, asked in asking_jobs() if hidden is not None and job.id not in hidden]
    lines = tuple(JobLine(job.id, job.title, _asks(asked)) for job, asked in jobs)
    rows = published_of_all([job.id for job, _asked in jobs])
    return Overview(
        lines, _report([Published([row for row in rows if row.job_id == job.id]) for job, _a in jobs])
    )


def _asks(asked: VoluntaryQuestions | None) -> tuple[str, ...]:
    if asked is None:
        return ()
    questions = ((asked.asks_sex, _("sex")), (asked.asks_ethnicity, _("race or ethnicity")))
    return tuple(words for is_asked, words in questions if is_asked)


def _report(published: Sequence[Published]) -> RatesReport:
    moments = [row.published_at for each in published for row in each.rows]
    cells = _sum(by_stage(each) for each in published)
    stages = tuple(
        StageReport(stage, _tables(cells.get(stage, {})))
        for stage in Stage
        if stage in cells or stage not in OF_ONE_KIND
    )
    return RatesReport(stages, max(moments, default=None))


def _sum(reports: Iterable[Cells]) -> Cells:
    """Only what each job has published is added up."""
    total: Cells = {}
    for cells in reports:
        for stage, table in cells.items():
            kept = total.setdefault(stage, {})
            for key, count in table.items():
                kept[key] = kept.get(key, NOBODY) + count
    return total


def _tables(cells: Mapping[Key, Count]) -> tuple[RateTable, ...]:
    sexes = [each.value for each in Sex if each is not Sex.NOT_SAID]
    ethnicities = [each.value for each in Ethnicity if each is not Ethnicity.NOT_SAID]
    return (
        _table(_("By sex"), cells, [(sex, ALL) for sex in sexes], (NOT_SAID, ALL)),
        _table(_("By race or ethnicity"), cells, [(ALL, each) for each in ethnicities], (ALL, NOT_SAID)),
        _table(
            _("By sex and race or ethnicity"),
            cells,
            [(sex, each) for sex in sexes for each in ethnicities],
            None,
        ),
    )


def _table(title: str, cells: Mapping[Key, Count], keys: Sequence[Key], not_said: Key | None) -> RateTable:
    groups = [Group(_name(key), cells[key].reached, cells[key].selected) for key in keys if key in cells]
    return RateTable(
        title=title,
        comparison=compare(groups) if len(groups) > 1 else None,
        not_said=cells.get(not_said) if not_said else None,
        held_back=len(keys) - len(groups),
    )


def _name(key: Key) -> str:
    sex, ethnicity = key
    words = [label(Sex(sex))] if sex != ALL else []
    words += [label(Ethnicity(ethnicity))] if ethnicity != ALL else []
    return listed(words)

"""Published selection rates as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from hiring.export.tables import Column, Table, Value
from hiring.fairness.document import RatesReport
from hiring.i18n import _
from hiring.labels import label


def rates_tables(sheet: RatesReport) -> tuple[Table, ...]:
    """A row for each group that is shown, at each stage."""
    columns = (
        Column("stage", _("Stage"), 24),
        Column("kind", _("Kind of groups"), 24),
        Column("group", _("Group"), 28),
        Column("reached", _("Reached")),
        Column("selected", _("Went on")),
        Column("rate", _("Rate")),
        Column("ratio", _("To the highest")),
        Column("fisher_p", _("p, exact")),
        Column("z", _("Z")),
        Column("below_four_fifths", _("Below four fifths")),
    )
    return (Table("rates", _("Selection rates"), columns, tuple(_rows(sheet))),)


def _rows(sheet: RatesReport) -> Iterator[tuple[Value, ...]]:
    for stage in sheet.stages:
        for table in stage.tables:
            for each in table.comparison.groups if table.comparison else ():
                yield (
                    str(label(stage.stage)),
                    table.title,
                    each.group.name,
                    each.group.applicants,
                    each.group.selected,
                    _rounded(each.rate),
                    _rounded(each.ratio),
                    _rounded(each.fisher_p),
                    _rounded(each.z),
                    _("Yes") if each.below_four_fifths else "",
                )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)

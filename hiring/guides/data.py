"""A guide as tables for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from hiring.export.tables import Column, Table, Value
from hiring.guides.document import GuideSheet
from hiring.i18n import _
from hiring.labels import label


def guide_tables(sheet: GuideSheet) -> tuple[Table, ...]:
    """The questions in their order, the rubrics, and the skills with their weights."""
    return _questions(sheet), _rubrics(sheet), _skills(sheet)


def _questions(sheet: GuideSheet) -> Table:
    columns = (
        Column("round", _("Round"), 20),
        Column("number", _("Number")),
        Column("starts_at", _("From minute")),
        Column("minutes", _("Minutes")),
        Column("skill", _("Skill"), 20),
        Column("kind", _("Kind"), 16),
        Column("id", _("Question in the bank"), 20),
        Column("text", _("Question"), 80),
        Column("follow_ups", _("Follow-ups"), 60),
        Column("listen_for", _("Listen for"), 60),
    )
    return Table("questions", _("Questions"), columns, tuple(_question_rows(sheet)))


def _question_rows(sheet: GuideSheet) -> Iterator[tuple[Value, ...]]:
    for round_ in sheet.rounds:
        for asked in round_.questions:
            yield (
                round_.plan.name,
                asked.number,
                asked.starts_at,
                asked.item.minutes,
                asked.skill.name,
                str(label(asked.kind)),
                asked.item.question_id,
                asked.item.text,
                "\n".join(text for _star, text in asked.follow_ups),
                asked.item.listen_for,
            )


def _rubrics(sheet: GuideSheet) -> Table:
    columns = (
        Column("skill", _("Skill"), 20),
        Column("level", _("Level")),
        Column("label", _("Words of the level"), 24),
        Column("anchor", _("What it looks like"), 80),
    )
    rows = tuple(
        (skill.name, anchor.level, sheet.level_labels.get(str(anchor.level), ""), anchor.text)
        for skill in sheet.guide.skills
        for anchor in skill.anchors
    )
    return Table("rubrics", _("Rubrics"), columns, rows)


def _skills(sheet: GuideSheet) -> Table:
    columns = (
        Column("skill", _("Skill"), 20),
        Column("weight", _("Weight")),
        Column("share", _("Share")),
        Column("questions", _("Questions")),
        Column("meaning", _("Meaning"), 60),
        Column("reason", _("Reason of the weight"), 60),
    )
    rows = tuple(
        (
            row.skill.name,
            row.skill.weight,
            round(row.share / 100, 4),
            row.questions,
            row.skill.meaning,
            row.skill.weight_reason,
        )
        for row in sheet.weights
    )
    return Table("skills", _("Skills and weights"), columns, rows)

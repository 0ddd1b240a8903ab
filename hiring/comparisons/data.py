"""The comparison as tables for other programs: from the very sheet that the page and the PDF show."""

from __future__ import annotations

from collections.abc import Iterator

from hiring.assessment.estimates import Estimate, Figure, Interval
from hiring.comparisons.document import Basis, ComparedCandidate, Comparison, compared
from hiring.comparisons.evidence import SkillEvidence
from hiring.comparisons.figures import Cell
from hiring.export.tables import Column, Table, Value
from hiring.i18n import _, listed
from hiring.labels import label


def comparison_tables(basis: Basis, evidence: tuple[SkillEvidence, ...]) -> tuple[Table, ...]:
    """Candidates with their figures, every answer skill by skill, and the skills with their weights."""
    sheet = compared(basis)
    return (_candidates(sheet), *evidence_tables(evidence), _skills(sheet), _about(sheet))


def evidence_tables(evidence: tuple[SkillEvidence, ...]) -> tuple[Table, ...]:
    """The answers on each of these skills."""
    return tuple(_answers(skill) for skill in evidence)


def _candidates(sheet: Comparison) -> Table:
    columns = (
        Column("candidate", _("Candidate"), 28),
        Column("application", _("Application")),
        Column("group", _("Group")),
        Column("band", _("Band")),
        Column("composite", _("Composite")),
        Column("low", _("Lower 95 %")),
        Column("high", _("Upper 95 %")),
        Column("raters", _("n of the composite")),
        Column("scorecards", _("Scorecards")),
        Column("missing", _("Missing scorecards"), 24),
        Column("recommendations", _("Recommendations"), 24),
        Column("below_floor", _("Below a floor"), 24),
        Column("to_cut", _("Beside the cut"), 16),
    )
    skills = tuple(
        column
        for skill in sheet.skills
        for column in (
            Column(f"{skill.id}.mean", skill.name, 14),
            Column(f"{skill.id}.n", _("n: %(skill)s", skill=skill.name), 8),
        )
    )
    rows = tuple(_candidate(row) for row in (*sheet.rows, *sheet.unrated))
    return Table("candidates", _("Candidates"), columns + skills, rows)


def _candidate(row: ComparedCandidate) -> tuple[Value, ...]:
    interval = _interval(row.composite)
    return (
        row.name,
        row.application_id,
        row.group,
        row.band,
        _number(row.composite),
        round(interval.low, 4) if interval else None,
        round(interval.high, 4) if interval else None,
        row.composite.n if isinstance(row.composite, Estimate) else None,
        row.submitted,
        listed(row.missing),
        listed(f"{count} × {label(kind)}" for kind, count in row.recommendations),
        listed(cell.skill_name for cell in row.below_floor),
        str(label(row.to_cut)) if row.to_cut else "",
        *(value for cell in row.cells for value in _mean(cell)),
    )


def _mean(cell: Cell) -> tuple[Value, Value]:
    return _number(cell.mean), cell.mean.n if isinstance(cell.mean, Estimate) else 0


def _answers(skill: SkillEvidence) -> Table:
    columns = (
        Column("candidate", _("Candidate"), 28),
        Column("application", _("Application")),
        Column("interviewer", _("Interviewer"), 20),
        Column("question", _("Question"), 40),
        Column("level", _("Level")),
        Column("evidence", _("Evidence"), 80),
        Column("changed_after_reading", _("Changed after others’ ratings could be read")),
        Column("counts", _("Counts")),
    )
    return Table(f"answers.{skill.skill.id}", skill.skill.name, columns, tuple(_rows_of(skill)))


def _rows_of(skill: SkillEvidence) -> Iterator[tuple[Value, ...]]:
    for candidate in skill.candidates:
        for answer in candidate.answers:
            yield (
                candidate.name,
                candidate.application_id,
                answer.interviewer,
                answer.question,
                answer.level if answer.level is not None else _("N"),
                answer.evidence,
                _("Yes") if answer.changed_after_reading else "",
                _("Yes") if answer.counts else _("No, the question was dropped"),
            )


def _skills(sheet: Comparison) -> Table:
    columns = (
        Column("skill", _("Skill"), 28),
        Column("weight", _("Weight")),
        Column("share", _("Share")),
        Column("floor", _("Floor")),
        Column("reason", _("Reason of the weight"), 60),
    )
    rows = tuple(
        (skill.name, skill.weight, round(skill.share, 4), skill.floor, skill.weight_reason)
        for skill in sheet.skills
    )
    return Table("skills", _("Skills and weights"), columns, rows)


def _about(sheet: Comparison) -> Table:
    columns = Column("what", _("What"), 32), Column("value", _("Value"), 80)
    rows: tuple[tuple[Value, ...], ...] = (
        (_("Job"), sheet.job_title),
        (_("Guide version"), listed(sheet.versions)),
        (_("Hash of the guide"), sheet.guide_hash),
        (_("Hash of the figures"), sheet.data_hash),
        (_("Cut"), sheet.cut),
        (_("Composite"), _("The mean over skills by their weights; a skill is the mean over interviewers.")),
        (
            _("Empty cells"),
            _("Nobody gave a level, or there are too few for the figure. N is not enough evidence."),
        ),
    )
    return Table("about", _("About these figures"), columns, rows)


def _number(figure: Figure) -> float | None:
    return round(figure.value, 4) if isinstance(figure, Estimate) else None


def _interval(figure: Figure) -> Interval | None:
    return figure.interval if isinstance(figure, Estimate) else None

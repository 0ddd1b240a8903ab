"""A packet as tables for other programs: from the very sheet that the page and the PDF show."""

from __future__ import annotations

from collections.abc import Iterator

from hiring.assessment.estimates import Estimate
from hiring.export.tables import Column, Table, Value
from hiring.i18n import _, listed
from hiring.labels import label
from hiring.packets.document import Packet


def packet_tables(packet: Packet) -> tuple[Table, ...]:
    """Every answer, the figures of each skill, observations, decisions, and what the packet is about."""
    return (_answers(packet), _skills(packet), _observations(packet), _decisions(packet), _about(packet))


def _answers(packet: Packet) -> Table:
    columns = (
        Column("interviewer", _("Interviewer"), 20),
        Column("skill", _("Skill"), 20),
        Column("question", _("Question"), 60),
        Column("level", _("Level")),
        Column("evidence", _("Evidence"), 80),
        Column("submitted_at", _("Submitted"), 20),
        Column("guide_version", _("Guide version")),
    )
    return Table("answers", _("Answers"), columns, tuple(_answer_rows(packet)))


def _answer_rows(packet: Packet) -> Iterator[tuple[Value, ...]]:
    for sheet in packet.scorecards:
        for question in sheet.questions:
            yield (
                sheet.interviewer,
                question.skill.name,
                question.item.text,
                _level(question.level),
                question.evidence,
                sheet.submitted_at.isoformat() if sheet.submitted_at else None,
                sheet.guide_version,
            )


def _level(level: str | None) -> Value:
    return int(level) if level and level.isdigit() else level


def _skills(packet: Packet) -> Table:
    columns = (
        Column("skill", _("Skill"), 20),
        Column("weight", _("Weight")),
        Column("share", _("Share")),
        Column("mean", _("Mean")),
        Column("n", _("n")),
    )
    cells = packet.row.cells if packet.row else ()
    figures = {cell.skill_id: cell.mean for cell in cells}
    rows = tuple(
        (skill.name, skill.weight, round(skill.share, 4), *_figure(figures.get(skill.id)))
        for skill in packet.skills
    )
    return Table("skills", _("Skills"), columns, rows)


def _figure(mean: object) -> tuple[Value, Value]:
    return (round(mean.value, 4), mean.n) if isinstance(mean, Estimate) else (None, 0)


def _observations(packet: Packet) -> Table:
    columns = (
        Column("interviewer", _("Interviewer"), 20),
        Column("observation", _("What was to be noticed"), 60),
        Column("state", _("State"), 16),
        Column("words", _("In a few words"), 60),
    )
    rows = tuple(
        (
            sheet.interviewer,
            each.observation.text,
            str(label(each.state)) if each.state else "",
            each.evidence,
        )
        for sheet in packet.scorecards
        for each in sheet.noticed
    )
    return Table("observations", _("Observations"), columns, rows)


def _decisions(packet: Packet) -> Table:
    columns = (
        Column("decision", _("Decision"), 16),
        Column("reason", _("Reason"), 80),
        Column("skills", _("Skills it is tied to"), 40),
        Column("decided_by", _("Decided by"), 20),
        Column("decided_at", _("Decided"), 20),
    )
    rows = tuple(
        (
            str(label(each.outcome)),
            each.reason,
            listed(each.skills),
            each.decided_by,
            each.decided_at.isoformat(),
        )
        for each in packet.decisions
    )
    return Table("decisions", _("Decisions"), columns, rows)


def _about(packet: Packet) -> Table:
    columns = Column("what", _("What"), 32), Column("value", _("Value"), 80)
    rows: tuple[tuple[Value, ...], ...] = (
        (_("Candidate"), packet.candidate),
        (_("Job"), packet.job_title),
        (_("Status"), str(label(packet.status))),
        (_("Guide version"), listed(packet.versions)),
        (_("Hash of the guide"), listed(packet.guide_hashes)),
        (_("Data fingerprint"), packet.data_hash),
    )
    return Table("about", _("About this packet"), columns, rows)

"""``hiring bank``."""

from __future__ import annotations

from pathlib import Path

import click

from hiring.commands.common import format_option, print_list
from hiring.errors import SetupProblem
from question_bank import skills
from question_bank.check import check as check_bank


@click.group()
def bank() -> None:
    """Check and list the question bank."""


@bank.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Another bank than the one that ships.")
def check(folder: Path | None) -> None:
    """Check every file of the bank, and count what it holds."""
    if folder is not None and not folder.is_dir():
        raise SetupProblem(f"There is no folder {folder}.")
    report = check_bank(folder)
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if not report.ok:
        raise SetupProblem(f"The bank cannot be used: {len(report.problems)} problem(s), listed above.")
    for name, count in report.counts.items():
        click.echo(f"{count:5d} {name.replace('_', '-')}")
    click.echo(f"The bank, version {report.version}, is in order.")


@bank.command("list")
@format_option
def list_skills(form: str) -> None:
    """List the skills with the number of their questions."""
    rows = [
        {
            "id": skill.id,
            "name": skill.name,
            "questions": sum(len(probe.questions) for probe in skill.probes),
            "meaning": skill.meaning,
        }
        for skill in skills()
    ]
    if form == "table":
        rows = [{key: row[key] for key in ("id", "name", "questions")} for row in rows]
    print_list(rows, form)

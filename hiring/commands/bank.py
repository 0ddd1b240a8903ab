"""``hiring bank``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from hiring.accounts.queries import first_administrator, person_with_email
from hiring.bank.queries import skills
from hiring.commands.common import in_application
from hiring.commands.printing import format_option, print_list
from hiring.errors import Refused, SetupProblem
from hiring.exchange.formats import WRITERS
from hiring.exchange.operations import Plan, carry_out, items_of, plan_import
from hiring.i18n import language_name
from hiring.models import Person
from question_bank import SOURCE_LANGUAGE, Reading, languages
from question_bank import skills as bundled_skills
from question_bank.check import check as check_bank
from question_bank.linting import Finding
from question_bank.phrases import revision_of


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
    wrong = [str(problem) for problem in report.problems]
    wrong += [f"{each.subject}: “{each.found}”: {each.advice}" for each in report.blocking]
    for sentence in wrong:
        click.echo(sentence, err=True)
    if not report.ok:
        raise SetupProblem(f"The bank cannot be used: {len(wrong)} problem(s), listed above.")
    for name, count in report.counts.items():
        click.echo(f"{count:5d} {name.replace('_', '-')}")
    for language, reading in report.languages.items():
        _say_how_far(language, reading)
        _say_advice(report.findings[language])
    click.echo(f"The bank, version {report.version}, is in order.")


def _say_how_far(language: str, reading: Reading) -> None:
    """How much of the bank there is in a language, and each phrase that is missing or has been left behind."""
    translated = reading.phrases - len(reading.missing)
    figures = f"{translated} of {reading.phrases} phrases"
    if language != SOURCE_LANGUAGE:
        figures += f", {len(reading.missing)} missing, {len(reading.stale)} stale"
    click.echo(f"   {language} {language_name(language)}: {figures}")
    for gap in reading.gaps:
        state = "stale: its English has changed" if gap.is_stale else "missing"
        click.echo(f"      {gap.file}: {gap.id} ({revision_of(gap.english)}) is {state}: {gap.english}")


def _say_advice(findings: Sequence[Finding]) -> None:
    """What the linter would ask its author to think over; nothing of it forbids a question."""
    for each in findings:
        click.echo(f"      {each.subject}: “{each.found}”: {each.advice}")


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
        for skill in bundled_skills()
    ]
    if form == "table":
        rows = [{key: row[key] for key in ("id", "name", "questions")} for row in rows]
    print_list(rows, form)


@bank.command("export")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), required=True, help="The kind of file.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@click.option("--language", type=click.Choice(languages()), default=SOURCE_LANGUAGE, show_default=True)
@click.option("--skill", "skill_ids", multiple=True, help="Only this skill; may be given several times.")
@click.option("--own", is_flag=True, help="Only what the organisation has added.")
@in_application
def export_bank(form: str, output: Path, language: str, skill_ids: tuple[str, ...], own: bool) -> None:
    """Write the bank to a file that spreadsheets and other programs read."""
    known = {each.id for each in skills(language)}
    for wanted in skill_ids:
        if wanted not in known:
            raise Refused(f"There is no skill {wanted}.")
    items = items_of(language, skill_ids, own)
    try:
        output.write_bytes(WRITERS[form](items))
    except OSError as problem:
        raise SetupProblem(f"{output} cannot be written: {problem.strerror}.") from problem
    click.echo(f"{'One entry is' if len(items) == 1 else f'{len(items)} entries are'} in {output}.")


@bank.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change and what is wrong.")
@click.option("--by", "email", help="Whose work it is, by e-mail address; else the first administrator's.")
@click.option("--reason", default="Imported from a file.", show_default=True, help="Why, for the history.")
@click.option(
    "--override-reason",
    default="",
    help="Why questions on an off-limits topic stay; it is recorded with them. It excuses nothing else.",
)
@in_application
def import_bank(file: Path, dry_run: bool, email: str | None, reason: str, override_reason: str) -> None:
    """Take skills and questions from FILE as drafts; a file with a flaw changes nothing."""
    plan = plan_import(file.name, file.read_bytes())
    for flaw in (*plan.flaws, *plan.off_limits):
        click.echo(str(flaw), err=True)
    for flaw in plan.advice:
        click.echo(f"To think over: {flaw}", err=True)
    _refuse(plan, override_reason)
    if not dry_run:
        carry_out(plan, _author(email), reason, override_reason)
    verb = "would be" if dry_run else "are"
    click.echo(
        f"{len(plan.new)} new and {len(plan.changed)} changed {verb} drafts; {plan.unchanged} unchanged."
    )


def _refuse(plan: Plan, override_reason: str) -> None:
    problems = len(plan.flaws) + len(plan.off_limits)
    if plan.flaws:
        raise Refused(f"Nothing was imported: {problems} problem(s), listed above.")
    if plan.off_limits and not override_reason.strip():
        raise Refused(
            f"Nothing was imported: {problems} place(s), listed above, touch what must not be asked."
            " Change these words, or say with --override-reason why they stay."
        )


def _author(email: str | None) -> Person:
    found = person_with_email(email) if email else first_administrator()
    if found is None:
        raise Refused(f"Nobody here has the address {email}." if email else "There is no administrator yet.")
    return found

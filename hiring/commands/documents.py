"""``hiring export``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from hiring.commands.common import found, in_application
from hiring.comparisons.document import basis_of
from hiring.comparisons.evidence import evidence_of
from hiring.comparisons.paper import comparison_pdf
from hiring.comparisons.queries import applications_of, versions_of
from hiring.errors import Refused, SetupProblem
from hiring.export.paper_choice import usual_paper
from hiring.extensions import db
from hiring.guides.paper import version_pdf
from hiring.i18n import _
from hiring.models import Application, Candidate, Job, Paper
from hiring.packets.document import packet_of
from hiring.packets.paper import packet_pdf

Command = Callable[..., Any]


def _with_output(command: Command) -> Command:
    """Adds ``--output`` and ``--paper``."""
    papers = click.Choice([paper.value for paper in Paper])
    command = click.option(
        "--paper", type=papers, help="The size of the paper; the organisation's unless given."
    )(command)
    output = click.Path(dir_okay=False, path_type=Path)
    return click.option("--output", type=output, required=True, help="The file to write.")(command)


@click.group()
def export() -> None:
    """Make PDF documents."""


@export.command()
@click.argument("job", type=int)
@_with_output
@in_application
def guide(job: int, output: Path, paper: str | None) -> None:
    """Export the newest published guide of the job with the number JOB."""
    versions = versions_of(found(Job, job, "job"))
    if not versions:
        raise Refused(_("The job has no published guide yet."))
    _write(output, version_pdf(versions[0], _whom(), _paper(paper)))


@export.command()
@click.argument("candidate", type=int)
@click.option("--job", type=int, help="The job, where the candidate applied for several.")
@_with_output
@in_application
def packet(candidate: int, job: int | None, output: Path, paper: str | None) -> None:
    """Export everything about the candidate with the number CANDIDATE."""
    application = _application(found(Candidate, candidate, "candidate"), job)
    _write(output, packet_pdf(packet_of(application), _whom(), _paper(paper)))


@export.command()
@click.argument("job", type=int)
@_with_output
@in_application
def comparison(job: int, output: Path, paper: str | None) -> None:
    """Export the comparison of all candidates of the job with the number JOB."""
    chosen = found(Job, job, "job")
    basis = basis_of(chosen, {application.id for application in applications_of(chosen)})
    _write(output, comparison_pdf(basis, evidence_of(basis), _whom(), _paper(paper)))


def _application(candidate: Candidate, job: int | None) -> Application:
    query = select(Application).where(Application.candidate_id == candidate.id)
    if job is not None:
        query = query.where(Application.job_id == found(Job, job, "job").id)
    applications = db.session.scalars(query).all()
    if not applications:
        raise Refused(f"{candidate.name} has not applied for the job with the number {job}.")
    if len(applications) > 1:
        jobs = ", ".join(str(each.job_id) for each in applications)
        raise Refused(f"{candidate.name} applied for several jobs; choose one with --job: {jobs}.")
    return applications[0]


def _paper(asked: str | None) -> Paper:
    return Paper(asked) if asked else usual_paper()


def _whom() -> str:
    """Who exported, as it stands in the foot of each page."""
    return _("the command line")


def _write(output: Path, pdf: bytes) -> None:
    try:
        output.write_bytes(pdf)
    except OSError as problem:
        raise SetupProblem(f"{output} cannot be written ({problem.strerror}).") from None
    click.echo(f"Wrote {output} ({len(pdf) // 1024} KiB).")

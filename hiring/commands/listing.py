"""``hiring job list`` and ``hiring candidate list``."""

from __future__ import annotations

import click
from sqlalchemy import func, select

from hiring.commands.common import found, in_application
from hiring.commands.printing import format_option, print_list
from hiring.extensions import db
from hiring.models import Application, Candidate, Job


@click.group()
def job() -> None:
    """List jobs."""


@job.command("list")
@format_option
@in_application
def list_jobs(form: str) -> None:
    """List all jobs, the one with most candidates first."""
    count = func.count(Application.id)
    query = select(Job, count).outerjoin(Application).group_by(Job.id).order_by(count.desc(), Job.id)
    rows = [
        {"id": each.id, "title": each.title, "status": each.status.value, "candidates": candidates}
        for each, candidates in db.session.execute(query)
    ]
    print_list(rows, form)


@click.group()
def candidate() -> None:
    """List a job's candidates."""


@candidate.command("list")
@click.option("--job", "job_id", type=int, required=True, help="The number of the job.")
@format_option
@in_application
def list_candidates(job_id: int, form: str) -> None:
    """List a job's candidates by name."""
    chosen = found(Job, job_id, "job")
    query = (
        select(Application)
        .join(Application.candidate)
        .where(Application.job_id == chosen.id)
        .order_by(Candidate.name, Candidate.id)
    )
    rows = [
        {
            "id": each.candidate_id,
            "name": each.candidate.name,
            "email": each.candidate.email,
            "status": each.status.value,
            "application": each.id,
        }
        for each in db.session.scalars(query)
    ]
    print_list(rows, form)

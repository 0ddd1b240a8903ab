"""Everything read for documents with a choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, undefer

from hiring.extensions import db
from hiring.models import (
    Application,
    Candidate,
    ExportChoice,
    ExportFile,
    ExportRun,
    ExportStatus,
    Interview,
    Job,
    JobMember,
    Panelist,
    Person,
    SharedDocument,
)


def choice_kept(person: Person, document: str) -> ExportChoice | None:
    """What the person chose for this kind of document the last time."""
    return db.session.scalar(
        select(ExportChoice).where(ExportChoice.person_id == person.id, ExportChoice.document == document)
    )


def colleagues_of(job: Job) -> Sequence[Person]:
    """Those who interview or lead for the job, by number."""
    panels = (
        select(Panelist.person_id)
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.job_id == job.id)
    )
    members = select(JobMember.person_id).where(JobMember.job_id == job.id)
    query = select(Person).where(or_(Person.id.in_(panels), Person.id.in_(members))).order_by(Person.id)
    return db.session.scalars(query).unique().all()


def names_of_candidates(job: Job) -> Sequence[tuple[int, str, str]]:
    """Application, name and code of the job's candidates, by number."""
    query = (
        select(Application.id, Candidate.name, Application.code)
        .join(Candidate, Application.candidate_id == Candidate.id)
        .where(Application.job_id == job.id)
        .order_by(Application.id)
    )
    return [(row.id, row.name, row.code) for row in db.session.execute(query)]


def links_to(document: str, subject_id: int) -> Sequence[SharedDocument]:
    """The links to a document, the newest first."""
    query = (
        select(SharedDocument)
        .options(joinedload(SharedDocument.shared_by))
        .where(SharedDocument.document == document, SharedDocument.subject_id == subject_id)
        .order_by(SharedDocument.id.desc())
    )
    return db.session.scalars(query).all()


def link_with(secret_hash: str) -> SharedDocument | None:
    """The link whose secret has this hash."""
    query = select(SharedDocument).options(undefer(SharedDocument.content))
    return db.session.scalar(query.where(SharedDocument.secret_hash == secret_hash))


def runs_of(job: Job, person: Person) -> Sequence[ExportRun]:
    """The person's exports of the job's candidates, the newest first."""
    query = select(ExportRun).where(ExportRun.job_id == job.id, ExportRun.person_id == person.id)
    return db.session.scalars(query.order_by(ExportRun.id.desc())).all()


def progress_of(run: ExportRun) -> tuple[int, int]:
    """How many of its documents are made, and how many there are to be."""
    query = select(func.count(ExportFile.made_at), func.count()).where(ExportFile.run_id == run.id)
    made, total = db.session.execute(query).one()
    return made, total


def files_made(run: ExportRun) -> Sequence[ExportFile]:
    """The documents of a run that are made, in their order, without what is in them."""
    query = select(ExportFile).where(ExportFile.run_id == run.id, ExportFile.made_at.is_not(None))
    return db.session.scalars(query.order_by(ExportFile.position)).all()


def next_file(run: ExportRun) -> ExportFile | None:
    """The first document of a run that is not made yet."""
    query = select(ExportFile).where(ExportFile.run_id == run.id, ExportFile.made_at.is_(None))
    return db.session.scalar(query.order_by(ExportFile.position).limit(1))


def content_of(file_id: int) -> bytes:
    """What is in a document that was made."""
    return db.session.execute(select(ExportFile.content).where(ExportFile.id == file_id)).scalar_one() or b""


def free_run_ids(moment: datetime) -> Sequence[int]:
    """The runs that nobody works on, though they are to go on."""
    query = select(ExportRun.id).where(ExportRun.status == ExportStatus.RUNNING, is_free(moment))
    return db.session.scalars(query.order_by(ExportRun.id)).all()


def is_free(moment: datetime) -> ColumnElement[bool]:
    """Whether nobody holds the lease of a run."""
    return or_(ExportRun.leased_until.is_(None), ExportRun.leased_until < moment)

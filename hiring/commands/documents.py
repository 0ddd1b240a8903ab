"""``hiring export``: every document of the product, as PDF or as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click
from flask_babel import force_locale
from sqlalchemy import select
from tqdm import tqdm

from hiring.commands.common import found, in_application
from hiring.comparisons.evidence import all_evidence_on
from hiring.comparisons.paper import skill_paper
from hiring.comparisons.queries import applications_of, versions_of
from hiring.errors import Refused, SetupProblem
from hiring.export.archive import streamed
from hiring.export.choice import Choice
from hiring.export.printed import Document
from hiring.export.tables import DataFormat
from hiring.export.usual import usual_paper
from hiring.exports.kinds import KINDS, Subject, comparison_basis, job_of
from hiring.exports.operations import record_export, taking_out
from hiring.extensions import db
from hiring.i18n import DOCUMENT_LANGUAGES, _
from hiring.models import Application, Candidate, Debrief, GuideVersion, Job, Paper
from hiring.packets.document import packets_of
from hiring.packets.paper import packet_entry, packets_paper

Command = Callable[..., Any]

FORMATS = ["pdf", *(each.value for each in DataFormat), "json"]
COLLEAGUES, CANDIDATES = "interviewers", "candidates"


@dataclass(frozen=True)
class Asked:
    """The options of every document, as they were given."""

    output: Path
    kind: str | None
    paper: str | None
    language: str | None
    sections: str
    redact: str
    recipient: str
    grey: bool
    with_data: bool


def _with_options(command: Command) -> Command:
    """Adds the options of every document and hands them over as ``asked``."""

    def run(**given: Any) -> Any:
        own = {each.name: given.pop(each.name) for each in fields(Asked)}
        return command(asked=Asked(**own), **given)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__click_params__ = list(getattr(command, "__click_params__", []))  # type: ignore[attr-defined]
    options = (
        click.option(
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            required=True,
            help="The file to write.",
        ),
        click.option(
            "--format",
            "kind",
            type=click.Choice(FORMATS),
            help="What to write; by the ending of --output unless given. json is jsonl: a line for each row.",
        ),
        click.option(
            "--paper",
            type=click.Choice([paper.value for paper in Paper]),
            help="The size of the paper; the organisation's unless given.",
        ),
        click.option(
            "--language",
            type=click.Choice(DOCUMENT_LANGUAGES),
            help="The language of the document's own words.",
        ),
        click.option(
            "--sections", default="", help="Sections in their order, separated by commas; all unless given."
        ),
        click.option(
            "--redact",
            default="",
            help="What to take out, separated by commas: interviewers, candidates, or any name.",
        ),
        click.option("--recipient", default="", help="A name to print across every page."),
        click.option("--grey", is_flag=True, help="Print in grey."),
        click.option(
            "--with-data", is_flag=True, help="Make a PDF/A-3 that holds its tables as CSV and JSON."
        ),
    )
    for option in reversed(options):
        run = option(run)
    return run


@click.group()
def export() -> None:
    """Make documents, and data files of what stands in them."""


def _of_job(kind_id: str, name: str, words: str) -> None:
    @export.command(name, help=words)
    @click.argument("job", type=int)
    @_with_options
    @in_application
    def command(job: int, asked: Asked) -> None:
        _write(kind_id, found(Job, job, "job"), asked)


def _of_candidate(kind_id: str, words: str) -> None:
    @export.command(kind_id, help=words)
    @click.argument("candidate", type=int)
    @click.option("--job", type=int, help="The job, where the candidate applied for several.")
    @_with_options
    @in_application
    def command(candidate: int, job: int | None, asked: Asked) -> None:
        _write(kind_id, _application(found(Candidate, candidate, "candidate"), job), asked)


def _of_guide(kind_id: str, words: str) -> None:
    @export.command(kind_id, help=words)
    @click.argument("job", type=int)
    @_with_options
    @in_application
    def command(job: int, asked: Asked) -> None:
        _write(kind_id, _newest_version(found(Job, job, "job")), asked)


_of_guide("guide", "Export the newest published guide of the job with the number JOB.")
_of_guide("compact-guide", "Export the newest published guide of the job with the number JOB on few pages.")
_of_guide(
    "blank-scorecard",
    "Export a blank scorecard for paper, by the newest guide of the job with the number JOB.",
)
_of_guide("cards", "Export cards for interviewers, one for each question, of the job with the number JOB.")
_of_guide("kick-off", "Export the sheet on which the team of the job with the number JOB agrees beforehand.")
_of_candidate("packet", "Export everything about the candidate with the number CANDIDATE.")
_of_candidate(
    "records",
    "Export what is kept about the candidate with the number CANDIDATE, for the candidate who asked for it. "
    "Names of interviewers and other candidates are taken out.",
)
_of_candidate(
    "decision",
    "Export what was decided about the candidate with the number CANDIDATE, and what it rested on.",
)
_of_candidate("feedback", "Export feedback in bands and words for the candidate with the number CANDIDATE.")
_of_job("comparison", "comparison", "Export the comparison of all candidates of the job with the number JOB.")
_of_job(
    "adverse-impact",
    "adverse-impact",
    "Export the selection rates that were published last of the job with the number JOB.",
)
_of_job("audit", "audit", "Export what was recorded about the job with the number JOB.")


@export.command()
@click.argument("debrief", type=int)
@_with_options
@in_application
def minutes(debrief: int, asked: Asked) -> None:
    """Export the minutes of the debrief with the number DEBRIEF."""
    _write("minutes", found(Debrief, debrief, "debrief"), asked)


@export.command()
@click.argument("job", type=int)
@_with_options
@in_application
def packets(job: int, asked: Asked) -> None:
    """Export the packets of all rated candidates of the job with the number JOB as a ZIP archive or one PDF."""
    chosen = found(Job, job, "job")
    everybody = {application.id for application in applications_of(chosen)}
    with force_locale(asked.language or "en"):
        whole = _choice(asked, chosen, None)
        made = [
            (packet, _choice(asked, chosen, db.session.get_one(Application, packet.application_id)))
            for packet in packets_of(chosen, everybody)
        ]
        record_export(chosen, chosen, None, "packets", whole, ())
        if asked.kind == "pdf" or asked.output.suffix.lower() == ".pdf":
            _store(asked.output, [packets_paper(chosen, made, whole).pdf()])
        else:
            entries = [packet_entry(packet, own) for packet, own in made]
            _store(asked.output, streamed(tqdm(entries, desc=_("Making packets"), leave=False)))


@export.command()
@click.argument("job", type=int)
@click.argument("skill")
@_with_options
@in_application
def evidence(job: int, skill: str, asked: Asked) -> None:
    """Export what was written about one SKILL, such as empathy, of all candidates of the job with the number JOB."""
    chosen = found(Job, job, "job")
    basis = comparison_basis(chosen, None)
    try:
        sheet = all_evidence_on(basis, skill)
    except LookupError:
        raise Refused(_("The job is not rated on a skill with the id %(skill)s.", skill=skill)) from None
    _finish(skill_paper(basis, sheet, _choice(asked, chosen, None)), asked)


def _write(kind_id: str, subject: Subject, asked: Asked) -> None:
    kind, job = KINDS[kind_id], job_of(subject)
    unknown = set(_listed(asked.sections)) - set(kind.sections)
    if unknown:
        raise Refused(
            _(
                "%(document)s has no section %(wrong)s; choose from %(sections)s.",
                document=kind.name,
                wrong=", ".join(sorted(unknown)),
                sections=", ".join(kind.sections) or "–",
            )
        )
    with force_locale(asked.language or "en"):
        choice = _choice(asked, job, subject, usually_out=kind.by_default)
        document = kind.prepare(subject, choice, None)
        record_export(subject, job, None, kind_id, choice, document.removed)
        _finish(document, asked)


def _choice(asked: Asked, job: Job, subject: Subject | None, usually_out: bool = False) -> Choice:
    out = _listed(asked.redact)
    choice = Choice(
        exported_by=_("the command line"),
        paper=Paper(asked.paper) if asked.paper else usual_paper(),
        language=asked.language,
        grey=asked.grey,
        recipient=asked.recipient,
        with_data=asked.with_data,
        sections=_listed(asked.sections),
    )
    return taking_out(
        choice,
        job,
        subject if isinstance(subject, Application) else None,
        colleagues=usually_out or COLLEAGUES in out,
        candidates=usually_out or CANDIDATES in out,
        names=[name for name in out if name not in (COLLEAGUES, CANDIDATES)],
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in words.split(",") if each.strip())


def _finish(document: Document, asked: Asked) -> None:
    wanted = _format(asked.output, asked.kind)
    _store(asked.output, [document.pdf() if wanted is None else document.data(wanted)])


def _format(output: Path, asked: str | None) -> DataFormat | None:
    """The format of a data file; None for a PDF."""
    ending = output.suffix.lower().removeprefix(".")
    wanted = {"json": "jsonl"}.get(asked or ending, asked or ending)
    if wanted in set(DataFormat):
        return DataFormat(wanted)
    if asked is None and ending not in ("", "pdf"):
        endings = ", ".join(f".{each}" for each in ("pdf", *DataFormat))
        raise Refused(_("Name a file that ends in one of %(endings)s, or choose --format.", endings=endings))
    return None


def _newest_version(job: Job) -> GuideVersion:
    versions = versions_of(job)
    if not versions:
        raise Refused(_("The job has no published guide yet."))
    return versions[0]


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


def _store(output: Path, pieces: Iterable[bytes]) -> None:
    """Writes beside the file first: what is there under its name is always whole."""
    draft = output.with_name(f"{output.name}.part")
    try:
        with draft.open("wb") as out:
            out.writelines(pieces)
        size = draft.stat().st_size
        draft.replace(output)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise SetupProblem(f"{output} cannot be written ({problem.strerror}).") from None
    click.echo(f"Wrote {output} ({size // 1024} KiB).")

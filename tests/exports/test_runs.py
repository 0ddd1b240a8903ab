"""Packets of many candidates: made beside the pages, one document or an archive, whatever is killed meanwhile."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import page
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from hiring.export.archive import MANIFEST
from hiring.exports.operations import forget_old, start_run
from hiring.exports.tasks import work_off
from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    ExportFile,
    ExportForm,
    ExportRun,
    ExportStatus,
    Job,
    Person,
    RatingsOpen,
    Scorecard,
    now,
)
from tests import browser, factories
from tests.conftest import SignIn

NAMES = ("Carl Møller", "Dora Lund", "陈雨桐")
PATIENCE = 90.0
CHOSEN = {
    "paper": "a4",
    "language": "en",
    "grey": False,
    "recipient": "",
    "sections": [],
    "colleagues": False,
    "candidates": False,
    "names": [],
}


@pytest.fixture
def job(hugo: Person, ivy: Person) -> Job:
    return with_candidates(hugo, ivy, NAMES)


def with_candidates(lead: Person, interviewer: Person, names: tuple[str, ...]) -> Job:
    job = factories.job(lead=lead)
    version = factories.guide_version(job, lead)
    for name in names:
        factories.scorecard(
            factories.interview(factories.application(job, name), version, interviewer), interviewer
        )
    db.session.commit()
    return job


def ask(client: Any, job: Job, *application_ids: int, **typed: Any) -> Any:
    given = {"paper": "a4", "language": "en", "form": "merged", "candidates": list(application_ids), **typed}
    return client.post(f"/jobs/{job.id}/documents/packets", data=given)


def numbers_of(job: Job) -> list[int]:
    return list(
        db.session.scalars(select(Application.id).filter_by(job_id=job.id).order_by(Application.id)).all()
    )


def begun(job: Job, by: Person, form: ExportForm = ExportForm.MERGED, **chosen: Any) -> ExportRun:
    run = start_run(job, by, form, numbers_of(job), CHOSEN | chosen)
    db.session.commit()
    return run


def worked_off(app: Flask) -> None:
    """Lets the worker do what there is to do."""
    db.session.commit()  # Two write in turn.
    work_off(app)


def status_of(run_id: int) -> ExportStatus:
    """Whether the run goes on."""
    db.session.commit()
    status = db.session.scalar(select(ExportRun.status).where(ExportRun.id == run_id))
    db.session.commit()
    assert status is not None
    return status


def made(run_id: int) -> dict[int, str]:
    """What is made until now: a checksum for each position."""
    db.session.commit()
    query = select(ExportFile.position, ExportFile.content).where(
        ExportFile.run_id == run_id, ExportFile.made_at.is_not(None)
    )
    found = {at: hashlib.sha256(content or b"").hexdigest() for at, content in db.session.execute(query)}
    db.session.commit()
    return found


def text_of(pdf: bytes) -> list[str]:
    return [" ".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(pdf)).pages]


def outline_of(pdf: bytes) -> list[str]:
    """The first level of the bookmarks."""
    reader = PdfReader(io.BytesIO(pdf))
    return [str(each.title) for each in reader.outline if not isinstance(each, list)]


def test_many_packets_become_one_document_with_an_index(
    app: Flask, job: Job, hugo: Person, sign_in: SignIn
) -> None:
    client = sign_in(hugo)
    answer = ask(client, job, *numbers_of(job))
    while_asked = client.get(answer.location).text
    worked_off(app)
    page_now = client.get(answer.location).text
    file = client.get(f"{answer.location}/file")

    assert answer.status_code == 303
    assert "0 of 3" in while_asked
    assert "Download the PDF" in page_now
    assert "packets-support-agent.pdf" in file.headers["Content-Disposition"]
    pages = text_of(file.data)
    assert all(name in pages[0] for name in NAMES)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert [each for each in outline_of(file.data) if each in NAMES] == list(NAMES)
    assert [each.message for each in page.validate_pdf_bytes(file.data, profile="ua1").failures] == []


def test_an_archive_has_a_file_for_each_and_their_checksums(
    app: Flask, job: Job, hugo: Person, sign_in: SignIn
) -> None:
    client = sign_in(hugo)
    _carl, *others = numbers_of(job)
    answer = ask(client, job, *others, form="archive", without_colleagues="y")
    worked_off(app)
    file = client.get(f"{answer.location}/file")

    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert list(files) == ["packet-dora-lund-2.pdf", "packet-陈雨桐-3.pdf", MANIFEST]
    for row in csv.DictReader(io.StringIO(files.pop(MANIFEST).decode("utf-8-sig"))):
        assert hashlib.sha256(files[row["File"]]).hexdigest() == row["SHA-256"]
    assert all("Ivy" not in " ".join(text_of(each)) for each in files.values())


def test_what_was_chosen_is_there_the_next_time_and_in_the_audit(
    app: Flask, job: Job, hugo: Person, sign_in: SignIn
) -> None:
    client = sign_in(hugo)
    ask(client, job, *numbers_of(job)[:1], form="archive", paper="letter", recipient="Zoë Quist")

    text = client.get(f"/jobs/{job.id}/documents/packets").text
    assert 'selected value="letter"' in text
    assert "0 of 1" in text
    event = db.session.scalars(select(AuditEvent).filter_by(action="export_packets")).one()
    assert (event.details["recipient"], event.details["applications"]) == ("Zoë Quist", numbers_of(job)[:1])


def test_nobody_chosen_is_said_beside_the_field(job: Job, hugo: Person, sign_in: SignIn) -> None:
    answer = ask(sign_in(hugo), job, 999)

    assert answer.status_code == 422
    assert "Choose at least one candidate." in answer.text
    assert db.session.scalar(select(func.count(ExportRun.id))) == 0


def test_a_run_belongs_to_who_asked_and_to_nobody_else(
    app: Flask, job: Job, hugo: Person, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    run = begun(job, hugo, ExportForm.ARCHIVE)
    worked_off(app)
    doors = [f"/export-runs/{run.id}", f"/export-runs/{run.id}/file"]

    assert [sign_in(hugo).get(door).status_code for door in doors] == [200, 200]
    assert [sign_in(each).get(door).status_code for each in (rosa, ivy) for door in doors] == [403] * 4
    assert [sign_in(each).post(f"{doors[0]}/cancel").status_code for each in (rosa, hugo)] == [403, 303]


def test_whoever_may_no_longer_read_gets_no_file(
    app: Flask, job: Job, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    early = begun(job, hugo)
    worked_off(app)
    before = sign_in(hugo).get(f"/export-runs/{early.id}/file").status_code
    late = begun(job, hugo)
    late_id = late.id
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    worked_off(app)

    assert before == 200
    assert sign_in(hugo).get(f"/export-runs/{early.id}/file").status_code == 403
    assert status_of(late_id) is ExportStatus.FAILED
    assert "You may not read" in sign_in(hugo).get(f"/export-runs/{late.id}").text


def test_what_was_stopped_keeps_what_is_made(app: Flask, job: Job, hugo: Person, sign_in: SignIn) -> None:
    client = sign_in(hugo)
    run = begun(job, hugo)
    run_id = run.id
    first = db.session.scalars(select(ExportFile).order_by(ExportFile.position).limit(1)).one()
    first.made_at, first.name, first.content = now(), "packet-carl.pdf", b"%PDF-"
    db.session.commit()
    client.post(f"/export-runs/{run.id}/cancel")
    worked_off(app)

    assert status_of(run_id) is ExportStatus.CANCELLED
    assert "1 of 3 packets were made" in client.get(f"/export-runs/{run.id}").text
    with zipfile.ZipFile(io.BytesIO(client.get(f"/export-runs/{run.id}/file").data)) as archive:
        assert archive.namelist() == ["packet-carl.pdf", MANIFEST]


def test_nobody_takes_up_what_somebody_works_on(app: Flask, job: Job, hugo: Person) -> None:
    run = begun(job, hugo)
    run_id = run.id
    run.leased_by, run.leased_until = "another", now() + timedelta(seconds=20)
    db.session.commit()
    worked_off(app)
    meanwhile = status_of(run_id)
    run.leased_until = now() - timedelta(seconds=1)
    db.session.commit()
    worked_off(app)

    assert (meanwhile, status_of(run_id)) == (ExportStatus.RUNNING, ExportStatus.DONE)


def test_each_packet_shows_the_data_of_its_own_moment(app: Flask, job: Job, hugo: Person) -> None:
    run = begun(job, hugo, ExportForm.ARCHIVE)
    card = db.session.scalars(select(Scorecard).order_by(Scorecard.id.desc())).first()
    assert card is not None
    card.ratings[0].evidence = "Written after it was asked for."
    db.session.commit()
    worked_off(app)

    last = db.session.scalars(select(ExportFile.content).where(ExportFile.run_id == run.id)).all()[-1]
    assert "Written after it was asked for." in " ".join(text_of(last or b""))


def test_exports_go_after_a_day(app: Flask, job: Job, hugo: Person) -> None:
    run = begun(job, hugo)
    forget_old(run.created_at + timedelta(hours=23))
    kept = db.session.scalar(select(func.count(ExportRun.id)))
    forget_old(run.created_at + timedelta(hours=25))

    assert (kept, db.session.scalar(select(func.count(ExportRun.id)))) == (1, 0)
    assert db.session.scalar(select(func.count(ExportFile.id))) == 0


def test_a_run_outlives_its_renderer_and_its_server(hugo: Person, ivy: Person, tmp_path: Path) -> None:
    names = tuple(f"Candidate {n}" for n in range(1, 13))
    run = begun(with_candidates(hugo, ivy, names), hugo)
    run_id = run.id

    with killable_server(tmp_path) as server:
        wait_until(lambda: len(made(run_id)) >= 2)
        victims = renderers_of(server)
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        at_death = len(made(run_id))
        wait_until(lambda: len(made(run_id)) >= at_death + 2)
        os.killpg(server, signal.SIGKILL)
    early = made(run_id)
    run.leased_until = now() - timedelta(seconds=1)  # As it is after twenty seconds.
    db.session.commit()
    with killable_server(tmp_path):
        wait_until(lambda: status_of(run_id) is not ExportStatus.RUNNING)

    assert victims
    assert 4 <= len(early) < len(names)
    assert run.status is ExportStatus.DONE
    assert early.items() <= made(run_id).items()
    assert len(made(run_id)) == len(names)
    assert [each for each in outline_of(run.merged or b"") if each in names] == list(names)


@contextmanager
def killable_server(folder: Path) -> Iterator[int]:
    """A server of its own group of processes, and the group's number; all of it is killed at the end."""
    command = [sys.executable, "-m", "hiring.cli", "serve", "--port", str(browser.free_port())]
    with (folder / "server.log").open("ab") as out:
        server = subprocess.Popen(
            command, env=browser.settings_of(folder), stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield server.pid
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)


def renderers_of(group: int) -> list[int]:
    """The processes of the group that print."""
    found = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [row.split(None, 2) for row in found]
    return [int(pid) for pid, pgid, words in rows if int(pgid) == group and "renderer" in words]


def wait_until(holds: Any) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            pytest.fail("It never happened.")
        time.sleep(0.05)

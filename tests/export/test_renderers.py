"""Renderers in processes of their own: they may be killed, hang or grow, and nobody gets another's document."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from hiring.errors import Refused
from hiring.export.pdf import render_pdf
from hiring.export.renderer import Asked, serve
from hiring.export.renderers import Limits, Renderer, Renderers
from hiring.extensions import db
from hiring.models import Person
from tests import browser, factories
from tests.browser import Installation

MADE = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
PATIENCE = 60.0


def asked(words: str) -> Asked:
    html = f'<html lang="en"><body><h1>Packet</h1><p>{words} <span lang="zh">李镕堃</span></p></body></html>'
    return {"html": html, "title": "Packet", "language": "en", "paper": "a4", "created": MADE}


def text_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def running(renderers: Renderers) -> list[Renderer]:
    return [place.renderer for place in renderers.places if place.renderer]


def wait_until(what: object, *, holds: object) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what() == holds:  # type: ignore[operator]
            return
        time.sleep(0.02)
    pytest.fail("It never happened.")


@pytest.fixture
def renderers() -> Iterator[Renderers]:
    made = Renderers(1)
    yield made
    made.end()


def limited(limits: Limits) -> Renderers:
    return Renderers(1, limits)


def test_a_renderer_beside_the_server_makes_the_same_bytes(renderers: Renderers) -> None:
    words = asked("Carl")

    assert renderers.render(words) == render_pdf(words["html"], title="Packet", language="en", created=MADE)


def test_a_renderer_stays_warm_for_the_next_document(renderers: Renderers) -> None:
    renderers.render(asked("Carl"))
    (first,) = running(renderers)
    renderers.render(asked("Dora"))

    assert running(renderers) == [first]
    assert first.documents == 2


def test_a_second_renderer_is_started_only_when_two_are_needed() -> None:
    renderers = Renderers(2)
    try:
        renderers.render(asked("Carl"))
        renderers.render(asked("Dora"))
        alone = len(running(renderers))
        with ThreadPoolExecutor(2) as people:
            list(people.map(renderers.render, [asked("Carl"), asked("Dora")]))

        assert (alone, len(running(renderers))) == (1, 2)
    finally:
        renderers.end()


def test_everybody_gets_their_own_document() -> None:
    names = [f"Candidate-{number}" for number in range(12)]
    renderers = Renderers(2)
    try:
        with ThreadPoolExecutor(6) as people:
            documents = list(people.map(lambda name: renderers.render(asked(name)), names))
    finally:
        renderers.end()

    assert [name in text_of(document) for name, document in zip(names, documents, strict=True)] == [True] * 12


def test_two_people_who_ask_for_the_same_get_the_same() -> None:
    renderers = Renderers(2)
    try:
        with ThreadPoolExecutor(2) as people:
            first, second = people.map(renderers.render, [asked("Carl")] * 2)
    finally:
        renderers.end()

    assert first == second


def test_a_renderer_killed_in_the_middle_is_replaced_and_the_document_made(renderers: Renderers) -> None:
    whole = renderers.render(asked("Carl"))
    (victim,) = running(renderers)
    os.kill(victim.process.pid, signal.SIGSTOP)  # It has the document and will not answer.
    with ThreadPoolExecutor(1) as people:
        document = people.submit(renderers.render, asked("Carl"))
        wait_until(renderers.free.empty, holds=True)
        os.kill(victim.process.pid, signal.SIGKILL)

        assert document.result(PATIENCE) == whole
    assert running(renderers) != [victim]
    assert victim.process.returncode == -signal.SIGKILL
    assert not Path(victim.folder).exists()


def test_a_document_that_kills_its_renderer_twice_is_refused_and_the_next_one_is_made(
    renderers: Renderers,
) -> None:
    killed: set[int] = set()

    def kill() -> None:
        while len(killed) < 2:
            for each in running(renderers):
                if each.process.pid not in killed:
                    killed.add(each.process.pid)
                    each.process.kill()
            time.sleep(0.005)

    killer = Thread(target=kill)
    killer.start()
    with pytest.raises(Refused, match="probably because it is too large"):
        renderers.render(asked("Carl"))
    killer.join()

    assert "Dora" in text_of(renderers.render(asked("Dora")))


def test_a_renderer_that_died_while_nobody_asked_is_replaced(renderers: Renderers) -> None:
    renderers.render(asked("Carl"))
    (victim,) = running(renderers)
    victim.process.kill()
    victim.mourner.join()

    assert "Dora" in text_of(renderers.render(asked("Dora")))
    assert running(renderers) != [victim]


def test_a_document_that_takes_too_long_is_given_up_and_never_reaches_the_next_person(
    renderers: Renderers,
) -> None:
    renderers.render(asked("Carl"))
    (slow,) = running(renderers)
    os.kill(slow.process.pid, signal.SIGSTOP)
    impatient = limited(Limits(seconds=0.2))
    impatient.places[0].renderer = slow
    with pytest.raises(Refused, match="given up after"):
        impatient.render(asked("Carl"))
    renderers.places[0].renderer = impatient.places[0].renderer

    assert slow.process.returncode == -signal.SIGKILL
    assert "Carl" not in text_of(renderers.render(asked("Dora")))


def test_whoever_finds_no_free_renderer_is_told_to_come_back() -> None:
    renderers = limited(Limits(seconds=0.1))
    taken = renderers.free.get()
    with pytest.raises(Refused, match="Too many documents"):
        renderers.render(asked("Carl"))

    assert taken.renderer is None


@pytest.mark.parametrize("limits", [Limits(documents=1), Limits(memory=1)], ids=["documents", "memory"])
def test_a_renderer_is_replaced_when_it_has_made_or_grown_enough(limits: Limits) -> None:
    renderers = limited(limits)
    whole = renderers.render(asked("Carl"))
    after = running(renderers)
    again = renderers.render(asked("Carl"))
    renderers.end()

    assert (after, again) == ([], whole)


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems bound no memory of this kind.")
def test_a_document_that_needs_too_much_memory_is_refused_in_a_sentence() -> None:
    renderers = limited(Limits(most_memory=60))
    long = asked("<p>Rang back at four, and again at five.</p>" * 20_000)

    with pytest.raises(Refused, match="too large"):
        renderers.render(long)
    assert running(renderers) == []


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems do not tell the two apart.")
def test_the_memory_of_the_server_is_not_held_against_its_renderers() -> None:
    script = """
from hiring.export.renderers import Renderers
server = b"x" * 700 * 1024 * 1024
renderers = Renderers(1)
renderers.render({"html": "<p>Carl</p>", "title": "x", "language": "en", "paper": "a4", "created": None})
print(renderers.places[0].renderer is not None)
renderers.end()
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout == "True\n"


def test_what_goes_wrong_in_a_renderer_is_told_and_the_renderer_replaced(renderers: Renderers) -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        renderers.render({**asked("Carl"), "paper": "papyrus"})

    assert running(renderers) == []


def test_the_end_leaves_no_process_and_no_fonts(renderers: Renderers) -> None:
    renderers.render(asked("Carl"))
    (last,) = running(renderers)
    renderers.end()

    assert last.process.returncode == -signal.SIGKILL
    assert not Path(last.folder).exists()
    with pytest.raises(Refused, match="being stopped"):
        renderers.render(asked("Dora"))


def test_a_renderer_that_nobody_asks_ends_by_itself() -> None:
    here, there = Pipe()
    with here, there:
        serve(there, idle=0.01)


def test_a_killed_server_takes_its_renderers_and_their_fonts_along(tmp_path: Path) -> None:
    script = """
import os, signal
from hiring.export.renderers import Renderers
renderers = Renderers(1)
renderers.render({"html": "<p>Carl</p>", "title": "x", "language": "en", "paper": "a4", "created": None})
print(renderers.places[0].renderer.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)

    assert int(answer.stdout) > 0
    wait_until(lambda: list(tmp_path.iterdir()), holds=[])


def test_a_renderer_loads_nothing_of_the_database() -> None:
    script = "import hiring.export.renderer, hiring.export.engine, sys; print('sqlalchemy' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )

    assert answer.stdout == "False\n"


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    seen = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            seen += [child, *children(child)]
    return seen


def renderers_of(pid: int) -> list[int]:
    return [each for each in children(pid) if "hiring.export.renderer" in command_of(each)]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Processes are looked up in /proc.")
def test_the_server_makes_documents_beside_itself_and_ends_with_nothing_left(
    installation: Installation, window: Page, hugo: Person, ivy: Person
) -> None:
    job = factories.job(lead=hugo)
    version = factories.guide_version(job, hugo)
    factories.scorecard(factories.interview(factories.application(job), version, ivy), ivy)
    address = f"{installation.url}/jobs/{job.id}/comparison.pdf"
    browser.sign_in(window, installation.url, browser.give_password(hugo))
    first = window.request.get(address)
    port = re.findall(r":(\d+)", installation.url)[0]
    (server,) = [each for each in children(os.getpid()) if f"--port {port} " in command_of(each)][:1]
    before = set(renderers_of(server))
    for renderer in before:
        os.kill(renderer, signal.SIGKILL)
    wait_until(lambda: [each for each in before if Path(f"/proc/{each}").exists()], holds=[])
    after = window.request.get(f"{address}?paper=letter")
    others = set(renderers_of(server))
    db.session.rollback()

    os.kill(server, signal.SIGTERM)
    wait_until(lambda: [each for each in others if command_of(each)], holds=[])

    assert (first.status, after.status) == (200, 200)
    assert after.body().startswith(b"%PDF")
    assert before
    assert others
    assert before.isdisjoint(others)

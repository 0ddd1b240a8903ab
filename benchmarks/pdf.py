"""What documents cost: python benchmarks/pdf.py [--sizes 5 20 50 200] [--rounds 3]

Fills jobs with that many candidates, takes the HTML of the product's comparison, packet and guide, and prints it
three ways in one run, one after the other in each round, each in a warm process of its own: the product's renderer,
WeasyPrint used plainly on the same HTML (style sheet and fonts set up each time, no tags), and Chromium. Then the
product is asked twice by address, as a person exports the same thing again. Prints the medians, the peak memory of
each process, and the ratios to Chromium and to plain WeasyPrint.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks.comparison import fill, signed_in
from hiring.app import create_app
from hiring.export import printed
from hiring.export.renderer import peak
from hiring.extensions import db
from hiring.models import Person
from hiring.settings import Settings

SIZES, ROUNDS, INTERVIEWERS = (5, 20, 50), 3, 6
STATIC = Path(__file__).parent.parent / "hiring" / "static"
MEBIBYTE = 1024 * 1024
GOALS = {"again": 200.0}
Print = Callable[[str], bytes]


@dataclass(frozen=True)
class Measured:
    """Seconds for a document, the peak memory of its process in MiB, and its pages."""

    seconds: float
    memory: float
    pages: int


def main() -> None:
    """Measures every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    for candidates in asked.sizes:
        with TemporaryDirectory(prefix="hiring-benchmark-") as folder:
            measure(candidates, Path(folder), asked.rounds)


def measure(candidates: int, folder: Path, rounds: int) -> None:
    """Fills a database and prints what its documents cost."""
    app = create_app(Settings(data_folder=folder, database_url="", secret_key="benchmark"))
    with app.app_context():
        upgrade()
        fill(candidates, INTERVIEWERS, random.Random(candidates))
        reader = str(db.session.scalar(select(Person.fs_uniquifier).where(Person.name == "Hugo")))
        db.session.remove()
    print(f"{candidates} candidates")
    documents = {"comparison": "/jobs/1/comparison.pdf"}
    if candidates == SIZES[0]:
        documents |= {"packet": "/applications/1/packet.pdf", "guide": "/guide-versions/1.pdf"}
    for name, address in documents.items():
        html, first, again = asked_twice(app, reader, address)
        report(name, in_turn(html, rounds), first, again)


def asked_twice(app: Flask, reader: str, address: str) -> tuple[str, float, float]:
    """The HTML of a document, and the seconds of its first and its second export by address."""
    client, seen = signed_in(app, reader), []
    plain = printed.render_pdf

    def noting(html: str, **more: Any) -> bytes:
        seen.append(html)
        return plain(html, **more)

    printed.render_pdf = noting  # type: ignore[assignment]
    try:
        first, again = timed(lambda: client.get(address)), timed(lambda: client.get(address))
    finally:
        printed.render_pdf = plain
    return seen[0], first, again


def in_turn(html: str, rounds: int) -> dict[str, Measured]:
    """Each way prints the document once unmeasured, then once in each round."""
    ways = {"product": by_product, "plain WeasyPrint": by_plain_weasyprint, "Chromium": by_chromium}
    with TemporaryDirectory() as folder:
        workers = {name: start(way, folder) for name, way in ways.items()}
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(rounds + 1):
            for name, (pipe, _process) in workers.items():
                pipe.send(html.replace("</main>", f"<p>{number}</p></main>"))
                took = pipe.recv()
                if number:
                    seconds[name].append(took)
        return {name: stop(*workers[name], median(seconds[name])) for name in ways}


def start(way: Callable[[str], Any], folder: str) -> tuple[Connection, Any]:
    """A process of its own that prints what it is sent."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=work, args=(way, there, folder), daemon=True)
    process.start()
    return here, process


def stop(pipe: Connection, process: Any, seconds: float) -> Measured:
    """Ends the process, which tells its memory and the pages of its last document."""
    pipe.send(None)
    memory, pages = pipe.recv()
    process.join()
    return Measured(seconds, memory, pages)


def work(way: Callable[[str], Any], pipe: Connection, folder: str) -> None:
    """Prints each HTML that comes, until None comes."""
    with way(folder) as printing:
        document = b""
        while (html := pipe.recv()) is not None:
            begun = perf_counter()
            document = printing(html)
            pipe.send(perf_counter() - begun)
        pipe.send((memory(), document.count(b"/Type /Page\n") or pages_of(document)))


def memory() -> float:
    """The largest memory of this process so far and of those that it started now, in MiB."""
    started = psutil.Process().children(recursive=True)
    return peak() + sum(child.memory_info().rss for child in started) / MEBIBYTE


def pages_of(document: bytes) -> int:
    """The number of pages."""
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(document)).pages)


@contextmanager
def by_product(folder: str) -> Iterator[Print]:
    """The product's warm renderer."""
    from hiring.export.pdf import render_pdf

    yield lambda html: render_pdf(html, title="Comparison", language="en")


@contextmanager
def by_plain_weasyprint(folder: str) -> Iterator[Print]:
    """WeasyPrint as its manual begins."""
    from weasyprint import CSS, HTML

    def printing(html: str) -> bytes:
        return bytes(HTML(string=html).write_pdf(stylesheets=[CSS(STATIC / "print" / "print.css")]))

    yield printing


@contextmanager
def by_chromium(folder: str) -> Iterator[Print]:
    """A warm Chromium with the same HTML and style sheet."""
    from playwright.sync_api import sync_playwright

    style = f"<style>{(STATIC / 'print' / 'print.css').read_text(encoding='utf-8')}</style></head>"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()

        def printing(html: str) -> bytes:
            file = Path(folder) / "document.html"
            file.write_text(html.replace("</head>", style), encoding="utf-8")
            page.goto(file.as_uri())
            return page.pdf(format="A4", tagged=True, outline=True)

        yield printing


def timed(act: Callable[[], Any]) -> float:
    """How long it takes, in seconds."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def report(name: str, measured: dict[str, Measured], first: float, again: float) -> None:
    """Prints the figures of one document."""
    ours, plain, chromium = measured["product"], measured["plain WeasyPrint"], measured["Chromium"]
    print(f"  {name}, {ours.pages} pages")
    for way, each in measured.items():
        print(f"    {way:<18}{each.seconds:8.2f} s{each.memory:8,.0f} MiB{each.pages:6} pages")
    print(f"    by address: first {first:.2f} s, unchanged again {again * 1000:.0f} ms")
    print(
        f"    product to Chromium {ours.seconds / chromium.seconds:.1f}, plain WeasyPrint to product "
        f"{plain.seconds / ours.seconds:.2f}, memory to Chromium {ours.memory / chromium.memory:.2f}, "
        f"first to again {first / again:.0f} (goal {GOALS['again']:.0f})"
    )


if __name__ == "__main__":
    main()

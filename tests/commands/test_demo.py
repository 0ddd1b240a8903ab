"""The demo organisation and the three exports, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import create_engine, func, insert, select

from hiring.models import (
    Application,
    Base,
    Candidate,
    Job,
    Person,
    Rating,
    Scorecard,
    ScorecardStatus,
    Sorter,
    Workshop,
)
from tests.command_line import Answer, Run


@pytest.fixture
def demo(hiring: Run, database_url: str) -> Run:
    """The command line of an installation with the demo organisation."""

    def run(*words: str) -> Answer:
        return hiring(*words, HIRING_DATABASE_URL=database_url)

    run("init")
    made = run("demo")
    assert made.returncode == 0, made.stderr
    return run


def listed(answer: Answer) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(answer.stdout)
    return rows


def text_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_the_comparison_is_exported_as_data(hiring: Run, tmp_path: Path) -> None:
    hiring("init")
    hiring("demo")
    jsonl, workbook, wrong = (tmp_path / name for name in ("lines.json", "c.xlsx", "c.exe"))

    made = [hiring("export", "comparison", "1", "--output", str(file)) for file in (jsonl, workbook)]
    refused = hiring("export", "comparison", "1", "--output", str(wrong))
    asked = hiring("export", "comparison", "1", "--format", "csv", "--output", str(wrong))

    assert [each.returncode for each in made] == [0, 0]
    assert {json.loads(line)["table"] for line in jsonl.read_text("utf-8").splitlines()} >= {
        "candidates",
        "about",
    }
    assert load_workbook(workbook).sheetnames[0] == "Candidates"
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "Name a file that ends in one of .pdf, .csv, .xlsx, .jsonl" in refused.stderr
    assert asked.returncode == 0
    assert wrong.read_text("utf-8-sig").startswith("Candidate,")


def test_the_demo_is_as_promised_and_can_be_exported(demo: Run, database_url: str, tmp_path: Path) -> None:
    jobs = listed(demo("job", "list", "--format", "json"))
    candidates = listed(demo("candidate", "list", "--job", str(jobs[0]["id"]), "--format", "json"))
    files = {name: tmp_path / f"{name}.pdf" for name in ("guide", "packet", "comparison")}

    exports = [
        demo("export", "guide", str(jobs[0]["id"]), "--output", str(files["guide"])),
        demo("export", "packet", str(candidates[0]["id"]), "--output", str(files["packet"])),
        demo(
            "export",
            "comparison",
            str(jobs[0]["id"]),
            "--output",
            str(files["comparison"]),
            "--paper",
            "letter",
        ),
    ]

    assert [job["title"] for job in jobs] == ["Customer service representative", "Chat support, part time"]
    assert len(candidates) == 8
    assert [each.returncode for each in exports] == [0, 0, 0]
    assert "What is different in your work since then?" in text_of(files["guide"])
    assert f"Candidate packet {candidates[0]['name']}" in text_of(files["packet"]).replace(
        "Confidential ", ""
    )
    comparison = text_of(files["comparison"])
    assert "陈雨桐 (Chen Yutong)" in comparison
    assert PdfReader(files["comparison"]).pages[0].mediabox.width == 612
    assert _counts(database_url) == (8, 19, 4)


def _counts(database_url: str) -> tuple[int, int, int]:
    """Candidates of the fullest job, submitted scorecards, and scorecards that somebody began."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        counted = [
            connection.scalar(query) or 0
            for query in (
                select(func.count()).select_from(Application).where(Application.job_id == 1),
                select(func.count()).where(Scorecard.status == ScorecardStatus.SUBMITTED),
                select(func.count()).where(Scorecard.status == ScorecardStatus.DRAFT),
            )
        ]
    engine.dispose()
    return counted[0], counted[1], counted[2]


def test_the_evidence_of_the_demo_is_varied(demo: Run, database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        texts = connection.scalars(select(Rating.evidence).where(Rating.evidence != "")).all()
    engine.dispose()

    assert len(texts) > 200
    assert len(set(texts)) == len(texts)


def test_a_second_demo_gives_new_passwords_and_nothing_else(demo: Run, database_url: str) -> None:
    before = _counts(database_url)

    again = demo("demo")

    assert again.returncode == 0
    assert again.stdout.count("@demo.example") == 7
    assert _counts(database_url) == before


def test_removing_the_demo_leaves_nothing_of_it(demo: Run, database_url: str) -> None:
    removed = demo("demo", "--remove")

    engine = create_engine(database_url)
    with engine.connect() as connection:
        left = {
            table.name: count
            for table in Base.metadata.sorted_tables
            if (count := connection.scalar(select(func.count()).select_from(table)))
        }
    engine.dispose()
    assert removed.returncode == 0, removed.stderr
    of_the_installation = {
        "role",
        "organisation",
        "audit_event",
        "bank_edition",
        "bank_passage",
        "bank_index_part",
    }
    assert set(left) <= of_the_installation


def test_no_name_of_the_demo_is_left_in_any_row(demo: Run, database_url: str) -> None:
    demo("demo")
    names = listed(demo("person", "list", "--format", "json"))
    names += listed(demo("candidate", "list", "--job", "1", "--format", "json"))

    demo("demo", "--remove")

    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
        ]
    engine.dispose()
    words = ["demo.example", "Nordlys", *(str(each["name"]) for each in names)]
    assert [word for word in words if any(word in row for row in rows)] == []
    assert len(words) == 2 + 7 + 8


def test_own_candidates_go_with_the_demo_only_if_that_is_said(demo: Run, database_url: str) -> None:
    engine = create_engine(database_url)
    moment = datetime(2026, 5, 3, tzinfo=UTC)
    with engine.begin() as connection:
        added = {
            "revision": 1,
            "email": "",
            "phone": "",
            "is_demo": False,
            "created_at": moment,
        }
        number = connection.scalar(insert(Candidate).values(name="Own Carl", **added).returning(Candidate.id))
        applied = {"revision": 1, "status": "applied", "created_at": moment}
        texts = {"status_reason": "", "source_of_contact": ""}
        rows = insert(Application.__table__).values(job_id=1, candidate_id=number, **applied, **texts)
        connection.execute(rows)

    refused = demo("demo", "--remove")
    removed = demo("demo", "--remove", "--with-own-candidates")

    with engine.connect() as connection:
        left = connection.scalar(select(func.count()).select_from(Candidate))
    engine.dispose()
    assert (refused.returncode, removed.returncode, left) == (2, 0, 0)
    assert "One candidate of your own applied for the demo's jobs" in refused.stderr


def test_what_is_real_stays_when_the_demo_goes(demo: Run, database_url: str) -> None:
    demo("person", "add", "--name", "Ann", "--email", "ann@example.org", "--role", "recruiter")

    demo("demo", "--remove")

    engine = create_engine(database_url)
    with engine.connect() as connection:
        people = connection.scalars(select(Person.name)).all()
        jobs, candidates = (
            connection.scalar(select(func.count()).select_from(kind)) for kind in (Job, Candidate)
        )
    engine.dispose()
    assert (people, jobs, candidates) == (["Ann"], 0, 0)


def test_a_workshop_in_which_somebody_real_sorts_stays_when_the_demo_goes(
    demo: Run, database_url: str
) -> None:
    demo("person", "add", "--name", "Ann", "--email", "ann@example.org", "--role", "recruiter")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        titles = connection.scalars(select(Workshop.title).order_by(Workshop.id)).all()
        ann = connection.scalar(select(Person.id).where(Person.name == "Ann"))
        connection.execute(insert(Sorter.__table__).values(workshop_id=1, person_id=ann))

    removed = demo("demo", "--remove")

    with engine.connect() as connection:
        left = connection.scalars(select(Workshop.title)).all()
    engine.dispose()
    assert removed.returncode == 0, removed.stderr
    assert (len(titles), left) == (2, titles[:1])

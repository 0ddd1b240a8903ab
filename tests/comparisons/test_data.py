"""The comparison as data: the figures of the page, for those who may read them, in three formats."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hiring.extensions import db
from hiring.models import Job, Person
from tests import factories
from tests.conftest import Queries, SignIn

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent / "docs" / "comparison.schema.json").read_text("utf-8")
)
LEVELS = {
    "Ada": ((1, 2, 2), (2, 1, 3)),
    "陈雨桐": ((3, None, None), (4, 3, 3)),
    "=Eve": ((5, 5, 5), (5, 4, 5)),
}


@pytest.fixture
def job(hugo: Person, ivy: Person, ian: Person) -> Job:
    made = factories.job(lead=hugo)
    version = factories.guide_version(made, hugo)
    for name, given in LEVELS.items():
        interview = factories.interview(factories.application(made, name), version, ivy, ian)
        for person, levels in zip((ivy, ian), given, strict=True):
            factories.scorecard(interview, person, levels)
    factories.application(made, "Nobody rated")
    db.session.commit()
    return made


def asked(sign_in: SignIn, person: Person, job: Job, ending: str) -> Any:
    return sign_in(person).get(f"/jobs/{job.id}/comparison.{ending}")


def test_the_csv_has_the_figures_of_the_page(job: Job, hugo: Person, sign_in: SignIn) -> None:
    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison").text
    answer = asked(sign_in, hugo, job, "csv")
    rows = {row["Candidate"]: row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert set(rows) == {"Ada", "陈雨桐", "'=Eve", "Nobody rated"}
    shown = re.findall(r'class="composite">([\d.]+)<', page)[:3]
    assert sorted(f"{float(row['Composite']):.2f}" for row in rows.values() if row["Composite"]) == sorted(
        shown
    )
    assert (rows["陈雨桐"]["n: Patience"], rows["Nobody rated"]["Composite"]) == ("1", "")


def test_the_workbook_has_a_sheet_for_each_skill(job: Job, hugo: Person, sign_in: SignIn) -> None:
    book = load_workbook(io.BytesIO(asked(sign_in, hugo, job, "xlsx").data))

    assert book.sheetnames == [
        "Candidates",
        "Empathy",
        "Patience",
        "Skills and weights",
        "About these figures",
    ]
    levels = [row[4] for row in book["Patience"].iter_rows(min_row=2, values_only=True) if row[0] == "陈雨桐"]
    assert sorted(map(str, levels)) == ["3", "3", "N", "N"]
    words = [row[5] for row in book["Empathy"].iter_rows(min_row=2, values_only=True)]
    assert all(each.startswith(factories.EVIDENCE) for each in words)


def test_every_line_fits_the_published_schema(job: Job, hugo: Person, sign_in: SignIn) -> None:
    lines = [json.loads(line) for line in asked(sign_in, hugo, job, "jsonl").text.splitlines()]

    assert {line["table"].partition(".")[0] for line in lines} == {"candidates", "answers", "skills", "about"}
    for line in lines:
        shape = SCHEMA["$defs"][line["table"].partition(".")[0]]
        for name, value in line.items():
            known = shape["properties"].get(name) or next(
                kind for pattern, kind in shape["patternProperties"].items() if re.search(pattern, name)
            )
            assert json_type(value) in known["type"], (name, value)
        assert set(shape["required"]) <= set(line)


def json_type(value: Any) -> str:
    kinds = {str: "string", int: "integer", float: "number", type(None): "null"}
    return kinds[type(value)]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_only_those_who_may_compare_download_it(
    job: Job, hugo: Person, olga: Person, ivy: Person, sign_in: SignIn, ending: str
) -> None:
    answer = asked(sign_in, hugo, job, ending)

    assert answer.status_code == 200
    assert f"comparison-support-agent.{ending}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert [asked(sign_in, person, job, ending).status_code for person in (olga, ivy)] == [403, 403]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_whom_the_reader_may_not_see_is_not_in_it(
    job: Job, hugo: Person, sign_in: SignIn, ending: str
) -> None:
    version = factories.guide_version(job, hugo, number=2)
    ada = db.session.scalars(db.select(factories.Application).order_by("id")).first()
    factories.interview(ada, version, hugo)
    db.session.commit()

    text = asked(sign_in, hugo, job, ending).text

    assert ("Ada" in text, "陈雨桐" in text) == (False, True)


def test_an_unknown_ending_is_not_found(job: Job, hugo: Person, sign_in: SignIn) -> None:
    assert asked(sign_in, hugo, job, "exe").status_code == 404


def test_many_candidates_cost_no_more_queries(
    job: Job, hugo: Person, ivy: Person, sign_in: SignIn, queries: Queries
) -> None:
    address, browser = f"/jobs/{job.id}/comparison.jsonl", sign_in(hugo)
    browser.get(address)
    with queries() as few:
        browser.get(address)
    version = factories.guide_version(job, hugo, number=2)
    for number in range(5):
        interview = factories.interview(factories.application(job, f"More {number}"), version, ivy)
        factories.scorecard(interview, ivy)
    db.session.commit()
    with queries() as many:
        browser.get(address)

    assert len(many) <= len(few) + 1  # One more guide version is read.

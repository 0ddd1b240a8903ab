"""``hiring panel plan``: files in, plan out; bad files named line by line; no database."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.command_line import Run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text("candidate,languages\nCarl,da\nCleo,\n=Cato,en\n")
    (tmp_path / "panel.csv").write_text(
        "interviewer,max_load,languages\nIvy,3,da en\nIan,,da\nIna,2,en\nIda,,en da\n"
    )
    (tmp_path / "apart.csv").write_text("candidate,interviewer,reason\nCarl,Ivy,brother\n")
    return tmp_path


def test_a_plan_from_numbers_has_all_its_figures(hiring: Run) -> None:
    answer = hiring(
        "panel", "plan", "--candidates", "8", "--interviewers", "4", "--raters", "2", "--format", "json"
    )

    found = json.loads(answer.stdout)
    assert len(found["assignments"]) == 16
    assert found["load"] == {f"Interviewer {n}": 4 for n in range(1, 5)}
    assert (found["components"], found["khat"], found["warnings"]) == (1, 2.0, [])
    assert found["expected_reliability"] == pytest.approx(0.611, abs=0.001)


def test_a_plan_from_files_keeps_conflicts_and_languages(hiring: Run, files: Path) -> None:
    answer = hiring(
        "panel", "plan", "--candidates", f"{files}/people.csv", "--interviewers", f"{files}/panel.csv",
        "--conflicts", f"{files}/apart.csv", "--skills", "empathy,patience", "--format", "csv",
    )  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert {row["interviewer"] for row in rows if row["candidate"] == "Carl"} == {"Ian", "Ida"}
    assert {row["candidate"] for row in rows} == {"Carl", "Cleo", "'=Cato"}
    assert {row["skills"] for row in rows} == {"empathy patience"}


def test_the_table_says_what_to_expect(hiring: Run) -> None:
    answer = hiring("panel", "plan", "--candidates", "6", "--interviewers", "3", "--raters", "2")

    assert "k-hat 2.00" in answer.stdout
    assert "One more interviewer for every candidate would make it 0.70" in " ".join(answer.stdout.split())


def test_an_impossible_plan_names_whom_and_what_would_help(hiring: Run, files: Path) -> None:
    answer = hiring(
        "panel", "plan", "--candidates", f"{files}/people.csv", "--interviewers", "2", "--raters", "3"
    )

    assert answer.returncode == 2
    assert "Carl may be interviewed by 2 of the wished 3." in answer.stderr
    assert "Ask one more interviewer who may meet everybody." in answer.stderr
    assert "Give every candidate 2 interviewers." in answer.stderr


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("candidate\nCarl\nCarl\n", "line 3: “Carl” stands there already"),
        ('candidate,languages\n" ",da\n', "line 2: the candidate is blank"),
        ("name\nCarl\n", "candidate"),
        ("candidate\n", "There is no candidate"),
    ],
)
def test_a_wrong_file_is_told_by_its_lines(hiring: Run, tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "wrong.csv").write_text(rows)

    answer = hiring("panel", "plan", "--candidates", str(tmp_path / "wrong.csv"), "--interviewers", "3")

    assert answer.returncode == 2
    assert told in answer.stderr


@pytest.mark.parametrize("number", ["0", "99999"])
def test_numbers_out_of_range_are_refused(hiring: Run, number: str) -> None:
    answer = hiring("panel", "plan", "--candidates", number, "--interviewers", "3")

    assert answer.returncode == 2
    assert "Choose 1 to 2,000 candidates." in answer.stderr


def test_rounds_have_raters_of_their_own(hiring: Run) -> None:
    words = ("--candidates", "6", "--interviewers", "5", "--rounds", "1,2")
    answer = hiring("panel", "plan", *words, "--format", "json")
    table = hiring("panel", "plan", *words)
    wrong = hiring("panel", "plan", "--candidates", "6", "--interviewers", "5", "--rounds", "1,x")

    found = json.loads(answer.stdout)["assignments"]
    assert sorted(each["round"] for each in found) == [1] * 6 + [2] * 12
    assert "1: " in table.stdout
    assert "; 2: " in table.stdout
    assert wrong.returncode != 0
    assert "such as 1,2" in wrong.stderr

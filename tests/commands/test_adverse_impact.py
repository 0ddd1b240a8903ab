"""Selection rates of groups out of a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hiring.commands.printing import COLUMNS, width
from tests.command_line import Run

HEADER = "group,applicants,selected"

# Uniform Guidelines, questions 11 (rates of 60, 45, 48 and 51 per cent) and 12 (44 FR 11996, 1979).
GUIDELINES = f"""example,{HEADER}
question 12,White,80,48
question 12,Black,40,12
question 11,A,100,60
question 11,B,100,45
question 11,C,100,48
question 11,D,100,51
"""


def groups(hiring: Run, content: str) -> dict[str, dict[str, Any]]:
    answer = hiring("adverse-impact", "-", "--format", "json", typed=content)
    assert answer.returncode == 0, answer.stderr
    return {each["group"]: each for each in json.loads(answer.stdout)["groups"]}


def test_the_examples_of_the_guidelines_come_out_as_published(hiring: Run) -> None:
    found = groups(hiring, GUIDELINES)

    assert found["Black"]["ratio"] == pytest.approx(0.5)
    assert {name: found[name]["ratio"] for name in "ABCD"} == pytest.approx(
        {"A": 1.0, "B": 0.75, "C": 0.8, "D": 0.85}
    )
    assert {name: found[name]["below_four_fifths"] for name in "ABCD"} == {
        "A": False,
        "B": True,
        "C": False,
        "D": False,
    }


def test_each_example_is_compared_by_itself(hiring: Run) -> None:
    found = groups(hiring, GUIDELINES)

    assert [name for name, each in found.items() if each["highest"]] == ["White", "A"]
    assert found["White"]["example"] == "question 12"


def test_every_key_is_there(hiring: Run) -> None:
    found = groups(hiring, f"{HEADER}\nA,80,48\nB,40,12\n")

    assert list(found["B"]) == [
        *("example", "group", "applicants", "selected", "rate", "ratio", "highest", "below_four_fifths"),
        *("fisher_p", "z", "shortfall", "flips_with_one", "small"),
    ]
    assert found["B"]["example"] is None
    assert found["B"]["rate"] == pytest.approx(0.3)
    assert found["B"]["fisher_p"] == pytest.approx(
        0.003409, abs=1e-6
    )  # R: fisher.test(matrix(c(12,28,48,32),2))
    assert found["B"]["z"] == pytest.approx(-3.0984, abs=1e-4)
    assert found["B"]["shortfall"] == 12


def test_one_selection_that_would_flip_it_is_said(hiring: Run) -> None:
    answer = hiring("adverse-impact", "-", typed=f"{HEADER}\nA,10,6\nB,10,4\n")

    assert "B would reach four fifths if one more" in " ".join(answer.stdout.split())


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "No groups yet."),
        ("A,0,0\nB,10,5\n", "A has no applicants"),
        ("A,4,0\nB,10,0\n", "Nobody was selected"),
        ("A,10,10\nB,10,10\n", "–"),
        ("A,1000,50\n少数民族,10,1\n", "less than 2 %"),
    ],
)
def test_what_cannot_be_said_is_not_made_up(hiring: Run, rows: str, words: str) -> None:
    answer, data = (
        hiring("adverse-impact", "-", "--format", form, typed=f"{HEADER}\n{rows}")
        for form in ("table", "json")
    )

    assert (answer.returncode, data.returncode) == (0, 0)
    assert words in answer.stdout
    assert "nan" not in data.stdout.lower()


def test_the_table_fits_a_terminal_also_with_wide_names(hiring: Run) -> None:
    rows = "A,80,48\n" + "少" * 60 + ",40,12\nA very long name of a group indeed,99999,9\n"

    answer = hiring("adverse-impact", "-", typed=f"{HEADER}\n{rows}")

    table = answer.stdout.split("\n\n")[0].splitlines()[:4]
    assert max(map(width, table)) <= COLUMNS
    assert len({width(line) for line in table}) == 1


BAD = [
    ("A,10,11", "11 are selected of 10 applicants"),
    ("A,ten,1", "“ten” is no whole number of applicants"),
    ("A,10,2.5", "“2.5” is no whole number of people selected"),
    ("A,-1,0", "“-1” is no whole number"),
    ("A,10,", "the number of people selected is blank"),
    (" ,10,1", "the group is blank"),
    ("B,10,1", "“B” stands there already"),
    ("A,10,1,9", "4 cells where the header has 3"),
    ("A,99999999999999999999,1", "no whole number"),
]


@pytest.mark.parametrize(("row", "reason"), BAD, ids=[row for row, _ in BAD])
def test_a_bad_row_is_told_by_its_line(hiring: Run, row: str, reason: str) -> None:
    answer = hiring("adverse-impact", "-", typed=f"{HEADER}\nB,10,5\n{row}\n")

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("line 3: ")
    assert reason in answer.stderr


def test_all_bad_lines_are_told_in_one_pass(hiring: Run) -> None:
    answer = hiring("adverse-impact", "-", typed=f"{HEADER}\nA,x,1\nB,4,5\nC,5,1\nC,5,1\n")

    assert [line.split(":")[0] for line in answer.stderr.splitlines()] == [
        "line 2",
        "line 3",
        "line 5",
        "Error",
    ]


def test_a_missing_column_is_told(hiring: Run) -> None:
    answer = hiring("adverse-impact", "-", typed="group,applicants\nA,5\n")

    assert answer.returncode == 2
    assert "line 1: the column selected is missing" in answer.stderr


def test_it_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(GUIDELINES, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "hiring.cli", "adverse-impact", str(file)], capture_output=True, check=True
    )

    assert b"Black       40      12  30.0%   0.50" in done.stdout
    assert done.stderr == b""

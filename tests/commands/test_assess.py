"""``hiring assess``: keys, sentences, seeds, and what is said of designs that allow little."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hiring.commands.printing import COLUMNS, width
from tests.command_line import Run

PROCESS = [sys.executable, "-m", "hiring.cli", "assess"]
HEADER = "candidate,interviewer,item,score"
GOAL_MEGABYTES = 300

FIGURE = ["name", "value", "low", "high", "n"]
KEYS = [
    *("n", "components", "parts", "variance", "khat", "q", "reliability", "alpha", "cronbach_alpha"),
    *("candidates", "interviewers", "items", "warnings"),
]
CANDIDATE = ["candidate", "ratings", "mean", "adjusted", "sd", "part", "rank_low", "rank_high", "p_top"]
INTERVIEWER = ["interviewer", "ratings", "severity", "sd", "spread", "flags"]
ITEM = ["item", "n", "mean", "sd", "corrected_r", "alpha_if_deleted", "floor", "ceiling", "flags"]

# Shrout & Fleiss 1979, Psychological Bulletin 86(2), table 2.
SHROUT_AND_FLEISS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section D; 0 is not rated.
KRIPPENDORFF = [
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
]

Row = tuple[str, str, str, float]


def design(candidates: int = 24, interviewers: int = 6, items: int = 3, each: int = 3) -> list[Row]:
    """Ratings from 1 to 5 of overlapping panels."""
    chance = Random(7)  # noqa: S311
    level = [chance.gauss(3, 0.8) for _ in range(candidates)]
    severity = [chance.gauss(0, 0.4) for _ in range(interviewers)]
    rows = []
    for candidate in range(candidates):
        for step in range(each):
            who = (candidate + step) % interviewers
            for item in range(items):
                score = round(level[candidate] - severity[who] + chance.gauss(0, 0.7))
                rows.append((f"C{candidate}", f"I{who}", f"q{item}", float(min(max(score, 1), 5))))
    return rows


def text_of(rows: Iterable[Row]) -> str:
    return "\n".join([HEADER, *(",".join(map(str, row)) for row in rows)]) + "\n"


def data(hiring: Run, rows: Iterable[Row], *words: str) -> dict[str, Any]:
    answer = hiring("assess", "-", "--format", "json", *words, typed=text_of(rows))
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout, parse_constant=pytest.fail)
    return found


def lines(hiring: Run, rows: Iterable[Row], *words: str) -> list[str]:
    answer = hiring("assess", "-", *words, typed=text_of(rows))
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


def said(found: list[str]) -> str:
    return " ".join(" ".join(found).split())


def test_the_json_has_the_keys_that_are_documented(hiring: Run) -> None:
    found = data(hiring, design())

    assert list(found) == KEYS
    assert found["n"] == {"candidates": 24, "interviewers": 6, "items": 3, "ratings": 216}
    assert list(found["variance"]) == ["candidate", "interviewer", "residual"]
    assert list(found["reliability"]) == ["single", "panel", "ranking", "consistency"]
    assert list(found["alpha"]) == ["nominal", "ordinal", "interval", "ratio"]
    for figure in (*found["reliability"].values(), *found["alpha"].values(), found["cronbach_alpha"]):
        assert list(figure) == FIGURE
        assert figure["low"] <= figure["value"] <= figure["high"]
    assert {tuple(each) for each in found["candidates"]} == {tuple(CANDIDATE)}
    assert {tuple(each) for each in found["interviewers"]} == {tuple(INTERVIEWER)}
    assert {tuple(each) for each in found["items"]} == {tuple(ITEM)}
    assert found["components"] == 1
    assert len(found["parts"][0]["candidates"]) == 24


def test_an_undefined_figure_is_null_with_its_reason(hiring: Run) -> None:
    found = data(hiring, [("Ann", "Ivy", "q1", 3), ("Ben", "Ivy", "q1", 4)])

    single = found["reliability"]["single"]
    assert single["value"] is single["low"] is single["high"] is None
    assert single["why"] == "too few interviewers: 1, and at least 2 are needed"
    assert found["variance"] == {"candidate": None, "interviewer": None, "residual": None}


def test_shrout_and_fleiss_come_out_as_published(hiring: Run) -> None:
    rows = [
        (f"{target}", f"J{judge}", "q", score)
        for target, scores in enumerate(SHROUT_AND_FLEISS)
        for judge, score in enumerate(scores)
    ]

    found = data(hiring, rows)["reliability"]

    assert round(found["single"]["value"], 2) == 0.29
    assert round(found["panel"]["value"], 2) == 0.62
    assert round(found["consistency"]["value"], 2) == 0.71
    assert round(found["ranking"]["value"], 2) == 0.91  # ICC(3,4), since everybody met the same judges


def test_krippendorffs_data_come_out_as_published(hiring: Run) -> None:
    rows = [
        (f"unit {unit}", f"observer {observer}", "q", score)
        for observer, scores in enumerate(KRIPPENDORFF)
        for unit, score in enumerate(scores)
        if score
    ]

    found = data(hiring, rows)["alpha"]

    assert {name: round(figure["value"], 3) for name, figure in found.items()} == {
        "nominal": 0.743,
        "ordinal": 0.815,
        "interval": 0.849,
        "ratio": 0.797,
    }


def test_a_seed_repeats_and_another_one_draws_anew(hiring: Run) -> None:
    first, again, other = (data(hiring, design(), "--seed", seed) for seed in ("5", "5", "6"))

    assert first == again
    assert first != other


def test_the_order_of_the_rows_changes_nothing(hiring: Run) -> None:
    rows = design()

    assert data(hiring, Random(1).sample(rows, len(rows))) == data(hiring, rows)  # noqa: S311


def test_a_constant_shift_of_one_interviewer_moves_the_severity_only(hiring: Run) -> None:
    rows = design(interviewers=4, each=4)
    shifted = [(c, i, q, score - 3 if i == "I1" else score) for c, i, q, score in rows]

    before, after = data(hiring, rows), data(hiring, shifted)

    assert names(after) == names(before)
    assert severities(after)["I1"] > severities(before)["I1"] + 1.5
    assert after["reliability"]["consistency"]["value"] == pytest.approx(
        before["reliability"]["consistency"]["value"], abs=1e-6
    )


def names(found: dict[str, Any]) -> list[str]:
    return [each["candidate"] for each in found["candidates"]]


def severities(found: dict[str, Any]) -> dict[str, float]:
    return {each["interviewer"]: each["severity"] for each in found["interviewers"]}


def test_a_shift_of_everybody_moves_all_values_alike(hiring: Run) -> None:
    rows = design()

    before, after = data(hiring, rows), data(hiring, [(c, i, q, score + 100) for c, i, q, score in rows])

    assert names(after) == names(before)
    assert after["candidates"][0]["adjusted"] == pytest.approx(before["candidates"][0]["adjusted"] + 100)
    assert after["reliability"]["single"]["value"] == pytest.approx(before["reliability"]["single"]["value"])


def test_parts_that_share_nobody_are_ranked_apart_and_warned_of(hiring: Run) -> None:
    rows = design(12, 3)
    rows += [(f"X{c}", f"X{i}", q, score) for c, i, q, score in design(6, 3)]

    found, table = data(hiring, rows), lines(hiring, rows)

    assert found["components"] == 2
    assert [len(part["candidates"]) for part in found["parts"]] == [12, 6]
    assert {each["part"] for each in found["candidates"] if each["candidate"].startswith("X")} == {1}
    assert max(each["rank_high"] for each in found["candidates"] if each["part"] == 1) == 6
    assert "2 parts that share neither candidates nor interviewers" in found["warnings"][0]
    assert "2 parts that share neither" in said(table)
    assert any(line.startswith("Candidates of part 2") for line in table)


def test_fewer_than_ten_candidates_get_no_grade_in_words(hiring: Run) -> None:
    found = said(lines(hiring, design(9, 4, 2, 4)))

    assert "The reliability of a single interviewer gets no grade in words (too few candidates: 9" in found


def test_a_narrow_interval_gets_a_grade_in_words(hiring: Run) -> None:
    rows = [(f"C{c}", f"I{i}", "q", c + (c * i % 3) / 2) for c in range(12) for i in range(4)]

    assert "the reliability of a single interviewer is excellent" in said(lines(hiring, rows))


def test_ratings_that_are_all_the_same_give_no_figures(hiring: Run) -> None:
    rows = [(c, i, q, 3) for c, i, q, _ in design()]

    found, table = data(hiring, rows), lines(hiring, rows)

    assert found["reliability"]["single"]["why"] == "all ratings are the same"
    assert found["alpha"]["ordinal"]["value"] is None
    assert "undefined: all ratings are the same" in said(table)


def test_a_header_without_rows_is_answered(hiring: Run) -> None:
    found, table = data(hiring, []), lines(hiring, [])

    assert list(found) == KEYS
    assert found["n"] == {"candidates": 0, "interviewers": 0, "items": 0, "ratings": 0}
    assert found["cronbach_alpha"] == {
        **dict.fromkeys(FIGURE),
        "name": "Cronbach's alpha",
        "n": 0,
        "why": "no ratings yet",
    }
    assert found["warnings"] == ["There are no ratings yet."]
    assert table[0] == "No ratings yet."


@pytest.mark.parametrize("top", ["1", "5", "24", "999"])
def test_chances_add_up_to_the_number_of_places(hiring: Run, top: str) -> None:
    found = data(hiring, design(), "--top", top)

    assert sum(each["p_top"] for each in found["candidates"]) == pytest.approx(min(int(top), 24))


def test_the_ends_of_the_scale_decide_what_floor_and_ceiling_are(hiring: Run) -> None:
    rows = [
        ("Ann", "Ivy", "q1", 2),
        ("Ann", "Ian", "q1", 4),
        ("Ben", "Ivy", "q1", 4),
        ("Ben", "Ian", "q1", 2),
    ]

    observed, given = data(hiring, rows), data(hiring, rows, "--scale", "1:4")

    assert (observed["items"][0]["floor"], observed["items"][0]["ceiling"]) == (0.5, 0.5)
    assert (given["items"][0]["floor"], given["items"][0]["ceiling"]) == (0.0, 0.5)


@pytest.mark.parametrize("scale", ["5:1", "1:1", "1-5", "a:b", "1:5:9", "nan:5", "1:inf", ":", "1"])
def test_a_scale_that_is_none_is_refused(hiring: Run, scale: str) -> None:
    answer = hiring("assess", "-", "--scale", scale, typed=text_of(design()))

    assert answer.returncode == 2
    assert "1:5" in answer.stderr


def test_a_scale_may_begin_below_zero(hiring: Run) -> None:
    assert data(hiring, [("Ann", "Ivy", "q1", -2)], "--scale", "-2:2")["n"]["ratings"] == 1


@pytest.mark.parametrize("words", [("--seed", "-1"), ("--seed", "x"), ("--top", "0"), ("--format", "xml")])
def test_an_option_that_makes_no_sense_is_refused(hiring: Run, words: tuple[str, ...]) -> None:
    answer = hiring("assess", "-", *words, typed=text_of(design()))

    assert answer.returncode == 2
    assert answer.stderr.splitlines()[-1].startswith("Error: Invalid value for")


def test_every_line_fits_a_terminal_also_with_wide_names(hiring: Run) -> None:
    rows = [(f"王小明{c}" * 9, f"Interviewer with a long name {i} " * 4, q, s) for c, i, q, s in design()]
    rows += [("李小龙", "Ivy", "q0", 3), ("李小龙", "I0", "q0", 3)]

    table = lines(hiring, rows)

    assert max(map(width, table)) <= COLUMNS
    start = next(place for place, line in enumerate(table) if line.startswith("Candidates "))
    assert len({width(line) for line in table[start : start + 25]}) == 1


def test_what_a_terminal_would_obey_is_not_printed(hiring: Run) -> None:
    rows = [("\x1b[31mAnn", "Ivy", "q1", 1), ('"two\nlines"', "Ivy", "q1", 2)]

    table = lines(hiring, rows)

    assert not any("\x1b" in line for line in table)
    assert any(line.startswith("two lines") for line in table)


def test_a_terminal_that_knows_few_letters_gets_question_marks(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(text_of([("李小龙", "Zoë", "q1", 1)]), encoding="utf-8")

    done = process(str(file), PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert b"???" in done.stdout


def process(*words: str, typed: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "HIRING_DATABASE_URL": "nonsense://", **variables}
    return subprocess.run([*PROCESS, *words], input=typed, capture_output=True, check=False, env=environment)


def test_a_process_reads_a_file_a_packed_file_and_standard_input(tmp_path: Path) -> None:
    content = text_of(design()).encode()
    plain, packed = tmp_path / "ratings.csv", tmp_path / "ratings.csv.gz"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))

    answers = [process(str(plain)), process(str(packed)), process("-", typed=content)]

    assert [(each.returncode, each.stderr) for each in answers] == [(0, b"")] * 3
    assert len({each.stdout for each in answers}) == 1


def test_a_process_prints_json_in_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    typed = text_of([("李小龙", "Zoë", "q1", 1)]).encode()

    done = process("-", "--format", "json", typed=typed, PYTHONIOENCODING="ascii")

    assert json.loads(done.stdout)["candidates"][0]["candidate"] == "李小龙"


def test_a_process_names_every_bad_line_and_prints_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(f'{HEADER}\nAnn,Ivy,q1,"3,5"\nAnn,Ian,q1,9\n,Ivy,q1,3\nBen,Ivy,q1,\n', encoding="utf-8")

    done = process(str(file), "--scale", "1:5")

    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        "line 2: the score 3,5 has a decimal comma; write 3.5",
        "line 3: the score “9” is off the scale from 1 to 5",
        "line 4: the candidate is blank",
        "line 5: the score is blank",
        f"Error: 4 lines are wrong in {file}, as listed above; nothing was worked out.",
    ]


@pytest.mark.parametrize("name", ["missing.csv", "", "."])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    done = process(str(tmp_path / name))

    assert done.returncode == 2
    assert done.stderr.decode().startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_no_database_and_no_pages_are_loaded() -> None:
    code = (
        "import sys; from hiring.cli import main; sys.argv = ['hiring', 'assess', '-']; main();"
        "print(sorted({'flask_sqlalchemy', 'hiring.models', 'hiring.app', 'scipy.stats'} & set(sys.modules)),"
        "file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], input=text_of(design()).encode(), capture_output=True, check=True
    )

    assert done.stderr == b"[]\n"


def test_sixty_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(text_of(design(2000, 60, 10, 3)), encoding="utf-8")

    # A process begins with the peak of the one that starts it, which here is that of all tests before.
    small = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_maxrss / 1024, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", small, *PROCESS, str(file), "--format", "json", "--scale", "1:5"],
        capture_output=True,
        check=True,
    )

    assert float(done.stderr) < GOAL_MEGABYTES
    assert len(json.loads(done.stdout)["candidates"]) == 2000

"""``hiring guide compose``: the best questions for the minutes, without a database."""

from __future__ import annotations

import json

import pytest

from tests.command_line import Run


def test_a_preset_is_composed_within_the_hour(hiring: Run) -> None:
    answer = hiring(
        "guide", "compose", "--preset", "telephone-service", "--minutes", "60", "--format", "json"
    )

    found = json.loads(answer.stdout)
    (round_,) = found["rounds"]
    assert round_["planned"] <= 60
    assert {each["skill"] for each in round_["questions"]} == set(found["coverage"])
    assert found["left_out"][0]["minutes"] == 8


def test_rounds_ask_different_questions(hiring: Run) -> None:
    answer = hiring(
        "guide",
        "compose",
        "--skills",
        "empathy,patience",
        "--minutes",
        "30",
        "--rounds",
        "2",
        "--format",
        "json",
    )

    asked = [
        each["question"] for round_ in json.loads(answer.stdout)["rounds"] for each in round_["questions"]
    ]
    assert len(asked) == len(set(asked)) > 2


def test_the_table_names_what_is_left_out(hiring: Run) -> None:
    answer = hiring("guide", "compose", "--skills", "empathy,patience,ownership", "--minutes", "45")

    assert "Round 1: " in answer.stdout
    assert "Ownership and accountability has a single question" in " ".join(answer.stdout.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--skills", "empathy,juggling", "--minutes", "60"), "juggling"),
        (("--preset", "circus", "--minutes", "60"), "circus"),
        (("--skills", " , ", "--minutes", "60"), "Name at least one skill"),
        (("--minutes", "60"), "Name either a suggestion"),
        (("--skills", "empathy", "--minutes", "0"), "10<=x<=240"),
        (("--skills", "empathy", "--minutes", "60", "--heard", "nothing-1-q1"), "nothing-1-q1"),
        (
            ("--skills", "empathy,patience,ownership", "--minutes", "30", "--questions", "2"),
            "Take 48 minutes",
        ),
    ],
)
def test_what_cannot_be_composed_is_told_in_a_sentence(
    hiring: Run, words: tuple[str, ...], told: str
) -> None:
    answer = hiring("guide", "compose", *words)

    assert answer.returncode == 2
    assert told in answer.stderr


def test_a_round_with_skills_of_its_own_asks_about_these_only(hiring: Run) -> None:
    words = ("--skills", "empathy,patience", "--minutes", "30", "--rounds", "2", "--only", "2:patience")
    answer = hiring("guide", "compose", *words, "--format", "json")

    rounds = json.loads(answer.stdout)["rounds"]
    assert [each["only"] for each in rounds] == [[], ["patience"]]
    assert {each["skill"] for each in rounds[1]["questions"]} == {"patience"}


@pytest.mark.parametrize(
    ("only", "sentence"),
    [
        ("3:empathy", "Write --only as a round from 1 to 2"),
        ("empathy", "Write --only as a round from 1 to 2"),
        ("1:listening", "Round 1 cannot ask about listening"),
    ],
)
def test_what_is_no_round_with_skills_is_told(hiring: Run, only: str, sentence: str) -> None:
    words = ("--skills", "empathy,patience", "--minutes", "30", "--rounds", "2", "--only", only)
    answer = hiring("guide", "compose", *words)

    assert answer.returncode != 0
    assert sentence in " ".join(answer.stderr.split())

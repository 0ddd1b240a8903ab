"""Practice answers: every strength for every core skill, in every language, and nothing copied."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from question_bank import SkillKind, languages, sample, samples, skills
from question_bank.load import FOLDER, read


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A copy of the bank to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "bank", ignore=shutil.ignore_patterns("__pycache__")))


def change(bank: Path, **fields: object) -> list[str]:
    """What is said of the bank after the first sample of empathy was changed."""
    file = bank / "samples" / "empathy.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["samples"][0] |= fields
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return [str(problem) for problem in read(bank).problems]


def test_every_core_skill_has_a_weak_a_middle_and_a_strong_answer() -> None:
    core = [skill.id for skill in skills() if skill.kind is SkillKind.CORE]
    strengths = {skill: {min(max(each.level, 2), 4) for each in samples(skill)} for skill in core}

    assert strengths == {skill: {2, 3, 4} for skill in core}
    assert set(Counter(each.level for each in samples())) == {1, 2, 3, 4, 5}


def test_the_order_in_a_file_does_not_give_the_level_away() -> None:
    orders = Counter(
        tuple(each.level for each in samples(skill.id)) for skill in skills() if samples(skill.id)
    )

    assert len(orders) >= 6


@pytest.mark.parametrize("language", languages())
def test_levels_and_questions_are_the_same_in_every_language(language: str) -> None:
    assert [
        (each.id, each.level, each.question, len(each.evidence)) for each in samples(language=language)
    ] == [(each.id, each.level, each.question, len(each.evidence)) for each in samples()]
    assert (
        language == "en" or sample("empathy-sample-1", language).answer != sample("empathy-sample-1").answer
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": "empathy-sample-7"}, "The id here must be empathy-sample-1."),
        ({"question": "patience-1-q1"}, "empathy has no question patience-1-q1."),
        ({"level": 6}, "Write a level from 1 to 5."),
        ({"evidence": []}, "Write at least one thing that an expert notes."),
        ({"colour": "red"}, "This field is not known here."),
        (
            {"answer": "Well. Gives a real case with a specific feeling or need, I would say."},
            "These words are copied from an anchor",
        ),
        ({"level": 5}, "A middle answer is missing: level 3."),
    ],
)
def test_what_is_wrong_is_told_with_file_and_field(
    bank: Path, fields: dict[str, object], sentence: str
) -> None:
    told = change(bank, **fields)

    assert any("samples/empathy.yaml" in each and sentence in each for each in told)


def test_a_core_skill_without_samples_is_told(bank: Path) -> None:
    (bank / "samples" / "patience.yaml").unlink()

    assert any(
        "samples/patience.yaml" in str(each) and "missing" in str(each) for each in read(bank).problems
    )

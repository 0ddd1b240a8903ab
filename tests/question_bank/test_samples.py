"""Practice answers: every strength for every core skill, in every language, and nothing copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hiring.authoring.editions import bundled_phrases
from hiring.bank.contents import everything_in
from question_bank import NotInBank, SkillKind, bank, languages, sample, samples, skills
from question_bank.check import check
from question_bank.load import read
from question_bank.phrases import revision_of

SAMPLES = "samples/empathy.yaml"


Change = Callable[[list[dict[str, Any]]], object]


def change(folder: Path, do: Change) -> list[str]:
    """What is said of a bank after something was done to the samples of empathy."""
    file = folder / SAMPLES
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    do(data["samples"])
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return [str(problem) for problem in read(folder).problems]


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
        ({"id": "empathy-1"}, "An id here must look like empathy-sample-1."),
        ({"id": "empathy-sample-2"}, "This id is used twice."),
        ({"id": "empathy-sample-7"}, "Ids must stand in rising order."),
        ({"question": "patience-1-q1"}, "empathy has no question patience-1-q1."),
        ({"level": 6}, "Write a level from 1 to 5."),
        ({"level": 0}, "Write a level from 1 to 5."),
        ({"evidence": ["One"]}, "Write two to four things that an expert notes."),
        ({"evidence": ["One"] * 5}, "Write two to four things that an expert notes."),
        ({"colour": "red"}, "This field is not known here."),
        (
            {"answer": "Well. Gives a real case with a specific feeling or need, I would say."},
            "These words are copied from an anchor",
        ),
        ({"level": 5}, "A middle answer is missing: level 3."),
    ],
)
def test_what_is_wrong_is_told_with_file_and_field(
    folder: Path, fields: dict[str, object], sentence: str
) -> None:
    told = change(folder, lambda found: found[0].update(fields))

    assert any(SAMPLES in each and sentence in each for each in told)


def test_what_is_copied_from_an_anchor_is_told_with_id_and_field(folder: Path) -> None:
    words = "gives a real case with a specific feeling"

    told = change(folder, lambda found: found[0].update(answer=f"Well. {words}, I would say."))

    assert len(told) == 1
    assert told[0].endswith(f"empathy-sample-1: answer: These words are copied from an anchor: “{words}”.")


def test_seven_words_of_an_anchor_may_be_met_by_chance(folder: Path) -> None:
    words = "gives a real case with a specific"

    assert change(folder, lambda found: found[0].update(answer=f"Well. {words} sort of shoe.")) == []


def test_a_retired_sample_leaves_its_number_empty(folder: Path) -> None:
    file = folder / "samples" / "integrity.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    del data["samples"][0]
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    assert read(folder).problems == ()


def test_a_core_skill_without_samples_is_told(folder: Path) -> None:
    (folder / "samples" / "patience.yaml").unlink()

    assert any(
        "samples/patience.yaml" in str(each) and "missing" in str(each) for each in read(folder).problems
    )


@pytest.mark.parametrize("name", ["emapthy.yaml", "notes.txt"])
def test_a_file_that_belongs_to_no_skill_is_told(folder: Path, name: str) -> None:
    (folder / "samples" / name).write_text("skill: empathy\n", encoding="utf-8")

    assert [str(each) for each in read(folder).problems] == [
        f"samples:1: {name} belongs to no skill of this bank."
    ]


def test_an_unknown_sample_is_named_with_its_neighbours() -> None:
    with pytest.raises(NotInBank, match=r"no sample “empathy-sample-99”\. Did you mean empathy-sample-"):
        sample("empathy-sample-99")


def test_samples_are_counted_with_the_rest() -> None:
    assert check().counts["samples"] == len(samples())


def test_what_is_not_translated_is_missing_with_its_address(folder: Path) -> None:
    file = folder / "translations" / "da" / SAMPLES
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    gone = {f"empathy-sample-1.{field}" for field in ("answer", "evidence.1", "reason")}
    data["entries"] = [each for each in data["entries"] if each["id"] not in gone]
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    danish = check(folder).languages["da"]

    assert {(each.file, each.id) for each in danish.missing} == {(SAMPLES, ident) for ident in gone}


def test_changed_english_makes_a_translation_stale(folder: Path) -> None:
    change(folder, lambda found: found[0].update(reason="Another reason."))

    [gap] = read(folder, "da").stale

    assert (gap.id, gap.english) == ("empathy-sample-1.reason", "Another reason.")
    assert revision_of(gap.english) != revision_of(sample("empathy-sample-1").reason)


@pytest.mark.parametrize("language", languages())
def test_what_the_search_reads_and_what_upgrades_show_hold_no_sample(language: str) -> None:
    words = {text for each in samples(language=language) for text in (each.answer, each.reason)}
    shown = {each.text for each in everything_in(bank(language))} | set(bundled_phrases().values())

    assert words.isdisjoint(shown)

"""The bank in its other languages: complete, up to date, with the same ids, and honest about gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from question_bank import SOURCE_LANGUAGE, NotInBank, bank, languages, question, skill, translation
from question_bank.check import check
from question_bank.load import load, read
from question_bank.phrases import revision_of
from tests.question_bank.conftest import Problems

OTHERS = [language for language in languages() if language != SOURCE_LANGUAGE]
OWN_LETTERS = {"ru": "[а-яё]", "zh": "[\u4e00-\u9fff]", "da": "[a-zæøå]"}


def change(file: Path, before: str, after: str) -> None:
    words = file.read_text("utf-8")
    assert before in words
    file.write_text(words.replace(before, after, 1), "utf-8")


@pytest.fixture
def danish(folder: Path) -> Path:
    return folder / "translations" / "da" / "skills" / "empathy.yaml"


def test_the_bank_speaks_four_languages() -> None:
    assert languages() == ("en", "da", "ru", "zh")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_and_nothing_is_stale(language: str) -> None:
    reading = translation(language)

    assert reading.phrases > 1_200
    assert reading.gaps == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_ids_levels_and_flags_of_the_english(language: str) -> None:
    for source, translated in zip(bank().skills, bank(language).skills, strict=True):
        assert translated.id == source.id
        assert [each.id for each in translated.questions] == [each.id for each in source.questions]
        assert [each.level for each in translated.anchors] == [each.level for each in source.anchors]
        assert [each.id for each in translated.red_flags] == [each.id for each in source.red_flags]


@pytest.mark.parametrize("language", OTHERS)
def test_every_question_is_in_the_letters_of_its_language(language: str) -> None:
    english = {each.text for each in bank().questions.values()}

    for each in bank(language).questions.values():
        assert re.search(OWN_LETTERS[language], each.text.casefold())
        assert each.text not in english


@pytest.mark.parametrize("language", OTHERS)
def test_no_two_levels_of_a_skill_sound_alike(language: str) -> None:
    for each in bank(language).skills:
        texts = [anchor.text for anchor in each.anchors]
        assert len(set(texts)) == len(texts)


def test_a_language_the_bank_does_not_speak_is_refused() -> None:
    with pytest.raises(NotInBank, match="no language “fr”"):
        skill("empathy", "fr")


def test_words_whose_english_has_moved_on_are_stale_and_still_used(folder: Path, danish: Path) -> None:
    danish_words = question("empathy-1-q1", "da").text
    change(folder / "skills" / "empathy.yaml", "a person you had to help", "a person you were asked to help")

    stale = read(folder, "da").stale

    assert [(gap.file, gap.id) for gap in stale] == [("skills/empathy.yaml", "empathy-1-q1.text")]
    assert stale[0].translation == danish_words
    assert "were asked to help" in stale[0].english
    assert load(folder, "da").question("empathy-1-q1").text == danish_words
    assert check(folder).ok


def test_words_that_were_renewed_are_no_longer_stale(folder: Path, danish: Path) -> None:
    before = question("empathy-1-q1").text
    change(folder / "skills" / "empathy.yaml", "a person you had to help", "a person you were asked to help")
    after = load(folder).question("empathy-1-q1").text

    change(danish, revision_of(before), revision_of(after))

    assert read(folder, "da").gaps == ()


def test_a_phrase_without_translation_is_missing_and_stays_english(folder: Path, danish: Path) -> None:
    words = danish.read_text("utf-8")
    start = words.index("- id: empathy-1.title")
    danish.write_text(words[:start] + words[words.index("- id: empathy-1-q1.text") :], "utf-8")

    missing = read(folder, "da").missing

    assert [gap.id for gap in missing] == ["empathy-1.title"]
    assert load(folder, "da").probe("empathy-1").title == load(folder).probe("empathy-1").title


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("id: empathy-1.title", "id: empathy-9.title", "There is no such phrase in skills/empathy.yaml."),
        ("id: empathy-1.title", "id: empathy.name", "This phrase is translated twice."),
        ("language: da", "language: ru", "This file stands among the translations into da."),
        ("  text: Empati\n", "  text: Empati {date}\n", "The placeholders differ from the English ones."),
        ("  text: Empati\n", "  text: ''\n", "Write words here."),
        ("  text: Empati\n", "  tekst: Empati\n", "This field is not known here."),
    ],
)
def test_a_wrong_translation_is_told_with_its_file(
    danish: Path, problems: Problems, before: str, after: str, complaint: str
) -> None:
    change(danish, before, after)

    found = [str(problem) for problem in problems()]

    assert any(
        line.startswith("translations/da/skills/empathy.yaml:") and line.endswith(complaint) for line in found
    )


def test_a_missing_file_of_a_translation_is_told(danish: Path, problems: Problems) -> None:
    danish.unlink()

    assert [str(each) for each in problems()] == [
        "translations/da/skills/empathy.yaml:1: This file is missing."
    ]


def test_a_question_that_must_not_be_asked_makes_the_check_fail(folder: Path) -> None:
    change(
        folder / "skills" / "empathy.yaml",
        "A survey comment says you were correct but cold.",
        "How old are you, and are you married?",
    )

    report = check(folder)

    assert not report.ok
    assert {each.subject for each in report.blocking} == {"empathy-3-q2"}
    assert check().ok

"""There are words for every reason, concern, grade and flag."""

from __future__ import annotations

from enum import StrEnum

import pytest

from hiring.assessment.estimates import Lack, NotEnough
from hiring.assessment.items import ItemFlag
from hiring.assessment.raters import RaterFlag
from hiring.assessment.reliability import Band, Grade
from hiring.assessment.report import Caution, Concern
from hiring.wording import band_words, caution_sentence, flag_words, reason


@pytest.mark.parametrize("lack", Lack)
def test_every_lack_has_a_reason(lack: Lack) -> None:
    assert reason(NotEnough(3, 0, lack))[0].islower()
    assert reason(NotEnough(1, 2, lack))


def test_a_reason_says_how_much_is_needed_where_more_would_help() -> None:
    assert (
        reason(NotEnough(1, 2, Lack.TOO_FEW_RATERS)) == "too few interviewers: 1, and at least 2 are needed"
    )
    assert reason(NotEnough(9, 0, Lack.NO_VARIATION)) == "all ratings are the same"


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("concern", Concern)
def test_every_concern_has_a_sentence(concern: Concern, number: int) -> None:
    sentence = caution_sentence(
        Caution(concern, number, NotEnough(0, 1, Lack.NO_RATINGS), (("Ann", "Ivy"),), ("Ann",))
    )

    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert "%(" not in sentence


def test_only_the_first_weak_links_are_named() -> None:
    pairs = tuple((f"C{place}", "Ivy") for place in range(9))

    sentence = caution_sentence(Caution(Concern.WEAK_LINKS, 9, pairs=pairs))

    assert "C4 by Ivy, …" in sentence
    assert "C5" not in sentence


def test_people_on_whom_links_hang_are_named() -> None:
    sentence = caution_sentence(Caution(Concern.HINGES, 1, names=("Ann",)))

    assert sentence.startswith("All that links some interviewers with the others goes through one person")
    assert sentence.endswith(": Ann.")


@pytest.mark.parametrize("flag", [*RaterFlag, *ItemFlag])
def test_every_flag_has_words(flag: StrEnum) -> None:
    assert flag_words(flag)  # type: ignore[arg-type]


def test_flags_with_the_same_value_keep_their_own_words() -> None:
    assert len({flag_words(flag) for flag in (*RaterFlag, *ItemFlag)}) == len(RaterFlag) + len(ItemFlag)


def test_a_band_names_both_ends_of_its_interval() -> None:
    assert band_words(Band(Grade.POOR, Grade.MODERATE)) == "poor to moderate"
    assert band_words(Band(Grade.GOOD, Grade.GOOD)) == "good"

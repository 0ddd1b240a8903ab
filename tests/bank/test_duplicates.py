"""The threshold of likeness, measured on the bundled questions."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from hiring.bank.analyser import cut
from hiring.bank.duplicates import ALIKE, likeness
from question_bank import bank, languages

EXCHANGED = 5  # One word in five.


def texts(language: str) -> list[str]:
    return [each.text for each in bank(language).questions.values()]


@pytest.mark.parametrize("language", languages())
def test_hardly_any_two_bundled_questions_are_alike(language: str) -> None:
    alike = [
        pair for pair in combinations(texts(language), 2) if likeness(pair[0], pair[1], language) >= ALIKE
    ]

    assert len(alike) <= 2, alike


@pytest.mark.parametrize("language", languages())
def test_a_question_with_a_fifth_of_its_words_exchanged_is_still_alike(language: str) -> None:
    chance = random.Random(1)  # noqa: S311
    asked = texts(language)
    others = [word for text in asked for word in cut(text)]
    space = "" if language == "zh" else " "
    missed = 0
    for text in asked:
        words = cut(text)
        for place in chance.sample(range(len(words)), len(words) // EXCHANGED):
            words[place] = chance.choice(others)
        missed += likeness(text, space.join(words), language) < ALIKE

    assert missed <= len(asked) / 20

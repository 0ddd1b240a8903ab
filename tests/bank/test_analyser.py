"""How text is cut into the words that are indexed and searched."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.bank.analyser import LONGEST_WORD, indexed, marked, stems, wanted

SPECIAL = set(string.punctuation + string.whitespace + "\0")
LANGUAGES = st.sampled_from(["en", "ru", "zh", "da"])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Complaining", "complained"),
        ("en", "the customer's", "THE CUSTOMERS"),
        ("da", "kunderne", "kunden"),
        ("ru", "клиентов", "Клиента"),
        ("ru", "всё", "все"),
        ("zh", "ＣＲＭ系统", "crm系统"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_each_chinese_character_is_a_word() -> None:
    assert stems("客户,生气 2 次", "zh") == ["客", "户", "生", "气", "2", "次"]


def test_an_endless_word_is_cut() -> None:
    assert {len(each) for each in indexed("x" * 5000, "en")} == {LONGEST_WORD}


@given(st.text(), LANGUAGES)
def test_nothing_that_means_something_to_a_database_reaches_it(text: str, language: str) -> None:
    things = wanted(text)
    words = [word for each in things for word in (*each.stems, *each.signs, each.start)]

    assert not set("".join(indexed(text, language) + words)) & SPECIAL


@given(st.text(min_size=1), LANGUAGES, st.integers(1, 10))
def test_every_word_is_found_by_each_of_its_beginnings(text: str, language: str, length: int) -> None:
    stored = indexed(text, language)
    begun = [word[:length] for word in stored]

    for typed in begun:
        (thing, *more) = wanted(typed)
        assert more == []
        assert any(thing.suits(word, word) for word in stored)


@given(st.text(), st.text(), LANGUAGES)
def test_what_is_marked_is_the_text_in_pieces(text: str, typed: str, language: str) -> None:
    pieces = marked(text, wanted(typed), language)

    assert "".join(words for words, _ in pieces) == text


def test_what_was_looked_for_is_marked() -> None:
    pieces = marked("Two Complaints, then a complaint about 客户服务.", wanted("客户 complain"), "en")

    assert [words for words, is_hit in pieces if is_hit] == ["Complaints", "complaint", "客户"]

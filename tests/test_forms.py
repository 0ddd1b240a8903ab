"""What was typed, as it is stored."""

from __future__ import annotations

import pytest

from hiring.forms import legible


@pytest.mark.parametrize("character", ["\u202a", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069"])
def test_what_turns_the_words_around_it_is_left_out(character: str) -> None:
    assert legible(f"Carl{character} Møller") == "Carl Møller"


@pytest.mark.parametrize("name", ["דנה לוי", "ליאת\u200f!", "علي\u200cرضا", "👩\u200d💻"])
def test_what_scripts_and_pictures_need_stays(name: str) -> None:
    assert legible(name) == name

"""The families that a text needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from hiring.export.fonts import ALWAYS, FOLDER, RANGES, STYLES, families_for, font_faces, font_rules

PAPER = Path(__file__).parents[2] / "hiring" / "static" / FOLDER
FAMILIES = (*ALWAYS, *RANGES)


def letters_of(family: str) -> set[int]:
    with TTFont(PAPER / f"{family}-Regular.ttf", lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Carl Ångström — “quoted” €", ()),
        ("Ольга Ἀλέξανδρος", ()),
        ("李明", ("NotoSansSC",)),
        ("שלום 李", ("NotoSansHebrew", "NotoSansSC")),
        ("김민준", ("NotoSansKR",)),
    ],
)
def test_a_text_asks_for_the_families_of_its_letters(text: str, further: tuple[str, ...]) -> None:
    assert families_for(text) == ALWAYS + further


def test_every_family_has_its_files_and_every_file_its_family() -> None:
    wanted = {f"{family}-{style}.ttf" for family in FAMILIES for style in STYLES.get(family, ("Regular",))}

    assert {file.name for file in PAPER.glob("*.ttf")} == wanted


@pytest.mark.parametrize("family", FAMILIES)
def test_a_font_is_static_and_knows_the_space(family: str) -> None:
    with TTFont(PAPER / f"{family}-Regular.ttf", lazy=True) as font:
        assert "fvar" not in font
        assert 0x20 in font.getBestCmap()


@pytest.mark.parametrize("family", RANGES)
def test_a_family_has_letters_in_each_of_its_blocks(family: str) -> None:
    letters = letters_of(family)

    assert [(a, z) for a, z in RANGES[family] if not any(a <= letter <= z for letter in letters)] == []


def test_all_of_the_basic_chinese_block_can_be_printed() -> None:
    letters = letters_of("NotoSansSC")

    assert [hex(letter) for letter in range(0x4E00, 0x9FA6) if letter not in letters] == []


def test_each_weight_is_a_face_of_its_own() -> None:
    assert font_faces("NotoSansSC").count("@font-face") == 2


def test_chinese_text_prefers_chinese_punctuation() -> None:
    rules = font_rules(("Inter", "NotoSans", "NotoSansSC"))

    assert ":lang(zh) { font-family: NotoSansSC, Inter, NotoSans, NotoSansSC }" in rules


def test_the_licences_come_with_the_fonts() -> None:
    for licence in ("OFL-Inter", "OFL-Noto", "OFL-NotoEmoji", "OFL-NotoSansCJK"):
        assert "SIL Open Font License" in (PAPER / f"{licence}.txt").read_text(encoding="utf-8")


def test_all_fonts_together_stay_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in PAPER.glob("*.ttf")) < 26_000_000

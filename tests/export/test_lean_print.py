"""What makes long documents slow or wrong stays out of everything that is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "hiring" / "static" / "print").glob("*.css"))
TEMPLATES = sorted(
    {
        *(ROOT / "templates").rglob("*.print.html"),
        ROOT / "templates" / "print.html",
        ROOT / "templates" / "components" / "print.html",
    }
)
SLOW = {
    r"display:\s*(inline-)?flex": "flex is two times as slow; set rows as tables or inline-blocks of fixed width",
    r"\bfloat:": "rows of floats overlap without a word",
    r"(?<![\w-])columns:|\bcolumn-(count|width):": "columns are twelve times as slow",
    r"(?<!minmax\(0, )(?<!minmax\(0,)(?<![\w.-])[\d.]+fr\b": "such a grid is measured again on every page",
    r"\bbox-shadow:": "shadows double the file",
    r"\bdotted\b": "dotted borders make the file four times as large",
}
MARKUP = {
    r"\sstyle=": "styles belong into print.css",
    r"<style": "quotes in a style element are escaped and the font is lost silently",
    r"<svg(?!.*?<title>.*?</svg>)": "a picture without a title has no words for those who do not see it",
    r"<table(?!.*?<th\b.*?</table>)": "a table without headings is read as a table; use div with display: table",
    r"https?://": "documents fetch nothing from elsewhere",
}


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", "", text, flags=re.DOTALL)


def found(rules: dict[str, str], text: str) -> list[str]:
    return [why for rule, why in rules.items() if re.search(rule, without_comments(text), re.DOTALL)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_a_style_sheet_for_paper_is_lean(sheet: Path) -> None:
    assert found(SLOW, sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_a_template_for_paper_is_lean(template: Path) -> None:
    assert found(MARKUP, template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "slow",
    [
        ".row { display: flex }",
        ".row { display: grid; grid-template-columns: 1fr 2.5fr }",
        ".note { float: right }",
        ".text { columns: 2 }",
        ".card { box-shadow: 0 0 1px }",
        ".line { border: 1px dotted }",
    ],
)
def test_the_check_knows_what_is_slow(slow: str) -> None:
    assert len(found(SLOW, slow)) == 1


def test_the_check_lets_pass_what_is_fast() -> None:
    assert found(SLOW, ".row { grid-template-columns: minmax(0, 1fr) } /* never flex, float: or 1fr */") == []


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        "<svg><path/></svg>",
        "<table><tr><td>layout</td></tr></table>",
    ],
)
def test_the_check_knows_wrong_markup(wrong: str) -> None:
    assert len(found(MARKUP, wrong)) == 1

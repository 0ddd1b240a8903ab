"""Names taken out: wherever they stand, however they were typed, and nothing else with them."""

from __future__ import annotations

import pytest

from hiring.export.redaction import Redaction, Removal, Removed
from tests.export.names import NAMES


def out(html: str, *names: str, keep: str = "") -> str:
    removals = tuple(Removal(name, f"colleague {n}") for n, name in enumerate(names, 1))
    return Redaction(removals, keep).of_html(html)[0]


BAR = '<span class="bar">colleague 1</span>'


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_goes_in_every_script(name: str) -> None:
    assert out(f"<p>Asked {name}, then called.</p>", name) == f"<p>Asked {BAR}, then called.</p>"


def test_a_whole_name_goes_however_it_is_written() -> None:
    assert out("<p>asked ivy okafor; IVY OKAFOR said</p>", "Ivy Okafor") == f"<p>asked {BAR}; {BAR} said</p>"


def test_the_parts_of_a_name_go_where_they_are_written_like_names() -> None:
    text = out("<p>Will said he will call. WILL called. Okafor-Stone agreed.</p>", "Will Okafor-Stone")

    assert text == f"<p>{BAR} said he will call. {BAR} called. {BAR} agreed.</p>"


def test_a_part_of_a_word_stays() -> None:
    assert out("<p>Ivyland, Iv, ivy-covered</p>", "Ivy") == f"<p>Ivyland, Iv, {BAR}-covered</p>"


@pytest.mark.parametrize("typed", ["O&#39;Neill", "O’Neill", "O'Neill"])
def test_an_apostrophe_may_be_typed_in_any_way(typed: str) -> None:
    assert out(f"<p>{typed} rang.</p>", "Siobhan O’Neill") == f"<p>{BAR} rang.</p>"
    assert out(f"<p>{typed} rang.</p>", "O'Neill") == f"<p>{BAR} rang.</p>"


def test_letters_may_be_composed_or_not() -> None:
    assert out("<p>Ho\u0302\u0300ng rang.</p>", "H\u1ed3ng") == f"<p>{BAR} rang.</p>"


def test_chinese_is_found_within_a_sentence() -> None:
    assert out("<p>我问了陈雨桐经理。</p>", "陈雨桐") == f"<p>我问了{BAR}经理。</p>"


def test_markup_is_never_broken() -> None:
    html = '<title>By Ivy</title><svg aria-label="Ivy 3"><title>Ivy 3</title></svg><p>&lt;Ivy&gt;</p>'

    assert out(html, "Ivy") == (
        "<title>By [colleague 1]</title>"
        '<svg aria-label="[colleague 1] 3"><title>[colleague 1] 3</title></svg>'
        f"<p>&lt;{BAR}&gt;</p>"
    )


def test_what_stands_for_a_name_is_never_markup() -> None:
    html, _removed = Redaction((Removal("Ivy", "<b>x</b>"),)).of_html("<p>Ivy</p>")

    assert html == '<p><span class="bar">&lt;b&gt;x&lt;/b&gt;</span></p>'


def test_the_name_of_whom_it_is_about_stays_also_where_somebody_else_bears_a_part_of_it() -> None:
    text = out("<p>Carl Larsen met Dora Larsen.</p>", "Dora Larsen", keep="Carl Larsen")

    assert text == f"<p>Carl Larsen met {BAR}.</p>"


def test_the_log_says_what_went_and_how_often() -> None:
    redaction = Redaction((Removal("Ivy", "colleague 1"), Removal("Nobody", "colleague 2")))

    assert redaction.of_html("<p>Ivy, Ivy</p>")[1] == (Removed("Ivy", "colleague 1", 2),)


def test_a_thousand_names_are_looked_for_quickly() -> None:
    names = tuple(Removal(f"Person{n} Surname{n}", "candidate") for n in range(3000))
    html = "<p>" + "Person7 rang back at four. " * 5000 + "</p>"

    text, removed = Redaction(names).of_html(html)

    assert "Person7" not in text
    assert sum(each.times for each in removed) == 5000

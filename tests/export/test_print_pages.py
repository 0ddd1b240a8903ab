"""The base of paper documents and its parts, from template to PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import page
import pytest
from flask import Flask, render_template_string
from pypdf import PdfReader

from hiring.export.pdf import Paper, render_pdf

MADE = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
DOCUMENT = """{% extends "print.html" %}{% import "components/print.html" as paper with context %}
{% block content %}CONTENT{% endblock %}"""
ANCHORS = [SimpleNamespace(level=level, text=f"What level {level} looks like.") for level in range(1, 6)]
LABELS = {"1": "Far below", "2": "Below", "3": "Meets", "4": "Above", "5": "Far above"}

Print = Callable[..., str]


@pytest.fixture
def printed(app: Flask) -> Iterator[Print]:
    """``printed(parts)`` is the text of a document with these parts, and a check that it is valid."""

    def text_of(content: str, **values: Any) -> str:
        facts = {
            "document_kind": "Interview guide",
            "job_title": "Support agent",
            "guide_version": 2,
            "exported_by": "Rosa",
            "exported_at": MADE,
            "confidential": True,
            **values,
        }
        html = render_template_string(DOCUMENT.replace("CONTENT", content), **facts)
        pdf = render_pdf(html, title="Guide", language="en", paper=Paper.LETTER, created=MADE)
        assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures] == []
        return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)

    with app.test_request_context():
        yield text_of


def test_every_page_says_where_it_comes_from(printed: Print) -> None:
    text = printed("{% for n in (1, 2, 3) %}{{ paper.part_head('Part %s' % n) }}{% endfor %}")

    assert text.count("Guide version 2 · Exported on 3 May 2026 by Rosa") == 3
    assert [f"Page {n} of 3" in text for n in (1, 2, 3)] == [True, True, True]
    assert text.count("Interview guide · Support agent") == 2  # The first page says it in large letters.


def test_a_document_that_is_not_confidential_does_not_say_so(printed: Print) -> None:
    parts = "{{ paper.document_head('Interview guide', 'Support agent') }}{{ paper.part_head('Part') }}"

    assert printed(parts).count("Confidential") == 2
    assert "Confidential" not in printed(parts, confidential=False)


def test_the_head_names_the_document_and_its_facts(printed: Print) -> None:
    text = printed(
        "{{ paper.document_head('Packet', 'Carl', [('Job', 'Support agent')], lead='All evidence.') }}"
    )

    assert "Packet Confidential\nCarl\nAll evidence.\nJob Support agent" in text


def test_a_rubric_says_its_levels_in_words_from_the_highest(printed: Print) -> None:
    text = printed(
        "<h1>Empathy</h1>{{ paper.rubric_table(anchors, labels) }}", anchors=ANCHORS, labels=LABELS
    )

    assert [line for line in text.splitlines() if "looks like." in line] == [
        f"{LABELS[str(level)]} {level} What level {level} looks like." for level in (5, 4, 3, 2, 1)
    ]


def test_a_figure_carries_its_n_and_a_gap_its_reason(printed: Print) -> None:
    table = """<h1>Comparison</h1><table><tr><th scope="col">Empathy</th><th scope="col">Patience</th></tr>
    <tr>{{ paper.heat_cell(3.44, 3) }}{{ paper.heat_cell(none, 0, "Not asked") }}</tr></table>"""

    text = printed(table)

    assert "3.4\nn 3" in text
    assert "Not asked" in text


@pytest.mark.parametrize(("value", "tint"), [(1.49, 1), (1.5, 2), (2.5, 3), (4.49, 4), (5, 5)])
def test_a_tint_is_the_nearest_level(app: Flask, value: float, tint: int) -> None:
    with app.test_request_context():
        cell = render_template_string(
            '{% import "components/print.html" as paper with context %}{{ paper.heat_cell(value, 3) }}',
            value=value,
        )

    assert f'class="heat heat-{tint}"' in cell


def test_evidence_keeps_its_paragraphs_and_is_never_markup(app: Flask) -> None:
    with app.test_request_context():
        html = render_template_string(
            '{% import "components/print.html" as paper with context %}{{ paper.evidence(text, "Ivy") }}',
            text="Rang back.\r\n\r\nSaid <b>sorry</b>.",
        )

    assert "<p>Rang back.</p><p>Said &lt;b&gt;sorry&lt;/b&gt;.</p>" in html


def test_a_word_without_end_stays_on_the_paper(printed: Print) -> None:
    text = printed("<h1>Packet</h1>{{ paper.evidence('x' * 900) }}")

    assert len([line for line in text.splitlines() if line.startswith("xxx")]) > 3


def test_a_long_table_repeats_its_head(printed: Print) -> None:
    rows = "".join(f'<tr><th scope="row">Candidate {n}</th><td>Hire</td></tr>' for n in range(120))

    text = printed(
        '<h1>Comparison</h1><table><thead><tr><th scope="col">Who</th><th scope="col">Recommendation</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )

    assert text.count("Recommendation") == text.count("Page ") > 2


def test_the_small_parts_are_valid(printed: Print) -> None:
    text = printed(
        """{{ paper.document_head("Guide", "Support agent") }}
        {{ paper.section("Opening", "3 minutes") }}{{ paper.facts([("Weight", "10 %")]) }}
        {{ paper.callout("Do not ask about age.", "Off limits") }}{{ paper.note_lines(3) }}
        {{ paper.tick_boxes(labels.items()) }}{{ paper.heat_legend(labels) }}
        <p>{{ paper.level("Above", 4) }} {{ paper.gap("Not rated") }}</p>
        {{ paper.signature_lines(["Interviewer", "Date"]) }}""",
        labels=LABELS,
    )

    for words in (
        "Opening 3 minutes",
        "Weight 10 %",
        "Do not ask about age.",
        "Above 4",
        "Not rated",
        "Date",
    ):
        assert words in text

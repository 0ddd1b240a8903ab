"""Several documents as one: nothing of their pages, tags, bookmarks or links is lost, and everything is numbered."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import page
import pikepdf
import pytest
from pypdf import PdfReader

from hiring.export.assembled import CONTENTS, assembled_pdf
from hiring.export.kept import KeptDocuments
from hiring.export.merging import Part, merged, pages_in, places_in
from hiring.export.pdf import render_pdf
from hiring.export.printed import Prepared
from hiring.models import Paper

MADE = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
NUMBERING = "Page %(page)s of %(pages)s"


def made(body: str) -> bytes:
    html = f'<html lang="en"><body class="front">{body}</body></html>'
    return render_pdf(html, title="Packets", language="en", created=MADE)


def part(key: str, name: str, pages: int = 1) -> Part:
    table = """<table><thead><tr><th scope="col">Skill</th><th scope="col">Level</th></tr></thead>
    <tbody><tr><th scope="row">Empathy</th><td>4</td></tr></tbody></table>"""
    more = "".join(
        f'<h2 class="new-page">Scorecard {n}</h2><p>{name} rang back.</p>' for n in range(1, pages)
    )
    return Part(key, made(f"<h1>{name}</h1>{table}{more}"), name)


@pytest.fixture
def cover(tmp_path: Any) -> Prepared:
    html = f'<html lang="en"><body class="front"><h1>All packets</h1>{CONTENTS}</body></html>'
    kept = KeptDocuments(tmp_path, 0)
    return Prepared(html, "All packets", "x.pdf", "en", Paper.A4, False, False, tuple, (), (), MADE, kept)


def test_the_whole_is_valid_and_every_page_numbered(cover: Prepared) -> None:
    whole = assembled_pdf(cover, [part("a", "Carl", 3), part("b", "陈雨桐", 2)], NUMBERING)

    assert [failure.message for failure in page.validate_pdf_bytes(whole, profile="ua1").failures] == []
    pages = PdfReader(io.BytesIO(whole)).pages
    assert [f"Page {n} of 6" in each.extract_text() for n, each in enumerate(pages, 1)] == [True] * 6


def test_the_contents_say_on_which_page_everything_begins(cover: Prepared) -> None:
    whole = assembled_pdf(cover, [part("a", "Carl", 3), part("b", "Dora", 2)], NUMBERING)

    first = PdfReader(io.BytesIO(whole)).pages[0].extract_text().splitlines()
    assert [line for line in first if line.startswith(("Carl", "Dora"))] == [
        "Carl 2",
        "Dora 5",
    ]


def test_a_long_index_moves_what_comes_after_it(cover: Prepared) -> None:
    parts = [part(f"p{n}", f"Candidate {n}") for n in range(60)]

    whole = assembled_pdf(cover, parts, NUMBERING)

    pages = [each.extract_text() for each in PdfReader(io.BytesIO(whole)).pages]
    before = len(pages) - 60
    assert before > 1
    assert f"Candidate 59 {before + 60}" in "".join(pages[:before])
    assert "Candidate 59" in pages[-1]


def test_links_to_a_part_lead_to_its_first_page(cover: Prepared) -> None:
    whole = assembled_pdf(cover, [part("a", "Carl", 3), part("b", "Dora")], NUMBERING)

    with pikepdf.open(io.BytesIO(whole)) as document:
        found: list[Any] = list(document.pages[0].obj.Annots)
        targets = [pikepdf.Page(each.Dest[0]).index + 1 for each in found]
        assert all("/A" not in each for each in found)
    assert sorted(set(targets)) == [2, 5]


def test_bookmarks_stand_below_the_name_of_their_part() -> None:
    whole = merged([part("a", "Carl", 2), part("b", "Dora", 2)])

    outline = PdfReader(io.BytesIO(whole)).outline
    assert [each["/Title"] for each in outline if isinstance(each, dict)] == ["Carl", "Dora"]
    with pikepdf.open(io.BytesIO(whole)) as document, document.open_outline() as bookmarks:
        dora = bookmarks.root[1]
        assert [dora.title, dora.children[0].title] == [
            "Dora",
            "Scorecard 1",
        ]  # Not "Dora" once more between them.
        assert pikepdf.Page(dora.children[0].destination[0]).index == 3


def test_no_tag_is_lost() -> None:
    parts = [part("a", "Carl", 3), part("b", "Dora", 4), part("c", "Eve", 2)]

    whole = merged(parts)

    assert (
        tags_in(whole) == sum(tags_in(each.pdf) - 1 for each in parts) + 1
    )  # One element holds the document.


def tags_in(pdf: bytes) -> int:
    def count(element: Any) -> int:
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return 0
        kids = element.get("/K", [])
        return 1 + sum(map(count, kids if isinstance(kids, pikepdf.Array) else [kids]))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        roots = document.Root.StructTreeRoot.K
        return sum(map(count, roots if isinstance(roots, pikepdf.Array) else [roots]))


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [part("a", "Carl"), part("b", "Dora")]

    assert merged(parts) == merged(parts)


def test_places_are_counted_from_what_comes_before() -> None:
    places = places_in([part("a", "Carl", 3), part("b", "Dora")], before=4)

    assert [(place.title, place.level, place.page, place.key) for place in places if place.level == 0] == [
        ("Carl", 0, 5, "a"),
        ("Dora", 0, 8, "b"),
    ]
    assert pages_in(part("a", "Carl", 3).pdf) == 3

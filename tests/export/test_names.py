"""Every name is printed, whatever it is written in, without any font of the system."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from hiring.export.fonts import ALWAYS, RANGES, families_for
from hiring.export.pdf import render_pdf
from tests.export.names import NAMES

# Glyph by glyph in the order of writing: what is copied from the page is what was typed.
STRAIGHTFORWARD = (
    "French",
    "Vietnamese",
    "Greek",
    "Russian",
    "Georgian",
    "Armenian",
    "Amharic",
    "Thai",
)
IDEOGRAPHS = ("Chinese", "Rare Chinese", "Traditional", "Extension", "Japanese", "Korean")


def page_of(*names: str) -> str:
    lines = "".join(f"<p>{name}</p><p><strong>{name}</strong></p>" for name in names)
    return f'<html lang="en"><body><h1>Names</h1>{lines}</body></html>'


@pytest.fixture(scope="module")
def names_pdf() -> bytes:
    return render_pdf(page_of(*NAMES.values()), title="Names", language="en")


def printed_glyphs(pdf: bytes) -> Iterator[tuple[str, int]]:
    """(font, glyph) for every glyph on every page, read from the drawing instructions."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            font = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = str(operands[0])
                if str(operator) in {"TJ", "Tj"}:
                    yield from ((font, glyph) for glyph in glyphs_in(operands[0]))


def glyphs_in(shown: Any) -> Iterator[int]:
    for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            yield from (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


def embedded_fonts(pdf: bytes) -> dict[str, TTFont]:
    """The fonts in the file by the names that the drawing instructions use."""
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    found = {}
    for name, font in fonts.items():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        found[name] = TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
    return found


def families_in(pdf: bytes) -> set[str]:
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    return {str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0] for font in fonts}


def text_of(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return unicodedata.normalize("NFKC", text)


def test_no_name_is_printed_with_a_box(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf(page_of(*NAMES.values()), title="Names", language="en")

    assert [record.getMessage() for record in caplog.records] == []


def test_every_printed_glyph_is_in_its_font(names_pdf: bytes) -> None:
    sizes = {name: font["maxp"].numGlyphs for name, font in embedded_fonts(names_pdf).items()}

    missing = [(font, glyph) for font, glyph in printed_glyphs(names_pdf) if not 0 < glyph < sizes[font]]

    assert missing == []


def test_a_letter_that_no_font_has_would_be_noticed() -> None:
    cuneiform = render_pdf(page_of("𒀀"), title="Names", language="en")
    sizes = {name: font["maxp"].numGlyphs for name, font in embedded_fonts(cuneiform).items()}

    assert not all(0 < glyph < sizes[font] for font, glyph in printed_glyphs(cuneiform))


def test_documents_use_our_fonts_alone(names_pdf: bytes) -> None:
    assert families_in(names_pdf) <= {*ALWAYS, *RANGES}


def test_there_is_a_name_for_every_family() -> None:
    assert set(families_for("".join(NAMES.values()))) == {*ALWAYS, *RANGES}


@pytest.mark.parametrize("script", [*STRAIGHTFORWARD, *IDEOGRAPHS])
def test_a_name_can_be_copied_from_the_page(script: str) -> None:
    name = unicodedata.normalize("NFKC", NAMES[script])

    pdf = render_pdf(page_of(NAMES[script]), title="Names", language="en")

    assert text_of(pdf).count(name) == 2


@pytest.mark.parametrize("script", ["Hindi", "Bengali", "Khmer", "Yoruba", "Vietnamese decomposed"])
def test_letters_that_stack_are_kept_in_their_order(script: str) -> None:
    pdf = render_pdf(page_of(NAMES[script]), title="Names", language="en")

    with pikepdf.open(io.BytesIO(pdf)) as document:
        kept = [
            str(operands[1].ActualText)
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]
    assert kept == [NAMES[script]] * 2


def test_a_document_embeds_only_the_fonts_it_needs() -> None:
    pdf = render_pdf(page_of("Carl", "李镕堃"), title="Names", language="en")

    assert families_in(pdf) == {"Inter", "NotoSansSC"}


def test_rare_characters_of_names_are_bold_where_the_rest_is() -> None:
    pdf = render_pdf("<h1>镕喆堃翀</h1>", title="Names", language="zh")
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()

    assert [str(font.get_object()["/BaseFont"])[8:] for font in fonts] == ["NotoSansSC-Bold"]


def test_pages_before_do_not_change_a_page() -> None:
    alone = render_pdf(page_of("Đặng Thị Hồng 李明"), title="Names", language="en")
    render_pdf(page_of(*NAMES.values()), title="Names", language="en")

    again = render_pdf(page_of("Đặng Thị Hồng 李明"), title="Names", language="en")

    assert again == alone

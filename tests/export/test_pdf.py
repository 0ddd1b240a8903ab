"""HTML in, PDF out: what every document promises."""

from __future__ import annotations

import gc
import io
import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from hiring.export.engine import PIECE, ZERO_WIDTH_SPACE, breakable
from hiring.export.pdf import Paper, render_pdf

MADE = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
TABLE = """<table><thead><tr><th scope="col">Skill</th><th scope="col">Level</th></tr></thead>
<tbody><tr><th scope="row">Empathy</th><td>4</td></tr></tbody></table>"""
HTML = f"""<html lang="en"><body>
<div class="running-page">Page <span class="page-number"></span> of <span class="page-count"></span></div>
<h1>Candidate packet</h1><p>Carl <span lang="zh">李镕堃</span></p>{TABLE}
<h2 class="new-page">Scorecards</h2><h3>Ivy</h3><p>Rang back at four.</p>
</body></html>"""


def made(html: str = HTML, paper: Paper = Paper.A4, language: str = "en") -> bytes:
    return render_pdf(html, title="Packet: Carl", language=language, paper=paper, created=MADE)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return made()


def test_the_file_has_its_title_language_and_date(pdf: bytes) -> None:
    document = read(pdf)

    assert document.metadata is not None
    assert document.metadata.title == "Packet: Carl"
    assert document.trailer["/Root"]["/Lang"] == "en"
    assert document.metadata.creation_date == MADE


def test_the_file_declares_pdf_ua(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked


def test_the_file_is_valid_pdf_ua(pdf: bytes) -> None:
    report = page.validate_pdf_bytes(pdf, profile="ua1")

    assert [failure.message for failure in report.failures] == []


def test_python_collects_garbage_again_afterwards() -> None:
    made()
    with pytest.raises(TypeError):
        render_pdf(None, title="Packet", language="en")

    assert gc.isenabled()


def test_headings_become_bookmarks(pdf: bytes) -> None:
    packet, under_it = read(pdf).outline

    assert packet.title == "Candidate packet"
    assert under_it[0].title == "Scorecards"
    assert under_it[1][0].title == "Ivy"


def test_each_page_says_which_of_how_many_it_is(pdf: bytes) -> None:
    assert [f"Page {n} of 2" in text_of(pdf) for n in (1, 2)] == [True, True]


def test_what_stands_in_the_margin_is_no_part_of_the_text(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = [
            (str(operands[0]), operands[1].get("/Type"))
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "BDC"
        ]
        owners = document.Root.StructTreeRoot.ParentTree.Nums[1]

    assert ("/Artifact", "/Pagination") in drawn
    assert len(drawn) - drawn.count(("/Artifact", "/Pagination")) == len(
        [one for one in owners if one is not None]
    )


def test_words_in_another_language_say_so(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        languages = [
            str(operands[1].Lang)
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "BDC" and "/Lang" in operands[1]
        ]

    assert languages == ["zh"]


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_the_paper_has_its_size(paper: Paper, size: tuple[int, int]) -> None:
    box = read(made(paper=paper)).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (842, 595)), (Paper.LETTER, (792, 612))])
def test_a_wide_part_lies_on_its_side(paper: Paper, size: tuple[int, int]) -> None:
    html = (
        '<html lang="en"><body><h1>Comparison</h1><div class="wide"><p>Many columns</p></div></body></html>'
    )

    box = read(made(html, paper)).pages[1].mediabox

    assert (round(box.width), round(box.height)) == size


def test_the_same_document_gives_the_same_bytes(pdf: bytes) -> None:
    made("<html lang='en'><body><h1>Something else</h1></body></html>")

    assert made() == pdf


def test_the_language_given_wins_over_the_page() -> None:
    assert read(made(language="da")).trailer["/Root"]["/Lang"] == "da"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        "hiring:../settings.py",
        "hiring:%2e%2e/settings.py",
        "hiring:/etc/passwd",
        "/etc/passwd",
    ],
)
def test_nothing_is_fetched_from_elsewhere(address: str, caplog: pytest.LogCaptureFixture) -> None:
    html = f"""<html lang="en"><head><link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">
    <style>@import url("{address}"); p {{ background: url("{address}") }}</style></head>
    <body><h1>Packet</h1><img src="{address}" alt="A picture"><p>The rest is there.</p></body></html>"""

    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        pdf = made(html)

    assert "The rest is there." in text_of(pdf)
    assert (
        "/XObject" not in read(pdf).pages[0]["/Resources"] or not read(pdf).pages[0]["/Resources"]["/XObject"]
    )
    assert read(pdf).attachments == {}
    assert any("Failed to load image" in message or "Relative URI" in message for message in caplog.messages)


def test_our_own_pictures_are_used(tmp_path: Path) -> None:
    from hiring.export.engine import own_file

    assert own_file("hiring:print/print.css").name == "print.css"


def test_a_server_without_pango_says_what_to_install() -> None:
    without_pango = """
import cffi
def nothing(self, *names): raise OSError("cannot load library 'libgobject-2.0-0'")
cffi.FFI.dlopen = nothing
from hiring.errors import Refused
from hiring.export.pdf import render_pdf
try:
    render_pdf("<h1>Packet</h1>", title="Packet", language="en")
except Refused as refused:
    print(refused.sentence)
"""
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", without_pango], capture_output=True, text=True, check=True
    )

    assert answer.stdout.startswith(
        "PDF documents need the library Pango, which this server lacks: install libpango-1.0-0"
    )


def test_the_renderer_is_loaded_with_the_first_document() -> None:
    loaded = "import hiring.export.pdf, sys; print('weasyprint' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert answer.stdout == "False\n"


def test_no_copies_of_fonts_are_left_behind(tmp_path: Path) -> None:
    one = "from hiring.export.pdf import render_pdf; render_pdf('<p>Carl</p>', title='x', language='en')"

    subprocess.run(
        [sys.executable, "-c", one], env={"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}, check=True
    )

    assert list(tmp_path.glob("weasyprint-*")) == []


def test_a_word_that_fills_pages_is_drawn_whole() -> None:
    text = text_of(made(f"<html><body><h1>Packet</h1><p>{'w' * 20_000}</p></body></html>"))

    assert text.count("w") == 20_000


def test_a_run_that_fills_lines_may_break_every_few_letters() -> None:
    broken = breakable("w" * 1_000)

    assert max(map(len, broken.split(ZERO_WIDTH_SPACE))) == PIECE
    assert broken.replace(ZERO_WIDTH_SPACE, "") == "w" * 1_000


@pytest.mark.parametrize("letter", ["ა", "ạ", "𝒜", "—", "\u202f", "a\u2060", "ཀ", "ក"])
def test_a_run_may_break_whatever_it_is_written_in(letter: str) -> None:
    broken = breakable(letter * 1_000)

    assert max(map(len, broken.split(ZERO_WIDTH_SPACE))) == PIECE
    assert broken.replace(ZERO_WIDTH_SPACE, "") == letter * 1_000


def test_a_mark_stays_with_its_letter() -> None:
    broken = breakable("xxxe\u0301" * 200)

    assert ZERO_WIDTH_SPACE in broken
    assert ZERO_WIDTH_SPACE + "\u0301" not in broken


@pytest.mark.parametrize(
    "words",
    [
        "Rang back at four. " * 20,
        "https://example.org/" + "a" * 250,
        "บริการลูกค้า" * 40,
        "👨‍👩‍👧‍👦" * 40,
        "服务" * 80,
    ],
)
def test_what_breaks_of_itself_stays_as_it_was_written(words: str) -> None:
    assert breakable(words) == words

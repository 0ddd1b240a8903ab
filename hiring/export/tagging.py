"""What WeasyPrint 70 leaves out of a tagged PDF, added before the file is written.

- Running heads and feet become artifacts, so that a screen reader does not read them between two halves of a page.
- Text in another language than the document says so.
- Text whose letters stack or change places carries them in their order, for copying, searching and reading aloud.
  Not so right-to-left text: its glyphs already are its letters, and common viewers would turn the order round.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf.stream import Stream

MARKS = {"Mn", "Mc", "Me", "Cf"}
RIGHT_TO_LEFT = {"R", "AL"}
NO_LETTERS = b" <>"  # A glyph that is a part of a letter only; PDF/UA wants every glyph to mean something.
JOINER = b" <034f>"  # invisible, and neutral in both directions of writing

_marked = Stream.marked


@contextmanager
def _marked_and_noted(stream: Any, box: Any, tag: str) -> Iterator[None]:
    """WeasyPrint's own way to mark text, which also notes what was marked and where."""
    with _marked(stream, box, tag):
        if stream._tags is not None:
            stream.__dict__.setdefault("noted", []).append((box, len(stream.stream) - 3))
        yield


Stream.marked = _marked_and_noted


def finish_tags(document: Any, pdf: pydyf.PDF) -> None:
    """Completes the tags; to be given to ``write_pdf`` as its ``finisher``."""
    _finish_letters(pdf)
    lines = [item for item in pdf.objects if isinstance(item, Stream) and "noted" in item.__dict__]
    structure = _found(pdf, pdf.catalog["StructTreeRoot"])
    parents = _found(pdf, structure["ParentTree"])["Nums"]
    for page, stream, owners in zip(document.pages, lines, parents[1::2], strict=False):
        in_margins = {id(box) for margin in _margins(page) for box in _all_boxes(margin)}
        for box, place in stream.noted:
            properties = stream.stream[place + 1]
            if id(box) in in_margins:
                owners[properties["MCID"]] = "null"
                stream.stream[place : place + 2] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            else:
                _describe(box, properties, document.metadata.lang)


def _describe(box: Any, properties: pydyf.Dictionary, language: str) -> None:
    text = getattr(box, "text", "")
    if _needs_its_letters(text):
        properties["ActualText"] = pydyf.String(text)
    if box.style["lang"] not in (None, language):
        properties["Lang"] = pydyf.String(box.style["lang"])


def _needs_its_letters(text: str) -> bool:
    return any(unicodedata.category(letter) in MARKS for letter in text) and not any(
        unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text
    )


def _finish_letters(pdf: pydyf.PDF) -> None:
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream = [line.replace(NO_LETTERS, JOINER) for line in item.stream]


def _found(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _margins(page: Any) -> list[Any]:
    return [box for box in page._page_box.children if isinstance(box, MarginBox)]


def _all_boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _all_boxes(child)

"""WeasyPrint, kept warm. Importing this module takes half a second and needs Pango, so ``pdf`` does it late."""

from __future__ import annotations

import mimetypes
import os
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hiring.export.fonts import FOLDER, families_for, font_faces, font_rules

STATIC = (Path(__file__).parent.parent / "static").resolve()
SCHEME = "hiring:"
# By the value of ``Paper``: the models, and SQLAlchemy with them, are not needed to render.
PAGE_RULES = {
    "a4": "@page { size: A4 } @page wide { size: A4 landscape }",
    "letter": "@page { size: letter } @page wide { size: letter landscape }",
}
PDF_UA = "pdf/ua-1"
PDF_ARCHIVE = "pdf/a-3a"
COLOUR = re.compile("#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})\\b")
TAG = re.compile("<[^>]*>")
PIECE = 20
ZERO_WIDTH_SPACE = "\u200b"
BREAKING_SPACES = "\\t-\\r \u1680\u2000-\u2006\u2008-\u200b\u2028\u2029\u205f\u3000\u0f0b"
# Thai, the scripts of East Asia and pictures are written without spaces, and break of themselves.
BREAKING_LETTERS = (
    "\u0e00-\u0e7f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
TOO_WIDE = re.compile(f"[^{BREAKING_SPACES}{BREAKING_LETTERS}]{{300,}}")


@contextmanager
def _no_fonts_of_the_system() -> Iterator[None]:
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(STATIC / FOLDER / "fonts.conf")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # WeasyPrint warns that the system has no fonts: so it should be.
            yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


with _no_fonts_of_the_system():
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from hiring.export.tagging import finish_tags


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Serves ``hiring:…`` from our static files and refuses every other address, near or far."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The file behind the address; the renderer leaves out what is refused."""
        file = own_file(url)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})


def own_file(url: str) -> Path:
    """The static file that an address means.

    Raises ValueError if the address leads anywhere else.
    """
    file = (STATIC / unquote(url.removeprefix(SCHEME))).resolve()
    if not url.startswith(SCHEME) or not file.is_relative_to(STATIC):
        raise ValueError(f"Documents use the product's own files only, not {url}.")
    return file


class Engine:
    """One renderer with its fonts and style sheets. Pango is not made for threads: one document at a time."""

    def __init__(self) -> None:
        with _no_fonts_of_the_system():
            self.fonts = FontConfiguration()
        self.fetcher = OwnFiles()
        self.declared: set[str] = set()
        self.sheets = {grey: self._sheet(grey) for grey in (False, True)}

    def render(
        self,
        html: str,
        *,
        title: str,
        language: str,
        paper: str,
        created: datetime | None,
        grey: bool = False,
        files: Sequence[tuple[str, bytes]] = (),
        archive: bool = False,
    ) -> bytes:
        """The document as a tagged PDF; the same input gives the same bytes.

        For an ``archive`` it is PDF/A-3a, else PDF/UA-1; ``files``, each a name and its bytes, are its data.
        """
        page = HTML(
            string=TAG.sub(lambda tag: in_grey(tag[0]), html) if grey else html,
            base_url=SCHEME,
            url_fetcher=self.fetcher,
        )
        page.etree_element.set("lang", language)
        _allow_breaks(page.etree_element)
        families = families_for(html + title)
        self._declare(families)
        sheets = [self.sheets[grey], style(PAGE_RULES[paper]), style(font_rules(families))]
        variant = PDF_ARCHIVE if archive else PDF_UA
        document = page.render(font_config=self.fonts, stylesheets=sheets, pdf_variant=variant)
        document.metadata.title = title
        document.metadata.lang = language
        document.metadata.created = created and created.strftime("%Y-%m-%dT%H:%M:%SZ")
        # A tree of names in a file is sorted by them.
        document.metadata.attachments = [_attached(*file, title, created) for file in sorted(files)]
        identifier = sha256(html.encode()).digest()[:16]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open.
            return bytes(document.write_pdf(pdf_variant=variant, pdf_identifier=identifier, finisher=_finish))

    def _sheet(self, grey: bool) -> CSS:
        rules = own_file(f"{SCHEME}print/print.css").read_text(encoding="utf-8")
        return CSS(
            string=in_grey(rules) if grey else rules,
            base_url=SCHEME,
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def _declare(self, families: tuple[str, ...]) -> None:
        for family in families:
            if family not in self.declared:
                CSS(string=font_faces(family), url_fetcher=self.fetcher, font_config=self.fonts)
                self.declared.add(family)


def _finish(document: Any, pdf: Any) -> None:
    finish_tags(document, pdf)
    metadata = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[metadata].compress = False  # Archives want to read it without unpacking anything.


def in_grey(rules: str) -> str:
    """The rules with every colour as the grey of the same lightness (luma of ITU-R BT.709)."""
    return COLOUR.sub(_grey, rules)


def _grey(colour: re.Match[str]) -> str:
    red, green, blue = (int(part, 16) for part in colour.groups())
    return "#" + 3 * f"{round(0.2126 * red + 0.7152 * green + 0.0722 * blue):02x}"


def _attached(name: str, content: bytes, title: str, created: datetime | None) -> Attachment:
    return Attachment(
        string=content,
        name=name,
        description=f"{title}: {name}",
        created=created,
        modified=created,
        relationship="Data",
    )


def _allow_breaks(root: Any) -> None:
    for each in root.iter():
        if each.tag != "style" and each.text:
            each.text = breakable(each.text)
        if each.tail:
            each.tail = breakable(each.tail)


def breakable(text: str) -> str:
    """The text with places where runs that fill a line may break: to find them by trial takes minutes."""
    return TOO_WIDE.sub(lambda run: ZERO_WIDTH_SPACE.join(_pieces(run[0])), text)


def _pieces(run: str) -> Iterator[str]:
    start = 0
    while start < len(run):
        end = start + PIECE
        while end < len(run) and unicodedata.category(run[end]).startswith("M"):
            end += 1  # A mark belongs to the letter before.
        yield run[start:end]
        start = end


@lru_cache(maxsize=64)
def style(rules: str) -> CSS:
    """A parsed style sheet; the few that there are come again and again."""
    return CSS(string=rules)

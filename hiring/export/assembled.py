"""A document of parts: each is printed by itself and kept by itself, so that only what has changed is printed again.

The cover is printed last, when it is known on which page everything stands; the numbers of the pages are laid over.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from hiring.export.pdf import processes, render_pdf
from hiring.export.printed import Prepared
from hiring.export.redaction import Removed
from hiring.export.tables import DataFormat

if TYPE_CHECKING:  # pikepdf takes a noticeable time to import: start-up must not wait for it.
    from hiring.export.merging import Part, Place

CONTENTS = "\ue100contents\ue101"  # Stands in the cover where the contents are to be.
KEPT = {"page": "%(page)s", "pages": "%(pages)s"}  # Stay in the sentence until it is known what they are.
DEEPEST = 1
TRIES = 4
NUMBERS = """<!doctype html><html lang="en"><head><title>Numbers</title><style>
@page { @top-left { content: none } @top-right { content: none } @left-middle { content: none }
 @bottom-left { content: none } @bottom-right { content: string(number); color: #565d68; font-size: 7.5pt;
 line-height: 1.35; text-align: right; font-variant-numeric: tabular-nums } }
.numbered { height: 1mm; string-set: number attr(data-number); break-before: page }
.numbered:first-child { break-before: auto }
.sideways { page: wide }
</style></head><body>%s</body></html>"""


@dataclass(frozen=True)
class Section:
    """A part to be: what links to it say, and its title among the contents; none if its headings stand there."""

    key: str
    document: Prepared
    title: str = ""


@dataclass(frozen=True)
class Assembled:
    """A cover and its sections as one document, with the same face as a document of one piece.

    ``numbering`` is the sentence for the number of a page, with ``%(page)s`` and ``%(pages)s`` in it; ``deepest``
    is the last level of headings among the contents, from 0.
    """

    cover: Prepared
    sections: tuple[Section, ...]
    numbering: str
    deepest: int = DEEPEST

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.cover.name

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What was taken out of the whole document."""
        times: dict[tuple[str, str], int] = {}
        for document in (self.cover, *(section.document for section in self.sections)):
            for each in document.removed:
                times[each.name, each.stands_for] = times.get((each.name, each.stands_for), 0) + each.times
        return tuple(Removed(name, stands_for, n) for (name, stands_for), n in times.items())

    def data(self, ending: DataFormat) -> bytes:
        """The same for other programs."""
        return self.cover.data(ending)

    def pdf(self) -> bytes:
        """The document; parts that were printed today in the same state are not printed again."""
        whole = "\x1e".join((self.cover.key, *(each.document.key for each in self.sections)))
        return self.cover.kept.document(whole, self._made)

    def _made(self) -> bytes:
        return assembled_pdf(self.cover, self._parts(), self.numbering, self.deepest)

    def _parts(self) -> list[Part]:
        from hiring.export.merging import Part

        def made(section: Section) -> Part:
            return Part(section.key, section.document.pdf(), section.title)

        with ThreadPoolExecutor(max(1, processes())) as people:
            return list(people.map(made, self.sections))


def assembled_pdf(cover: Prepared, parts: Sequence[Part], numbering: str, deepest: int = DEEPEST) -> bytes:
    """The printed parts behind their cover, which says on which page each of them begins."""
    from hiring.export.merging import Part, merged

    front = _printed_cover(cover, parts, deepest)

    def numbers(wide: Sequence[bool]) -> bytes:
        rows = (
            _numbered(numbering % {"page": n, "pages": len(wide)}, each) for n, each in enumerate(wide, 1)
        )
        return render_pdf(
            NUMBERS % "".join(rows), title="", language=cover.language, paper=cover.paper, grey=cover.grey
        )

    return merged([Part("cover", front), *parts], numbers)


def _printed_cover(cover: Prepared, parts: Sequence[Part], deepest: int) -> bytes:
    """The cover with the pages of its contents; how many pages it takes itself decides the others."""
    from hiring.export.merging import pages_in, places_in

    pages, made = 1, b""
    for _try in range(TRIES):
        places = [place for place in places_in(parts, pages) if place.level <= deepest]
        made = replace(cover, html=cover.html.replace(CONTENTS, _contents(places))).pdf()
        if pages_in(made) == pages:
            break
        pages = pages_in(made)
    return made


def _contents(places: Sequence[Place]) -> str:
    rows = (
        f'<div class="contents-row"><div class="contents-title contents-{place.level}">'
        f'<a href="part:{escape(place.key)}">{escape(place.title)}</a></div>'
        f'<div class="contents-page">{place.page}</div></div>'
        for place in places
    )
    return f'<div class="contents">{"".join(rows)}</div>'


def _numbered(words: str, is_wide: bool) -> str:
    sideways = " sideways" if is_wide else ""
    return f'<div class="numbered{sideways}" data-number="{escape(words)}"></div>'

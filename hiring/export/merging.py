"""Several PDF documents as one: their pages, tags, bookmarks and links, and the numbers of the pages.

Every document is one of ours, tagged for PDF/UA. A link to ``part:KEY`` becomes a link to the first page of the
document with that key.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Name, OutlineItem

PART = "part:"
MARKS = {"BDC", "BMC", "EMC"}
WIDE = 1.01  # A page is wide if it is broader than high, but for rounding.


@dataclass(frozen=True)
class Part:
    """One document: what links to it say, and its title among the bookmarks; none leaves its own bookmarks bare."""

    key: str
    pdf: bytes
    title: str = ""


@dataclass(frozen=True)
class Place:
    """Where a part, or a heading in it, stands: a bookmark's title, its level from 0, and the page from 1."""

    title: str
    level: int
    page: int
    key: str


def pages_in(pdf: bytes) -> int:
    """The number of pages of a document."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def places_in(parts: Sequence[Part], before: int) -> list[Place]:
    """The headings of all parts, if ``before`` pages come before the first of them."""
    found: list[Place] = []
    for part in parts:
        with pikepdf.open(io.BytesIO(part.pdf)) as document:
            if part.title:
                found.append(Place(part.title, 0, before + 1, part.key))
            numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, before + 1)}
            below = 1 if part.title else 0
            found += [
                Place(title, level + below, numbers[page], part.key)
                for title, level, page in _headings(document, part.title)
            ]
            before += len(document.pages)
    return found


def merged(parts: Sequence[Part], numbers: Callable[[Sequence[bool]], bytes] | None = None) -> bytes:
    """The parts one after the other; title, language and metadata are those of the first.

    ``numbers`` makes a document with the number of each page and nothing else, from whether each page is wide;
    its pages are laid over those of the parts.
    """
    whole = pikepdf.open(io.BytesIO(parts[0].pdf))
    others = [pikepdf.open(io.BytesIO(part.pdf)) for part in parts[1:]]
    starts = [0]
    with whole.open_outline() as outline:
        if parts[0].title:
            items = _below(outline.root, parts[0].title)
            outline.root[:] = [_bookmark(parts[0].title, whole.pages[0], items)]
        for part, other in zip(parts[1:], others, strict=True):
            starts.append(len(whole.pages))
            _append(whole, other)
            own = [_moved(item, whole, starts[-1]) for item in _bookmarks(other)]
            first = whole.pages[starts[-1]]
            below = _below(own, part.title)
            outline.root.extend([_bookmark(part.title, first, below)] if part.title else own)
    _link({part.key: start for part, start in zip(parts, starts, strict=True)}, whole)
    if numbers is not None:
        _number(whole, numbers([_is_wide(page) for page in whole.pages]))
    out = io.BytesIO()
    whole.remove_unreferenced_resources()
    whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _append(whole: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
    """The pages with their tags: marks on a page point into the tree, and the tree to the page."""
    tree, added = whole.Root.StructTreeRoot, other.Root.StructTreeRoot
    first_free = 1 + max((int(number) for number in list(tree.ParentTree.Nums)[::2]), default=-1)
    whole.pages.extend(other.pages)
    copied = whole.copy_foreign(added)
    for thing in whole.pages[-len(other.pages) :]:
        for holder in (thing.obj, *thing.obj.get("/Annots", [])):
            for key in ("/StructParents", "/StructParent"):
                if key in holder:
                    holder[key] = int(holder[key]) + first_free
    nums: Any = tree.ParentTree.Nums
    added_nums: list[Any] = list(copied.ParentTree.Nums)
    for number, owners in zip(added_nums[::2], added_nums[1::2], strict=True):
        nums.extend([int(number) + first_free, owners])
    documents = copied.K if isinstance(copied.K, Array) else Array([copied.K])
    own = tree.K[0] if isinstance(tree.K, Array) else tree.K
    if not isinstance(own.K, Array):
        own.K = Array([own.K])
    for document in documents:
        for child in document.K if isinstance(document.K, Array) else [document.K]:
            child.P = own
            own.K.append(child)


def _headings(document: pikepdf.Pdf, above: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    def walk(items: Sequence[OutlineItem], level: int) -> Iterator[tuple[str, int, tuple[int, int]]]:
        for item in items:
            yield item.title, level, _page_of(item).objgen
            yield from walk(item.children, level + 1)

    yield from walk(_below(_bookmarks(document), above), 0)


def _below(items: Sequence[OutlineItem], above: str) -> list[OutlineItem]:
    """The bookmarks under a title; a first one that only says the title again gives way to those below it."""
    if items and items[0].title == above:
        return [*items[0].children, *items[1:]]
    return list(items)


def _bookmarks(document: pikepdf.Pdf) -> list[OutlineItem]:
    with document.open_outline() as outline:
        return list(outline.root)


def _page_of(item: OutlineItem) -> Any:
    return item.destination[0]  # type: ignore[index]


def _moved(item: OutlineItem, whole: pikepdf.Pdf, start: int) -> OutlineItem:
    """The bookmark with those below it, leading to the copies of its pages."""
    number: Any = pikepdf.Page(_page_of(item)).index
    page = whole.pages[start + number]
    moved = OutlineItem(item.title, Array([page.obj, *list(item.destination)[1:]]))  # type: ignore[arg-type]
    moved.children = [_moved(child, whole, start) for child in item.children]
    return moved


def _bookmark(title: str, page: pikepdf.Page, below: Sequence[OutlineItem]) -> OutlineItem:
    item = OutlineItem(title, _top_of(page))
    item.children = list(below)
    return item


def _top_of(page: pikepdf.Page) -> Array:
    return _places(page.obj, Name.XYZ, 0, page.mediabox[3], 0)


def _places(*things: Any) -> Array:
    return Array(things)


def _link(starts: dict[str, int], whole: pikepdf.Pdf) -> None:
    """Turns the addresses of parts into links to their first pages."""
    for page in whole.pages:
        for annotation in page.obj.get("/Annots", []):
            action: Any = annotation.get("/A", {})
            address = str(action.get("/URI", ""))
            if address.startswith(PART) and address.removeprefix(PART) in starts:
                target = whole.pages[starts[address.removeprefix(PART)]]
                del annotation["/A"]
                annotation.Dest = _top_of(target)


def _number(whole: pikepdf.Pdf, numbers: bytes) -> None:
    with pikepdf.open(io.BytesIO(numbers)) as document:
        for page, number in zip(whole.pages, document.pages, strict=True):
            number.obj.Contents = document.make_stream(_without_marks(number))
            over = whole.copy_foreign(number.as_form_xobject())
            name = page.add_resource(over, Name.XObject)
            # What the page draws first is bracketed, so that it cannot move what is laid over it.
            page.contents_add(pikepdf.Stream(whole, b"q"), prepend=True)
            over_it = f"Q /Artifact <</Type /Pagination>> BDC q {name} Do Q EMC"
            page.contents_add(pikepdf.Stream(whole, over_it.encode()))


def _without_marks(page: pikepdf.Page) -> bytes:
    """What a page draws, without marks of its own: all of it is to be one artifact."""
    drawn = pikepdf.parse_content_stream(page)
    return pikepdf.unparse_content_stream([each for each in drawn if str(each.operator) not in MARKS])


def _is_wide(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(each) for each in page.mediabox)
    return (right - left) > WIDE * (top - bottom)

"""Names taken out of a document before it is printed: what stands behind a black bar is not in the file at all.

It works on the HTML that is to be printed, so that a name is found wherever it stands: in a table, in what
somebody wrote, in the title, beside a picture. What was taken out, and how often, is told for the log.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import normalize

from markupsafe import escape

PIECES = re.compile(r"(<title\b[^>]*>[^<]*</title>|<[^>]*>)")
IDEOGRAPHS = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
APOSTROPHES = re.compile("(?:'|’|ʼ|&#39;)")
SHORTEST = 2

Put = Callable[["Removal"], str]


@dataclass(frozen=True)
class Removal:
    """A name to take out, and what stands in its place, such as “interviewer 2”."""

    name: str
    stands_for: str


@dataclass(frozen=True)
class Removed:
    """What was taken out, and how often it stood there."""

    name: str
    stands_for: str
    times: int


@dataclass(frozen=True)
class Redaction:
    """The names to take out. Whole names go however they are written, their parts only as they are written there.

    ``keep`` is a name that stays, and its parts with it, also where somebody else bears one of them.
    """

    removals: tuple[Removal, ...] = ()
    keep: str = ""

    def of_html(self, html: str) -> tuple[str, tuple[Removed, ...]]:
        """The page without the names, with bars in their place, and what was taken out."""
        if not self.removals:
            return html, ()
        search, counts = _Search(self, html, _escaped), Counter[Removal]()
        pieces = PIECES.split(html)
        # Between two pieces of markup stands text; in markup, such as a picture's title, no bar can be drawn.
        pieces[::2] = [search.without(text, _bar, counts) for text in pieces[::2]]
        pieces[1::2] = [search.without(tag, _words, counts) for tag in pieces[1::2]]
        found = (Removed(each.name, each.stands_for, counts[each]) for each in self.removals)
        return "".join(pieces), tuple(each for each in found if each.times)

    def of_texts(self, texts: Iterable[str]) -> dict[str, str]:
        """Titles, names of files and cells without the names, by what they were."""
        all_texts = set(texts)
        search = _Search(self, "\n".join(all_texts), str)
        return {text: search.without(text, _words, Counter()) for text in all_texts}

    def of_text(self, text: str) -> str:
        """One text without the names."""
        return self.of_texts([text])[text]


class _Search:
    """Looks for all names at once, the longest first; only for those that occur in ``where`` at all."""

    def __init__(self, redaction: Redaction, where: str, written: Callable[[str], str]) -> None:
        kept, text = set(_parts(redaction.keep.casefold())), _plain(where)
        found: dict[str, tuple[Removal, str]] = {}
        for removal in redaction.removals:
            for part in _parts(removal.name):
                words = written(part)
                if _plain(words) in text and part.casefold() not in kept:
                    found.setdefault(words, (removal, _alternative(words, whole=part == removal.name)))
        longest_first = [found[words] for words in sorted(found, key=len, reverse=True)]
        self.removals = [removal for removal, _pattern in longest_first]
        self.pattern = re.compile("|".join(f"({pattern})" for _removal, pattern in longest_first) or "(?!)")

    def without(self, text: str, put: Put, counts: Counter[Removal]) -> str:
        """The text with something else put in the place of each name."""
        if not self.removals:
            return text

        def replaced(found: re.Match[str]) -> str:
            removal = self.removals[(found.lastindex or 1) - 1]
            counts[removal] += 1
            return put(removal)

        return self.pattern.sub(replaced, normalize("NFC", text))


def _parts(name: str) -> list[str]:
    """The name and its parts, in the composed form in which they are looked for."""
    composed = normalize("NFC", name)
    parts = (composed, *composed.split(), *re.split(r"[\s\-–]+", composed))
    return [part for part in dict.fromkeys(parts) if len(part) >= SHORTEST]


def _plain(text: str) -> str:
    return APOSTROPHES.sub("'", normalize("NFC", text)).casefold()


def _alternative(words: str, whole: bool) -> str:
    pattern = _any_apostrophe(words)
    if IDEOGRAPHS.search(words):
        return pattern  # Chinese is written without spaces: there is no edge of a word to look for.
    if whole:
        return rf"(?i:(?<!\w){pattern}(?!\w))"
    return rf"(?<!\w)(?:{pattern}|{_any_apostrophe(words.upper())})(?!\w)"


def _any_apostrophe(words: str) -> str:
    """A pattern for the words, whichever of its signs an apostrophe was typed with."""
    return APOSTROPHES.pattern.join(map(re.escape, APOSTROPHES.split(words)))


def _escaped(words: str) -> str:
    return str(escape(words))


def _bar(removal: Removal) -> str:
    return f'<span class="bar">{escape(removal.stands_for)}</span>'


def _words(removal: Removal) -> str:
    return f"[{removal.stands_for}]"

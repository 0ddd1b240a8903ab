"""Cuts text into the words that are indexed and searched: the same for both databases, in all four languages.

Words are folded (NFKC, case, ё to е) and stemmed by their script and language; each Chinese character is a
word by itself, so that any two beside one another can be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

SIGNS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
LETTER = rf"[^\W_{SIGNS}]"
# What stands behind an apostrophe, as in “customer's” and “we'll”, is no word.
TOKEN = re.compile(rf"(?P<sign>[{SIGNS}])|(?P<word>{LETTER}+)(?:['’]{LETTER}{{1,2}}(?!{LETTER}))?")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LONGEST_WORD = 40  # PostgreSQL refuses endless words; nobody types them.
MOST_WORDS = 4000
MOST_WANTED = 20


@dataclass(frozen=True)
class Wanted:
    """One thing to be found: one of ``stems``, or a word that begins with ``start``, or ``signs`` in a row."""

    stems: tuple[str, ...] = ()
    start: str = ""
    signs: tuple[str, ...] = ()

    def suits(self, word: str, stem: str) -> bool:
        """Whether a word of a text, given with its stem, is what is wanted."""
        return stem in self.stems or word in self.signs or bool(self.start and word.startswith(self.start))


def folded(text: str) -> str:
    """The text as it is compared: one form for what looks or means the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("ё", "е")


def cut(text: str) -> list[str]:
    """The folded words and signs of a text in their order."""
    return [_word_of(match) for match in TOKEN.finditer(folded(text))]


def stems(text: str, language: str) -> list[str]:
    """The stems of a text in their order."""
    return [stem(word, language) for word in cut(text)]


def indexed(text: str, language: str) -> list[str]:
    """What is stored of a text: its stems in order, then the words themselves, so that beginnings are found."""
    words = cut(text)[:MOST_WORDS]
    ordered = [stem(word, language) for word in words]
    known = set(ordered)
    return ordered + [word for word in dict.fromkeys(words) if word not in known]


def wanted(typed: str) -> tuple[Wanted, ...]:
    """What was typed, as things that must all be found; the last word may be unfinished.

    Nobody says in which language they type, so that a word stands for its stems in each.
    """
    found = [each for part in folded(typed).split() for each in _wanted_in(part)][:MOST_WANTED]
    if found and found[-1].stems:
        found[-1] = Wanted(found[-1].stems, start=_last_word(typed, found))
    return tuple(found)


def loosened(things: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """The same in parts of which one is enough: Chinese words have two characters as a rule."""
    parts = [part for thing in things for part in (_pairs(thing) or [thing])]
    return tuple(dict.fromkeys(parts))[:MOST_WANTED]


def stem(word: str, language: str) -> str:
    """The stem of a folded word: Cyrillic is Russian anywhere, Latin letters are Danish only in Danish."""
    if CYRILLIC.search(word):
        return _stem(word, "russian")
    return _stem(word, "danish" if language == "da" else "english")


def marked(text: str, things: tuple[Wanted, ...], language: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is one of the words that were wanted."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _hits(text, things, language):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0])


def _word_of(match: re.Match[str]) -> str:
    return (match["sign"] or match["word"])[:LONGEST_WORD]


def _wanted_in(part: str) -> Iterator[Wanted]:
    """Signs beside one another belong together; words are wanted one by one."""
    signs: list[str] = []
    for match in TOKEN.finditer(part):
        if match["sign"]:
            signs.append(match["sign"])
            continue
        if signs:
            yield Wanted(signs=tuple(signs))
            signs = []
        word = _word_of(match)
        yield Wanted(tuple(dict.fromkeys(stem(word, language) for language in ("en", "da"))))
    if signs:
        yield Wanted(signs=tuple(signs))


def _pairs(thing: Wanted) -> list[Wanted]:
    return [Wanted(signs=pair) for pair in pairwise(thing.signs)]


def _last_word(typed: str, found: list[Wanted]) -> str:
    return cut(typed)[sum(len(each.signs) or 1 for each in found) - 1]


# The stemmers keep the word they work on, so that threads must not share one.
@lru_cache(maxsize=100_000)
def _stem(word: str, algorithm: str) -> str:
    import snowballstemmer  # Kept out of start-up: it brings every language of the world.

    return str(snowballstemmer.stemmer(algorithm).stemWord(word)) or word


def _hits(text: str, things: tuple[Wanted, ...], language: str) -> Iterator[tuple[int, int]]:
    """Where words stand that were wanted; signs that stand together are one place."""
    tokens = [
        (match.start(), match.end(match.lastgroup or 0), folded(_word_of(match)))
        for match in TOKEN.finditer(text)
    ]
    words = [word for *_, word in tokens]
    place = 0
    while place < len(tokens):
        length = max((_length(words, place, thing, language) for thing in things), default=0)
        if length:
            yield tokens[place][0], tokens[place + length - 1][1]
        place += length or 1


def _length(words: list[str], place: int, thing: Wanted, language: str) -> int:
    if thing.signs:
        fits = tuple(words[place : place + len(thing.signs)]) == thing.signs
        return len(thing.signs) if fits else 0
    word = words[place]
    return int(thing.suits(word, stem(word, language)))

"""One spelling for what people type in several: apostrophes, wide letters, ё, accents, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CLUSTER = re.compile("(?s).[\u0300-\u036f]*")  # A letter with the accents that were typed apart from it.
ONE_OF_MANY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ё": "е", "Ё": "Е"})
INVISIBLE = ("Cf", "Cc")


@dataclass(frozen=True)
class Folded:
    """The text in one spelling; ``places`` says where each of its characters stood."""

    text: str
    places: tuple[int, ...]

    def place(self, index: int) -> int:
        """Where the character at ``index`` stood before; the end of the text is the end."""
        return self.places[index]


def fold(text: str) -> Folded:
    """The text in one spelling, with the way back."""
    pieces: list[str] = []
    places: list[int] = []
    for match in CLUSTER.finditer(text):
        piece = _fold(match[0])
        pieces.append(piece)
        places += [match.start()] * len(piece)
    return Folded("".join(pieces), (*places, len(text)))


def _fold(cluster: str) -> str:
    # First the apostrophes: compatibility turns ´ into a space with an accent.
    one = unicodedata.normalize("NFKC", cluster.translate(ONE_OF_MANY)).translate(ONE_OF_MANY)
    if unicodedata.category(one[0]) in INVISIBLE:
        return " " if one.isspace() else ""
    return one

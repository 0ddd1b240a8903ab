"""Questions that ask the same as a new one, shown before it is saved.

Two questions are compared by the words they share, each weighing the more the fewer questions of the bank
use it: “Tell me about a time when …” stands in many and says nothing. Chinese is compared by pairs of
characters beside one another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from functools import cache
from itertools import pairwise

from hiring.bank.analyser import Wanted, stems
from hiring.bank.search import OFFERED, Hit, best_hits
from hiring.models import Found
from question_bank import SOURCE_LANGUAGE, bank, languages

# Of the 11,476 pairs of the bundled questions at most two in a language reach this. Of the questions with a
# fifth of their words exchanged all do, in Chinese 96 in 100: tests/bank/test_duplicates.py measures it.
ALIKE = 0.5
CANDIDATES = 100
RAREST = 8  # Enough to find what is alike; with all words a search would find nearly everything.


def near_duplicates(text: str, language: str, limit: int = 5) -> tuple[tuple[Hit, float], ...]:
    """The questions in the language that are most alike, each with its likeness from ``ALIKE`` to 1."""
    rarest = sorted(set(stems(text, language)), key=lambda stem: (-weight(stem, language), stem))[:RAREST]
    if not rarest:
        return ()
    found = best_hits(
        (Wanted(tuple(rarest)),),
        {"founds": {Found.QUESTION}, "languages": {language}, "statuses": set(OFFERED)},
        CANDIDATES,
    )
    compared = ((hit, likeness(text, hit.text, language)) for hit in found)
    alike = sorted((each for each in compared if each[1] >= ALIKE), key=lambda each: -each[1])
    return tuple(alike[:limit])


def likeness(one: str, other: str, language: str) -> float:
    """From 0, nothing in common, to 1, the same words: the weight they share in that of both (Dice)."""
    ours, theirs = _units(one, language), _units(other, language)
    both = _weight(ours, language) + _weight(theirs, language)
    return 2 * _weight(ours & theirs, language) / both if both else 0.0


def weight(unit: str, language: str) -> float:
    """How much a word or a pair of signs tells apart: the rarer among the bundled questions, the more."""
    known = language if language in languages() else SOURCE_LANGUAGE
    questions, counts = _counts(known)
    return math.log((questions + 1) / (counts[unit] + 1)) + 0.1


@cache
def _counts(language: str) -> tuple[int, Counter[str]]:
    """In how many of the bundled questions each word, sign and pair of signs stands."""
    texts = [question.text for question in bank(language).questions.values()]
    return len(texts), Counter(
        unit for text in texts for unit in _units(text, language) | set(stems(text, language))
    )


def _units(text: str, language: str) -> set[str]:
    found = stems(text, language)
    pairs = {one + other for one, other in pairwise(found) if _is_sign(one) and _is_sign(other)}
    return pairs | {stem for stem in found if not _is_sign(stem)} or set(found)


def _is_sign(stem: str) -> bool:
    return len(stem) == 1 and stem >= "\u3005"


def _weight(units: Collection[str], language: str) -> float:
    return math.fsum(weight(unit, language) for unit in units)

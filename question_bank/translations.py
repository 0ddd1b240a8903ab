"""The bank in other languages: the same ids, only words, each with the revision of the English it translates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from question_bank.model import Entry, Words
from question_bank.phrases import phrases, revision_of
from question_bank.source import Place, Sheet
from question_bank.texts import PLACEHOLDER

FOLDER = "translations"
CODE = re.compile(r"[a-z]{2,3}")


class Translated(Entry):
    """The words for one phrase, and the revision of the English words when they were written."""

    id: Words
    of: Words
    text: Words


class TranslatedFile(Entry):
    """What one file of the bank says in another language."""

    language: Words
    entries: tuple[Translated, ...]


@dataclass(frozen=True, order=True)
class Gap:
    """A phrase that is not translated, or whose English has moved on since."""

    file: str
    id: str
    english: str
    translation: str | None = None

    @property
    def is_stale(self) -> bool:
        """Whether there are words, but for an earlier English; they are used until they are renewed."""
        return self.translation is not None


def languages_of(folder: Path, source: str) -> tuple[str, ...]:
    """The source language, then those with a folder of translations."""
    others = (path.name for path in folder.glob(f"{FOLDER}/*") if path.is_dir() and CODE.fullmatch(path.name))
    return (source, *sorted(others))


def file_of(language: str, file: str) -> str:
    """Where the translation of a file stands."""
    return f"{FOLDER}/{language}/{file}"


def check_translation(sheet: Sheet, translated: TranslatedFile, language: str, source: Sheet) -> None:
    """Each entry translates one phrase of the source once, with the same placeholders."""
    english = {address: words for address, _, words in phrases(source.file, source.data)}
    seen = set[str]()
    if translated.language != language:
        sheet.refuse(("language",), f"This file stands among the translations into {language}.")
    for index, entry in enumerate(translated.entries):
        if entry.id in seen:
            sheet.refuse(("entries", index, "id"), "This phrase is translated twice.")
        elif entry.id not in english:
            sheet.refuse(("entries", index, "id"), f"There is no such phrase in {source.file}.")
        elif _placeholders(entry.text) != _placeholders(english[entry.id]):
            sheet.refuse(("entries", index, "text"), "The placeholders differ from the English ones.")
        seen.add(entry.id)


def put_in(translated: TranslatedFile, file: str, data: Any) -> None:
    """Writes the translated words over the English ones; what is not translated stays English."""
    words = {entry.id: entry.text for entry in translated.entries}
    for address, place, _ in list(phrases(file, data)):
        if address in words:
            _put(data, place, words[address])


def gaps_in(translated: TranslatedFile, source: Sheet) -> Iterator[Gap]:
    """What is missing in a translation, and what has been left behind by its source."""
    entries = {entry.id: entry for entry in translated.entries}
    for address, _, words in phrases(source.file, source.data):
        entry = entries.get(address)
        if entry is None:
            yield Gap(source.file, address, words)
        elif entry.of != revision_of(words):
            yield Gap(source.file, address, words, entry.text)


def _placeholders(words: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(words))


def _put(data: Any, place: Place, words: str) -> None:
    *way, last = place
    for step in way:
        data = data[step]
    data[last] = words

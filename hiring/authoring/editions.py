"""What the bundled bank says in its source language, so that an upgrade can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from question_bank.load import FOLDER, UNTRANSLATED
from question_bank.phrases import phrases
from question_bank.source import read_sheet


def bundled_phrases() -> dict[str, str]:
    """Every phrase that people see, by file and address: ``skills/empathy.yaml:empathy-1-q1.text``."""
    return {
        f"{name}:{address}": words
        for name, path in _sources()
        for address, _place, words in phrases(name, read_sheet(path, name).data)
    }


def _sources() -> Iterator[tuple[str, Path]]:
    for path in sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("skills/*.yaml")]):
        name = path.relative_to(FOLDER).as_posix()
        if name not in UNTRANSLATED:
            yield name, path

"""A copy of the real bank that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank.check import check
from question_bank.load import FOLDER

Spoil = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of one's own, word for word the real one."""
    copy = tmp_path / "bank"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replaces the first occurrence of some words in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer contains {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Problems:
    """What the check says about the copy, one sentence for each problem."""
    return lambda: [str(problem) for problem in check(folder).problems]

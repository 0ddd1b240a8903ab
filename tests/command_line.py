"""The command line, run in this process with a data folder of the test's own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hiring.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Answer]


@pytest.fixture
def hiring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``hiring("job", "list")`` runs the command and returns what it printed and its exit code."""
    monkeypatch.setenv("HIRING_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("HIRING_DATABASE_URL", raising=False)

    def run(*words: str, typed: str = "", **variables: str) -> Answer:
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["hiring", *words])
            patch.setattr(
                sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode(errors="surrogateescape")), "utf-8")
            )
            code = _exit_code()
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0

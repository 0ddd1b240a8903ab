"""The command line as a person uses it: a process of its own with a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables of a fresh installation in a folder of the test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HIRING_")}
    return {**kept, "HIRING_DATA_FOLDER": str(tmp_path / "data")}


@pytest.fixture
def hiring(environment: dict[str, str]) -> Run:
    """``hiring("job", "list")`` runs the command and returns what it printed and its exit code."""

    def run(*words: str, typed: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hiring.cli", *words],
            input=typed,
            env={**environment, **changed},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run

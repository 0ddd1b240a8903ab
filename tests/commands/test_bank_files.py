"""``hiring bank export`` and ``hiring bank import``: files out and in, and what must not be asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.command_line import Run
from tests.exchange.test_formats import OFF_LIMITS, ROWS, WHY, csv


@pytest.fixture
def installed(hiring: Run) -> Run:
    """An installation with an administrator."""
    hiring("init")
    added = hiring("person", "add", "--name", "Ada", "--email", "ada@example.org", "--role", "administrator")
    assert added.returncode == 0, added.stderr
    return hiring


def write(folder: Path, rows: str) -> str:
    file = folder / "queue.csv"
    file.write_bytes(csv(rows))
    return str(file)


def stored(folder: Path, query: str) -> list[tuple[object, ...]]:
    with create_engine(f"sqlite:///{folder / 'data' / 'hiring.sqlite3'}").connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_file_is_checked_and_taken_in(installed: Run, tmp_path: Path) -> None:
    file = write(tmp_path, ROWS)

    looked = installed("bank", "import", file, "--dry-run")
    nothing = stored(tmp_path, "SELECT ident FROM bank_entry")
    taken = installed("bank", "import", file)

    assert looked.stdout == "1 new and 0 changed would be drafts; 0 unchanged.\n"
    assert nothing == []
    assert taken.stdout == "1 new and 0 changed are drafts; 0 unchanged.\n"
    assert stored(tmp_path, "SELECT ident FROM bank_entry") == [("own-queue-care",)]


def test_what_must_not_be_asked_keeps_the_file_out_and_names_the_way(installed: Run, tmp_path: Path) -> None:
    answer = installed("bank", "import", write(tmp_path, OFF_LIMITS), "--override-reason", " ")

    assert answer.returncode == 2
    assert "line 4: new-1: How old are you: Age is off limits" in answer.stderr
    assert "say with --override-reason why they stay" in answer.stderr
    assert stored(tmp_path, "SELECT ident FROM bank_entry") == []


def test_what_to_think_over_is_said_and_keeps_nothing_out(installed: Run, tmp_path: Path) -> None:
    file = write(tmp_path, ROWS.replace("Who was waiting?", '"You were in a hurry, weren\'t you?"'))

    answer = installed("bank", "import", file)

    assert answer.returncode == 0
    assert "To think over: line 6: new-1: weren't you: " in answer.stderr
    assert stored(tmp_path, "SELECT ident FROM bank_entry") == [("own-queue-care",)]


def test_a_reason_lets_it_in_and_is_recorded(installed: Run, tmp_path: Path) -> None:
    answer = installed("bank", "import", write(tmp_path, OFF_LIMITS), "--override-reason", WHY)

    assert answer.returncode == 0
    assert "Age is off limits" in answer.stderr
    ((details, actor),) = stored(
        tmp_path, "SELECT details, actor_name FROM audit_event WHERE action = 'revise_bank_entry'"
    )
    assert actor == "Ada"
    assert json.loads(str(details))["override"] == WHY
    assert json.loads(str(details))["kept"] == ["How old are you and which queue have you had to look after."]


def test_a_reason_excuses_no_other_problem(installed: Run, tmp_path: Path) -> None:
    file = write(tmp_path, OFF_LIMITS.replace("Who was", "=Who was"))

    answer = installed("bank", "import", file, "--override-reason", WHY)

    assert answer.returncode == 2
    assert "begins like a formula" in answer.stderr
    assert stored(tmp_path, "SELECT ident FROM bank_entry") == []


@pytest.mark.parametrize("form", ["json", "yaml", "csv", "xlsx"])
def test_the_bank_goes_out_and_comes_in_unchanged(installed: Run, tmp_path: Path, form: str) -> None:
    file = str(tmp_path / f"bank.{form}")

    out = installed("bank", "export", "--format", form, "--output", file, "--language", "da")
    back = installed("bank", "import", file, "--dry-run")

    assert (out.returncode, back.returncode) == (0, 0)
    assert back.stdout == "0 new and 0 changed would be drafts; 22 unchanged.\n"

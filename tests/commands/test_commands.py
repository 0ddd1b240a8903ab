"""Commands that succeed, and bad input that ends in one sentence and exit code 2."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import question_bank
from tests.command_line import Run

PROCESS = [sys.executable, "-m", "hiring.cli"]
HELP = [
    (),
    ("init",),
    ("demo",),
    ("serve",),
    ("person",),
    ("person", "add"),
    ("person", "password"),
    ("bank", "check"),
    ("bank", "list"),
    ("job", "list"),
    ("candidate", "list"),
    ("export",),
    ("export", "guide"),
    ("export", "packet"),
    ("export", "packets"),
    ("export", "blank-scorecard"),
    ("export", "cards"),
    ("export", "kick-off"),
    ("export", "compact-guide"),
    ("export", "records"),
    ("export", "feedback"),
    ("export", "minutes"),
    ("export", "audit"),
    ("export", "decision"),
    ("export", "evidence"),
    ("export", "adverse-impact"),
    ("export", "comparison"),
    ("guide", "compose"),
    ("panel", "plan"),
    ("audit", "verify"),
    ("audit", "head"),
    ("audit", "key"),
    ("assess",),
    ("adverse-impact",),
]


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_every_command_explains_itself(hiring: Run, words: tuple[str, ...]) -> None:
    answer = hiring(*words, "--help")

    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage: hiring")


def test_init_prints_where_the_data_lies_and_can_be_repeated(hiring: Run, tmp_path: Path) -> None:
    first, second = hiring("init"), hiring("init")

    assert (first.returncode, second.returncode) == (0, 0)
    assert f"Data folder: {tmp_path / 'data'}" in first.stdout
    assert (tmp_path / "data" / "hiring.sqlite3").exists()


def test_init_names_the_edition_of_the_bank_when_it_is_new(hiring: Run) -> None:
    first, again = hiring("init"), hiring("init")

    assert f"edition {question_bank.bank_version()} of the question bank" in first.stdout
    assert "of the question bank" not in again.stdout


def test_init_makes_the_first_administrator_on_request(hiring: Run) -> None:
    answer = hiring("init", "--admin-name", "Ada", "--admin-email", "ada@example.org")

    people = json.loads(hiring("person", "list", "--format", "json").stdout)
    assert answer.returncode == 0
    assert [(each["name"], each["roles"]) for each in people] == [("Ada", "administrator")]


def test_the_bank_is_in_order_and_can_be_listed(hiring: Run) -> None:
    check, listed = hiring("bank", "check"), hiring("bank", "list", "--format", "json")

    assert check.returncode == 0
    assert [each["id"] for each in json.loads(listed.stdout)][:2] == ["empathy", "listening"]


def test_a_person_gets_the_password_given_on_standard_input(hiring: Run) -> None:
    hiring("init")
    words = ("--name", "Ann", "--email", "ann@example.org", "--role", "hr", "--password-stdin")

    answer = hiring("person", "add", *words, typed="correct horse battery\n")

    assert answer.returncode == 0
    assert "battery" not in answer.stdout


def test_a_password_that_cannot_be_read_is_refused(hiring: Run) -> None:
    hiring("init")
    words = ("--name", "Ann", "--email", "ann@example.org", "--role", "hr", "--password-stdin")

    answer = hiring("person", "add", *words, typed="correct \udcff horse \udcff battery\n")

    assert answer.returncode == 2
    assert "Write the password in UTF-8." in answer.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fly",), "No such command"),
        (("person", "add", "--name", "Ann"), "Missing option '--email'"),
        (("person", "add", "--name", "A", "--email", "a@b.org", "--role", "king"), "'king' is not one of"),
        (("person", "add", "--name", "A", "--email", "nowhere", "--role", "hr"), "e-mail"),
        (("person", "password", "nobody@example.org"), "Nobody here has the e-mail address"),
        (("candidate", "list", "--job", "7"), "There is no job with the number 7."),
        (("candidate", "list", "--job", "seven"), "'seven' is not a valid integer"),
        (("export", "comparison", "7", "--output", "x.pdf"), "There is no job with the number 7."),
        (("export", "guide", "7", "--output", "x.pdf"), "There is no job with the number 7."),
        (("export", "packet", "7", "--output", "x.pdf"), "There is no candidate with the number 7."),
        (("export", "decision", "7", "--output", "x.pdf"), "There is no candidate with the number 7."),
        (("export", "adverse-impact", "7", "--output", "x.pdf"), "There is no job with the number 7."),
        (("demo", "--remove"), "There is no demo organisation to remove."),
        (("candidate", "list", "--job", "9" * 20), f"There is no job with the number {'9' * 20}."),
        (("export", "guide", "-" + "9" * 20, "--output", "x.pdf"), "No such option"),
        (("person", "password", "a\udcff@b.org"), "Write the command in UTF-8"),
        (("person", "add", "--name", "A\x1b[2J", "--email", "a@b.org", "--role", "hr"), "control characters"),
    ],
)
def test_bad_input_ends_in_a_sentence(hiring: Run, words: tuple[str, ...], sentence: str) -> None:
    hiring("init")

    answer = hiring(*words)

    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_is_not_prepared_says_how_to_prepare_it(hiring: Run) -> None:
    answer = hiring("job", "list")

    assert answer.returncode == 2
    assert 'run "hiring init" first' in answer.stderr


def test_a_data_folder_that_cannot_be_written_to_is_named(hiring: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    answer = hiring("init", HIRING_DATA_FOLDER=str(tmp_path / "file" / "data"))

    assert answer.returncode == 2
    assert f"The data folder {tmp_path / 'file' / 'data'} cannot be written to" in answer.stderr


def test_a_file_that_is_no_database_is_told_in_a_sentence(hiring: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hiring.sqlite3").write_text("This is a letter, not a database. " * 40)

    answer = hiring("job", "list")

    assert answer.returncode == 2
    assert "The database cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(hiring: Run) -> None:
    answer = hiring("job", "list", HIRING_DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing")

    assert answer.returncode == 2
    assert "The database cannot be used" in answer.stderr


def test_a_port_in_use_is_named(hiring: Run) -> None:
    hiring("init")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = hiring("serve", "--port", str(port))

    assert answer.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in answer.stderr


def test_a_corrupt_bank_is_refused_with_file_id_and_field(hiring: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    shutil.copytree(Path(question_bank.__file__).parent, folder)
    file = folder / "skills" / "empathy.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("meaning:", "meening:", 1), encoding="utf-8")

    answer = hiring("bank", "check", "--folder", str(folder))

    assert answer.returncode == 2
    assert "empathy.yaml" in answer.stderr
    assert "meening" in answer.stderr


def test_a_bank_that_is_no_yaml_is_refused_with_its_line(hiring: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    shutil.copytree(Path(question_bank.__file__).parent, folder)
    (folder / "skills" / "empathy.yaml").write_text("id: empathy\n  name: [broken", encoding="utf-8")

    answer = hiring("bank", "check", "--folder", str(folder))

    assert answer.returncode == 2
    assert "empathy.yaml:2" in answer.stderr


def test_the_data_is_not_readable_by_others(hiring: Run, tmp_path: Path) -> None:
    hiring("init")

    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    with sqlite3.connect(tmp_path / "data" / "hiring.sqlite3") as database:
        assert database.execute("SELECT name FROM organisation").fetchall() == [("Your organisation",)]


def test_the_exit_code_reaches_the_shell() -> None:
    good = subprocess.run([*PROCESS, "--version"], capture_output=True, text=True, check=False)
    bad = subprocess.run([*PROCESS, "fly"], capture_output=True, text=True, check=False)

    assert (good.returncode, bad.returncode) == (0, 2)
    assert "No such command" in bad.stderr

"""A document of the same state is made once; what is kept is never wrong, never in the way, and nobody else's."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from hiring.export.kept import ONE_DAY, KeptDocuments
from hiring.export.printed import kept_documents
from hiring.extensions import db
from hiring.models import Job, Person
from tests import factories
from tests.conftest import SignIn

KILOBYTE = 1024


@pytest.fixture
def kept(tmp_path: Path) -> KeptDocuments:
    return KeptDocuments(tmp_path / "documents", 10 * KILOBYTE)


def made(kept: KeptDocuments, key: str, document: bytes) -> bytes:
    """What comes for a key, if a document made now would be this one."""
    return kept.document(key, lambda: document)


def files(kept: KeptDocuments) -> list[Path]:
    return sorted(kept.folder.iterdir())


def test_the_second_time_nothing_is_made(kept: KeptDocuments) -> None:
    assert [made(kept, "carl", document) for document in (b"first", b"second")] == [b"first", b"first"]
    assert made(kept, "dora", b"another") == b"another"


def test_a_damaged_file_is_made_anew(kept: KeptDocuments) -> None:
    made(kept, "carl", b"first")
    (file,) = files(kept)
    file.write_bytes(file.read_bytes()[:-1] + b"?")

    assert [made(kept, "carl", document) for document in (b"second", b"third")] == [b"second", b"second"]


def test_an_emptied_file_is_made_anew(kept: KeptDocuments) -> None:
    made(kept, "carl", b"first")
    files(kept)[0].write_bytes(b"")

    assert made(kept, "carl", b"second") == b"second"


def test_only_its_owner_reads_what_is_kept(kept: KeptDocuments) -> None:
    made(kept, "carl", b"first")

    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in files(kept)] == [0o600]
    assert not any("carl" in file.name for file in files(kept))


def test_what_nobody_asked_for_the_longest_makes_room(kept: KeptDocuments) -> None:
    for number in range(3):
        made(kept, f"{number}", b"x" * 3 * KILOBYTE)
        os.utime(kept._file(f"{number}"), (time.time() - 100 + number,) * 2)
    made(kept, "0", b"not made")  # Asked for again, it is the youngest.
    made(kept, "3", b"x" * 3 * KILOBYTE)

    assert {file.name for file in files(kept)} == {kept._file(key).name for key in ("0", "2", "3")}


def test_nothing_is_kept_for_more_than_a_day(kept: KeptDocuments) -> None:
    made(kept, "old", b"x")
    os.utime(kept._file("old"), (time.time() - ONE_DAY - 60,) * 2)
    made(kept, "new", b"x")
    after_another = files(kept)
    os.utime(kept._file("new"), (time.time() - ONE_DAY - 60,) * 2)
    made(kept, "newest", b"x")

    assert after_another == [kept._file("new")]
    assert files(kept) == [kept._file("newest")]


def test_a_document_larger_than_the_room_is_only_made(kept: KeptDocuments) -> None:
    assert len(made(kept, "long", b"x" * 11 * KILOBYTE)) == 11 * KILOBYTE
    assert not kept.folder.exists()


def test_a_full_disk_means_that_nothing_is_kept() -> None:
    """A real file system of 64 kilobytes would need rights; a limit on the size of files is the same to a writer."""
    script = """
import resource, signal, sys, tempfile
from pathlib import Path
from hiring.export.kept import KeptDocuments
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
kept = KeptDocuments(Path(tempfile.mkdtemp()), 10_000_000)
print(len(kept.document("carl", lambda: b"x" * 5000)), [file.name for file in kept.folder.iterdir()])
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.split(maxsplit=1) == ["5000", "[]\n"]


def test_a_folder_that_cannot_be_made_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert made(KeptDocuments(tmp_path / "file" / "documents", KILOBYTE), "carl", b"first") == b"first"


def test_everything_is_forgotten_at_once(kept: KeptDocuments) -> None:
    made(kept, "carl", b"first")
    kept.forget_everything()

    assert files(kept) == []
    assert made(kept, "carl", b"second") == b"second"


def test_without_room_nothing_is_kept(tmp_path: Path) -> None:
    kept = KeptDocuments(tmp_path / "documents", 0)

    assert [made(kept, "carl", document) for document in (b"first", b"second")] == [b"first", b"second"]
    assert not kept.folder.exists()


@pytest.fixture
def job(hugo: Person, ivy: Person) -> Job:
    made = factories.job(lead=hugo)
    version = factories.guide_version(made, hugo)
    factories.scorecard(factories.interview(factories.application(made), version, ivy), ivy)
    db.session.commit()
    return made


def test_the_same_state_is_the_same_document_and_another_state_another(
    app: Flask, job: Job, hugo: Person, rosa: Person, sign_in: SignIn
) -> None:
    address = f"/jobs/{job.id}/comparison.pdf"
    first = sign_in(hugo).get(address).data
    kept = len(files(kept_documents()))
    again = sign_in(hugo).get(address).data
    kept_again = len(files(kept_documents()))
    by_rosa = sign_in(rosa).get(address).data
    on_letter = sign_in(hugo).get(f"{address}?paper=letter").data
    job.title = "Support lead"
    db.session.commit()

    renamed = sign_in(hugo).get(address).data

    assert first == again
    assert len({first, by_rosa, on_letter, renamed}) == 4
    assert kept == kept_again > 1  # The document, and its parts.

"""Many packets in one archive: whole, checked, from one state, and of nobody whom the reader may not see."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile

import pytest
from pypdf import PdfReader

from hiring.export.archive import MANIFEST, Entry, streamed
from hiring.extensions import db
from hiring.models import Application, Job, Person
from hiring.packets import document
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def job(hugo: Person, ivy: Person) -> Job:
    made = factories.job(lead=hugo)
    version = factories.guide_version(made, hugo)
    for name in ("Carl", "陈雨桐", "Carl"):
        factories.scorecard(factories.interview(factories.application(made, name), version, ivy), ivy)
    factories.application(made, "Nobody rated")
    db.session.commit()
    return made


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[MANIFEST].decode("utf-8-sig"))))


def test_every_rated_candidate_has_a_packet_with_its_checksum(
    job: Job, hugo: Person, sign_in: SignIn
) -> None:
    answer = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip")

    files = unpacked(answer.data)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/zip", "no-store")
    assert "packets-support-agent.zip" in answer.headers["Content-Disposition"]
    assert list(files) == ["packet-carl-1.pdf", "packet-陈雨桐-2.pdf", "packet-carl-3.pdf", MANIFEST]
    for row in rows_of(files):
        assert hashlib.sha256(files[row["File"]]).hexdigest() == row["SHA-256"]
        assert len(files[row["File"]]) == int(row["Bytes"])
        text = PdfReader(io.BytesIO(files[row["File"]])).pages[0].extract_text()
        assert row["Data fingerprint"] in text
        assert row["Candidate"] in text


def test_only_the_chosen_are_in_it(job: Job, hugo: Person, sign_in: SignIn) -> None:
    chosen = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip?candidate=2&candidate=4&candidate=999").data

    assert list(unpacked(chosen)) == ["packet-陈雨桐-2.pdf", MANIFEST]


def test_whom_the_reader_may_not_see_is_not_in_it(
    job: Job, hugo: Person, olga: Person, ivy: Person, sign_in: SignIn
) -> None:
    second = db.session.get_one(Application, 2)
    factories.interview(second, factories.guide_version(job, hugo, number=2), hugo)
    db.session.commit()

    files = unpacked(sign_in(hugo).get(f"/jobs/{job.id}/packets.zip").data)
    only_hidden = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip?candidate=2")

    assert [row["Candidate"] for row in rows_of(files)] == ["Carl", "Carl"]
    assert only_hidden.status_code == 400
    assert "None of these candidates has a submitted scorecard that you may read." in only_hidden.text
    assert [sign_in(each).get(f"/jobs/{job.id}/packets.zip").status_code for each in (olga, ivy)] == [
        403,
        403,
    ]


def test_too_many_are_refused_with_a_sentence(
    job: Job, hugo: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MOST_AT_ONCE", 2)

    answer = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip")

    assert (answer.status_code, "Choose at most 2 candidates; these are 3." in answer.text) == (400, True)


def test_what_changes_while_it_is_sent_is_not_in_it(job: Job, hugo: Person, sign_in: SignIn) -> None:
    answer = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip", buffered=False)
    pieces = iter(answer.response)
    begun = next(pieces)
    for each in db.session.scalars(db.select(Application)):
        each.candidate.name = "Changed"
    db.session.commit()

    files = unpacked(begun + b"".join(pieces))

    assert [row["Candidate"] for row in rows_of(files)] == ["Carl", "陈雨桐", "Carl"]
    assert not any(
        "Changed" in page.extract_text() for page in PdfReader(io.BytesIO(files["packet-carl-3.pdf"])).pages
    )


def test_the_first_piece_leaves_before_the_second_document_is_made() -> None:
    made: list[str] = []

    def entry(name: str) -> Entry:
        def make() -> bytes:
            made.append(name)
            return name.encode()

        return Entry(name, name, "", make)

    pieces = streamed(map(entry, ("one", "two")))
    first = next(pieces)

    assert (made, b"one" in first) == (["one"], True)
    assert set(unpacked(first + b"".join(pieces))) == {"one", "two", MANIFEST}


def test_a_job_that_hides_names_has_codes_in_its_archive(job: Job, hugo: Person, sign_in: SignIn) -> None:
    job.hides_names = True
    db.session.commit()

    content = sign_in(hugo).get(f"/jobs/{job.id}/packets.zip").data

    files = unpacked(content)
    codes = list(db.session.scalars(db.select(Application.code).order_by(Application.id).limit(3)))
    assert [row["Candidate"] for row in rows_of(files)] == codes
    assert not any("carl" in name for name in files)
    texts = [PdfReader(io.BytesIO(file)).pages[0].extract_text() for file in list(files.values())[:3]]
    assert not any("Carl" in text for text in texts)

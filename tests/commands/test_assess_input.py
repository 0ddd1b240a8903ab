"""Ratings out of a spreadsheet: what is read, and every offending line in one pass."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.ratings import Ratings
from hiring.commands import sheet_file
from hiring.commands.ratings_file import read_ratings
from hiring.errors import Refused

HEADER = "candidate,interviewer,item,score"
GOOD = f"{HEADER}\nCarl,Ivy,q1,4\nCarl,Ian,q1,3\nCleo,Ivy,q1,5\n"

Read = Callable[..., Ratings]
Wrong = Callable[..., dict[int, str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read("candidate,…")`` writes a file and reads it."""

    def reading(content: str | bytes, name: str = "ratings.csv", **options: object) -> Ratings:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_ratings(str(file), **options)  # type: ignore[arg-type]

    return reading


@pytest.fixture
def wrong(read: Read, capsys: pytest.CaptureFixture[str]) -> Wrong:
    """``wrong("candidate,…")`` is what is said of each line of a file that is refused."""

    def reading(content: str | bytes, name: str = "ratings.csv", **options: object) -> dict[int, str]:
        with pytest.raises(Refused):
            read(content, name, **options)
        told = [line.removeprefix("line ").split(": ", 1) for line in capsys.readouterr().err.splitlines()]
        assert [int(number) for number, _ in told] == sorted({int(number) for number, _ in told})
        return {int(number): reason for number, reason in told}

    return reading


def rows(ratings: Ratings) -> list[tuple[str, str, str, float]]:
    return [
        (ratings.candidates[c], ratings.interviewers[i], ratings.items[q], score)
        for c, i, q, score in zip(
            ratings.candidate, ratings.interviewer, ratings.item, ratings.score.tolist(), strict=True
        )
    ]


def test_a_file_is_read_row_by_row(read: Read) -> None:
    assert rows(read(GOOD)) == [
        ("Carl", "Ivy", "q1", 4.0),
        ("Carl", "Ian", "q1", 3.0),
        ("Cleo", "Ivy", "q1", 5.0),
    ]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("\n", "\n\n").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.replace(",", " , ").encode(),
        GOOD.replace(HEADER, "Candidate,INTERVIEWER, item ,Score").encode(),
        GOOD.replace("Carl", '"Carl"').encode(),
        GOOD.replace("\n", ",,\n").encode(),
    ],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(read: Read, content: bytes) -> None:
    assert rows(read(content)) == rows(read(GOOD))


def test_columns_may_stand_in_any_order_beside_others(read: Read) -> None:
    ratings = read("note,score,item,interviewer,candidate\nwarm,4,q1,Ivy,Carl\n")

    assert rows(ratings) == [("Carl", "Ivy", "q1", 4.0)]


@pytest.mark.parametrize("score", ["-2", "+3", "3.", ".5", "1e2", "0", "007", "4.25"])
def test_any_number_is_a_score(read: Read, score: str) -> None:
    assert read(f"{HEADER}\nCarl,Ivy,q1,{score}\n").score.tolist() == [float(score)]


def test_a_packed_file_is_read_like_the_file(read: Read) -> None:
    assert rows(read(gzip.compress(GOOD.encode(), mtime=0), "ratings.csv.gz")) == rows(read(GOOD))


def test_a_packed_file_is_known_by_what_it_holds(read: Read) -> None:
    assert rows(read(gzip.compress(GOOD.encode(), mtime=0), "ratings.csv")) == rows(read(GOOD))


def test_names_with_accents_are_one_name_in_both_ways_of_writing_them(read: Read) -> None:
    ratings = read(f"{HEADER}\nZoe\u0308,Ivy,q1,4\nZo\u00eb,Ian,q1,3\n")

    assert ratings.candidates == ("Zoë",)


def test_a_header_without_rows_holds_no_ratings(read: Read) -> None:
    assert len(read(HEADER + "\n").score) == 0


BAD_CELLS = [
    ("Carl,Ivy,q1,good", "“good” is not a number"),
    ("Carl,Ivy,q1,1_000", "“1_000” is not a number"),
    ("Carl,Ivy,q1,４", "“４” is not a number"),
    ("Carl,Ivy,q1,0x10", "is not a number"),
    ("Carl,Ivy,q1,nan", "nan is not a finite number"),
    ("Carl,Ivy,q1,-Infinity", "-Infinity is not a finite number"),
    ("Carl,Ivy,q1,1e999", "too large"),
    ("Carl,Ivy,q1,1e10", "too large"),
    ("Carl,Ivy,q1,", "the score is blank"),
    ("Carl,Ivy,q1", "the score is blank"),
    ("Carl,Ivy,q1,\u200b", "the score is blank"),
    ('Carl,Ivy,q1,"3,5"', "decimal comma; write 3.5"),
    ("Carl,Ivy,q1,3,5", "decimal comma; write 3.5"),
    ("Carl,Ivy,q1,3,good", "5 cells where the header has 4"),
    (",Ivy,q1,3", "the candidate is blank"),
    ("Carl, ,q1,3", "the interviewer is blank"),
    ("Carl,Ivy,\u00a0,3", "the item is blank"),
    ("Carl,Ivy", "the item is blank; the score is blank"),
    ('"Carl,Ivy,q1,3', "never closed"),
    ('"Carl"o,Ivy,q1,3', "written twice"),
    ("Carl,I\0vy,q1,3", "NUL"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_CELLS, ids=[row for row, _ in BAD_CELLS])
def test_a_bad_row_is_told_by_its_line(wrong: Wrong, row: str, reason: str) -> None:
    told = wrong(f"{GOOD}{row}\nCleo,Ian,q1,2\n")

    assert list(told) == [5]
    assert reason in told[5]


def test_a_score_off_the_scale_is_told(wrong: Wrong, read: Read) -> None:
    assert wrong(GOOD, scale=(1, 4)) == {4: "the score “5” is off the scale from 1 to 4"}
    assert len(read(GOOD, scale=(3, 5)).score) == 3


def test_a_rating_that_stands_there_twice_names_the_first(wrong: Wrong) -> None:
    told = wrong(GOOD + " Carl ,Ivy,q1,2\nCarl,Ivy,q1,4\nCarl,Ivy,q2,4\n")

    assert told == {
        5: "this rating of “Carl” stands in line 2 already",
        6: "this rating of “Carl” stands in line 2 already",
    }


def test_all_bad_lines_are_told_in_one_pass(wrong: Wrong) -> None:
    content = (
        f"{GOOD}Carl,Ivy,q2,x\n,Ivy,q2,3\n\nCleo,Ivy,q1,5\nCleo,Ian,q1,9\n".encode()
        + "Zoë,Ian,q1,3\n".encode("latin-1")
        + b'"Carl,Ian,q3,3\nCarl,Ian,q4,\n'
    )

    told = wrong(content, scale=(1, 5))

    assert list(told) == [5, 6, 8, 9, 10, 11, 12]
    assert "UTF-8" in told[10]
    assert "never closed" in told[11]


def test_lines_are_counted_as_an_editor_counts_them(wrong: Wrong) -> None:
    told = wrong(f'{HEADER}\n"Carl\nMaria",Ivy,q1,3\n\n"Cleo\n\nAnn",Ivy,q1,bad\nCarl,Ivy,q1,worse\n')

    assert list(told) == [5, 8]


def test_a_missing_column_is_told_beside_what_is_wrong_below(wrong: Wrong) -> None:
    told = wrong("candidate,interviewer,score\nCarl,Ivy,3\nCarl,Ivy,bad\n")

    assert told == {1: "the column item is missing", 3: "the score “bad” is not a number"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("\ufeff", "empty"),
        ("Carl,Ivy,q1,3\n", "candidate, interviewer, item, score are missing"),
        (GOOD.replace(",", ";"), "semicolons"),
        (GOOD.replace(",", "\t"), "tabs"),
        (GOOD.replace("item", "score", 1), "the column score is there twice"),
        (GOOD.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_without_the_header_is_told_so(wrong: Wrong, content: str | bytes, reason: str) -> None:
    assert reason in wrong(content)[1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.encode(), "no gzip file"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], "cut off"),
        (gzip.compress(GOOD.encode(), mtime=0)[:12], "cut off"),
        (gzip.compress(GOOD.encode(), mtime=0)[:10] + b"\xff" * 40, "damaged"),
    ],
)
def test_a_packed_file_that_is_none_is_refused(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(content, "ratings.csv.gz")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        read_ratings(str(tmp_path / "ratings.csv"))
    with pytest.raises(Refused, match="is a folder"):
        read_ratings(str(tmp_path))


def test_a_file_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    monkeypatch.setattr(sheet_file, "LARGEST", 1_000)

    with pytest.raises(Refused, match="is larger than"):
        read_ratings("/dev/zero")
    with pytest.raises(Refused, match="is larger than"):
        read(gzip.compress(b"a" * 100_000, mtime=0), "ratings.csv.gz")


def test_what_a_terminal_would_obey_is_not_repeated(wrong: Wrong) -> None:
    told = wrong(f"{HEADER}\nCarl,Ivy,q1,\x1b[31m{'9' * 500}x\n")

    assert "\x1b" not in told[2]
    assert len(told[2]) < 100


def test_many_broken_quotes_take_no_time_to_speak_of(wrong: Wrong) -> None:
    assert len(wrong(HEADER + "\n" + 'Carl,Ivy,q1,"3"x\n' * 20_000)) == 20_000


CELLS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["Carl", "Cleo", "Ivy", "Ian", "q1", "3", "4.5", "3,5", "", " ", '"', "\n", "\r", "\0", "nan"]
    ),
)
SHEETS = st.lists(st.lists(CELLS, min_size=3, max_size=6), max_size=8)


def attempt(content: bytes) -> Ratings | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            return read_ratings("-")
        except Refused:
            return None


@settings(deadline=None, max_examples=150)
@given(sheet=SHEETS)
def test_any_sheet_is_read_or_refused(sheet: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER.split(","), *sheet])

    ratings = attempt(out.getvalue().encode(errors="replace"))

    assert ratings is None or len(ratings.score) <= len(sheet)


@settings(deadline=None, max_examples=150)
@given(content=st.binary(max_size=80), headed=st.booleans())
def test_any_bytes_are_read_or_refused(content: bytes, headed: bool) -> None:
    attempt((HEADER + "\n").encode() + content if headed else content)


@settings(deadline=None, max_examples=100)
@given(
    written=st.lists(
        st.tuples(*[st.sampled_from(["Ann", "李小龙", 'O"Neil, J', "two\nlines"])] * 3, st.floats(-1e6, 1e6)),
        unique_by=lambda row: row[:3],
    )
)
def test_what_is_written_is_what_is_read(written: list[tuple[str, str, str, float]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER.split(","), *written])

    ratings = attempt(out.getvalue().encode())

    assert ratings is not None
    assert rows(ratings) == written

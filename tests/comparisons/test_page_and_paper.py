"""The comparison's page and its PDF say the same, figure by figure."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from hiring.extensions import db
from hiring.models import Job, Person
from tests import factories
from tests.conftest import SignIn

LEVELS = {
    "Ada": ((1, 2, 2), (2, 1, 3), (2, 2, 1)),
    "Ben": ((3, 2, 4), (2, 3, 3), (4, 3, 3)),
    "Cleo": ((3, 4, 4), (4, 4, 2), (3, 3, 3)),
    "Dan": ((4, 4, 5), (5, 4, 4), (3, 5, 4)),
    "Eve": ((5, 5, 5), (5, 4, 5), (4, 5, 5)),
}
FIGURE = re.compile(r"\d\.\d+|\bn \d+")


@pytest.fixture
def job(hugo: Person, rosa: Person, ivy: Person, ian: Person) -> Job:
    made = factories.job(lead=hugo)
    version = factories.guide_version(made, hugo)
    for name, given in LEVELS.items():
        interview = factories.interview(factories.application(made, name), version, rosa, ivy, ian)
        for person, levels in zip((rosa, ivy, ian), given, strict=True):
            factories.scorecard(interview, person, levels)
    db.session.commit()
    return made


def test_every_figure_of_the_list_and_the_heat_map_stands_on_paper(
    job: Job, hugo: Person, sign_in: SignIn
) -> None:
    browser = sign_in(hugo)
    lists = browser.get(f"/jobs/{job.id}/comparison").text.split('id="candidates"')[-1]
    page = {name: figures(words) for name, words in rows_of(lists).items()}
    paper = matrix_of(browser.get(f"/jobs/{job.id}/comparison.pdf").data)

    # The composite with its interval and n, and two skills with their n.
    assert {len(found) for found in page.values()} == {8}
    assert paper == page


def test_how_far_to_rely_on_it_is_the_same_on_paper(job: Job, hugo: Person, sign_in: SignIn) -> None:
    browser = sign_in(hugo)
    page = browser.get(f"/jobs/{job.id}/comparison").text
    paper = text_of(browser.get(f"/jobs/{job.id}/comparison.pdf").data)

    shown = [FIGURE.findall(each) for each in re.findall(r'class="agreement">(.*?)<svg', page, re.DOTALL)]
    printed = paper.split("How far this can be relied on")[-1].split("How these figures come about")[0]

    assert len(shown) == 3
    by_figure = re.split(r"ICC\([ACQ],\S+\)", printed)[1:]
    assert [found[:3] for found in shown] == [re.findall(r"\d\.\d\d", part) for part in by_figure]


def figures(words: str) -> list[str]:
    return FIGURE.findall(" ".join(words.split()))


def rows_of(page: str) -> dict[str, str]:
    """The words of each candidate's rows in the list and in the heat map, one after the other."""
    words: dict[str, str] = {}
    for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
        plain = " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", row, flags=re.DOTALL).split())
        name = plain.split(" ")[0]
        if name in LEVELS and "Levels apart" not in row:
            words[name] = f"{words.get(name, '')} {plain}"
    return words


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def matrix_of(pdf: bytes) -> dict[str, list[str]]:
    matrix = text_of(pdf).split("Candidates and skills")[-1].split("Evidence side by side")[0]
    places = {name: matrix.index(name) for name in LEVELS}
    ends = sorted([*places.values(), len(matrix)])
    return {
        name: figures(matrix[place : ends[ends.index(place) + 1]].split("×")[0])
        for name, place in places.items()
    }

"""Browsing the question bank: all skills, one skill in full."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from hiring.bank.document import skill_sheet
from hiring.models import Person
from question_bank import Sign, observations, skill, skills
from tests.conftest import SignIn


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_first_page_shows_every_skill_with_its_meaning(sign_in: SignIn, olga: Person) -> None:
    page = words_of(sign_in(olga).get("/bank").text)

    assert [each.name for each in skills() if each.name not in page or each.meaning not in page] == []


@pytest.mark.parametrize("address", ["/bank", "/bank/empathy"])
def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn, address: str) -> None:
    answer = sign_in(None).get(address)

    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={address}")


@pytest.mark.parametrize("skill_id", [each.id for each in skills()])
def test_a_skills_page_holds_every_word_an_interviewer_needs(
    sign_in: SignIn, olga: Person, skill_id: str
) -> None:
    found = skill(skill_id)
    expected = [
        found.meaning,
        found.why_it_matters,
        found.boundary,
        *(each.text for each in found.questions),
        *(each.text for probe in found.probes for each in probe.follow_ups),
        *(probe.listen_for[1:] for probe in found.probes),
        *(probe.note[1:] for probe in found.probes),
        *(each.text for each in found.indicators),
        *(each.text for each in found.anchors),
        *(each.text for each in observations(skill_id)),
    ]

    page = words_of(sign_in(olga).get(f"/bank/{skill_id}").text)

    assert [text for text in expected if re.sub(r"\s+", " ", text.strip()) not in page] == []
    assert page.count("Red flag") == len(found.red_flags)


def test_an_unknown_skill_is_a_missing_page(sign_in: SignIn, olga: Person) -> None:
    answer = sign_in(olga).get("/bank/juggling")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_skill_knows_its_neighbours_and_its_observations(app: Flask) -> None:
    sheet = skill_sheet(skills()[1].id, "en")

    assert (sheet.previous, sheet.next) == (skills()[0], skills()[2])
    assert {each.sign for each in sheet.positive_observations} == {Sign.POSITIVE}
    assert len(sheet.positive_observations + sheet.negative_observations) == len(sheet.observations)

"""The interviewer's copy on paper."""

from __future__ import annotations

import io
import re

import page
import pytest
from flask import Flask
from pypdf import PdfReader

from hiring.export.choice import Choice
from hiring.extensions import db
from hiring.guides.document import frozen_draft
from hiring.guides.frozen import frozen_guide
from hiring.guides.operations import publish
from hiring.guides.paper import draft_paper, version_paper
from hiring.guides.starting import start_guide
from hiring.models import Guide, GuideItem, GuideVersion, Paper, Person
from question_bank import bank, skill
from tests import factories
from tests.conftest import SignIn

OUTSIDE = "Examples from outside customer service are equally welcome."


@pytest.fixture
def version(guide: Guide, hugo: Person) -> GuideVersion:
    made = publish(guide, hugo)
    db.session.commit()
    return made


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_copy_holds_everything_an_interviewer_needs(
    app: Flask, version: GuideVersion, paper: Paper
) -> None:
    with app.test_request_context():
        pages = pages_of(version_paper(version, Choice("Rosa", paper)).pdf())

    text = " ".join(pages)
    content = frozen_guide(version)
    assert [item.text for item in content.rounds[0].items if item.text not in text] == []
    assert [
        anchor.text for each in content.skills for anchor in each.anchors if anchor.text not in text
    ] == []
    assert [sentence for sentence in content.conduct if sentence not in text] == []
    assert text.count(OUTSIDE) == 1
    assert "Red flag" in text
    assert "Recommendation" in text
    assert version.content_hash[:12] in text
    assert f"Page {len(pages)} of {len(pages)}" in text


def test_every_question_has_a_page_of_its_own(app: Flask, version: GuideVersion) -> None:
    with app.test_request_context():
        pages = pages_of(version_paper(version, Choice("Rosa", Paper.LETTER)).pdf())

    with_levels = [each for each in pages if "What was said" in each and "Not enough evidence" in each]
    assert len(with_levels) == 4


@pytest.mark.parametrize("paper", list(Paper))
def test_the_longest_question_and_rubric_fit_one_page(app: Flask, guide: Guide, paper: Paper) -> None:
    asked = [each for id_ in ("empathy", "patience") for each in skill(id_).questions]
    guide.rounds[0].items = [
        GuideItem(position=n, question_id=each.id, skill_id=each.skill_id, minutes=7)
        for n, each in enumerate(asked)
    ]

    with app.test_request_context():
        pages = pages_of(draft_paper(guide, Choice("Rosa", paper)).pdf())

    assert len([each for each in pages if "What was said" in each and "Not enough evidence" in each]) == len(
        asked
    )


def test_the_copy_is_accessible(app: Flask, version: GuideVersion) -> None:
    with app.test_request_context():
        pdf = version_paper(version, Choice("Rosa")).pdf()

    assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures] == []


def test_a_draft_is_marked_as_one(app: Flask, guide: Guide) -> None:
    with app.test_request_context():
        pages = pages_of(draft_paper(guide, Choice("Rosa")).pdf())

    assert "Do not interview by this draft" in pages[0]
    assert all("Draft of an interview guide" in each for each in pages)
    assert frozen_draft(guide).content_hash[:12] in pages[0]


def test_the_file_says_what_it_is(version: GuideVersion) -> None:
    assert version_paper(version, Choice("Rosa")).name == "interview-guide-support-agent-version-1.pdf"


def test_the_copy_is_downloaded(version: GuideVersion, guide: Guide, hugo: Person, sign_in: SignIn) -> None:
    client = sign_in(hugo)

    for address in (f"/guide-versions/{version.id}.pdf?paper=letter", f"/guides/{guide.id}/preview.pdf"):
        answer = client.get(address)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")


def test_a_long_copy_says_on_which_page_each_question_stands(app: Flask, hugo: Person) -> None:
    guide = start_guide(
        factories.job(lead=hugo), hugo, skill_ids=[each.id for each in bank().skills[:9]], minutes=90
    )
    db.session.commit()
    with app.test_request_context():
        pages = pages_of(draft_paper(guide, Choice("Rosa")).pdf())

    contents = next(text for text in pages if "Contents" in text)
    places = re.findall(
        r"(\d+\. \D+?) (\d+)(?= \d+\. | Exported| Draft|$)", contents.partition("Contents")[2]
    )
    assert len(places) == len(guide.rounds[0].items)
    assert [heading for heading, number in places if heading not in pages[int(number) - 1]] == []

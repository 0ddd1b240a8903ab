"""What is printed around an interview: blank scorecards, cards, the kick-off sheet and the candidate's handout."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from hiring.export.choice import Choice
from hiring.extensions import db
from hiring.guides.frozen import frozen_guide
from hiring.guides.operations import publish, set_note
from hiring.guides.paper import cards_paper, kick_off_paper, scorecard_paper
from hiring.guides.starting import start_guide
from hiring.interviews.operations import plan_interview
from hiring.interviews.paper import handout_paper
from hiring.models import GuideVersion, Interview, Job, Person, now
from tests import factories
from tests.conftest import SignIn

CHOICE = Choice(exported_by="Rosa")


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    set_note(guide.rounds[0].items[0], "Ask about the Oslo desk.", hugo)
    guide.rounds[0].prompts = "Did I give everybody the same time?"
    return publish(guide, hugo)


@pytest.fixture
def interview(version: GuideVersion, job: Job, hugo: Person, ivy: Person, ian: Person) -> Interview:
    planned = plan_interview(
        factories.application(job), hugo, version, now(), [ivy, ian], place="Room 4", language="da"
    )
    db.session.commit()
    return planned


def words(pdf: bytes) -> str:
    return "".join(squeezed(each.extract_text()) for each in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


def test_a_blank_scorecard_follows_the_order_of_the_screen(
    app: Flask, version: GuideVersion, interview: Interview, ivy: Person, sign_in: SignIn
) -> None:
    asked = frozen_guide(version).rounds[0].items
    with app.test_request_context():
        text = words(scorecard_paper(version, CHOICE).pdf())
    kit = sign_in(ivy).get(f"/interviews/{interview.id}/scorecard").text

    on_paper = [text.index(squeezed(item.text)) for item in asked]
    danish = [kit.index(f"level-{item.question_id}") for item in asked]
    assert on_paper == sorted(on_paper)
    assert danish == sorted(danish)
    assert text.index("Evidence:whatthecandidate") < text.index("Levelofthisanswer")
    assert max(on_paper) < text.index("Recommendation")
    assert squeezed("Ask about the Oslo desk.") in text
    assert squeezed("Did I give everybody the same time?") in text
    assert version.content_hash[:12] in text


@pytest.mark.parametrize("language", ["da", "ru", "zh"])
def test_papers_are_in_the_language_that_was_chosen(app: Flask, version: GuideVersion, language: str) -> None:
    there = frozen_guide(version, language)
    choice = Choice(exported_by="Rosa", language=language)
    with app.test_request_context(), force_locale(language):
        for paper in (scorecard_paper, cards_paper):
            text = words(paper(version, choice).pdf())
            assert squeezed(there.rounds[0].items[0].text) in text
            assert there.content_hash[:12] in text
        assert squeezed(there.skills[0].name) in words(kick_off_paper(version, choice).pdf())


def test_an_older_version_is_printed_in_its_own_language(app: Flask, job: Job, hugo: Person) -> None:
    older = factories.guide_version(job, hugo)
    with app.test_request_context():
        paper = cards_paper(older, Choice(exported_by="Rosa", language="da"))

    assert paper.language == "en"


def test_the_handout_tells_topics_and_people_and_no_question(
    app: Flask, version: GuideVersion, interview: Interview
) -> None:
    danish = frozen_guide(version, "da")
    with app.test_request_context():
        text = words(handout_paper(interview, CHOICE).pdf())

    assert all(
        squeezed(each) in text for each in ("Room 4", "Ivy", "Ian", danish.skills[0].name, "45 minutter")
    )
    for guide in (danish, frozen_guide(version)):
        told = [item.text for item in guide.rounds[0].items] + [
            each.text for item in guide.rounds[0].items for each in item.follow_ups
        ]
        assert [each for each in told if squeezed(each) in text] == []


def test_the_kick_off_sheet_says_what_was_set(app: Flask, version: GuideVersion, job: Job) -> None:
    job.skills[0].floor = 3
    db.session.commit()
    with app.test_request_context():
        text = words(kick_off_paper(version, CHOICE).pdf())

    assert "atleastlevel3" in text
    assert "notsetyet" in text
    assert "Hugo" in text


def test_who_has_no_part_in_the_job_gets_none_of_them(
    version: GuideVersion, interview: Interview, olga: Person, ivy: Person, sign_in: SignIn
) -> None:
    addresses = (
        *(
            f"/guide-versions/{version.id}/documents/{each}"
            for each in ("blank-scorecard", "cards", "kick-off")
        ),
        f"/interviews/{interview.id}/documents/handout",
    )

    assert {sign_in(olga).get(each).status_code for each in addresses} == {403}
    assert {sign_in(ivy).get(each).status_code for each in addresses} == {200}

"""A guide is published in every language that the bank has all of it in; an interview is held in one of them."""

from __future__ import annotations

import pytest

from hiring.errors import Refused
from hiring.extensions import db
from hiring.guides.frozen import frozen_guide, languages_of, spoken_guide
from hiring.guides.history import differences
from hiring.guides.operations import change_round, publish, set_note
from hiring.guides.starting import start_guide
from hiring.interviews.operations import change_interview, plan_interview
from hiring.models import GuideVersion, Job, Person, RoundKind, now
from hiring.scorecards.document import sheet_of
from hiring.scorecards.operations import Answers, save_scorecard
from question_bank import bank
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return publish(start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45), hugo)


def test_the_same_questions_are_frozen_in_all_languages_of_the_bank(version: GuideVersion) -> None:
    own = frozen_guide(version)
    assert languages_of(version) == ("en", "da", "ru", "zh")

    for language in languages_of(version)[1:]:
        words = frozen_guide(version, language)
        assert [item.question_id for item in words.rounds[0].items] == [
            item.question_id for item in own.rounds[0].items
        ]
        assert (
            words.rounds[0].items[0].text == bank(language).question(own.rounds[0].items[0].question_id).text
        )
        assert words.rounds[0].opening_script != own.rounds[0].opening_script
        assert words.content_hash != own.content_hash


def test_what_the_team_wrote_is_the_same_in_all_languages(job: Job, hugo: Person) -> None:
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    round_ = guide.rounds[0]
    set_note(round_.items[0], "Ask about the Oslo desk.", hugo)
    change_round(
        round_,
        hugo,
        "Talk",
        RoundKind.PANEL,
        45,
        5,
        7,
        "Our own welcome.",
        "",
        "Same time for all?\n\n Sure?",
    )

    danish = frozen_guide(publish(guide, hugo), "da").rounds[0]

    assert danish.opening_script == "Our own welcome."
    assert danish.items[0].own_note == "Ask about the Oslo desk."
    assert danish.prompts == ("Same time for all?", "Sure?")


def test_an_interview_keeps_its_language(version: GuideVersion, job: Job, hugo: Person, ivy: Person) -> None:
    carl = factories.application(job)

    own = plan_interview(carl, hugo, version, now(), [ivy])
    danish = plan_interview(carl, hugo, version, now(), [ivy], language="da")

    assert (own.language, danish.language) == ("en", "da")
    assert spoken_guide(danish).language == "da"
    sheet = sheet_of(danish, ivy, None)
    assert sheet.questions[0].item.text == frozen_guide(version, "da").rounds[0].items[0].text
    assert sheet.guide_hash == frozen_guide(version, "da").content_hash


def test_a_language_that_the_version_lacks_is_refused(job: Job, hugo: Person, ivy: Person) -> None:
    older = factories.guide_version(job, hugo)

    with pytest.raises(Refused, match="has no words in this language") as refused:
        plan_interview(factories.application(job), hugo, older, now(), [ivy], language="da")
    assert "Choose English" in refused.value.sentence
    assert refused.value.field == "language"


def test_the_language_stays_once_somebody_rates(
    version: GuideVersion, job: Job, hugo: Person, ivy: Person
) -> None:
    interview = plan_interview(factories.application(job), hugo, version, now(), [ivy])
    save_scorecard(interview, ivy, Answers(recommendation_reason="Begun."))

    with pytest.raises(Refused, match="its guide can no longer change"):
        change_interview(interview, hugo, version, now(), [ivy], language="ru")
    change_interview(interview, hugo, version, now(), [ivy], language="en", place="Room 4")


def test_the_kit_is_in_the_language_of_the_interview(
    version: GuideVersion, job: Job, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    carl = factories.application(job)
    typed = {
        "plan": f"{version.id}-1",
        "date": "2026-12-01",
        "time": "10:00",
        "place": "",
        "language": "zh",
        "panel": [str(ivy.id)],
    }

    planned = sign_in(hugo).post(f"/applications/{carl.id}/interviews/new", data=typed)
    assert planned.status_code == 303, planned.text
    kit = sign_in(ivy).get(f"{planned.location}/scorecard").text

    assert frozen_guide(version, "zh").rounds[0].items[0].text in kit
    assert "简体中文" in sign_in(ivy).get(planned.location).text


def test_notes_and_prompts_change_the_version_and_nothing_that_is_older(job: Job, hugo: Person) -> None:
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    first = publish(guide, hugo)
    assert "own_note" not in str(first.content)
    assert frozen_guide(first).content_hash == first.content_hash

    set_note(guide.rounds[0].items[0], "Listen twice.", hugo)
    second = publish(guide, hugo)

    assert any("own note" in each for each in differences(frozen_guide(first), frozen_guide(second)))


def test_the_builder_takes_a_note_and_gives_a_long_one_back(job: Job, hugo: Person, sign_in: SignIn) -> None:
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    db.session.commit()
    address = f"/guides/{guide.id}/items/{guide.rounds[0].items[0].id}/note"

    refused = sign_in(hugo).post(address, data={"note": "n" * 1001, "revision": guide.revision})
    assert refused.status_code == 422
    assert "at most 1000 characters" in refused.text
    assert "n" * 1001 in refused.text
    assert sign_in(hugo).post(address, data={"note": "Short.", "revision": guide.revision}).status_code == 303
    assert "Short." in sign_in(hugo).get(f"/guides/{guide.id}/edit").text
    stale = sign_in(hugo).post(address, data={"note": "Another.", "revision": 1})
    assert stale.status_code == 422
    assert "Another." in stale.text

"""One question's page: its words, where it is used, and its history."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from hiring.authoring import operations
from hiring.bank.history import question_sheet
from hiring.extensions import db
from hiring.guides.operations import publish
from hiring.guides.starting import start_guide
from hiring.models import BankEdition, BankEntry, GuideVersion, InterviewStatus, Job, Person
from question_bank import NotInBank, probe, question
from tests import factories
from tests.authoring.conftest import probe_words, skill_words, used
from tests.bank.test_bank import words_of
from tests.conftest import Queries, SignIn
from tests.journeys.world import answer

FOUR = ("empathy-1-q1", "empathy-2-q1", "patience-2-q1", "patience-1-q1")

ASKED = "empathy-1-q1"
PAGE = f"/bank/questions/{ASKED}"
FRAME = 3


def published(lead: Person, title: str = "Support agent") -> tuple[Job, GuideVersion]:
    """A job of Hugo's with a guide that was published from the bank, and its draft."""
    job = factories.job(title, lead=lead)
    guide = start_guide(job, lead, skill_ids=["empathy", "patience"], minutes=45)
    factories.asking(guide, *FOUR)
    return job, publish(guide, lead)


def reworded(version: GuideVersion, **words: Any) -> GuideVersion:
    """The version as if it had been published when the bank said something else."""
    content = deepcopy(version.content)
    items = (item for round_ in content["rounds"] for item in round_["items"])
    item = next(each for each in items if each["question_id"] == ASKED)
    item.update(words)
    version.content = content
    db.session.flush()
    return version


def cards(page: str) -> dict[str, str]:
    """The words of each card by its id."""
    parts = re.split(r'<section class="card[^"]*" id="([a-z]+)"', page)
    return dict(zip(parts[1::2], map(words_of, parts[2::2]), strict=True))


@pytest.mark.parametrize("language", ["en", "da", "ru", "zh"])
def test_the_page_says_all_that_belongs_to_the_question(sign_in: SignIn, olga: Person, language: str) -> None:
    asked, source = question(ASKED, language), probe("empathy-1", language)

    page = html.unescape(sign_in(olga).get(f"{PAGE}?language={language}").text)

    for words in (asked.text, source.title, *(each.text for each in source.follow_ups)):
        assert words in page
    assert source.listen_for[1:] in page
    assert source.questions[1].text in page
    assert f'lang="{language}"' in page


@pytest.mark.parametrize("ident", ["empathy-99-q1", "empathy", "own-x-1-q1", "q1", "-", "empathy-1-q1.text"])
def test_what_the_bank_does_not_have_is_a_missing_page(sign_in: SignIn, rosa: Person, ident: str) -> None:
    assert sign_in(rosa).get(f"/bank/questions/{ident}").status_code == 404


def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn) -> None:
    assert sign_in(None).get(PAGE).location == f"/sign-in?next={PAGE}"


def test_the_skills_page_and_the_search_lead_to_it(sign_in: SignIn, olga: Person) -> None:
    client = sign_in(olga)

    skill_page = html.unescape(client.get("/bank/empathy?language=da").text)
    found = html.unescape(client.get("/bank?q=parcel+caller&language=en").text)

    assert f'href="{PAGE}?language=da"' in skill_page
    assert 'href="/bank/questions/empathy-1-q2?language=en"' in found


# Usage


def test_a_question_that_nobody_uses_says_so(sign_in: SignIn, rosa: Person) -> None:
    parts = cards(sign_in(rosa).get("/bank/questions/empathy-1-q2").text)

    assert "In no guide yet." in parts["usage"]
    assert parts["forms"].count("In no guide") == len(probe("empathy-1").questions)


def test_drafts_published_versions_and_interviews_are_told(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person
) -> None:
    job, version = published(hugo)
    for status in (InterviewStatus.HELD, InterviewStatus.HELD, InterviewStatus.PLANNED):
        factories.interview(factories.application(job), version, ivy, status=status)
    factories.interview(factories.application(job), version, ivy, status=InterviewStatus.CANCELLED)
    db.session.commit()

    page = sign_in(rosa).get(PAGE).text
    usage = cards(page)["usage"]

    assert "Support agent" in usage
    assert "In the draft: " in usage
    assert "Published guide 1" in usage
    assert "Asked in 2 interviews; planned for one more." in usage
    assert "asked in 2 interviews, planned for one" in usage
    assert f'href="/guide-versions/{version.id}"' in page


def test_an_interview_of_another_round_does_not_ask_it(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person
) -> None:
    job, version = published(hugo)
    factories.interview(factories.application(job), version, ivy).round_position = 2
    db.session.commit()

    assert "Asked in no interview yet." in cards(sign_in(rosa).get(PAGE).text)["usage"]


def test_jobs_of_others_are_only_counted(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, olga: Person
) -> None:
    job, version = published(hugo, "Seen by Ivy")
    secret, other = published(rosa, "Secret job")
    factories.interview(factories.application(job), version, ivy)
    factories.interview(factories.application(secret), other, rosa)
    reworded(other, text="What the secret job asks.")
    db.session.commit()

    pages = {each.name: words_of(sign_in(each).get(PAGE).text) for each in (rosa, ivy, olga)}

    assert "Secret job" in pages["Rosa"]
    assert "Words that published guides keep" in pages["Rosa"]
    assert "Seen by Ivy" in pages["Ivy"]
    assert "Asked in one interview." in pages["Ivy"]
    assert "Also used for one job that you do not take part in." in pages["Ivy"]
    assert "secret" not in pages["Ivy"].lower()
    assert "Used for 2 jobs that you do not take part in." in pages["Olga"]
    assert "Seen by Ivy" not in pages["Olga"]
    assert "interview yet" not in pages["Olga"]
    assert "secret" not in pages["Olga"].lower()


def test_each_form_says_in_how_many_jobs_it_is_used(sign_in: SignIn, rosa: Person, hugo: Person) -> None:
    published(hugo)
    published(rosa, "Another")
    db.session.commit()

    forms = cards(sign_in(rosa).get("/bank/questions/empathy-1-q2").text)["forms"]

    assert re.search(r"Main question .* In the guides of 2 jobs", forms)
    assert re.search(r"Parallel form shown here .* In no guide", forms)


def test_nothing_on_the_page_comes_from_ratings(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person
) -> None:
    job, version = published(hugo)
    held = factories.interview(factories.application(job), version, ivy)
    db.session.commit()
    client = sign_in(rosa)
    before = answer(client, PAGE)

    factories.scorecard(held, ivy, (1, 2, 5))
    db.session.commit()

    assert answer(client, PAGE) == before


# History of a bundled question


def test_words_that_published_guides_keep_stand_against_todays(
    sign_in: SignIn, rosa: Person, hugo: Person
) -> None:
    _job, version = published(hugo)
    reworded(version, text="Tell me about somebody whose shoes you stood in.")
    db.session.commit()

    page = sign_in(rosa).get(PAGE).text
    kept = cards(page)["wordings"]

    assert "Support agent, published guide 1" in kept
    assert re.search(r"<del>[^<]*<span[^>]*>removed: </span>[^<]*shoes", page)


def test_the_same_old_words_stand_once_for_all_versions(sign_in: SignIn, rosa: Person, hugo: Person) -> None:
    for title in ("One", "Two"):
        reworded(published(hugo, title)[1], listen_for="something else")
    db.session.commit()

    kept = cards(sign_in(rosa).get(PAGE).text)["wordings"]

    assert kept.count("Listen for") == 1
    assert "One, published guide 1" in kept
    assert "Two, published guide 1" in kept


def test_where_nothing_differs_nothing_is_said_of_it(sign_in: SignIn, rosa: Person, hugo: Person) -> None:
    published(hugo)
    db.session.commit()

    assert "wordings" not in cards(sign_in(rosa).get(PAGE).text)


@pytest.mark.parametrize("language", ["da", "ru", "zh"])
def test_a_guide_in_another_language_is_compared_with_the_words_of_that_language(
    rosa: Person, hugo: Person, language: str
) -> None:
    job = factories.job(lead=hugo)
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    factories.asking(guide, *FOUR)
    guide.language = language
    version = publish(guide, hugo)

    sheet = question_sheet(ASKED, "en", None, (), None)

    assert version.language == language
    assert [each.language for job_ in sheet.usage.jobs for each in job_.versions] == [language]
    assert sheet.wordings == ()


@pytest.fixture
def noted(rosa: Person) -> Callable[..., None]:
    """Notes an edition of the bank in which the question's file said this."""

    def note(version: str, **phrases: str) -> None:
        known = {f"skills/empathy.yaml:{address}": each for address, each in phrases.items()}
        db.session.add(BankEdition(version=version, phrases=known))
        db.session.commit()

    return note


def test_the_editions_in_which_it_came_or_changed_are_told(
    sign_in: SignIn, rosa: Person, noted: Callable[..., None]
) -> None:
    follow_up = {"empathy-1.follow_ups.1": "Who was it?"}
    noted("1.0", **follow_up)
    noted("1.1", **follow_up, **{f"{ASKED}.text": "Tell me about a visitor."})
    noted("1.2", **follow_up, **{f"{ASKED}.text": "Tell me about a visitor.", "empathy-2.title": "Else"})
    noted("1.3", **follow_up, **{f"{ASKED}.text": "Tell me about a caller."})

    history = cards(sign_in(rosa).get(PAGE).text)["history"]

    assert "Version 1.1" in history
    assert "The question came with this edition." in history
    assert history.index("Version 1.3") < history.index("Version 1.1")
    assert "Version 1.0" not in history
    assert "Version 1.2" not in history
    assert re.search("Main question Tell me about a removed: visitor added: caller", history)


def test_in_the_first_edition_it_was_there(sign_in: SignIn, rosa: Person, noted: Callable[..., None]) -> None:
    noted("1.0", **{f"{ASKED}.text": "Tell me about a visitor."})

    assert "It was there in the first edition" in cards(sign_in(rosa).get(PAGE).text)["history"]


# Own questions


@pytest.fixture
def own_probe(rosa: Person, hugo: Person) -> BankEntry:
    """Rosa's probe for patience, in use, with a newer draft."""
    entry = operations.add_probe("patience", probe_words(), rosa, "Queues are our daily bread.")
    used(entry, hugo)
    changed = probe_words("Tell me about a queue of ghosts.") | {"id": entry.ident}
    changed["questions"] = [
        {**each, "id": f"patience-o1-q{n}"} for n, each in enumerate(changed["questions"], 1)
    ]
    operations.revise(entry, changed, rosa, "A secret reason.")
    db.session.commit()
    return entry


def test_who_writes_reads_the_revisions_with_author_reason_and_differences(
    sign_in: SignIn, own_probe: BankEntry, hugo: Person
) -> None:
    parts = cards(sign_in(hugo).get("/bank/questions/patience-o1-q1").text)

    assert "queue of callers" in parts["words"]
    assert "ghosts" not in parts["words"]
    history = parts["history"]
    assert history.index("Revision 2") < history.index("Revision 1")
    for words in ("Rosa", "A secret reason.", "ghosts", "Draft", "The question came with this revision."):
        assert words in history


def test_others_read_the_words_in_use_and_nothing_of_drafts(
    sign_in: SignIn, own_probe: BankEntry, olga: Person
) -> None:
    answer = sign_in(olga).get("/bank/questions/patience-o1-q1")

    assert answer.status_code == 200
    assert "queue of callers" in answer.text
    assert "ghosts" not in answer.text
    assert "secret reason" not in answer.text


def test_of_a_draft_others_learn_nothing(sign_in: SignIn, rosa: Person, olga: Person) -> None:
    operations.add_probe("patience", probe_words(), rosa, "New.")
    db.session.commit()

    to_writer, to_other = (
        sign_in(each).get("/bank/questions/patience-o1-q1").status_code for each in (rosa, olga)
    )

    assert (to_writer, to_other) == (200, 404)


def test_a_retired_question_keeps_its_page_for_those_who_write(
    sign_in: SignIn, own_probe: BankEntry, rosa: Person, olga: Person
) -> None:
    operations.retire(own_probe, rosa, "Nobody queues any more.")
    db.session.commit()

    page = sign_in(rosa).get("/bank/questions/patience-o1-q1")

    assert "Not in use: guides are not offered it." in page.text
    assert sign_in(olga).get("/bank/questions/patience-o1-q1").status_code == 404


def test_a_question_of_an_own_skill_has_its_page(
    sign_in: SignIn, rosa: Person, hugo: Person, olga: Person
) -> None:
    used(operations.add_skill(skill_words(), rosa, "Ours."), hugo)

    page = sign_in(olga).get("/bank/questions/own-queue-care-1-q2?language=zh").text

    assert "The queue grows while you are on the telephone." in page
    assert "Queue care" in page
    assert 'lang="en"' in page


def test_a_revision_that_did_not_touch_the_question_is_left_out(rosa: Person) -> None:
    entry = operations.add_skill(skill_words(), rosa, "Ours.")
    operations.revise(entry, entry.latest.content | {"meaning": "Something else."}, rosa, "Clearer.")
    db.session.commit()

    sheet = question_sheet("own-queue-care-1-q1", "en", entry, entry.revisions, None)

    assert [each.number for each in sheet.revisions] == [1]
    with pytest.raises(NotInBank):
        question_sheet("own-queue-care-1-q1", "en", entry, (), None)


@pytest.mark.parametrize("ident", [ASKED, "patience-o1-q1"])
def test_the_number_of_queries_does_not_grow(
    sign_in: SignIn,
    queries: Callable[[], Queries],
    own_probe: BankEntry,
    ivy: Person,
    hugo: Person,
    ident: str,
) -> None:
    client, counts = sign_in(ivy), []
    for number in (1, 4):
        for n in range(number):
            job, version = published(hugo, f"Job {number}-{n}")
            reworded(version, text=f"Words {n}")
            factories.interview(factories.application(job), version, ivy)
            db.session.add(BankEdition(version=f"{number}.{n}", phrases={}))
        db.session.commit()
        client.get(f"/bank/questions/{ident}")
        with queries() as seen:
            assert client.get(f"/bank/questions/{ident}").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= FRAME + 8

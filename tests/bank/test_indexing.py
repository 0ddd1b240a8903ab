"""What can be searched for follows the bank, own words and published guides, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select

from hiring.app import create_app
from hiring.bank.indexing import catch_up, is_outdated, reindex, reindex_entry
from hiring.bank.search import find
from hiring.extensions import db
from hiring.models import (
    BankEntry,
    BankIndexPart,
    BankPassage,
    Found,
    GuideVersion,
    Organisation,
    PassageStatus,
    Person,
    RevisionStatus,
)
from hiring.settings import Settings
from question_bank import bank, languages
from question_bank.phrases import phrases
from tests import factories
from tests.bank.conftest import add_probe, probe, revision

WINDOWS = 3


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(data_folder=tmp_path, database_url=database_url, secret_key="secret for tests")
    app = create_app(settings, WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        db.session.add(Organisation(id=1, name="Nordlys Service"))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def rosa(application: Flask) -> Person:
    return factories.person("Rosa")


@pytest.fixture
def own(rosa: Person) -> BankEntry:
    """An own probe in use, and all that can be searched for made."""
    entry = add_probe(rosa, "Tell me about a lighthouse.")
    catch_up()
    return entry


def texts(words: str, *statuses: PassageStatus) -> list[str]:
    return [hit.text for hit in find(words, statuses=statuses, founds=[Found.QUESTION]).hits]


def passages() -> int:
    return db.session.scalar(select(func.count()).select_from(BankPassage)) or 0


def test_own_words_are_found_once_they_are_stored(own: BankEntry) -> None:
    assert not is_outdated()
    hit = find("lighthouse").hits[0]

    assert (hit.skill_name, hit.status, hit.entry_id) == ("Empathy", PassageStatus.ACTIVE, own.id)


def test_a_new_draft_stands_beside_the_words_in_use(own: BankEntry, rosa: Person) -> None:
    own.revisions.append(
        revision(rosa, probe(own.ident, "What did the lighthouse cost?"), RevisionStatus.DRAFT, 2)
    )
    own.language = "da"  # Any change counts up the entry's revision.
    db.session.flush()
    noticed = is_outdated()
    catch_up()

    assert (noticed, is_outdated()) == (True, False)
    assert texts("lighthouse", PassageStatus.ACTIVE) == ["Tell me about a lighthouse."]
    assert texts("lighthouse", PassageStatus.DRAFT) == ["What did the lighthouse cost?"]
    assert {hit.language for hit in find("lighthouse").hits} == {"da"}


def test_what_is_out_of_use_is_offered_no_longer(own: BankEntry) -> None:
    own.revisions[0].status = RevisionStatus.RETIRED
    reindex_entry(own)

    assert texts("lighthouse") == []
    assert texts("lighthouse", PassageStatus.RETIRED) == ["Tell me about a lighthouse."]


def test_a_deleted_entry_is_found_no_longer(own: BankEntry) -> None:
    db.session.delete(own)
    db.session.flush()

    assert find("lighthouse").total == 0


def test_making_everything_anew_changes_nothing(own: BankEntry) -> None:
    before = passages()

    reindex()

    assert passages() == before
    assert texts("lighthouse") == ["Tell me about a lighthouse."]


def test_a_bank_that_came_with_an_upgrade_is_taken_over(own: BankEntry) -> None:
    db.session.get_one(BankIndexPart, "bundled").fingerprint = "of an earlier version"
    db.session.execute(delete(BankPassage).where(BankPassage.ident == "empathy-1-q2"))
    db.session.flush()
    catch_up()

    assert "empathy-1-q2" in {hit.ident for hit in find("parcel caller").hits}
    assert texts("lighthouse") == ["Tell me about a lighthouse."]


def test_uses_count_the_published_guides_that_hold_a_question(own: BankEntry, rosa: Person) -> None:
    job = factories.job(lead=rosa)
    factories.guide_version(job, rosa, number=1)
    factories.guide_version(job, rosa, number=2)
    catch_up()

    used = find("", used=True, languages=["en"])
    assert {(hit.ident, hit.uses) for hit in used.hits} == {(each[0], 2) for each in factories.QUESTIONS}

    db.session.execute(delete(GuideVersion).where(GuideVersion.number == 2))
    catch_up()
    assert {hit.uses for hit in find("", used=True).hits} == {1}


def test_uses_outlast_a_change_of_the_words(own: BankEntry, rosa: Person) -> None:
    db.session.execute(
        BankPassage.__table__.update().where(BankPassage.ident == "empathy-o1-q1").values(uses=4)  # type: ignore[attr-defined]
    )
    reindex_entry(own)

    assert [hit.uses for hit in find("lighthouse").hits] == [4]


@pytest.mark.parametrize("language", languages())
def test_everything_that_people_see_of_a_skill_can_be_found(own: BankEntry, language: str) -> None:
    stored = "\n".join(
        db.session.scalars(select(BankPassage.text).where(BankPassage.language.in_(["en", language])))
    )
    seen = [
        words
        for skill in bank(language).skills
        for address, _place, words in phrases(skill.id, skill.model_dump(mode="json"))
        if not address.endswith(".short_name")
    ]

    assert [words for words in seen if words not in stored] == []


def test_the_first_searches_at_once_make_the_index_once(application: Flask, rosa: Person) -> None:
    add_probe(rosa, "Tell me about a lighthouse.")
    who, ready = rosa.fs_uniquifier, Barrier(WINDOWS)
    db.session.commit()

    def search(_window: int) -> tuple[int, bool]:
        client = application.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = who
            session["_fresh"] = True
        ready.wait()
        answer = client.get("/bank?q=lighthouse")
        return answer.status_code, "<mark>lighthouse</mark>" in answer.text

    with ThreadPoolExecutor(WINDOWS) as pool:
        answers = list(pool.map(search, range(WINDOWS)))

    assert answers == [(200, True)] * WINDOWS
    assert texts("lighthouse") == ["Tell me about a lighthouse."]
    once = passages()
    reindex()
    assert passages() == once

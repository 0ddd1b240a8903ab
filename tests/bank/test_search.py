"""Finding words in the bank: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from hiring.app import create_app
from hiring.bank.analyser import cut, stem, wanted
from hiring.bank.contents import Content, everything_in
from hiring.bank.duplicates import near_duplicates
from hiring.bank.indexing import catch_up
from hiring.bank.search import Hit, find
from hiring.extensions import db
from hiring.models import Found, Organisation, PassageStatus, RevisionStatus
from hiring.settings import Settings
from question_bank import QuestionKind, bank, languages, question
from tests import factories
from tests.bank.conftest import add_probe

OWN = {
    "empathy-o1": (
        "ru",
        RevisionStatus.ACTIVE,
        "Расскажите, как Вы успокоили рассерженного клиента-аквалангиста.",
    ),
    "empathy-o2": ("zh", RevisionStatus.ACTIVE, "请讲一次客户在机场大发雷霆的经历,您当时怎么做?"),
    "empathy-o3": ("da", RevisionStatus.DRAFT, "Fortæl om en gang, hvor kunderne stod i kø i tordenvejr."),
    "empathy-o4": ("en", RevisionStatus.RETIRED, "Tell me about a zeppelin that never landed."),
    "empathy-o5": ("en", RevisionStatus.REVIEWED, "When did a lighthouse keeper ring you?"),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database that the tests of this file share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('search') / 'hiring.sqlite3'}"
        return
    url = make_url(request.getfixturevalue("postgresql_server")).set(drivername="postgresql+psycopg")
    name = f"test_{uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="module", autouse=True)
def searchable(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The bundled bank and some own probes; the tests only read."""
    folder: Path = tmp_path_factory.mktemp("data")
    app = create_app(Settings(data_folder=folder, database_url=address, secret_key="secret for tests"))
    with app.app_context():
        upgrade()
        db.session.add(Organisation(id=1, name="Nordlys Service"))
        rosa = factories.person("Rosa")
        for ident, (language, status, words) in OWN.items():
            add_probe(rosa, words, language, status, ident)
        catch_up()
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def idents(hits: tuple[Hit, ...]) -> set[str]:
    return {hit.ident for hit in hits}


def test_words_are_found_in_any_case_and_order() -> None:
    assert "empathy-1-q2" in idents(find("PARCEL caller").hits)


def test_every_word_must_be_found_where_a_passage_holds_them_all() -> None:
    found = find("parcel caller")

    assert not found.with_any
    assert {hit.ident for hit in found.hits} == {"empathy-1-q2"}


def test_if_no_passage_holds_every_word_those_that_hold_any_are_found() -> None:
    found = find("parcel elephant caller", limit=1000)

    assert found.with_any
    assert found.total == len(found.hits) == find("parcel").total + find("caller").total - 1
    assert "empathy-1-q2" in idents(found.hits[:3])
    assert {word for hit in found.hits for word, is_mark in hit.pieces if is_mark} >= {"parcel", "caller"}


def test_of_chinese_words_any_two_characters_beside_one_another_are_enough() -> None:
    found = find("机场飞艇", limit=1000)

    assert (found.with_any, idents(found.hits)) == (True, {"empathy-o2-q1"})


def test_words_that_choices_leave_out_are_not_replaced_by_others() -> None:
    found = find("parcel caller", languages=["da"])

    assert (found.total, found.with_any) == (0, False)
    assert found.facets.languages == {"en": 1}


def test_words_that_a_reader_may_not_see_count_as_not_found() -> None:
    assert not find("lighthouse keeper").with_any
    assert find("lighthouse keeper", among=[PassageStatus.BUNDLED, PassageStatus.ACTIVE]).with_any


@pytest.mark.parametrize("words", ["unicorn elephant", "飞艇"])
def test_if_nothing_holds_any_word_nothing_is_found(words: str) -> None:
    found = find(words)

    assert (found.total, found.with_any, found.hits) == (0, False, ())


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("клиентом аквалангистами", "empathy-o1-q1"),
        ("успокоил", "empathy-o1-q1"),
        ("机场", "empathy-o2-q1"),
        ("客户 大发雷霆", "empathy-o2-q1"),
        ("kunden tordenvejret", "empathy-o3-q1"),
        ("TORDEN", "empathy-o3-q1"),
        ("lighthouses rings", "empathy-o5-q1"),
    ],
)
def test_other_forms_and_beginnings_are_found_in_each_language(words: str, ident: str) -> None:
    assert ident in idents(find(words, limit=1000).hits)


def test_chinese_characters_are_found_only_beside_one_another() -> None:
    assert "empathy-o2-q1" not in idents(find("机大", limit=1000).hits)


def test_only_the_last_word_may_be_unfinished() -> None:
    assert "empathy-o5-q1" in idents(find("keeper lightho").hits)
    assert find("lightho keeper").with_any


@pytest.mark.parametrize(
    "words", ["customer", "tell me", "complain", "how did you", "客户", "клиент", "kunde", "2", "e"]
)
def test_exactly_the_passages_that_hold_the_words_are_found(words: str) -> None:
    english = {_where(each) for each in everything_in(bank("en"))}
    expected = [
        each
        for language in languages()
        for each in everything_in(bank(language))
        if (language == "en" or _where(each) not in english) and _holds(each.text, words, language)
    ]

    assert find(words, statuses=[PassageStatus.BUNDLED], limit=0).total == len(expected)


def _where(content: Content) -> tuple[str, str, str]:
    return content.found, content.place, content.text


def _holds(passage: str, words: str, language: str) -> bool:
    tokens = [(each, stem(each, language)) for each in cut(passage)]
    in_a_row = "".join(word for word, _ in tokens)
    return all(
        "".join(thing.signs) in in_a_row if thing.signs else any(thing.suits(*each) for each in tokens)
        for thing in wanted(words)
    )


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        '"parcel',
        "parcel'",
        "-parcel",
        "parcel -caller",
        "parcel AND OR NOT NEAR(",
        "NEAR(parcel caller, 2)",
        "parcel*",
        "par:cel & | ! <-> (",
        "words: parcel",
        "{text} : ^parcel",
        "'; DROP TABLE bank_passage; --",
        "\x00parcel",
        "\ud800",
        "%_\\",
        "💥 ½ ﷺ ² ㍿",
        "x" * 10_000,
        "a " * 5_000,
        "客" * 3_000,
    ],
)
def test_nothing_typed_is_read_as_a_query(words: str) -> None:
    before = find("").total

    find(words)

    assert find("").total == before


def test_signs_around_a_word_do_not_matter() -> None:
    plain = find("parcel caller").hits

    assert idents(find("-'parcel' (\"caller\")*").hits) == idents(plain) != set()


def test_what_holds_no_word_finds_nothing() -> None:
    assert find("!?").total == 0


@pytest.mark.parametrize("words", ["", "customer", "tell me about"])
def test_each_facet_counts_what_its_choice_gives(words: str) -> None:
    facets = find(words, limit=0).facets

    for status, number in facets.statuses.items():
        assert find(words, statuses=[status], limit=0).total == number
    for kind, number in facets.kinds.items():
        assert find(words, kinds=[kind], limit=0).total == number
    for skill_id, number in facets.skill_ids.items():
        assert find(words, skill_ids=[skill_id], limit=0).total == number
    for found, number in facets.founds.items():
        assert find(words, founds=[found], limit=0).total == number
    for level, number in facets.levels.items():
        assert find(words, levels=[level], limit=0).total == number
    for language, number in facets.languages.items():
        assert find(words, languages=[language], limit=0).total == number
    for used, number in facets.used.items():
        assert find(words, used=used, limit=0).total == number


def test_choices_narrow_one_another_down_and_leave_their_own_facet_open() -> None:
    results = find(
        "customer", languages=["en"], founds=[Found.QUESTION], kinds=[QuestionKind.SITUATIONAL], limit=1000
    )

    assert results.hits
    assert {(hit.language, hit.found, hit.kind) for hit in results.hits} == {
        ("en", Found.QUESTION, QuestionKind.SITUATIONAL)
    }
    assert set(results.facets.kinds) > {QuestionKind.SITUATIONAL}
    assert set(results.facets.founds) == {Found.QUESTION}


def test_what_is_retired_must_be_asked_for() -> None:
    assert find("zeppelin").total == 0
    assert find("zeppelin", limit=0).facets.statuses == {PassageStatus.RETIRED: 1}
    assert idents(find("zeppelin", statuses=[PassageStatus.RETIRED]).hits) == {"empathy-o4-q1"}


def test_what_a_reader_may_not_see_is_neither_found_nor_counted() -> None:
    results = find("lighthouse", among=[PassageStatus.BUNDLED, PassageStatus.ACTIVE])

    assert (results.hits, results.total, results.facets.statuses) == ((), 0, {})


def test_the_pages_of_a_list_hold_each_hit_once() -> None:
    whole = find("customer", languages=["en"], limit=1000)
    parts = [
        hit
        for offset in range(0, whole.total, 30)
        for hit in find("customer", languages=["en"], limit=30, offset=offset).hits
    ]

    assert tuple(parts) == whole.hits
    assert len(parts) == whole.total


def test_a_hit_says_what_it_is_and_where_it_stands() -> None:
    hit = find("spoiled parcel", languages=["en"]).hits[0]

    assert (hit.skill_id, hit.skill_name, hit.found, hit.place) == (
        "empathy",
        "Empathy",
        Found.QUESTION,
        "empathy-1-q2",
    )
    assert [words for words, is_found in hit.pieces if is_found] == ["parcel", "spoiled"]


def test_the_best_hit_stands_first() -> None:
    asked = question("empathy-1-q2").text

    assert find(asked[:80]).hits[0].ident == "empathy-1-q2"


@pytest.mark.parametrize("language", languages())
def test_every_question_is_found_by_its_own_words(language: str) -> None:
    missing = []
    for each in list(bank(language).questions.values())[::7]:
        words = " ".join(dict.fromkeys(each.text.split()))[:100].rpartition(" ")[0] or each.text[:20]
        found = find(words, founds=[Found.QUESTION], limit=20).hits
        missing += [each.id] if each.id not in idents(found) else []

    assert missing == []


def test_a_question_in_slightly_other_words_is_shown_as_alike() -> None:
    found = near_duplicates(
        "A caller is nearly in tears because a late parcel has spoiled a family occasion. What do you say in the "
        "first two minutes?",
        "en",
    )

    assert found[0][0].ident == "empathy-1-q2"
    assert 0.5 <= found[0][1] < 1


@pytest.mark.parametrize("ident", ["empathy-o1", "empathy-o2", "empathy-o3"])
def test_a_draft_in_any_language_is_alike_to_itself(ident: str) -> None:
    language, _status, words = OWN[ident]

    assert [(hit.ident, likeness) for hit, likeness in near_duplicates(words, language)] == [
        (f"{ident}-q1", 1.0)
    ]


@pytest.mark.parametrize("words", ["", "?!", "Tell me about a time when you built a raft out of driftwood."])
def test_what_nobody_asks_yet_is_like_nothing(words: str) -> None:
    assert near_duplicates(words, "en") == ()

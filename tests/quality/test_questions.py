"""Question statistics: counts always, figures from thirty candidates on, and nothing that one may not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from hiring import access
from hiring.assessment.estimates import Estimate
from hiring.extensions import db
from hiring.models import GuideVersion, Person, QuestionOutcome, Scorecard
from hiring.quality.questions import QuestionLine, QuestionSheet, question_sheet
from tests import factories
from tests.conftest import Queries, SignIn

ADDRESS = "/bank/statistics"
Levels = tuple[int | None, int | None, int | None]


def without_tokens(page: str) -> str:
    return re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}", "token", page)


def rated(version: GuideVersion, person: Person, levels: Levels, name: str = "Carl") -> None:
    interview = factories.interview(factories.application(version.guide.job, name), version, person)
    factories.scorecard(interview, person, levels)


def rated_often(version: GuideVersion, person: Person, count: int) -> None:
    """Candidates with a first question that goes with the others, and a second that gets 5 from nearly all."""
    for number in range(count):
        level = 1 + number % 5
        rated(version, person, (level, 5 if number else 1, None if number % 3 == 0 else level), f"C{number}")


def sheet_of(person: Person) -> QuestionSheet:
    return question_sheet(access.readable_applications(person))


def lines_of(person: Person) -> dict[str, QuestionLine]:
    return {line.question_id: line for shelf in sheet_of(person).shelves for line in shelf.lines}


def test_below_thirty_candidates_there_is_a_count_and_no_figure(
    version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    rated_often(version, ivy, 29)

    line = lines_of(rosa)["empathy-1-q1"]

    assert (line.candidates, line.asked, line.told) == (29, 29, None)


def test_from_thirty_on_there_are_figures(version: GuideVersion, rosa: Person, ivy: Person) -> None:
    rated_often(version, ivy, 45)

    lines = lines_of(rosa)
    empathy, crowded = lines["empathy-1-q1"].told, lines["patience-1-q1"].told

    assert empathy is not None
    assert crowded is not None
    assert (empathy.mean, empathy.floor, empathy.ceiling) == pytest.approx((3.0, 0.2, 0.2))
    assert isinstance(empathy.discrimination, Estimate)
    assert empathy.discrimination.value > 0.5
    assert "most scores are highest" in crowded.flags


def test_levels_without_evidence_count_as_skipped(version: GuideVersion, rosa: Person, ivy: Person) -> None:
    rated_often(version, ivy, 60)

    line = lines_of(rosa)["patience-2-q1"]

    assert (line.asked, line.without, line.share_without) == (60, 20, pytest.approx(1 / 3))
    assert line.is_often_without


def test_how_long_a_question_takes_is_the_median_over_candidates(
    version: GuideVersion, rosa: Person, ivy: Person, ian: Person
) -> None:
    for number in range(31):
        interview = factories.interview(
            factories.application(version.guide.job, f"C{number}"), version, ivy, ian
        )
        for person, seconds in ((ivy, 240 + number), (ian, 360 + number)):
            rating = factories.scorecard(interview, person, (3, 4, 4)).ratings[0]
            rating.seconds = None if number == 30 else seconds
    db.session.flush()

    measured, other = lines_of(rosa)["empathy-1-q1"].minutes, lines_of(rosa)["patience-1-q1"].minutes

    assert measured == Estimate(pytest.approx((300 + 14.5) / 60), 30)
    assert other is None


def test_a_question_that_was_not_asked_is_counted_by_itself(
    version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    rated_often(version, ivy, 40)
    for card in db.session.query(Scorecard).limit(10):
        skipped = card.ratings[0]
        skipped.level, skipped.outcome, skipped.seconds = None, QuestionOutcome.SKIPPED, 20
    db.session.flush()

    line = lines_of(rosa)["empathy-1-q1"]

    assert (line.asked, line.skipped, line.without, line.share_skipped) == (40, 10, 0, 0.25)


def test_two_interviewers_of_one_candidate_are_one_candidate(
    version: GuideVersion, rosa: Person, ivy: Person, ian: Person
) -> None:
    interview = factories.interview(factories.application(version.guide.job), version, ivy, ian)
    factories.scorecard(interview, ivy)
    factories.scorecard(interview, ian)

    line = lines_of(rosa)["empathy-1-q1"]

    assert (line.asked, line.candidates) == (2, 1)


def test_drafts_do_not_count(version: GuideVersion, rosa: Person, ivy: Person) -> None:
    interview = factories.interview(factories.application(version.guide.job), version, ivy)
    factories.scorecard(interview, ivy, submitted=False)

    assert lines_of(rosa) == {}


def test_those_who_write_the_bank_see_the_page_and_others_do_not(
    version: GuideVersion,
    rosa: Person,
    hugo: Person,
    ivy: Person,
    olga: Person,
    ada: Person,
    hana: Person,
    sign_in: SignIn,
) -> None:
    cast = {"Rosa": rosa, "Hugo": hugo, "Ivy": ivy, "Olga": olga, "Ada": ada, "Hana": hana}

    answers = {name: sign_in(each).get(ADDRESS).status_code for name, each in cast.items()}

    assert answers == {"Rosa": 200, "Hugo": 200, "Ivy": 403, "Olga": 403, "Ada": 403, "Hana": 200}


def test_the_page_shows_the_words_of_a_question_and_its_count(
    version: GuideVersion, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    rated(version, ivy, (3, 4, 4))

    page = unescape(sign_in(rosa).get(ADDRESS).text)

    assert "Tell me about a person you had to help." in page
    assert "Too few yet: 1 of 30 candidates" in page
    assert "Ivy" not in page
    assert "Carl" not in page


def test_the_page_shows_figures_and_flags(
    version: GuideVersion, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    rated_often(version, ivy, 45)

    page = unescape(sign_in(rosa).get(ADDRESS).text)

    assert "most scores are highest" in page
    assert "often without evidence" in page
    assert "nan" not in re.sub(r"<[^>]*>", "", page).lower().split()


def test_a_leader_reads_only_the_own_jobs(
    version: GuideVersion, rosa: Person, hugo: Person, ivy: Person
) -> None:
    elsewhere = factories.guide_version(factories.job("Shop agent", lead=rosa), rosa)
    rated(version, ivy, (3, 4, 4))
    rated(elsewhere, ivy, (3, 4, 4), "Dora")

    assert (sheet_of(hugo).candidates, sheet_of(rosa).candidates) == (1, 2)


def test_what_others_rated_changes_nothing_for_who_still_owes(
    version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    rated_often(version, ivy, 31)
    owed = factories.interview(factories.application(version.guide.job, "Dora"), version, ivy, hugo)
    card = factories.scorecard(owed, ivy, (1, 1, 1))
    client = sign_in(hugo)
    before = without_tokens(client.get(ADDRESS).text)
    for rating in card.ratings:
        rating.level = 5

    db.session.commit()

    assert without_tokens(client.get(ADDRESS).text) == before
    factories.scorecard(owed, hugo, (1, 1, 1))
    db.session.commit()
    assert without_tokens(client.get(ADDRESS).text) != before


def test_one_candidate_costs_as_many_queries_as_three(
    version: GuideVersion, rosa: Person, ivy: Person, sign_in: SignIn, queries: Callable[[], Queries]
) -> None:
    client = sign_in(rosa)
    counts = []
    for number in range(3):
        rated(version, ivy, (2, 3, 4), f"C{number}")
        client.get(ADDRESS)
        with queries() as seen:
            client.get(ADDRESS)
        counts.append(len(seen))

    assert counts[0] == counts[2]
    assert counts[0] <= 11

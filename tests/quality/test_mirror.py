"""The mirror: for oneself alone, and from nothing that one may not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from hiring import access
from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.extensions import db
from hiring.models import GuideVersion, InterviewStatus, Person, RoleName, Scorecard, now
from hiring.quality.mirror import Mirror, mirror_of
from tests import factories
from tests.conftest import Queries, SignIn

ADDRESS = "/account/mirror"


def without_tokens(page: str) -> str:
    return re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}", "token", page)


def rated(
    version: GuideVersion, levels: dict[Person, tuple[int | None, ...]], name: str = "Carl"
) -> list[Scorecard]:
    """A candidate with a scorecard of each of these interviewers."""
    interview = factories.interview(factories.application(version.guide.job, name), version, *levels)
    return [factories.scorecard(interview, person, given) for person, given in levels.items()]


def rated_by_a_strict_and_a_kind_one(
    version: GuideVersion, strict: Person, kind: Person, count: int = 12
) -> None:
    """Candidates of different worth, to whom the strict one gives a level less on every question."""
    for number in range(count):
        level, other = 2 + number % 3, 2 + (number // 3) % 3
        rated(
            version,
            {strict: (level, other, level), kind: (level + 1, other + 1, min(level + 2, 5))},
            f"C{number}",
        )


def mirror(person: Person, hours: int = 24) -> Mirror:
    return mirror_of(person, access.readable_applications(person), hours)


def test_a_strict_interviewer_sees_it_with_an_interval_and_advice(
    version: GuideVersion, ivy: Person, ian: Person
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian)

    figure = mirror(ivy).severity.figure

    assert isinstance(figure, Estimate)
    assert figure.interval is not None
    assert figure.interval.low < figure.value < figure.interval.high
    others = mirror(ian).severity.figure
    assert isinstance(others, Estimate)
    assert figure.value > 0 > others.value


def test_the_plain_difference_stands_beside_it(version: GuideVersion, ivy: Person, ian: Person) -> None:
    for number in range(6):
        level = 2 + number % 3
        rated(version, {ivy: (level, level, level), ian: (level + 1, level + 1, level + 1)}, f"C{number}")

    assert mirror(ivy).plain_difference == Estimate(1.0, 6)


def test_the_mirror_says_what_it_rests_on(
    version: GuideVersion, hugo: Person, ivy: Person, ian: Person
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian, 6)
    elsewhere = factories.guide_version(factories.job("Shop agent", lead=hugo), hugo)
    rated(elsewhere, {ivy: (3, 3, 3)}, "Dora")

    basis = mirror(ivy).basis

    assert (basis.candidates, basis.shared, basis.colleagues, basis.jobs) == (7, 6, 1, 2)


def test_a_strong_job_makes_nobody_look_kind(
    version: GuideVersion, hugo: Person, ivy: Person, ian: Person
) -> None:
    elsewhere = factories.guide_version(factories.job("Shop agent", lead=hugo), hugo)
    for number in range(6):
        level = 1 + number % 2
        rated(version, {ivy: (level, 2, 1), ian: (level, 2, 1)}, f"Weak {number}")
        rated(elsewhere, {ivy: (5, level + 3, 4)}, f"Strong {number}")

    figure = mirror(ivy).severity.figure

    assert isinstance(figure, NotEnough) or abs(figure.value) < 0.1


def test_few_shared_candidates_give_no_severity(version: GuideVersion, ivy: Person, ian: Person) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian, 4)

    assert mirror(ivy).severity.figure == NotEnough(4, 5, Lack.TOO_FEW_SHARED)


def test_somebody_without_colleagues_sees_neither_severity_nor_spread(
    version: GuideVersion, ivy: Person
) -> None:
    for number in range(12):
        rated(version, {ivy: (1 + number % 5, 3, 4)}, f"C{number}")

    sheet = mirror(ivy)

    assert sheet.severity.figure == NotEnough(0, 5, Lack.TOO_FEW_SHARED)
    assert sheet.spread.figure == NotEnough(0, 2, Lack.TOO_FEW_RATERS)


def test_skills_that_move_together_are_pointed_out(version: GuideVersion, ivy: Person, ian: Person) -> None:
    for number in range(12):
        level, other = 1 + number % 5, 1 + (number * 2 + number // 5) % 5
        rated(version, {ivy: (level, level, level), ian: (level, other, other)}, f"C{number}")

    assert mirror(ivy).halo.is_hint
    assert not mirror(ian).halo.is_hint


def rated_day_by_day(
    version: GuideVersion, ivy: Person, ian: Person, own: Callable[[int, int], int], count: int = 24
) -> None:
    """Candidates every third day: Ian gives 2, 3 and 4 by turns, Ivy what ``own`` makes of day and level."""
    for day in range(count):
        level = 2 + day % 3
        given = own(day, level)
        cards = rated(version, {ivy: (given, given, given), ian: (level, level, level)}, f"C{day}")
        cards[0].interview.starts_at = now() - timedelta(days=90 - 3 * day)
    db.session.flush()


def test_levels_that_move_away_with_the_weeks_are_pointed_out(
    version: GuideVersion, ivy: Person, ian: Person
) -> None:
    rated_day_by_day(version, ivy, ian, lambda day, level: level + (day >= 12))

    drift = mirror(ivy).drift

    assert isinstance(drift.figure, Estimate)
    assert (drift.figure.value > 0, drift.figure.n, drift.is_hint) == (True, 24, True)
    others = mirror(ian).drift.figure
    assert isinstance(others, Estimate)
    assert others.value < 0


def test_a_candidate_who_is_measured_by_the_one_before_is_pointed_out(
    version: GuideVersion, ivy: Person, ian: Person
) -> None:
    given = [3]

    def against_the_one_before(day: int, level: int) -> int:
        given.append(max(1, min(5, level + (given[-1] < 3) - (given[-1] > 3))))
        return given[-1]

    rated_day_by_day(version, ivy, ian, against_the_one_before, 30)

    order = mirror(ivy).order

    assert isinstance(order.figure, Estimate)
    assert (order.figure.value < 0, order.is_hint) == (True, True)


def test_who_keeps_beside_colleagues_is_told_nothing_about_time(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated_day_by_day(
        version, ivy, ian, lambda day, level: level + (day % 4 == 1) * (-1 if day % 8 == 1 else 1)
    )

    sheet, page = mirror(ivy), unescape(sign_in(ivy).get(ADDRESS).text)

    assert not sheet.drift.is_hint
    assert not sheet.order.is_hint
    assert "In thirty days your levels become:" in page
    assert "No change that could not be chance." in page


def test_fewer_than_twenty_candidates_say_nothing_about_time(
    version: GuideVersion, ivy: Person, ian: Person
) -> None:
    rated_day_by_day(version, ivy, ian, lambda day, level: level + (day >= 9), 19)

    assert mirror(ivy).drift.figure == NotEnough(19, 20, Lack.TOO_FEW_CANDIDATES)
    assert mirror(ivy).order.figure == NotEnough(18, 20, Lack.TOO_FEW_CANDIDATES)


def test_late_scorecards_are_counted_against_the_standard(version: GuideVersion, ivy: Person) -> None:
    for number, hours in enumerate((2, 4, 50)):
        card = rated(version, {ivy: (3, 3, 3)}, f"C{number}")[0]
        card.submitted_at = card.interview.starts_at + timedelta(hours=hours)
    forgotten = factories.application(version.guide.job, "Dora")
    factories.interview(forgotten, version, ivy, starts_at=now() - timedelta(days=3))

    late = mirror(ivy, hours=24).lateness

    assert (late.submitted, late.median_hours, late.late, late.waiting) == (3, 4.0, 1, 1)


def test_the_page_shows_figures_and_names_no_colleague(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian)

    page = unescape(sign_in(ivy).get(ADDRESS).text)

    assert "lower</strong>, probably between" in page
    assert "n 12" in page
    assert "Ian" not in page


def test_too_few_say_how_many_are_needed(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian, 2)

    page = unescape(sign_in(ivy).get(ADDRESS).text)

    assert "Too few yet" in page
    assert "at least 5 are needed" in page


def test_somebody_who_rated_nobody_sees_an_empty_mirror(olga: Person, sign_in: SignIn) -> None:
    assert "Nothing to see yet" in sign_in(olga).get(ADDRESS).text


def test_nobody_signed_in_is_asked_to_sign_in(app: Flask, sign_in: SignIn) -> None:
    answer = sign_in(None).get(ADDRESS)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("role", list(RoleName))
def test_nobody_opens_anothers_mirror(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn, role: RoleName
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian)
    other = factories.person("Otto", role)
    client = sign_in(other)
    own = without_tokens(client.get(ADDRESS).text)

    asked = [f"{ADDRESS}?person_id={ivy.id}", f"{ADDRESS}?interviewer={ivy.id}"]

    assert [without_tokens(client.get(address).text) for address in asked] == [own, own]
    assert "Nothing to see yet" in own
    for address in (f"{ADDRESS}/{ivy.id}", f"/people/{ivy.id}/mirror"):
        assert client.get(address).status_code == 404


def test_no_address_of_a_mirror_names_anybody(app: Flask) -> None:
    mirrors = [rule for rule in app.url_map.iter_rules() if "mirror" in f"{rule.rule} {rule.endpoint}"]

    assert [(rule.rule, rule.arguments) for rule in mirrors] == [(ADDRESS, set())]


def test_what_others_rated_changes_nothing_for_who_still_owes(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian)
    owed = factories.interview(factories.application(version.guide.job, "Dora"), version, ivy, ian)
    card = factories.scorecard(owed, ian, (1, 1, 1))
    client = sign_in(ivy)
    before = without_tokens(client.get(ADDRESS).text)
    for rating in card.ratings:
        rating.level = 5

    db.session.commit()

    assert without_tokens(client.get(ADDRESS).text) == before


def test_an_earlier_round_counts_for_nobody_who_owes_the_next(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated_by_a_strict_and_a_kind_one(version, ivy, ian)
    interview = rated(version, {ivy: (2, 2, 2), ian: (5, 5, 5)}, "Dora")[0].interview
    seen = mirror(ivy).basis.candidates

    factories.interview(interview.application, version, ivy, status=InterviewStatus.PLANNED)

    assert (seen, mirror(ivy).basis.candidates) == (13, 12)


def test_once_submitted_it_counts(version: GuideVersion, ivy: Person, ian: Person) -> None:
    owed = factories.interview(factories.application(version.guide.job, "Dora"), version, ivy, ian)
    factories.scorecard(owed, ian, (1, 1, 1))
    before = mirror(ivy).basis.shared

    factories.scorecard(owed, ivy, (2, 2, 2))

    assert (before, mirror(ivy).basis.shared) == (0, 1)


def test_one_candidate_costs_as_many_queries_as_three(
    version: GuideVersion, ivy: Person, ian: Person, sign_in: SignIn, queries: Callable[[], Queries]
) -> None:
    client = sign_in(ivy)
    counts = []
    for number in range(3):
        rated(version, {ivy: (2, 3, 4), ian: (3, 3, 4)}, f"C{number}")
        client.get(ADDRESS)
        with queries() as seen:
            client.get(ADDRESS)
        counts.append(len(seen))

    assert counts[0] == counts[2]
    assert counts[0] <= 11


def test_readable_applications_is_the_rule_for_every_job(
    version: GuideVersion, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person, hana: Person
) -> None:
    other = factories.guide_version(factories.job("Shop agent", lead=rosa), rosa)
    rated(version, {ivy: (3, 3, 3)}, "Anna")
    rated(other, {hugo: (3, 3, 3), ian: (3, 3, 3)}, "Bea")
    factories.interview(factories.application(version.guide.job, "Carl"), version, hugo, ivy)
    factories.interview(factories.application(other.guide.job, "Dora"), other, hana, rosa)

    for person in (rosa, hugo, ivy, ian, olga, hana):
        by_job = set().union(
            *(access.readable_application_ids(person, each.guide.job) for each in (version, other))
        )
        assert set(db.session.scalars(access.readable_applications(person))) == by_job, person.name

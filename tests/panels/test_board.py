"""The coverage board: skills by round, who asks, where raters lack, and who carries too much."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.guides.operations import publish
from hiring.guides.starting import RoundPlan, start_guide
from hiring.interviews.operations import cancel_interview
from hiring.models import GuideVersion, Job, Person
from hiring.panels.board import coverage_board
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    """Two rounds of half an hour on empathy and patience."""
    return publish(start_guide(job, hugo, rounds=[RoundPlan(30), RoundPlan(30)]), hugo)


@pytest.fixture
def browse(sign_in: SignIn, hugo: Person) -> FlaskClient:
    """Hugo's browser."""
    return sign_in(hugo)


def test_cells_say_who_asks_what_how_often(job: Job, version: GuideVersion, ivy: Person, ian: Person) -> None:
    factories.interview(factories.application(job), version, ivy, ian)
    factories.interview(factories.application(job, "Cleo"), version, ivy)

    board = coverage_board(job)

    asked = [line for line in board.skills if line.cells[0].questions]
    assert asked[0].cells[0].people == (("Ian", 1), ("Ivy", 2))
    assert asked[0].cells[1].people == ()
    assert board.candidates == 2


def test_whom_fewer_than_two_rate_is_named(job: Job, version: GuideVersion, ivy: Person, ian: Person) -> None:
    factories.interview(factories.application(job), version, ivy, ian)
    factories.interview(factories.application(job, "Cleo"), version, ivy)

    first = next(line for line in coverage_board(job).skills if line.cells[0].questions)

    assert first.short == ("Cleo",)


def test_who_interviews_much_more_than_others_is_seen(
    job: Job, version: GuideVersion, ivy: Person, ian: Person, hugo: Person
) -> None:
    for n in range(5):
        factories.interview(factories.application(job, f"Carl {n}"), version, ivy)
    factories.interview(factories.application(job, "Cleo"), version, ian)

    board = coverage_board(job)

    assert [(line.name, line.interviews, line.minutes, line.is_much) for line in board.people] == [
        ("Ivy", 5, 150, True),
        ("Ian", 1, 30, False),
    ]


def test_a_cancelled_interview_covers_nothing(
    job: Job, version: GuideVersion, ivy: Person, hugo: Person
) -> None:
    interview = factories.interview(factories.application(job), version, ivy)
    cancel_interview(interview, hugo, "The candidate withdrew.")

    assert coverage_board(job).people == ()


def test_the_page_shows_gaps(browse: FlaskClient, job: Job, version: GuideVersion, ivy: Person) -> None:
    factories.interview(factories.application(job), version, ivy)
    db.session.commit()

    page = html.unescape(browse.get(f"/jobs/{job.id}/coverage").text)

    assert "Fewer than two raters" in page
    assert "Carl" in page


def test_without_a_guide_the_page_leads_to_it(browse: FlaskClient, job: Job) -> None:
    assert "No guide is published yet" in browse.get(f"/jobs/{job.id}/coverage").text


def test_outsiders_and_interviewers_are_refused(
    sign_in: SignIn, job: Job, version: GuideVersion, ivy: Person, olga: Person
) -> None:
    factories.interview(factories.application(job), version, ivy)
    db.session.commit()

    for person in (ivy, olga):
        assert sign_in(person).get(f"/jobs/{job.id}/coverage").status_code == 403


def test_the_number_of_queries_does_not_grow(
    browse: FlaskClient,
    job: Job,
    version: GuideVersion,
    ivy: Person,
    ian: Person,
    queries: Callable[[], Queries],
) -> None:
    factories.interview(factories.application(job), version, ivy)
    db.session.commit()
    with queries() as few:
        browse.get(f"/jobs/{job.id}/coverage")
    for n in range(4):
        factories.interview(factories.application(job, f"Carl {n}"), version, ivy, ian)
    db.session.commit()

    with queries() as many:
        browse.get(f"/jobs/{job.id}/coverage")

    assert len(few) == len(many)

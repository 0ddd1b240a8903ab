"""The page of the record: filtered by person, job, candidate and day, and silent about what is still closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from hiring.candidates.operations import change_status
from hiring.extensions import db
from hiring.models import Application, ApplicationStatus, Job, Person, RatingsOpen, RoleName, now
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def otto(hugo: Person) -> Person:
    return factories.person("Otto", RoleName.AUDITOR)


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job("Clerk at the desk", lead=hugo)


@pytest.fixture
def carl(job: Job, hugo: Person) -> Application:
    """Hugo noted ten days ago that Carl withdrew; the system today that Dora did."""
    carl, dora = factories.application(job, "Carl"), factories.application(job, "Dora")
    with time_machine.travel(now() - timedelta(days=10), tick=False):
        change_status(carl, ApplicationStatus.WITHDRAWN, hugo, "The team moves house.")
    change_status(dora, ApplicationStatus.WITHDRAWN, None, "Nobody is there.")
    db.session.commit()
    return carl


@pytest.fixture
def browse(sign_in: SignIn, otto: Person) -> FlaskClient:
    db.session.commit()
    return sign_in(otto)


def listed(browse: FlaskClient, **asked: str) -> tuple[bool, bool]:
    """Whether what was done about Carl, and about Dora, is listed."""
    text = browse.get("/record", query_string=asked).text
    return "The team moves house." in text, "Nobody is there." in text


def test_an_auditor_reads_everything_that_was_done(browse: FlaskClient, carl: Application) -> None:
    assert listed(browse) == (True, True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "Hugo"}, (True, False)),
        ({"who": "The system"}, (False, True)),
        ({"candidate": "carl"}, (True, False)),
        ({"candidate": "_"}, (False, False)),
        ({"candidate": "%"}, (False, False)),
    ],
)
def test_filters(
    browse: FlaskClient, carl: Application, asked: dict[str, str], found: tuple[bool, bool]
) -> None:
    assert listed(browse, **asked) == found


def test_days_and_jobs(browse: FlaskClient, carl: Application, job: Job, hugo: Person) -> None:
    other = factories.job("Another", lead=hugo)
    db.session.commit()
    ago = {days: f"{now() - timedelta(days=days):%Y-%m-%d}" for days in (1, 9, 10, 11)}

    assert listed(browse, since=ago[9]) == (False, True)
    assert listed(browse, until=ago[1]) == (True, False)
    assert listed(browse, since=ago[10], until=ago[10]) == (True, False)
    assert listed(browse, since=ago[11], until=ago[11]) == (False, False)
    assert listed(browse, job=str(job.id)) == (True, True)
    assert listed(browse, job=str(other.id)) == (False, False)


def test_a_wrong_day_is_told_beside_its_field(browse: FlaskClient) -> None:
    answer = browse.get("/record?since=soon")

    assert answer.status_code == 422
    assert "Choose a date, such as 2026-05-31." in answer.text


def test_many_entries_have_pages_that_keep_the_filter(browse: FlaskClient, job: Job, hugo: Person) -> None:
    for number in range(60):
        carl = factories.application(job, f"Carl {number}")
        change_status(carl, ApplicationStatus.WITHDRAWN, hugo, f"Reason {number:02}.")
    db.session.commit()

    first = browse.get("/record?who=Hugo").text
    second = browse.get("/record?who=Hugo&page=2").text
    beyond = browse.get("/record?who=Hugo&page=99").text

    assert ("Reason 59." in first, "Reason 09." in first) == (True, False)
    assert ("Reason 59." in second, "Reason 09." in second) == (False, True)
    assert "Reason 09." in beyond
    assert "who=Hugo&amp;page=2" in first or "page=2&amp;who=Hugo" in first


def test_jobs_whose_ratings_are_closed_to_the_reader_are_left_out(
    browse: FlaskClient, carl: Application, job: Job, otto: Person, hugo: Person
) -> None:
    factories.interview(carl, factories.guide_version(job, hugo), otto)
    db.session.commit()

    assert listed(browse) == (False, False)
    assert "Clerk at the desk" not in browse.get("/record").text
    assert "One job is left out" in browse.get("/record").text


def test_jobs_that_open_ratings_at_the_debrief_are_left_out_until_then(
    browse: FlaskClient, carl: Application, job: Job, hugo: Person, ivy: Person
) -> None:
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    factories.interview(carl, factories.guide_version(job, hugo), ivy)
    db.session.commit()

    assert listed(browse) == (False, False)


def test_who_may_read_it(
    sign_in: SignIn, hugo: Person, rosa: Person, ivy: Person, ada: Person, hana: Person, otto: Person
) -> None:
    db.session.commit()

    seen = [sign_in(each).get("/record").status_code for each in (hugo, rosa, ivy, ada, hana, otto)]

    assert seen == [403, 403, 403, 403, 200, 200]


def test_an_auditor_sees_no_job_no_candidate_and_no_rating(
    browse: FlaskClient, carl: Application, job: Job
) -> None:
    addresses = (
        f"/jobs/{job.id}",
        f"/jobs/{job.id}/candidates",
        f"/applications/{carl.id}",
        f"/jobs/{job.id}/comparison",
    )

    assert [browse.get(each).status_code for each in addresses] == [403] * 4


def test_the_number_of_queries_does_not_grow(
    browse: FlaskClient, job: Job, hugo: Person, queries: Callable[[], Queries]
) -> None:
    def count() -> int:
        with queries() as asked:
            browse.get("/record")
        return len(asked)

    before = count()
    for number in range(40):
        change_status(
            factories.application(job, f"Carl {number}"), ApplicationStatus.WITHDRAWN, hugo, "Later."
        )
    db.session.commit()

    assert count() == before

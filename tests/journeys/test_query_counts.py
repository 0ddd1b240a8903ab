"""Lists take as many queries for thirty rows as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.models import Job, Person, RoleName
from tests import factories
from tests.conftest import Queries, SignIn

FRAME = 3  # Every page begins a transaction, and asks for the person and the organisation.
MOST_QUERIES = FRAME + 9
HOME_QUERIES = FRAME + 12  # Who has every role sees every list there is on one page.
EVIDENCE_QUERIES = 14  # The figures of all candidates, then the words of those on the page.
LISTS = (
    "/jobs",
    "/people",
    "/jobs/1/candidates",
    "/jobs/1/comparison",
)
EVIDENCE = "/jobs/1/comparison/evidence/empathy"

Count = Callable[[FlaskClient, str], int]


@pytest.fixture
def count(queries: Callable[[], Queries]) -> Count:
    """``count(client, address)`` opens a page twice and counts the queries of the second time."""

    def counted(client: FlaskClient, address: str) -> int:
        client.get(address)
        with queries() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    return counted


@pytest.fixture
def everybody(ivy: Person, ian: Person) -> Person:
    """Somebody with every role, who leads, rates and administers."""
    return factories.person("Eva", *RoleName)


def add_row(job: Job, eva: Person, ivy: Person, ian: Person, number: int) -> None:
    """One more of everything: a candidate rated by two, one owed by Eva, a person, and a job with its own."""
    version = factories.guide_version(job, eva, number=number)
    rated = factories.interview(factories.application(job, f"Carl {number}"), version, ivy, ian)
    factories.scorecard(rated, ivy, (1, 4, 4))
    factories.scorecard(rated, ian, (5, 2, 4))
    owed = factories.interview(factories.application(job, f"Dora {number}"), version, eva, ivy)
    factories.scorecard(owed, eva, submitted=False)
    factories.application(job, f"Emil {number}")
    factories.person(f"Person {number}", RoleName.INTERVIEWER)
    other = factories.job(f"Job {number}", lead=eva)
    factories.interview(factories.application(other), factories.guide_version(other, eva), ivy)
    db.session.commit()


@pytest.mark.parametrize(
    ("address", "most"),
    [*((each, MOST_QUERIES) for each in LISTS), (EVIDENCE, EVIDENCE_QUERIES), ("/", HOME_QUERIES)],
)
def test_a_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    address: str, most: int, everybody: Person, ivy: Person, ian: Person, sign_in: SignIn, count: Count
) -> None:
    job, client = factories.job(lead=everybody), sign_in(everybody)
    add_row(job, everybody, ivy, ian, 1)
    for_one = count(client, address)
    for number in range(2, 31):
        add_row(job, everybody, ivy, ian, number)

    for_thirty = count(client, address)

    assert (for_thirty, for_thirty <= most) == (for_one, True)


@pytest.mark.parametrize("address", ["/bank", "/bank?q=customer", "/bank/empathy"])
def test_the_bank_asks_only_for_what_was_added_found_and_counted(
    address: str, ivy: Person, sign_in: SignIn, count: Count
) -> None:
    client = sign_in(ivy)
    count(client, address)  # The first search of an installation fills the index.

    assert count(client, address) <= FRAME + 3

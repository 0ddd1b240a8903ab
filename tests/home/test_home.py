"""The first page: what waits for whom, with one action each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from hiring.access import editable_job_ids, may_create_job, may_look_up_records, may_manage_people
from hiring.accounts.operations import found_organisation
from hiring.extensions import db
from hiring.home.document import FirstSteps, Home, home_of
from hiring.models import (
    Application,
    ApplicationStatus,
    Decision,
    Guide,
    InterviewStatus,
    JobStatus,
    Outcome,
    Paper,
    Person,
    Recommendation,
    RoleName,
    now,
)
from tests import factories
from tests.conftest import SignIn

TOMORROW = timedelta(days=1)


def of(person: Person) -> Home:
    db.session.flush()
    return home_of(
        person,
        editable=editable_job_ids(person),
        may_create_job=may_create_job(person),
        sees_records=may_look_up_records(person),
        administers=may_manage_people(person),
    )


@pytest.fixture
def carl(hugo: Person) -> Application:
    """Carl applies for a job that Hugo leads and whose guide is published."""
    job = factories.job(lead=hugo)
    factories.guide_version(job, hugo)
    return factories.application(job)


def interview(carl: Application, *panel: Person, **when: Any) -> Any:
    guide = db.session.query(Guide).filter_by(job_id=carl.job_id).one()
    return factories.interview(carl, guide.versions[0], *panel, **when)


def decide(application: Application, by: Person) -> Decision:
    return factories.add(
        Decision(
            application_id=application.id,
            outcome=Outcome.HIRE,
            reason="Rang every customer back.",
            decided_by_id=by.id,
        )
    )


def test_an_interviewer_owes_the_scorecard_of_an_interview_that_is_over(
    carl: Application, ivy: Person, ian: Person
) -> None:
    held = interview(carl, ivy, ian)
    factories.scorecard(held, ian)

    assert [task.interview_id for task in of(ivy).overdue] == [held.id]
    assert of(ian).overdue == ()


def test_a_draft_shows_how_far_it_is(carl: Application, ivy: Person) -> None:
    draft = factories.scorecard(interview(carl, ivy), ivy, submitted=False)
    draft.ratings[0].level = None

    [task] = of(ivy).overdue

    assert (task.is_begun, task.rated, task.questions) == (True, 2, 3)


def test_an_interview_to_come_offers_its_kit(carl: Application, ivy: Person) -> None:
    planned = interview(carl, ivy, starts_at=now() + TOMORROW, status=InterviewStatus.PLANNED)

    home = of(ivy)

    assert [task.interview_id for task in home.coming] == [planned.id]
    assert home.overdue == ()


def test_while_an_interview_lasts_its_scorecard_is_not_owed(carl: Application, ivy: Person) -> None:
    interview(carl, ivy, starts_at=now() - timedelta(minutes=10), status=InterviewStatus.PLANNED)

    assert (len(of(ivy).coming), len(of(ivy).overdue)) == (1, 0)


def test_a_cancelled_interview_asks_for_nothing(carl: Application, ivy: Person, hugo: Person) -> None:
    interview(carl, ivy, status=InterviewStatus.CANCELLED)

    assert of(ivy).is_empty
    leading = of(hugo).leading
    assert leading
    assert (leading.missing, [each.id for each in leading.to_interview]) == ((), [carl.id])


def test_jobs_wait_for_a_guide_then_for_its_publication_then_for_candidates(hugo: Person) -> None:
    bare, drafted, published = (factories.job(title, lead=hugo) for title in ("Bare", "Drafted", "Published"))
    factories.add(Guide(job_id=drafted.id))
    factories.guide_version(published, hugo)

    leading = of(hugo).leading

    assert leading
    assert [job.id for job in leading.without_guide] == [bare.id]
    assert [job.id for job in leading.unpublished] == [drafted.id]
    assert [job.id for job in leading.without_candidates] == [published.id]


def test_who_owes_is_named_and_nothing_that_was_rated(
    carl: Application, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    held = interview(carl, ivy, ian)
    factories.scorecard(held, ivy, recommendation=Recommendation.STRONG_NO_HIRE)

    [missing] = of(hugo).leading.missing  # type: ignore[union-attr]

    assert (missing.owed_by, missing.submitted, missing.seats) == (("Ian",), 1, 2)
    page = sign_in(hugo).get("/").text
    assert "Still to write: Ian" in page
    assert "no hire" not in page.lower()


def test_a_fully_rated_candidate_waits_for_a_decision(
    carl: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    held = interview(carl, ivy, ian)
    factories.scorecard(held, ivy)
    assert of(hugo).leading.to_decide == ()  # type: ignore[union-attr]

    factories.scorecard(held, ian)

    assert [each.id for each in of(hugo).leading.to_decide] == [carl.id]  # type: ignore[union-attr]


def test_who_still_owes_a_scorecard_is_not_asked_to_decide(
    carl: Application, hugo: Person, ivy: Person
) -> None:
    factories.scorecard(interview(carl, ivy), ivy)
    interview(carl, hugo, starts_at=now() + TOMORROW, status=InterviewStatus.PLANNED)

    assert of(hugo).leading.to_decide == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "status", [ApplicationStatus.OFFER, ApplicationStatus.CLOSED_NOT_SELECTED, ApplicationStatus.WITHDRAWN]
)
def test_a_settled_application_asks_for_nothing(
    carl: Application, hugo: Person, ivy: Person, status: ApplicationStatus
) -> None:
    factories.scorecard(interview(carl, ivy), ivy)
    carl.status, carl.status_reason = status, "Decided."

    assert of(hugo).count == 0


def test_a_closed_job_asks_for_nothing(carl: Application, hugo: Person) -> None:
    carl.job.status = JobStatus.CLOSED

    assert of(hugo).count == 0


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, True), (1, False)])
def test_an_application_on_hold_comes_back_on_its_date(
    carl: Application, hugo: Person, days: int, is_shown: bool
) -> None:
    carl.status, carl.status_reason = ApplicationStatus.ON_HOLD, "Waits for the budget."
    carl.restart_date = now().date() + timedelta(days=days)

    leading = of(hugo).leading

    assert leading
    assert bool(leading.restarting) is is_shown
    assert leading.to_interview == ()


@pytest.mark.parametrize("status", [ApplicationStatus.ON_HOLD, ApplicationStatus.CLOSED_NOT_SELECTED])
def test_a_missing_scorecard_stays_listed_for_who_owes_it_whatever_was_decided_meanwhile(
    carl: Application, hugo: Person, rosa: Person, ivy: Person, status: ApplicationStatus
) -> None:
    interview(carl, hugo, ivy)
    before = of(hugo).leading.missing  # type: ignore[union-attr]
    carl.status, carl.status_reason, carl.restart_date = status, "Weak evidence.", now().date()

    assert len(before) == 1
    assert of(hugo).leading.missing == before  # type: ignore[union-attr]
    assert of(rosa).leading.missing == ()  # type: ignore[union-attr]


def test_who_owes_a_scorecard_does_not_learn_that_the_candidate_was_put_on_hold(
    carl: Application, hugo: Person, rosa: Person
) -> None:
    interview(carl, hugo)
    carl.status, carl.status_reason = ApplicationStatus.ON_HOLD, "Weak evidence."
    carl.restart_date = now().date()

    assert of(hugo).leading.restarting == ()  # type: ignore[union-attr]
    assert len(of(rosa).leading.restarting) == 1  # type: ignore[union-attr]


def test_hiring_managers_see_what_waits_in_their_own_jobs_and_recruiters_in_all(
    carl: Application, hugo: Person, rosa: Person
) -> None:
    other = factories.person("Harriet", RoleName.HIRING_MANAGER)

    assert of(hugo).count == of(rosa).count == 1
    assert of(other).count == 0


def test_hr_sees_recent_decisions_with_their_packets(
    carl: Application, hugo: Person, hana: Person, sign_in: SignIn
) -> None:
    decide(carl, hugo)

    page = sign_in(hana).get("/").text

    assert "Carl: Hire" in page
    assert f'href="/applications/{carl.id}/packet"' in page
    assert f'href="/jobs/{carl.job_id}/comparison"' in page


def test_a_decision_is_hidden_from_hr_who_owes_a_scorecard(
    carl: Application, hugo: Person, hana: Person
) -> None:
    decide(carl, hugo)
    interview(carl, hana)

    assert of(hana).records.decisions == ()  # type: ignore[union-attr]


def test_an_outsider_sees_nothing_of_others_work(
    carl: Application, ivy: Person, olga: Person, sign_in: SignIn
) -> None:
    interview(carl, ivy)

    page = sign_in(olga).get("/").text

    assert "Carl" not in page
    assert "Support agent" not in page
    assert "No interviews planned for you" in page
    assert sign_in(None).get("/").location.startswith("/sign-in")


def test_an_empty_installation_tells_its_administrator_what_to_do_first(ada: Person, sign_in: SignIn) -> None:
    found_organisation("Your organisation", Paper.A4, by=None)

    page = sign_in(ada).get("/").text

    assert of(ada).first_steps == FirstSteps(1, False, False, False, False, False, False)
    assert re.search(r'step-current" aria-current="step">.*?href="/organisation"', page, re.DOTALL)
    assert 'href="/jobs/new"' not in page


def test_the_first_steps_end_with_the_first_interview(ada: Person, carl: Application, ivy: Person) -> None:
    assert not of(ada).first_steps.is_done  # type: ignore[union-attr]

    interview(carl, ivy)

    assert of(ada).first_steps.is_done  # type: ignore[union-attr]


def test_the_demo_organisation_completes_no_step(ada: Person, carl: Application, ivy: Person) -> None:
    interview(carl, ivy)
    carl.job.is_demo = ivy.is_demo = True

    steps = of(ada).first_steps

    assert steps == FirstSteps(
        active_people=3,
        is_named=True,
        has_people=True,
        has_job=False,
        has_guide=False,
        has_candidate=False,
        has_interview=False,
    )


def test_a_new_recruiter_is_led_to_the_first_job(rosa: Person, sign_in: SignIn) -> None:
    page = sign_in(rosa).get("/").text

    assert "No jobs yet" in page
    assert 'href="/jobs/new"' in page


def test_who_has_done_everything_reads_so(rosa: Person, sign_in: SignIn, carl: Application) -> None:
    carl.status, carl.status_reason = ApplicationStatus.WITHDRAWN, "Took another job."

    assert "Everything is done" in sign_in(rosa).get("/").text


def test_a_long_list_is_there_in_whole_and_folded(rosa: Person, carl: Application, sign_in: SignIn) -> None:
    for number in range(9):
        factories.application(carl.job, f"Candidate {number}")

    page = sign_in(rosa).get("/").text

    assert page.count("Plan an interview") == 10
    assert "5 more" in page


EVERYTHING = tuple(RoleName)


def test_the_page_takes_as_many_queries_for_much_work_as_for_little(
    app: Flask, sign_in: SignIn, hugo: Person, ivy: Person, queries: Callable[[], Any]
) -> None:
    anna = factories.person("Anna", *EVERYTHING)

    def work() -> None:
        factories.job("Bare")
        job = factories.job(lead=hugo)
        version = factories.guide_version(job, hugo)
        for name in ("Carl", "Cleo"):
            waiting, rated = factories.application(job, name), factories.application(job, name)
            factories.scorecard(factories.interview(rated, version, ivy), ivy)
            held = factories.interview(waiting, version, anna, ivy)
            factories.scorecard(held, anna, submitted=False)
            factories.application(job, name)
            decide(factories.application(job, name), hugo)

    def count() -> int:
        client = sign_in(anna)
        with queries() as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    work()
    little = count()
    for _ in range(5):
        work()

    assert count() == little


@pytest.mark.parametrize("role", list(RoleName))
def test_nobodys_page_takes_many_queries(
    sign_in: SignIn, queries: Callable[[], Any], carl: Application, ivy: Person, role: RoleName
) -> None:
    factories.scorecard(interview(carl, ivy), ivy)
    client = sign_in(factories.person("Anna", role))

    with queries() as seen:
        client.get("/")

    assert len(seen) <= 12

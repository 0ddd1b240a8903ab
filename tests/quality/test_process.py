"""Waiting times: what is counted, for whom, and that nothing tells of a decision to somebody who still owes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from hiring import access
from hiring.candidates.operations import change_status
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    CandidateMessage,
    Decision,
    GuideVersion,
    InterviewStatus,
    Job,
    Outcome,
    Person,
    now,
)
from hiring.quality.operations import set_standard
from hiring.quality.process import Measure, Standard, process_of, standard
from hiring.quality.queries import stored_standard
from tests import factories
from tests.conftest import Queries, SignIn

VALUES = {
    "first_answer_days": 3,
    "first_interview_days": 10,
    "decision_days": 20,
    "silence_days": 5,
    "scorecard_hours": 12,
}


def applied(job: Job, days_ago: float, name: str = "Carl") -> Application:
    application = factories.application(job, name)
    application.created_at = now() - timedelta(days=days_ago)
    return application


def written(
    application: Application, by: Person, days_ago: float, template: str = "msg-after-interview"
) -> CandidateMessage:
    return factories.add(
        CandidateMessage(
            application_id=application.id,
            template_id=template,
            text="Dear Carl",
            drafted_by_id=by.id,
            sent_at=now() - timedelta(days=days_ago),
        )
    )


def decided(
    application: Application, by: Person, days_ago: float, outcome: Outcome = Outcome.NO_HIRE
) -> Decision:
    return factories.add(
        Decision(
            application_id=application.id,
            outcome=outcome,
            reason="The examples stayed general.",
            restart_date=now().date() if outcome is Outcome.HOLD else None,
            decided_by_id=by.id,
            decided_at=now() - timedelta(days=days_ago),
        )
    )


def measured(job: Job) -> dict[str, Measure]:
    return {measure.kind.value: measure for measure in process_of(job, set()).measures}


def days(values: tuple[float, ...]) -> list[int]:
    return [round(value) for value in values]


def without_tokens(page: str) -> str:
    return re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}", "token", page)


def test_waits_run_from_the_application_to_what_ended_them(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person
) -> None:
    carl = applied(job, 20)
    written(carl, hugo, 17)
    factories.interview(carl, version, ivy, starts_at=now() - timedelta(days=12))
    decided(carl, hugo, 4)

    found = measured(job)

    assert days(found["first_answer"].over) == [3]
    assert days(found["first_interview"].over) == [8]
    assert days(found["decision"].over) == [16]


def test_a_draft_is_no_answer(job: Job, hugo: Person) -> None:
    carl = applied(job, 5)
    written(carl, hugo, 4).sent_at = None

    found = measured(job)["first_answer"]

    assert (found.over, days(found.going_on), found.overdue) == ((), [5], 1)


def test_who_still_waits_counts_against_the_standard_once_it_is_exceeded(job: Job, hugo: Person) -> None:
    written(applied(job, 9, "Anna"), hugo, 8)
    applied(job, 1, "Bea")
    applied(job, 6, "Carl")

    found = measured(job)["first_answer"]

    assert (found.kept, found.known, found.overdue) == (1, 2, 1)


def test_a_decision_to_wait_is_no_decision(job: Job, hugo: Person) -> None:
    decided(applied(job, 9), hugo, 2, Outcome.HOLD)

    assert measured(job)["decision"].over == ()


def test_cancelled_and_future_interviews_are_no_contact(job: Job, version: GuideVersion, ivy: Person) -> None:
    carl = applied(job, 9)
    past, future = now() - timedelta(days=3), now() + timedelta(days=3)
    factories.interview(carl, version, ivy, starts_at=past, status=InterviewStatus.CANCELLED)
    factories.interview(carl, version, ivy, starts_at=future, status=InterviewStatus.PLANNED)

    found = measured(job)

    assert found["first_interview"].over == ()
    assert days(found["silence"].over) == [9]


def test_the_longest_silence_lies_between_two_contacts(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person
) -> None:
    carl = applied(job, 30)
    written(carl, hugo, 28)
    factories.interview(carl, version, ivy, starts_at=now() - timedelta(days=10))
    written(carl, hugo, 2)

    assert days(measured(job)["silence"].over) == [18]


def test_a_status_that_changes_without_a_message_is_silence(job: Job, hugo: Person) -> None:
    carl = applied(job, 12)
    change_status(carl, ApplicationStatus.CLOSED_NOT_SELECTED, hugo, "The evidence fell short.")

    sheet = process_of(job, set())

    assert [(each.name, each.is_untold, each.is_too_long) for each in sheet.waiting] == [("Carl", True, True)]


def test_a_message_about_the_outcome_ends_the_silence(job: Job, hugo: Person) -> None:
    carl = applied(job, 12)
    with time_machine.travel(now() - timedelta(days=5), tick=False):
        change_status(carl, ApplicationStatus.CLOSED_NOT_SELECTED, hugo, "The evidence fell short.")
    written(carl, hugo, 4)

    sheet = process_of(job, set())

    assert sheet.waiting == ()
    assert days(sheet.measures[3].over) == [8]


def test_who_withdrew_waits_no_longer(job: Job, hugo: Person) -> None:
    carl = applied(job, 12)
    change_status(carl, ApplicationStatus.WITHDRAWN, hugo, "Took another job.")

    sheet = process_of(job, set())

    assert sheet.waiting == ()
    assert all(measure.going_on == () for measure in sheet.measures)


def test_the_page_of_a_job_tells_who_waits(job: Job, hugo: Person, sign_in: SignIn) -> None:
    applied(job, 12)

    page = unescape(sign_in(hugo).get(f"/jobs/{job.id}/process").text)

    assert "Carl" in page
    assert "12 days" in page
    assert "Longer than the standard" in page


def test_a_long_list_shows_those_who_wait_longest(job: Job, hugo: Person, sign_in: SignIn) -> None:
    for number in range(52):
        applied(job, 10 + number, f"Candidate {number}.")

    page = sign_in(hugo).get(f"/jobs/{job.id}/process").text

    assert "Candidate 51." in page
    assert "Candidate 1." not in page
    assert "2 more wait for a shorter time." in page


def test_only_those_who_see_the_candidates_see_their_waits(
    job: Job,
    version: GuideVersion,
    rosa: Person,
    hugo: Person,
    ivy: Person,
    olga: Person,
    ada: Person,
    hana: Person,
    sign_in: SignIn,
) -> None:
    factories.interview(applied(job, 3), version, ivy)
    cast = {"Rosa": rosa, "Hugo": hugo, "Ivy": ivy, "Olga": olga, "Ada": ada, "Hana": hana}

    of_job = {name: sign_in(each).get(f"/jobs/{job.id}/process").status_code for name, each in cast.items()}
    of_all = {name: sign_in(each).get("/process").status_code for name, each in cast.items()}

    assert of_job == {"Rosa": 200, "Hugo": 200, "Ivy": 403, "Olga": 403, "Ada": 403, "Hana": 200}
    assert of_all == {"Rosa": 200, "Hugo": 200, "Ivy": 403, "Olga": 403, "Ada": 200, "Hana": 200}


def test_the_overview_holds_only_jobs_whose_candidates_one_may_see(
    job: Job, rosa: Person, hugo: Person, ada: Person, sign_in: SignIn
) -> None:
    applied(job, 3)
    applied(factories.job("Shop agent", lead=rosa), 3, "Dora")

    pages = {
        name: sign_in(each).get("/process").text for name, each in {"R": rosa, "H": hugo, "A": ada}.items()
    }

    assert [("Support agent" in page, "Shop agent" in page) for page in pages.values()] == [
        (True, True),
        (True, False),
        (False, False),
    ]


@pytest.mark.parametrize("address", ["/jobs/{job}/process", "/process", "/jobs/{job}"])
def test_a_decision_changes_nothing_for_who_still_owes(
    job: Job, version: GuideVersion, rosa: Person, hugo: Person, ivy: Person, sign_in: SignIn, address: str
) -> None:
    applied(job, 9, "Anna")
    carl = applied(job, 9, "Carl")
    factories.interview(carl, version, ivy, hugo)
    client, path = sign_in(hugo), address.format(job=job.id)
    before = without_tokens(client.get(path).text)
    decided(carl, rosa, 0)
    change_status(carl, ApplicationStatus.CLOSED_NOT_SELECTED, rosa, "The evidence fell short.")
    written(carl, rosa, 0, "msg-closed-not-selected")

    db.session.commit()

    assert without_tokens(client.get(path).text) == before


def test_who_owes_nothing_sees_what_the_decision_changed(
    job: Job, version: GuideVersion, rosa: Person, ivy: Person, hugo: Person, sign_in: SignIn
) -> None:
    carl = applied(job, 9, "Carl")
    factories.interview(carl, version, ivy, hugo)
    client = sign_in(rosa)
    before = without_tokens(client.get(f"/jobs/{job.id}/process").text)
    decided(carl, rosa, 0)

    db.session.commit()

    assert without_tokens(client.get(f"/jobs/{job.id}/process").text) != before


@pytest.mark.parametrize("address", ["/jobs/1/process", "/process"])
def test_one_candidate_costs_as_many_queries_as_three(
    job: Job,
    version: GuideVersion,
    hugo: Person,
    ivy: Person,
    sign_in: SignIn,
    queries: Callable[[], Queries],
    address: str,
) -> None:
    client = sign_in(hugo)
    counts = []
    for number in range(3):
        carl = applied(job, 9, f"C{number}")
        written(carl, hugo, 8)
        factories.interview(carl, version, ivy)
        decided(carl, hugo, 1)
        factories.job(f"Job {number}", lead=hugo)
        client.get(address)
        with queries() as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[2]
    assert counts[0] <= 13


def test_without_a_standard_of_ones_own_there_is_a_suggestion(job: Job) -> None:
    assert standard() == Standard()
    assert not standard().is_own


def test_the_standard_is_stored_and_recorded(ada: Person, sign_in: SignIn) -> None:
    answer = sign_in(ada).post("/process/standard", data={**VALUES, "revision": 0})

    assert answer.status_code == 303
    assert standard() == Standard(**VALUES, is_own=True, revision=1)
    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.action, event.details["decision_days"]) == ("set_process_standard", 20)


def test_only_administrators_set_the_standard(
    rosa: Person, hugo: Person, ivy: Person, hana: Person, ada: Person, sign_in: SignIn
) -> None:
    cast = {"Rosa": rosa, "Hugo": hugo, "Ivy": ivy, "Hana": hana, "Ada": ada}

    answers = {name: sign_in(each).get("/process/standard").status_code for name, each in cast.items()}

    assert answers == {"Rosa": 403, "Hugo": 403, "Ivy": 403, "Hana": 403, "Ada": 200}
    assert sign_in(rosa).post("/process/standard", data={**VALUES, "revision": 0}).status_code == 403
    assert stored_standard() is None


@pytest.mark.parametrize("wrong", ["", "soon", "0", "366", "-1", "1.5"])
def test_a_wrong_number_stands_beside_its_field_with_the_others_kept(
    ada: Person, sign_in: SignIn, wrong: str
) -> None:
    answer = sign_in(ada).post("/process/standard", data={**VALUES, "silence_days": wrong, "revision": 0})

    assert answer.status_code == 422
    assert "Write a whole number" in answer.text
    assert 'value="20"' in answer.text
    assert stored_standard() is None


def test_a_save_over_somebody_elses_is_refused(ada: Person, sign_in: SignIn) -> None:
    set_standard(ada, **VALUES)
    db.session.commit()

    answer = sign_in(ada).post("/process/standard", data={**VALUES, "decision_days": 99, "revision": 0})

    assert answer.status_code == 422
    assert "Stored meanwhile by somebody else" in answer.text
    assert standard().decision_days == 20
    with pytest.raises(Stale):
        set_standard(ada, **VALUES, revision=7)


def test_a_standard_out_of_range_is_refused(ada: Person) -> None:
    with pytest.raises(Refused, match="from 1 to 720"):
        set_standard(ada, **{**VALUES, "scorecard_hours": 721})


def test_the_rules_of_the_overview(
    job: Job, rosa: Person, hugo: Person, ivy: Person, ada: Person, hana: Person
) -> None:
    cast = {"Rosa": rosa, "Hugo": hugo, "Ivy": ivy, "Ada": ada, "Hana": hana}

    seen = {name: access.may_see_processes(each) for name, each in cast.items()}
    jobs = {name: access.job_ids_with_candidates(each) for name, each in cast.items()}

    assert seen == {"Rosa": True, "Hugo": True, "Ivy": False, "Ada": True, "Hana": True}
    assert jobs == {"Rosa": None, "Hugo": {job.id}, "Ivy": set(), "Ada": set(), "Hana": None}

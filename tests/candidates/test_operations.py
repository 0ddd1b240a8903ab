"""What may happen to candidates, and what is refused with which sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hiring.candidates.operations import (
    AlreadyApplied,
    NewCandidate,
    add_candidate,
    add_candidates,
    change_candidate,
    change_status,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import Application, ApplicationStatus, Candidate, Job, Person, now
from tests import factories

SOON = now().date() + timedelta(days=14)


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


def count(kind: type[Candidate] | type[Application]) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.mark.parametrize(
    "name", ["Carl Møller", "王小明", "Дмитрий Волков", "عمر الخيام", "Nguyễn Văn An", "O"]
)
def test_a_name_in_any_alphabet_is_kept(job: Job, rosa: Person, name: str) -> None:
    application = add_candidate(job, rosa, name)

    assert application.candidate.name == name
    assert application.status is ApplicationStatus.APPLIED


@pytest.mark.parametrize("name", ["", "   ", "123", "–"])
def test_a_candidate_without_a_name_is_refused(job: Job, rosa: Person, name: str) -> None:
    with pytest.raises(Refused, match="Write the candidate's name") as refused:
        add_candidate(job, rosa, name)

    assert refused.value.field == "name"


def test_the_same_address_applies_once_for_a_job(job: Job, rosa: Person) -> None:
    first = add_candidate(job, rosa, "Carl", "carl@example.org")

    with pytest.raises(AlreadyApplied, match="Carl with this e-mail address") as refused:
        add_candidate(job, rosa, "Karl", "Carl@Example.org")

    assert (refused.value.application, refused.value.field) == (first, "email")


def test_the_same_address_for_another_job_is_the_same_candidate(job: Job, rosa: Person, hugo: Person) -> None:
    first = add_candidate(job, rosa, "Carl", "carl@example.org")

    second = add_candidate(factories.job("Chat", hugo), rosa, "Carl M.", "CARL@example.org", phone="12")

    assert second.candidate is first.candidate
    assert (first.candidate.name, first.candidate.phone) == ("Carl", "12")


def test_an_invented_candidate_is_never_taken_for_a_real_one(job: Job, rosa: Person, hugo: Person) -> None:
    invented = add_candidate(job, rosa, "Carl", "carl@example.org", is_demo=True)

    real = add_candidate(factories.job("Chat", hugo), rosa, "Carl", "carl@example.org")

    assert real.candidate is not invented.candidate


def test_candidates_without_an_address_are_different_people(job: Job, rosa: Person) -> None:
    add_candidates(job, rosa, [NewCandidate("Carl"), NewCandidate("Carl")])

    assert (count(Candidate), count(Application)) == (2, 2)


def test_facts_are_changed(job: Job, rosa: Person) -> None:
    application = add_candidate(job, rosa, "Carl", "carl@example.org")

    change_candidate(application, rosa, "Carla", "carla@example.org", "12", "Advert")

    candidate = application.candidate
    assert (candidate.name, candidate.email, candidate.phone) == ("Carla", "carla@example.org", "12")
    assert application.source_of_contact == "Advert"


def test_a_change_over_somebody_elses_is_refused(job: Job, rosa: Person) -> None:
    application = add_candidate(job, rosa, "Carl")
    opened = application.candidate.revision
    change_candidate(application, rosa, "Carl", source_of_contact="Advert", revision=opened)
    db.session.flush()

    with pytest.raises(Stale):
        change_candidate(application, rosa, "Karl", revision=opened)


def test_an_address_of_another_candidate_is_refused(job: Job, rosa: Person, hugo: Person) -> None:
    add_candidate(factories.job("Chat", hugo), rosa, "Cleo", "cleo@example.org")
    carl = add_candidate(job, rosa, "Carl")

    with pytest.raises(Refused, match="Another candidate has this e-mail address"):
        change_candidate(carl, rosa, "Carl", "cleo@example.org")


@pytest.mark.parametrize(
    ("status", "reason", "restart", "field"),
    [
        (ApplicationStatus.ON_HOLD, "", SOON, "reason"),
        (ApplicationStatus.ON_HOLD, "Budget.", None, "restart_date"),
        (ApplicationStatus.ON_HOLD, "Budget.", date(2020, 1, 1), "restart_date"),
        (ApplicationStatus.CLOSED_NOT_SELECTED, " ", None, "reason"),
        (ApplicationStatus.CLOSED_POSITION, "", None, "reason"),
        (ApplicationStatus.WITHDRAWN, "", None, "reason"),
    ],
)
def test_a_pause_and_a_closing_need_their_reasons(
    job: Job, rosa: Person, status: ApplicationStatus, reason: str, restart: date | None, field: str
) -> None:
    application = factories.application(job)

    with pytest.raises(Refused) as refused:
        change_status(application, status, rosa, reason, restart)

    assert refused.value.field == field
    assert application.status is ApplicationStatus.INTERVIEW_SCHEDULED


def test_going_on_clears_reason_and_date(job: Job, rosa: Person) -> None:
    application = factories.application(job)
    change_status(application, ApplicationStatus.ON_HOLD, rosa, "Budget.", SOON)
    db.session.commit()

    change_status(application, ApplicationStatus.REOPENED, rosa)

    assert (application.status_reason, application.restart_date) == ("", None)


def test_who_owes_a_scorecard_does_not_decide_by_a_status(job: Job, hugo: Person) -> None:
    application = factories.application(job)
    factories.interview(application, factories.guide_version(job, hugo), hugo)

    with pytest.raises(Refused, match="Submit your own scorecard"):
        change_status(application, ApplicationStatus.CLOSED_NOT_SELECTED, hugo, "Not for us.")


def test_a_status_over_somebody_elses_is_refused(job: Job, rosa: Person) -> None:
    application = factories.application(job)
    opened = application.revision
    change_status(application, ApplicationStatus.INTERVIEWED, rosa, revision=opened)
    db.session.flush()

    with pytest.raises(Stale):
        change_status(application, ApplicationStatus.WITHDRAWN, rosa, "Found another job.", revision=opened)

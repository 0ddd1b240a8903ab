"""Planning, changing, cancelling and holding interviews."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.interviews.operations import cancel_interview, change_interview, mark_held, plan_interview
from hiring.interviews.queries import is_closed_to
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    GuideVersion,
    Interview,
    InterviewStatus,
    Job,
    Person,
    now,
)
from tests import factories


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


@pytest.fixture
def carl(job: Job) -> Application:
    return factories.application(job)


@pytest.fixture
def planned(carl: Application, version: GuideVersion, rosa: Person, ivy: Person, ian: Person) -> Interview:
    return plan_interview(carl, rosa, version, tomorrow(), [ivy, ian], place="Room 4")


def tomorrow() -> datetime:
    return now() + timedelta(days=1)


def yesterday() -> datetime:
    return now() - timedelta(days=1)


@pytest.mark.parametrize("status", ["applied", "in_review", "invited"])
def test_planning_moves_a_waiting_application_on(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person, status: str
) -> None:
    carl.status = ApplicationStatus(status)

    interview = plan_interview(carl, rosa, version, tomorrow(), [ivy], place=" Room 4 ")

    assert carl.status is ApplicationStatus.INTERVIEW_SCHEDULED
    assert (interview.status, interview.place) == (InterviewStatus.PLANNED, "Room 4")
    assert [member.person for member in interview.panel] == [ivy]


def test_planning_leaves_a_later_status_alone(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    carl.status = ApplicationStatus.INTERVIEWED

    plan_interview(carl, rosa, version, tomorrow(), [ivy])

    assert carl.status is ApplicationStatus.INTERVIEWED


def test_planning_is_recorded(planned: Interview) -> None:
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "plan_interview")).one()

    assert (event.actor_name, event.details["panel"]) == ("Rosa", ["Ivy", "Ian"])


def test_an_empty_panel_is_refused(carl: Application, version: GuideVersion, rosa: Person) -> None:
    with pytest.raises(Refused, match="at least one person") as refused:
        plan_interview(carl, rosa, version, tomorrow(), [])

    assert refused.value.field == "panel"


def test_a_person_twice_is_refused(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    with pytest.raises(Refused, match="Ivy is on the panel twice"):
        plan_interview(carl, rosa, version, tomorrow(), [ivy, ivy])


def test_a_closed_account_is_refused(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    ivy.active = False

    with pytest.raises(Refused, match="Ivy has no active account"):
        plan_interview(carl, rosa, version, tomorrow(), [ivy])


def test_another_jobs_guide_is_refused(carl: Application, rosa: Person, ivy: Person) -> None:
    other = factories.guide_version(factories.job("Another job"), rosa)

    with pytest.raises(Refused, match="published for this job"):
        plan_interview(carl, rosa, other, tomorrow(), [ivy])


def test_a_round_that_the_guide_lacks_is_refused(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    with pytest.raises(Refused, match="Choose a round"):
        plan_interview(carl, rosa, version, tomorrow(), [ivy], round_position=9)


def test_a_slip_of_the_century_is_refused(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    with pytest.raises(Refused, match="less than five years away"):
        plan_interview(carl, rosa, version, tomorrow() + timedelta(days=36500), [ivy])


def test_a_closed_application_gets_no_interview(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    carl.status, carl.status_reason = ApplicationStatus.WITHDRAWN, "Moved away"

    with pytest.raises(Refused, match="Carl's application is closed"):
        plan_interview(carl, rosa, version, tomorrow(), [ivy])


def test_a_plan_does_not_tell_who_owes_a_scorecard_what_was_decided(
    carl: Application, version: GuideVersion, rosa: Person, hugo: Person, ivy: Person
) -> None:
    factories.interview(carl, version, hugo)
    carl.status, carl.status_reason = ApplicationStatus.CLOSED_NOT_SELECTED, "Weak evidence."

    planned = plan_interview(carl, hugo, version, tomorrow(), [ivy])

    assert planned.application is carl
    with pytest.raises(Refused, match="Carl's application is closed"):
        plan_interview(carl, rosa, version, tomorrow(), [ivy])


def test_an_interview_can_be_moved_and_its_panel_changed(
    planned: Interview, version: GuideVersion, rosa: Person, ivy: Person, olga: Person
) -> None:
    before = planned.revision

    change_interview(planned, rosa, version, yesterday(), [ivy, olga], place="Room 5")
    db.session.flush()

    assert {member.person for member in planned.panel} == {ivy, olga}
    assert (planned.place, planned.revision) == ("Room 5", before + 1)


def test_a_change_of_the_panel_alone_is_a_revision(
    planned: Interview, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    opened = planned.revision
    change_interview(planned, rosa, version, planned.starts_at, [ivy], place="Room 4", revision=opened)
    db.session.flush()

    with pytest.raises(Stale):
        change_interview(planned, rosa, version, planned.starts_at, [ivy], revision=opened)


def test_who_has_begun_to_rate_stays_on_the_panel(
    planned: Interview, version: GuideVersion, rosa: Person, ivy: Person, ian: Person
) -> None:
    factories.scorecard(planned, ian, submitted=False)

    with pytest.raises(Refused, match="Ian has begun a scorecard and stays"):
        change_interview(planned, rosa, version, planned.starts_at, [ivy])


def test_nobody_leaves_a_panel_to_read_and_comes_back_to_rate(
    carl: Application, version: GuideVersion, rosa: Person, hugo: Person, ivy: Person
) -> None:
    interview = plan_interview(carl, rosa, version, yesterday(), [ivy, hugo])
    factories.scorecard(interview, ivy)
    change_interview(interview, hugo, version, yesterday(), [ivy])

    with pytest.raises(Refused, match="you could read it") as refused:
        change_interview(interview, hugo, version, yesterday(), [ivy, hugo])

    assert refused.value.field == "panel"
    change_interview(interview, rosa, version, yesterday(), [ivy, hugo])
    assert is_closed_to(hugo, carl)


def test_the_guide_is_fixed_once_somebody_rates(
    planned: Interview, job: Job, rosa: Person, ivy: Person, ian: Person
) -> None:
    factories.scorecard(planned, ian, submitted=False)
    newer = factories.guide_version(job, rosa, number=2)

    with pytest.raises(Refused, match="guide can no longer change"):
        change_interview(planned, rosa, newer, planned.starts_at, [ivy, ian])


def test_a_member_whose_account_was_closed_may_stay(
    planned: Interview, version: GuideVersion, rosa: Person, ivy: Person, ian: Person
) -> None:
    ian.active = False

    change_interview(planned, rosa, version, planned.starts_at, [ivy, ian])

    assert len(planned.panel) == 2


def test_a_cancelled_interview_owes_nothing_and_says_why(
    planned: Interview, carl: Application, rosa: Person, ivy: Person
) -> None:
    cancel_interview(planned, rosa, "The candidate is ill")

    assert not is_closed_to(ivy, carl)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "cancel_interview")).one()
    assert event.details["reason"] == "The candidate is ill"


def test_a_cancelled_interview_puts_the_application_back(
    planned: Interview, carl: Application, rosa: Person
) -> None:
    cancel_interview(planned, rosa, "The candidate is ill")

    assert carl.status is ApplicationStatus.IN_REVIEW


def test_another_planned_interview_keeps_the_application_scheduled(
    planned: Interview, carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    plan_interview(carl, rosa, version, tomorrow(), [ivy])

    cancel_interview(planned, rosa, "The candidate is ill")

    assert carl.status is ApplicationStatus.INTERVIEW_SCHEDULED


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_cancelling_needs_a_reason(planned: Interview, rosa: Person, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        cancel_interview(planned, rosa, reason)

    assert refused.value.field == "reason"


def test_a_rated_interview_is_not_cancelled(planned: Interview, rosa: Person, ivy: Person) -> None:
    factories.scorecard(planned, ivy)

    with pytest.raises(Refused, match="Ivy submitted a scorecard already"):
        cancel_interview(planned, rosa, "Second thoughts")


def test_a_cancelled_interview_is_over(
    planned: Interview, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    cancel_interview(planned, rosa, "The candidate is ill")

    with pytest.raises(Refused, match="cancelled already"):
        cancel_interview(planned, rosa, "Twice")
    with pytest.raises(Refused, match="Plan a new one"):
        change_interview(planned, rosa, version, tomorrow(), [ivy])
    with pytest.raises(Refused, match="Only a planned interview"):
        mark_held(planned, rosa)


def test_a_held_interview_moves_the_application_on(
    carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    interview = plan_interview(carl, rosa, version, yesterday(), [ivy])

    mark_held(interview, rosa)

    assert interview.status is InterviewStatus.HELD
    assert carl.status is ApplicationStatus.INTERVIEWED


def test_an_interview_to_come_was_not_held(planned: Interview, rosa: Person) -> None:
    with pytest.raises(Refused, match="still to come"):
        mark_held(planned, rosa)

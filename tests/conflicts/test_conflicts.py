"""Conflicts of interest: declared, kept at every door, and taken back by somebody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hiring.access import may_rate, may_read_ratings
from hiring.conflicts.operations import declare, withdraw
from hiring.errors import Refused
from hiring.extensions import db
from hiring.interviews.operations import change_interview, plan_interview
from hiring.models import (
    Application,
    ApplicationStatus,
    AuditEvent,
    ConflictKind,
    ConflictOfInterest,
    Job,
    Person,
    RoleName,
    now,
)
from hiring.panels.document import panel_sheet
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def carl(job: Job) -> Application:
    return factories.application(job)


def test_who_declares_leaves_the_panel_and_learns_nothing_more(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    version = factories.guide_version(job, hugo)
    interview = factories.interview(carl, version, ivy, ian)
    factories.scorecard(interview, ivy)

    left = declare(carl, ian, ConflictKind.RELATIVE, by=ian)

    assert left == [interview]
    assert [seat.person for seat in interview.panel] == [ivy]
    assert not may_rate(ian, interview)
    assert not may_read_ratings(ian, carl)
    assert may_read_ratings(ivy, carl)


def test_who_has_submitted_stays_with_the_rating_as_it_was_given(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    interview = factories.interview(carl, factories.guide_version(job, hugo), ivy, ian)
    factories.scorecard(interview, ivy)

    assert declare(carl, ivy, ConflictKind.FRIEND, by=hugo) == []
    assert [seat.person for seat in interview.panel] == [ivy, ian]
    assert not may_read_ratings(ivy, carl)


def test_nobody_in_conflict_is_put_on_a_panel(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    version = factories.guide_version(job, hugo)
    declare(carl, ian, ConflictKind.FORMER_REPORT, by=ian)

    with pytest.raises(Refused, match="Ian: a conflict of interest with Carl"):
        plan_interview(carl, hugo, version, now(), [ivy, ian])
    interview = plan_interview(carl, hugo, version, now(), [ivy])
    with pytest.raises(Refused, match="Ian: a conflict of interest"):
        change_interview(interview, hugo, version, now(), [ivy, ian])
    assert plan_interview(factories.application(job, "Dora"), hugo, version, now(), [ian])


def test_nobody_interviews_themselves(job: Job, hugo: Person, ivy: Person) -> None:
    ivy_herself = factories.application(job, "Ivy", email=ivy.email.upper())

    with pytest.raises(Refused, match="conflict of interest"):
        plan_interview(ivy_herself, hugo, factories.guide_version(job, hugo), now(), [ivy])
    assert not may_read_ratings(ivy, ivy_herself)


def test_it_holds_for_every_job_of_the_candidate(
    job: Job, carl: Application, hugo: Person, ian: Person
) -> None:
    other = factories.job("Another job", lead=hugo)
    again = factories.add(Application(job=other, candidate=carl.candidate))
    declare(carl, ian, ConflictKind.BUSINESS, by=ian)

    with pytest.raises(Refused, match="conflict of interest"):
        plan_interview(again, hugo, factories.guide_version(other, hugo), now(), [ian])


def test_the_planner_keeps_them_apart(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    for each in (carl, *(factories.application(job, name) for name in ("Dora", "Emil", "Fay"))):
        each.status = ApplicationStatus.INVITED
    anna = factories.person("Anna", RoleName.INTERVIEWER)
    declare(carl, ian, ConflictKind.RELATIVE, by=ian)
    db.session.commit()

    sheet = panel_sheet(job, [ivy, ian, anna], 2, None)

    row = next(each for each in sheet.rows if each.name == "Carl")
    assert row.conversations[0].people == ("Ivy", "Anna")
    assert row.allowed == (True, False, True)


def test_it_is_declared_once_and_taken_back_with_a_reason(
    carl: Application, hugo: Person, ian: Person
) -> None:
    declare(carl, ian, ConflictKind.OTHER, by=ian)
    with pytest.raises(Refused, match="declared already for Ian"):
        declare(carl, ian, ConflictKind.FRIEND, by=hugo)
    conflict = db.session.scalars(select(ConflictOfInterest)).one()

    with pytest.raises(Refused, match="Say why"):
        withdraw(conflict, hugo, "  ", carl)
    withdraw(conflict, hugo, "Another Carl.", carl)

    assert db.session.scalars(select(ConflictOfInterest)).all() == []
    actions = db.session.scalars(select(AuditEvent.action)).all()
    assert {"declare_conflict", "withdraw_conflict"} <= set(actions)


def test_an_interviewer_declares_on_the_page(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    interview = factories.interview(carl, factories.guide_version(job, hugo), ivy, ian)
    address = f"/applications/{carl.id}/conflicts"

    empty = sign_in(ian).post(address, data={"person": ian.id})
    assert empty.status_code == 422
    assert "Choose what ties them." in empty.text
    other = sign_in(ian).post(address, data={"person": ivy.id, "kind": "relative"})
    assert "Choose somebody from the list." in other.text
    sent = sign_in(ian).post(address, data={"person": ian.id, "kind": "relative", "note": "A cousin."})

    assert (sent.status_code, sent.location) == (303, "/")
    assert sign_in(ian).get(address).status_code == 403
    assert sign_in(ian).get(f"/interviews/{interview.id}/scorecard").status_code == 403
    seen = sign_in(hugo).get(address).text
    assert "A cousin." in seen
    assert "Ian" in sign_in(hugo).get(f"/interviews/{interview.id}/edit").text


def test_what_was_declared_is_read_by_those_who_lead(
    job: Job, carl: Application, hugo: Person, ivy: Person, ian: Person, hana: Person, sign_in: SignIn
) -> None:
    factories.interview(carl, factories.guide_version(job, hugo), ivy, ian)
    declare(carl, hana, ConflictKind.RELATIVE, by=hana, note="My sister’s son.")
    address = f"/applications/{carl.id}/conflicts"

    assert "sister" in sign_in(hugo).get(address).text
    assert "sister" not in sign_in(ivy).get(address).text
    assert "sister" in sign_in(hana).get(address).text  # Her own.


def test_only_recruiters_and_hr_take_it_back_and_never_their_own(
    carl: Application, hugo: Person, hana: Person, rosa: Person, sign_in: SignIn
) -> None:
    declare(carl, hana, ConflictKind.RELATIVE, by=hana)
    conflict = db.session.scalars(select(ConflictOfInterest)).one()
    address = f"/applications/{carl.id}/conflicts/{conflict.id}/withdraw"

    for person in (hugo, hana):
        assert sign_in(person).post(address, data={"reason": "A slip."}).status_code == 403
    without = sign_in(rosa).post(address, data={"reason": ""})
    assert without.status_code == 422
    assert "Say why it was a mistake." in without.text
    assert sign_in(rosa).post(address, data={"reason": "A slip."}).status_code == 303
    assert db.session.scalars(select(ConflictOfInterest)).all() == []


def test_a_lead_in_conflict_neither_decides_nor_writes(
    job: Job, carl: Application, hugo: Person, ivy: Person, rosa: Person, sign_in: SignIn
) -> None:
    interview = factories.interview(carl, factories.guide_version(job, hugo), ivy)
    factories.scorecard(interview, ivy)
    assert sign_in(hugo).get(f"/applications/{carl.id}/decision").status_code == 200
    declare(carl, hugo, ConflictKind.FORMER_REPORT, by=hugo)

    closed = (
        f"/applications/{carl.id}/decision",
        f"/applications/{carl.id}/edit",
        f"/applications/{carl.id}/interviews/new",
        f"/interviews/{interview.id}/edit",
        f"/applications/{carl.id}/packet",
        f"/applications/{carl.id}/messages/new",
    )
    assert {sign_in(hugo).get(each).status_code for each in closed} == {403}
    assert {sign_in(rosa).get(each).status_code for each in closed} == {200}
    assert "others judge" in sign_in(hugo).get(f"/applications/{carl.id}").text

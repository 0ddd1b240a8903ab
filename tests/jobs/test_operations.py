"""What may happen to jobs, and what is refused with which sentence."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.jobs.operations import (
    ChosenSkill,
    add_member,
    change_job,
    change_status,
    choose_skills,
    create_job,
    remove_cut,
    remove_member,
    set_cut,
    write_brief,
)
from hiring.models import AuditEvent, JobCut, JobStatus, Person, TeamRole
from tests import factories


def test_who_creates_a_job_leads_it(hugo: Person, rosa: Person) -> None:
    of_hugo, of_rosa = create_job("Support agent", by=hugo), create_job("Chat agent", by=rosa)

    assert [(m.person_id, m.role) for m in of_hugo.members] == [(hugo.id, TeamRole.HIRING_MANAGER)]
    assert [(m.person_id, m.role) for m in of_rosa.members] == [(rosa.id, TeamRole.RECRUITER)]


def test_a_new_job_is_a_draft_without_skills(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)

    assert (job.status, job.skills) == (JobStatus.DRAFT, [])


def test_a_job_without_a_title_is_refused(hugo: Person) -> None:
    with pytest.raises(Refused, match="Write a title") as refused:
        create_job("  ", by=hugo)

    assert refused.value.field == "title"


def test_every_change_is_on_record(hugo: Person, ivy: Person) -> None:
    job = create_job("Support agent", by=hugo)
    write_brief(job, hugo, role_purpose="Helps customers.")
    add_member(job, ivy, TeamRole.INTERVIEWER, hugo)
    choose_skills(job, [ChosenSkill("empathy")], hugo)
    change_status(job, JobStatus.OPEN, hugo)
    remove_member(job, ivy, hugo)

    actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.job_id == job.id)).all()

    assert actions == [
        "create_job",
        "write_brief",
        "add_member",
        "choose_skills",
        "change_job_status",
        "remove_member",
    ]


def test_a_brief_over_somebody_elses_is_refused(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)
    opened = job.revision
    write_brief(job, hugo, opened, role_purpose="First.")
    db.session.flush()

    with pytest.raises(Stale):
        write_brief(job, hugo, opened, role_purpose="Second.")

    assert job.brief.role_purpose == "First."


def test_a_brief_that_changes_nothing_leaves_no_trace(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)
    db.session.flush()
    before = job.revision

    write_brief(job, hugo, role_purpose="")
    db.session.flush()

    assert job.revision == before


def test_a_change_over_somebody_elses_is_refused(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)
    opened = job.revision
    change_job(job, hugo, "Chat agent", revision=opened)
    db.session.flush()

    with pytest.raises(Stale):
        change_job(job, hugo, "Call agent", revision=opened)


def test_the_last_lead_stays(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)

    with pytest.raises(Refused, match="Hugo is the only one who leads this job"):
        remove_member(job, hugo, hugo)
    with pytest.raises(Refused, match="Hugo is the only one who leads this job"):
        add_member(job, hugo, TeamRole.INTERVIEWER, hugo)


def test_one_of_two_leads_may_go(hugo: Person, rosa: Person) -> None:
    job = create_job("Support agent", by=hugo)
    add_member(job, rosa, TeamRole.RECRUITER, hugo)
    db.session.flush()

    remove_member(job, hugo, rosa)

    assert [member.person_id for member in job.members] == [rosa.id]


def test_nobody_is_on_the_team_twice(hugo: Person, ivy: Person) -> None:
    job = create_job("Support agent", by=hugo)
    add_member(job, ivy, TeamRole.INTERVIEWER, hugo)

    with pytest.raises(Refused, match="Ivy is on the team already"):
        add_member(job, ivy, TeamRole.INTERVIEWER, hugo)


def test_a_member_can_get_another_role(hugo: Person, ivy: Person) -> None:
    job = create_job("Support agent", by=hugo)
    add_member(job, ivy, TeamRole.INTERVIEWER, hugo)

    add_member(job, ivy, TeamRole.RECRUITER, hugo)

    assert [m.role for m in job.members if m.person_id == ivy.id] == [TeamRole.RECRUITER]


def test_who_has_left_joins_no_team(hugo: Person, ivy: Person) -> None:
    ivy.active = False
    job = create_job("Support agent", by=hugo)

    with pytest.raises(Refused, match="Ivy has no active account"):
        add_member(job, ivy, TeamRole.INTERVIEWER, hugo)


def test_who_interviews_leaves_the_team_only_when_that_is_meant(hugo: Person, ivy: Person) -> None:
    job = create_job("Support agent", by=hugo)
    add_member(job, ivy, TeamRole.INTERVIEWER, hugo)
    factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)

    with pytest.raises(Refused, match="Ivy is on the panel for Carl"):
        remove_member(job, ivy, hugo)
    remove_member(job, ivy, hugo, although_on_panels=True)

    assert [member.person_id for member in job.members] == [hugo.id]


def test_skills_keep_the_order_in_which_they_are_chosen(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)
    choose_skills(job, [ChosenSkill("patience"), ChosenSkill("empathy")], hugo)
    db.session.commit()

    choose_skills(job, [ChosenSkill("empathy"), ChosenSkill("listening", 2, "Telephone work.")], hugo)
    db.session.commit()

    stored = [(each.skill_id, each.position, each.weight, each.weight_reason) for each in job.skills]
    assert stored == [("empathy", 1, 1, ""), ("listening", 2, 2, "Telephone work.")]


@pytest.mark.parametrize(
    ("chosen", "field", "sentence"),
    [
        ([], "skills", "Choose at least one skill"),
        ([ChosenSkill("juggling")], "skills", "Choose skills from the question bank"),
        ([ChosenSkill("empathy"), ChosenSkill("empathy")], "skills", "Choose each skill once"),
        ([ChosenSkill("empathy", 0)], "weight-empathy", "Give Empathy a whole weight from 1 to 10"),
        ([ChosenSkill("empathy", 11, "So.")], "weight-empathy", "Give Empathy a whole weight from 1 to 10"),
        ([ChosenSkill("empathy", 3, " ")], "reason-empathy", "Say why Empathy counts 3 times"),
        ([ChosenSkill("empathy", floor=5)], "floor-empathy", "Choose a floor for Empathy"),
        ([ChosenSkill("empathy", floor=1)], "floor-empathy", "Choose a floor for Empathy"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_beside_its_field(
    hugo: Person, chosen: list[ChosenSkill], field: str, sentence: str
) -> None:
    job = create_job("Support agent", by=hugo)

    with pytest.raises(Refused, match=sentence) as refused:
        choose_skills(job, chosen, hugo)

    assert (refused.value.field, job.skills) == (field, [])


def test_the_first_scorecard_fixes_the_weights(hugo: Person, ivy: Person) -> None:
    job = factories.job(lead=hugo)
    held = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    choose_skills(job, [ChosenSkill("empathy")], hugo)
    factories.scorecard(held, ivy, submitted=False)

    with pytest.raises(Refused, match="fixed with the first interview"):
        choose_skills(job, [ChosenSkill("patience")], hugo)


def test_a_must_have_skill_has_a_floor(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)

    choose_skills(job, [ChosenSkill("empathy", floor=3), ChosenSkill("patience")], hugo)

    assert [each.floor for each in job.skills] == [3, None]


def test_a_cut_is_set_changed_and_removed(hugo: Person, rosa: Person) -> None:
    job = create_job("Support agent", by=hugo)

    set_cut(job, hugo, 3.2, "Sees the need and answers it.")
    db.session.flush()
    set_cut(job, rosa, 3.0, "Sees the need.")
    db.session.flush()
    assert job.cut is not None
    kept = (job.cut.level, job.cut.reason, job.cut.set_by_id)
    remove_cut(job, hugo)
    db.session.flush()

    assert kept == (3.0, "Sees the need.", rosa.id)
    assert db.session.get(JobCut, job.id) is None


@pytest.mark.parametrize(
    ("level", "reason", "field"),
    [(1.0, "So.", "level"), (5.0, "So.", "level"), (float("nan"), "So.", "level"), (3.0, " ", "reason")],
)
def test_a_cut_off_the_scale_or_without_a_reason_is_refused(
    hugo: Person, level: float, reason: str, field: str
) -> None:
    job = create_job("Support agent", by=hugo)

    with pytest.raises(Refused) as refused:
        set_cut(job, hugo, level, reason)

    assert (refused.value.field, job.cut) == (field, None)


def test_the_first_scorecard_fixes_the_cut(hugo: Person, ivy: Person) -> None:
    job = factories.job(lead=hugo)
    held = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    set_cut(job, hugo, 3.0, "Sees the need.")
    factories.scorecard(held, ivy, submitted=False)

    with pytest.raises(Refused, match="fixed with the first interview"):
        set_cut(job, hugo, 2.0, "Easier.")
    with pytest.raises(Refused, match="fixed with the first interview"):
        remove_cut(job, hugo)


def test_a_job_goes_from_draft_to_open_to_closed_and_back(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)

    for status in (JobStatus.OPEN, JobStatus.CLOSED, JobStatus.OPEN):
        change_status(job, status, hugo)

    assert job.status is JobStatus.OPEN


def test_a_draft_cannot_be_closed(hugo: Person) -> None:
    job = create_job("Support agent", by=hugo)

    with pytest.raises(Refused):
        change_status(job, JobStatus.CLOSED, hugo)

"""Pages of jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from hiring.extensions import db
from hiring.models import InterviewStatus, Job, JobMember, JobStatus, Person, TeamRole, now
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job("Support agent in Århus", lead=hugo)


def filled(job: Job, hugo: Person, ivy: Person) -> None:
    """One candidate with one submitted and one owed scorecard."""
    version = factories.guide_version(job, hugo)
    carl = factories.application(job)
    factories.scorecard(factories.interview(carl, version, ivy), ivy)
    factories.interview(carl, version, hugo)


def test_the_list_shows_what_each_job_needs(
    sign_in: SignIn, job: Job, rosa: Person, hugo: Person, ivy: Person
) -> None:
    filled(job, hugo, ivy)

    page = sign_in(hugo).get("/jobs").text

    for words in ("Support agent in Århus", "Open", "Hiring manager", "1 submitted", "1 owed", "Version 1"):
        assert words in page


def test_an_interview_to_come_owes_nothing_yet(sign_in: SignIn, job: Job, hugo: Person, ivy: Person) -> None:
    version = factories.guide_version(job, hugo)
    factories.interview(
        factories.application(job),
        version,
        ivy,
        starts_at=now() + timedelta(days=2),
        status=InterviewStatus.PLANNED,
    )

    page = sign_in(hugo).get("/jobs").text

    assert "owed" not in page


def test_an_outsider_sees_no_job(sign_in: SignIn, job: Job, olga: Person) -> None:
    assert job.title not in sign_in(olga).get("/jobs").text


def test_the_list_takes_the_same_few_queries_for_one_and_thirty_jobs(
    sign_in: SignIn, job: Job, hugo: Person, ivy: Person, queries: Callable[[], Queries]
) -> None:
    filled(job, hugo, ivy)
    browser = sign_in(hugo)
    browser.get("/jobs")
    with queries() as for_one:
        browser.get("/jobs")
    for number in range(29):
        filled(factories.job(f"Job {number}", lead=hugo), hugo, ivy)
    browser.get("/jobs")

    with queries() as for_thirty:
        browser.get("/jobs")

    assert len(for_one) == len(for_thirty) <= 8


def test_a_new_job_is_created(sign_in: SignIn, hugo: Person) -> None:
    answer = sign_in(hugo).post("/jobs/new", data={"title": " Chat agent ", "location": "From home"})

    job = db.session.scalars(select(Job)).one()
    assert (answer.status_code, job.title, job.location) == (303, "Chat agent", "From home")


def test_a_new_job_without_a_title_keeps_what_was_typed(sign_in: SignIn, hugo: Person) -> None:
    answer = sign_in(hugo).post("/jobs/new", data={"title": "", "location": "From home"})

    assert answer.status_code == 422
    assert "Write a title of at most 200 characters." in answer.text
    assert 'value="From home"' in answer.text


def test_a_title_too_long_is_refused_in_words(sign_in: SignIn, hugo: Person) -> None:
    answer = sign_in(hugo).post("/jobs/new", data={"title": "x" * 201})

    assert answer.status_code == 422
    assert "Write at most 200 characters." in answer.text


@pytest.mark.parametrize("page", ["", "/brief", "/edit", "/team", "/skills"])
def test_the_pages_of_a_job_open_for_its_lead(sign_in: SignIn, job: Job, hugo: Person, page: str) -> None:
    answer = sign_in(hugo).get(f"/jobs/{job.id}{page}")

    assert answer.status_code == 200
    assert job.title in answer.text


@pytest.mark.parametrize("page", ["", "/brief", "/edit", "/team", "/skills"])
def test_an_outsider_is_refused(sign_in: SignIn, job: Job, olga: Person, page: str) -> None:
    assert sign_in(olga).get(f"/jobs/{job.id}{page}").status_code == 403


@pytest.mark.parametrize("page", ["/edit", "/brief", "/team", "/skills", "/status"])
def test_an_interviewer_changes_nothing(sign_in: SignIn, job: Job, ivy: Person, page: str) -> None:
    job.members.append(JobMember(person_id=ivy.id, role=TeamRole.INTERVIEWER))

    assert sign_in(ivy).post(f"/jobs/{job.id}{page}", data={}).status_code == 403


def test_an_interviewer_reads_the_brief(sign_in: SignIn, job: Job, ivy: Person) -> None:
    job.members.append(JobMember(person_id=ivy.id, role=TeamRole.INTERVIEWER))
    job.brief.role_purpose = "Helps customers with their heating."

    page = sign_in(ivy).get(f"/jobs/{job.id}/brief").text

    assert "Helps customers with their heating." in page
    assert "<textarea" not in page


def test_an_interviewer_is_shown_no_candidates(sign_in: SignIn, job: Job, hugo: Person, ivy: Person) -> None:
    filled(job, hugo, ivy)

    page = sign_in(ivy).get(f"/jobs/{job.id}").text

    assert f"/jobs/{job.id}/candidates" not in page


def test_the_hub_names_the_next_step(sign_in: SignIn, hugo: Person) -> None:
    bare = factories.job("Bare", lead=hugo, skills=())

    assert "Next: Brief" in sign_in(hugo).get(f"/jobs/{bare.id}").text


def test_the_hub_prints_the_reason_of_a_weight(sign_in: SignIn, job: Job, hugo: Person) -> None:
    job.skills[0].weight, job.skills[0].weight_reason = 3, "Half of the contacts are complaints."

    page = sign_in(hugo).get(f"/jobs/{job.id}").text

    assert "Half of the contacts are complaints." in page
    assert "75&nbsp;%" in page


def test_the_brief_is_saved(sign_in: SignIn, job: Job, hugo: Person) -> None:
    browser = sign_in(hugo)
    answer = browser.post(
        f"/jobs/{job.id}/brief", data={"revision": job.revision, "role_purpose": "First line.\r\nSecond."}
    )

    db.session.refresh(job.brief)
    assert (answer.status_code, job.brief.role_purpose) == (303, "First line.\nSecond.")


def test_a_brief_too_long_stands_beside_its_field_with_what_was_typed(
    sign_in: SignIn, job: Job, hugo: Person
) -> None:
    answer = sign_in(hugo).post(
        f"/jobs/{job.id}/brief",
        data={"revision": job.revision, "role_purpose": "x" * 5001, "touch_points": "Before the purchase."},
    )

    assert answer.status_code == 422
    assert "Write at most 5000 characters." in answer.text
    assert "Before the purchase." in answer.text


def test_a_brief_over_somebody_elses_shows_both_texts(sign_in: SignIn, job: Job, hugo: Person) -> None:
    browser, opened = sign_in(hugo), job.revision
    browser.post(f"/jobs/{job.id}/brief", data={"revision": opened, "role_purpose": "What Rosa wrote."})

    answer = browser.post(
        f"/jobs/{job.id}/brief", data={"revision": opened, "role_purpose": "What Hugo wrote."}
    )

    assert answer.status_code == 422
    assert "What Rosa wrote." in answer.text
    assert "What Hugo wrote." in answer.text


def test_after_seeing_both_texts_ones_own_can_be_saved(sign_in: SignIn, job: Job, hugo: Person) -> None:
    browser, opened = sign_in(hugo), job.revision
    browser.post(f"/jobs/{job.id}/brief", data={"revision": opened, "role_purpose": "What Rosa wrote."})
    browser.post(f"/jobs/{job.id}/brief", data={"revision": opened, "role_purpose": "What Hugo wrote."})
    db.session.refresh(job)

    answer = browser.post(
        f"/jobs/{job.id}/brief", data={"revision": job.revision, "role_purpose": "What Hugo wrote."}
    )

    assert answer.status_code == 303


def test_a_form_without_its_revision_is_not_saved(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/brief", data={"revision": "junk", "role_purpose": "New."})

    assert answer.status_code == 422
    assert "Somebody else has changed this job" in answer.text


def test_somebody_joins_the_team(sign_in: SignIn, job: Job, hugo: Person, ivy: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/team", data={"person_id": ivy.id, "role": "interviewer"})

    db.session.refresh(job)
    assert answer.status_code == 303
    assert [member.person.name for member in job.members] == ["Hugo", "Ivy"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a person."),
        ({"person_id": "999", "role": "interviewer"}, "Choose a person from the list."),
        ({"person_id": "x", "role": "interviewer"}, "Choose a person from the list."),
        ({"person_id": "1", "role": "king"}, "Choose what the person does for this job."),
    ],
)
def test_a_wrong_choice_for_the_team_is_refused_in_words(
    sign_in: SignIn, job: Job, hugo: Person, sent: dict[str, str], sentence: str
) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/team", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_leaving_the_team_although_on_a_panel_is_asked_about(
    sign_in: SignIn, job: Job, hugo: Person, ivy: Person
) -> None:
    filled(job, hugo, ivy)
    job.members.append(JobMember(person_id=ivy.id, role=TeamRole.INTERVIEWER))
    browser, url = sign_in(hugo), f"/jobs/{job.id}/team/{ivy.id}/remove"

    asked = browser.post(url)
    confirmed = browser.post(url, data={"although_on_panels": "y"})

    assert asked.status_code == 422
    assert "Ivy is on the panel for Carl" in asked.text
    assert confirmed.status_code == 303


def skills_form(job: Job, **changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"revision": job.revision, "order": ["patience", "empathy", "listening"]}
    return form | {"skills": ["patience", "empathy"]} | {k.replace("_", "-"): v for k, v in changes.items()}


def test_skills_are_saved_in_their_order(sign_in: SignIn, job: Job, hugo: Person) -> None:
    form = skills_form(job, weight_patience="2", reason_patience="Long calls.")

    answer = sign_in(hugo).post(f"/jobs/{job.id}/skills", data=form)

    db.session.refresh(job)
    stored = [(each.skill_id, each.weight, each.weight_reason) for each in job.skills]
    assert answer.status_code == 303
    assert stored == [("patience", 2, "Long calls."), ("empathy", 1, "")]


def test_a_weight_without_a_reason_is_refused_beside_it(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/skills", data=skills_form(job, weight_patience="2"))

    assert answer.status_code == 422
    assert 'id="reason-patience-error"' in answer.text
    assert "Say why Patience counts 2 times." in answer.text


def test_a_weight_that_is_no_number_is_kept_and_refused(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/skills", data=skills_form(job, weight_empathy="two"))

    assert answer.status_code == 422
    assert 'value="two"' in answer.text
    assert 'id="weight-empathy-error"' in answer.text


def test_a_floor_is_saved_and_shown_again(sign_in: SignIn, job: Job, hugo: Person) -> None:
    browser = sign_in(hugo)
    browser.post(f"/jobs/{job.id}/skills", data=skills_form(job, floor_patience="3"))

    page = browser.get(f"/jobs/{job.id}/skills").text

    db.session.refresh(job)
    assert [each.floor for each in job.skills] == [3, None]
    assert page.count('<option value="3" selected>') == 1


def test_a_floor_that_is_not_offered_is_refused_beside_it(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/skills", data=skills_form(job, floor_patience="9"))

    assert answer.status_code == 422
    assert 'id="floor-patience-error"' in answer.text


def test_a_cut_may_be_typed_with_a_comma(sign_in: SignIn, job: Job, hugo: Person) -> None:
    browser = sign_in(hugo)
    form = {"revision": job.revision, "level": "3,2", "reason": "Sees the need."}

    answer = browser.post(f"/jobs/{job.id}/cut", data=form)

    assert answer.status_code == 303
    assert "The cut is 3.2: Sees the need." in browser.get(f"/jobs/{job.id}/skills").text
    assert browser.post(f"/jobs/{job.id}/cut/remove").status_code == 303
    assert "No cut is set." in browser.get(f"/jobs/{job.id}/skills").text


def test_a_cut_that_is_no_number_is_kept_and_refused(sign_in: SignIn, job: Job, hugo: Person) -> None:
    form = {"revision": job.revision, "level": "three", "reason": "Sees the need."}

    answer = sign_in(hugo).post(f"/jobs/{job.id}/cut", data=form)

    assert answer.status_code == 422
    assert 'value="three"' in answer.text
    assert "Sees the need." in answer.text
    assert 'id="level-error"' in answer.text


def test_only_who_leads_the_job_sets_the_cut(sign_in: SignIn, job: Job, olga: Person) -> None:
    browser = sign_in(olga)

    assert browser.get(f"/jobs/{job.id}/cut").status_code == 403
    assert browser.post(f"/jobs/{job.id}/cut", data={"level": "3", "reason": "So."}).status_code == 403
    assert browser.post(f"/jobs/{job.id}/cut/remove").status_code == 403


def test_moving_a_skill_keeps_what_was_typed_and_saves_nothing(
    sign_in: SignIn, job: Job, hugo: Person
) -> None:
    form = skills_form(job, weight_empathy="3", reason_empathy="Typed.", move="up:empathy")

    page = sign_in(hugo).post(f"/jobs/{job.id}/skills", data=form).text

    db.session.refresh(job)
    assert page.index('value="empathy"') < page.index('value="patience"')
    assert 'value="Typed."' in page
    assert [each.skill_id for each in job.skills] == ["empathy", "patience"]
    assert [each.weight for each in job.skills] == [1, 1]


def test_a_suggestion_ticks_its_skills(sign_in: SignIn, job: Job, hugo: Person) -> None:
    page = sign_in(hugo).get(f"/jobs/{job.id}/skills?preset=complaints").text

    assert page.count(" checked") == 6


def test_too_few_skills_are_warned_about_and_saved(sign_in: SignIn, job: Job, hugo: Person) -> None:
    page = sign_in(hugo).get(f"/jobs/{job.id}/skills").text

    assert "2 skills say little about a person" in page


def test_fixed_weights_are_shown_without_a_form(sign_in: SignIn, job: Job, hugo: Person, ivy: Person) -> None:
    filled(job, hugo, ivy)

    page = sign_in(hugo).get(f"/jobs/{job.id}/skills").text

    assert "Weights were fixed with the first interview" in page
    assert 'name="skills"' not in page


def test_a_job_is_closed(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/jobs/{job.id}/status", data={"revision": job.revision, "status": "closed"})

    db.session.refresh(job)
    assert (answer.status_code, job.status) == (303, JobStatus.CLOSED)


def test_title_and_contact_are_changed(sign_in: SignIn, job: Job, hugo: Person) -> None:
    answer = sign_in(hugo).post(
        f"/jobs/{job.id}/edit",
        data={"revision": job.revision, "title": "Chat agent", "contact_name": "Rosa"},
    )

    db.session.refresh(job)
    assert (answer.status_code, job.title, job.contact_name) == (303, "Chat agent", "Rosa")


def test_the_share_kit_is_filled_with_the_jobs_facts(sign_in: SignIn, job: Job, hugo: Person) -> None:
    page = sign_in(hugo).get(f"/jobs/{job.id}/share").text

    assert f"We are hiring: {job.title}" in page
    assert "{company}" not in page


def test_the_share_kit_speaks_the_languages_of_the_bank(sign_in: SignIn, job: Job, hugo: Person) -> None:
    page = sign_in(hugo).get(f"/jobs/{job.id}/share?language=da").text

    assert f"Vi ansætter: {job.title}" in page
    assert 'id="signature" lang="da">' in page


def test_an_outsider_does_not_share_the_job(sign_in: SignIn, job: Job, olga: Person) -> None:
    assert sign_in(olga).get(f"/jobs/{job.id}/share").status_code == 403

"""The panel planner: it proposes, checks what was changed by hand, leads to planning, and stores nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from hiring.extensions import db
from hiring.guides.operations import publish
from hiring.guides.starting import RoundPlan, start_guide
from hiring.models import ApplicationStatus, Interview, Job, JobMember, Person, RoundKind, TeamRole
from tests import factories
from tests.conftest import Queries, SignIn


def text(answer: Any) -> str:
    return html.unescape(answer.text)


def ticked(answer: Any) -> set[str]:
    return set(re.findall(r'name="seat" value="([0-9-]+)" checked', answer.text))


@pytest.fixture
def job(hugo: Person, ivy: Person, ian: Person) -> Job:
    """Hugo's job with two interviewers and four candidates who wait for an interview."""
    made = factories.job(lead=hugo)
    made.members += [JobMember(person=each, role=TeamRole.INTERVIEWER) for each in (ivy, ian)]
    for n in range(4):
        factories.application(made, f"Carl {n}").status = ApplicationStatus.INVITED
    db.session.commit()
    return made


@pytest.fixture
def browse(sign_in: SignIn, hugo: Person) -> FlaskClient:
    """Hugo's browser."""
    return sign_in(hugo)


def test_the_team_is_planned_evenly(browse: FlaskClient, job: Job) -> None:
    answer = browse.get(f"/jobs/{job.id}/panels")

    assert len(ticked(answer)) == 8
    assert "Everybody has their interviewers" in text(answer)
    assert "Where one interviewer alone has a reliability of 0.44" in text(answer)


def test_wishes_change_the_plan(browse: FlaskClient, job: Job, ivy: Person, ian: Person) -> None:
    answer = browse.post(
        f"/jobs/{job.id}/panels", data={"raters": "1", "people": [str(ivy.id), str(ian.id)], "most": "2"}
    )

    assert len(ticked(answer)) == 4


def test_an_impossible_wish_says_what_would_help(browse: FlaskClient, job: Job, ivy: Person) -> None:
    answer = browse.post(f"/jobs/{job.id}/panels", data={"raters": "3", "people": [str(ivy.id)]})

    assert "Too few of these people may interview" in text(answer)
    assert "Ask 2 more interviewers who may meet everybody." in text(answer)


def test_a_change_by_hand_is_checked_and_compared(
    browse: FlaskClient, job: Job, ivy: Person, ian: Person
) -> None:
    people = {"people": [str(ivy.id), str(ian.id)], "raters": "2"}
    seats = sorted(ticked(browse.post(f"/jobs/{job.id}/panels", data=people)))

    answer = browse.post(f"/jobs/{job.id}/panels", data={**people, "grid": "1", "seat": seats[1:]})

    assert ticked(answer) == set(seats[1:])
    assert "Carl 0 meets 1 of the wished 2 interviewers." in text(answer)
    assert "Proposed" in text(answer)


def test_nobody_interviews_themselves(
    browse: FlaskClient, job: Job, ivy: Person, ian: Person, hugo: Person
) -> None:
    own = factories.application(job, "Ivy herself")
    own.status, own.candidate.email = ApplicationStatus.INVITED, ivy.email.upper()
    db.session.commit()

    answer = browse.get(f"/jobs/{job.id}/panels")

    assert f"{own.id}-{ivy.id}" not in ticked(answer)
    assert {f"{own.id}-{ian.id}", f"{own.id}-{hugo.id}"} <= ticked(answer)


def test_the_plan_leads_to_the_form_with_its_panel(browse: FlaskClient, job: Job, hugo: Person) -> None:
    factories.guide_version(job, hugo)
    db.session.commit()
    page = browse.get(f"/jobs/{job.id}/panels").text
    found = re.search(r'href="(/applications/\d+/interviews/new[^"]*)"', page)
    assert found is not None
    address = html.unescape(found[1])

    form = browse.get(address).text

    proposed = re.findall(r"panel=(\d+)", address)
    assert len(proposed) == 2
    assert sorted(re.findall(r'name="panel" value="(\d+)" checked', form)) == sorted(proposed)


def test_every_round_of_the_guide_gets_its_panel_and_one_form_leads_to_the_next(
    browse: FlaskClient, job: Job, hugo: Person
) -> None:
    guide = start_guide(job, hugo, rounds=(RoundPlan(30, RoundKind.SCREEN), RoundPlan(45)))
    version = publish(guide, hugo, although_unasked=True)
    db.session.commit()
    wishes = {
        "raters": "1",
        "most": "",
        "people": [str(each.person_id) for each in job.members],
        "each_round": "y",
    }
    page = browse.post(f"/jobs/{job.id}/panels", data=wishes).text
    found = re.search(r'href="(/applications/(\d+)/interviews/new[^"]*)"', page)
    assert found is not None
    first_address, sent = html.unescape(found[1]), {"date": "2027-02-01", "time": "10:00", "time_zone": "UTC"}

    form = browse.get(first_address).text
    seated = re.findall(r'name="panel" value="(\d+)" checked', form)
    answer = browse.post(first_address, data=sent | {"plan": f"{version.id}-1", "panel": seated})
    second = browse.get(answer.location).text
    others = re.findall(r'name="panel" value="(\d+)" checked', second)
    last = browse.post(answer.location, data=sent | {"plan": f"{version.id}-2", "panel": others})

    assert len(seated) == len(others) == 1
    assert seated != others
    assert f'<option selected value="{version.id}-2">' in second
    assert re.fullmatch(r"/interviews/\d+", last.location)
    kept = db.session.scalars(select(Interview).where(Interview.application_id == int(found[2]))).all()
    assert [each.round_position for each in kept] == [1, 2]


def test_who_has_an_interview_is_not_planned_again(
    browse: FlaskClient, job: Job, hugo: Person, ivy: Person
) -> None:
    planned = factories.application(job, "Planned already")
    planned.status = ApplicationStatus.INVITED
    factories.interview(planned, factories.guide_version(job, hugo), ivy)
    db.session.commit()

    assert "Planned already" not in text(browse.get(f"/jobs/{job.id}/panels"))


def test_nothing_is_stored(browse: FlaskClient, job: Job) -> None:
    browse.post(f"/jobs/{job.id}/panels", data={"raters": "2"})

    assert db.session.scalar(select(func.count(Interview.id))) == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"raters": "0"}, "Choose one to 5 interviewers."),
        ({"raters": "many"}, "Choose one to 5 interviewers."),
        ({"raters": "2", "most": "-1"}, "Choose one to 500 candidates, or leave it empty."),
        ({"raters": "2", "people": ["999"]}, "Choose people from the list."),
    ],
)
def test_a_wrong_wish_stands_beside_its_field(
    browse: FlaskClient, job: Job, sent: dict[str, Any], sentence: str
) -> None:
    answer = browse.post(f"/jobs/{job.id}/panels", data=sent)

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_outsiders_and_interviewers_are_refused(sign_in: SignIn, job: Job, olga: Person, ivy: Person) -> None:
    for person in (olga, ivy):
        client = sign_in(person)
        assert client.get(f"/jobs/{job.id}/panels").status_code == 403
        assert client.post(f"/jobs/{job.id}/panels").status_code == 403


def test_the_number_of_queries_does_not_grow(
    browse: FlaskClient, job: Job, queries: Callable[[], Queries]
) -> None:
    with queries() as few:
        browse.get(f"/jobs/{job.id}/panels")
    for n in range(6):
        factories.application(job, f"More {n}").status = ApplicationStatus.INVITED
    db.session.commit()

    with queries() as many:
        browse.get(f"/jobs/{job.id}/panels")

    assert len(few) == len(many)

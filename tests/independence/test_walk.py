"""Rate before you read, at every door: others' ratings change, and nothing changes for who still owes."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from hiring.decisions.operations import decide
from hiring.extensions import db
from hiring.models import (
    Outcome,
    Person,
)
from tests.conftest import SignIn
from tests.independence.changes import full_world, rate_otherwise
from tests.independence.walk import all_doors, asked, differences
from tests.journeys.world import World, addresses, world


@pytest.fixture
def owing(request: pytest.FixtureRequest) -> Person:
    """Somebody who sits on the panel with Ivy and has not submitted."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


# An interviewer, the hiring manager who leads, a recruiter, and somebody of HR, each on the panel.
@pytest.mark.parametrize("owing", ["ian", "hugo", "rosa", "hana"], indirect=True)
def test_nothing_that_others_rate_reaches_who_owes(
    app: Flask, hugo: Person, ivy: Person, owing: Person, sign_in: SignIn
) -> None:
    there = full_world(hugo, ivy, owing)
    doors = all_doors(app, there, (sign_in(ivy), sign_in(owing)))
    before = asked(owing, sign_in, doors)

    rate_otherwise(there.by_ivy.id)

    after = asked(owing, sign_in, doors)
    assert differences(before, after) == []
    assert sum(status == 200 for status, _headers, _body in before.values()) > 30
    assert len(doors) > 150
    print(f"{owing.name}: {len(doors)} doors asked twice, none differs")


@pytest.mark.parametrize("owing", ["ian", "rosa"], indirect=True)
def test_what_was_decided_does_not_reach_who_owes(
    app: Flask, hugo: Person, ivy: Person, owing: Person, sign_in: SignIn
) -> None:
    there = world(hugo, ivy, owing)
    doors = all_doors(app, there, (sign_in(owing),))
    _decide(there, hugo, Outcome.HIRE, "Heard it twice.")
    hired = asked(owing, sign_in, doors)

    _decide(there, hugo, Outcome.NO_HIRE, "Heard it once.", reason_code="not_selected_skills")

    assert differences(hired, asked(owing, sign_in, doors)) == []


def test_the_same_walk_sees_other_ratings_once_they_may_be_read(
    app: Flask, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    there = full_world(hugo, ivy, ian)
    doors = all_doors(app, there, ())
    before = asked(hugo, sign_in, doors)

    rate_otherwise(there.by_ivy.id)

    changed = set(differences(before, asked(hugo, sign_in, doors)))
    job, carl = f"/jobs/{there.job.id}", f"/applications/{there.application.id}"
    assert {f"{job}/comparison", f"{job}/comparison.pdf", f"{carl}/packet.pdf"} <= changed
    assert f"/scorecards/{there.by_ivy.id}" in changed


def test_every_route_that_can_be_read_is_walked(
    app: Flask, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    there = world(hugo, ivy, ian)
    match = app.url_map.bind("localhost").match
    walked = {match(door.partition("?")[0])[0] for door in addresses(app, there.ids, "GET").values()}
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert routes - walked == {"static", "security.static"}


def _decide(there: World, by: Person, outcome: Outcome, reason: str, **more: Any) -> None:
    decide(there.application, by, outcome, reason, skill_ids=["empathy"], acknowledged_missing=True, **more)
    db.session.commit()

"""Whoever is in conflict with a candidate learns nothing of what others think, at any door."""

from __future__ import annotations

import pytest
from flask import Flask

from hiring.conflicts.operations import declare
from hiring.extensions import db
from hiring.models import ConflictKind, Person
from tests.conftest import SignIn
from tests.independence.changes import full_world, rate_otherwise
from tests.independence.walk import all_doors, asked, differences


# Who leads, a recruiter, HR, and an interviewer who had begun to rate.
@pytest.mark.parametrize("name", ["hugo", "hana", "ian"])
def test_nothing_that_others_rate_reaches_who_is_in_conflict(
    app: Flask,
    name: str,
    hugo: Person,
    ivy: Person,
    ian: Person,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    there = full_world(hugo, ivy, ian)
    person: Person = request.getfixturevalue(name)
    declare(there.application, person, ConflictKind.RELATIVE, by=person)
    db.session.commit()
    doors = all_doors(app, there, (sign_in(ivy), sign_in(person)))
    before = asked(person, sign_in, doors)

    rate_otherwise(there.by_ivy.id)

    assert differences(before, asked(person, sign_in, doors)) == []

"""A job with its draft, and the browser."""

from __future__ import annotations

import pytest

from hiring.extensions import db
from hiring.guides.starting import start_guide
from hiring.models import Guide, Job, Person
from tests import factories

FOUR = ("empathy-1-q1", "empathy-2-q1", "patience-2-q1", "patience-1-q1")


@pytest.fixture
def job(hugo: Person) -> Job:
    """A job on empathy and patience that Hugo leads."""
    return factories.job(lead=hugo)


@pytest.fixture
def guide(job: Job, hugo: Person) -> Guide:
    """Its draft: two questions on empathy, then two on patience."""
    made = start_guide(job, hugo, minutes=45)
    factories.asking(made, *FOUR)
    db.session.commit()
    return made

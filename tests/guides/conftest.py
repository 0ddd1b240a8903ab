"""A job with its draft, and the browser."""

from __future__ import annotations

import pytest

from hiring.extensions import db
from hiring.guides.operations import start_guide
from hiring.models import Guide, Job, Person
from tests import factories


@pytest.fixture
def job(hugo: Person) -> Job:
    """A job on empathy and patience that Hugo leads."""
    return factories.job(lead=hugo)


@pytest.fixture
def guide(job: Job, hugo: Person) -> Guide:
    """Its draft: two questions on empathy, then two on patience."""
    made = start_guide(job, hugo, minutes=45)
    db.session.commit()
    return made

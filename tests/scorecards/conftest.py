"""The cast around one interview, and the browser."""

from __future__ import annotations

import pytest

from hiring.extensions import db
from hiring.models import Interview, Person
from tests import factories


@pytest.fixture
def interview(hugo: Person, ivy: Person, ian: Person) -> Interview:
    """Ivy and Ian have interviewed Carl."""
    job = factories.job(lead=hugo)
    held = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy, ian)
    db.session.commit()
    return held

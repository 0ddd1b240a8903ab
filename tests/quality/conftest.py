"""A job with a published guide, for everything that is told about quality."""

from __future__ import annotations

import pytest

from hiring.models import GuideVersion, Job, Person
from tests import factories


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)

"""What workshops can sort beside the bundled skills."""

from __future__ import annotations

import pytest

from hiring.authoring.operations import add_skill
from hiring.models import BankEntry, Person
from tests.authoring.conftest import skill_words


@pytest.fixture
def own_draft(rosa: Person) -> BankEntry:
    """Rosa's draft of a skill."""
    return add_skill(skill_words(), rosa, "Queues are our daily bread.")

"""One interview that Ivy and Ian have held."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hiring.extensions import db
from hiring.models import Interview, Person
from tests import factories

LEVEL, EVIDENCE = "level-empathy-1-q1", "evidence-empathy-1-q1"


@pytest.fixture
def interview(hugo: Person, ivy: Person, ian: Person) -> Interview:
    """Ivy and Ian have interviewed Carl."""
    job = factories.job(lead=hugo)
    held = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy, ian)
    db.session.commit()
    return held


def filled(page: str, **fields: str) -> bytes:
    """The downloaded form with fields filled, as its own script saves it; underscores stand for hyphens."""
    before, opened, rest = page.partition('<script type="application/json" id="scorecard">')
    stamp, closed, after = rest.partition("</script>")
    data: dict[str, Any] = json.loads(stamp)
    data["fields"] |= {name.replace("_", "-"): value for name, value in fields.items()}
    return (before + opened + json.dumps(data).replace("<", "\\u003c") + closed + after).encode()

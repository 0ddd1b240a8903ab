"""Publishing after the first interview names whom the new version leaves behind."""

from __future__ import annotations

from datetime import timedelta

from hiring.extensions import db
from hiring.guides.history import Touched, touched
from hiring.guides.operations import publish, set_minutes
from hiring.guides.starting import start_guide
from hiring.models import InterviewStatus, Person, now
from tests import factories
from tests.conftest import SignIn


def test_the_candidates_are_named_by_their_version(hugo: Person, ivy: Person, sign_in: SignIn) -> None:
    job = factories.job(lead=hugo)
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    first = publish(guide, hugo)
    assert touched(job) == ()
    for name, status in (
        ("Carl", InterviewStatus.HELD),
        ("Dora", InterviewStatus.PLANNED),
        ("Emil", InterviewStatus.CANCELLED),
    ):
        factories.interview(
            factories.application(job, name), first, ivy, starts_at=now() + timedelta(days=1), status=status
        )
    set_minutes(guide.rounds[0].items[0], 9, hugo)
    db.session.commit()

    page = sign_in(hugo).get(f"/guides/{guide.id}/publish").text

    assert touched(job) == (Touched(1, ("Carl",), ("Dora",)),)
    assert "Version 1, interviewed: Carl" in page
    assert "Version 1, still to come: Dora." in page
    assert "Emil" not in page


def test_names_are_codes_where_the_job_hides_them(hugo: Person, ivy: Person, sign_in: SignIn) -> None:
    job = factories.job(lead=hugo)
    job.hides_names = True
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    carl = factories.application(job)
    factories.interview(carl, publish(guide, hugo), ivy)
    db.session.commit()

    page = sign_in(hugo).get(f"/guides/{guide.id}/publish").text

    assert carl.code in page
    assert "Carl" not in page

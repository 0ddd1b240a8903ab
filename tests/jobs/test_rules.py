"""When ratings open: after one's own submission, after all of them, or at the debrief; one rule for every door."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from hiring import access
from hiring.debriefs.operations import open_debrief
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.interviews.operations import plan_interview
from hiring.jobs.operations import set_rules
from hiring.models import (
    Application,
    AuditEvent,
    Debrief,
    DebriefCandidate,
    GuideVersion,
    Interview,
    Job,
    Person,
    PracticeRound,
    RatingsOpen,
    now,
)
from tests import factories
from tests.conftest import SignIn

OWN, ALL, DEBRIEF = RatingsOpen.AFTER_OWN, RatingsOpen.AFTER_ALL, RatingsOpen.AT_DEBRIEF


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


@pytest.fixture
def application(job: Job, version: GuideVersion, ivy: Person, ian: Person) -> Application:
    """Ivy has submitted for Carl, Ian owes."""
    made = factories.application(job)
    factories.scorecard(factories.interview(made, version, ivy, ian), ivy)
    return made


def readers(application: Application, *people: Person) -> set[str]:
    return {each.name for each in people if access.may_read_ratings(each, application)}


def test_by_default_ratings_open_after_ones_own(
    application: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    assert readers(application, hugo, ivy, ian) == {"Hugo", "Ivy"}


def test_after_all_nobody_reads_while_anybody_owes(
    job: Job, application: Application, hugo: Person, ivy: Person, ian: Person, rosa: Person, hana: Person
) -> None:
    set_rules(job, hugo, ALL)
    before = readers(application, hugo, ivy, ian, rosa, hana)
    factories.scorecard(application_interview(application), ian)

    assert before == set()
    assert readers(application, hugo, ivy, ian, rosa, hana) == {"Hugo", "Ivy", "Ian", "Rosa", "Hana"}


def test_at_the_debrief_nobody_reads_before_it_is_opened(
    job: Job, application: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    set_rules(job, hugo, DEBRIEF)
    factories.scorecard(application_interview(application), ian)
    before = readers(application, hugo, ivy, ian)
    open_debrief(job, hugo, {application.id})

    assert before == set()
    assert readers(application, hugo, ivy, ian) == {"Hugo", "Ivy", "Ian"}


def test_a_debrief_opens_nothing_to_who_owes(
    job: Job, application: Application, hugo: Person, ivy: Person, ian: Person
) -> None:
    set_rules(job, hugo, DEBRIEF)
    talked_about(job, hugo, application)

    assert readers(application, hugo, ivy, ian) == {"Hugo", "Ivy"}


def talked_about(job: Job, lead: Person, application: Application) -> None:
    """A debrief about the candidate, opened before somebody else was put on a panel."""
    debrief = factories.add(Debrief(job_id=job.id, opened_by_id=lead.id, present="", minutes=""))
    factories.add(DebriefCandidate(debrief_id=debrief.id, application_id=application.id))


def application_interview(application: Application) -> Interview:
    """The candidate's only interview."""
    return db.session.scalars(db.select(Interview).where(Interview.application_id == application.id)).one()


def test_the_three_forms_of_the_rule_agree(
    job: Job,
    version: GuideVersion,
    application: Application,
    hugo: Person,
    rosa: Person,
    ivy: Person,
    ian: Person,
    hana: Person,
) -> None:
    dora, elsa = (factories.application(job, name) for name in ("Dora", "Elsa"))
    factories.scorecard(factories.interview(dora, version, ivy), ivy)
    factories.interview(elsa, version, ian, hana)
    talked_about(job, hugo, dora)
    people, applications = (hugo, rosa, ivy, ian, hana), (application, dora, elsa)

    for option, person in itertools.product(RatingsOpen, people):
        job.ratings_open = option
        db.session.flush()
        one_by_one = {each.id for each in applications if access.may_read_ratings(person, each)}
        assert access.readable_application_ids(person, job) == one_by_one
        assert set(db.session.scalars(access.readable_applications(person))) == one_by_one


def test_pages_open_when_the_rule_says(
    job: Job, application: Application, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    set_rules(job, hugo, ALL)
    db.session.commit()
    card = db.session.scalars(db.select(factories.Scorecard)).one().id
    doors = (
        f"/applications/{application.id}/packet",
        f"/scorecards/{card}",
        f"/applications/{application.id}/decision",
    )
    closed = [sign_in(hugo).get(door).status_code for door in doors]
    evidence = sign_in(hugo).get(f"/jobs/{job.id}/comparison/evidence/empathy").text
    interview = sign_in(ivy).get(f"/interviews/{application_interview(application).id}").text
    own = sign_in(ivy).get(f"/scorecards/{card}").status_code
    factories.scorecard(application_interview(application), ian)
    db.session.commit()

    assert closed == [403, 403, 403]
    assert factories.EVIDENCE not in evidence
    assert "Once everybody on the candidate’s panels has submitted" in interview
    assert own == 200
    assert [sign_in(hugo).get(door).status_code for door in doors] == [200, 200, 200]
    assert factories.EVIDENCE in sign_in(hugo).get(f"/jobs/{job.id}/comparison/evidence/empathy").text


def test_a_lead_sets_the_rules_on_a_page(job: Job, hugo: Person, ivy: Person, sign_in: SignIn) -> None:
    db.session.commit()
    address = f"/jobs/{job.id}/rules"
    form = {
        "ratings_open": "at_debrief",
        "hides_names": "y",
        "calibration_days": "90",
        "revision": str(job.revision),
    }
    wrong = sign_in(hugo).post(address, data={**form, "calibration_days": "soon"})
    too_long = sign_in(hugo).post(address, data={**form, "calibration_days": "731"})
    unknown = sign_in(hugo).post(address, data={**form, "ratings_open": "never"})
    saved = sign_in(hugo).post(address, data=form)
    late = sign_in(hugo).post(address, data={**form, "ratings_open": "after_all"})

    assert "Write a whole number, such as 7." in wrong.text
    assert "from 1 to 730" in too_long.text
    assert "Choose when others’ ratings can be read." in unknown.text
    assert (wrong.status_code, too_long.status_code, unknown.status_code, saved.status_code) == (
        422,
        422,
        422,
        303,
    )
    assert "Stored meanwhile by somebody else" in late.text
    assert sign_in(ivy).get(address).status_code == 403
    db.session.refresh(job)
    assert (job.ratings_open, job.hides_names, job.calibration_days) == (DEBRIEF, True, 90)
    assert db.session.scalars(db.select(AuditEvent.action)).all()[-1] == "set_rating_rules"
    with pytest.raises(Stale):
        set_rules(job, hugo, OWN, revision=0)


def test_a_job_may_ask_for_a_fresh_calibration(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    set_rules(job, hugo, OWN, calibration_days=90)
    application = factories.application(job)
    for person, days in ((ivy, 10), (ian, 100)):
        at = now() - timedelta(days=days)
        factories.add(PracticeRound(person_id=person.id, language="en", is_calibration=True, finished_at=at))

    with pytest.raises(Refused, match="these people have none: Ian"):
        plan_interview(application, hugo, version, now(), [ivy, ian])
    planned = plan_interview(application, hugo, version, now(), [ivy])
    db.session.commit()

    assert (
        "This job asks for a fresh calibration"
        not in sign_in(ivy).get(f"/interviews/{planned.id}/scorecard").text
    )
    job.calibration_days = 5
    db.session.commit()
    assert (
        "This job asks for a fresh calibration"
        in sign_in(ivy).get(f"/interviews/{planned.id}/scorecard").text
    )

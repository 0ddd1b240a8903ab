"""Questions that are dropped later: with a reason, for everybody alike, and never after a decision."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from hiring.access import may_drop_questions
from hiring.assessment.estimates import Estimate
from hiring.comparisons.document import Comparison, comparison_of
from hiring.comparisons.evidence import answers_about
from hiring.dropped.operations import count_again, drop_question
from hiring.dropped.queries import dropped_of
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import Application, ApplicationStatus, AuditEvent, Job, Person
from tests import factories
from tests.conftest import SignIn

REASON = "Two candidates took “shift” for “mistake”."


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def rated(job: Job, hugo: Person, ivy: Person, ian: Person) -> list[Application]:
    """Two candidates, each rated by both; the odd question brings Carl down and Dora up."""
    version = factories.guide_version(job, hugo)
    applications = [factories.application(job, name) for name in ("Carl", "Dora")]
    for application, levels in zip(applications, ((4, 1, 4), (4, 5, 2)), strict=True):
        interview = factories.interview(application, version, ivy, ian)
        for person in (ivy, ian):
            factories.scorecard(interview, person, levels)
    return applications


def figures(job: Job, applications: list[Application]) -> Comparison:
    return comparison_of(job, {each.id for each in applications})


def composites(sheet: Comparison) -> dict[str, float]:
    return {
        row.name: round(row.composite.value, 3) for row in sheet.rows if isinstance(row.composite, Estimate)
    }


def test_a_dropped_question_counts_for_nobody_and_stays_readable(
    job: Job, rated: list[Application], hugo: Person
) -> None:
    question = rated_question(job, rated)
    before = figures(job, rated)
    drop_question(job, question, REASON, hugo)
    db.session.flush()
    after = figures(job, rated)

    assert composites(before) == {"Carl": 3.25, "Dora": 3.75}
    assert composites(after) == {"Carl": 4.0, "Dora": 3.0}
    assert [reason for _words, reason in after.dropped] == [REASON]
    assert before.data_hash != after.data_hash
    answers = [each for own in answers_about(rated[0].id, job, None).values() for each in own]
    assert sorted(each.counts for each in answers) == [False, False, True, True, True, True]


def rated_question(job: Job, rated: list[Application]) -> str:
    """The second question of the factories' guide."""
    return factories.QUESTIONS[1][0]


def test_counting_again_gives_the_same_figures_as_before(
    job: Job, rated: list[Application], hugo: Person
) -> None:
    before = figures(job, rated)
    dropped = drop_question(job, rated_question(job, rated), REASON, hugo)
    db.session.flush()
    count_again(dropped, "The second panel asked it well.", hugo)
    db.session.flush()

    assert figures(job, rated).data_hash == before.data_hash
    events = db.session.scalars(select(AuditEvent.action).where(AuditEvent.job_id == job.id)).all()
    assert list(events) == ["drop_question", "count_question_again"]


def test_a_question_of_another_job_counts_there(job: Job, rated: list[Application], hugo: Person) -> None:
    elsewhere = factories.job("Clerk", lead=hugo)
    drop_question(elsewhere, rated_question(job, rated), REASON, hugo)
    db.session.flush()

    assert composites(figures(job, rated)) == {"Carl": 3.25, "Dora": 3.75}
    assert figures(job, rated).dropped == ()


@pytest.mark.parametrize("status", [ApplicationStatus.HIRED, ApplicationStatus.OFFER])
def test_after_a_decision_nothing_is_dropped_and_nothing_counted_again(
    job: Job, rated: list[Application], hugo: Person, status: ApplicationStatus
) -> None:
    dropped = drop_question(job, factories.QUESTIONS[0][0], REASON, hugo)
    db.session.flush()
    rated[0].status = status
    db.session.flush()

    with pytest.raises(Refused, match="decided upon already"):
        drop_question(job, rated_question(job, rated), REASON, hugo)
    with pytest.raises(Refused, match="decided upon already"):
        count_again(dropped, "Why not", hugo)


def test_a_reason_is_needed_and_once_is_enough(job: Job, rated: list[Application], hugo: Person) -> None:
    question = rated_question(job, rated)
    with pytest.raises(Refused, match="Say why"):
        drop_question(job, question, "  ", hugo)
    drop_question(job, question, REASON, hugo)
    db.session.flush()
    with pytest.raises(Refused, match="dropped already"):
        drop_question(job, question, REASON, hugo)


def test_who_still_owes_a_scorecard_drops_nothing(
    job: Job, rated: list[Application], hugo: Person, ivy: Person, rosa: Person
) -> None:
    assert may_drop_questions(hugo, job)
    assert may_drop_questions(rosa, job)
    assert not may_drop_questions(ivy, job)

    version = factories.guide_version(job, hugo, number=2)
    factories.interview(rated[0], version, hugo)
    db.session.flush()

    assert not may_drop_questions(hugo, job)
    assert may_drop_questions(rosa, job)


# The page


def test_dropping_on_the_page(job: Job, rated: list[Application], rosa: Person, sign_in: SignIn) -> None:
    browse: FlaskClient = sign_in(rosa)
    address = f"/jobs/{job.id}/dropped-questions"
    question = rated_question(job, rated)

    refused = browse.post(address, data={"question_id": question, "reason": ""})
    done = browse.post(address, data={"question_id": question, "reason": REASON}, follow_redirects=True)
    comparison = browse.get(f"/jobs/{job.id}/comparison")

    assert refused.status_code == 422
    assert "Say why the question shall not count." in refused.text
    assert f'value="{question}" checked' in refused.text or "checked" in refused.text
    assert REASON in done.text
    assert "Questions that do not count" in comparison.text
    assert REASON in comparison.text

    dropped = dropped_of(job)[0]
    empty = browse.post(f"{address}/{dropped.id}/count", data={"reason": ""})
    browse.post(f"{address}/{dropped.id}/count", data={"reason": "It was asked well."})

    assert "Say why the question shall count again." in empty.text
    assert not dropped_of(job)


def test_a_question_that_nobody_published_cannot_be_dropped(
    job: Job, rated: list[Application], rosa: Person, sign_in: SignIn
) -> None:
    sent = {"question_id": "juggling-1-q1", "reason": REASON}

    refused = sign_in(rosa).post(f"/jobs/{job.id}/dropped-questions", data=sent)

    assert refused.status_code == 422
    assert "Choose a question from the list." in refused.text
    assert not dropped_of(job)

"""The revisions make what the models say, on SQLite and on PostgreSQL, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.exc import IntegrityError

from hiring.app import create_app
from hiring.demo.build import build_demo
from hiring.extensions import db
from hiring.models import (
    Application,
    Base,
    Candidate,
    Interview,
    Job,
    JobBrief,
    JobSkill,
    PublishedCell,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardStatus,
    Stage,
)
from hiring.models.passages import is_ours
from hiring.pages import MIGRATIONS
from hiring.settings import Settings
from tests import factories


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_folder=tmp_path, database_url=database_url, secret_key="for tests"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_revisions_make_exactly_what_the_models_say(application: Flask) -> None:
    upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_every_check_of_the_models_is_in_the_database(application: Flask) -> None:
    upgrade()
    inspector = inspect(db.engine)
    missing = []
    for table in Base.metadata.tables.values():
        stored = {check["name"] for check in inspector.get_check_constraints(table.name)}
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        missing += sorted(wanted - stored)

    assert missing == []


def test_everything_can_be_taken_back_and_made_again(application: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    upgrade()

    assert left == set()
    assert "scorecard" in inspect(db.engine).get_table_names()


def test_published_rates_outlive_the_revision_that_adds_stages(application: Flask) -> None:
    upgrade()
    job = factories.job(lead=factories.person("Hugo"))
    for stage in (Stage.OFFERED, Stage.ABOVE_IN_PANEL):
        factories.add(
            PublishedCell(job_id=job.id, stage=stage, sex="woman", ethnicity="*", reached=20, selected=8)
        )
    db.session.commit()
    downgrade(revision="0010")
    upgrade()

    (cell,) = db.session.scalars(db.select(PublishedCell))
    assert (cell.stage, cell.reached, cell.selected) == (Stage.OFFERED, 20, 8)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("level_on_scale", {"level": 6}),
        ("level_on_scale", {"level": 0}),
        ("level_or_n", {"level": 3, "not_enough_evidence": True}),
    ],
)
def test_the_database_refuses_a_rating_off_the_scale(
    application: Flask, constraint: str, values: dict[str, Any]
) -> None:
    upgrade()
    card = _scorecard()
    db.session.add(Rating(scorecard_id=card.id, question_id="q", skill_id="s", **values))

    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()


def test_the_database_takes_a_level_and_it_takes_n(application: Flask) -> None:
    upgrade()
    card = _scorecard()
    db.session.add(Rating(scorecard_id=card.id, question_id="q1", skill_id="s", level=5))
    db.session.add(Rating(scorecard_id=card.id, question_id="q2", skill_id="s", not_enough_evidence=True))
    db.session.flush()

    assert [rating.is_given for rating in card.ratings] == [True, True]


def test_the_database_refuses_an_unequal_weight_without_a_reason(application: Flask) -> None:
    upgrade()
    job = Job(title="Agent", brief=JobBrief())
    job.skills = [JobSkill(skill_id="empathy", position=1, weight=2)]
    db.session.add(job)

    with pytest.raises(IntegrityError, match="reason_if_unequal"):
        db.session.flush()


def test_the_database_refuses_a_submission_without_a_recommendation(application: Flask) -> None:
    upgrade()
    card = _scorecard()
    card.status = ScorecardStatus.SUBMITTED

    with pytest.raises(IntegrityError, match="complete_if_submitted"):
        db.session.flush()


def test_the_database_refuses_to_be_undecided_without_an_open_point(application: Flask) -> None:
    upgrade()
    card = _scorecard()
    card.status, card.submitted_at = ScorecardStatus.SUBMITTED, factories.now()
    card.recommendation = Recommendation.UNDECIDED

    with pytest.raises(IntegrityError, match="open_point_if_undecided"):
        db.session.flush()


def test_a_deleted_candidate_takes_interviews_and_scorecards_along(application: Flask) -> None:
    upgrade()
    card = _scorecard()
    db.session.commit()
    candidate = db.session.get_one(Interview, card.interview_id).application.candidate
    db.session.execute(db.delete(Candidate).where(Candidate.id == candidate.id))

    assert db.session.scalar(db.select(db.func.count()).select_from(Scorecard)) == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(Application)) == 0


def _scorecard() -> Scorecard:
    ivy = factories.person("Ivy")
    job = factories.job(lead=ivy)
    interview = factories.interview(factories.application(job), factories.guide_version(job, ivy), ivy)
    return factories.add(Scorecard(interview_id=interview.id, interviewer_id=ivy.id))  # type: ignore[no-any-return]


OLDEST_WITH_CONTENT = "0012"


def test_no_revision_loses_a_row_of_what_it_does_not_drop(application: Flask) -> None:
    """The demo is taken back revision by revision and made again; what stays a table keeps its rows."""
    upgrade()
    build_demo()
    db.session.commit()
    db.session.remove()
    script = ScriptDirectory(str(MIGRATIONS))
    down = [each.down_revision for each in script.iterate_revisions("head", OLDEST_WITH_CONTENT)]
    counts = rows_by_table()
    assert min(counts[name] for name in ("candidate", "application", "interview", "scorecard", "rating")) > 0

    for revision in down:
        downgrade(revision=str(revision))
        there = rows_by_table()
        assert {name: there[name] for name in there} == {name: counts[name] for name in there}
    kept = rows_by_table()
    upgrade()

    again = rows_by_table()
    assert {name: again[name] for name in kept} == kept


def rows_by_table() -> dict[str, int]:
    """How many rows every table has; the roles, which a revision may add, are left out."""
    with db.engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608
            for name in inspect(connection).get_table_names()
            if not name.startswith(("role", "alembic_version", "bank_passage", "sqlite_"))
        }

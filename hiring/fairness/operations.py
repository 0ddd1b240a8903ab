"""Asking voluntary questions, storing the answers, and publishing what their sums allow.

Answers are not recorded in the audit: an entry would tie a person to an answer.
"""

from __future__ import annotations

from hiring import audit
from hiring.errors import Refused
from hiring.extensions import db
from hiring.fairness.figures import Cells, by_stage, cells_of
from hiring.fairness.queries import Published, answer_of, published_cells, questions_of
from hiring.i18n import _
from hiring.models import (
    Application,
    Ethnicity,
    Job,
    Person,
    PublishedCell,
    Sex,
    VoluntaryAnswer,
    VoluntaryQuestions,
)


def ask(job: Job, by: Person, sex: bool, ethnicity: bool) -> VoluntaryQuestions:
    """Lets the job's candidates be asked; at least one question must be chosen."""
    if not (sex or ethnicity):
        raise Refused(_("Choose at least one question, or stop asking."), field="asks_sex")
    asked = questions_of(job) or VoluntaryQuestions(job_id=job.id, asked_by_id=by.id)
    asked.asks_sex, asked.asks_ethnicity, asked.asked_by_id = sex, ethnicity, by.id
    db.session.add(asked)
    audit.record("ask_voluntary_questions", job, by, job.id, sex=sex, ethnicity=ethnicity)
    return asked


def stop_asking(job: Job, by: Person) -> None:
    """Asks no more; what was answered stays in its store."""
    asked = questions_of(job)
    if asked is not None:
        audit.record("stop_voluntary_questions", job, by, job.id)
        db.session.delete(asked)


def answer(application: Application, sex: Sex, ethnicity: Ethnicity) -> None:
    """Stores what a candidate answered, in place of an earlier answer. A question not asked stays unanswered."""
    asked = questions_of(application.job)
    if asked is None:
        raise Refused(_("These questions are not asked any more. Nothing was stored."))
    given = answer_of(application) or VoluntaryAnswer(application_id=application.id)
    given.sex = sex if asked.asks_sex else Sex.NOT_SAID
    given.ethnicity = ethnicity if asked.asks_ethnicity else Ethnicity.NOT_SAID
    db.session.add(given)


def publish_report(job: Job, by: Person) -> bool:
    """Puts today's cells, as far as they may be shown, in the place of the job's published ones, stage by stage.

    False if all stay as they were, because too few people have moved since.
    """
    before = published_cells(job)
    earlier, shown = by_stage(before), cells_of(job, before)
    changed = {
        stage for stage in earlier.keys() | shown.keys() if earlier.get(stage, {}) != shown.get(stage, {})
    }
    _replace(job, before, {stage: shown.get(stage, {}) for stage in changed})
    audit.record("publish_selection_rates", job, by, job.id)
    return bool(changed)


def _replace(job: Job, before: Published, changed: Cells) -> None:
    for old in before.rows:
        if old.stage in changed:
            db.session.delete(old)
    db.session.flush()
    for stage, cells in changed.items():
        for (sex, ethnicity), count in cells.items():
            db.session.add(
                PublishedCell(
                    job_id=job.id,
                    stage=stage,
                    sex=sex,
                    ethnicity=ethnicity,
                    reached=count.reached,
                    selected=count.selected,
                )
            )

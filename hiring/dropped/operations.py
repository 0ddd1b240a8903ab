"""Dropping a question from a job's figures, and counting it again."""

from __future__ import annotations

from hiring import audit
from hiring.dropped.queries import dropped_of, somebody_is_decided
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import DroppedQuestion, Job, Person


def drop_question(job: Job, question_id: str, reason: str, by: Person) -> DroppedQuestion:
    """Leaves a question out of every figure of the job, for all candidates alike; the ratings stay as given.

    Raises Refused without a reason, if it is dropped already, or once a rated candidate was decided upon.
    """
    _refuse_decided(job)
    if not reason.strip():
        raise Refused(_("Say why the question shall not count."), field="reason")
    if question_id in {each.question_id for each in dropped_of(job)}:
        raise Refused(_("This question is dropped already."), field="question_id")
    dropped = DroppedQuestion(job=job, question_id=question_id, reason=reason.strip(), dropped_by=by)
    db.session.add(dropped)
    audit.record("drop_question", job, by, job.id, question=question_id, reason=dropped.reason)
    return dropped


def count_again(dropped: DroppedQuestion, reason: str, by: Person) -> None:
    """Lets a dropped question count again, for all candidates alike; the record keeps both.

    Raises Refused without a reason, or once a rated candidate was decided upon.
    """
    _refuse_decided(dropped.job)
    if not reason.strip():
        raise Refused(_("Say why the question shall count again."), field="reason")
    audit.record(
        "count_question_again",
        dropped.job,
        by,
        dropped.job_id,
        question=dropped.question_id,
        reason=reason.strip(),
    )
    db.session.delete(dropped)


def _refuse_decided(job: Job) -> None:
    if somebody_is_decided(job):
        raise Refused(
            _(
                "A rated candidate was decided upon already. What counted for one counts for all,"
                " so the questions stay as they are."
            )
        )

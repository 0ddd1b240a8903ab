"""Taking in what was filled elsewhere: it waits until its interviewer has looked at it."""

from __future__ import annotations

from collections.abc import Mapping

from hiring import audit
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    EntrySource,
    EntryStatus,
    Interview,
    InterviewStatus,
    Panelist,
    Person,
    Scorecard,
    ScorecardEntry,
    now,
)
from hiring.offline.answers_file import AnswersFile, refuse_misfit
from hiring.scorecards.document import Answers, is_written
from hiring.scorecards.operations import check_answers, save_scorecard
from hiring.scorecards.queries import scorecard_of


def enter_file(interview: Interview, person: Person, file: AnswersFile, answers: Answers) -> ScorecardEntry:
    """Keeps the answers of an offline form for its interviewer to look at; the scorecard stays as it is.

    Raises Refused where the form does not fit; ``answers`` are the file's fields, read.
    """
    refuse_misfit(file, interview, person, scorecard_of(interview, person))
    check_answers(interview, answers)
    return _entered(interview, person, person, EntrySource.OFFLINE_FORM, file.fields, file.revision)


def enter_paper(
    panelist: Panelist, by: Person, fields: Mapping[str, str], answers: Answers
) -> ScorecardEntry:
    """Keeps what a colleague typed from an interviewer's paper for that interviewer to confirm."""
    interview, person = panelist.interview, panelist.person
    card = scorecard_of(interview, person)
    if interview.status is InterviewStatus.CANCELLED:
        raise Refused(_("This interview was cancelled. There is nothing to rate."))
    if card is not None and card.is_submitted:
        raise Refused(_("%(name)s has already submitted.", name=person.name))
    check_answers(interview, answers)
    if not any(is_written(value) for value in fields.values()):
        raise Refused(_("Type in at least one level or one text."))
    return _entered(interview, person, by, EntrySource.PAPER, fields, card.revision if card else 0)


def take_over(entry: ScorecardEntry, person: Person, answers: Answers, revision: int) -> Scorecard:
    """Writes what the interviewer chose into the scorecard; ``revision`` is the one that was looked at."""
    _refuse_answered(entry)
    card = save_scorecard(entry.interview, person, answers, revision)
    entry.status, entry.answered_at = EntryStatus.TAKEN, now()
    job_id = entry.interview.application.job_id
    audit.record(
        "take_over_entry", entry, person, job_id, source=str(entry.source), interview_id=entry.interview_id
    )
    return card


def throw_away(entry: ScorecardEntry, person: Person) -> None:
    """Nothing of it enters the scorecard."""
    _refuse_answered(entry)
    entry.status, entry.answered_at = EntryStatus.REFUSED, now()
    audit.record(
        "refuse_entry", entry, person, entry.interview.application.job_id, interview_id=entry.interview_id
    )


def _entered(
    interview: Interview,
    person: Person,
    by: Person,
    source: EntrySource,
    fields: Mapping[str, str],
    revision: int,
) -> ScorecardEntry:
    entry = ScorecardEntry(
        interview=interview,
        interviewer=person,
        entered_by=by,
        source=source,
        content={"fields": dict(fields), "guide": interview.guide_version.content_hash},
        base_revision=revision,
    )
    db.session.add(entry)
    audit.record(
        "enter_answers", entry, by, interview.application.job_id, source=str(source), for_id=person.id
    )
    return entry


def _refuse_answered(entry: ScorecardEntry) -> None:
    if entry.status is not EntryStatus.WAITING:
        raise Refused(_("You have already answered this."))

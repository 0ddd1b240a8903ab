"""Every kind of document: whose door it stands behind, what it is about, and how it is made for a reader.

Pages, the command line and links to documents find them here and make them the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hiring.access import (
    Rule,
    may_compare,
    may_decide,
    may_extract_audit,
    may_hand_over_records,
    may_read_letters,
    may_read_ratings,
    may_see_debrief,
    may_see_guide_version,
    may_see_interview,
    may_see_selection_rates,
    readable_application_ids,
)
from hiring.auditing.document import extract_of
from hiring.auditing.paper import extract_paper
from hiring.candidates.naming import name_of
from hiring.comparisons import paper as comparison_papers
from hiring.comparisons.document import Basis, basis_of
from hiring.comparisons.evidence import evidence_of
from hiring.comparisons.queries import applications_of
from hiring.debriefs.document import debrief_sheet
from hiring.debriefs.paper import minutes_paper
from hiring.decisions.explanation import explanation_of
from hiring.decisions.paper import feedback_paper
from hiring.errors import Refused
from hiring.export.choice import Choice
from hiring.export.printed import Document
from hiring.fairness.document import report_of
from hiring.fairness.paper import rates_paper
from hiring.guides import paper as guide_papers
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.interviews.paper import handout_paper
from hiring.models import Application, Debrief, GuideVersion, Interview, Job, Person
from hiring.packets import paper as packet_papers
from hiring.packets.document import packet_of
from hiring.packets.records import records_of

Subject = Application | Job | GuideVersion | Debrief | Interview
Reader = Person | None  # None is the command line, which reads everything.


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    ``rule`` is the door of its page; ``prepare`` makes it for a reader. ``takes_out`` says whether names can be taken
    out, and ``by_default`` whether they are, unless somebody chooses otherwise.
    """

    id: str
    name: Any
    rule: Rule
    prepare: Callable[[Any, Choice, Reader], Document]
    sections: Mapping[str, Any] = field(default_factory=dict)
    takes_out: bool = False
    by_default: bool = False
    has_data: bool = True
    has_own_language: bool = False


def job_of(subject: Subject) -> Job:
    """The job that a document's subject belongs to."""
    if isinstance(subject, Job):
        return subject
    if isinstance(subject, Interview):
        return subject.application.job
    return subject.guide.job if isinstance(subject, GuideVersion) else subject.job


def subject_name(subject: Subject) -> str:
    """What a document is about, as its reader may know it."""
    if isinstance(subject, Interview):
        return name_of(subject.application)
    return name_of(subject) if isinstance(subject, Application) else job_of(subject).title


def _packet(application: Application, choice: Choice, reader: Reader) -> Document:
    with_messages = reader is None or may_read_letters(reader, application)
    return packet_papers.packet_paper(packet_of(application, with_messages), choice)


def _decision(application: Application, choice: Choice, reader: Reader) -> Document:
    return packet_papers.decision_paper(packet_of(application, with_messages=False), choice)


def _records(application: Application, choice: Choice, reader: Reader) -> Document:
    return packet_papers.records_paper(records_of(application), choice)


def _feedback(application: Application, choice: Choice, reader: Reader) -> Document:
    explanation = explanation_of(application)
    if explanation is None:
        raise Refused(_("Nothing is decided about %(name)s yet.", name=name_of(application)))
    return feedback_paper(explanation, choice)


def comparison_basis(job: Job, reader: Reader) -> Basis:
    """The candidates of a job whose ratings the reader may read."""
    return basis_of(job, _readable(job, reader))


def _readable(job: Job, reader: Reader) -> set[int]:
    if reader is None:
        return {application.id for application in applications_of(job)}
    return readable_application_ids(reader, job)


def _comparison(job: Job, choice: Choice, reader: Reader) -> Document:
    basis = comparison_basis(job, reader)
    evidence = evidence_of(basis) if "evidence" in choice.sections_of(comparison_papers.SECTIONS) else ()
    return comparison_papers.comparison_paper(basis, evidence, choice)


def _guide(version: GuideVersion, choice: Choice, reader: Reader) -> Document:
    return guide_papers.version_paper(version, choice)


def _compact(version: GuideVersion, choice: Choice, reader: Reader) -> Document:
    return guide_papers.compact_paper(version, choice)


def _scorecard(version: GuideVersion, choice: Choice, reader: Reader) -> Document:
    return guide_papers.scorecard_paper(version, choice)


def _cards(version: GuideVersion, choice: Choice, reader: Reader) -> Document:
    return guide_papers.cards_paper(version, choice)


def _kick_off(version: GuideVersion, choice: Choice, reader: Reader) -> Document:
    return guide_papers.kick_off_paper(version, choice)


def _handout(interview: Interview, choice: Choice, reader: Reader) -> Document:
    return handout_paper(interview, choice)


def _minutes(debrief: Debrief, choice: Choice, reader: Reader) -> Document:
    return minutes_paper(debrief_sheet(debrief, _readable(debrief.job, reader)), choice)


def _rates(job: Job, choice: Choice, reader: Reader) -> Document:
    sheet = report_of(job)
    if sheet.published_at is None:
        raise Refused(_("No selection rates of this job are published yet."))
    return rates_paper(job, sheet, choice)


def _audit(job: Job, choice: Choice, reader: Reader) -> Document:
    return extract_paper(extract_of(job), choice)


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            "packet",
            _l("Candidate packet"),
            may_read_ratings,
            _packet,
            packet_papers.SECTIONS,
            takes_out=True,
        ),
        Kind(
            "records",
            _l("Records about one person"),
            may_hand_over_records,
            _records,
            packet_papers.SECTIONS,
            takes_out=True,
            by_default=True,
        ),
        Kind("decision", _l("Decision record"), may_read_ratings, _decision, takes_out=True),
        Kind("feedback", _l("Feedback for the candidate"), may_decide, _feedback, has_data=False),
        Kind(
            "comparison",
            _l("Candidate comparison"),
            may_compare,
            _comparison,
            comparison_papers.SECTIONS,
            takes_out=True,
        ),
        Kind("adverse-impact", _l("Selection rates"), may_see_selection_rates, _rates),
        Kind("audit", _l("Audit extract"), may_extract_audit, _audit, takes_out=True),
        Kind(
            "guide",
            _l("Interview guide"),
            may_see_guide_version,
            _guide,
            guide_papers.SECTIONS,
            has_own_language=True,
        ),
        Kind("compact-guide", _l("Compact guide"), may_see_guide_version, _compact, has_own_language=True),
        Kind("blank-scorecard", _l("Blank scorecard"), may_see_guide_version, _scorecard, has_data=False),
        Kind("cards", _l("Interviewer cards"), may_see_guide_version, _cards, has_data=False),
        Kind("kick-off", _l("Kick-off sheet"), may_see_guide_version, _kick_off, has_data=False),
        Kind("handout", _l("Handout for the candidate"), may_see_interview, _handout, has_data=False),
        Kind("minutes", _l("Debrief minutes"), may_see_debrief, _minutes, takes_out=True, has_data=False),
    )
}

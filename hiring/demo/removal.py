"""Deletes the demo organisation with all that belongs to it, and nothing else."""

from __future__ import annotations

from sqlalchemy import Select, delete, or_, select, update

from hiring import audit
from hiring.accounts.queries import UNNAMED
from hiring.demo.build import NAME
from hiring.errors import Refused
from hiring.export.printed import kept_documents
from hiring.extensions import db
from hiring.i18n import ngettext
from hiring.models import (
    ERASED_NAME,
    Application,
    AuditEvent,
    BankRevision,
    Candidate,
    CandidateMessage,
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    Decision,
    DroppedQuestion,
    Guide,
    GuideVersion,
    Interview,
    Job,
    JobCut,
    JobMember,
    OpenPoint,
    Organisation,
    Panelist,
    PendingDecision,
    Person,
    Scorecard,
    Sorter,
    StandardJudgement,
    VoluntaryQuestions,
    Workshop,
    WorkshopAnchor,
)

# Whatever else still names a person of the demo keeps that person from being deleted.
TRACES = (
    (JobMember, JobMember.person_id),
    (Panelist, Panelist.person_id),
    (Scorecard, Scorecard.interviewer_id),
    (GuideVersion, GuideVersion.published_by_id),
    (JobCut, JobCut.set_by_id),
    (Debrief, Debrief.opened_by_id),
    (Debrief, Debrief.closed_by_id),
    (ConsensusRating, ConsensusRating.written_by_id),
    (DebriefAddendum, DebriefAddendum.written_by_id),
    (OpenPoint, OpenPoint.answered_by_id),
    (VoluntaryQuestions, VoluntaryQuestions.asked_by_id),
    (Decision, Decision.decided_by_id),
    (PendingDecision, PendingDecision.decided_by_id),
    (CandidateMessage, CandidateMessage.drafted_by_id),
    (DroppedQuestion, DroppedQuestion.dropped_by_id),
    (StandardJudgement, StandardJudgement.person_id),
    (BankRevision, BankRevision.author_id),
    (BankRevision, BankRevision.reviewed_by_id),
    (Workshop, Workshop.led_by_id),
    (Workshop, Workshop.signed_off_by_id),
    (WorkshopAnchor, WorkshopAnchor.proposed_by_id),
    (Sorter, Sorter.person_id),
)


def remove_demo(by: Person | None, with_own_candidates: bool = False) -> None:
    """Deletes the demo's jobs, candidates, workshops and people.

    Raises Refused if somebody real applied for one of the demo's jobs: that would delete their record,
    and has to be said to be meant.
    A person of the demo who has worked on real jobs stays, without being able to sign in.
    """
    jobs = select(Job.id).where(Job.is_demo)
    own = _own_candidate_ids(jobs)
    if own and not with_own_candidates:
        raise Refused(_refusal(len(own)))
    applications = select(Application.id).where(Application.job_id.in_(jobs))
    db.session.execute(delete(Interview).where(Interview.application_id.in_(applications)))
    guides = select(Guide.id).where(Guide.job_id.in_(jobs))
    db.session.execute(delete(GuideVersion).where(GuideVersion.guide_id.in_(guides)))
    job_ids = set(db.session.scalars(jobs))
    db.session.execute(delete(Job).where(Job.is_demo))
    elsewhere = select(Application.candidate_id)
    only_here = Candidate.id.in_(own) & Candidate.id.not_in(elsewhere)
    db.session.execute(delete(Candidate).where(or_(Candidate.is_demo, only_here)))
    remover = None if by is None or by.is_demo else by
    workshops, people = _remove_workshops(), _remove_people()
    _remove_name()
    kept_documents().forget_everything()
    organisation = db.session.get(Organisation, 1)
    if organisation is not None:
        _erase_told(job_ids, workshops, people, organisation, remover)
        audit.record("remove_demo", organisation, remover)


def _erase_told(
    jobs: set[int], workshops: set[int], people: set[int], organisation: Organisation, by: Person | None
) -> None:
    """Takes the names out of the audit entries about what is deleted; the entries themselves stay."""
    is_named = (AuditEvent.action == "found_organisation") & (AuditEvent.actor_name != ERASED_NAME)
    query = select(AuditEvent).where(
        or_(
            AuditEvent.job_id.in_(jobs),
            AuditEvent.actor_id.in_(people),
            (AuditEvent.thing == Person.__tablename__) & AuditEvent.thing_id.in_(people),
            (AuditEvent.thing == Workshop.__tablename__) & AuditEvent.thing_id.in_(workshops),
            is_named,
        )
    )
    told = [
        event
        for event in db.session.scalars(query.order_by(AuditEvent.id))
        if not audit.is_erased(event)
        and (event.action != "found_organisation" or event.details.get("name") == NAME)
    ]
    audit.erase(told, organisation, by, why="demo")


def _own_candidate_ids(jobs: Select[int]) -> set[int]:
    query = (
        select(Candidate.id)
        .join(Application, Application.candidate_id == Candidate.id)
        .where(Application.job_id.in_(jobs), ~Candidate.is_demo)
    )
    return set(db.session.scalars(query))


def _refusal(count: int) -> str:
    return ngettext(
        "One candidate of your own applied for the demo's jobs and would be deleted with them;"
        " add --with-own-candidates if that is meant.",
        "%(num)s candidates of your own applied for the demo's jobs and would be deleted with them;"
        " add --with-own-candidates if that is meant.",
        count,
    )


def _remove_workshops() -> set[int]:
    """Those in which nobody but the demo's people took part; gives their numbers."""
    real = select(Person.id).where(~Person.is_demo)
    taking_part = (
        select(WorkshopAnchor.workshop_id).where(WorkshopAnchor.proposed_by_id.in_(real)),
        select(Sorter.workshop_id).where(Sorter.person_id.in_(real)),
        select(Workshop.id).where(Workshop.led_by_id.in_(real) | Workshop.signed_off_by_id.in_(real)),
    )
    query = select(Workshop.id).where(*(Workshop.id.not_in(each) for each in taking_part))
    found = set(db.session.scalars(query))
    db.session.execute(delete(Workshop).where(Workshop.id.in_(found)))
    return found


def _remove_people() -> set[int]:
    """Those whom nothing real names any more; gives their numbers."""
    traces = [select(column).where(column.is_not(None)) for _, column in TRACES]
    is_traced = or_(*(Person.id.in_(trace) for trace in traces))
    db.session.execute(update(Person).where(Person.is_demo, is_traced).values(active=False, is_demo=False))
    found = set(db.session.scalars(select(Person.id).where(Person.is_demo)))
    db.session.execute(delete(Person).where(Person.is_demo))
    return found


def _remove_name() -> None:
    """Takes the demo's name from an organisation that never got one of its own."""
    renamed = update(Organisation).where(Organisation.name == NAME)
    db.session.execute(renamed.values(name=UNNAMED, revision=Organisation.revision + 1))

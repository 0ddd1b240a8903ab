"""Two jobs with everything in them, and the addresses of all pages about the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from hiring.authoring.operations import copy_of, review
from hiring.decisions.operations import draft_message
from hiring.extensions import db
from hiring.fairness.forms import key_of
from hiring.guides.operations import add_round, publish
from hiring.guides.starting import start_guide
from hiring.models import (
    Application,
    ConflictKind,
    ConflictOfInterest,
    ConsensusRating,
    Debrief,
    DebriefCandidate,
    DroppedQuestion,
    EntrySource,
    EvidenceReview,
    EvidenceReviewer,
    ExportFile,
    ExportForm,
    ExportRun,
    ExportStatus,
    Guide,
    Interview,
    InterviewStatus,
    Job,
    JobCut,
    OpenPoint,
    Outcome,
    PendingDecision,
    Person,
    Scorecard,
    ScorecardEntry,
    SharedDocument,
    VoluntaryQuestions,
    Workshop,
    now,
)
from hiring.practice.operations import begin_round
from hiring.scorecards.operations import Answers, save_scorecard
from tests import factories
from tests.workshops import stages

# The token differs with every session; a revision counts the saves of a row and says nothing of their content.
COUNTED = re.compile(
    rb'(csrf_token" value="|X-CSRFToken": "|name="revision" type="hidden" value="|data-revision=")[^"]+'
)

FOUR = ("empathy-1-q1", "empathy-2-q1", "patience-2-q1", "patience-1-q1")


@dataclass(frozen=True)
class World:
    """A job of Hugo's in which Ivy has rated Carl and the others still owe; ``ids`` fill addresses."""

    job: Job
    application: Application
    interview: Interview
    by_ivy: Scorecard
    ids: dict[str, Any]


def world(hugo: Person, ivy: Person, *owing: Person, title: str = "Support agent") -> World:
    """The job with its guide, Carl, whom Ivy has rated, and Dora, whom she has rated alone."""
    job = factories.job(title, lead=hugo)
    guide = start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)
    factories.asking(guide, *FOUR)
    publish(guide, hugo)
    version = factories.guide_version(job, hugo, number=2)
    application = factories.application(job)
    interview = factories.interview(application, version, ivy, *owing)
    by_ivy = factories.scorecard(interview, ivy)
    dora = factories.application(job, "Dora")
    factories.scorecard(factories.interview(dora, version, ivy), ivy, (2, 3, 5))
    for person in owing:
        delivered(interview, person)
        save_scorecard(interview, person, Answers(ratings={"empathy-1-q1": (3, "My own words.")}))
    message = draft_message(application, "msg-after-interview", hugo)
    entry = copy_of("empathy-1", ivy, "Adapted to our desk.")
    point = talked_about(job, hugo, application, dora)
    factories.add(
        PendingDecision(
            application_id=dora.id,
            outcome=Outcome.HIRE,
            reason="Heard it.",
            skill_ids=[],
            decided_by_id=hugo.id,
        )
    )
    workshop = stages.closed(hugo, ivy, factories.person("Sorter", email=f"{uuid4().hex}@example.org"))
    stages.follow_the_figures(workshop, hugo)
    db.session.commit()
    asked_again(job, hugo, ivy, *owing)
    ids = _ids(job, application, interview, by_ivy, guide, message.id, entry.id, workshop, point)
    return World(job, application, interview, by_ivy, ids)


def asked_again(job: Job, lead: Person, *reviewers: Person) -> None:
    """These are to rate the job's written evidence a second time."""
    seats = [EvidenceReviewer(person_id=each.id, seed=each.id) for each in reviewers]
    factories.add(EvidenceReview(job_id=job.id, opened_by_id=lead.id, reviewers=seats))


def dropped_question(job: Job) -> DroppedQuestion:
    """A question of which nobody has heard, dropped once."""
    known = db.session.scalar(select(DroppedQuestion).where(DroppedQuestion.job_id == job.id))
    return known or factories.add(
        DroppedQuestion(
            job_id=job.id,
            question_id="unheard-1-q1",
            reason="Nobody understood it.",
            dropped_by_id=job.members[0].person_id,
        )
    )


def conflict(application: Application) -> ConflictOfInterest:
    """Somebody who takes part in nothing is a cousin of the candidate's."""
    cousin = factories.person("Cousin", email=f"{uuid4().hex}@example.org")
    return factories.add(  # type: ignore[no-any-return]
        ConflictOfInterest(
            candidate_id=application.candidate_id,
            person_id=cousin.id,
            kind=ConflictKind.RELATIVE,
            declared_by_id=cousin.id,
        )
    )


def delivered(interview: Interview, person: Person) -> ScorecardEntry:
    """Answers from an offline form that wait for their interviewer."""
    fields = {"evidence-empathy-1-q1": "Typed in the train.", "level-empathy-1-q1": "2"}
    return factories.add(  # type: ignore[no-any-return]
        ScorecardEntry(
            interview_id=interview.id,
            interviewer_id=person.id,
            entered_by_id=person.id,
            source=EntrySource.OFFLINE_FORM,
            content={"fields": fields},
        )
    )


def beginning(lead: Person, card: Scorecard) -> dict[str, Any]:
    """The numbers of a job in which nobody has rated and one interview is planned for tomorrow.

    ``card`` stands for its missing scorecard.
    """
    job = factories.job("A job that begins", lead=lead)
    guide = start_guide(job, lead, skill_ids=["empathy", "patience"], minutes=45)
    factories.asking(guide, *FOUR)
    add_round(guide, lead, "Second round", 45)
    version = factories.guide_version(job, lead)
    application = factories.application(job, "Emil")
    planned = factories.interview(
        application, version, lead, starts_at=now() + timedelta(days=1), status=InterviewStatus.PLANNED
    )
    message = draft_message(application, "msg-received", lead)
    entry = copy_of("patience-1", card.interviewer, "Adapted to our desk.")
    review(entry, lead)
    workshop = stages.started(lead, card.interviewer)
    point = talked_about(job, lead, application, closed=True)
    factories.add(JobCut(job_id=job.id, level=3.0, reason="Enough.", set_by_id=lead.id))
    asked_again(job, lead, card.interviewer)
    db.session.commit()
    return _ids(job, application, planned, card, guide, message.id, entry.id, workshop, point)


def talked_about(job: Job, lead: Person, *applications: Application, closed: bool = False) -> OpenPoint:
    """An open point of a debrief about these applications, whoever still owes; the job asks voluntary questions."""
    factories.add(VoluntaryQuestions(job_id=job.id, asked_by_id=lead.id, asks_sex=True, asks_ethnicity=True))
    debrief = factories.add(Debrief(job_id=job.id, opened_by_id=lead.id, present="", minutes=""))
    if closed:
        debrief.closed_at, debrief.closed_by_id = now(), lead.id
    for each in applications:
        factories.add(DebriefCandidate(debrief_id=debrief.id, application_id=each.id))
    first = applications[0]
    factories.add(
        ConsensusRating(
            debrief_id=debrief.id,
            application_id=first.id,
            skill_id="empathy",
            level=3,
            reason="",
            written_by_id=lead.id,
        )
    )
    point = OpenPoint(debrief_id=debrief.id, application_id=first.id, text="Ask again?", who="", answer="")
    return factories.add(point)


def workshops_on_the_way(leader: Person, signer: Person, *sorters: Person) -> list[dict[str, Any]]:
    """The numbers of a workshop that is being sorted, and of one whose outcome is there to be used."""
    on_the_way = (stages.sorting(leader, *sorters), stages.signed_off(leader, signer, *sorters))
    return [{"workshop_id": each.id, "anchor_id": each.anchors[0].id} for each in on_the_way]


def _ids(
    job: Job,
    application: Application,
    interview: Interview,
    card: Scorecard,
    guide: Guide,
    message_id: int,
    entry_id: int,
    workshop: Workshop,
    point: OpenPoint,
) -> dict[str, Any]:
    return {
        "debrief_id": point.debrief_id,
        "point_id": point.id,
        "key": key_of(application),
        "job_id": job.id,
        "application_id": application.id,
        "interview_id": interview.id,
        "panelist_id": interview.panel[0].id,
        "delivery_id": db.session.scalar(select(func.min(ScorecardEntry.id))) or 1,
        "scorecard_id": card.id,
        "sitting_id": begin_round(job.members[0].person, "en", "empathy").id,
        "guide_id": guide.id,
        "version_id": interview.guide_version_id,
        "round_id": guide.rounds[0].id,
        "item_id": guide.rounds[0].items[0].id,
        "person_id": card.interviewer_id,
        "message_id": message_id,
        "entry_id": entry_id,
        "workshop_id": workshop.id,
        "anchor_id": workshop.anchors[0].id,
        "conflict_id": conflict(application).id,
        "dropped_id": dropped_question(job).id,
        "evidence_review_id": db.session.scalar(
            select(func.max(EvidenceReview.id)).where(EvidenceReview.job_id == job.id)
        )
        or 1,
        "skill_id": "empathy",
        "ending": "csv",
        "secret": "a-secret-that-leads-nowhere",
        "shared_document_id": shared_document(application).id,
        "export_run_id": export_run(application, application.job.members[0].person).id,
        "question_id": "empathy-1-q1",
    }


def shared_document(application: Application) -> SharedDocument:
    """A link that Hugo made to the candidate's packet."""
    return cast(
        SharedDocument,
        factories.add(
            SharedDocument(
                secret_hash=uuid4().hex,
                document="packet",
                subject_id=application.id,
                job_id=application.job_id,
                name="packet.pdf",
                recipient="Zoë Quist",
                shared_by_id=application.job.members[0].person_id,
                expires_at=now() + timedelta(days=7),
                content=b"%PDF-",
            )
        ),
    )


def export_run(application: Application, by: Person) -> ExportRun:
    """Packets that somebody asked for, which are made."""
    made = ExportFile(
        application_id=application.id,
        position=1,
        name="packet.pdf",
        about=application.candidate.name,
        fingerprint=uuid4().hex,
        made_at=now(),
        content=b"%PDF-",
    )
    return factories.add(  # type: ignore[no-any-return]
        ExportRun(
            job_id=application.job_id,
            person_id=by.id,
            form=ExportForm.ARCHIVE,
            status=ExportStatus.DONE,
            chosen={},
            files=[made],
        )
    )


def addresses(app: Flask, ids: dict[str, Any], method: str) -> dict[str, str]:
    """The address of every endpoint that answers the method, with ``ids`` in it; static files are left out."""
    build = app.url_map.bind("localhost").build
    return {
        rule.endpoint: build(rule.endpoint, {name: ids[name] for name in rule.arguments}, method)
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and "filename" not in rule.arguments
    }


def answer(client: FlaskClient, address: str) -> tuple[int, bytes]:
    """Status and body of a page, without tokens and revisions."""
    found = client.get(address)
    return found.status_code, COUNTED.sub(rb"\1", found.data)

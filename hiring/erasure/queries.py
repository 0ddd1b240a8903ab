"""Everything of a candidate that is to be erased."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    Candidate,
    Interview,
    Scorecard,
)


def applications_of(candidate: Candidate) -> Sequence[Application]:
    """Every application of the candidate."""
    return db.session.scalars(select(Application).where(Application.candidate_id == candidate.id)).all()


def interviews_of(application_ids: Collection[int]) -> Sequence[Interview]:
    """Their interviews, the cancelled ones included."""
    return db.session.scalars(select(Interview).where(Interview.application_id.in_(application_ids))).all()


def scorecards_of(interview_ids: Collection[int]) -> Sequence[Scorecard]:
    """What was rated in them, drafts included."""
    query = (
        select(Scorecard)
        .options(selectinload(Scorecard.ratings), selectinload(Scorecard.observations))
        .where(Scorecard.interview_id.in_(interview_ids))
    )
    return db.session.scalars(query).all()


def events_naming(candidate: Candidate, application_ids: Collection[int]) -> list[AuditEvent]:
    """The audit entries about the candidate, or in whose details the name, the address or an application stands."""
    words = [each for each in (candidate.name, candidate.email, candidate.phone) if len(each) > 1]
    own = {("candidate", candidate.id), *(("application", each) for each in application_ids)}
    return [
        event
        for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        if (event.thing, event.thing_id) in own
        or event.details.get("application_id") in application_ids
        or any(word in json.dumps(event.details, ensure_ascii=False) for word in words)
    ]

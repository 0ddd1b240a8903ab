"""Opening a review of written evidence, rating in it, closing it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hiring import audit
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import EvidenceReview, EvidenceReviewer, Job, Person, SecondRating, now
from hiring.second_ratings.queries import reviewer_in, reviews_of, second_ratings_in

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Second:
    """A second level from 1 to 5, or None for not enough evidence, with its reason."""

    level: int | None
    reason: str = ""


def open_review(job: Job, by: Person, reviewers: Collection[Person]) -> EvidenceReview:
    """Asks colleagues to rate the job's written evidence once more. Raises Refused if nobody is asked."""
    if not reviewers:
        raise Refused(_("Choose at least one colleague."), field="reviewers")
    if any(each.closed_at is None for each in reviews_of(job)):
        raise Refused(_("Second ratings are open for this job already. Close them first."))
    review = EvidenceReview(job_id=job.id, opened_by_id=by.id)
    review.reviewers = [
        EvidenceReviewer(person_id=each.id, seed=secrets.randbelow(2**31)) for each in reviewers
    ]
    db.session.add(review)
    db.session.flush()
    audit.record("open_second_ratings", review, by, job.id, reviewers=sorted(each.name for each in reviewers))
    return review


def rate_again(review: EvidenceReview, person: Person, given: Mapping[int, Second]) -> None:
    """Stores second levels by the number of the first rating; an earlier one of the same person is replaced.

    Raises Refused once the review is closed, or for somebody who was not asked.
    """
    if review.closed_at is not None:
        raise Refused(_("These second ratings are closed. Nothing was stored."))
    if reviewer_in(review, person) is None:
        raise Refused(_("You were not asked for second ratings here."))
    stored = {each.rating_id: each for each in second_ratings_in(review, person)}
    for rating_id, second in given.items():
        row = stored.get(rating_id) or SecondRating(
            review_id=review.id, rating_id=rating_id, person_id=person.id
        )
        row.level, row.not_enough_evidence = second.level, second.level is None
        row.reason, row.rated_at = second.reason[:LONGEST_REASON], now()
        db.session.add(row)


def close_review(review: EvidenceReview, by: Person) -> None:
    """Ends a review; what was given stays."""
    if review.closed_at is None:
        review.closed_at = now()
        audit.record("close_second_ratings", review, by, review.job_id)

"""What changes debriefs. Independent ratings are never touched: a consensus stands beside them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hiring import audit
from hiring.assessment.consensus import needs_reason
from hiring.comparisons.document import Basis, basis_of
from hiring.debriefs.document import debrief_sheet
from hiring.debriefs.frozen import Minuted
from hiring.debriefs.queries import (
    candidate_in,
    candidates_in,
    names_of,
    newest_addendum,
    newest_consensus,
    points_in,
    talked_about_ids,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import (
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    DebriefCandidate,
    Job,
    OpenPoint,
    Person,
    now,
)


def open_debrief(job: Job, by: Person, application_ids: Collection[int]) -> Debrief:
    """Opens a debrief about candidates whose panels have submitted."""
    _check_ready(basis_of(job, set(application_ids)), application_ids)
    debrief = Debrief(job_id=job.id, opened_by_id=by.id, present="", minutes="")
    db.session.add(debrief)
    db.session.flush()
    _take_in(debrief, application_ids)
    audit.record("open_debrief", debrief, by, job.id, applications=sorted(application_ids))
    return debrief


def add_candidates(debrief: Debrief, by: Person, application_ids: Collection[int]) -> None:
    """Takes more candidates in."""
    _refuse_closed(debrief)
    added = set(application_ids) - talked_about_ids(debrief)
    _check_ready(basis_of(debrief.job, added), added)
    _take_in(debrief, added)
    _touch(debrief)
    audit.record("add_to_debrief", debrief, by, debrief.job_id, applications=sorted(added))


def write_consensus(
    debrief: Debrief,
    application_id: int,
    skill_id: str,
    level: int | None,
    reason: str,
    by: Person,
    seen_id: int | None = None,
) -> ConsensusRating:
    """Writes down what the panel agreed on; ``level`` None is N. ``seen_id`` is the consensus that was on the page.

    Raises Stale if somebody has written another one in between.
    """
    _refuse_closed(debrief)
    _check_member(debrief, application_id)
    newest = newest_consensus(debrief, application_id, skill_id)
    if (newest.id if newest else None) != seen_id:
        raise Stale(
            _("Somebody else has written a consensus on this skill meanwhile. Yours is not saved yet.")
        )
    own = _own_values(debrief, application_id, skill_id)
    if level is not None and not 1 <= level <= 5:
        raise Refused(_("Choose a level from 1 to 5, or N."), field="level")
    if needs_reason(level, own) and not reason.strip():
        raise Refused(_consensus_needs_reason(level), field="reason")
    written = ConsensusRating(
        debrief_id=debrief.id,
        application_id=application_id,
        skill_id=skill_id,
        level=level,
        reason=reason.strip(),
        written_by_id=by.id,
    )
    db.session.add(written)
    _touch(debrief)
    audit.record(
        "write_consensus",
        written,
        by,
        debrief.job_id,
        application_id=application_id,
        skill=skill_id,
        level=level,
    )
    return written


def mark_discussed(debrief: Debrief, application_id: int, by: Person, discussed: bool = True) -> None:
    """Notes that a candidate was talked about, or is to be talked about again."""
    _refuse_closed(debrief)
    place = _check_member(debrief, application_id)
    place.discussed_at = now() if discussed else None
    _touch(debrief)
    audit.record(
        "mark_discussed", debrief, by, debrief.job_id, application_id=application_id, discussed=discussed
    )


def park(
    debrief: Debrief, application_id: int, text: str, by: Person, who: str = "", until: date | None = None
) -> OpenPoint:
    """Parks an open point about a candidate; what is sent twice is parked once."""
    _refuse_closed(debrief)
    _check_member(debrief, application_id)
    if not text.strip():
        raise Refused(_("Write what is still to be found out."), field="text")
    for earlier in points_in(debrief, {application_id}):
        if (earlier.text, earlier.who, earlier.until) == (text.strip(), who.strip(), until):
            return earlier
    point = OpenPoint(
        debrief_id=debrief.id,
        application_id=application_id,
        text=text.strip(),
        who=who.strip(),
        until=until,
        answer="",
    )
    db.session.add(point)
    _touch(debrief)
    audit.record("park_point", point, by, debrief.job_id, application_id=application_id)
    return point


def answer_point(debrief: Debrief, point: OpenPoint, answer: str, by: Person) -> None:
    """Writes down what came of an open point, once, also after the debrief is closed."""
    if point.answer:
        raise Refused(_("This point is answered already: %(answer)s", answer=point.answer), field="answer")
    if not answer.strip():
        raise Refused(_("Write what came of it."), field="answer")
    point.answer, point.answered_at, point.answered_by_id = answer.strip(), now(), by.id
    _touch(debrief)
    audit.record("answer_point", point, by, debrief.job_id, application_id=point.application_id)


@dataclass(frozen=True)
class SeenMinutes:
    """The minutes as they were on the page."""

    present: str
    minutes: str

    def differs_from(self, debrief: Debrief) -> bool:
        """Whether somebody has changed them since."""
        seen = tidy_lines(self.present), tidy_lines(self.minutes)
        return seen != (tidy_lines(debrief.present), tidy_lines(debrief.minutes))


def write_minutes(
    debrief: Debrief, by: Person, present: str, minutes: str, seen: SeenMinutes | None = None
) -> None:
    """Changes who was present and the free notes.

    Raises Stale if they are no longer as ``seen``.
    """
    _refuse_closed(debrief)
    if seen is not None and seen.differs_from(debrief):
        raise Stale(_("Somebody else has changed the minutes meanwhile. Yours are not saved yet."))
    debrief.present, debrief.minutes = present.strip(), minutes.strip()
    _touch(debrief)
    audit.record("write_minutes", debrief, by, debrief.job_id)


def close_debrief(debrief: Debrief, by: Person) -> None:
    """Closes the minutes with the ratings as they are now; what is said later is added with its date."""
    _refuse_closed(debrief)
    _keep_ratings(debrief)
    debrief.closed_at, debrief.closed_by_id = now(), by.id
    _touch(debrief)
    audit.record("close_debrief", debrief, by, debrief.job_id)


def add_addendum(debrief: Debrief, text: str, by: Person) -> DebriefAddendum:
    """Adds something to closed minutes; what the same person has just added is not added twice."""
    if debrief.closed_at is None:
        raise Refused(_("The minutes are still open: write it into them."), field="text")
    if not text.strip():
        raise Refused(_("Write what is to be added."), field="text")
    newest = newest_addendum(debrief)
    if newest and (newest.text, newest.written_by_id) == (text.strip(), by.id):
        return newest
    added = DebriefAddendum(debrief_id=debrief.id, text=text.strip(), written_by_id=by.id)
    db.session.add(added)
    _touch(debrief)
    audit.record("add_to_minutes", added, by, debrief.job_id)
    return added


def tidy_lines(text: str) -> str:
    """The text without what a browser does to line ends."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _take_in(debrief: Debrief, application_ids: Collection[int]) -> None:
    db.session.add_all(
        DebriefCandidate(debrief_id=debrief.id, application_id=each) for each in sorted(application_ids)
    )


def _keep_ratings(debrief: Debrief) -> None:
    minutes = debrief_sheet(debrief, talked_about_ids(debrief)).minutes
    kept = {
        each.application_id: Minuted(place=place, skills=tuple(line.skill for line in each.lines))
        for place, each in enumerate(minutes, 1)
    }
    for place in candidates_in(debrief):
        place.minuted = kept[place.application_id].as_json()


def _check_ready(basis: Basis, application_ids: Collection[int]) -> None:
    known = {each.id for each in basis.applications}
    if not application_ids or not set(application_ids) <= known:
        raise Refused(_("Choose at least one candidate."), field="candidates")
    names = names_of(application_ids)
    unrated = [names[each] for each in sorted(application_ids) if each not in basis.cards]
    if unrated:
        raise Refused(_("Nobody has rated %(names)s yet.", names=", ".join(unrated)), field="candidates")
    waiting = [
        _("%(name)s (%(people)s)", name=names[each], people=", ".join(basis.awaited[each].owed))
        for each in sorted(application_ids)
        if each in basis.awaited and basis.awaited[each].owed
    ]
    if waiting:
        sentence = _("Wait for the scorecards that are still missing: %(names)s.", names=", ".join(waiting))
        raise Refused(sentence, field="candidates")


def _check_member(debrief: Debrief, application_id: int) -> DebriefCandidate:
    place = candidate_in(debrief, application_id)
    if place is None:
        raise Refused(_("This debrief is not about that candidate."))
    return place


def _own_values(debrief: Debrief, application_id: int, skill_id: str) -> list[float]:
    basis = basis_of(debrief.job, {application_id})
    cells = {cell.skill_id: cell for cell in basis.cells.get(application_id, ())}
    if skill_id not in cells:
        raise Refused(_("Choose a skill that this job is rated on."))
    return [each.value for each in cells[skill_id].values if each.value is not None]


def _consensus_needs_reason(level: int | None) -> str:
    if level is None:
        return _("Say why there is not enough evidence.")
    return _("This lies half a level or more from the mean of the ratings, or beyond all of them: say why.")


def _refuse_closed(debrief: Debrief) -> None:
    if debrief.closed_at is not None:
        raise Refused(_("This debrief is closed. Add what is new to its minutes."))


def _touch(debrief: Debrief) -> None:
    # Whoever looks on is told by the revision that something has changed.
    debrief.touched_at = now()

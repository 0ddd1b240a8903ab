"""Setting the organisation's own standard for its process."""

from __future__ import annotations

from hiring import audit
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import LONGEST_DAYS, LONGEST_HOURS, Person, ProcessStandard
from hiring.quality.queries import stored_standard

DAYS = ("first_answer_days", "first_interview_days", "decision_days", "silence_days")


def set_standard(
    by: Person,
    first_answer_days: int,
    first_interview_days: int,
    decision_days: int,
    silence_days: int,
    scorecard_hours: int,
    revision: int | None = None,
) -> ProcessStandard:
    """Writes the standard; the first time this makes it. Earlier values stay in the record of what was done."""
    values = {
        "first_answer_days": first_answer_days,
        "first_interview_days": first_interview_days,
        "decision_days": decision_days,
        "silence_days": silence_days,
        "scorecard_hours": scorecard_hours,
    }
    _check(values)
    found = stored_standard()
    if revision is not None and revision != (found.revision if found else 0):
        raise Stale(
            _("Somebody else changed the standard since you opened the page. See what is stored now.")
        )
    found = found or ProcessStandard(id=1)
    for name, value in values.items():
        setattr(found, name, value)
    db.session.add(found)
    audit.record("set_process_standard", found, by, **values)
    return found


def _check(values: dict[str, int]) -> None:
    for name, value in values.items():
        most = LONGEST_DAYS if name in DAYS else LONGEST_HOURS
        if not 1 <= value <= most:
            raise Refused(_("Write a whole number from 1 to %(most)s.", most=most), field=name)

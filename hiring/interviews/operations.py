"""What changes interviews: planning, moving, cancelling, and marking them as held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm.attributes import flag_modified

from hiring import audit
from hiring.candidates.naming import name_of
from hiring.candidates.operations import change_status
from hiring.candidates.queries import shown
from hiring.conflicts.queries import pairs_in_conflict
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.frozen import frozen_guide, languages_of
from hiring.i18n import _, language_name, listed
from hiring.interviews.queries import has_other_interviews, is_closed_to, rater_ids, submitter_names
from hiring.models import (
    CLOSED_STATUSES,
    Application,
    ApplicationStatus,
    GuideVersion,
    Interview,
    InterviewStatus,
    Panelist,
    Person,
    now,
)
from hiring.practice.document import uncalibrated

LONGEST_PLACE = 300
FARTHEST = timedelta(days=5 * 365)
BEFORE_AN_INTERVIEW = (
    ApplicationStatus.APPLIED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.INVITED,
)


def plan_interview(
    application: Application,
    by: Person,
    version: GuideVersion,
    starts_at: datetime,
    panel: Sequence[Person],
    round_position: int = 1,
    place: str = "",
    language: str = "",
    time_zone: str = "",
) -> Interview:
    """Plans one conversation; the application becomes scheduled where it was waiting for one."""
    # Whoever owes a scorecard is not told by a refusal what was decided.
    if shown(application.status, is_closed_to(by, application)) in CLOSED_STATUSES:
        raise Refused(
            _(
                "%(name)s's application is closed. Reopen it before you plan an interview.",
                name=name_of(application),
            )
        )
    _check(application, version, round_position, starts_at, place)
    _check_language(version, language)
    _check_panel(panel)
    _refuse_conflicts(application, panel)
    _refuse_uncalibrated(application, panel)
    interview = Interview(
        application=application,
        guide_version=version,
        round_position=round_position,
        starts_at=starts_at,
        place=place.strip(),
        language=language or version.language,
        time_zone=time_zone,
        panel=[Panelist(person=member) for member in panel],
    )
    db.session.add(interview)
    _record("plan_interview", interview, by, panel=_names(panel), starts_at=starts_at.isoformat())
    if application.status in BEFORE_AN_INTERVIEW:
        change_status(application, ApplicationStatus.INTERVIEW_SCHEDULED, by)
    return interview


def change_interview(
    interview: Interview,
    by: Person,
    version: GuideVersion,
    starts_at: datetime,
    panel: Sequence[Person],
    round_position: int = 1,
    place: str = "",
    language: str = "",
    time_zone: str = "",
    revision: int | None = None,
) -> None:
    """Moves the interview, changes its panel, or its guide as long as nobody has begun to rate."""
    if revision is not None and revision != interview.revision:
        raise Stale(
            _("Somebody else has changed this interview since you opened the page. Nothing was saved yet.")
        )
    if interview.status is InterviewStatus.CANCELLED:
        raise Refused(_("This interview was cancelled. Plan a new one instead."))
    _check(interview.application, version, round_position, starts_at, place)
    _check_language(version, language)
    _check_panel(panel, already={member.person_id for member in interview.panel})
    raters = rater_ids(interview)
    _refuse_other_guide(interview, version, round_position, language, raters)
    _refuse_unseating(interview, panel, raters)
    _refuse_late_seat(interview, by, panel)
    seated = {member.person_id for member in interview.panel}
    joining = [each for each in panel if each.id not in seated]
    _refuse_conflicts(interview.application, joining)
    _refuse_uncalibrated(interview.application, joining)
    interview.guide_version, interview.round_position = version, round_position
    interview.language, interview.time_zone = language or version.language, time_zone
    interview.starts_at, interview.place = starts_at, place.strip()
    _seat(interview, panel)
    flag_modified(interview, "place")  # A change of the panel alone counts as a revision too.
    _record("change_interview", interview, by, panel=_names(panel), starts_at=starts_at.isoformat())


def cancel_interview(interview: Interview, by: Person, reason: str) -> None:
    """Cancels the interview: nobody owes a scorecard for it any more. What was begun stays stored."""
    if interview.status is InterviewStatus.CANCELLED:
        raise Refused(_("This interview was cancelled already."))
    submitted = submitter_names(interview)
    if submitted:
        raise Refused(
            _(
                "%(names)s submitted a scorecard already, and an interview that was rated cannot be cancelled.",
                names=", ".join(submitted),
            )
        )
    if not reason.strip():
        raise Refused(_("Say why the interview is cancelled."), field="reason")
    interview.status = InterviewStatus.CANCELLED
    _record("cancel_interview", interview, by, reason=reason.strip())
    _move_on(interview, by, ApplicationStatus.IN_REVIEW)


def mark_held(interview: Interview, by: Person) -> None:
    """Notes that the interview took place, so that its scorecards are due."""
    if interview.status is not InterviewStatus.PLANNED:
        raise Refused(_("Only a planned interview can be marked as held."))
    if interview.starts_at > now():
        raise Refused(_("This interview is still to come. Change its time first if it was held earlier."))
    interview.status = InterviewStatus.HELD
    _record("mark_interview_held", interview, by)
    _move_on(interview, by, ApplicationStatus.INTERVIEWED)


def _check(
    application: Application, version: GuideVersion, position: int, starts_at: datetime, place: str
) -> None:
    if version.guide.job_id != application.job_id:
        raise Refused(_("Choose a guide that was published for this job."), field="plan")
    if position not in {round_.position for round_ in frozen_guide(version).rounds}:
        raise Refused(_("Choose a round of the guide."), field="plan")
    if abs(starts_at - now()) > FARTHEST:
        raise Refused(_("Choose a date less than five years away."), field="date")
    if len(place.strip()) > LONGEST_PLACE:
        raise Refused(_("Write the place in at most %(n)s characters.", n=LONGEST_PLACE), field="place")


def _check_panel(panel: Sequence[Person], already: set[int] | None = None) -> None:
    if not panel:
        raise Refused(_("Choose at least one person for the panel; two to four are best."), field="panel")
    seen: set[int] = set()
    for member in panel:
        if member.id in seen:
            raise Refused(
                _("%(name)s is on the panel twice. Choose each person once.", name=member.name), field="panel"
            )
        if not member.active and member.id not in (already or set()):
            raise Refused(_("%(name)s has no active account.", name=member.name), field="panel")
        seen.add(member.id)


def _check_language(version: GuideVersion, language: str) -> None:
    if language and language not in languages_of(version):
        raise Refused(
            _(
                "Version %(number)s of the guide has no words in this language. Choose %(languages)s.",
                number=version.number,
                languages=listed(language_name(each) for each in languages_of(version)),
            ),
            field="language",
        )


def _refuse_other_guide(
    interview: Interview, version: GuideVersion, position: int, language: str, raters: set[int]
) -> None:
    own = interview.guide_version.language
    is_other = (version.id, position) != (interview.guide_version_id, interview.round_position)
    is_other = is_other or (language or own) != (interview.language or own)
    if raters and is_other:
        raise Refused(
            _("Somebody has begun to rate this interview, so its guide can no longer change."), field="plan"
        )


def _refuse_unseating(interview: Interview, panel: Sequence[Person], raters: set[int]) -> None:
    staying = {member.id for member in panel}
    for member in interview.panel:
        if member.person_id in raters - staying:
            raise Refused(
                _("%(name)s has begun a scorecard and stays on the panel.", name=member.person.name),
                field="panel",
            )


def _refuse_late_seat(interview: Interview, by: Person, panel: Sequence[Person]) -> None:
    # Whoever leaves a panel may read its scorecards; to come back and rate then would be no rating of one's own.
    joins = by in panel and by.id not in {member.person_id for member in interview.panel}
    if joins and submitter_names(interview):
        raise Refused(
            _(
                "A scorecard of this interview is submitted already, and you could read it. Ask a colleague"
                " to put you on the panel if you were there."
            ),
            field="panel",
        )


def _refuse_conflicts(application: Application, joining: Sequence[Person]) -> None:
    found = pairs_in_conflict([application])
    names = [person.name for person in joining if (application.id, person.id) in found]
    if names:
        raise Refused(
            _(
                "%(names)s: a conflict of interest with %(candidate)s. Choose somebody else.",
                names=", ".join(names),
                candidate=name_of(application),
            ),
            field="panel",
        )


def _refuse_uncalibrated(application: Application, joining: Sequence[Person]) -> None:
    found = uncalibrated(application.job, joining)
    if found:
        raise Refused(
            _(
                "This job asks for a calibration within %(days)s days, and these people have none: %(names)s. "
                "They do one under Practice in half an hour; or change the job’s rules for rating.",
                days=application.job.calibration_days,
                names=", ".join(person.name for person, _at in found),
            ),
            field="panel",
        )


def _seat(interview: Interview, panel: Sequence[Person]) -> None:
    seated = {member.person_id: member for member in interview.panel}
    interview.panel = [seated.get(member.id) or Panelist(person=member) for member in panel]


def _move_on(interview: Interview, by: Person, status: ApplicationStatus) -> None:
    """Moves a scheduled application on, unless another interview of it is still planned."""
    application = interview.application
    is_scheduled = application.status is ApplicationStatus.INTERVIEW_SCHEDULED
    if is_scheduled and not has_other_interviews(interview):
        change_status(application, status, by)


def _names(panel: Sequence[Person]) -> list[str]:
    return [member.name for member in panel]


def _record(action: str, interview: Interview, by: Person, **details: object) -> None:
    job_id = interview.application.job_id
    audit.record(action, interview, by, job_id, application_id=interview.application.id, **details)

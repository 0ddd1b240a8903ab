"""What changes scorecards: saving at every pause, and submitting, which locks."""

from __future__ import annotations

from collections.abc import Sequence

from hiring import audit
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.frozen import FrozenGuide, FrozenRound, frozen_guide
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.models import (
    Interview,
    InterviewStatus,
    ObservationMark,
    ObservationState,
    Person,
    QuestionOutcome,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardSave,
    ScorecardStatus,
    ScorecardVersion,
    now,
)
from hiring.scorecards.document import (
    LEVELS,
    NOT_ENOUGH,
    Answer,
    Answers,
    Gap,
    is_written,
    scorecard_sheet,
)
from hiring.scorecards.queries import (
    acknowledged_revision,
    forget_saves_before,
    holds_seat,
    is_decided,
    is_talked_about,
    others_have_submitted,
    scorecard_of,
    versions_of,
)
from hiring.scorecards.versions import content_of

__all__ = [
    "ATTESTATION",
    "AlreadySubmitted",
    "Answers",
    "Unfinished",
    "acknowledged",
    "check_answers",
    "open_scorecard",
    "reopen_scorecard",
    "reopening_refused",
    "save_scorecard",
    "submit_scorecard",
]

LONGEST_EVIDENCE = 20_000
LONGEST_KEY = 64
KEYS_KEPT = 50  # An answer that is lost is asked for again within seconds.
LONGEST_REASON = 2_000
ATTESTATION = _l("This is what I saw and heard; I have not discussed it with others of the panel.")
NOTHING_RATED = {"evidence": "", "not_enough_evidence": False, "skip_reason": "", "notes": "", "probes": []}
TEXTS = ("recommendation_reason", "open_point", "contradiction_reason")


class AlreadySubmitted(Refused):
    """The scorecard is locked."""


class Unfinished(Refused):
    """The scorecard cannot be submitted yet; ``gaps`` say what is missing and where."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        missing = " ".join(gap.sentence for gap in gaps)
        super().__init__(_("Your scorecard is not submitted yet. %(missing)s", missing=missing))
        self.gaps = tuple(gaps)


def open_scorecard(interview: Interview, interviewer: Person) -> Scorecard:
    """The interviewer's scorecard for this interview, begun now if there is none."""
    return _locked(interview, interviewer) or _begun(interview, interviewer)


def save_scorecard(
    interview: Interview,
    interviewer: Person,
    answers: Answers,
    revision: int | None = None,
    key: str = "",
) -> Scorecard:
    """Stores what was written so far; a save from an older ``revision`` than the stored one is refused.

    ``key`` is the sender's own name for this save: ``acknowledged`` tells whether it was taken before.
    """
    found = _locked(interview, interviewer)
    _refuse_stale(found, revision)
    guide = frozen_guide(interview.guide_version)
    check_answers(interview, answers)
    card = found or _begun(interview, interviewer)
    if _write(card, answers, guide.round_at(interview.round_position)):
        card.saved_at = now()
    db.session.flush()
    if key:
        _remember(card, key)
    return card


def submit_scorecard(
    interview: Interview,
    interviewer: Person,
    answers: Answers | None = None,
    revision: int | None = None,
    attested: bool = True,
) -> Scorecard:
    """Locks the scorecard and keeps it as a version, once everything is there and its writer stands by it."""
    if answers is not None:
        save_scorecard(interview, interviewer, answers, revision)
    card = open_scorecard(interview, interviewer)
    if answers is None:
        _refuse_stale(card, revision)
    missing = [*scorecard_sheet(card).blocking, *_attestation_gaps(attested)]
    if missing:
        raise Unfinished(missing)
    card.status, card.submitted_at = ScorecardStatus.SUBMITTED, now()
    version = _keep_version(card, str(ATTESTATION))
    audit.record(
        "submit_scorecard",
        card,
        interviewer,
        interview.application.job_id,
        interview_id=interview.id,
        application_id=interview.application.id,
        version=version.number,
        attested=attested,
    )
    return card


def reopen_scorecard(card: Scorecard, by: Person, reason: str, may_read_others: bool) -> ScorecardVersion:
    """Gives a submitted scorecard back to its writer, who owes it again; what was submitted stays as a version.

    ``may_read_others`` says whether the writer may read the others' ratings at this moment.
    """
    words = reason.strip()
    _check_reason(words)
    refusal = reopening_refused(card)
    if refusal:
        raise Refused(refusal)
    version = next(reversed(versions_of(card)), None) or _keep_version(card, "")
    version.reopened_at, version.reopened_by_id, version.reopen_reason = now(), by.id, words
    version.had_read_others = may_read_others and others_have_submitted(card)
    card.status, card.submitted_at = ScorecardStatus.DRAFT, None
    _record_reopening(card, version, by)
    return version


def reopening_refused(card: Scorecard) -> str:
    """Why the scorecard must stay as it is, and what to do instead; empty if it may be reopened."""
    interview = card.interview
    if not holds_seat(interview, card.interviewer) or interview.status is InterviewStatus.CANCELLED:
        return _("Its writer can no longer rate: the interview was cancelled, or the panel changed.")
    current = scorecard_of(interview, card.interviewer)
    if current is None or not current.is_submitted:
        return _("This scorecard is open already. Its writer can go on writing.")
    if is_decided(interview.application):
        return _(
            "A decision about this candidate rests on this scorecard, so it stays as it is. "
            "Write what is to be said as an addendum to the minutes of the debrief."
        )
    if is_talked_about(interview.application):
        return _(
            "A debrief about this candidate is open, and its panel has these ratings before it. "
            "Say it there and write it into the minutes; once they are closed, add an addendum."
        )
    return ""


def acknowledged(card: Scorecard | None, key: str) -> int | None:
    """The revision that a save with this key was answered with; None if there was none.

    The same save may come twice, when its first answer was lost: it must change nothing then.
    """
    return None if card is None or not key else acknowledged_revision(card, key)


def _remember(card: Scorecard, key: str) -> None:
    db.session.add(ScorecardSave(scorecard_id=card.id, key=key[:LONGEST_KEY], card_revision=card.revision))
    forget_saves_before(card, KEYS_KEPT)


def check_answers(interview: Interview, answers: Answers) -> None:
    """Raises Refused, with the field, where answers do not belong to the interview's guide or cannot be stored."""
    guide = frozen_guide(interview.guide_version)
    _check(answers, guide, guide.round_at(interview.round_position))


def _attestation_gaps(attested: bool) -> list[Gap]:
    sentence = _(
        "Tick that this is what you saw and heard, and that you have not discussed it with the panel."
    )
    return [] if attested else [Gap("attested", sentence)]


def _keep_version(card: Scorecard, attestation: str) -> ScorecardVersion:
    db.session.flush()
    version = ScorecardVersion(
        scorecard_id=card.id,
        number=len(versions_of(card)) + 1,
        content=content_of(card, attestation),
        submitted_at=card.submitted_at or now(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def _check_reason(words: str) -> None:
    if not is_written(words):
        raise Refused(_("Write why it is reopened. The reason stays with the scorecard."), field="reason")
    if len(words) > LONGEST_REASON:
        raise Refused(_("Write at most %(most)s characters.", most=LONGEST_REASON), field="reason")


def _record_reopening(card: Scorecard, version: ScorecardVersion, by: Person) -> None:
    audit.record(
        "reopen_scorecard",
        card,
        by,
        card.interview.application.job_id,
        interview_id=card.interview_id,
        application_id=card.interview.application_id,
        version=version.number,
        reason=version.reopen_reason,
        had_read_others=version.had_read_others,
    )


def _locked(interview: Interview, interviewer: Person) -> Scorecard | None:
    """The scorecard to write into; nobody else writes into it until this transaction ends."""
    if not holds_seat(interview, interviewer):
        raise Refused(_("You are not on the panel of this interview."))
    if interview.status is InterviewStatus.CANCELLED:
        raise Refused(_("This interview was cancelled. There is nothing to rate."))
    card = scorecard_of(interview, interviewer)
    if card is not None and card.is_submitted:
        raise AlreadySubmitted(_("You have already submitted your scorecard."))
    return card


def _begun(interview: Interview, interviewer: Person) -> Scorecard:
    card = Scorecard(interview=interview, interviewer=interviewer)
    db.session.add(card)
    job_id = interview.application.job_id
    audit.record("begin_scorecard", card, interviewer, job_id, interview_id=interview.id)
    return card


def _refuse_stale(card: Scorecard | None, revision: int | None) -> None:
    if revision is not None and revision != (card.revision if card else 0):
        raise Stale(
            _(
                "Your scorecard was saved from another window since this page was opened. Compare both versions."
            )
        )


def _check(answers: Answers, guide: FrozenGuide, round_: FrozenRound) -> None:
    asked = {item.question_id for item in round_.items}
    known = {observation.id for observation in guide.observations}
    for question_id, answer in answers.on_questions.items():
        if question_id not in asked:
            raise Refused(_("This question does not belong to the interview. Reload the page."))
        _check_answer(question_id, answer)
    for observation_id, (state, words) in answers.observations.items():
        if observation_id not in known:
            raise Refused(_("This observation does not belong to the guide. Reload the page."))
        if state is not None and state not in set(ObservationState):
            raise Refused(_("Choose seen, not seen or no occasion."), field=f"observed-{observation_id}")
        _check_length(words, f"words-{observation_id}")
    if answers.recommendation is not None and answers.recommendation not in set(Recommendation):
        raise Refused(_("Choose one of the recommendations."), field="recommendation")
    for name in TEXTS:
        _check_length(getattr(answers, name), name)


def _check_answer(question_id: str, answer: Answer) -> None:
    if answer.level is not None and str(answer.level) not in LEVELS:
        raise Refused(_("Choose a level from 1 to 5."), field=f"level-{question_id}")
    if answer.outcome is not None and answer.outcome not in set(QuestionOutcome):
        raise Refused(_("Choose asked or skipped."), field=f"asked-{question_id}")
    _check_length(answer.evidence, f"evidence-{question_id}")
    _check_length(answer.notes, f"notes-{question_id}")
    _check_length(answer.skip_reason, f"skipped-{question_id}")


def _check_length(text: str, field: str) -> None:
    if len(text) > LONGEST_EVIDENCE:
        raise Refused(
            _(
                "This text has %(n)s characters. Shorten it to %(most)s; until then nothing of it is saved.",
                n=len(text),
                most=LONGEST_EVIDENCE,
            ),
            field=field,
        )


def _write(card: Scorecard, answers: Answers, round_: FrozenRound) -> bool:
    """Writes what differs, and says whether anything did."""
    changed = [_write_rating(card, round_, id_, given) for id_, given in answers.on_questions.items()]
    changed += [_write_observation(card, id_, *given) for id_, given in answers.observations.items()]
    values = {name: getattr(answers, name) for name in TEXTS}
    kind = answers.recommendation
    values["recommendation"] = None if kind is None else Recommendation(kind)
    return any([*changed, *_set(card, **values)])


def _write_rating(card: Scorecard, round_: FrozenRound, question_id: str, answer: Answer) -> bool:
    rating = next((each for each in card.ratings if each.question_id == question_id), None)
    if rating is None and answer == Answer():
        return False
    item = next(each for each in round_.items if each.question_id == question_id)
    if rating is None:
        rating = Rating(question_id=question_id, skill_id=item.skill_id, **NOTHING_RATED)
        card.ratings.append(rating)
    is_n = answer.level == NOT_ENOUGH
    return any(
        _set(
            rating,
            level=None if is_n or answer.level is None else int(answer.level),
            not_enough_evidence=is_n,
            evidence=answer.evidence,
            outcome=None if answer.outcome is None else QuestionOutcome(answer.outcome),
            skip_reason=answer.skip_reason,
            notes=answer.notes,
            probes=[place for place in answer.probes if place <= len(item.follow_ups)],
            # Two windows count at the same time: the longer time is nearer to the truth.
            seconds=max(
                (each for each in (rating.seconds, answer.seconds) if each is not None), default=None
            ),
        )
    )


def _write_observation(
    card: Scorecard, observation_id: str, state: ObservationState | str | None, words: str
) -> bool:
    mark = next((each for each in card.observations if each.observation_id == observation_id), None)
    if state is None and not words.strip():
        if mark is not None:
            card.observations.remove(mark)
        return mark is not None
    # Words without a mark say that it was seen.
    chosen = ObservationState.SEEN if state is None else ObservationState(state)
    if mark is None:
        mark = ObservationMark(observation_id=observation_id)
        card.observations.append(mark)
    return any(_set(mark, state=chosen, evidence=words))


def _set(row: object, **values: object) -> list[bool]:
    """Sets the attributes that differ; one answer for each."""
    changed = []
    for name, value in values.items():
        differs = getattr(row, name) != value
        if differs:
            setattr(row, name, value)
        changed.append(differs)
    return changed

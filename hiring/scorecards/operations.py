"""What changes scorecards: saving at every pause, and submitting, which locks."""

from __future__ import annotations

from collections.abc import Sequence

from hiring import audit
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.frozen import FrozenGuide, FrozenRound, frozen_guide
from hiring.i18n import _
from hiring.models import (
    Interview,
    InterviewStatus,
    ObservationMark,
    ObservationState,
    Person,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardStatus,
    now,
)
from hiring.scorecards.document import (
    LEVELS,
    NOT_ENOUGH,
    Answers,
    Gap,
    Level,
    scorecard_sheet,
)
from hiring.scorecards.queries import holds_seat, scorecard_of

__all__ = [
    "AlreadySubmitted",
    "Answers",
    "Unfinished",
    "check_answers",
    "open_scorecard",
    "save_scorecard",
    "submit_scorecard",
]

LONGEST_EVIDENCE = 20_000
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
    interview: Interview, interviewer: Person, answers: Answers, revision: int | None = None
) -> Scorecard:
    """Stores what was written so far; a save from an older ``revision`` than the stored one is refused."""
    found = _locked(interview, interviewer)
    _refuse_stale(found, revision)
    guide = frozen_guide(interview.guide_version)
    check_answers(interview, answers)
    card = found or _begun(interview, interviewer)
    if _write(card, answers, guide.round_at(interview.round_position)):
        card.saved_at = now()
    db.session.flush()
    return card


def submit_scorecard(
    interview: Interview, interviewer: Person, answers: Answers | None = None, revision: int | None = None
) -> Scorecard:
    """Locks the scorecard, once every question has its evidence and level, or N."""
    if answers is not None:
        save_scorecard(interview, interviewer, answers, revision)
    card = open_scorecard(interview, interviewer)
    if answers is None:
        _refuse_stale(card, revision)
    missing = scorecard_sheet(card).blocking
    if missing:
        raise Unfinished(missing)
    card.status, card.submitted_at = ScorecardStatus.SUBMITTED, now()
    audit.record(
        "submit_scorecard",
        card,
        interviewer,
        interview.application.job_id,
        interview_id=interview.id,
        application_id=interview.application.id,
    )
    return card


def check_answers(interview: Interview, answers: Answers) -> None:
    """Raises Refused, with the field, where answers do not belong to the interview's guide or cannot be stored."""
    guide = frozen_guide(interview.guide_version)
    _check(answers, guide, guide.round_at(interview.round_position))


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
    for question_id, (level, evidence) in answers.ratings.items():
        if question_id not in asked:
            raise Refused(_("This question does not belong to the interview. Reload the page."))
        if level is not None and str(level) not in LEVELS:
            raise Refused(_("Choose a level from 1 to 5."), field=f"level-{question_id}")
        _check_length(evidence, f"evidence-{question_id}")
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
    changed = [_write_rating(card, round_, id_, *given) for id_, given in answers.ratings.items()]
    changed += [_write_observation(card, id_, *given) for id_, given in answers.observations.items()]
    values = {name: getattr(answers, name) for name in TEXTS}
    kind = answers.recommendation
    values["recommendation"] = None if kind is None else Recommendation(kind)
    return any([*changed, *_set(card, **values)])


def _write_rating(
    card: Scorecard, round_: FrozenRound, question_id: str, level: Level, evidence: str
) -> bool:
    rating = next((each for each in card.ratings if each.question_id == question_id), None)
    if rating is None and level is None and not evidence:
        return False
    if rating is None:
        skill_id = next(item.skill_id for item in round_.items if item.question_id == question_id)
        rating = Rating(question_id=question_id, skill_id=skill_id, evidence="", not_enough_evidence=False)
        card.ratings.append(rating)
    is_n = level == NOT_ENOUGH
    number = None if is_n or level is None else int(level)
    return any(_set(rating, level=number, not_enough_evidence=is_n, evidence=evidence))


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

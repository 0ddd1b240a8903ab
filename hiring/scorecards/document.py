"""The sheet of one scorecard: the kit and what was written into it, for the page and for paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from hiring.assessment.estimates import Figure
from hiring.candidates.naming import name_of, told_throughout
from hiring.guides.frozen import (
    FrozenGuide,
    FrozenItem,
    FrozenObservation,
    FrozenRound,
    FrozenSkill,
    spoken_guide,
)
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.labels import label
from hiring.models import (
    Interview,
    InterviewStatus,
    ObservationState,
    Person,
    QuestionOutcome,
    Rating,
    Recommendation,
    Scorecard,
)
from hiring.scorecards.figures import SkillValue, contradicts, own_composite, skill_values
from hiring.scorecards.records import NOTHING, Record, records_of
from question_bank import QuestionKind

NOT_ENOUGH = "N"
LEVELS = ("1", "2", "3", "4", "5", NOT_ENOUGH)
GAPS_WORTH_A_WARNING = 2  # The bank's rule 12: more than one skill rated N.

PLACEHOLDER = re.compile(r"\{(\w+)\}")
BLANKS = {
    "candidate_name": _l("candidate"),
    "interviewer_name": _l("your name"),
    "role": _l("your role"),
    "duration": _l("how many"),
    "n": _l("how many"),
    "summary": _l("what you agreed"),
    "next_step": _l("the next step"),
    "contact_name": _l("who will write"),
    "date": _l("the date"),
}

Level = int | str | None  # 1 to 5, "N" for not enough evidence, None for nothing yet


@dataclass(frozen=True)
class Answer:
    """What an interviewer has on one question: the rating, and what went on at it.

    ``notes`` are lines as ``records.note_lines`` reads them, ``probes`` the places of the follow-ups used,
    from 1, and ``seconds`` how long the question was the one talked about.
    """

    level: Level = None
    evidence: str = ""
    outcome: QuestionOutcome | str | None = None
    skip_reason: str = ""
    notes: str = ""
    probes: tuple[int, ...] = ()
    seconds: int | None = None


@dataclass(frozen=True)
class Answers:
    """What an interviewer wrote. Questions and observations that are not named stay as they are.

    A rating may be given shortly as (level, evidence).
    """

    ratings: Mapping[str, Answer | tuple[Level, str]] = field(default_factory=dict)
    observations: Mapping[str, tuple[ObservationState | str | None, str]] = field(default_factory=dict)
    recommendation: Recommendation | str | None = None
    recommendation_reason: str = ""
    open_point: str = ""
    contradiction_reason: str = ""

    @property
    def on_questions(self) -> dict[str, Answer]:
        """The answers by the question's id, those given shortly written out."""
        return {
            id_: given if isinstance(given, Answer) else Answer(*given) for id_, given in self.ratings.items()
        }


@dataclass(frozen=True)
class Piece:
    """A part of a script: words to say, or a blank that the interviewer fills."""

    text: str
    is_blank: bool = False


@dataclass(frozen=True)
class SheetQuestion:
    """One question of the kit with its rating: ``level`` is "1" to "5", "N" or None for nothing yet."""

    number: int
    item: FrozenItem
    skill: FrozenSkill
    is_first_behavioural: bool
    level: str | None
    answer: Answer

    @property
    def evidence(self) -> str:
        """What the rating rests on."""
        return self.answer.evidence

    @property
    def is_skipped(self) -> bool:
        """Whether the question was left out."""
        return self.answer.outcome == QuestionOutcome.SKIPPED

    @property
    def is_begun(self) -> bool:
        """Whether anything was written or chosen."""
        return replace(self.answer, seconds=None) != Answer()

    @property
    def id(self) -> str:
        """The question's id in the bank."""
        return self.item.question_id

    @property
    def kind(self) -> str:
        """What sort of question it is, in words."""
        return label(QuestionKind(self.item.kind))

    @property
    def has_evidence(self) -> bool:
        """Whether something was written that can be read."""
        return is_written(self.evidence)

    @property
    def is_done(self) -> bool:
        """Whether the rating can be submitted as it stands."""
        if self.is_skipped:
            return self.level is None and is_written(self.answer.skip_reason)
        return self.level == NOT_ENOUGH or (self.level is not None and self.has_evidence)


@dataclass(frozen=True)
class SheetObservation:
    """Something to notice, and what became of it."""

    observation: FrozenObservation
    skills: tuple[str, ...]
    state: ObservationState | None
    evidence: str

    @property
    def id(self) -> str:
        """The observation's id in the bank."""
        return self.observation.id


@dataclass(frozen=True)
class Gap:
    """Something unfinished, with the id of the control where it can be mended."""

    target: str
    sentence: str
    blocks: bool = True


@dataclass(frozen=True)
class ScorecardSheet:
    """Everything that one interviewer carries into an interview and brings back from it."""

    scorecard_id: int | None
    interview_id: int
    application_id: int
    job_id: int
    candidate: str
    job_title: str
    interviewer: str
    starts_at: datetime
    place: str
    is_cancelled: bool
    guide: FrozenGuide
    guide_version: int
    guide_hash: str
    round: FrozenRound
    opening: tuple[Piece, ...]
    closing: tuple[Piece, ...]
    questions: tuple[SheetQuestion, ...]
    observations: tuple[SheetObservation, ...]
    recommendation: Recommendation | None
    recommendation_reason: str
    open_point: str
    contradiction_reason: str
    skills: tuple[SkillValue, ...]
    composite: Figure
    revision: int
    saved_at: datetime | None
    submitted_at: datetime | None
    records: Mapping[str, Record]
    changed_after_reading: bool

    def record(self, question: SheetQuestion) -> Record:
        """What went on at a question beside its rating."""
        return self.records.get(question.id, NOTHING)

    @property
    def rated(self) -> int:
        """How many questions have a level or N."""
        return sum(question.level is not None for question in self.questions)

    @property
    def level_labels(self) -> dict[str, str]:
        """The words of the levels as this guide has them."""
        return {level.key: level.label for level in self.guide.levels}

    @property
    def skill_gaps(self) -> tuple[str, ...]:
        """The names of the skills without any level."""
        return tuple(value.skill.name for value in self.skills if value.has_not_enough)

    @property
    def is_contradictory(self) -> bool:
        """Whether the recommendation says the opposite of the composite."""
        return contradicts(self.recommendation, self.composite)

    @property
    def noticed(self) -> tuple[SheetObservation, ...]:
        """The observations about which something was marked."""
        return tuple(each for each in self.observations if each.state is not None)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is unfinished, in the order of the page."""
        found = [*_question_gaps(self.questions), *_observation_gaps(self.observations)]
        return (*found, *_recommendation_gaps(self))

    @property
    def blocking(self) -> tuple[Gap, ...]:
        """What must be finished before the scorecard can be submitted."""
        return tuple(gap for gap in self.gaps if gap.blocks)

    @property
    def warns_of_gaps(self) -> bool:
        """Whether so many skills lack evidence that a further talk is better than a guess."""
        return len(self.skill_gaps) >= GAPS_WORTH_A_WARNING


def is_written(text: str) -> bool:
    """Whether a text says anything: a dash or a dot is no evidence."""
    return any(character.isalnum() for character in text)


def answers_of(card: Scorecard | None) -> Answers:
    """What is stored."""
    if card is None:
        return Answers()
    return Answers(
        ratings={rating.question_id: _answer(rating) for rating in card.ratings},
        observations={mark.observation_id: (mark.state, mark.evidence) for mark in card.observations},
        recommendation=card.recommendation,
        recommendation_reason=card.recommendation_reason,
        open_point=card.open_point,
        contradiction_reason=card.contradiction_reason,
    )


def scorecard_sheet(card: Scorecard) -> ScorecardSheet:
    """The sheet of a scorecard as it is stored."""
    sheet, application = sheet_of(card.interview, card.interviewer, card), card.interview.application
    return replace(sheet, **told_throughout(_written(sheet), application.job, application.id))


def _written(sheet: ScorecardSheet) -> dict[str, Any]:
    """The fields that hold what the interviewer wrote."""
    names = (
        "questions",
        "observations",
        "recommendation_reason",
        "open_point",
        "contradiction_reason",
        "records",
    )
    return {name: getattr(sheet, name) for name in names}


def sheet_of(
    interview: Interview, interviewer: Person, card: Scorecard | None, typed: Answers | None = None
) -> ScorecardSheet:
    """The interviewer's sheet for an interview: with what is stored, or with what was just typed."""
    application, version = interview.application, interview.guide_version
    guide = spoken_guide(interview)
    round_ = guide.round_at(interview.round_position)
    answers = answers_of(card) if typed is None else typed
    questions = tuple(_questions(guide, round_, answers))
    skills = skill_values(
        (guide.skills_by_id[skill_id] for skill_id in round_.skill_ids),
        ((question.skill.id, question.level) for question in questions),
    )
    words = _script_words(interview, interviewer, round_)
    return ScorecardSheet(
        scorecard_id=card.id if card else None,
        interview_id=interview.id,
        application_id=application.id,
        job_id=application.job_id,
        candidate=name_of(application),
        job_title=application.job.title,
        interviewer=interviewer.name,
        starts_at=interview.starts_at,
        place=interview.place,
        is_cancelled=interview.status is InterviewStatus.CANCELLED,
        guide=guide,
        guide_version=version.number,
        guide_hash=guide.content_hash,
        round=round_,
        opening=pieces(round_.opening_script, words),
        closing=pieces(round_.closing_script, words),
        questions=questions,
        observations=tuple(_observations(guide, answers)),
        recommendation=_known_recommendation(answers),
        recommendation_reason=answers.recommendation_reason,
        open_point=answers.open_point,
        contradiction_reason=answers.contradiction_reason,
        skills=skills,
        composite=own_composite(skills),
        revision=card.revision if card else 0,
        saved_at=card.saved_at if card else None,
        submitted_at=card.submitted_at if card else None,
        records=records_of(round_, card.ratings) if card else {},
        changed_after_reading=bool(card and card.changed_after_reading),
    )


def pieces(script: str, words: Mapping[str, str]) -> tuple[Piece, ...]:
    """The script with what is known put in, and blanks with readable names where nothing is."""
    made: list[Piece] = []
    for number, part in enumerate(PLACEHOLDER.split(script)):
        if number % 2 == 0:
            made.append(Piece(part))
        elif words.get(part):
            made.append(Piece(words[part]))
        else:
            made.append(Piece(str(BLANKS.get(part, part.replace("_", " "))), is_blank=True))
    return tuple(piece for piece in made if piece.text)


def _script_words(interview: Interview, interviewer: Person, round_: FrozenRound) -> dict[str, str]:
    return {
        "candidate_name": name_of(interview.application),
        "interviewer_name": interviewer.name,
        "duration": str(round_.minutes),
        "n": str(len(round_.items)),
        "contact_name": interview.application.job.contact_name,
    }


def _questions(guide: FrozenGuide, round_: FrozenRound, answers: Answers) -> Iterable[SheetQuestion]:
    given = answers.on_questions
    behavioural = [item.question_id for item in round_.items if item.kind == QuestionKind.BEHAVIOURAL]
    for number, item in enumerate(round_.items, 1):
        answer = given.get(item.question_id, Answer())
        yield SheetQuestion(
            number=number,
            item=item,
            skill=guide.skills_by_id[item.skill_id],
            is_first_behavioural=behavioural[:1] == [item.question_id],
            level=str(answer.level) if str(answer.level) in LEVELS else None,
            answer=answer,
        )


def _observations(guide: FrozenGuide, answers: Answers) -> Iterable[SheetObservation]:
    for observation in guide.observations:
        state, evidence = answers.observations.get(observation.id, (None, ""))
        skills = (guide.skills_by_id.get(skill_id) for skill_id in observation.skill_ids)
        yield SheetObservation(
            observation=observation,
            skills=tuple(skill.name for skill in skills if skill),
            state=ObservationState(state) if state in set(ObservationState) else None,
            evidence=evidence,
        )


def _known_recommendation(answers: Answers) -> Recommendation | None:
    given = answers.recommendation
    return Recommendation(given) if given in set(Recommendation) else None


def _answer(rating: Rating) -> Answer:
    return Answer(
        level=NOT_ENOUGH if rating.not_enough_evidence else rating.level,
        evidence=rating.evidence,
        outcome=rating.outcome,
        skip_reason=rating.skip_reason,
        notes=rating.notes,
        probes=tuple(rating.probes),
        seconds=rating.seconds,
    )


def _question_gaps(questions: Iterable[SheetQuestion]) -> Iterable[Gap]:
    for question in questions:
        words = {"n": question.number, "skill": question.skill.name}
        if question.is_skipped:
            yield from _skip_gaps(question, words)
        elif question.level is None:
            sentence = _("Question %(n)s, %(skill)s: choose a level, or “Not enough evidence”.", **words)
            yield Gap(f"level-{question.id}", sentence)
        elif not question.is_done:
            sentence = _("Question %(n)s, %(skill)s: write the evidence for your rating.", **words)
            yield Gap(f"evidence-{question.id}", sentence)


def _skip_gaps(question: SheetQuestion, words: Mapping[str, object]) -> Iterable[Gap]:
    if not is_written(question.answer.skip_reason):
        sentence = _("Question %(n)s, %(skill)s: write why it was skipped.", **words)
        yield Gap(f"skipped-{question.id}", sentence)
    if question.level is not None:
        sentence = _(
            "Question %(n)s, %(skill)s: it is marked as skipped and has a level. Choose “Asked”, or take the "
            "level back.",
            **words,
        )
        yield Gap(f"asked-{question.id}", sentence)


def _observation_gaps(observations: Iterable[SheetObservation]) -> Iterable[Gap]:
    for each in observations:
        if each.state is ObservationState.SEEN and not is_written(each.evidence):
            sentence = _("Seen, but without a few words on when: “%(text)s”.", text=each.observation.text)
            yield Gap(f"words-{each.id}", sentence, blocks=False)


def _recommendation_gaps(sheet: ScorecardSheet) -> Iterable[Gap]:
    if sheet.recommendation is None:
        yield Gap("recommendation", _("Choose your recommendation."))
    if not is_written(sheet.recommendation_reason):
        yield Gap("recommendation_reason", _("Write the reasons for your recommendation."))
    if sheet.recommendation is Recommendation.UNDECIDED and not is_written(sheet.open_point):
        yield Gap("open_point", _("Name the open point that keeps you undecided."))
    if sheet.is_contradictory and not is_written(sheet.contradiction_reason):
        yield Gap("contradiction_reason", _("Say why your recommendation differs from your ratings."))

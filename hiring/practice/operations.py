"""Beginning a round, rating its samples one by one, and choosing a trainer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from hiring import audit
from hiring.errors import Refused
from hiring.extensions import db
from hiring.i18n import _
from hiring.models import Person, PracticeRating, PracticeRound, Trainer, now
from hiring.practice.queries import last_seen
from hiring.scorecards.document import is_written
from question_bank import SampleAnswer, languages, samples

CALIBRATION_SIZE = 10  # One answer for each core skill: enough for figures, short enough for half an hour.
LONGEST_EVIDENCE = 5_000


def begin_round(person: Person, language: str, skill_id: str = "") -> PracticeRound:
    """A round about one skill with all its samples, or a calibration with one of each skill.

    Samples that were not met for longest come first; their order gives no level away.
    Raises Refused for a language or a skill without samples.
    """
    if language not in languages():
        raise Refused(_("Choose one of the languages."), field="language")
    found = samples(skill_id or None)
    if not found:
        raise Refused(_("There are no practice answers for this skill. Choose another one."), field="skill")
    chosen = _shuffled(found) if skill_id else _one_of_each(found, person)
    round_ = PracticeRound(person=person, language=language, is_calibration=not skill_id)
    round_.ratings = [_unrated(sample, position) for position, sample in enumerate(chosen, 1)]
    db.session.add(round_)
    db.session.flush()
    return round_


def rate_sample(round_: PracticeRound, position: int, level: int | None, evidence: str) -> PracticeRating:
    """Rates one sample, once and for all; with the last one the round is finished."""
    rating = next((each for each in round_.ratings if each.position == position), None)
    if rating is None:
        raise Refused(_("This round has no such answer."))
    if rating.level is not None:
        raise Refused(_("You have already rated this answer."))
    if not is_written(evidence):
        raise Refused(_("Write what in the answer your level rests on."), field="evidence")
    if len(evidence) > LONGEST_EVIDENCE:
        raise Refused(_("Write at most %(most)s characters.", most=LONGEST_EVIDENCE), field="evidence")
    if level not in range(1, 6):
        raise Refused(_("Choose a level from 1 to 5."), field="level")
    rating.level, rating.evidence, rating.rated_at = level, evidence, now()
    if all(each.level is not None for each in round_.ratings):
        round_.finished_at = now()
        if round_.is_calibration:
            # That it was done is known to those who plan interviews; how it went is not recorded here.
            audit.record("finish_calibration", round_, round_.person)
    return rating


def choose_trainer(person: Person, trainer: Person | None) -> None:
    """Lets one colleague read the person's practice, or nobody."""
    if trainer is not None and (trainer.id == person.id or not trainer.active):
        raise Refused(_("Choose a colleague with an account."), field="trainer")
    found = db.session.get(Trainer, person.id)
    if found is not None:
        db.session.delete(found)
        db.session.flush()
    if trainer is not None:
        db.session.add(Trainer(person_id=person.id, trainer_id=trainer.id))


def _shuffled(found: Sequence[SampleAnswer]) -> list[SampleAnswer]:
    return random.sample(list(found), len(found))


def _one_of_each(found: Sequence[SampleAnswer], person: Person) -> list[SampleAnswer]:
    """For each skill the sample that was met least recently; chance decides between those never met."""
    seen, by_skill = last_seen(person), dict[str, list[SampleAnswer]]()
    for sample in _shuffled(found):
        by_skill.setdefault(sample.skill, []).append(sample)
    oldest = [min(each, key=lambda sample: _met(seen, sample)) for each in by_skill.values()]
    return _shuffled(oldest)[:CALIBRATION_SIZE]


def _met(seen: dict[str, datetime], sample: SampleAnswer) -> float:
    return seen[sample.id].timestamp() if sample.id in seen else 0.0


def _unrated(sample: SampleAnswer, position: int) -> PracticeRating:
    return PracticeRating(
        position=position, sample_id=sample.id, skill_id=sample.skill, target=sample.level, evidence=""
    )

"""What the page of dropped questions shows."""

from __future__ import annotations

from dataclasses import dataclass

from hiring.dropped.queries import dropped_of, published_versions, ratings_by_question, somebody_is_decided
from hiring.guides.frozen import FrozenItem, frozen_guide
from hiring.i18n import ngettext
from hiring.models import DroppedQuestion, Job


@dataclass(frozen=True)
class CountedQuestion:
    """A question that candidates of the job were or will be asked; ``ratings`` are levels submitted."""

    id: str
    text: str
    skill_id: str
    skill: str
    ratings: int
    is_alone: bool

    @property
    def words(self) -> str:
        """The question with its skill and how often it was rated."""
        rated = ngettext("%(num)s rating", "%(num)s ratings", self.ratings)
        return f"{self.skill}, {rated}: {self.text}"


@dataclass(frozen=True)
class DroppedSheet:
    """Questions that count, those that are dropped with their words, and whether that is settled by a decision."""

    counted: tuple[CountedQuestion, ...]
    dropped: tuple[tuple[DroppedQuestion, str], ...]
    is_settled: bool


def dropped_sheet(job: Job) -> DroppedSheet:
    """The questions of every published version, newest words first."""
    items, skills = _asked(job)
    dropped, ratings = dropped_of(job), ratings_by_question(job)
    gone = {each.question_id for each in dropped}
    left = [item for item in items.values() if item.question_id not in gone]
    per_skill = [item.skill_id for item in left]
    counted = tuple(
        CountedQuestion(
            item.question_id,
            item.text,
            item.skill_id,
            skills[item.skill_id],
            ratings.get(item.question_id, 0),
            per_skill.count(item.skill_id) == 1,
        )
        for item in left
    )
    words = {id_: item.text for id_, item in items.items()}
    return DroppedSheet(
        counted,
        tuple((each, words.get(each.question_id, each.question_id)) for each in dropped),
        somebody_is_decided(job),
    )


def dropped_words(job: Job) -> tuple[tuple[str, str], ...]:
    """Each dropped question in words with its reason; one query where nothing is dropped."""
    dropped = dropped_of(job)
    if not dropped:
        return ()
    items, _skills = _asked(job)
    return tuple(
        (items[each.question_id].text if each.question_id in items else each.question_id, each.reason)
        for each in dropped
    )


def _asked(job: Job) -> tuple[dict[str, FrozenItem], dict[str, str]]:
    items: dict[str, FrozenItem] = {}
    skills: dict[str, str] = {}
    for version in published_versions(job):
        guide = frozen_guide(version)
        skills = {each.id: each.name for each in guide.skills} | skills
        items = {item.question_id: item for round_ in guide.rounds for item in round_.items} | items
    return items, skills

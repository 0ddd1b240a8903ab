"""Which skills the words of a job brief point to, and which words those are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hiring.guides.brief_cues import CUES
from hiring.models import Job
from question_bank import brief_fields, skill_name, skills

# What is given and what must not matter say nothing about what the work asks for.
ABOUT_THE_WORK = (
    "role_purpose",
    "customers_and_channels",
    "touch_points",
    "decision_room",
    "service_standards",
    "culture_and_values",
    "work_environment",
    "growth_and_vision",
    "unique_skills_here",
    "product_to_learn",
)
ASKED_FOR = {"unique_skills_here"}  # Where the brief says which skills it needs, each word counts twice.
MOST_PROPOSED = 6  # Five to eight competencies are what one interview bears (US OPM).
WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class Reason:
    """A word of the brief and the field that it stands in."""

    word: str
    field: str
    points: int


@dataclass(frozen=True)
class PointedTo:
    """A skill with the words that point to it; each different word counts once, or twice where skills are named."""

    skill_id: str
    name: str
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """By which the skills are ranked."""
        return sum(each.points for each in self.reasons)


def has_brief(job: Job) -> bool:
    """Whether the brief says anything about the work."""
    return any(_texts(job))


def pointed_to(job: Job) -> tuple[PointedTo, ...]:
    """The skills that the brief's words point to, with most points first, then in the bank's order."""
    found = [PointedTo(each.id, skill_name(each.id), tuple(_reasons(job, each.id))) for each in skills()]
    return tuple(sorted((each for each in found if each.reasons), key=lambda each: -each.points))


def proposed_skills(job: Job) -> tuple[str, ...]:
    """The ids of the skills to begin with."""
    return tuple(each.skill_id for each in pointed_to(job)[:MOST_PROPOSED])


def _reasons(job: Job, skill_id: str) -> Iterator[Reason]:
    titles = {each.id: each.label for each in brief_fields()}
    seen: set[str] = set()
    for field, text in _texts(job):
        for cue, word in _found(text, skill_id):
            if cue not in seen:
                seen.add(cue)
                yield Reason(word, titles[field], 2 if field in ASKED_FOR else 1)


def _found(text: str, skill_id: str) -> Iterator[tuple[str, str]]:
    words = WORD.findall(text)
    for language, listed in CUES.get(skill_id, {}).items():
        for cue in listed.split():
            if language == "zh":
                yield from [(cue, cue)] if cue in text else []
            else:
                yield from ((cue, word) for word in words if word.casefold().startswith(cue))


def _texts(job: Job) -> list[tuple[str, str]]:
    return [(field, text) for field in ABOUT_THE_WORK if (text := getattr(job.brief, field))]

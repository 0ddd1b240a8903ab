"""The coverage board of a job: which skill is asked in which round by whom, where raters lack, who carries too much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.candidates.naming import name_of
from hiring.guides.frozen import FrozenGuide, frozen_guide
from hiring.guides.queries import versions_of
from hiring.models import Interview, Job
from hiring.panels.queries import interviews_of
from question_bank import NotInBank, skill_name

ENOUGH_RATERS = 2
MUCH = 1.5  # Times the mean of all interviewers.
FEWEST_FOR_MUCH = 3


@dataclass(frozen=True)
class Cell:
    """A skill in a round: its questions and minutes in the newest guide, and who has asked or will ask, how often."""

    questions: int
    minutes: int
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SkillLine:
    """A skill with a cell for each round, and the candidates whom fewer than two people rate on it."""

    name: str
    cells: tuple[Cell, ...]
    short: tuple[str, ...]

    @property
    def is_unasked(self) -> bool:
        """Whether no round asks about it."""
        return not any(cell.questions for cell in self.cells)


@dataclass(frozen=True)
class LoadLine:
    """An interviewer's interviews in each round and in all."""

    name: str
    rounds: tuple[int, ...]
    interviews: int
    minutes: int
    is_much: bool


@dataclass(frozen=True)
class CoverageBoard:
    """The whole board; without a published guide there are no rounds."""

    rounds: tuple[str, ...]
    skills: tuple[SkillLine, ...]
    people: tuple[LoadLine, ...]
    candidates: int

    @property
    def has_gaps(self) -> bool:
        """Whether a skill is unasked, or rated by fewer than two people for somebody."""
        return any(line.is_unasked or line.short for line in self.skills)


def coverage_board(job: Job) -> CoverageBoard:
    """The board from the newest published guide and all interviews that are planned or were held."""
    versions = versions_of(job)
    interviews = interviews_of(job)
    if not versions:
        return CoverageBoard((), (), (), 0)
    guide = frozen_guide(versions[0])
    contents = {version.id: frozen_guide(version) for version in versions}
    asked = [_asked(each, contents[each.guide_version_id]) for each in interviews]
    return CoverageBoard(
        rounds=tuple(each.name for each in guide.rounds),
        skills=tuple(_skill_lines(job, guide, interviews, asked)),
        people=_load_lines(guide, interviews, contents),
        candidates=len({each.application_id for each in interviews}),
    )


def _asked(interview: Interview, guide: FrozenGuide) -> frozenset[str]:
    return frozenset(guide.round_at(interview.round_position).skill_ids)


def _skill_lines(
    job: Job, guide: FrozenGuide, interviews: Sequence[Interview], asked: Sequence[frozenset[str]]
) -> Iterable[SkillLine]:
    names = {each.id: each.name for each in guide.skills}
    raters: dict[tuple[int, str], set[int]] = defaultdict(set)
    for interview, skills in zip(interviews, asked, strict=True):
        for skill_id in skills:
            raters[interview.application_id, skill_id] |= {seat.person_id for seat in interview.panel}
    candidates = {each.application_id: name_of(each.application) for each in interviews}
    for skill_id in dict.fromkeys((*(each.skill_id for each in job.skills), *names)):
        yield SkillLine(
            name=names.get(skill_id) or _name(skill_id),
            cells=tuple(
                _cell(skill_id, guide, place, interviews, asked) for place in range(len(guide.rounds))
            ),
            short=tuple(
                name for id_, name in candidates.items() if len(raters[id_, skill_id]) < ENOUGH_RATERS
            ),
        )


def _cell(
    skill_id: str,
    guide: FrozenGuide,
    place: int,
    interviews: Sequence[Interview],
    asked: Sequence[frozenset[str]],
) -> Cell:
    round_ = guide.rounds[place]
    items = [item for item in round_.items if item.skill_id == skill_id]
    people = Counter(
        seat.person.name
        for interview, skills in zip(interviews, asked, strict=True)
        if interview.round_position == round_.position and skill_id in skills
        for seat in interview.panel
    )
    return Cell(len(items), sum(item.minutes for item in items), tuple(sorted(people.items())))


def _load_lines(
    guide: FrozenGuide, interviews: Sequence[Interview], contents: Mapping[int, FrozenGuide]
) -> tuple[LoadLine, ...]:
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    minutes: Counter[int] = Counter()
    names: dict[int, str] = {}
    for each in interviews:
        length = contents[each.guide_version_id].round_at(each.round_position).minutes
        for seat in each.panel:
            names[seat.person_id] = seat.person.name
            counts[seat.person_id][each.round_position] += 1
            minutes[seat.person_id] += length
    mean = sum(each.total() for each in counts.values()) / len(counts) if counts else 0.0
    return tuple(
        LoadLine(
            names[id_],
            tuple(counts[id_][round_.position] for round_ in guide.rounds),
            counts[id_].total(),
            minutes[id_],
            counts[id_].total() >= max(MUCH * mean, FEWEST_FOR_MUCH) and len(counts) > 1,
        )
        for id_ in sorted(names, key=lambda id_: (-counts[id_].total(), names[id_]))
    )


def _name(skill_id: str) -> str:
    try:
        return skill_name(skill_id)
    except NotInBank:
        return skill_id

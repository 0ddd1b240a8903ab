"""What was published for a job, and what changed from one version to the next, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from hiring.candidates.naming import name_of
from hiring.guides.frozen import FrozenGuide, FrozenItem, FrozenRound, frozen_guide
from hiring.guides.queries import interview_counts, interviewed_by, versions_of
from hiring.i18n import _
from hiring.models import GuideVersion, InterviewStatus, Job


@dataclass(frozen=True)
class VersionRow:
    """A published version in the list; ``parallel_to`` is the number of the version of which it is a parallel form."""

    id: int
    number: int
    published_at: datetime
    published_by: str
    content_hash: str
    bank_version: str
    rounds: int
    questions: int
    minutes: int
    interviews: int
    changes: tuple[str, ...]
    parallel_to: int | None


def published(job: Job) -> tuple[VersionRow, ...]:
    """All versions, newest first, each with what changed since the one before; a parallel form, since its model."""
    versions, interviews = versions_of(job), interview_counts(job)
    contents = {version.id: frozen_guide(version) for version in versions}
    drafted = [version.id for version in versions if version.parallel_to_id is None]
    before: dict[int, int | None] = dict(zip_longest(drafted, drafted[1:]))
    before |= {version.id: version.parallel_to_id for version in versions if version.parallel_to_id}
    return tuple(
        _row(version, contents, before[version.id], interviews.get(version.id, 0)) for version in versions
    )


@dataclass(frozen=True)
class Touched:
    """Whom interviews by one version are about: held ones stay as they were, those to come can still move on."""

    number: int
    held: tuple[str, ...]
    to_come: tuple[str, ...]


def touched(job: Job) -> tuple[Touched, ...]:
    """The candidates whom a further version leaves behind, by the version they were or will be interviewed by."""
    names: dict[int, dict[str, list[str]]] = {}
    for number, status, application in interviewed_by(job):
        kind = "to_come" if status is InterviewStatus.PLANNED else "held"
        names.setdefault(number, {"held": [], "to_come": []})[kind].append(name_of(application))
    return tuple(
        Touched(number, **{kind: tuple(dict.fromkeys(each)) for kind, each in kinds.items()})
        for number, kinds in names.items()
    )


def differences(before: FrozenGuide, after: FrozenGuide) -> tuple[str, ...]:
    """A sentence for every change, questions first; empty if both say the same."""
    sentences = (
        *_questions(before, after),
        *_rounds(before, after),
        *_skills(before, after),
    )
    if sentences or before.content_hash == after.content_hash:
        return sentences
    return (_("The questions are the same; other words around them changed."),)


def _row(
    version: GuideVersion, contents: Mapping[int, FrozenGuide], before: int | None, held: int
) -> VersionRow:
    content = contents[version.id]
    return VersionRow(
        id=version.id,
        number=version.number,
        published_at=version.published_at,
        published_by=version.published_by.name,
        content_hash=version.content_hash,
        bank_version=version.bank_version,
        rounds=len(content.rounds),
        questions=sum(len(round_.items) for round_ in content.rounds),
        minutes=sum(round_.minutes for round_ in content.rounds),
        interviews=held,
        changes=differences(contents[before], content) if before else (),
        parallel_to=version.parallel_to.number if version.parallel_to else None,
    )


def _questions(before: FrozenGuide, after: FrozenGuide) -> Iterable[str]:
    old, new = _items(before), _items(after)
    for id_, item in new.items():
        if id_ not in old:
            yield _("Added to %(skill)s: “%(question)s”", skill=_name(after, item), question=item.text)
    for id_, item in old.items():
        if id_ not in new:
            yield _("Removed from %(skill)s: “%(question)s”", skill=_name(before, item), question=item.text)
    for id_ in _moved(before, after):
        yield _("Moved: “%(question)s”", question=new[id_].text)
    for id_ in (each for each in new if each in old):
        yield from _same_question(old[id_], new[id_])


def _same_question(old: FrozenItem, new: FrozenItem) -> Iterable[str]:
    if old.minutes != new.minutes:
        yield _(
            "%(new)s instead of %(old)s minutes for “%(question)s”",
            new=new.minutes,
            old=old.minutes,
            question=new.text,
        )
    if old.own_note != new.own_note:
        yield _("“%(question)s” has another own note", question=new.text)
    if old.text != new.text:
        yield _("Reworded: “%(new)s” instead of “%(old)s”", new=new.text, old=old.text)


def _items(guide: FrozenGuide) -> dict[str, FrozenItem]:
    return {item.question_id: item for round_ in guide.rounds for item in round_.items}


def _name(guide: FrozenGuide, item: FrozenItem) -> str:
    return guide.skills_by_id[item.skill_id].name


def _moved(before: FrozenGuide, after: FrozenGuide) -> list[str]:
    """The questions that are now in another round, or elsewhere in the order of those that stayed."""
    old, new = _places(before), _places(after)
    at_home = {id_ for id_, place in new.items() if old.get(id_) == place}
    earlier, later = ([id_ for id_ in order if id_ in at_home] for order in (old, new))
    blocks = SequenceMatcher(None, earlier, later, autojunk=False).get_matching_blocks()
    in_order = {later[block.b + n] for block in blocks for n in range(block.size)}
    return [id_ for id_ in new if id_ in old and id_ not in in_order]


def _places(guide: FrozenGuide) -> dict[str, int]:
    """The round of each question, in the order of the questions."""
    return {item.question_id: round_.position for round_ in guide.rounds for item in round_.items}


def _rounds(before: FrozenGuide, after: FrozenGuide) -> Iterable[str]:
    old = {round_.position: round_ for round_ in before.rounds}
    new = {round_.position: round_ for round_ in after.rounds}
    for position in sorted(new.keys() - old.keys()):
        yield _("New round: “%(name)s”", name=new[position].name)
    for position in sorted(old.keys() - new.keys()):
        yield _("Round removed: “%(name)s”", name=old[position].name)
    for position in sorted(new.keys() & old.keys()):
        yield from _same_round(old[position], new[position])


def _same_round(old: FrozenRound, new: FrozenRound) -> Iterable[str]:
    if old.name != new.name:
        yield _("Round “%(old)s” is now called “%(new)s”", old=old.name, new=new.name)
    times = ("minutes", "opening_minutes", "closing_minutes")
    if any(getattr(old, name) != getattr(new, name) for name in times):
        yield _("“%(name)s” has other times", name=new.name)
    if old.kind is not new.kind:
        yield _("“%(name)s” is another kind of conversation", name=new.name)
    if old.prompts != new.prompts:
        yield _("“%(name)s” has other questions for the interviewer alone", name=new.name)
    # The number of questions and the duration stand in the opening, so it alone may differ for them.
    if old.closing_script != new.closing_script or _unfilled(old) != _unfilled(new):
        yield _("“%(name)s” has other words for opening or closing", name=new.name)


def _unfilled(round_: FrozenRound) -> str:
    return "".join(letter for letter in round_.opening_script if not letter.isdigit())


def _skills(before: FrozenGuide, after: FrozenGuide) -> Iterable[str]:
    for id_, skill in after.skills_by_id.items():
        earlier = before.skills_by_id.get(id_)
        if earlier is None:
            yield _("Skill added: %(skill)s", skill=skill.name)
        elif (earlier.weight, earlier.weight_reason) != (skill.weight, skill.weight_reason):
            yield _(
                "%(skill)s has weight %(new)s instead of %(old)s",
                skill=skill.name,
                new=skill.weight,
                old=earlier.weight,
            )
    for id_, skill in before.skills_by_id.items():
        if id_ not in after.skills_by_id:
            yield _("Skill removed: %(skill)s", skill=skill.name)

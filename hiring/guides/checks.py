"""What to think over before a guide is published. Only what blocks must be acknowledged; the rest is advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiring.guides.frozen import FrozenGuide, FrozenItem, FrozenRound
from hiring.i18n import _, ngettext
from hiring.planning.composer import QUESTIONS_PER_HOUR
from question_bank import NotInBank, QuestionKind, pairs, skill_name

LONGEST_QUOTE = 70


@dataclass(frozen=True)
class Concern:
    """A sentence about the guide; ``blocks`` says that publishing needs a yes to it."""

    sentence: str
    blocks: bool = False


def concerns_about(guide: FrozenGuide, job_skill_ids: Sequence[str]) -> tuple[Concern, ...]:
    """Everything to think over, what blocks first."""
    asked = [item for round_ in guide.rounds for item in round_.items]
    counts = Counter(item.skill_id for item in asked)
    names = _Names(guide)
    sentences = (
        *_outside_the_job(counts, job_skill_ids, names),
        *_asked_once(counts, names),
        *_one_probe_twice(asked),
        *_motivation_alone(asked, names),
        *_too_long(guide.rounds),
        *_overlaps(set(counts) | set(job_skill_ids), guide.language, names),
    )
    blocking = tuple(Concern(sentence, blocks=True) for sentence in unasked(guide, job_skill_ids))
    return blocking + tuple(Concern(sentence) for sentence in sentences)


def unasked(guide: FrozenGuide, job_skill_ids: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each of the job's skills that no question asks about."""
    asked = {item.skill_id for round_ in guide.rounds for item in round_.items}
    names = _Names(guide)
    return tuple(
        _(
            "%(skill)s is one of the job's skills, and no question asks about it.",
            skill=names[skill_id],
        )
        for skill_id in job_skill_ids
        if skill_id not in asked
    )


class _Names(dict[str, str]):
    """The names of skills: the guide's, else the bank's; what nobody knows any longer is called by its id."""

    def __init__(self, guide: FrozenGuide) -> None:
        super().__init__({skill.id: skill.name for skill in guide.skills})
        self.language = guide.language

    def __missing__(self, skill_id: str) -> str:
        try:
            return skill_name(skill_id, self.language)
        except NotInBank:
            return skill_id


def quoted(text: str) -> str:
    """A question in quotation marks, cut where it is long."""
    words = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    return f"“{words}”"


def _outside_the_job(
    counts: Counter[str], job_skill_ids: Sequence[str], names: Mapping[str, str]
) -> Iterable[str]:
    outside = [names[skill_id] for skill_id in counts if skill_id not in job_skill_ids]
    if outside:
        yield ngettext(
            "%(skills)s is not one of the job's skills. It would count with weight 1.",
            "%(skills)s are not among the job's skills. Each would count with weight 1.",
            len(outside),
            skills=", ".join(outside),
        )


def _asked_once(counts: Counter[str], names: Mapping[str, str]) -> Iterable[str]:
    once = [names[skill_id] for skill_id, n in counts.items() if n == 1]
    if once:
        yield ngettext(
            "%(skills)s has a single question, so one unlucky answer decides.",
            "These skills have a single question each, so one unlucky answer decides: %(skills)s.",
            len(once),
            skills=", ".join(once),
        )


def _one_probe_twice(asked: Sequence[FrozenItem]) -> Iterable[str]:
    by_probe: dict[str, list[FrozenItem]] = {}
    for item in asked:
        by_probe.setdefault(_probe_id(item), []).append(item)
    for items in by_probe.values():
        if len(items) > len({item.question_id for item in items}):
            yield _("A question is asked twice: %(question)s", question=quoted(items[0].text))
        elif len(items) > 1:
            yield _(
                "Two questions are forms of the same one: %(one)s and %(other)s",
                one=quoted(items[0].text),
                other=quoted(items[1].text),
            )


def _probe_id(item: FrozenItem) -> str:
    return item.question_id.rpartition("-")[0]


def _motivation_alone(asked: Sequence[FrozenItem], names: Mapping[str, str]) -> Iterable[str]:
    with_behaviour = {item.skill_id for item in asked if item.kind == QuestionKind.BEHAVIOURAL}
    alone = {item.skill_id for item in asked if item.kind == QuestionKind.MOTIVATION} - with_behaviour
    for skill_id in sorted(alone):
        yield _(
            "%(skill)s is asked about by motivation only. What people want says little; add a question about"
            " past behaviour, which is what is rated.",
            skill=names[skill_id],
        )


def _too_long(rounds: Sequence[FrozenRound]) -> Iterable[str]:
    for round_ in rounds:
        over = round_.planned_minutes - round_.minutes
        if over > 0:
            yield ngettext(
                "“%(round)s” is planned %(num)s minute too long.",
                "“%(round)s” is planned %(num)s minutes too long.",
                over,
                round=round_.name,
            )
        if len(round_.items) * 60 > QUESTIONS_PER_HOUR * round_.minutes:
            yield _(
                "“%(round)s” has %(n)s questions in %(minutes)s minutes. More than eight in an hour leave no time to"
                " follow up.",
                round=round_.name,
                n=len(round_.items),
                minutes=round_.minutes,
            )


def _overlaps(skill_ids: Collection[str], language: str, names: Mapping[str, str]) -> Iterable[str]:
    for pair in pairs(skill_ids, language):
        one, other = (names[each] for each in pair.skills)
        yield _("%(one)s and %(other)s overlap. %(reason)s", one=one, other=other, reason=pair.reason)

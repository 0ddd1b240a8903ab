"""Everything in the bank that can be looked for, passage by passage, with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hiring.models import Found
from question_bank import Bank, Indicator, Observation, Probe, Question, QuestionKind, Skill
from question_bank.texts import Brief, Correspondence, Method, Scripts, Sharing

PROBE_ID = re.compile(r"[a-z0-9-]+-x?[0-9]+")


@dataclass(frozen=True)
class Content:
    """One passage; ``place`` is its anchor on the skill's page, or on that of the words around the questions."""

    found: Found
    ident: str
    text: str
    place: str
    skill_id: str | None = None
    skill_name: str = ""
    kind: QuestionKind | None = None
    level: int | None = None


def everything_in(bank: Bank) -> Iterator[Content]:
    """Every passage of a bank: its skills, then what may be noticed, then the words around the questions."""
    for skill in bank.skills:
        yield from of_skill(skill)
    names = {skill.id: skill.name for skill in bank.skills}
    for each in bank.observations:
        yield from _of_observation(each, names)
    yield from around(bank)


def of_skill(skill: Skill) -> Iterator[Content]:
    """Every passage of a skill."""
    for each in _of_skill(skill):
        yield replace(each, skill_id=skill.id, skill_name=skill.name)


def of_probe(probe: Probe, skill_id: str, skill_name: str) -> Iterator[Content]:
    """Every passage of a probe that belongs to a skill."""
    for each in _of_probe(probe):
        yield replace(each, skill_id=skill_id, skill_name=skill_name)


def around(bank: Bank) -> Iterator[Content]:
    """What belongs to no skill: scripts, messages, rules, the job brief, suggested sets of skills."""
    yield from _scripts(bank.scripts)
    yield from _messages(bank.correspondence)
    yield from _method(bank.method)
    yield from _brief(bank.brief)
    yield from _sharing(bank.sharing)
    for preset in bank.presets:
        yield Content(Found.PRESET, preset.id, _with_note(preset.name, preset.note), preset.id)
    for pair in bank.pairs:
        ident = "-and-".join(pair.skills)
        yield Content(Found.RULE, ident, pair.reason, ident)


def _of_skill(skill: Skill) -> Iterator[Content]:
    yield Content(Found.MEANING, skill.id, f"{skill.name}: {skill.meaning}", "meaning")
    for text in filter(None, (skill.why_it_matters, skill.boundary, *skill.caveats)):
        yield Content(Found.MEANING, skill.id, text, "meaning")
    for probe in skill.probes:
        yield from _of_probe(probe)
    for indicator in skill.indicators:
        yield from _of_indicator(indicator)
    for anchor in skill.anchors:
        yield Content(
            Found.ANCHOR, f"{skill.id}-level-{anchor.level}", anchor.text, "levels", level=anchor.level
        )


def _of_probe(probe: Probe) -> Iterator[Content]:
    if probe.title:
        yield Content(Found.TITLE, probe.id, probe.title, probe.id)
    for question in probe.questions:
        yield from _of_question(question)
    for follow_up in probe.follow_ups:
        yield Content(Found.FOLLOW_UP, probe.id, follow_up.text, probe.id)
    if probe.listen_for:
        yield Content(Found.LISTEN_FOR, probe.id, probe.listen_for, probe.id)
    yield from _notes(probe.id, probe.note)


def _of_question(question: Question) -> Iterator[Content]:
    yield Content(Found.QUESTION, question.id, question.text, question.id, kind=question.kind)
    yield from _notes(question.id, question.note)


def _of_indicator(indicator: Indicator) -> Iterator[Content]:
    yield Content(Found.INDICATOR, indicator.id, indicator.text, indicator.id)
    yield from _notes(indicator.id, indicator.red_flag_if, _said(indicator.caveat))


def _of_observation(observation: Observation, names: dict[str, str]) -> Iterator[Content]:
    skill_id = next(iter(observation.skill_ids), None)
    for each in (
        Content(Found.OBSERVATION, observation.id, observation.text, observation.id),
        *_notes(observation.id, _said(observation.caveat)),
    ):
        yield replace(each, skill_id=skill_id, skill_name=names.get(skill_id or "", ""))


def _notes(ident: str, *texts: str) -> Iterator[Content]:
    for text in filter(None, texts):
        yield Content(Found.NOTE, ident, text, ident)


def _said(caveat: str) -> str:
    """What a caveat says, unless it is the id of a probe, whose own note is found there."""
    return "" if PROBE_ID.fullmatch(caveat) else caveat


def _scripts(scripts: Scripts) -> Iterator[Content]:
    yield Content(Found.SCRIPT, "opening", scripts.opening.text, "opening")
    yield Content(Found.SCRIPT, "behavioural-line", scripts.behavioural_line, "behavioural-line")
    yield Content(Found.SCRIPT, "closing", scripts.closing.text, "closing")
    yield from _numbered(Found.RULE, "conduct", (each.text for each in (*scripts.conduct, scripts.panels)))


def _messages(letters: Correspondence) -> Iterator[Content]:
    for message in letters.messages:
        yield Content(Found.MESSAGE, message.id, message.text, f"message-{message.id}")
    yield from _numbered(Found.RULE, "correspondence", (*letters.principles, letters.status_rule))
    for code in letters.reason_codes:
        yield Content(Found.RULE, code.id, code.label, f"reason-{code.id}")


def _method(method: Method) -> Iterator[Content]:
    for each in method.levels:
        level = each.level if isinstance(each.level, int) else None
        text, ident = _with_note(each.label, each.meaning), f"level-{each.level}"
        yield Content(Found.ANCHOR, ident, text, ident, level=level)
    for kind in method.kinds:
        for text in (kind.asks_for, kind.use):
            yield Content(Found.RULE, kind.id, text, f"kind-{kind.id}")
    for rule in method.rating_rules:
        yield Content(Found.RULE, rule.id, rule.text, rule.id)
    yield from _numbered(Found.RULE, "method", (method.follow_ups, *method.observation_rules))


def _brief(brief: Brief) -> Iterator[Content]:
    for field in brief.brief_fields:
        for text in (_with_note(field.label, field.content), field.why):
            yield Content(Found.BRIEF, field.id, text, f"brief-{field.id}")
    yield from _numbered(Found.BRIEF, "before-publishing", (each.text for each in brief.before_publishing))


def _sharing(sharing: Sharing) -> Iterator[Content]:
    kit = sharing.share_kit
    yield from _numbered(Found.MESSAGE, "share-kit", (kit.signature, kit.post, kit.poster))
    notes = (each.text for each in (*sharing.taking_part, *sharing.standards))
    yield from _numbered(Found.RULE, "sharing", notes)


def _numbered(found: Found, ident: str, texts: Iterable[str]) -> Iterator[Content]:
    for number, text in enumerate(texts, 1):
        yield Content(found, f"{ident}-{number}", text, f"{ident}-{number}")


def _with_note(name: str, note: str) -> str:
    return f"{name}: {note}" if note else name

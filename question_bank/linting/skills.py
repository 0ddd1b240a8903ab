"""Looks at a probe or a whole skill: its words, and what is missing around them."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.linting.findings import Finding, LintRule
from question_bank.linting.folding import fold
from question_bank.linting.questions import lint_question
from question_bank.linting.wordings import knowledge
from question_bank.model import Anchor, Probe, Skill
from question_bank.skill_rules import FOLLOW_UPS, WRITTEN_FOR_EXTENSIONS

UNEVEN = (
    4  # Raters lean to the level that tells them most; below a quarter the difference is hard to overlook.
)


def lint_probe(probe: Probe, language: str) -> tuple[Finding, ...]:
    """What is doubtful about a probe's questions and follow-ups, then what is missing."""
    return tuple(_words(probe, language)) + tuple(_gaps(probe, language))


def lint_skill(skill: Skill, language: str) -> tuple[Finding, ...]:
    """What is doubtful about all of a skill's probes, then about its anchors."""
    found = [finding for probe in skill.probes for finding in lint_probe(probe, language)]
    return (*found, *(each.about(skill.id) for each in _anchors(skill.anchors, language)))


def _words(probe: Probe, language: str) -> Iterator[Finding]:
    for question in probe.questions:
        for finding in lint_question(question.text, language, question.kind):
            yield finding.about(question.id)
    for follow_up in probe.follow_ups:
        for finding in lint_question(follow_up.text, language):
            yield finding.about(probe.id)


def _gaps(probe: Probe, language: str) -> Iterator[Finding]:
    advice = knowledge(language).advice
    fewest, _ = FOLLOW_UPS
    if probe.alternative is None:
        yield Finding(LintRule.NO_ALTERNATIVE, advice[LintRule.NO_ALTERNATIVE], subject=probe.id)
    if len(probe.follow_ups) < fewest:
        yield Finding(LintRule.MISSING_FOLLOW_UPS, advice[LintRule.MISSING_FOLLOW_UPS], subject=probe.id)


def _anchors(anchors: tuple[Anchor, ...], language: str) -> Iterator[Finding]:
    advice = knowledge(language).advice
    if not {anchor.level for anchor in anchors} >= set(WRITTEN_FOR_EXTENSIONS):
        yield Finding(LintRule.MISSING_ANCHORS, advice[LintRule.MISSING_ANCHORS])
    longest = max((len(anchor.text) for anchor in anchors), default=0)
    seen = set[str]()
    for anchor in anchors:
        plain = " ".join(fold(anchor.text).text.casefold().split()).rstrip(".")
        if plain in seen:
            yield _whole(anchor, LintRule.SAME_ANCHORS, advice)
        elif len(anchor.text) * UNEVEN < longest:
            yield _whole(anchor, LintRule.UNEVEN_ANCHORS, advice)
        seen.add(plain)


def _whole(anchor: Anchor, rule: LintRule, advice: dict[LintRule, str]) -> Finding:
    return Finding(rule, advice[rule], None, 0, len(anchor.text), anchor.text)

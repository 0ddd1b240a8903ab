"""What the linter says about an entry's words, place by place, also while they are incomplete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hiring.authoring.content import Content
from hiring.models import EntryKind
from question_bank import Anchor, FollowUp, Probe, Question, QuestionForm, QuestionKind, Skill, SkillKind
from question_bank.linting import Finding, LintRule, languages, lint_probe, lint_question, lint_skill
from question_bank.source import Place


@dataclass(frozen=True)
class Remark:
    """One thing that the linter noticed: where, in which words, and what to do about it."""

    place: Place
    rule: LintRule
    words: str
    advice: str
    blocks: bool


def remarks_on(kind: EntryKind, content: Content, language: str) -> list[Remark]:
    """Everything that the linter says about the content; what blocks comes first."""
    if language not in languages():
        return []
    found = _of_skill(content, language) if kind is EntryKind.SKILL else _of_probe((), content, language)
    return sorted(found, key=lambda each: not each.blocks)


def _of_skill(content: Content, language: str) -> Iterator[Remark]:
    for index, probe in enumerate(content.get("probes", [])):
        yield from _of_probe(("probes", index), probe, language)
    written = [each for each in content.get("anchors", []) if each["text"]]
    if written:
        yield from _of_anchors(written, language)


def _of_probe(place: Place, probe: Content, language: str) -> Iterator[Remark]:
    asked = [each for each in probe.get("questions", []) if each.get("text")]
    follow_ups = [each for each in probe.get("follow_ups", []) if each.get("text")]
    for index, each in enumerate(probe.get("questions", [])):
        found = lint_question(each.get("text", ""), language, _kind(each))
        yield from _remarks((*place, "questions", index, "text"), found)
    for index, each in enumerate(probe.get("follow_ups", [])):
        found = lint_question(each.get("text", ""), language)
        yield from _remarks((*place, "follow_ups", index, "text"), found)
    if asked:
        yield from _of_gaps(place, len(asked), len(follow_ups), language)


def _of_gaps(place: Place, asked: int, follow_ups: int, language: str) -> Iterator[Remark]:
    """What is missing: asked of a probe with as many parts, and no words of its own."""
    silent = Probe.model_construct(
        id="",
        questions=tuple(_question("") for _each in range(asked)),
        follow_ups=tuple(FollowUp.model_construct(text="") for _each in range(follow_ups)),
    )
    parts = {LintRule.NO_ALTERNATIVE: "questions", LintRule.MISSING_FOLLOW_UPS: "follow_ups"}
    for finding in lint_probe(silent, language):
        yield from _remarks((*place, parts[finding.rule]), [finding])


def _of_anchors(written: list[Content], language: str) -> Iterator[Remark]:
    anchors = tuple(Anchor.model_construct(level=each["level"], text=each["text"]) for each in written)
    for finding in lint_skill(_skill(anchors), language):
        level = next((str(each.level) for each in reversed(anchors) if each.text == finding.found), None)
        yield from _remarks(("anchors", level) if level else ("anchors",), [finding])


def _remarks(place: Place, findings: Iterable[Finding]) -> Iterator[Remark]:
    for each in findings:
        yield Remark(place, each.rule, each.found, each.advice, each.blocks)


def _skill(anchors: tuple[Anchor, ...]) -> Skill:
    return Skill.model_construct(
        id="",
        kind=SkillKind.EXTENSION,
        name="",
        position=1,
        revision=1,
        meaning="",
        probes=(),
        positive_indicators=(),
        negative_indicators=(),
        anchors=anchors,
    )


def _question(text: str) -> Question:
    return Question.model_construct(
        id="", form=QuestionForm.MAIN, kind=QuestionKind.BEHAVIOURAL, text=text, note=""
    )


def _kind(question: Content) -> QuestionKind | None:
    return QuestionKind(question["kind"]) if question.get("kind") in list(QuestionKind) else None

"""Looks at one question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.linting.findings import Finding, LintRule
from question_bank.linting.folding import Folded, fold
from question_bank.linting.wordings import Knowledge, Pattern, Watch, knowledge
from question_bank.model import QuestionKind

ENDS_OF_SENTENCES = ".?!;。"
NEXT_WORD = re.compile(r"\W{0,2}\w{0,24}")
WORD = re.compile(r"\w+(?:['-]\w+)*")
CHARACTER = re.compile(r"\w")


def lint_question(text: str, language: str, kind: QuestionKind | None = None) -> tuple[Finding, ...]:
    """What is doubtful about the words of a question, in their order. Without a kind, its form is not judged.

    Raises NotInBank for a language the linter does not know.
    """
    known = knowledge(language)
    folded = fold(text)
    found = [
        _finding(text, folded, watch, match)
        for watch in known.watches
        if watch.rule is not LintRule.HYPOTHETICAL or kind is QuestionKind.BEHAVIOURAL
        for match in _matches(folded.text, watch)
    ]
    found += _too_long(text, folded, known)
    return tuple(sorted(found, key=lambda each: (each.start, each.rule, each.end)))


def _finding(text: str, folded: Folded, watch: Watch, match: re.Match[str]) -> Finding:
    start, end = folded.place(match.start()), folded.place(match.end())
    start, end = _tight(text, start, end)
    return Finding(watch.rule, watch.advice, watch.topic, start, end, text[start:end])


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks and the punctuation that a pattern took along at its ends."""
    words = text[start:end]
    bare = words.strip(" \t\n,.?!;:，。？！；：")
    if not bare:
        return start, end
    start += words.index(bare)
    return start, start + len(bare)


def _matches(text: str, watch: Watch) -> Iterator[re.Match[str]]:
    """The places of a doubt; of those that overlap, the first and longest."""
    every = (match for pattern in watch.patterns for match in pattern.finditer(text))
    reached = 0
    for match in sorted(every, key=lambda each: (each.start(), -each.end())):
        if match.start() >= reached and not _is_spared(text, watch.spared, match):
            yield match
            reached = match.end()


def _is_spared(text: str, spared: tuple[Pattern, ...], match: re.Match[str]) -> bool:
    """Whether the sentence has said, up to the word that follows, that it is about somebody else."""
    if not spared:
        return False
    start = max(text.rfind(end, 0, match.start()) for end in ENDS_OF_SENTENCES) + 1
    following = NEXT_WORD.match(text, match.end())
    end = following.end() if following else match.end()
    return any(pattern.search(text, start, end) for pattern in spared)


def _too_long(text: str, folded: Folded, known: Knowledge) -> list[Finding]:
    """What comes after the words that can be said in one breath or two."""
    counted = WORD if known.counted == "words" else CHARACTER
    words = list(counted.finditer(folded.text))
    if len(words) <= known.longest:
        return []
    start, end = folded.place(words[known.longest].start()), folded.place(words[-1].end())
    advice = known.advice[LintRule.TOO_LONG]
    return [Finding(LintRule.TOO_LONG, advice, None, start, end, text[start:end])]

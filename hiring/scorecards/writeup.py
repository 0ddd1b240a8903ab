"""What could be better in a write-up: shown to its writer alone, never stored, and never in the way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from hiring.guides.frozen import FrozenItem, FrozenSkill
from hiring.i18n import _
from hiring.scorecards.document import NOT_ENOUGH, ScorecardSheet
from hiring.scorecards.telltales import LANGUAGES, Telltales, language_of
from question_bank.linting import LintRule, lint_question
from question_bank.linting.folding import Folded, fold

SENTENCE = re.compile(r"[^.!?;。！？；\n]+")
UNIT = re.compile("[\u4e00-\u9fff]|[^\\W\u4e00-\u9fff]+(?:['-]\\w+)*")
MOST_IN_A_FIELD = 3  # More than that is not read.
LONGEST_QUOTE = 120


class Kind(StrEnum):
    """What a text is for."""

    EVIDENCE = "evidence"
    NOTES = "notes"
    REASONS = "reasons"


class Doubt(StrEnum):
    """What may be wrong with a text."""

    TOO_SHORT = "too_short"
    NO_ACTION = "no_action"
    JUDGEMENT = "judgement"
    PROTECTED = "protected"
    REPEATED = "repeated"
    COPIED = "copied"


@dataclass(frozen=True)
class Written:
    """One text of the scorecard; ``sources`` are the question and the anchors it may have been copied from."""

    target: str
    place: str
    text: str
    kind: Kind
    question: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One doubt: the control it is about, the words as they were written, and what to do."""

    target: str
    place: str
    doubt: Doubt
    found: str
    sentence: str


def advice_for(sheet: ScorecardSheet, fields: Mapping[str, str]) -> tuple[Advice, ...]:
    """What its writer may want to improve in a scorecard, in the order of the page."""
    return advice_on(tuple(_written(sheet, fields)), sheet.guide.language)


def advice_on(texts: Sequence[Written], language: str) -> tuple[Advice, ...]:
    """What may be improved in these texts; ``language`` is the guide's."""
    repeated = _repeated(texts)
    return tuple(
        advice
        for written in texts
        for advice in islice(_advice(written, language, repeated), MOST_IN_A_FIELD)
    )


def by_target(advice: Iterable[Advice]) -> dict[str, list[Advice]]:
    """The advice of each control, to stand beside it."""
    found = defaultdict[str, list[Advice]](list)
    for each in advice:
        found[each.target].append(each)
    return dict(found)


def sentence_for(doubt: Doubt) -> str:
    """What to do about a doubt."""
    return {
        Doubt.TOO_SHORT: _("Very short. Add what the candidate said or did, and what came of it."),
        Doubt.NO_ACTION: _(
            "It does not say what the candidate did. Add what was said or done, step by step."
        ),
        Doubt.JUDGEMENT: _("A judgement without behaviour. Write what you saw or heard that led you to it."),
        Doubt.PROTECTED: _(
            "This must play no part in hiring, and others will read it. "
            "Remove it, and keep what was said about the work."
        ),
        Doubt.REPEATED: _("The same sentence stands under another question. Keep it where it was said."),
        Doubt.COPIED: _("Copied from the guide. Write the candidate’s own words and actions instead."),
    }[doubt]


def _written(sheet: ScorecardSheet, fields: Mapping[str, str]) -> Iterator[Written]:
    for question in sheet.questions:
        place = _("Question %(n)s, %(skill)s", n=question.number, skill=question.skill.name)
        sources = _sources(question.item, question.skill)
        for kind in (Kind.NOTES, Kind.EVIDENCE):
            if kind is Kind.EVIDENCE and question.level == NOT_ENOUGH:
                continue
            name = f"{kind}-{question.id}"
            yield Written(name, place, fields.get(name, ""), kind, question.id, sources)
    for each in sheet.observations:
        name = f"words-{each.id}"
        yield Written(name, each.observation.text, fields.get(name, ""), Kind.NOTES)
    yield Written(
        "recommendation_reason",
        _("Recommendation"),
        fields.get("recommendation_reason", ""),
        Kind.REASONS,
    )


def _sources(item: FrozenItem, skill: FrozenSkill) -> tuple[str, ...]:
    return (item.text, *(anchor.text for anchor in skill.anchors))


def _advice(
    written: Written, language: str, repeated: Mapping[tuple[str, ...], set[str]]
) -> Iterator[Advice]:
    if not UNIT.search(written.text):
        return
    spoken = language_of(written.text, language)
    known, folded = LANGUAGES[spoken], fold(written.text)
    for doubt, start, end in _doubts(written, spoken, known, folded, repeated):
        found = written.text[folded.place(start) : folded.place(end)].strip()
        yield Advice(written.target, written.place, doubt, found[:LONGEST_QUOTE], sentence_for(doubt))


Found = tuple[Doubt, int, int]


def _doubts(
    written: Written,
    language: str,
    known: Telltales,
    folded: Folded,
    repeated: Mapping[tuple[str, ...], set[str]],
) -> Iterator[Found]:
    yield from _protected(folded.text, language, known)
    if written.kind is Kind.NOTES:
        return
    judged = list(_judgements(folded.text, known))
    yield from judged
    if written.kind is Kind.REASONS:
        return
    yield from _same_sentences(written, folded.text, known, repeated)
    yield from _copied(folded.text, written.sources, known.same_run)
    if not judged:
        yield from _thin(folded.text, known)


def _thin(text: str, known: Telltales) -> Iterator[Found]:
    """Evidence of a few words, or of some more that name no action."""
    length = len(UNIT.findall(text))
    if length < known.fewest:
        yield Doubt.TOO_SHORT, 0, len(text)
    elif length < known.short and not known.action.search(text):
        yield Doubt.NO_ACTION, 0, len(text)


def _judgements(text: str, known: Telltales) -> Iterator[Found]:
    """Judgements in sentences that tell of no action and of nobody else."""
    for sentence in SENTENCE.finditer(text):
        if known.action.search(sentence[0]) or known.others.search(sentence[0]):
            continue
        found = known.judgement.search(text, *sentence.span())
        if found:
            yield Doubt.JUDGEMENT, *found.span()


def _protected(text: str, language: str, known: Telltales) -> Iterator[Found]:
    """What no candidate may be asked, and what must not be noted about one; what is told of others may stand."""
    for asked in lint_question(text, language):
        if asked.rule is LintRule.OFF_LIMITS:
            yield Doubt.PROTECTED, asked.start, asked.end
    for sentence in SENTENCE.finditer(text):
        found = known.protected.search(text, *sentence.span())
        if found and not known.others.search(text, sentence.start(), found.end()):
            yield Doubt.PROTECTED, *found.span()


def _units(text: str) -> tuple[str, ...]:
    return tuple(unit.casefold() for unit in UNIT.findall(fold(text).text))


def _repeated(texts: Iterable[Written]) -> dict[tuple[str, ...], set[str]]:
    """The sentences of the evidence, each with the questions under which it stands."""
    found = defaultdict[tuple[str, ...], set[str]](set)
    for written in texts:
        if written.kind is Kind.EVIDENCE:
            for sentence in SENTENCE.findall(written.text):
                found[_units(sentence)].add(written.question)
    return found


def _same_sentences(
    written: Written, text: str, known: Telltales, repeated: Mapping[tuple[str, ...], set[str]]
) -> Iterator[Found]:
    for sentence in SENTENCE.finditer(text):
        units = _units(sentence[0])
        if len(units) >= known.same_sentence and len(repeated.get(units, ())) > 1:
            yield Doubt.REPEATED, *sentence.span()


def _copied(text: str, sources: Iterable[str], run: int) -> Iterator[Found]:
    """The first run of so many words that also stands in a source, as far as it goes."""
    places = list(UNIT.finditer(text))
    own = tuple(place[0].casefold() for place in places)
    known = {gram for source in sources for gram in _runs(_units(source), run)}
    hits = [n for n, gram in enumerate(_runs(own, run)) if gram in known]
    if not hits:
        return
    last = hits[0]
    while last + 1 in hits:
        last += 1
    yield Doubt.COPIED, places[hits[0]].start(), places[last + run - 1].end()


def _runs(units: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    for start in range(len(units) - length + 1):
        yield tuple(units[start : start + length])

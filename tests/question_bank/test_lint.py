"""What the linter finds in questions, what it spares, and how often it is right."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import question_bank
from question_bank import BankError, NotInBank, Probe, QuestionKind, Skill, probe, skill
from question_bank.linting import (
    Finding,
    LintRule,
    Topic,
    languages,
    lint_probe,
    lint_question,
    lint_skill,
)
from question_bank.linting.wordings import FOLDER, knowledge, read_knowledge

LANGUAGES = ("da", "en", "ru", "zh")
SENTENCES = yaml.safe_load((Path(__file__).parent / "lint" / "sentences.yaml").read_text("utf-8"))
FLOORS = {  # precision and recall over everything, then over what is held out
    "en": (0.98, 0.89, 0.95, 0.72),
    "ru": (0.98, 0.90, 0.95, 0.76),
    "zh": (0.95, 0.89, 0.95, 0.72),
    "da": (0.96, 0.88, 0.95, 0.68),
}


@dataclass(frozen=True)
class Score:
    """How many labels were found, found without cause, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({counts})"


def labels(findings: Iterable[Finding]) -> set[str]:
    return {f"{each.rule}/{each.topic}" if each.topic else str(each.rule) for each in findings}


def score(code: str, rows: list[dict[str, object]]) -> Score:
    right = wrong = missed = 0
    for row in rows:
        kind = QuestionKind(row["kind"]) if "kind" in row else None
        found = labels(lint_question(str(row["text"]), code, kind))
        expected = set(row.get("expect", ()))  # type: ignore[call-overload]
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
    return Score(right, wrong, missed)


@pytest.mark.parametrize("code", LANGUAGES)
def test_precision_and_recall_stay_above_their_floors(
    code: str, capsys: pytest.CaptureFixture[str], record_property: pytest.RecordProperty
) -> None:
    rows = SENTENCES[code]

    whole = score(code, rows)
    held_out = score(code, [row for row in rows if row.get("held_out")])
    direct = score(code, [row for row in rows if row.get("held_out") and not row.get("indirect")])

    parts = {"all": whole, "held out": held_out, "held out, direct only": direct}
    with capsys.disabled():
        print(f"\n{code}: {len(rows)} sentences")
        for name, figures in parts.items():
            record_property(f"{code} {name}", str(figures))
            print(f"  {name}: {figures}")
    reached = (whole.precision, whole.recall, held_out.precision, held_out.recall)
    assert [each >= floor for each, floor in zip(reached, FLOORS[code], strict=True)] == [True] * 4


@pytest.mark.parametrize("code", LANGUAGES)
def test_half_of_the_sentences_are_innocent_and_a_third_is_held_out(code: str) -> None:
    rows = SENTENCES[code]
    texts = [row["text"] for row in rows]

    assert len(set(texts)) == len(rows) >= 60
    assert 0.45 <= sum("expect" not in row for row in rows) / len(rows) <= 0.55
    assert sum(bool(row.get("held_out")) for row in rows) / len(rows) >= 0.33
    assert {f"off_limits/{topic}" for topic in Topic} <= {
        label for row in rows for label in row.get("expect", ())
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_topic_is_watched_in_every_language(code: str) -> None:
    off_limits = [watch for watch in knowledge(code).watches if watch.topic]

    assert languages() == LANGUAGES
    assert sorted(watch.topic for watch in off_limits if watch.topic) == sorted(Topic)
    assert sum(len(watch.patterns) for watch in off_limits) >= 25
    assert all(
        watch.patterns and watch.advice.endswith((".", "?", '"', "。", "”", "»")) for watch in off_limits
    )


@pytest.mark.parametrize("code", question_bank.languages())
def test_nothing_in_our_own_bank_is_off_limits(code: str) -> None:
    found = [finding for each in question_bank.skills(code) for finding in lint_skill(each, code)]

    assert [(each.subject, each.found) for each in found if each.blocks] == []


def test_a_finding_names_the_words_the_topic_and_the_lawful_question() -> None:
    text = "Before we begin: are you a U.S. citizen?"

    [finding] = lint_question(text, "en")

    assert (finding.rule, finding.topic) == (LintRule.OFF_LIMITS, Topic.ORIGIN_NATIONALITY)
    assert finding.found == text[finding.start : finding.end] == "are you a U.S. citizen"
    assert "legally authorised to work" in finding.advice
    assert finding.blocks


def test_the_advice_speaks_the_language_of_the_question() -> None:
    [finding] = lint_question("Вы замужем?", "ru")

    assert finding.advice.startswith("О семейном положении")


def test_only_what_is_off_limits_blocks() -> None:
    found = lint_question("So you improved the NPS, right?", "en")

    assert [each.rule for each in found] == [LintRule.JARGON, LintRule.LEADING]
    assert not any(each.blocks for each in found)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("da", "Er du født i Danmark?"),
        ("ru", "Есть ли у вас ребёнок?"),
        ("zh", "\u3000您今年多大\u200b了？"),
        ("en", "What is\u00a0 your\nhusband\u2019s job?"),
    ],
)
def test_a_place_fits_the_text_however_it_was_typed(code: str, text: str) -> None:
    for typed in (text, unicodedata.normalize("NFD", text)):
        [finding] = lint_question(typed, code)

        assert finding.blocks
        assert typed[finding.start : finding.end] == finding.found != ""


def test_a_question_about_somebody_else_is_spared() -> None:
    assert lint_question("A customer asks how old you are. What do you say?", "en") == ()
    assert labels(lint_question("A customer asks for help. How old are you?", "en")) == {"off_limits/age"}


def test_only_a_question_labelled_behavioural_must_not_be_hypothetical() -> None:
    text = "What would you do if a caller started shouting?"

    assert labels(lint_question(text, "en", QuestionKind.BEHAVIOURAL)) == {"hypothetical"}
    assert lint_question(text, "en", QuestionKind.SITUATIONAL) == lint_question(text, "en") == ()


def test_what_is_too_long_begins_where_the_breath_ends() -> None:
    [finding] = lint_question("word " * 53, "en")

    assert finding.rule is LintRule.TOO_LONG
    assert finding.found == "word word word"


def changed(entry: Probe, **fields: object) -> Probe:
    return entry.model_copy(update=fields)


def test_a_probe_without_alternative_and_follow_ups_is_told_so() -> None:
    bare = changed(probe("empathy-1"), questions=probe("empathy-1").questions[:1], follow_ups=())

    found = lint_probe(bare, "en")

    assert labels(found) == {"no_alternative", "missing_follow_ups"}
    assert {each.subject for each in found} == {"empathy-1"}


def test_the_words_of_a_probe_are_looked_at_with_their_ids() -> None:
    whole = probe("empathy-1")
    main = whole.main.model_copy(update={"text": "Are you married?"})
    follow_up = whole.follow_ups[0].model_copy(update={"text": "You enjoyed that, didn't you?"})
    spoiled = changed(whole, questions=(main, *whole.questions[1:]), follow_ups=(follow_up,) * 2)

    found = [(each.subject, each.rule) for each in lint_probe(spoiled, "en")]

    assert found == [("empathy-1-q1", LintRule.OFF_LIMITS), *[("empathy-1", LintRule.LEADING)] * 2]


def with_anchors(*texts: tuple[int, str]) -> Skill:
    anchors = tuple(
        skill("empathy").anchors[0].model_copy(update={"level": level, "text": text}) for level, text in texts
    )
    return skill("empathy").model_copy(update={"anchors": anchors, "probes": ()})


def test_anchors_that_cannot_be_told_apart_are_found() -> None:
    found = lint_skill(with_anchors((1, "Blames others."), (3, "Says sorry."), (5, "says  sorry")), "en")

    assert [(each.rule, each.subject, each.found) for each in found] == [
        (LintRule.SAME_ANCHORS, "empathy", "says  sorry")
    ]


def test_an_anchor_far_shorter_than_the_others_is_found() -> None:
    found = lint_skill(
        with_anchors((1, "Poor."), (3, "Says sorry to them all."), (5, "Says sorry, acts.")), "en"
    )

    assert [(each.rule, each.found) for each in found] == [(LintRule.UNEVEN_ANCHORS, "Poor.")]


def test_a_level_without_anchor_is_missed() -> None:
    found = lint_skill(with_anchors((1, "Blames others."), (5, "Says sorry.")), "en")

    assert labels(found) == {"missing_anchors"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_twenty_thousand_characters_take_no_time(code: str) -> None:
    hard = {
        "da": ("har du en ", "du ", "din ", " "),
        "en": ("do you have a ", "are you, ", "you ", "\u0301"),
        "ru": ("у вас есть ", "какой у вас ", "вы ", "а"),
        "zh": ("您有", "您的", "怎么", ","),
    }
    knowledge(code)

    started = time.process_time()
    for words in hard[code]:
        lint_question((words * 20_000)[:20_000], code)

    assert time.process_time() - started < 6


def test_a_language_that_the_linter_does_not_know_is_refused() -> None:
    with pytest.raises(NotInBank, match="xx"):
        lint_question("How old are you?", "xx")


def test_a_spoiled_pattern_is_refused_with_its_line(tmp_path: Path) -> None:
    copy = tmp_path / "en.yaml"
    words = (FOLDER / "en.yaml").read_text("utf-8")
    copy.write_text(words.replace(r"'\bhow old (?:are", r"'\bhow old {nobody} (?:are", 1), "utf-8")
    line = next(
        number for number, text in enumerate(copy.read_text("utf-8").splitlines(), 1) if "nobody" in text
    )

    with pytest.raises(BankError) as caught:
        read_knowledge(copy)

    assert [problem.line for problem in caught.value.problems] == [line]


def test_the_linter_imports_nothing_of_the_product() -> None:
    for module in FOLDER.parent.glob("linting/*.py"):
        assert "hiring" not in module.read_text("utf-8")

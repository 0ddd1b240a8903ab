"""Nothing that the bank was founded on has been lost: every id is there, with words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import question_bank
from question_bank.check import check

FOUNDING = [
    line.split() for line in (Path(__file__).parent / "founding_ids.txt").read_text("utf-8").splitlines()
]
INDICATORS = {  # skill: positive, negative
    "empathy": (9, 5),
    "listening": (10, 7),
    "integrity": (9, 6),
    "positive-attitude": (9, 6),
    "problem-solving": (9, 5),
    "decision-making": (10, 5),
    "patience": (9, 5),
    "persistence": (9, 5),
    "product-knowledge": (8, 5),
    "growth-drive": (8, 5),
    "clear-communication": (8, 4),
    "ownership": (5, 4),
    "adaptability": (6, 3),
    "conflict-resolution": (8, 4),
    "composure-resilience": (7, 4),
    "teamwork": (6, 3),
    "cultural-sensitivity": (4, 4),
    "self-motivation": (5, 3),
    "persuasion": (4, 2),
    "responsiveness": (6, 3),
    "records-and-next-steps": (7, 3),
    "exceeding-expectations": (8, 3),
}
RED_FLAGS = {
    "empathy-neg-1": "",
    "integrity-neg-3": "",
    "integrity-neg-4": "",
    "integrity-neg-6": "",
    "positive-attitude-neg-2": "about groups or persistent",
    "patience-neg-1": "defended",
    "persistence-neg-4": "misleading",
    "persistence-neg-5": "retaliation is defended",
    "cultural-sensitivity-neg-2": "",
}


def founding(noun: str) -> list[list[str]]:
    return [words for kind, *words in FOUNDING if kind == noun]


def test_the_founding_list_is_whole() -> None:
    assert Counter(kind for kind, *_ in FOUNDING) == {
        "skill": 22,
        "probe": 76,
        "question": 116,
        "indicator": 258,
        "anchor": 86,
        "observation": 30,
    }


@pytest.mark.parametrize("ident", [words[0] for words in founding("skill")])
def test_a_skill_says_what_it_means_why_it_matters_and_where_it_ends(ident: str) -> None:
    skill = question_bank.skill(ident)

    assert all((skill.name, skill.meaning, skill.why_it_matters, skill.boundary, skill.sources))


@pytest.mark.parametrize("ident", [words[0] for words in founding("probe")])
def test_a_probe_says_what_to_find_out_and_how_to_follow_up(ident: str) -> None:
    probe = question_bank.probe(ident)

    assert all((probe.title, probe.concept, probe.suits, probe.sources, probe.alternative))
    assert [follow_up for follow_up in probe.follow_ups if not (follow_up.star and follow_up.text)] == []


@pytest.mark.parametrize(("ident", "form", "kind"), founding("question"))
def test_a_question_has_its_form_its_kind_and_words(ident: str, form: str, kind: str) -> None:
    question = question_bank.question(ident)

    assert (question.form, question.kind) == (form, kind)
    assert len(question.text) > 30


@pytest.mark.parametrize("ident", [words[0] for words in founding("indicator")])
def test_an_indicator_has_words_and_sources(ident: str) -> None:
    indicator = question_bank.indicator(ident)

    assert all((indicator.text, indicator.sources))


@pytest.mark.parametrize(("skill_id", "level"), founding("anchor"))
def test_an_anchor_has_words(skill_id: str, level: str) -> None:
    anchor = question_bank.skill(skill_id).anchor(int(level))

    assert anchor is not None
    assert len(anchor.text) > 30


@pytest.mark.parametrize("ident", [words[0] for words in founding("observation")])
def test_an_observation_has_words_and_skills(ident: str) -> None:
    observation = question_bank.observation(ident)

    assert all((observation.text, observation.sources, observation.every_skill or observation.skill_ids))


def test_each_skill_has_three_prompts_and_a_core_skill_one_from_the_text() -> None:
    for skill in question_bank.skills():
        numbers = ("1", "2", "3", "x1") if skill.kind is question_bank.SkillKind.CORE else ("1", "2", "3")
        assert [probe.id for probe in skill.probes] == [f"{skill.id}-{each}" for each in numbers]


def test_each_skill_has_its_indicators() -> None:
    counts = {
        skill.id: (len(skill.positive_indicators), len(skill.negative_indicators))
        for skill in question_bank.skills()
    }

    assert counts == INDICATORS


def test_the_red_flags_are_those_the_debrief_must_discuss() -> None:
    flags = {flag.id: flag.red_flag_if for skill in question_bank.skills() for flag in skill.red_flags}

    assert flags == RED_FLAGS
    assert sorted(flags) == sorted(words[0] for words in founding("indicator") if "red_flag" in words)


def test_two_observations_are_not_tied_to_one_skill() -> None:
    assert question_bank.observation("obs-specific").every_skill
    assert question_bank.observation("obs-admits-unknown").skills == ("integrity", "product-knowledge")


def test_what_depends_on_culture_or_equipment_carries_its_caveat() -> None:
    cautious = [
        entry
        for entry in (*question_bank.observations(), *question_bank.skill("listening").indicators)
        if entry.caveat
    ]

    assert [entry.id for entry in cautious] == ["obs-engaged-bearing", "listening-pos-9"]
    assert "never a minus" in question_bank.probe(cautious[0].caveat).note


def test_the_counts_of_the_report_are_those_of_the_founding_list() -> None:
    report = check()

    assert report.ok
    assert report.counts == {
        "skills": 22,
        "probes": 76,
        "questions": 116 + 36,  # The extension skills' parallel forms are of the bank's own making.
        "follow_ups": 228,
        "indicators": 258,
        "observations": 30,
        "anchors": 86,
        "samples": 31,  # These too are of the bank's own making.
        "messages": 14,
        "presets": 9,
    }

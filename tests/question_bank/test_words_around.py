"""Presets, pairs, messages, scripts, levels and the brief: what surrounds the questions."""

from __future__ import annotations

from question_bank import (
    SkillKind,
    brief_fields,
    levels,
    message,
    messages,
    pairs,
    preset,
    presets,
    rating_rules,
    reason_codes,
    scripts,
    skill,
    skill_name,
    skills,
)
from question_bank.load import bank
from question_bank.texts import Script


def test_the_presets_are_the_nine_of_the_method() -> None:
    assert [preset.id for preset in presets()] == [
        "telephone-service",
        "chat-and-email",
        "technical-support",
        "front-desk-and-shop-floor",
        "complaints",
        "advice-and-retention",
        "seasonal-and-high-volume-work",
        "first-job",
        "full-ten",
    ]


def test_a_preset_keeps_core_and_extension_skills_apart() -> None:
    telephone = preset("telephone-service")

    assert [skill(ident).name for ident in telephone.skills] == [
        "Empathy",
        "Listening",
        "Patience",
        "Positive attitude",
    ]
    assert [skill_name(ident) for ident in telephone.extension_skills] == [
        "Clear communication",
        "Ownership and accountability",
    ]


def test_a_first_job_is_asked_about_in_situations() -> None:
    assert [preset.id for preset in presets() if preset.situational_first] == ["first-job"]


def test_the_full_ten_are_all_core_skills_in_order() -> None:
    core = tuple(skill.id for skill in skills() if skill.kind is SkillKind.CORE)

    assert preset("full-ten").all_skills == core


def test_a_pair_warns_only_when_both_are_chosen() -> None:
    assert len(pairs()) == 4
    assert pairs(["integrity", "patience", "empathy"]) == ()
    assert [pair.skills for pair in pairs(["integrity", "ownership"])] == [("ownership", "integrity")]


def test_the_levels_run_from_far_below_to_far_above_and_end_with_n() -> None:
    assert [(level.level, level.label) for level in levels()] == [
        (1, "Far below"),
        (2, "Below"),
        (3, "Meets"),
        (4, "Above"),
        (5, "Far above"),
        ("N", "Not enough evidence"),
    ]


def test_the_rating_rules_are_fifteen() -> None:
    assert [rule.id for rule in rating_rules()] == [f"rule-{number}" for number in range(1, 16)]


def test_the_rules_of_observing_know_three_states() -> None:
    method = bank().method

    assert [state.id for state in method.observation_states] == ["seen", "not_seen", "no_occasion"]
    assert method.observation_rules[0] == "Three states — seen, not seen, no occasion."


def test_a_status_finds_its_message() -> None:
    assert [message.id for message in messages("on_hold")] == ["msg-paused", "msg-apology"]


def test_every_message_but_the_thanks_for_a_referral_belongs_to_a_status() -> None:
    statuses = [status.id for status in bank().correspondence.statuses]

    homeless = [each.id for each in messages() if not any(map(each.suits, statuses))]

    assert homeless == ["msg-referral-thanks"]


def test_filling_a_message_leaves_what_is_unknown_in_sight() -> None:
    paused = message("msg-paused")

    text = paused.fill({"candidate_name": "Carl", "reason": "the budget", "date": ""})

    assert text.startswith(
        "Dear Carl, we have to pause the selection for {job_title}. The reason is the budget."
    )
    assert paused.placeholders == ("candidate_name", "job_title", "reason", "date", "contact_name")
    assert "continue on {date}" in text


def test_filling_takes_values_as_they_are() -> None:
    assert Script(text="Hello {name}").fill({"name": "{date} {0.__class__}"}) == "Hello {date} {0.__class__}"


def test_reason_codes_are_for_closing_or_for_pausing() -> None:
    assert len(reason_codes("closing")) == 8
    assert [code.id for code in reason_codes("pausing")] == [
        "role_on_hold",
        "decision_maker_absent",
        "waiting_for_candidate",
        "waiting_for_other_interviews",
        "budget_pending",
    ]


def test_the_scripts_open_close_and_guide_conduct() -> None:
    said = scripts()

    assert said.opening.placeholders == ("candidate_name", "interviewer_name", "role", "duration", "n")
    assert said.closing.placeholders == ("summary", "next_step", "contact_name", "date", "candidate_name")
    assert len(said.conduct) == 12
    assert said.behavioural_line == "Examples from outside customer service are equally welcome."


def test_the_brief_explains_each_of_its_fields() -> None:
    fields = brief_fields()

    assert len(fields) == 16
    assert [field.id for field in fields if not (field.label and field.content and field.why)] == []

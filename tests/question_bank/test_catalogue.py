"""Finding things by id, and what happens when there is no such thing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import question_bank
from question_bank import (
    QuestionKind,
    Sign,
    bank_version,
    indicator,
    observations,
    probe,
    question,
    skill,
    skills,
)
from question_bank.load import FOLDER, load


def test_a_question_leads_to_its_probe_and_its_skill() -> None:
    found = question("empathy-x1-q2")

    assert probe(found.probe_id).alternative is found
    assert found in skill(found.skill_id).questions


def test_every_id_leads_home() -> None:
    for each in skills():
        assert {found.skill_id for found in (*each.probes, *each.questions, *each.indicators)} == {each.id}


def test_an_indicator_knows_what_it_speaks_for() -> None:
    assert indicator("positive-attitude-pos-2").sign is Sign.POSITIVE
    assert indicator("positive-attitude-neg-2").sign is Sign.NEGATIVE


def test_a_skill_has_its_main_questions_and_its_anchors() -> None:
    empathy = skill("empathy")

    assert [each.id for each in empathy.main_questions()] == [
        "empathy-1-q1",
        "empathy-2-q1",
        "empathy-3-q1",
        "empathy-x1-q1",
    ]
    assert empathy.anchor(6) is None


def test_a_probe_offers_its_situational_form_whichever_comes_first() -> None:
    forms = [each.of_kind(QuestionKind.SITUATIONAL) for each in skill("patience").probes]

    assert [form.id for form in forms if form] == [
        "patience-1-q1",
        "patience-2-q2",
        "patience-3-q1",
        "patience-x1-q1",
    ]


def test_a_skill_has_a_short_name_for_narrow_columns() -> None:
    assert skill("problem-solving").label == "Problem solving"
    assert skill("empathy").label == "Empathy"


def test_the_observations_of_a_skill_include_those_of_every_skill() -> None:
    assert [each.id for each in observations("integrity")] == ["obs-specific", "obs-admits-unknown"]


@pytest.mark.parametrize(
    ("find", "ident", "sentence"),
    [
        ("skill", "nope", "The question bank has no skill “nope”."),
        ("skill", "Empaty", "The question bank has no skill “Empaty”. Did you mean empathy?"),
        ("skill_name", "owner", "The question bank has no skill “owner”. Did you mean ownership?"),
        ("preset", "full-tne", "The question bank has no preset “full-tne”. Did you mean full-ten?"),
        ("message", "paused", "The question bank has no message “paused”. Did you mean msg-paused?"),
        ("observation", "clear", "The question bank has no observation “clear”."),
    ],
)
def test_an_unknown_id_gets_a_sentence_and_the_nearest_ids(find: str, ident: str, sentence: str) -> None:
    with pytest.raises(LookupError) as caught:
        getattr(question_bank, find)(ident)

    assert str(caught.value) == sentence


def test_nothing_can_be_changed_after_loading() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        skill("empathy").name = "Pity"  # type: ignore[misc]


def test_the_version_changes_with_a_word_and_not_with_a_comment(folder: Path) -> None:
    file = folder / "skills" / "empathy.yaml"
    words = file.read_text("utf-8")

    file.write_text("# A remark.\n" + words, "utf-8")
    with_comment = load(folder).version
    file.write_text(words.replace("not pity", "never pity"), "utf-8")

    assert with_comment == bank_version()
    assert load(folder).version != bank_version()
    assert bank_version().startswith("1.1+")


def test_a_bank_survives_the_way_through_its_own_models() -> None:
    for each in skills():
        assert type(each).model_validate(each.model_dump()) == each
        assert type(each).model_validate_json(each.model_dump_json()) == each


def test_the_bank_is_usable_alone(tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text(
        "import sys\n"
        "sys.modules.update(dict.fromkeys(('hiring', 'flask', 'sqlalchemy')))\n"
        "from question_bank import skills, skill, question\n"
        "print(len(skills()), skill('empathy').name, question('empathy-1-q1').kind)\n"
    )

    said = subprocess.run(
        [sys.executable, "alone.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(FOLDER.parent)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "22 Empathy behavioural\n"


def test_the_bank_imports_nothing_of_the_product() -> None:
    for module in FOLDER.glob("*.py"):
        assert "hiring" not in module.read_text("utf-8").replace("hiring bank check", "")

"""A spoiled bank is refused with the file, the line, the id and the field, and all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest
import yaml

from question_bank import BankError
from question_bank.check import check
from question_bank.load import load
from question_bank.source import read_sheet
from tests.question_bank.conftest import Spoil

Problems = Callable[[], list[str]]
EMPATHY = "skills/empathy.yaml"
MAIN_KINDS = "'behavioural', 'situational', 'knowledge' or 'motivation'"

SPOILED = {  # the file, what is replaced by what, words on the line that is named, and the problem
    "unknown kind": (
        EMPATHY,
        "        kind: behavioural",
        "        kind: behavoural",
        "behavoural",
        f"empathy-1-q1: kind: Choose one of {MAIN_KINDS}.",
    ),
    "unknown field": (
        EMPATHY,
        "        kind: behavioural",
        "        mood: calm\n        kind: behavioural",
        "mood: calm",
        "empathy-1-q1: mood: This field is not known here.",
    ),
    "unknown field of a skill": (
        EMPATHY,
        "kind: core\n",
        "kind: core\nmood: calm\n",
        "mood: calm",
        "empathy: mood: This field is not known here.",
    ),
    "missing field": (
        EMPATHY,
        "        form: main\n",
        "",
        "empathy-1-q1",
        "empathy-1-q1: form: This field is missing.",
    ),
    "a word for a number": (
        EMPATHY,
        "revision: 1",
        "revision: one",
        "revision",
        "empathy: revision: Write a whole number here.",
    ),
    "revision 0": (
        EMPATHY,
        "revision: 1",
        "revision: 0",
        "revision",
        "empathy: revision: Revisions count from 1.",
    ),
    "empty words": (EMPATHY, "name: Empathy", "name: ''", "name: ''", "empathy: name: Write words here."),
    "nothing for words": (EMPATHY, "name: Empathy", "name:", "name:", "empathy: name: Write words here."),
    "a number for words": (
        EMPATHY,
        "name: Empathy",
        "name: 7",
        "name: 7",
        "empathy: name: Write words here.",
    ),
    "yes is text": (
        EMPATHY,
        "red_flag: true",
        "red_flag: yes",
        "red_flag: yes",
        "empathy-neg-1: red_flag: Write true or false here.",
    ),
    "condition without flag": (
        EMPATHY,
        "red_flag: true",
        "red_flag: false\n    red_flag_if: defended",
        "red_flag_if",
        "empathy-neg-1: red_flag_if: A condition needs red_flag: true.",
    ),
    "positive red flag": (
        EMPATHY,
        "  - id: empathy-pos-1\n",
        "  - id: empathy-pos-1\n    red_flag: true\n",
        "red_flag: true",
        "empathy-pos-1: red_flag: A positive indicator cannot be a red flag.",
    ),
    "missing anchor": (
        EMPATHY,
        "  - level: 4\n",
        "  - level: 5\n",
        "anchors:",
        "empathy: anchors: This needs one anchor each for 1, 2, 3, 4, 5, in this order; missing: 4.",
    ),
    "reused indicator id": (
        EMPATHY,
        "id: empathy-pos-3",
        "id: empathy-pos-2",
        "id: empathy-pos-2",
        "empathy-pos-2: id: This id is used twice.",
    ),
    "unsorted ids": (
        EMPATHY,
        "id: empathy-pos-2\n",
        "id: empathy-pos-12\n",
        "empathy-pos-3",
        "empathy-pos-3: id: Ids must stand in rising order.",
    ),
    "leading zero": (
        EMPATHY,
        "id: empathy-pos-9",
        "id: empathy-pos-09",
        "empathy-pos-09",
        "empathy-pos-09: id: An id here must look like empathy-pos-1.",
    ),
    "a question of another probe": (
        EMPATHY,
        "id: empathy-2-q2",
        "id: empathy-3-q2",
        "empathy-3-q2",
        "empathy-3-q2: id: An id here must look like empathy-2-q1.",
    ),
    "two main questions": (
        EMPATHY,
        "form: alternative",
        "form: main",
        "form: main",
        "empathy-1-q2: form: This must be alternative: the main question comes first.",
    ),
    "part without words": (
        EMPATHY,
        "    parts: [a, b]",
        "    parts: [a, b, c]",
        "parts:",
        "empathy-3: parts.2: The concept has no part (c).",
    ),
    "core skill without boundary": (
        EMPATHY,
        "boundary: ",
        "boundary: ''\ncaveats: [Mind]\n# ",
        "boundary:",
        "empathy: boundary: A core skill needs words here.",
    ),
    "dangling source": (
        EMPATHY,
        '    sources: ["003"]',
        '    sources: ["009"]',
        '"009"',
        "empathy-1: sources.0: There is no source 009 in this bank.",
    ),
    "dangling observation": (
        "skills/listening.yaml",
        "[obs-full-attention, obs-engaged-bearing]",
        "[obs-full-attention, obs-engaged]",
        "    observations: [obs-full-attention",
        "listening-2: observations.1: There is no observation obs-engaged in this bank.",
    ),
    "observation of another skill": (
        "skills/listening.yaml",
        "[obs-full-attention, obs-engaged-bearing]",
        "[obs-full-attention, obs-contempt]",
        "    observations: [obs-full-attention",
        "listening-2: observations.1: obs-contempt is not linked to listening.",
    ),
    "caveat without words": (
        "skills/listening.yaml",
        "caveat: listening-2",
        "caveat: listening-x1",
        "caveat:",
        "listening-pos-9: caveat: There is no probe with a note listening-x1 in this bank.",
    ),
    "dangling extension skill": (
        "observations.yaml",
        "extension_skill: ownership",
        "extension_skill: owning",
        "owning",
        "obs-owns-part: extension_skill: There is no extension skill owning in this bank.",
    ),
    "observation of nothing": (
        "observations.yaml",
        "    every_skill: true\n",
        "",
        "obs-specific",
        "obs-specific: skills: An observation has either skills, or an extension_skill, or every_skill: true.",
    ),
    "reused observation id": (
        "observations.yaml",
        "id: obs-jargon",
        "id: obs-plain-words",
        "id: obs-plain-words",
        "obs-plain-words: id: This id is used twice.",
    ),
    "observation without prefix": (
        "observations.yaml",
        "id: obs-jargon",
        "id: jargon",
        "id: jargon",
        "jargon: id: An id here must match obs-[a-z]+(?:-[a-z]+)*.",
    ),
    "preset with a dangling skill": (
        "presets.yaml",
        "[empathy, listening, patience, positive-attitude]",
        "[empathy, listening, patience, optimism]",
        "optimism",
        "telephone-service: skills.3: There is no core skill optimism in this bank.",
    ),
    "preset with an extension skill among the core skills": (
        "presets.yaml",
        "skills: [empathy, listening, patience, positive-attitude]",
        "skills: [empathy, ownership]",
        "[empathy, ownership]",
        "telephone-service: skills.1: There is no core skill ownership in this bank.",
    ),
    "pair with a dangling skill": (
        "pairs.yaml",
        "[ownership, integrity]",
        "[ownership, honesty]",
        "honesty",
        "pairs.1.skills.1: There is no skill honesty in this bank.",
    ),
    "undeclared placeholder": (
        "messages.yaml",
        "pause the selection for {job_title}",
        "pause the selection for {job}",
        "text: >-",
        "msg-paused: text: The placeholder {job} is not declared for this text.",
    ),
    "placeholder of the scripts": (
        "messages.yaml",
        "pause the selection for {job_title}",
        "pause the selection for {role}",
        "text: >-",
        "msg-paused: text: The placeholder {role} is not declared for this text.",
    ),
    "dangling status": (
        "messages.yaml",
        "statuses: [on_hold]",
        "statuses: [paused]",
        "[paused]",
        "msg-paused: statuses.0: There is no status paused in this bank.",
    ),
    "reason code for nothing": (
        "messages.yaml",
        "use: pausing",
        "use: waiting",
        "use: waiting",
        "role_on_hold: use: Choose one of 'closing' or 'pausing'.",
    ),
    "undeclared placeholder of a script": (
        "scripts.yaml",
        "{summary}",
        "{summery}",
        "text: >-",
        "closing.text: The placeholder {summery} is not declared for this text.",
    ),
    "no level N": (
        "method.yaml",
        "  - level: N\n",
        "  - level: 5\n",
        "levels:",
        "levels: This list must hold 1, 2, 3, 4, 5, N, once each.",
    ),
    "reused brief field": (
        "brief.yaml",
        "id: touch_points",
        "id: role_purpose",
        "id: role_purpose",
        "role_purpose: id: This id is used twice.",
    ),
    "retired for nothing": (
        "retired.yaml",
        "retired: []",
        "retired: [{id: empathy-9, replaced_by: empathy-8, since: '1.1', why: Merged}]",
        "retired: [",
        "empathy-9: replaced_by: There is no empathy-8 in this bank.",
    ),
    "retired without saying for what": (
        "retired.yaml",
        "retired: []",
        "retired: [{id: empathy-9, since: '1.1', why: Merged}]",
        "retired: [",
        "empathy-9: replaced_by: This field is missing.",
    ),
}


def line_named_by(problem: str, folder: Path) -> str:
    """The line of the file that a message points to."""
    file, number, _ = problem.split(":", 2)
    return (folder / file).read_text("utf-8").splitlines()[int(number) - 1]


@pytest.mark.parametrize(("file", "old", "new", "line", "problem"), SPOILED.values(), ids=SPOILED)
def test_a_problem_is_told_with_file_line_id_and_field(
    folder: Path,
    spoil: Spoil,
    problems: Problems,
    file: str,
    old: str,
    new: str,
    line: str,
    problem: str,
) -> None:
    spoil(file, old, new)

    (told,) = problems()

    assert told.startswith(f"{file}:")
    assert told.partition(": ")[2] == problem
    assert line in line_named_by(told, folder)


def test_all_problems_are_told_together_in_order(spoil: Spoil, folder: Path) -> None:
    spoil(EMPATHY, "kind: behavioural", "kind: behavoural")
    spoil("skills/patience.yaml", "level: 2", "level: two")
    spoil("presets.yaml", "name: Complaints", "title: Complaints")

    with pytest.raises(BankError) as caught:
        load(folder)

    assert [(problem.file, problem.id, problem.field) for problem in caught.value.problems] == [
        ("presets.yaml", "complaints", "name"),
        ("presets.yaml", "complaints", "title"),
        ("skills/empathy.yaml", "empathy-1-q1", "kind"),
        ("skills/patience.yaml", "patience", "anchors.1.level"),
    ]
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


def test_a_reused_probe_id_is_told_with_the_questions_that_no_longer_fit(
    spoil: Spoil, problems: Problems
) -> None:
    spoil(EMPATHY, "id: empathy-2\n", "id: empathy-1\n")

    assert [problem.partition(": ")[2] for problem in problems()] == [
        "empathy-1: id: This id is used twice.",
        "empathy-2-q1: id: An id here must look like empathy-1-q1.",
        "empathy-2-q2: id: An id here must look like empathy-1-q1.",
    ]


def test_two_skills_cannot_stand_in_one_place(spoil: Spoil, problems: Problems) -> None:
    spoil(EMPATHY, "position: 1", "position: 2")

    assert problems() == ["skills/listening.yaml:5: listening: position: Position 2 is taken by empathy."]


def test_a_skill_lies_in_the_file_that_has_its_name(folder: Path, problems: Problems) -> None:
    (folder / "skills" / "empathy.yaml").rename(folder / "skills" / "kindness.yaml")

    assert problems() == ["skills/kindness.yaml:2: empathy: id: The file must be called empathy.yaml."]


def test_a_retired_id_is_never_used_again(spoil: Spoil, problems: Problems) -> None:
    retired = "retired: [{id: obs-jargon, replaced_by: obs-plain-words, since: '1.1', why: Merged}]"
    spoil("retired.yaml", "retired: []", retired)

    (told,) = problems()

    assert told.startswith("observations.yaml:")
    assert told.endswith(": obs-jargon: id: This id was retired in 1.1 and is never used again.")


def test_an_id_may_retire_for_another(spoil: Spoil, problems: Problems) -> None:
    retired = "retired: [{id: obs-slang, replaced_by: obs-jargon, since: '1.1', why: Merged}]"
    spoil("retired.yaml", "retired: []", retired)

    assert problems() == []


def test_an_extension_skill_needs_only_three_anchors(folder: Path, problems: Problems) -> None:
    rmtree(folder / "translations")  # They translate the skill that is replaced here.
    (folder / "skills" / "ownership.yaml").write_text(
        "id: ownership\nkind: extension\nname: Ownership\nposition: 2\nrevision: 1\nmeaning: Keeping promises\n"
        "probes:\n- id: ownership-1\n"
        "  questions: [{id: ownership-1-q1, form: main, kind: behavioural, text: Tell me about a promise.}]\n"
        "  follow_ups: [{text: What had you promised?}, {text: What did you do?}]\n"
        "positive_indicators: [{id: ownership-pos-1, text: Keeps promises}]\n"
        "negative_indicators: [{id: ownership-neg-1, text: Blames others}]\n"
        "anchors: [{level: 1, text: Never}, {level: 3, text: Mostly}, {level: 5, text: Always}]\n"
    )

    assert problems() == []
    assert load(folder).skill("ownership").probes[0].alternative is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("pairs: []\npairs: []\n", "pairs.yaml:2: pairs: This field stands here twice."),
        (
            "pairs: &all []\nmore: *all\n",
            "pairs.yaml:2: more: Aliases are not allowed: write the words again.",
        ),
        ("pairs: !!python/name:os.system\n", None),
        ("? [a, b]\n: c\n", "pairs.yaml:1: A field's name must be a word."),
        ("pairs: [\n", None),
        ("pairs: \x07\n", None),
        ("", "pairs.yaml:1: This file is empty."),
        ("- 1\n", "pairs.yaml:1: Write named fields here."),
        ("pairs: yes\n", "pairs.yaml:1: pairs: Write a list here."),
    ],
)
def test_a_file_that_is_not_plain_yaml_gets_a_sentence(
    folder: Path, problems: Problems, content: str, problem: str | None
) -> None:
    (folder / "pairs.yaml").write_text(content)

    (told,) = problems()

    assert told.startswith("pairs.yaml:")
    assert problem in (None, told)


def test_a_few_aliases_cannot_unfold_into_gigabytes(folder: Path, problems: Problems) -> None:
    bomb = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    (folder / "pairs.yaml").write_text("\n".join(bomb))

    assert {problem.rpartition(": ")[2] for problem in problems()} == {"write the words again."}


def test_a_file_nested_too_deeply_gets_a_sentence(folder: Path, problems: Problems) -> None:
    (folder / "pairs.yaml").write_text("pairs:\n  " + "[" * 100_000)

    assert problems() == ["pairs.yaml:2: This cannot be read as YAML: it is nested too deeply."]


def test_a_missing_file_and_a_file_in_another_encoding_get_a_sentence(
    folder: Path, problems: Problems
) -> None:
    (folder / "pairs.yaml").unlink()
    (folder / "brief.yaml").write_bytes("brief_fields: [é]".encode("latin-1"))

    assert problems() == [
        "brief.yaml:1: This file is not text in UTF-8.",
        "pairs.yaml:1: This file is missing.",
    ]


def test_a_folder_without_a_bank_gets_its_sentences(tmp_path: Path) -> None:
    report = check(tmp_path / "nowhere")

    assert not report.ok
    assert report.counts == {}
    assert str(report.problems[0]) == "bank.yaml:1: This file is missing."
    assert str(report.problems[-1]) == "skills:1: This folder has no skills."


def test_only_skills_lie_among_the_skills(folder: Path, problems: Problems) -> None:
    (folder / "skills" / "courage.yml").write_text("id: courage\n")

    assert problems() == ["skills:1: courage.yml is not a skill: only files that end in .yaml belong here."]


def test_plain_words_stay_words(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("[no, yes, on, off, 003, 1.0, 2026-01-01, 1_000, 0x1f, '<<', true, null, 12, -3]")

    assert read_sheet(file, "words.yaml").data == [
        *("no", "yes", "on", "off", "003", "1.0", "2026-01-01", "1_000", "0x1f", "<<"),
        *(True, None, 12, -3),
    ]


def test_other_tools_read_the_same_words(folder: Path) -> None:
    for file in sorted(folder.rglob("*.yaml")):
        ours = read_sheet(file, file.name).data

        assert yaml.safe_load(file.read_text("utf-8")) == ours

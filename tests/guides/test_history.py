"""What changed from one version to the next, in words."""

from __future__ import annotations

from hiring.guides.frozen import FrozenGuide
from hiring.guides.history import differences
from tests import factories

BEFORE = factories.frozen()
FIELDS = FrozenGuide.model_fields
EMPATHY, IMPATIENT, COMPLAINTS = BEFORE.rounds[0].items


def changed(**changes: object) -> FrozenGuide:
    """The guide with other content; built anew, because a copy would keep what was worked out before."""
    return FrozenGuide.model_validate({**{name: getattr(BEFORE, name) for name in FIELDS}, **changes})


def with_round(**changes: object) -> FrozenGuide:
    return changed(rounds=(BEFORE.rounds[0].model_copy(update=changes),))


def with_items(*items: object) -> FrozenGuide:
    return with_round(items=items)


def test_the_same_guide_has_no_differences() -> None:
    assert differences(BEFORE, factories.frozen()) == ()


def test_added_and_removed_questions_are_named_with_their_skill() -> None:
    fewer = with_items(EMPATHY, IMPATIENT)

    assert differences(fewer, BEFORE) == (f"Added to Patience: “{COMPLAINTS.text}”",)
    assert differences(BEFORE, fewer) == (f"Removed from Patience: “{COMPLAINTS.text}”",)


def test_only_the_question_that_moved_is_named() -> None:
    assert differences(BEFORE, with_items(COMPLAINTS, EMPATHY, IMPATIENT)) == (f"Moved: “{COMPLAINTS.text}”",)


def test_a_question_that_changed_its_round_has_moved() -> None:
    first = BEFORE.rounds[0].model_copy(update={"items": (EMPATHY, IMPATIENT)})
    second = BEFORE.rounds[0].model_copy(update={"items": (COMPLAINTS,), "position": 2, "name": "Second"})
    empty = second.model_copy(update={"items": ()})

    before = changed(rounds=(BEFORE.rounds[0], empty))
    after = changed(rounds=(first, second))

    assert differences(before, after) == (f"Moved: “{COMPLAINTS.text}”",)


def test_other_minutes_and_other_words_are_named() -> None:
    longer = EMPATHY.model_copy(update={"minutes": 9})
    reworded = IMPATIENT.model_copy(update={"text": "Who was impatient?"})

    assert differences(BEFORE, with_items(longer, reworded, COMPLAINTS)) == (
        f"9 instead of 7 minutes for “{EMPATHY.text}”",
        f"Reworded: “Who was impatient?” instead of “{IMPATIENT.text}”",
    )


def test_changes_of_a_round_are_named() -> None:
    assert differences(BEFORE, with_round(name="Long talk", minutes=60)) == (
        "Round “Interview” is now called “Long talk”",
        "“Long talk” has other times",
    )
    assert differences(BEFORE, with_round(closing_script="Goodbye.")) == (
        "“Interview” has other words for opening or closing",
    )


def test_another_weight_is_named() -> None:
    heavier = BEFORE.skills[0].model_copy(update={"weight": 2, "weight_reason": "Many upset callers."})

    assert differences(BEFORE, changed(skills=(heavier, BEFORE.skills[1]))) == (
        "Empathy has weight 2 instead of 1",
    )


def test_a_skill_without_its_questions_is_named_too() -> None:
    asked = BEFORE.rounds[0].model_copy(update={"items": (EMPATHY,)})
    fewer = changed(rounds=(asked,), skills=BEFORE.skills[:1])

    assert differences(BEFORE, fewer)[-1] == "Skill removed: Patience"
    assert differences(fewer, BEFORE)[-1] == "Skill added: Patience"


def test_a_change_of_other_words_is_not_passed_over() -> None:
    assert differences(BEFORE, changed(conduct=("Listen.",))) == (
        "The questions are the same; other words around them changed.",
    )

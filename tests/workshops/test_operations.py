"""What changes a workshop, and what refuses to."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from hiring.assessment.estimates import Estimate
from hiring.assessment.retranslation import Choice, Verdict
from hiring.authoring import operations as authoring
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import AuditEvent, BankEntry, Person, Workshop, WorkshopStatus
from hiring.workshops.operations import (
    MOST_SKILLS,
    Unfinished,
    Unreasoned,
    Wish,
    change_anchor,
    close_sorting,
    decide,
    finish_sorting,
    invite,
    open_sorting,
    place,
    propose_anchor,
    put_into_draft,
    remove_sorter,
    sign_off,
    start_workshop,
    take_over,
    withdraw_anchor,
)
from hiring.workshops.queries import (
    agreements,
    anchors_in,
    choices_for,
    decisions_on,
    placements_of,
    shuffled,
    sorter_of,
    validations,
)
from question_bank import bank
from tests.authoring.conftest import skill_words, used
from tests.workshops.stages import (
    SKILLS,
    closed,
    follow_the_figures,
    signed_off,
    sort_all,
    sorting,
    started,
)


def found_in(workshop: Workshop) -> dict[str, Verdict]:
    """What the figures say about each anchor, by its words."""
    anchors = anchors_in(workshop)
    verdicts = agreements(choices_for(workshop, anchors))
    return {each.text: verdicts[each.id].verdict for each in anchors}


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# Proposing


def test_a_workshop_keeps_the_names_and_meanings_of_its_skills(rosa: Person) -> None:
    workshop = start_workshop(rosa, " Two neighbours ", "en", ["patience", "empathy", "empathy"])

    assert (workshop.title, workshop.status) == ("Two neighbours", WorkshopStatus.PROPOSING)
    assert [each["id"] for each in workshop.skills] == ["patience", "empathy"]
    assert workshop.skills[1]["meaning"] == bank("en").skill("empathy").meaning


@pytest.mark.parametrize(
    ("title", "language", "skills", "field"),
    [
        (" ", "en", SKILLS, "title"),
        ("A title", "xx", SKILLS, "language"),
        ("A title", "en", ["empathy"], "skill_ids"),
        ("A title", "en", ["empathy", "no-such-skill"], "skill_ids"),
        ("A title", "en", [each.id for each in bank("en").skills][: MOST_SKILLS + 1], "skill_ids"),
    ],
)
def test_a_workshop_without_what_it_needs_is_refused(
    rosa: Person, title: str, language: str, skills: list[str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        start_workshop(rosa, title, language, skills)

    assert refused.value.field == field


def test_an_own_skill_is_sorted_in_its_own_language_only(rosa: Person) -> None:
    entry = authoring.add_skill(skill_words(), rosa, "Queues are our daily bread.", language="da")

    assert start_workshop(rosa, "Køer", "da", ["empathy", entry.ident]).skills[1]["name"] == "Queue care"
    with pytest.raises(Refused, match="not there in this language"):
        start_workshop(rosa, "Queues", "en", ["empathy", entry.ident])


def test_several_people_propose_and_change_their_own(rosa: Person, hugo: Person) -> None:
    workshop = start_workshop(rosa, "Two neighbours", "en", SKILLS)
    one = propose_anchor(workshop, rosa, "empathy", 3, "Names what the other person feels.")
    other = propose_anchor(workshop, hugo, "patience", 1, "Hangs up.")

    change_anchor(one, rosa, "patience", 2, "Sighs aloud.")
    withdraw_anchor(other, hugo)

    assert [(each.skill_id, each.level, each.text) for each in anchors_in(workshop)] == [
        ("patience", 2, "Sighs aloud.")
    ]
    assert actions()[-4:] == ["propose_anchor", "propose_anchor", "change_anchor", "withdraw_anchor"]


@pytest.mark.parametrize(
    ("skill", "level", "text", "field"),
    [
        ("listening", 3, "Other words.", "skill_id"),
        ("empathy", 6, "Other words.", "level"),
        ("empathy", 3, "  ", "text"),
        ("empathy", 3, "names  WHAT the other person feels.", "text"),
    ],
)
def test_an_anchor_out_of_place_is_refused(
    rosa: Person, hugo: Person, skill: str, level: int, text: str, field: str
) -> None:
    workshop = start_workshop(rosa, "Two neighbours", "en", SKILLS)
    propose_anchor(workshop, rosa, "empathy", 3, "Names what the other person feels.")

    with pytest.raises(Refused) as refused:
        propose_anchor(workshop, hugo, skill, level, text)

    assert refused.value.field == field


def test_the_record_of_changes_does_not_tell_what_an_anchor_is_meant_for(rosa: Person) -> None:
    workshop = started(rosa)

    details = db.session.scalars(select(AuditEvent.details).where(AuditEvent.action == "propose_anchor"))

    assert {tuple(each) for each in details} == {("anchor_id",)}
    assert len(anchors_in(workshop)) == 6


def test_the_levels_of_a_bundled_skill_and_of_an_own_draft_are_taken_over(rosa: Person, hugo: Person) -> None:
    entry = authoring.add_skill(skill_words(), hugo, "Queues are our daily bread.")
    workshop = start_workshop(rosa, "Queues", "en", ["empathy", entry.ident])

    assert take_over(workshop, rosa, "empathy") == 5
    assert take_over(workshop, hugo, entry.ident) == 3

    with pytest.raises(Refused, match="already"):
        take_over(workshop, rosa, "empathy")
    with pytest.raises(Refused, match="of this workshop"):
        take_over(workshop, rosa, "patience")
    assert {each.text for each in anchors_in(workshop)} >= {"An answer at 1.", "An answer at 3."}


# Inviting and opening


def test_the_sorting_opens_with_two_sorters_and_three_levels_of_each_skill(
    rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = started(rosa, ivy, levels=(1, 3))

    with pytest.raises(Refused) as refused:
        open_sorting(workshop, rosa)
    assert refused.value.sentence == (
        "Empathy has no anchor at level 5 yet. Patience has no anchor at level 5 yet. "
        "At least two colleagues have to be invited to sort."
    )
    for skill in SKILLS:
        propose_anchor(workshop, rosa, skill, 5, f"The best of {skill}.")
    invite(workshop, ian, rosa)
    open_sorting(workshop, rosa)
    assert workshop.status is WorkshopStatus.SORTING


def test_every_level_that_is_missing_is_named(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = started(rosa, ivy, ian, levels=(2, 3))

    with pytest.raises(Refused, match="Empathy has no anchors at levels 1, 5 yet"):
        open_sorting(workshop, rosa)


def test_who_leads_has_seen_what_is_meant_and_does_not_sort_later(rosa: Person, ivy: Person) -> None:
    workshop = started(rosa, ivy)

    with pytest.raises(Refused) as refused:
        invite(workshop, rosa, rosa)

    assert refused.value.field == "person_id"


def test_nobody_is_invited_twice_nor_without_an_account(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = started(rosa, ivy)
    ian.active = False

    with pytest.raises(Refused, match="invited already"):
        invite(workshop, ivy, rosa)
    with pytest.raises(Refused, match="active account"):
        invite(workshop, ian, rosa)


def test_a_sorter_is_let_go_until_the_sorting_is_finished(
    rosa: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, olga)
    sort_all(workshop, ivy)

    remove_sorter(workshop, olga, rosa)

    assert sorter_of(workshop, olga) is None
    with pytest.raises(Refused, match="has finished"):
        remove_sorter(workshop, ivy, rosa)
    with pytest.raises(Refused, match="not among the sorters"):
        remove_sorter(workshop, olga, rosa)


def test_nothing_is_proposed_once_the_sorting_is_open(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = sorting(rosa, ivy, ian)
    anchor = anchors_in(workshop)[0]

    for change in (
        lambda: propose_anchor(workshop, rosa, "empathy", 2, "Late words."),
        lambda: change_anchor(anchor, rosa, "empathy", 2, "Late words."),
        lambda: withdraw_anchor(anchor, rosa),
        lambda: take_over(workshop, rosa, "empathy"),
        lambda: open_sorting(workshop, rosa),
    ):
        with pytest.raises(Refused, match="anchors stay as they are"):
            change()


# Sorting


def test_each_sorter_has_an_order_of_their_own_that_stays(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = sorting(rosa, ivy, ian, levels=(1, 2, 3, 4, 5))
    anchors = anchors_in(workshop)
    orders = []
    for person in (ivy, ian):
        sorter = sorter_of(workshop, person)
        assert sorter is not None
        orders += [[each.id for each in shuffled(sorter, some)] for some in (anchors, anchors[::-1])]

    assert orders[0] == orders[1] != orders[2] == orders[3]
    assert sorted(orders[0]) == sorted(orders[2]) == [each.id for each in anchors] != orders[0]


def test_a_part_is_saved_and_finishing_waits_for_the_rest(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = sorting(rosa, ivy, ian)
    first, second, *rest = anchors_in(workshop)

    place(workshop, ivy, {first.id: Choice("patience", 2), second.id: Choice("empathy")})
    place(workshop, ivy, {first.id: Choice(None)})

    sorter = sorter_of(workshop, ivy)
    assert sorter is not None
    stored = {number: (each.skill_id, each.level) for number, each in placements_of(sorter).items()}
    assert stored == {first.id: (None, None), second.id: ("empathy", None)}
    with pytest.raises(Unfinished) as refused:
        finish_sorting(workshop, ivy)
    assert refused.value.anchor_ids == {each.id for each in (second, *rest)}


def test_finishing_locks(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = sorting(rosa, ivy, ian)
    sort_all(workshop, ivy)

    for change in (lambda: place(workshop, ivy, {}), lambda: finish_sorting(workshop, ivy)):
        with pytest.raises(Refused, match="You have finished"):
            change()


def test_only_sorters_sort_and_only_what_there_is(
    rosa: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    workshop = sorting(rosa, ivy, ian)
    other = started(rosa, ivy, ian, title="Another")
    anchor = anchors_in(workshop)[0]

    for person, number, choice in (
        (olga, anchor.id, Choice(None)),
        (ivy, anchors_in(other)[0].id, Choice(None)),
        (ivy, anchor.id, Choice("listening", 3)),
        (ivy, anchor.id, Choice("empathy", 6)),
    ):
        with pytest.raises(Refused):
            place(workshop, person, {number: choice})


def test_closing_needs_two_who_have_finished_and_ones_own_sorting(
    rosa: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, author=ivy, sorts=True)
    sort_all(workshop, ivy)

    with pytest.raises(Refused, match="your own sorting"):
        close_sorting(workshop, rosa)
    sort_all(workshop, rosa)
    close_sorting(workshop, rosa)
    assert workshop.status is WorkshopStatus.CLOSED


def test_one_sorter_is_not_enough_to_close(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = sorting(rosa, ivy, ian)
    sort_all(workshop, ivy)

    with pytest.raises(Refused, match="At least two sorters"):
        close_sorting(workshop, rosa)


# What becomes of it


def test_an_author_is_left_out_of_the_figures_of_their_own(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = sorting(rosa, ivy, ian, author=ivy)
    late = anchors_in(workshop)[0]
    sort_all(workshop, ivy)
    sort_all(workshop, ian, empathy_at_1=Choice("patience", 1))
    anchors = anchors_in(workshop)

    assert choices_for(workshop, anchors)[late] == [Choice("patience", 1)]


def test_who_has_not_finished_does_not_count(rosa: Person, ivy: Person, ian: Person, olga: Person) -> None:
    workshop = sorting(rosa, ivy, ian, olga)
    anchor = anchors_in(workshop)[0]
    place(workshop, olga, {anchor.id: Choice(None)})
    for person in (ivy, ian):
        sort_all(workshop, person)
    close_sorting(workshop, rosa)

    found = agreements(choices_for(workshop, anchors_in(workshop)))[anchor.id]

    assert isinstance(found.share, Estimate)
    assert (found.share.value, found.sorters) == (1.0, 2)


def test_against_the_figures_a_reason_is_needed(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = closed(rosa, ivy, ian)
    numbers = {each.text: each.id for each in anchors_in(workshop)}
    misread, understood = numbers["Sounds like empathy at 5."], numbers["Sounds like patience at 5."]
    assert found_in(workshop)["Sounds like empathy at 5."] is Verdict.DROP

    with pytest.raises(Unreasoned) as refused:
        decide(workshop, rosa, {misread: Wish(True), understood: Wish(False)})
    assert refused.value.anchor_ids == {misread, understood}

    decide(workshop, rosa, {misread: Wish(True, "Reworded on the spot."), understood: Wish(True)})
    assert decisions_on(workshop)[misread].reason == "Reworded on the spot."
    assert {each.id: each.is_kept for each in anchors_in(workshop) if each.is_kept is not None} == {
        misread: True,
        understood: True,
    }


def test_the_same_decision_twice_is_recorded_once(rosa: Person, ivy: Person, ian: Person) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)
    follow_the_figures(workshop, rosa)

    assert actions().count("decide_workshop_anchor") == 6


def test_somebody_else_than_who_led_signs_off(rosa: Person, hugo: Person, ivy: Person, ian: Person) -> None:
    workshop = closed(rosa, ivy, ian)

    with pytest.raises(Refused, match="6 anchors still"):
        sign_off(workshop, hugo, "Fine.")
    follow_the_figures(workshop, rosa)
    with pytest.raises(Refused, match="You led"):
        sign_off(workshop, rosa, "Fine.")
    with pytest.raises(Refused) as refused:
        sign_off(workshop, hugo, "  ")
    assert refused.value.field == "sign_off_note"
    sign_off(workshop, hugo, "Fine.")

    assert (workshop.status, workshop.signed_off_by) == (WorkshopStatus.SIGNED_OFF, hugo)
    with pytest.raises(Refused, match="stays as it is"):
        decide(workshop, rosa, {})


def test_nobody_signs_off_only_their_own_words(rosa: Person, hugo: Person, ivy: Person, ian: Person) -> None:
    workshop = closed(rosa, ivy, ian, author=hugo)
    follow_the_figures(workshop, rosa)

    with pytest.raises(Refused, match="You wrote every anchor"):
        sign_off(workshop, hugo, "Fine.")


def test_a_sign_off_of_decisions_that_have_changed_is_refused(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)
    read = workshop.revision
    decide(workshop, rosa, {anchors_in(workshop)[0].id: Wish(False, "It offends.")})
    db.session.commit()

    with pytest.raises(Stale):
        sign_off(workshop, hugo, "Fine.", read)


def test_what_was_kept_goes_into_an_own_copy_and_never_into_the_bundled_bank(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    before = bank("en").skill("empathy")
    workshop = signed_off(rosa, hugo, ivy, ian)

    entry = put_into_draft(workshop, hugo, "empathy")

    words = {each["level"]: each["text"] for each in entry.latest.content["anchors"]}
    assert (entry.copied_from, entry.latest.status.value) == ("empathy", "draft")
    assert (words[1], words[3]) == ("Sounds like empathy at 1.", "Sounds like empathy at 3.")
    assert words[5] == next(each.text for each in before.anchors if each.level == 5)
    assert "Two neighbours" in entry.latest.reason
    assert bank("en").skill("empathy") == before
    with pytest.raises(Refused, match="already"):
        put_into_draft(workshop, hugo, "empathy")


def test_an_own_skill_gets_a_new_revision(rosa: Person, hugo: Person, ivy: Person, ian: Person) -> None:
    entry = used(authoring.add_skill(skill_words(), rosa, "Queues are our daily bread."), hugo)
    workshop = start_workshop(rosa, "Queues", "en", ["empathy", entry.ident])
    for skill in ("empathy", entry.ident):
        for level in (1, 3, 5):
            propose_anchor(workshop, rosa, skill, level, f"Level {level} of {skill}.")
    for person in (ivy, ian):
        invite(workshop, person, rosa)
    open_sorting(workshop, rosa)
    for person in (ivy, ian):
        sort_all(workshop, person)
    close_sorting(workshop, rosa)
    follow_the_figures(workshop, rosa)
    sign_off(workshop, hugo, "Fine.")

    assert put_into_draft(workshop, hugo, entry.ident) is entry
    assert [each.status.value for each in entry.revisions] == ["active", "draft"]
    assert [each["text"] for each in entry.latest.content["anchors"]] == [
        f"Level {level} of {entry.ident}." for level in (1, 3, 5)
    ]


def test_of_several_anchors_for_one_level_the_best_supported_is_taken_unless_another_is_chosen(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = started(rosa, ivy, ian)
    weaker = propose_anchor(workshop, rosa, "empathy", 3, "The weaker words.")
    open_sorting(workshop, rosa)
    sort_all(workshop, ivy)
    sort_all(workshop, ian, weaker=Choice("patience", 3))
    close_sorting(workshop, rosa)
    decide(workshop, rosa, {each.id: Wish(True, "Kept.") for each in anchors_in(workshop)})
    sign_off(workshop, hugo, "Fine.")

    def third(entry: BankEntry) -> str:
        return next(each["text"] for each in entry.latest.content["anchors"] if each["level"] == 3)

    assert third(put_into_draft(workshop, hugo, "empathy")) == "Sounds like empathy at 3."
    assert third(put_into_draft(workshop, hugo, "empathy", {3: weaker.id})) == "The weaker words."
    with pytest.raises(Refused, match="that were kept"):
        put_into_draft(workshop, hugo, "empathy", {3: 0})


def test_nothing_goes_into_a_draft_before_the_sign_off(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    follow_the_figures(workshop, rosa)

    with pytest.raises(Refused):
        put_into_draft(workshop, hugo, "empathy")


def test_a_level_counts_as_validated_as_long_as_it_has_the_words_that_were_kept(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = signed_off(rosa, hugo, ivy, ian)
    entry = put_into_draft(workshop, hugo, "empathy")
    words = {each["level"]: each["text"] for each in entry.latest.content["anchors"]}

    [found] = validations(entry.ident, words)

    assert (found.title, found.sorters, found.levels) == ("Two neighbours", 2, (1, 3))
    assert validations(entry.ident, words | {1: "Other words."})[0].levels == (3,)
    assert validations("patience", words) == ()


def test_what_was_kept_against_the_figures_does_not_count_as_validated(
    rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    workshop = closed(rosa, ivy, ian)
    decide(workshop, rosa, {each.id: Wish(True, "Ours.") for each in anchors_in(workshop)})
    sign_off(workshop, hugo, "Fine.")
    entry = put_into_draft(workshop, hugo, "empathy")

    [found] = validations(
        entry.ident, {each["level"]: each["text"] for each in entry.latest.content["anchors"]}
    )

    assert (found.levels, found.in_spite) == ((1, 3), (5,))


def test_every_change_is_in_the_record(
    app: Flask, rosa: Person, hugo: Person, ivy: Person, ian: Person
) -> None:
    put_into_draft(signed_off(rosa, hugo, ivy, ian), hugo, "empathy")

    seen = list(dict.fromkeys(actions()))

    assert [each for each in seen if not re.search("bank_entry", each)] == [
        "start_workshop",
        "propose_anchor",
        "invite_sorter",
        "open_sorting",
        "sort_anchors",
        "finish_sorting",
        "close_workshop",
        "decide_workshop_anchor",
        "sign_off_workshop",
        "draft_from_workshop",
    ]

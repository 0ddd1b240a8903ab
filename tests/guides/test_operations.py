"""What may happen to guides, and what is refused with which sentence."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.guides.draft import said_since
from hiring.guides.frozen import frozen_guide
from hiring.guides.operations import (
    add_item,
    add_round,
    change_round,
    move_item,
    place_item,
    publish,
    remove_item,
    remove_round,
    set_minutes,
    split_round,
    swap_item,
)
from hiring.guides.starting import start_guide
from hiring.jobs.operations import ChosenSkill, choose_skills
from hiring.models import AuditEvent, Guide, Job, Person, RoundKind
from question_bank import bank_version, preset, question, scripts
from tests import factories

PROPOSED = ["empathy-1-q1", "empathy-2-q1", "patience-2-q1", "patience-1-q1"]
ROUND: dict[str, Any] = {
    "name": "Talk",
    "kind": RoundKind.PANEL,
    "minutes": 45,
    "opening_minutes": 3,
    "closing_minutes": 4,
    "opening_script": "Hello, {candidate_name}.",
    "closing_script": "Goodbye.",
}


def stored(guide: Guide) -> list[list[str]]:
    """The question ids of each round as the database has them."""
    db.session.flush()
    db.session.expire_all()
    return [[item.question_id for item in round_.items] for round_ in guide.rounds]


def actions(guide: Guide) -> list[str]:
    query = select(AuditEvent.action).where(AuditEvent.thing == "guide", AuditEvent.thing_id == guide.id)
    return list(db.session.scalars(query.order_by(AuditEvent.id)))


# Starting


def test_a_guide_from_the_jobs_skills_asks_about_each(guide: Guide) -> None:
    assert stored(guide) == [PROPOSED]
    assert guide.rounds[0].opening_script == scripts().opening.text


def test_a_preset_gives_a_job_without_skills_its_skills(hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())

    guide = start_guide(job, hugo, preset_id="complaints")

    assert [(each.skill_id, each.weight) for each in job.skills] == [
        (skill_id, 1) for skill_id in preset("complaints").all_skills
    ]
    assert guide.preset_id == "complaints"


def test_a_preset_leaves_the_jobs_own_skills_alone(job: Job, hugo: Person) -> None:
    start_guide(job, hugo, preset_id="complaints")

    assert [each.skill_id for each in job.skills] == ["empathy", "patience"]


def test_all_ten_skills_are_split_between_two_interviewers(hugo: Person) -> None:
    guide = start_guide(factories.job(lead=hugo, skills=()), hugo, preset_id="full-ten")

    asked = [{item.skill_id for item in round_.items} for round_ in guide.rounds]
    assert asked[0] | asked[1] == set(preset("full-ten").all_skills)
    assert asked[0] & asked[1] == set()


def test_a_first_job_begins_with_described_cases(hugo: Person) -> None:
    guide = start_guide(factories.job(lead=hugo, skills=()), hugo, preset_id="first-job")

    assert question(guide.rounds[0].items[0].question_id).kind == "situational"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"preset_id": "no-such"}, "start_from"),
        ({"skill_ids": ["no-such"]}, "start_from"),
        ({"minutes": 5}, "minutes"),
        ({"minutes": 241}, "minutes"),
    ],
)
def test_a_wrong_start_is_refused_beside_its_field(
    job: Job, hugo: Person, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        start_guide(job, hugo, **given)

    assert refused.value.field == field


def test_a_job_without_skills_needs_a_preset(hugo: Person) -> None:
    with pytest.raises(Refused, match="choose the job's skills first"):
        start_guide(factories.job(lead=hugo, skills=()), hugo)


def test_a_second_start_replaces_the_draft_only_if_that_is_said(guide: Guide, hugo: Person) -> None:
    with pytest.raises(Refused, match="has a guide already"):
        start_guide(guide.job, hugo)

    again = start_guide(guide.job, hugo, skill_ids=["patience"], replace=True)

    assert again.id == guide.id
    assert {question(id_).skill_id for id_ in stored(guide)[0]} == {"patience"}


# Editing


def test_questions_move_up_and_down(guide: Guide, hugo: Person) -> None:
    move_item(guide.rounds[0].items[0], hugo, up=False)
    assert stored(guide) == [["empathy-2-q1", "empathy-1-q1", "patience-2-q1", "patience-1-q1"]]

    move_item(guide.rounds[0].items[3], hugo, up=True)
    assert stored(guide) == [["empathy-2-q1", "empathy-1-q1", "patience-1-q1", "patience-2-q1"]]


def test_beyond_the_end_of_a_round_a_question_goes_to_the_next(guide: Guide, hugo: Person) -> None:
    add_round(guide, hugo)

    move_item(guide.rounds[0].items[3], hugo, up=False)
    assert stored(guide) == [PROPOSED[:3], PROPOSED[3:]]

    move_item(guide.rounds[1].items[0], hugo, up=True)
    assert stored(guide) == [PROPOSED, []]


def test_the_first_and_the_last_question_stay_where_they_are(guide: Guide, hugo: Person) -> None:
    move_item(guide.rounds[0].items[0], hugo, up=True)
    move_item(guide.rounds[0].items[-1], hugo, up=False)

    assert stored(guide) == [PROPOSED]


def test_a_question_is_swapped_for_another_of_its_skill(guide: Guide, hugo: Person) -> None:
    swap_item(guide.rounds[0].items[0], "empathy-1-q2", hugo)

    assert stored(guide)[0][0] == "empathy-1-q2"


@pytest.mark.parametrize(
    ("question_id", "sentence"),
    [
        ("listening-1-q1", "of the same skill"),
        ("empathy-2-q1", "in the guide already"),
        ("no-such-q9", "from the bank"),
    ],
)
def test_a_wrong_swap_is_refused(guide: Guide, hugo: Person, question_id: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        swap_item(guide.rounds[0].items[0], question_id, hugo)

    assert stored(guide) == [PROPOSED]


def test_a_new_question_joins_its_skill(guide: Guide, hugo: Person) -> None:
    add_item(guide.rounds[0], "empathy-3-q1", hugo)
    add_item(guide.rounds[0], "listening-1-q1", hugo)

    assert stored(guide) == [
        ["empathy-1-q1", "empathy-2-q1", "empathy-3-q1", "patience-2-q1", "patience-1-q1", "listening-1-q1"]
    ]


def test_no_question_is_asked_twice(guide: Guide, hugo: Person) -> None:
    second = add_round(guide, hugo)

    with pytest.raises(Refused, match="in the guide already"):
        add_item(second, "empathy-1-q1", hugo)


def test_a_question_is_removed(guide: Guide, hugo: Person) -> None:
    remove_item(guide.rounds[0].items[1], hugo)

    assert stored(guide) == [[PROPOSED[0], *PROPOSED[2:]]]
    assert [item.position for item in guide.rounds[0].items] == [1, 2, 3]


def test_minutes_stay_within_reason(guide: Guide, hugo: Person) -> None:
    item = guide.rounds[0].items[0]
    set_minutes(item, 60, hugo)

    for minutes in (0, 61):
        with pytest.raises(Refused, match="1 to 60 whole minutes"):
            set_minutes(item, minutes, hugo)

    assert item.minutes == 60


def test_a_round_is_changed(guide: Guide, hugo: Person) -> None:
    change_round(guide.rounds[0], hugo, **ROUND)

    assert {name: getattr(guide.rounds[0], name) for name in ROUND} == ROUND


@pytest.mark.parametrize(
    ("name", "value"), [("name", " "), ("minutes", 9), ("opening_minutes", 61), ("closing_minutes", -1)]
)
def test_a_wrong_round_is_refused_beside_its_field(
    guide: Guide, hugo: Person, name: str, value: object
) -> None:
    with pytest.raises(Refused) as refused:
        change_round(guide.rounds[0], hugo, **{**ROUND, name: value})

    assert refused.value.field == name
    assert guide.rounds[0].name == "Interview"


def test_a_round_is_split_between_skills(guide: Guide, hugo: Person) -> None:
    split_round(guide.rounds[0], hugo)

    assert stored(guide) == [PROPOSED[:2], PROPOSED[2:]]
    assert [round_.name for round_ in guide.rounds] == ["Interview", "Interview, second part"]


def test_a_round_on_one_skill_is_split_between_questions(guide: Guide, hugo: Person) -> None:
    split_round(guide.rounds[0], hugo)
    split_round(guide.rounds[0], hugo)

    assert stored(guide) == [PROPOSED[:1], PROPOSED[1:2], PROPOSED[2:]]
    with pytest.raises(Refused, match="needs at least two questions"):
        split_round(guide.rounds[0], hugo)


def test_a_round_is_removed_with_its_questions_but_never_the_last(guide: Guide, hugo: Person) -> None:
    split_round(guide.rounds[0], hugo)
    remove_round(guide.rounds[0], hugo)

    assert stored(guide) == [PROPOSED[2:]]
    assert guide.rounds[0].position == 1
    with pytest.raises(Refused, match="at least one round"):
        remove_round(guide.rounds[0], hugo)


def test_an_edit_over_anothers_edit_is_refused_and_told(guide: Guide, hugo: Person, rosa: Person) -> None:
    opened = guide.revision
    set_minutes(guide.rounds[0].items[0], 9, rosa, opened)

    with pytest.raises(Stale):
        remove_item(guide.rounds[0].items[0], hugo, opened)

    told = said_since(guide, opened)
    assert stored(guide) == [PROPOSED]
    assert [sentence.split("“")[0] for sentence in told] == ["Rosa set "]
    assert told[0].endswith("to 9 minutes.")


def test_every_change_can_be_told(guide: Guide, hugo: Person) -> None:
    items = guide.rounds[0].items
    move_item(items[0], hugo, up=False)
    swap_item(items[0], "empathy-3-q1", hugo)
    set_minutes(items[0], 9, hugo)
    add_item(guide.rounds[0], "empathy-x1-q1", hugo)
    remove_item(items[0], hugo)
    change_round(guide.rounds[0], hugo, **ROUND)
    split_round(guide.rounds[0], hugo)
    add_round(guide, hugo)
    remove_round(guide.rounds[-1], hugo)
    publish(guide, hugo)

    assert len(said_since(guide, 0)) == len(actions(guide)) == 11
    assert said_since(guide, 0)[0] == "Hugo published version 1."


# Publishing


def test_publishing_copies_every_word(guide: Guide, hugo: Person) -> None:
    choose_skills(
        guide.job, [ChosenSkill("empathy", 2, "Many upset callers."), ChosenSkill("patience")], hugo
    )

    version = publish(guide, hugo)

    content = frozen_guide(version)
    first = content.rounds[0].items[0]
    assert (version.number, version.bank_version) == (1, bank_version())
    assert version.content_hash == content.content_hash
    assert first.text == question("empathy-1-q1").text
    assert len(first.follow_ups) == 3
    assert [(each.id, each.weight, each.weight_reason) for each in content.skills] == [
        ("empathy", 2, "Many upset callers."),
        ("patience", 1, ""),
    ]
    assert [len(each.anchors) for each in content.skills] == [5, 5]
    assert {id_ for each in content.observations for id_ in each.skill_ids} <= {"empathy", "patience"}


def test_the_opening_knows_minutes_and_questions(guide: Guide, hugo: Person) -> None:
    spoken = frozen_guide(publish(guide, hugo)).rounds[0].opening_script

    assert "We have 45 minutes." in spoken
    assert "I will ask you 4 questions" in spoken
    assert "{candidate_name}" in spoken


def test_a_later_version_changes_no_earlier_one(guide: Guide, hugo: Person) -> None:
    first = publish(guide, hugo)
    before = dict(first.content)
    swap_item(guide.rounds[0].items[0], "empathy-3-q1", hugo)

    second = publish(guide, hugo)
    db.session.expire_all()

    assert (first.number, second.number) == (1, 2)
    assert first.content == before
    assert first.content_hash != second.content_hash


def test_the_same_guide_is_not_published_twice(guide: Guide, hugo: Person) -> None:
    publish(guide, hugo)

    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        publish(guide, hugo)


def test_a_guide_without_questions_is_not_published(guide: Guide, hugo: Person) -> None:
    for item in list(guide.rounds[0].items):
        remove_item(item, hugo)

    with pytest.raises(Refused, match="no question yet"):
        publish(guide, hugo, although_unasked=True)


def test_a_skill_without_question_needs_a_yes(guide: Guide, hugo: Person) -> None:
    for item in guide.rounds[0].items[2:]:
        remove_item(item, hugo)

    with pytest.raises(Refused, match="Patience is one of the job's skills") as refused:
        publish(guide, hugo)
    version = publish(guide, hugo, although_unasked=True)

    assert refused.value.field == "although_unasked"
    assert [each.id for each in frozen_guide(version).skills] == ["empathy", "patience"]


def test_a_question_that_the_bank_no_longer_has_is_left_out(guide: Guide, hugo: Person) -> None:
    guide.rounds[0].items[0].question_id = "empathy-99-q1"

    version = publish(guide, hugo)

    assert [item.question_id for item in frozen_guide(version).rounds[0].items] == PROPOSED[1:]


def test_publishing_an_old_page_is_refused(guide: Guide, hugo: Person) -> None:
    opened = guide.revision
    set_minutes(guide.rounds[0].items[0], 9, hugo)

    with pytest.raises(Stale):
        publish(guide, hugo, revision=opened)


def test_publishing_is_on_record(guide: Guide, hugo: Person) -> None:
    version = publish(guide, hugo)

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "publish_guide")).one()
    assert (event.actor_name, event.job_id) == ("Hugo", guide.job_id)
    assert (event.details["number"], event.details["content_hash"]) == (1, version.content_hash)


def test_a_question_is_dropped_at_a_place_of_any_round(guide: Guide, hugo: Person) -> None:
    second = add_round(guide, hugo, "Second")
    first = guide.rounds[0]
    ids = [item.question_id for item in first.items]

    place_item(first.items[0], first, 3, hugo)
    assert [item.question_id for item in first.items] == [ids[1], ids[2], ids[0], *ids[3:]]
    place_item(first.items[0], second, 1, hugo)
    place_item(first.items[0], second, 99, hugo)
    place_item(first.items[0], second, 0, hugo)
    db.session.commit()
    db.session.expire_all()

    assert [item.question_id for item in second.items] == [ids[0], ids[1], ids[2]]
    assert [item.position for item in second.items] == [1, 2, 3]
    assert [item.question_id for item in first.items] == ids[3:]


def test_a_question_stays_in_its_guide(guide: Guide, hugo: Person) -> None:
    other = start_guide(factories.job("Another"), hugo, skill_ids=["empathy"], minutes=45)

    with pytest.raises(Refused, match="a round of this guide"):
        place_item(guide.rounds[0].items[0], other.rounds[0], 1, hugo)

"""Own skills and probes: drafted, reviewed by somebody else, put into use, retired; never overwritten."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from sqlalchemy import select

from hiring.authoring import editions, operations
from hiring.authoring.content import Faulty, checked, merged, numbered, renamed
from hiring.bank.queries import question, skill, whole_bank
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import (
    AuditEvent,
    BankEdition,
    BankEntry,
    EntryKind,
    Guide,
    GuideItem,
    GuideRound,
    GuideVersion,
    JobSkill,
    Person,
    RevisionStatus,
    RoundKind,
)
from question_bank import NotInBank, bank_version, skills
from question_bank import probe as bundled_probe
from question_bank import skill as bundled_skill
from tests import factories
from tests.authoring.conftest import OFF_LIMITS, probe_words, skill_words, used


def publish_with(question_id: str, by: Person) -> GuideVersion:
    """A published guide that asks the question."""
    version = factories.guide_version(factories.job(lead=by), by)
    content = copy.deepcopy(version.content)
    content["rounds"][0]["items"][0]["question_id"] = question_id
    version.content = content
    db.session.flush()
    return version


def plan_with(question_id: str, by: Person) -> Guide:
    """A guide in work that asks the question."""
    guide = factories.add(Guide(job_id=factories.job("Planned", lead=by).id))
    round_ = GuideRound(
        guide_id=guide.id,
        position=1,
        kind=RoundKind.STRUCTURED,
        name="Interview",
        minutes=45,
        opening_minutes=5,
        closing_minutes=5,
        opening_script="",
        closing_script="",
    )
    factories.add(round_)
    factories.add(
        GuideItem(round_id=round_.id, position=1, question_id=question_id, skill_id="patience", minutes=7)
    )
    return guide


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# Writing


def test_a_new_probe_is_a_draft_with_ids_of_its_own(probe: BankEntry, rosa: Person) -> None:
    draft = probe.latest

    assert (probe.ident, draft.number, draft.status) == ("patience-o1", 1, RevisionStatus.DRAFT)
    assert [each["id"] for each in draft.content["questions"]] == ["patience-o1-q1", "patience-o1-q2"]
    assert [each["form"] for each in draft.content["questions"]] == ["main", "alternative"]
    assert (draft.author, draft.reason) == (rosa, "Queues are our daily bread.")
    assert actions() == ["revise_bank_entry"]


def test_a_second_probe_gets_the_next_id(probe: BankEntry, rosa: Person) -> None:
    assert operations.add_probe("patience", probe_words(), rosa, "One more.").ident == "patience-o2"


def test_a_new_skill_is_named_by_its_id(own_skill: BankEntry) -> None:
    content = own_skill.latest.content

    assert (own_skill.ident, own_skill.skill_id) == ("own-queue-care", "own-queue-care")
    assert content["probes"][0]["questions"][0]["id"] == "own-queue-care-1-q1"
    assert content["negative_indicators"][0]["id"] == "own-queue-care-neg-1"


def test_skills_of_one_name_have_different_ids(own_skill: BankEntry, rosa: Person) -> None:
    assert operations.add_skill(skill_words(), rosa, "Again.").ident == "own-queue-care-b"


def test_a_name_in_another_script_gets_an_id_all_the_same(rosa: Person) -> None:
    assert operations.add_skill(skill_words("Терпение"), rosa, "For Riga.").ident == "own-skill"


def test_what_was_left_empty_is_not_taken_for_an_id(rosa: Person) -> None:
    entry = operations.add_probe("patience", probe_words(note="", title="-"), rosa, "New.")

    assert entry.latest.content.get("note", "") == ""
    assert entry.latest.content["title"] == "-"


def test_a_probe_for_an_own_skill_that_is_still_a_draft_may_be_written(
    own_skill: BankEntry, rosa: Person
) -> None:
    assert operations.add_probe(own_skill.ident, probe_words(), rosa, "More.").ident == "own-queue-care-o1"


def test_a_probe_for_a_skill_that_nobody_has_is_refused(rosa: Person) -> None:
    with pytest.raises(Refused, match="Choose a skill from the list"):
        operations.add_probe("juggling", probe_words(), rosa, "New.")


def test_a_language_that_the_bank_does_not_speak_is_refused(rosa: Person) -> None:
    with pytest.raises(Refused, match="Choose a language from the list"):
        operations.add_probe("patience", probe_words(), rosa, "New.", language="tlh")


def test_a_change_without_a_reason_is_refused(probe: BankEntry, rosa: Person) -> None:
    with pytest.raises(Refused, match="what you changed and why"):
        operations.revise(probe, probe.latest.content, rosa, "  ")


def test_a_change_is_a_revision_and_leaves_the_earlier_words(probe: BankEntry, hugo: Person) -> None:
    first = copy.deepcopy(probe.latest.content)

    operations.revise(probe, first | {"title": "Another title"}, hugo, "Shorter.")

    assert [(each.number, each.content.get("title")) for each in probe.revisions] == [
        (1, "A long queue"),
        (2, "Another title"),
    ]
    assert probe.revisions[0].content == first


def test_a_later_draft_replaces_the_earlier_one(probe: BankEntry, rosa: Person, hugo: Person) -> None:
    operations.review(probe, hugo)

    operations.revise(probe, probe.latest.content | {"title": "New"}, rosa, "Better.")

    statuses = [each.status for each in probe.revisions]
    assert statuses == [RevisionStatus.RETIRED, RevisionStatus.DRAFT]


def test_the_id_of_a_removed_question_is_never_given_out_again(probe: BankEntry, rosa: Person) -> None:
    main = probe.latest.content["questions"][0]
    operations.revise(probe, probe.latest.content | {"questions": [main]}, rosa, "One form will do.")

    added = {"kind": "behavioural", "text": "When did a queue get out of hand?"}
    operations.revise(probe, probe.latest.content | {"questions": [main, added]}, rosa, "Or not.")

    assert [each["id"] for each in probe.latest.content["questions"]] == ["patience-o1-q1", "patience-o1-q3"]


def test_a_save_over_somebody_elses_is_refused(probe: BankEntry, rosa: Person, hugo: Person) -> None:
    opened = probe.revision
    operations.revise(probe, probe.latest.content | {"title": "Hugo's"}, hugo, "Mine.", opened)

    with pytest.raises(Stale):
        operations.revise(probe, probe.latest.content | {"title": "Rosa's"}, rosa, "Mine.", opened)


def test_every_fault_is_named_with_its_place() -> None:
    words = skill_words(name="", anchors=[{"level": 1, "text": "Bad."}, {"level": 2, "text": "Meagre."}])
    words["probes"][0]["follow_ups"] = []

    with pytest.raises(Faulty) as shapeless:
        checked(EntryKind.SKILL, numbered(EntryKind.SKILL, words, "own-x"))
    with pytest.raises(Faulty) as named:
        checked(EntryKind.SKILL, numbered(EntryKind.SKILL, words | {"name": "X"}, "own-x"))

    assert ("name",) in [each.place for each in shapeless.value.faults]
    assert [each.place for each in named.value.faults] == [
        ("anchors", "3"),
        ("anchors", "5"),
        ("anchors", "4"),
        ("probes", 0, "follow_ups"),
    ]


@pytest.mark.parametrize("levels", [(1, 3, 5), (1, 2, 3, 4, 5)])
def test_three_or_five_levels_are_enough(levels: tuple[int, ...]) -> None:
    anchors = [{"level": level, "text": f"At {level}."} for level in levels]

    assert checked(EntryKind.SKILL, numbered(EntryKind.SKILL, skill_words(anchors=anchors), "own-x"))


def test_words_without_end_are_refused() -> None:
    with pytest.raises(Faulty, match="at most 2000 characters"):
        checked(EntryKind.PROBE, numbered(EntryKind.PROBE, probe_words("x" * 2001), "patience-o1"))


def test_an_id_that_belongs_elsewhere_is_refused(own_skill: BankEntry, rosa: Person) -> None:
    words = own_skill.latest.content | {"positive_indicators": [{"id": "empathy-pos-1", "text": "Ours"}]}

    with pytest.raises(Faulty, match="An id here must look like own-queue-care-pos-1"):
        operations.revise(own_skill, words, rosa, "Sly.")


def test_what_was_typed_loses_an_id_that_is_not_the_rows() -> None:
    base = {"questions": [{"id": "patience-o1-q1", "text": "Old", "note": "Kept"}]}
    typed = {"questions": [{"id": "patience-o1-q1", "text": "New"}, {"id": "empathy-1-q1", "text": "Sly"}]}

    assert merged(base, typed) == {
        "questions": [{"id": "patience-o1-q1", "text": "New", "note": "Kept"}, {"text": "Sly"}]
    }


# Off limits


def test_an_off_limits_question_is_refused_without_a_reason(rosa: Person) -> None:
    with pytest.raises(operations.Blocked) as blocked:
        operations.add_probe("patience", probe_words(OFF_LIMITS), rosa, "New.")

    assert blocked.value.field == "override_reason"
    assert [each.words for each in blocked.value.remarks] == ["How old are you"]


def test_the_reason_of_an_override_is_kept_and_audited(rosa: Person) -> None:
    why = "Candidates quote a customer here."

    entry = operations.add_probe("patience", probe_words(OFF_LIMITS), rosa, "New.", override_reason=why)

    event = db.session.scalars(select(AuditEvent)).one()
    assert entry.latest.override_reason == why
    assert (event.actor_name, event.details["override"]) == ("Rosa", why)


def test_an_innocent_look_alike_passes(rosa: Person) -> None:
    words = probe_words("Tell me about working religiously to a deadline.")

    assert operations.add_probe("patience", words, rosa, "New.").latest.override_reason == ""


# Review, use, retirement


def test_nobody_reviews_their_own_draft(probe: BankEntry, rosa: Person) -> None:
    with pytest.raises(Refused, match="Ask a colleague to review it"):
        operations.review(probe, rosa)


def test_a_colleague_reviews_it(probe: BankEntry, hugo: Person) -> None:
    operations.review(probe, hugo)

    assert (probe.latest.status, probe.latest.reviewed_by) == (RevisionStatus.REVIEWED, hugo)


def test_what_is_reviewed_is_not_reviewed_again(probe: BankEntry, hugo: Person) -> None:
    operations.review(probe, hugo)

    with pytest.raises(Refused, match="There is no draft to review"):
        operations.review(probe, hugo)


def test_a_draft_is_not_put_into_use(probe: BankEntry, hugo: Person) -> None:
    with pytest.raises(Refused, match="reviewed by a colleague first"):
        operations.activate(probe, hugo)


def test_active_words_stand_in_the_bank_and_drafts_do_not(probe: BankEntry, hugo: Person) -> None:
    with pytest.raises(NotInBank):
        question("patience-o1-q1")

    used(probe, hugo)

    assert question("patience-o1-q1").text == probe.latest.content["questions"][0]["text"]
    assert "patience-o1" in [each.id for each in skill("patience").probes]


def test_an_active_skill_stands_behind_the_bundled_ones(own_skill: BankEntry, hugo: Person) -> None:
    used(own_skill, hugo)

    assert whole_bank().skills[-1].name == "Queue care"


def test_new_words_leave_the_old_ones_in_use_until_they_are_activated(
    probe: BankEntry, rosa: Person, hugo: Person
) -> None:
    used(probe, hugo)

    operations.revise(probe, probe.latest.content | {"title": "New"}, rosa, "Better.")
    before = whole_bank().probe("patience-o1").title
    used(probe, hugo)

    assert (before, whole_bank().probe("patience-o1").title) == ("A long queue", "New")
    assert [each.status for each in probe.revisions] == [RevisionStatus.RETIRED, RevisionStatus.ACTIVE]


def test_what_is_retired_leaves_the_bank(probe: BankEntry, hugo: Person) -> None:
    used(probe, hugo)

    operations.retire(probe, hugo, "Asked too often.")

    assert "patience-o1" not in whole_bank().probes
    assert probe.active is None


@pytest.mark.parametrize(
    ("reason", "sentence"), [(" ", "Say why it is retired"), ("Again.", "retired already")]
)
def test_a_retirement_needs_a_reason_and_happens_once(
    probe: BankEntry, hugo: Person, reason: str, sentence: str
) -> None:
    if reason.strip():
        operations.retire(probe, hugo, "Asked too often.")

    with pytest.raises(Refused, match=sentence):
        operations.retire(probe, hugo, reason)


def test_what_was_retired_comes_back_as_a_draft(probe: BankEntry, rosa: Person, hugo: Person) -> None:
    operations.retire(used(probe, hugo), hugo, "Asked too often.")

    operations.revise(probe, probe.latest.content, rosa, "Needed again.")

    assert (probe.latest.status, probe.active) == (RevisionStatus.DRAFT, None)


@pytest.mark.parametrize("verb", [operations.review, operations.activate, operations.delete_entry])
def test_a_step_on_what_has_changed_is_refused(
    probe: BankEntry, rosa: Person, hugo: Person, verb: Callable[[BankEntry, Person, int], None]
) -> None:
    opened = probe.revision
    operations.revise(probe, probe.latest.content | {"title": "New"}, rosa, "Better.")

    with pytest.raises(Stale):
        verb(probe, hugo, opened)


# What was used stays


def test_what_was_never_in_use_is_deleted(probe: BankEntry, rosa: Person) -> None:
    operations.revise(probe, probe.latest.content | {"title": "New"}, rosa, "Better.")

    operations.delete_entry(probe, rosa)

    assert db.session.scalars(select(BankEntry)).all() == []
    assert actions()[-1] == "delete_bank_entry"


def test_what_was_in_use_is_not_deleted_even_when_retired(probe: BankEntry, hugo: Person) -> None:
    operations.retire(used(probe, hugo), hugo, "Asked too often.")

    with pytest.raises(Refused, match="it can be retired but not deleted"):
        operations.delete_entry(probe, hugo)


def test_what_a_published_guide_asks_is_not_deleted(probe: BankEntry, rosa: Person) -> None:
    publish_with("patience-o1-q2", rosa)

    with pytest.raises(Refused, match="it can be retired but not deleted"):
        operations.delete_entry(probe, rosa)


def test_what_a_published_guide_asked_before_a_later_revision_is_not_deleted(
    probe: BankEntry, rosa: Person
) -> None:
    publish_with("patience-o1-q2", rosa)
    main = probe.latest.content["questions"][:1]
    operations.revise(probe, probe.latest.content | {"questions": main}, rosa, "One form will do.")

    with pytest.raises(Refused, match="it can be retired but not deleted"):
        operations.delete_entry(probe, rosa)


def test_what_a_guide_in_work_asks_is_not_deleted(probe: BankEntry, rosa: Person) -> None:
    plan_with("patience-o1-q1", rosa)

    with pytest.raises(Refused, match="it can be retired but not deleted"):
        operations.delete_entry(probe, rosa)


def test_a_skill_that_a_job_rates_is_not_deleted(own_skill: BankEntry, rosa: Person) -> None:
    factories.add(JobSkill(job_id=factories.job().id, skill_id=own_skill.ident, position=9))

    with pytest.raises(Refused, match="it can be retired but not deleted"):
        operations.delete_entry(own_skill, rosa)


def test_a_published_guide_of_others_keeps_nobody_from_deleting(probe: BankEntry, rosa: Person) -> None:
    publish_with("patience-1-q1", rosa)

    operations.delete_entry(probe, rosa)

    assert db.session.scalars(select(BankEntry)).all() == []


def test_a_published_guide_keeps_its_words_whatever_is_changed(
    probe: BankEntry, rosa: Person, hugo: Person
) -> None:
    used(probe, hugo)
    version = publish_with("patience-o1-q1", rosa)
    published, first = copy.deepcopy(version.content), copy.deepcopy(probe.latest.content)

    changed = probe.latest.content | {"questions": [{"kind": "behavioural", "text": "Something else?"}]}
    operations.revise(probe, changed, rosa, "Better.")
    used(probe, hugo)
    operations.retire(probe, hugo, "Not needed.")
    db.session.expire_all()

    assert version.content == published
    assert probe.revisions[0].content == first


# Copies


def test_a_copy_of_a_probe_has_its_words_and_ids_of_its_own(rosa: Person) -> None:
    source = bundled_probe("patience-1")

    entry = operations.copy_of("patience-1", rosa, "To adapt it.")

    content = entry.latest.content
    assert (entry.ident, entry.skill_id, entry.copied_from) == ("patience-o1", "patience", "patience-1")
    assert [each["text"] for each in content["questions"]] == [each.text for each in source.questions]
    assert [each["id"] for each in content["questions"]] == ["patience-o1-q1", "patience-o1-q2"]
    assert bundled_probe("patience-1") == source


def test_a_copy_of_a_skill_can_be_given_a_further_probe(rosa: Person) -> None:
    entry = operations.copy_of("empathy", rosa, "To adapt it.")
    content = entry.latest.content

    operations.revise(entry, content | {"probes": [*content["probes"], probe_words()]}, rosa, "One more.")

    before = [each.id for each in bundled_skill("empathy").probes]
    after = [each["id"].replace("own-empathy", "empathy") for each in entry.latest.content["probes"]]
    assert (after[:-1], after[-1]) == (before, "empathy-x2")


@pytest.mark.parametrize("ident", [each.id for each in skills()])
def test_every_bundled_skill_can_be_copied(rosa: Person, ident: str) -> None:
    assert operations.copy_of(ident, rosa, "To adapt it.").copied_from == ident


def test_nothing_is_copied_from_what_is_not_there(rosa: Person) -> None:
    with pytest.raises(NotInBank):
        operations.copy_of("juggling", rosa, "To adapt it.")


def test_ids_move_with_their_owner_and_nothing_else_does() -> None:
    content = {"id": "calm", "caveat": "calm-2", "text": "calm down", "probes": [{"id": "calm-1"}]}

    assert renamed(content, "calm", "own-calm") == {
        "id": "own-calm",
        "caveat": "own-calm-2",
        "text": "calm down",
        "probes": [{"id": "own-calm-1"}],
    }


# Editions


def test_the_first_edition_is_noted_and_changes_nothing(app: object) -> None:
    assert operations.record_edition() == ()
    assert db.session.scalars(select(BankEdition.version)).all() == [bank_version()]


def test_an_edition_is_noted_once(app: object) -> None:
    operations.record_edition()

    assert operations.record_edition() is None


def test_an_upgrade_says_what_it_added_changed_and_took_away(app: object) -> None:
    phrases = editions.bundled_phrases()
    [first, second, *_rest] = phrases
    earlier = {each: words for each, words in phrases.items() if each != first}
    earlier |= {second: "As it was.", "skills/gone.yaml:gone.name": "Gone"}
    factories.add(BankEdition(version="0.9", phrases=earlier))

    changes = operations.record_edition()

    assert changes is not None
    assert [(each.address, each.before, each.after) for each in changes] == [
        (first, None, phrases[first]),
        (second, "As it was.", phrases[second]),
        ("skills/gone.yaml:gone.name", "Gone", None),
    ]

"""Pages of own skills and probes, and of the bundled bank's editions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from hiring.authoring import operations
from hiring.authoring.document import address_name, differences, pieces, place_name
from hiring.bank.queries import probe as bank_probe
from hiring.extensions import db
from hiring.models import BankEdition, BankEntry, Person, RevisionStatus
from question_bank import bank_version
from tests import factories
from tests.authoring.conftest import OFF_LIMITS, QUESTION, probe_words, skill_words, used
from tests.conftest import Queries, SignIn

FRAME = 3


def typed(content: Any, prefix: str = "") -> dict[str, str]:
    """What a browser sends for the content."""
    if isinstance(content, dict | list):
        parts = content.items() if isinstance(content, dict) else enumerate(content)
        below = [typed(each, f"{prefix}{name}-") for name, each in parts]
        return {name: words for part in below for name, words in part.items()}
    return {prefix[:-1]: "y" if content is True else str(content)} if content else {}


def probe_form(**more: Any) -> dict[str, str]:
    return typed(probe_words()) | {"language": "en", "reason": "Queues are our daily bread."} | more


def skill_form(**more: Any) -> dict[str, str]:
    words = skill_words()
    levels = {f"anchors-{each['level']}": each["text"] for each in words.pop("anchors")}
    return typed(words) | levels | {"language": "en", "reason": "Queues are our daily bread."} | more


def edit_form(entry: BankEntry, **more: Any) -> dict[str, str]:
    return typed(entry.latest.content) | {"revision": str(entry.revision), "reason": "Better."} | more


def only_entry() -> BankEntry:
    return db.session.scalars(select(BankEntry)).one()


# Who may


WRITERS_PAGES = [
    "/bank/own",
    "/bank/own/probes/new?skill=patience",
    "/bank/own/probes/new",
    "/bank/own/skills/new",
]


@pytest.mark.parametrize("page", WRITERS_PAGES)
def test_who_writes_for_the_bank_opens_its_pages(sign_in: SignIn, hugo: Person, page: str) -> None:
    assert sign_in(hugo).get(page).status_code == 200


@pytest.mark.parametrize("page", WRITERS_PAGES)
def test_an_interviewer_does_not(sign_in: SignIn, olga: Person, page: str) -> None:
    assert sign_in(olga).get(page).status_code == 403


@pytest.mark.parametrize("page", ["", "/edit", "/differences"])
def test_an_outsider_is_refused_what_is_not_in_use(
    sign_in: SignIn, probe: BankEntry, olga: Person, page: str
) -> None:
    assert sign_in(olga).get(f"/bank/own/{probe.id}{page}").status_code == 403


@pytest.mark.parametrize("step", ["edit", "review", "activate", "retire", "delete"])
def test_an_interviewer_changes_nothing(
    sign_in: SignIn, probe: BankEntry, hugo: Person, olga: Person, step: str
) -> None:
    used(probe, hugo)

    assert sign_in(olga).post(f"/bank/own/{probe.id}/{step}").status_code == 403


def test_an_interviewer_reads_the_words_in_use_and_no_draft(
    sign_in: SignIn, probe: BankEntry, rosa: Person, hugo: Person, olga: Person
) -> None:
    used(probe, hugo)
    operations.revise(
        probe, probe.latest.content | {"note": "Not yet for everybody."}, rosa, "Secret reason."
    )

    page = sign_in(olga).get(f"/bank/own/{probe.id}").text

    assert QUESTION in page
    assert "Not yet for everybody." not in page
    assert "Secret reason." not in page


# The list


def test_without_own_words_the_list_says_what_to_do(sign_in: SignIn, rosa: Person) -> None:
    assert "copy one of its probes to adapt it" in sign_in(rosa).get("/bank/own").text


def test_the_list_shows_each_entry_with_its_status(
    sign_in: SignIn, probe: BankEntry, own_skill: BankEntry, rosa: Person, hugo: Person
) -> None:
    used(own_skill, hugo)

    page = sign_in(rosa).get("/bank/own").text

    for words in (QUESTION, "patience-o1", "Patience", "Draft", "Queue care", "Active", "English"):
        assert words in page


def test_the_list_of_one_status_leaves_out_the_others(
    sign_in: SignIn, probe: BankEntry, own_skill: BankEntry, rosa: Person, hugo: Person
) -> None:
    used(own_skill, hugo)

    page = sign_in(rosa).get("/bank/own?status=active").text

    assert "Queue care" in page
    assert "patience-o1" not in page


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    sign_in: SignIn, probe: BankEntry, rosa: Person, queries: Callable[[], Queries]
) -> None:
    browser = sign_in(rosa)
    browser.get("/bank/own")
    with queries() as for_one:
        browser.get("/bank/own")
    for _number in range(2):
        operations.add_probe("empathy", probe_words(), rosa, "One more.")
    db.session.commit()
    browser.get("/bank/own")

    with queries() as for_three:
        browser.get("/bank/own")

    assert len(for_one) == len(for_three) <= FRAME + 8


# Writing


def test_a_probe_is_written(sign_in: SignIn, rosa: Person) -> None:
    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=probe_form())

    entry = only_entry()
    assert (answer.status_code, answer.location) == (303, f"/bank/own/{entry.id}")
    assert entry.latest.content["listen_for"] == "an order of one's own"


def test_a_skill_is_written(sign_in: SignIn, rosa: Person) -> None:
    answer = sign_in(rosa).post("/bank/own/skills/new", data=skill_form())

    content = only_entry().latest.content
    assert answer.status_code == 303
    assert content["negative_indicators"][0]["red_flag"] is True
    assert [each["level"] for each in content["anchors"]] == [1, 3, 5]


def test_empty_rows_are_left_out(sign_in: SignIn, rosa: Person) -> None:
    empty = {"follow_ups-7-star": "R", "follow_ups-7-text": " ", "questions-5-kind": "behavioural"}

    sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=probe_form(**empty))

    content = only_entry().latest.content
    assert (len(content["questions"]), len(content["follow_ups"])) == (2, 2)


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(sign_in: SignIn, rosa: Person) -> None:
    form = probe_form(**{"questions-0-text": "", "reason": "", "note": "Typed."})

    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=form)

    assert answer.status_code == 422
    assert 'id="questions-0-text-error"' in answer.text
    assert "Write the main question." in answer.text
    assert 'id="reason-error"' in answer.text
    assert "Typed." in answer.text
    assert db.session.scalars(select(BankEntry)).all() == []


def test_what_is_wrong_with_a_skill_stands_beside_its_field(sign_in: SignIn, rosa: Person) -> None:
    form = skill_form(**{"anchors-3": "", "anchors-2": "Meagre.", "probes-0-follow_ups-1-text": ""})

    answer = sign_in(rosa).post("/bank/own/skills/new", data=form)

    assert answer.status_code == 422
    for place in ("anchors-3", "anchors-4", "probes-0-follow_ups"):
        assert f'id="{place}-error"' in answer.text
    assert "Meagre." in answer.text


def test_words_too_long_are_refused_beside_their_level(sign_in: SignIn, rosa: Person) -> None:
    answer = sign_in(rosa).post("/bank/own/skills/new", data=skill_form(**{"anchors-5": "x" * 2001}))

    assert answer.status_code == 422
    assert 'id="anchors-5-error"' in answer.text


@pytest.mark.parametrize(
    ("wish", "rows"),
    [
        ("add:follow_ups", 3),
        ("remove:follow_ups-0", 1),
        ("remove:follow_ups-9", 2),
        ("add:nothing", 2),
        ("x", 2),
    ],
)
def test_a_row_is_added_or_removed_and_nothing_typed_is_lost(
    sign_in: SignIn, rosa: Person, wish: str, rows: int
) -> None:
    form = probe_form(do=wish, note="Typed.")

    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=form)

    assert answer.status_code == 200
    assert answer.text.count('-star" name=') == rows
    assert "Typed." in answer.text
    assert db.session.scalars(select(BankEntry)).all() == []


def test_an_off_limits_question_asks_for_a_reason(sign_in: SignIn, rosa: Person) -> None:
    form = probe_form(**{"questions-0-text": OFF_LIMITS})

    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=form)

    assert answer.status_code == 422
    assert 'id="override_reason-error"' in answer.text
    assert "Age is off limits" in answer.text


def test_with_a_reason_an_off_limits_question_is_kept(sign_in: SignIn, rosa: Person) -> None:
    form = probe_form(**{"questions-0-text": OFF_LIMITS, "override_reason": "It quotes a customer."})

    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=form)

    assert answer.status_code == 303
    assert only_entry().latest.override_reason == "It quotes a customer."


def test_the_check_answers_while_one_types(sign_in: SignIn, rosa: Person) -> None:
    browser = sign_in(rosa)

    doubtful = browser.post("/bank/own/findings?kind=probe", data={"questions-0-text": OFF_LIMITS}).text
    innocent = browser.post("/bank/own/findings?kind=probe", data={"title": "A long queue"}).text

    assert "Off limits" in doubtful
    assert 'href="#questions-0-text"' in doubtful
    assert "Nothing to remark so far" in innocent


def test_the_check_is_not_for_outsiders(sign_in: SignIn, olga: Person) -> None:
    assert sign_in(olga).post("/bank/own/findings").status_code == 403


def test_an_entry_is_written_anew(sign_in: SignIn, probe: BankEntry, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/bank/own/{probe.id}/edit", data=edit_form(probe, title="Shorter"))

    db.session.refresh(probe)
    assert (answer.status_code, len(probe.revisions)) == (303, 2)
    assert (probe.latest.content["title"], probe.latest.author) == ("Shorter", hugo)
    assert probe.latest.content["questions"] == probe.revisions[0].content["questions"]


def test_parts_that_the_form_does_not_show_are_kept(sign_in: SignIn, rosa: Person) -> None:
    entry = operations.copy_of("patience-1", rosa, "To adapt it.")

    sign_in(rosa).post(f"/bank/own/{entry.id}/edit", data=edit_form(entry, title="Ours"))

    db.session.refresh(entry)
    first, second = (each.content for each in entry.revisions)
    assert second == first | {"title": "Ours"}


def test_a_save_over_somebody_elses_shows_both_and_may_be_repeated(
    sign_in: SignIn, probe: BankEntry, rosa: Person, hugo: Person
) -> None:
    browser = sign_in(rosa)
    form = edit_form(probe, title="What Rosa wrote")
    operations.revise(probe, probe.latest.content | {"title": "What Hugo wrote"}, hugo, "Mine.")
    db.session.commit()

    answer = browser.post(f"/bank/own/{probe.id}/edit", data=form)
    db.session.refresh(probe)
    opened_since = probe.revision
    again = browser.post(f"/bank/own/{probe.id}/edit", data=form | {"revision": str(opened_since)})

    assert answer.status_code == 422
    assert "What Rosa wrote" in answer.text
    assert "What Hugo wrote" in answer.text
    assert re.search(rf'name="revision"[^>]* value="{opened_since}"', answer.text)
    assert again.status_code == 303


def test_a_probe_for_a_skill_that_nobody_has_is_a_missing_page(sign_in: SignIn, rosa: Person) -> None:
    assert sign_in(rosa).get("/bank/own/probes/new?skill=juggling").status_code == 404


# Copies


def test_a_copy_opens_in_the_form(sign_in: SignIn, rosa: Person) -> None:
    answer = sign_in(rosa).post("/bank/own/copies", data={"ident": "patience-1"})

    entry = only_entry()
    assert (answer.status_code, answer.location) == (303, f"/bank/own/{entry.id}/edit")
    assert entry.copied_from == "patience-1"


@pytest.mark.parametrize("sent", [{"ident": "juggling"}, {}, {"ident": "patience-1", "language": "tlh"}])
def test_what_is_not_there_is_not_copied(sign_in: SignIn, rosa: Person, sent: dict[str, str]) -> None:
    assert sign_in(rosa).post("/bank/own/copies", data=sent).status_code == 404


def test_an_interviewer_copies_nothing(sign_in: SignIn, olga: Person) -> None:
    browser = sign_in(olga)

    assert browser.post("/bank/own/copies", data={"ident": "patience-1"}).status_code == 403
    assert "Copy and adapt" not in browser.get("/bank/patience").text


def test_the_banks_page_offers_copies_to_who_writes(sign_in: SignIn, rosa: Person) -> None:
    page = sign_in(rosa).get("/bank/patience").text

    assert "Copy and adapt" in page
    assert "/bank/own/probes/new?skill=patience" in page


def test_a_note_says_when_the_original_has_changed(sign_in: SignIn, rosa: Person) -> None:
    entry = operations.copy_of("patience-1", rosa, "To adapt it.")
    browser = sign_in(rosa)
    unchanged = browser.get(f"/bank/own/{entry.id}").text
    first = entry.latest
    first.content = first.content | {"title": "What it was called then"}
    entry.copied_revision = "00000000"
    db.session.commit()

    page = browser.get(f"/bank/own/{entry.id}").text

    assert "The original has changed" not in unchanged
    assert "The original has changed since you copied it" in page


def test_a_note_says_when_the_original_is_gone(sign_in: SignIn, rosa: Person) -> None:
    entry = operations.copy_of("patience-1", rosa, "To adapt it.")
    entry.copied_from = "patience-99"

    assert "The original is gone" in sign_in(rosa).get(f"/bank/own/{entry.id}").text


# One entry


def test_ones_own_draft_asks_for_a_colleague(sign_in: SignIn, probe: BankEntry, rosa: Person) -> None:
    browser = sign_in(rosa)

    page = browser.get(f"/bank/own/{probe.id}").text
    answer = browser.post(f"/bank/own/{probe.id}/review", data={"revision": probe.revision})

    assert "nobody reviews their own words" in page
    assert "I have reviewed it" not in page
    assert answer.status_code == 422
    assert "You wrote this draft. Ask a colleague to review it." in answer.text


def test_a_colleague_reviews_and_puts_it_into_use(sign_in: SignIn, probe: BankEntry, hugo: Person) -> None:
    browser, address = sign_in(hugo), f"/bank/own/{probe.id}"

    reviewed = browser.post(f"{address}/review", data={"revision": probe.revision})
    db.session.refresh(probe)
    activated = browser.post(f"{address}/activate", data={"revision": probe.revision})
    page = browser.get(address).text

    assert (reviewed.status_code, activated.status_code) == (303, 303)
    assert "Words in use" in page
    assert "Hugo" in page


def test_a_step_without_its_revision_is_refused(sign_in: SignIn, probe: BankEntry, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/bank/own/{probe.id}/review", data={"revision": "junk"})

    db.session.refresh(probe.latest)
    assert (answer.status_code, probe.latest.status) == (422, RevisionStatus.DRAFT)


def test_a_retirement_without_a_reason_is_refused_beside_its_field(
    sign_in: SignIn, probe: BankEntry, hugo: Person
) -> None:
    browser, address = sign_in(hugo), f"/bank/own/{probe.id}/retire"

    refused = browser.post(address, data={"revision": probe.revision, "reason": ""})
    done = browser.post(address, data={"revision": probe.revision, "reason": "Asked too often."})

    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert done.status_code == 303


def test_an_entry_is_deleted(sign_in: SignIn, probe: BankEntry, rosa: Person) -> None:
    answer = sign_in(rosa).post(f"/bank/own/{probe.id}/delete", data={"revision": probe.revision})

    assert (answer.status_code, answer.location) == (303, "/bank/own")


def test_what_was_in_use_offers_no_deletion(
    sign_in: SignIn, probe: BankEntry, rosa: Person, hugo: Person
) -> None:
    browser = sign_in(rosa)
    before = browser.get(f"/bank/own/{probe.id}").text
    used(probe, hugo)

    after = browser.get(f"/bank/own/{probe.id}").text
    answer = browser.post(f"/bank/own/{probe.id}/delete", data={"revision": probe.revision})

    assert ("Delete it with its whole history?" in before, "Delete it with" in after) == (True, False)
    assert answer.status_code == 422
    assert "it can be retired but not deleted" in answer.text


def test_an_entry_takes_as_many_queries_for_three_revisions_as_for_one(
    sign_in: SignIn, probe: BankEntry, rosa: Person, queries: Callable[[], Queries]
) -> None:
    browser, address = sign_in(rosa), f"/bank/own/{probe.id}"
    browser.get(address)
    with queries() as for_one:
        browser.get(address)
    for title in ("Second", "Third"):
        operations.revise(probe, probe.latest.content | {"title": title}, rosa, "Better.")
    db.session.commit()
    browser.get(address)

    with queries() as for_three:
        browser.get(address)

    assert len(for_one) == len(for_three) <= FRAME + 8


def test_a_job_that_one_may_not_see_is_counted_and_not_named(
    sign_in: SignIn, own_skill: BankEntry, rosa: Person, hugo: Person
) -> None:
    factories.job("Secret job", lead=rosa, skills=(own_skill.ident,))

    for_hugo = sign_in(hugo).get(f"/bank/own/{own_skill.id}").text
    for_rosa = sign_in(rosa).get(f"/bank/own/{own_skill.id}").text

    assert "Secret job" not in for_hugo
    assert "One job that you do not take part in" in for_hugo
    assert "Secret job, being planned" in for_rosa


# Differences


def test_differences_are_marked_and_not_only_coloured(
    sign_in: SignIn, probe: BankEntry, rosa: Person
) -> None:
    words = probe.latest.content
    changed = words | {"questions": [words["questions"][0] | {"text": QUESTION.replace("callers", "guests")}]}
    operations.revise(probe, changed, rosa, "Guests, not callers.")

    page = sign_in(rosa).get(f"/bank/own/{probe.id}/differences?before=1&after=2").text

    assert "<del>" in page
    assert "callers<span" in page
    assert "<ins>" in page
    assert "guests<span" in page
    assert "Guests, not callers." in page


def test_a_revision_that_is_not_there_is_a_missing_page(
    sign_in: SignIn, probe: BankEntry, rosa: Person
) -> None:
    assert sign_in(rosa).get(f"/bank/own/{probe.id}/differences?before=7").status_code == 404


def test_words_with_little_in_common_stand_one_after_the_other() -> None:
    before, after = (
        "How old are you, and whom did you help?",
        "Tell me about a caller who did not understand.",
    )

    assert [(each.kind, each.text) for each in pieces(before, after)] == [("gone", before), ("new", after)]


def test_who_only_reads_sees_nothing_of_the_next_draft(
    probe: BankEntry, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    used(probe, hugo)
    secret = "Tell me about a queue that nobody may know of yet."
    operations.revise(probe, probe_words(secret), hugo, "Not ready.")
    db.session.commit()

    page = sign_in(ivy).get(f"/bank/own/{probe.id}")

    assert page.status_code == 200
    assert QUESTION in page.text
    assert secret not in page.text


def test_texts_are_compared_word_by_word() -> None:
    found = [(each.kind, each.text) for each in pieces("What did you do?", "What did they do?")]

    assert found == [("same", "What did "), ("gone", "you"), ("new", "they"), ("same", " do?")]


def test_chinese_is_compared_sign_by_sign() -> None:
    found = [(each.kind, each.text) for each in pieces("您做了什么", "您说了什么")]

    assert found == [("same", "您"), ("gone", "做"), ("new", "说"), ("same", "了什么")]


@pytest.mark.parametrize(
    ("address", "ident", "name"),
    [
        ("patience-o1.title", "patience-o1", "Title"),
        ("patience-o1-q1.text", "patience-o1", "Main question"),
        ("patience-o1-q3.kind", "patience-o1", "Parallel form 2, Kind of question"),
        ("patience-o1.follow_ups.2", "patience-o1", "Follow-up 2"),
        ("patience-o1.follow_ups.2.star", "patience-o1", "Follow-up 2, What it asks for"),
        ("own-x.anchors.3", "own-x", "Level 3"),
        ("own-x-neg-2.red_flag", "own-x", "Sign against 2, Red flag"),
        ("own-x-pos-1.text", "own-x", "Sign for 1"),
        ("own-x-2-q1.text", "own-x", "Probe 2, Main question"),
        ("own-x-2.follow_ups.1", "own-x", "Probe 2, Follow-up 1"),
        ("own-x-o2-q3.text", "own-x", "Probe 2, Parallel form 2"),
        ("own-x.probe_order", "own-x", "Order of the probes"),
    ],
)
def test_an_address_is_said_in_words(address: str, ident: str, name: str) -> None:
    assert address_name(address, ident) == name


def test_a_place_is_said_in_words() -> None:
    assert place_name(("probes", 1, "follow_ups", 0, "text")) == "Probe 2, Follow-up 1"
    assert place_name(("anchors", "3")) == "Level 3"
    assert place_name(("questions", 0, "kind")) == "Main question, Kind of question"
    assert place_name(("follow_ups",)) == "Follow-ups"


# The bank's own pages


def test_own_words_in_use_stand_in_the_bank_marked_as_own(
    sign_in: SignIn, probe: BankEntry, own_skill: BankEntry, hugo: Person, olga: Person
) -> None:
    browser = sign_in(olga)
    before = browser.get("/bank/patience").text
    for each in (probe, own_skill):
        used(each, hugo)

    of_skill, shelf = browser.get("/bank/patience").text, browser.get("/bank").text
    own = browser.get(f"/bank/{own_skill.ident}")

    assert QUESTION not in before
    assert QUESTION in of_skill
    assert f'href="/bank/own/{probe.id}"' in of_skill
    assert "Queue care" in shelf
    assert '<span class="badge tone-info">Own</span>' in shelf
    assert own.status_code == 200


def test_an_own_skill_in_use_may_be_chosen_for_a_job(
    sign_in: SignIn, own_skill: BankEntry, hugo: Person
) -> None:
    used(own_skill, hugo)
    job = factories.job(lead=hugo)

    assert "Queue care" in sign_in(hugo).get(f"/jobs/{job.id}/skills").text


def test_the_bank_leads_who_writes_to_the_own_words(sign_in: SignIn, rosa: Person, olga: Person) -> None:
    assert 'href="/bank/own"' in sign_in(rosa).get("/bank").text
    assert 'href="/bank/own"' not in sign_in(olga).get("/bank").text


# Editions


def test_without_an_edition_the_page_says_what_to_do(sign_in: SignIn, olga: Person) -> None:
    assert "hiring init" in sign_in(olga).get("/bank/editions").text


def test_the_page_of_editions_shows_what_changed(sign_in: SignIn, olga: Person) -> None:
    factories.add(BankEdition(version="0.9", phrases={"skills/gone.yaml:gone.name": "Gone for good"}))
    operations.record_edition()

    page = sign_in(olga).get("/bank/editions").text

    assert f"Version {bank_version()}" in page
    assert "Gone for good" in page
    assert "1 gone" in page


def test_a_stranger_is_asked_to_sign_in_for_the_editions(sign_in: SignIn) -> None:
    assert sign_in(None).get("/bank/editions").status_code == 302


# Order


def orders_of(page: str) -> list[str]:
    return re.findall(r'name="((?:probes-\d-)?questions-\d)-text" [^>]*>([^<]+)<', page)


def skill_of_two(**more: Any) -> dict[str, Any]:
    probes = [probe_words(title="First"), probe_words("And on another day?", title="Second")]
    return skill_words(probes=probes, **more)


def test_a_question_is_moved_down_and_nothing_typed_is_lost(sign_in: SignIn, rosa: Person) -> None:
    form = probe_form(do="down:questions-0", title="Typed before")

    answer = sign_in(rosa).post("/bank/own/probes/new?skill=patience", data=form)

    assert answer.status_code == 200
    assert [text for _name, text in orders_of(answer.text)] == [
        "The queue grows while you are on the telephone. What do you do?",
        QUESTION,
    ]
    assert 'value="Typed before"' in answer.text
    assert re.search(r'id="up-questions-1"[^>]* autofocus', answer.text)
    assert db.session.scalars(select(BankEntry)).all() == []


@pytest.mark.parametrize(
    "wish",
    [
        "up:questions-0",
        "down:questions-1",
        "up:questions-7",
        "down:follow_ups-0",
        "up:-1",
        "up:questions-²",
        "sideways:questions-1",
        "up:title-1",
        "up:",
        "up:1",
        "down:0",
        "up:kind-0-1",
        "up:questions-0-text-1",
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing(sign_in: SignIn, rosa: Person, wish: str) -> None:
    client = sign_in(rosa)
    form = probe_form()

    plain = orders_of(client.post("/bank/own/probes/new?skill=patience", data=form | {"do": "x"}).text)
    answer = client.post("/bank/own/probes/new?skill=patience", data=form | {"do": wish})

    assert (answer.status_code, orders_of(answer.text)) == (200, plain)


def test_moved_questions_are_saved_as_a_revision_that_keeps_their_ids(
    sign_in: SignIn, probe: BankEntry, rosa: Person
) -> None:
    first, second = probe.latest.content["questions"]
    moved = probe.latest.content | {"questions": [second, first]}
    db.session.commit()

    answer = sign_in(rosa).post(
        f"/bank/own/{probe.id}/edit",
        data=typed(moved) | {"revision": str(probe.revision), "reason": "The harder one comes later."},
    )

    assert answer.status_code == 303
    saved = only_entry().latest
    assert saved.number == 2
    assert [(each["id"], each["form"]) for each in saved.content["questions"]] == [
        ("patience-o1-q2", "main"),
        ("patience-o1-q1", "alternative"),
    ]


def test_the_history_shows_a_new_order(sign_in: SignIn, rosa: Person) -> None:
    entry = operations.add_skill(skill_of_two(), rosa, "New.")
    one, other = entry.latest.content["probes"]
    swapped = entry.latest.content | {"probes": [other | {"title": "Second, reworded"}, one]}
    operations.revise(entry, swapped, rosa, "The other way round.")
    db.session.commit()

    page = sign_in(rosa).get(f"/bank/own/{entry.id}/differences").text

    assert re.findall("<dt>(.*?)</dt>", page) == ["Probe 1, Title", "Order of the probes"]
    assert [each["id"] for each in entry.latest.content["probes"]] == ["own-queue-care-2", "own-queue-care-1"]


def test_the_order_of_a_probes_questions_is_told_too(probe: BankEntry, rosa: Person) -> None:
    content = probe.latest.content
    turned = content | {"questions": content["questions"][::-1]}
    operations.revise(probe, turned, rosa, "The harder one comes later.")

    (found,) = differences(probe.revisions[0], probe.revisions[1])

    assert found.name == "Order of the questions"
    assert {each.kind for each in found.pieces} == {"same", "gone", "new"}


def test_a_row_that_is_added_or_gone_is_no_new_order(probe: BankEntry, rosa: Person) -> None:
    content = probe.latest.content
    operations.revise(probe, content | {"questions": content["questions"][:1]}, rosa, "One is enough.")

    names = [each.name for each in differences(probe.revisions[0], probe.revisions[1])]

    assert names == ["Parallel form 1", "Parallel form 1, Kind of question"]


def test_probes_of_an_own_skill_have_buttons_to_move_them(sign_in: SignIn, rosa: Person) -> None:
    entry = operations.add_skill(skill_of_two(), rosa, "New.")
    db.session.commit()
    client = sign_in(rosa)

    page = client.get(f"/bank/own/{entry.id}/edit").text
    moved = client.post(
        f"/bank/own/{entry.id}/edit", data=typed(entry.latest.content) | {"do": "up:probes-1"}
    ).text

    assert set(re.findall(r'value="((?:up|down):probes-\d)"', page)) == {"down:probes-0", "up:probes-1"}
    assert moved.index('value="Second"') < moved.index('value="First"')


def test_a_reordered_probe_can_be_put_into_use_and_asked(
    probe: BankEntry, rosa: Person, hugo: Person
) -> None:
    content = probe.latest.content
    operations.revise(probe, content | {"questions": content["questions"][::-1]}, rosa, "Turned.")
    used(probe, hugo)

    assert bank_probe("patience-o1").main.id == "patience-o1-q2"

"""The pages of guides, for those who may open them and those who may not."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.guides.document import frozen_draft
from hiring.guides.operations import publish, remove_item, set_minutes, split_round
from hiring.guides.queries import guide_of
from hiring.guides.starting import start_guide
from hiring.models import Guide, GuideVersion, Job, Person
from question_bank import preset, question, scripts, skill
from tests import factories
from tests.conftest import Queries, SignIn

HTMX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return html.unescape(answer.text)


def order(guide: Guide) -> list[str]:
    db.session.expire_all()
    return [item.question_id for round_ in guide.rounds for item in round_.items]


def round_fields(guide: Guide, **changed: str) -> dict[str, str]:
    """What the form of the first round sends."""
    round_ = guide.rounds[0]
    fields = {
        "name": "Long talk",
        "kind": "panel",
        "minutes": "60",
        "opening_minutes": "4",
        "closing_minutes": "6",
        "opening_script": "Hello, {candidate_name}.",
        "closing_script": "Goodbye.",
        **changed,
    }
    named = {f"round-{round_.id}-{name}": value for name, value in fields.items()}
    return {"revision": str(guide.revision), **named}


@pytest.fixture
def browse(sign_in: SignIn, hugo: Person) -> FlaskClient:
    """Hugo's browser."""
    return sign_in(hugo)


@pytest.fixture
def version(guide: Guide, hugo: Person) -> GuideVersion:
    made = publish(guide, hugo)
    db.session.commit()
    return made


# Who may


def test_an_outsider_is_refused_everywhere(
    guide: Guide, version: GuideVersion, olga: Person, sign_in: SignIn
) -> None:
    item, round_ = guide.rounds[0].items[0].id, guide.rounds[0].id
    opened = [
        f"/jobs/{guide.job_id}/guide",
        f"/jobs/{guide.job_id}/guide/start",
        f"/guides/{guide.id}/edit",
        f"/guides/{guide.id}/preview",
        f"/guides/{guide.id}/preview.pdf",
        f"/guides/{guide.id}/publish",
        f"/guides/{guide.id}/items/{item}/swap",
        f"/guides/{guide.id}/rounds/{round_}/add",
        f"/guide-versions/{version.id}",
        f"/guide-versions/{version.id}.pdf",
    ]
    sent = [
        f"/jobs/{guide.job_id}/guide/start",
        f"/guides/{guide.id}/publish",
        f"/guides/{guide.id}/rounds",
        *(f"/guides/{guide.id}/items/{item}/{verb}" for verb in ("move", "minutes", "swap", "remove")),
        f"/guides/{guide.id}/rounds/{round_}",
        *(f"/guides/{guide.id}/rounds/{round_}/{verb}" for verb in ("add", "split", "remove")),
    ]
    client = sign_in(olga)

    answers = [client.get(address) for address in opened] + [client.post(address) for address in sent]

    assert {answer.status_code for answer in answers} == {403}


def test_an_interviewer_reads_what_is_published_and_edits_nothing(
    guide: Guide, version: GuideVersion, ivy: Person, sign_in: SignIn
) -> None:
    factories.interview(factories.application(guide.job), version, ivy)
    client = sign_in(ivy)

    overview = text(client.get(f"/jobs/{guide.job_id}/guide"))

    assert "Version 1" in overview
    assert "Edit the draft" not in overview
    assert client.get(f"/guide-versions/{version.id}").status_code == 200
    assert client.get(f"/guides/{guide.id}/edit").status_code == 403


def test_items_of_another_guide_are_out_of_reach(
    guide: Guide, hugo: Person, rosa: Person, browse: FlaskClient
) -> None:
    other = start_guide(factories.job("Other", lead=rosa), rosa)
    db.session.commit()
    item = other.rounds[0].items[0]

    answer = browse.post(
        f"/guides/{guide.id}/items/{item.id}/remove", data={"revision": guide.revision}, headers=HTMX
    )

    assert answer.status_code == 422
    assert item.question_id in order(other)


# Overview and start


def test_the_overview_begins_with_what_to_do(job: Job, browse: FlaskClient) -> None:
    page = text(browse.get(f"/jobs/{job.id}/guide"))

    assert "No guide yet" in page
    assert f"/jobs/{job.id}/guide/start" in page


def test_the_overview_says_what_changed(
    guide: Guide, version: GuideVersion, hugo: Person, browse: FlaskClient
) -> None:
    remove_item(guide.rounds[0].items[1], hugo)
    publish(guide, hugo)
    set_minutes(guide.rounds[0].items[0], 9, hugo)
    db.session.commit()

    page = text(browse.get(f"/jobs/{guide.job_id}/guide"))

    assert f"Removed from Empathy: “{question('empathy-2-q1').text}”" in page
    assert "Changes since version 2" in page
    assert f"9 instead of 8 minutes for “{question('empathy-1-q1').text}”" in page


def test_the_overview_asks_as_often_for_one_version_as_for_three(
    guide: Guide,
    version: GuideVersion,
    hugo: Person,
    browse: FlaskClient,
    queries: Callable[[], Queries],
) -> None:
    address = f"/jobs/{guide.job_id}/guide"
    with queries() as for_one:
        browse.get(address)
    for minutes in (9, 10):
        set_minutes(guide.rounds[0].items[0], minutes, hugo)
        publish(guide, hugo)
    with queries() as for_three:
        assert text(browse.get(address)).count("Published on") == 3

    assert len(for_three) == len(for_one)


def test_starting_from_a_suggestion(hugo: Person, sign_in: SignIn) -> None:
    job = factories.job(lead=hugo, skills=())
    client = sign_in(hugo)

    page = text(client.get(f"/jobs/{job.id}/guide/start"))
    answer = client.post(
        f"/jobs/{job.id}/guide/start",
        data={"start_from": "chat-and-email", "minutes": "60"},
        follow_redirects=True,
    )

    assert "Listening, Problem solving and proactivity, Empathy, Clear communication" in page
    assert "The questions are proposed." in text(answer)
    assert tuple(each.skill_id for each in job.skills) == preset("chat-and-email").all_skills


def test_an_interview_in_danish_is_danish_throughout(job: Job, browse: FlaskClient) -> None:
    sent = {"start_from": "job", "minutes": "45", "language": "da"}

    browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    guide = guide_of(job)
    assert guide is not None
    content = frozen_draft(guide)
    assert (guide.language, content.language) == ("da", "da")
    assert content.skills[0].name == skill("empathy", "da").name != skill("empathy").name
    assert content.rounds[0].items[0].text in {each.text for each in skill("empathy", "da").questions}
    assert content.levels[0].label != "Far below"


def test_a_language_that_the_bank_does_not_speak_is_refused(job: Job, browse: FlaskClient) -> None:
    sent = {"start_from": "job", "minutes": "45", "language": "fr"}

    answer = browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    assert answer.status_code == 422
    assert "Choose one of the bank’s languages." in text(answer).replace("'", "’").replace("&#39;", "’")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"minutes": "45"}, "Choose what the guide begins with."),
        ({"start_from": "job", "minutes": "5"}, "Choose 10 to 240 whole minutes."),
        ({"start_from": "job", "minutes": "an hour"}, "Choose 10 to 240 whole minutes."),
        ({"start_from": "job", "minutes": ""}, "Choose 10 to 240 whole minutes."),
        ({"start_from": "no-such", "minutes": "45"}, "Choose a suggestion from the list."),
    ],
)
def test_a_wrong_start_stands_beside_its_field(
    job: Job, browse: FlaskClient, sent: dict[str, str], sentence: str
) -> None:
    answer = browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{sent["minutes"]}"' in text(answer)


def test_starting_again_over_anothers_edit_is_told(guide: Guide, rosa: Person, browse: FlaskClient) -> None:
    opened = guide.revision
    set_minutes(guide.rounds[0].items[0], 9, rosa)
    db.session.commit()
    sent = {"start_from": "job", "minutes": "30", "revision": str(opened)}

    answer = browse.post(f"/jobs/{guide.job_id}/guide/start", data=sent)

    assert answer.status_code == 422
    assert "to 9 minutes." in text(answer)
    assert f'value="{guide.revision}"' in text(answer)
    assert len(order(guide)) == 4


# The builder


def test_the_builder_shows_questions_time_and_coverage(guide: Guide, browse: FlaskClient) -> None:
    page = text(browse.get(f"/guides/{guide.id}/edit"))

    assert question("empathy-1-q1").text in page
    assert question("empathy-1-q2").text in page
    assert "44 of 45 minutes planned" in page
    assert "Nothing stands out." in page


def test_the_builder_asks_as_often_for_one_round_as_for_three(
    guide: Guide, hugo: Person, browse: FlaskClient, queries: Callable[[], Queries]
) -> None:
    address = f"/guides/{guide.id}/edit"
    with queries() as for_one:
        browse.get(address)
    split_round(guide.rounds[0], hugo)
    split_round(guide.rounds[0], hugo)
    with queries() as for_three:
        assert text(browse.get(address)).count("Name, times and scripts") == 3

    assert len(for_three) == len(for_one) <= 10


def test_without_javascript_a_change_leads_back_to_the_builder(guide: Guide, browse: FlaskClient) -> None:
    item = guide.rounds[0].items[0].id

    answer = browse.post(
        f"/guides/{guide.id}/items/{item}/move", data={"direction": "down", "revision": guide.revision}
    )

    assert answer.status_code == 303
    assert answer.location.endswith(f"/guides/{guide.id}/edit#item-{item}")
    assert order(guide)[:2] == ["empathy-2-q1", "empathy-1-q1"]


def test_with_htmx_a_change_gives_the_builder_alone(guide: Guide, browse: FlaskClient) -> None:
    item = guide.rounds[0].items[0]

    answer = browse.post(
        f"/guides/{guide.id}/items/{item.id}/swap",
        data={"question_id": "empathy-1-q2", "revision": guide.revision},
        headers=HTMX,
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert question("empathy-1-q2").text in text(answer)
    assert "The question is swapped." in text(answer)


@pytest.mark.parametrize("typed", ["", "0", "61", "many", "9" * 30])
def test_wrong_minutes_stand_beside_their_field(guide: Guide, browse: FlaskClient, typed: str) -> None:
    item = guide.rounds[0].items[0].id

    answer = browse.post(
        f"/guides/{guide.id}/items/{item}/minutes", data={"minutes": typed, "revision": guide.revision}
    )

    assert answer.status_code == 422
    assert f'id="minutes-{item}-error"' in answer.text
    assert f'name="minutes" value="{typed}"' in answer.text


def test_an_old_page_is_told_what_happened_and_keeps_what_was_typed(
    guide: Guide, rosa: Person, browse: FlaskClient
) -> None:
    opened = guide.revision
    item = guide.rounds[0].items[0]
    set_minutes(guide.rounds[0].items[1], 9, rosa)
    db.session.commit()

    answer = browse.post(
        f"/guides/{guide.id}/items/{item.id}/minutes", data={"minutes": "12", "revision": opened}
    )

    assert answer.status_code == 422
    assert "Rosa set “Describe a time when your help" in text(answer)
    assert 'name="minutes" value="12"' in answer.text
    assert item.minutes == 8


def test_what_somebody_removed_can_no_longer_be_changed(
    guide: Guide, rosa: Person, browse: FlaskClient
) -> None:
    opened, item = guide.revision, guide.rounds[0].items[0].id
    remove_item(guide.rounds[0].items[0], rosa)
    db.session.commit()

    answer = browse.post(
        f"/guides/{guide.id}/items/{item}/move", data={"direction": "up", "revision": opened}
    )

    assert answer.status_code == 422
    assert "Somebody has removed this" in text(answer)
    assert "Rosa removed “Tell me about a person" in text(answer)


def test_a_form_without_revision_is_an_old_page(guide: Guide, browse: FlaskClient) -> None:
    item = guide.rounds[0].items[0].id

    for revision in ({}, {"revision": "x"}, {"revision": "9" * 40}):
        answer = browse.post(f"/guides/{guide.id}/items/{item}/remove", data=revision)
        assert answer.status_code == 422

    assert len(order(guide)) == 4


def test_a_round_is_saved(guide: Guide, browse: FlaskClient) -> None:
    browse.post(f"/guides/{guide.id}/rounds/{guide.rounds[0].id}", data=round_fields(guide))

    db.session.expire_all()
    assert (guide.rounds[0].name, guide.rounds[0].kind, guide.rounds[0].opening_minutes) == (
        "Long talk",
        "panel",
        4,
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Give the round a name"),
        ("name", "n" * 121, "Write at most 120 characters."),
        ("minutes", "9", "Choose 10 to 240 whole minutes."),
        ("opening_minutes", "", "Choose 0 to 60 whole minutes."),
        ("closing_script", "w" * 5001, "Write at most 5000 characters."),
        ("kind", "party", "Choose a kind of conversation."),
    ],
)
def test_a_wrong_round_keeps_what_was_typed(
    guide: Guide, browse: FlaskClient, field: str, value: str, sentence: str
) -> None:
    sent = round_fields(guide, **{"opening_script": "Hello there", field: value})

    answer = browse.post(f"/guides/{guide.id}/rounds/{guide.rounds[0].id}", data=sent)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Hello there" in text(answer)


def test_words_written_over_anothers_change_are_kept_beside_the_stored_ones(
    guide: Guide, rosa: Person, browse: FlaskClient
) -> None:
    sent = round_fields(guide)
    set_minutes(guide.rounds[0].items[1], 9, rosa)
    db.session.commit()
    address = f"/guides/{guide.id}/rounds/{guide.rounds[0].id}"

    refused = browse.post(address, data=sent)
    again = browse.post(address, data={**sent, "revision": str(guide.revision)})

    assert refused.status_code == 422
    assert "Hello, {candidate_name}." in text(refused)
    assert "What is stored now" in text(refused)
    assert scripts().opening.text in text(refused)
    assert again.status_code == 303


def test_words_for_a_round_that_is_gone_are_shown(guide: Guide, hugo: Person, browse: FlaskClient) -> None:
    sent, gone = round_fields(guide), guide.rounds[0].id
    split_round(guide.rounds[0], hugo)
    guide.rounds.remove(guide.rounds[0])
    db.session.commit()

    answer = browse.post(f"/guides/{guide.id}/rounds/{gone}", data=sent)

    assert answer.status_code == 422
    assert "Hello, {candidate_name}." in text(answer)


def test_rounds_are_added_split_and_removed(guide: Guide, browse: FlaskClient) -> None:
    def send(path: str, **data: str) -> int:
        db.session.expire_all()
        sent = {"revision": str(guide.revision), **data}
        return browse.post(f"/guides/{guide.id}/rounds{path}", data=sent).status_code

    assert send(f"/{guide.rounds[0].id}/split") == 303
    assert send("", **{"new-name": "Final talk", "new-minutes": "30"}) == 303
    assert send("", **{"new-name": "Final talk", "new-minutes": "5"}) == 422
    assert send(f"/{guide.rounds[1].id}/remove") == 303

    db.session.expire_all()
    assert [round_.name for round_ in guide.rounds] == ["Interview", "Final talk"]


def test_swapping_shows_every_other_question_of_the_skill(guide: Guide, browse: FlaskClient) -> None:
    item = guide.rounds[0].items[0]

    page = text(browse.get(f"/guides/{guide.id}/items/{item.id}/swap"))

    assert page.count("Ask this") == 6
    assert page.count("In the guide") == 1
    assert page.index("Parallel form") < page.index(question("empathy-2-q2").text)


def test_adding_a_question_by_skill(guide: Guide, browse: FlaskClient) -> None:
    address = f"/guides/{guide.id}/rounds/{guide.rounds[0].id}/add"

    page = text(browse.get(f"{address}?skill=listening"))
    answer = browse.post(address, data={"question_id": "listening-1-q1", "revision": guide.revision})

    assert question("listening-1-q1").text in page
    assert answer.status_code == 303
    assert order(guide)[-1] == "listening-1-q1"
    assert browse.get(f"{address}?skill=no-such").status_code == 404
    assert browse.get(f"/guides/{guide.id}/rounds/999/add").status_code == 404
    assert browse.get(f"/guides/{guide.id}/items/999/swap").status_code == 404


def test_a_question_the_bank_lost_can_be_swapped(guide: Guide, browse: FlaskClient) -> None:
    guide.rounds[0].items[0].question_id = "empathy-99-q1"
    db.session.commit()

    page = text(browse.get(f"/guides/{guide.id}/edit"))
    others = browse.get(f"/guides/{guide.id}/items/{guide.rounds[0].items[0].id}/swap")

    assert "The bank no longer has this question." in page
    assert others.status_code == 200


# Preview, publishing, versions


def test_the_preview_reads_like_the_published_guide(guide: Guide, browse: FlaskClient) -> None:
    page = text(browse.get(f"/guides/{guide.id}/preview"))

    assert page.count("Examples from outside customer service are equally welcome.") == 1
    assert "[name of the candidate]" in page
    assert "As 3, and picked up something that was not said outright" in page


def test_publishing_asks_first_and_then_freezes(guide: Guide, browse: FlaskClient) -> None:
    page = text(browse.get(f"/guides/{guide.id}/publish"))
    answer = browse.post(f"/guides/{guide.id}/publish", data={"revision": guide.revision})

    published = db.session.query(GuideVersion).one()
    assert "Publish version 1" in page
    assert answer.location.endswith(f"/guide-versions/{published.id}")
    shown = text(browse.get(answer.location))
    assert published.content_hash in shown
    assert "Hugo" in shown


def test_publishing_the_same_again_is_refused_with_its_reason(
    guide: Guide, version: GuideVersion, browse: FlaskClient
) -> None:
    answer = browse.post(f"/guides/{guide.id}/publish", data={"revision": guide.revision})

    assert answer.status_code == 422
    assert "Nothing has changed since version 1" in text(answer)


def test_a_skill_without_question_needs_a_yes_on_the_page(
    guide: Guide, hugo: Person, browse: FlaskClient
) -> None:
    for item in guide.rounds[0].items[2:]:
        remove_item(item, hugo)
    db.session.commit()
    address = f"/guides/{guide.id}/publish"

    refused = browse.post(address, data={"revision": guide.revision})
    agreed = browse.post(address, data={"revision": guide.revision, "although_unasked": "y"})

    assert refused.status_code == 422
    assert 'id="although_unasked-error"' in refused.text
    assert agreed.status_code == 303


def test_publishing_over_anothers_edit_is_told(guide: Guide, rosa: Person, browse: FlaskClient) -> None:
    opened = guide.revision
    set_minutes(guide.rounds[0].items[0], 9, rosa)
    db.session.commit()

    answer = browse.post(f"/guides/{guide.id}/publish", data={"revision": opened})

    assert answer.status_code == 422
    assert "to 9 minutes." in text(answer)


def test_a_version_asks_as_often_for_two_questions_as_for_four(
    guide: Guide,
    version: GuideVersion,
    hugo: Person,
    browse: FlaskClient,
    queries: Callable[[], Queries],
) -> None:
    with queries() as for_four:
        browse.get(f"/guide-versions/{version.id}")
    for place in (1, -1):
        remove_item(guide.rounds[0].items[place], hugo)
    shorter = publish(guide, hugo)
    with queries() as for_two:
        browse.get(f"/guide-versions/{shorter.id}")

    assert len(for_two) == len(for_four) <= 9

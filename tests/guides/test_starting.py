"""How a guide begins: composed to fit, from a brief, or copied; and what its page says where it does not fit."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from hiring.extensions import db
from hiring.guides.brief import pointed_to, proposed_skills
from hiring.guides.composing import DoesNotFit, heard_by_candidates, prices_of
from hiring.guides.operations import publish
from hiring.guides.queries import guide_of, with_draft
from hiring.guides.starting import RoundPlan, copy_guide, start_guide
from hiring.models import Guide, InterviewStatus, Job, Person, RoundKind
from hiring.planning.wishes import ChangeKind
from question_bank import skills
from tests import factories
from tests.conftest import Queries, SignIn

TEN = [each.id for each in skills()[:10]]


def text(answer: Any) -> str:
    return html.unescape(answer.text)


def asked(guide: Guide) -> list[str]:
    return [item.question_id for round_ in guide.rounds for item in round_.items]


@pytest.fixture
def browse(sign_in: SignIn, hugo: Person) -> FlaskClient:
    """Hugo's browser."""
    return sign_in(hugo)


def test_rounds_have_their_own_kinds_and_minutes(hugo: Person) -> None:
    rounds = [RoundPlan(20, RoundKind.SCREEN), RoundPlan(60), RoundPlan(45)]

    guide = start_guide(
        factories.job(lead=hugo, skills=()), hugo, skill_ids=TEN, rounds=rounds, must_fit=True
    )

    assert [(each.name, each.minutes) for each in guide.rounds] == [
        ("Telephone screen", 20),
        ("Interview 1", 60),
        ("Interview 2", 45),
    ]
    assert {item.skill_id for each in guide.rounds for item in each.items} == set(TEN)
    assert len(set(asked(guide))) == len(asked(guide))


def test_wishes_that_do_not_fit_are_refused_with_the_ways_out(hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())

    with pytest.raises(DoesNotFit) as refused:
        start_guide(job, hugo, skill_ids=TEN[:6], questions=2, must_fit=True)

    assert refused.value.ways[ChangeKind.LONGER] == "Take 90 minutes, 30 more."
    assert "Take 90 minutes, 30 more." in refused.value.sentence
    assert guide_of(job) is None


@pytest.mark.parametrize("way", [ChangeKind.LONGER, ChangeKind.FEWER_SKILLS, ChangeKind.ANOTHER_ROUND])
def test_each_way_out_can_be_taken(hugo: Person, way: ChangeKind) -> None:
    job = factories.job(lead=hugo, skills=())

    guide = start_guide(job, hugo, skill_ids=TEN[:6], questions=2, must_fit=True, accept=way)

    counts = Counter(item.skill_id for round_ in guide.rounds for item in round_.items)
    assert set(counts.values()) == {2}
    assert [skill.skill_id for skill in job.skills] == list(counts) or len(guide.rounds) == 2


def test_what_a_candidate_heard_elsewhere_is_not_asked_again(hugo: Person, ivy: Person) -> None:
    elsewhere, here = factories.job("Elsewhere", lead=hugo), factories.job("Here", lead=hugo)
    version = publish(start_guide(elsewhere, hugo), hugo)
    before = factories.application(elsewhere)
    interview = factories.interview(before, version, ivy)
    factories.application(here).candidate = before.candidate
    db.session.flush()

    assert set(asked(start_guide(here, hugo))) & heard_by_candidates(here) == set()
    interview.status = InterviewStatus.CANCELLED
    db.session.flush()
    assert heard_by_candidates(here) == frozenset()


def test_a_question_that_other_jobs_ask_gives_way_to_its_parallel_form(hugo: Person) -> None:
    made = [asked(start_guide(factories.job(f"Job {n}", lead=hugo), hugo, minutes=30)) for n in range(4)]

    assert len({tuple(each) for each in made}) > 1


def test_a_copy_begins_like_the_other_and_changes_nothing_there(hugo: Person) -> None:
    source = start_guide(factories.job("One", lead=hugo), hugo, rounds=[RoundPlan(30), RoundPlan(45)])
    job = factories.job("Two", lead=hugo, skills=())

    copy = copy_guide(job, hugo, source)
    before = asked(source)
    copy.rounds.pop()
    db.session.flush()

    assert asked(source) == before
    assert [each.skill_id for each in job.skills] == [each.skill_id for each in source.job.skills]


def test_the_brief_points_to_skills_by_its_words(hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())
    job.brief.touch_points = "Customers who complain are often angry; some are worried."
    job.brief.unique_skills_here = "Patience while people wait."
    job.brief.must_not_matter = "Sales experience."

    found = {each.skill_id: each for each in pointed_to(job)}

    assert found["conflict-resolution"].points == 2
    assert [(each.word, each.points) for each in found["patience"].reasons] == [("Patience", 2), ("wait", 2)]
    assert "persuasion" not in found
    assert proposed_skills(job)[0] == "patience"


@pytest.mark.parametrize(
    "words", ["Klager fra vrede kunder", "Жалобы сердитых клиентов", "处理客户投诉和愤怒"]
)
def test_a_brief_in_another_language_points_too(hugo: Person, words: str) -> None:
    job = factories.job(lead=hugo, skills=())
    job.brief.touch_points = words

    assert pointed_to(job)[0].skill_id == "conflict-resolution"


def test_what_is_left_out_is_told_with_its_price(job: Job, hugo: Person) -> None:
    guide = start_guide(job, hugo, minutes=30)

    assert prices_of(with_draft(guide)) == (
        "Patience has a single question, so one unlucky answer decides. One more takes 6 minutes more,"
        " or the place of a question on Empathy.",
    )


def test_where_time_is_left_it_is_said(job: Job, hugo: Person) -> None:
    guide = start_guide(job, hugo, minutes=60)
    guide.rounds[0].items = guide.rounds[0].items[:3]
    db.session.flush()

    assert prices_of(with_draft(guide))[0].endswith("There is time for one more.")


# The pages


def test_starting_with_several_rounds_of_chosen_skills(browse: FlaskClient, hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())
    sent = {
        "start_from": "chosen",
        "skills": ["empathy", "ownership"],
        "minutes": "20",
        "kind": "screen",
        "further-0-minutes": "45",
        "further-0-kind": "panel",
    }

    browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    guide = guide_of(job)
    assert guide is not None
    assert [(each.kind, each.minutes) for each in guide.rounds] == [
        (RoundKind.SCREEN, 20),
        (RoundKind.PANEL, 45),
    ]


def test_a_round_asks_about_its_own_skills_only(browse: FlaskClient, hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())
    sent = {
        "start_from": "chosen",
        "skills": ["empathy"],
        "minutes": "30",
        "only": ["empathy", "listening"],
        "further-0-minutes": "45",
        "further-0-kind": "panel",
        "further-0-only": ["ownership"],
    }

    browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    guide = guide_of(job)
    assert guide is not None
    assert [{item.skill_id for item in each.items} for each in guide.rounds] == [
        {"empathy", "listening"},
        {"ownership"},
    ]


def test_a_skill_that_no_round_may_ask_about_is_named_and_what_was_ticked_stays(
    browse: FlaskClient, hugo: Person
) -> None:
    job = factories.job(lead=hugo, skills=())
    sent = {"start_from": "chosen", "skills": ["empathy", "patience"], "minutes": "60", "only": ["empathy"]}

    refused = browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    assert refused.status_code == 422
    assert "No round asks about these skills: Patience." in refused.text
    assert 'name="only" type="checkbox" value="empathy" checked' in " ".join(refused.text.split()) or (
        'checked id="only-' in refused.text
    )
    assert guide_of(job) is None


def test_a_skill_that_the_bank_does_not_have_is_no_skill_of_a_round(
    browse: FlaskClient, hugo: Person
) -> None:
    job = factories.job(lead=hugo, skills=("empathy",))
    sent = {"start_from": "job", "minutes": "60", "only": ["juggling"]}

    refused = browse.post(f"/jobs/{job.id}/guide/start", data=sent)

    assert refused.status_code == 422
    assert "Choose skills from the list." in refused.text


def test_where_it_does_not_fit_the_page_offers_ways_and_takes_one(browse: FlaskClient, hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())
    sent = {"start_from": "chosen", "skills": TEN[:6], "minutes": "60", "questions": "2"}

    refused = browse.post(f"/jobs/{job.id}/guide/start", data=sent)
    browse.post(f"/jobs/{job.id}/guide/start", data=sent | {"accept": "longer"})

    assert refused.status_code == 422
    assert "Take 90 minutes, 30 more." in text(refused)
    assert 'value="longer"' in refused.text
    guide = guide_of(job)
    assert guide is not None
    assert guide.rounds[0].minutes == 90


def test_starting_from_the_brief_shows_the_words(browse: FlaskClient, hugo: Person) -> None:
    job = factories.job(lead=hugo, skills=())
    job.brief.touch_points = "Angry customers who complain, and colleagues in the team."
    db.session.commit()

    page = text(browse.get(f"/jobs/{job.id}/guide/start"))
    browse.post(f"/jobs/{job.id}/guide/start", data={"start_from": "brief", "minutes": "60"})

    assert "“Angry”" in page
    guide = guide_of(job)
    assert guide is not None
    assert guide.rounds[0].items[0].skill_id == "conflict-resolution"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"start_from": "chosen"}, "Choose at least one skill."),
        ({"start_from": "chosen", "skills": ["juggling"]}, "Choose skills from the list."),
        ({"start_from": "copy"}, "Choose the guide to copy."),
        ({"start_from": "copy", "copy_of": "999"}, "Choose the guide to copy."),
        ({"start_from": "brief"}, "Choose a suggestion"),
        ({"start_from": "job", "questions": "9"}, "Choose one, two or three questions."),
        ({"start_from": "job", "kind": "seance"}, "Choose a kind of conversation."),
        ({"start_from": "job", "further-0-minutes": "5"}, "Choose 10 to 240 whole minutes."),
    ],
)
def test_a_wrong_beginning_is_refused_in_a_sentence(
    browse: FlaskClient, job: Job, sent: dict[str, Any], sentence: str
) -> None:
    answer = browse.post(f"/jobs/{job.id}/guide/start", data={"minutes": "60", **sent})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert guide_of(job) is None


def test_only_guides_that_one_sees_can_be_copied(
    sign_in: SignIn, ivy: Person, hugo: Person, rosa: Person
) -> None:
    seen, hidden = factories.job("Seen", lead=ivy), factories.job("Hidden", lead=hugo)
    start_guide(hidden, hugo)
    mine = factories.job("Mine", lead=ivy)
    start_guide(seen, ivy)
    db.session.commit()
    client = sign_in(ivy)

    page = text(client.get(f"/jobs/{mine.id}/guide/start"))
    refused = client.post(
        f"/jobs/{mine.id}/guide/start",
        data={"start_from": "copy", "copy_of": str(hidden.id), "minutes": "60"},
    )
    taken = client.post(
        f"/jobs/{mine.id}/guide/start", data={"start_from": "copy", "copy_of": str(seen.id), "minutes": "60"}
    )

    assert ("Seen" in page, "Hidden" in page) == (True, False)
    assert (refused.status_code, taken.status_code) == (422, 303)


def test_the_page_of_what_is_left_out(
    browse: FlaskClient, guide: Guide, sign_in: SignIn, olga: Person, queries: Callable[[], Queries]
) -> None:
    with queries() as sent:
        page = text(browse.get(f"/guides/{guide.id}/left-out"))

    assert "is asked about in one way only" in page
    assert len(sent) <= 12
    assert sign_in(olga).get(f"/guides/{guide.id}/left-out").status_code == 403

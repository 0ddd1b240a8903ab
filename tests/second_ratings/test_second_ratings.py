"""Second ratings: blind to person, writer and first level, and of nobody whom one meets oneself."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest

from hiring import access
from hiring.assessment.estimates import Estimate
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import (
    Application,
    Candidate,
    EvidenceReview,
    Job,
    Person,
    RatingsOpen,
    RoleName,
    SecondRating,
)
from hiring.second_ratings.document import Task, nameless, result_of, task_of
from hiring.second_ratings.operations import Second, close_review, open_review, rate_again
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def review(job: Job, hugo: Person, ivy: Person, ian: Person) -> EvidenceReview:
    """Ian, who met nobody, is to read what Ivy wrote about three candidates."""
    version = factories.guide_version(job, hugo)
    for name, levels in (("Carl Maria Berg", (2, 3, 4)), ("Dora", (5, 5, 5)), ("李伟", (1, None, 2))):
        card = factories.scorecard(
            factories.interview(factories.application(job, name), version, ivy), ivy, levels
        )
        for rating in card.ratings:
            rating.evidence = f"{name} rang back, and Ivy wrote down what {name.split()[0]} said."
    found = open_review(job, hugo, [ian])
    db.session.commit()
    return found


def task(review: EvidenceReview, person: Person) -> Task:
    seat = next(each for each in review.reviewers if each.person_id == person.id)
    return task_of(review, seat, access.blind_application_ids(person, review.job))


def test_the_words_come_without_names_writers_and_levels(
    review: EvidenceReview, ian: Person, sign_in: SignIn
) -> None:
    page = unescape(sign_in(ian).get(f"/second-ratings/{review.id}/questions/empathy-1-q1").text)

    assert page.count("[name] rang back, and [name] wrote down what [name] said.") == 3
    for told in ("Carl", "Maria", "Berg", "Dora", "李伟", "Ivy", "checked>"):
        assert told not in page


@pytest.mark.parametrize(
    ("words", "names", "left"),
    [
        ("Al helped Alice.", ("Al Ng",), "[name] helped Alice."),
        ("anna, ANNA and Annabel", ("Anna",), "[name], [name] and Annabel"),
        ("我请李伟说明。", ("李伟",), "我请[name]说明。"),
        ("Nothing to hide.", ("Zoë",), "Nothing to hide."),
    ],
)
def test_names_are_taken_out_of_words(words: str, names: tuple[str, ...], left: str) -> None:
    assert nameless(words, *names) == left


def test_each_reader_has_an_order_of_their_own(
    review: EvidenceReview, job: Job, hugo: Person, ian: Person
) -> None:
    version = factories.guide_version(job, hugo, number=2)
    writer = factories.person("Wanda", RoleName.INTERVIEWER)
    for number in range(12):
        factories.scorecard(
            factories.interview(factories.application(job, f"C{number}"), version, writer), writer
        )
    review.reviewers[0].seed = 1
    one = [each.rating_id for each in task(review, ian).questions[0].answers]
    again = [each.rating_id for each in task(review, ian).questions[0].answers]
    review.reviewers[0].seed = 2

    other = [each.rating_id for each in task(review, ian).questions[0].answers]
    assert one == again
    assert one != other
    assert sorted(one) == sorted(other)


def test_nobody_reads_about_a_candidate_whom_they_meet(
    review: EvidenceReview, job: Job, hugo: Person, ian: Person, ivy: Person
) -> None:
    met = factories.application(job, "Emil")
    version = factories.guide_version(job, hugo, number=2)
    factories.scorecard(factories.interview(met, version, ivy, ian), ivy)

    shown = {each.rating_id for question in task(review, ian).questions for each in question.answers}

    assert len(shown) == 9
    assert met.id not in access.blind_application_ids(ian, job)


def test_a_job_that_keeps_its_ratings_closed_shows_no_evidence(
    review: EvidenceReview, job: Job, ian: Person
) -> None:
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    db.session.flush()

    assert task(review, ian).questions == ()


def test_levels_are_stored_and_can_be_changed_until_it_is_closed(
    review: EvidenceReview, ian: Person, hugo: Person, sign_in: SignIn
) -> None:
    browser, keys = sign_in(ian), [each.key for each in task(review, ian).questions[0].answers]
    address = f"/second-ratings/{review.id}/questions/{task(review, ian).questions[0].id}"

    first = browser.post(address, data={f"level-{keys[0]}": "2", f"reason-{keys[0]}": "No action is told."})
    browser.post(address, data={f"level-{keys[0]}": "3", f"level-{keys[1]}": "N"})
    close_review(review, hugo)
    db.session.commit()

    assert first.status_code == 303
    assert first.location.endswith(f"/questions/{task(review, ian).questions[1].id}")
    assert {(each.level, each.not_enough_evidence) for each in db.session.query(SecondRating)} == {
        (3, False),
        (None, True),
    }
    assert browser.post(address, data={f"level-{keys[0]}": "1"}).status_code == 403
    with pytest.raises(Refused, match="closed"):
        rate_again(review, ian, {})


def test_a_reason_without_a_level_is_told_and_the_rest_is_saved(
    review: EvidenceReview, ian: Person, sign_in: SignIn
) -> None:
    keys = [each.key for each in task(review, ian).questions[0].answers]
    address = f"/second-ratings/{review.id}/questions/{task(review, ian).questions[0].id}"

    answer = sign_in(ian).post(
        address, data={f"reason-{keys[0]}": "My own words.", f"level-{keys[1]}": "4", f"level-{keys[2]}": "9"}
    )

    assert answer.status_code == 422
    assert answer.text.count("Choose a level from 1 to 5, or N.") == 4
    assert "My own words." in answer.text
    assert [each.level for each in db.session.query(SecondRating)] == [4]


def test_the_result_sets_second_beside_first_levels(
    review: EvidenceReview, job: Job, ian: Person, hugo: Person, sign_in: SignIn
) -> None:
    questions = task(review, ian).questions
    rate_again(review, ian, {each.rating_id: Second(3, "Thin.") for q in questions for each in q.answers})
    db.session.commit()

    sheet = result_of(review, access.readable_application_ids(hugo, job))
    page = unescape(sign_in(hugo).get(f"/second-ratings/{review.id}/result").text)

    firsts = [2, 3, 4, 5, 5, 5, 1, 2]
    assert isinstance(sheet.figures.error, Estimate)
    assert sheet.figures.error.value == pytest.approx(sum(abs(3 - each) for each in firsts) / 8)
    assert isinstance(sheet.figures.severity, Estimate)
    assert sheet.figures.severity.value == pytest.approx(sum(3 - each for each in firsts) / 8)
    assert (sheet.figures.n, sheet.without) == (8, 1)
    assert [each.candidate for each in sheet.apart] == ["Dora", "Dora", "Dora", "李伟"]
    assert "0.4 lower than the first" in page


def test_who_owes_sees_nothing_of_second_ratings_about_that_candidate(
    review: EvidenceReview, job: Job, hugo: Person, ian: Person
) -> None:
    questions = task(review, ian).questions
    rate_again(review, ian, {each.rating_id: Second(3) for q in questions for each in q.answers})
    everybody = result_of(review, access.readable_application_ids(hugo, job)).figures.n
    version = factories.guide_version(job, hugo, number=2)
    carl = db.session.query(Application).join(Candidate).filter(Candidate.name == "Carl Maria Berg").one()
    factories.interview(carl, version, hugo)

    assert result_of(review, access.readable_application_ids(hugo, job)).figures.n == everybody - 3


def test_only_who_is_blind_can_be_asked(
    job: Job, hugo: Person, rosa: Person, hana: Person, ian: Person
) -> None:
    can_be_asked = access.people_to_ask(job)

    assert ian in can_be_asked
    assert not {hugo, rosa, hana} & set(can_be_asked)


def test_asking_nobody_is_told_beside_the_choice(
    job: Job, rosa: Person, ian: Person, sign_in: SignIn
) -> None:
    address = f"/jobs/{job.id}/second-ratings"
    browser = sign_in(rosa)

    refused = browser.post(address, data={})
    asked = browser.post(address, data={"reviewers": [str(ian.id)]})
    twice = browser.post(address, data={"reviewers": [str(ian.id)]})

    assert (refused.status_code, asked.status_code, twice.status_code) == (422, 303, 422)
    assert "Choose at least one colleague." in refused.text
    assert "open for this job already" in twice.text
    assert "Read and rate" in sign_in(ian).get("/").text


def test_every_door_has_its_rule(
    review: EvidenceReview, job: Job, hugo: Person, ian: Person, ivy: Person, olga: Person, sign_in: SignIn
) -> None:
    reading = [f"/second-ratings/{review.id}", f"/second-ratings/{review.id}/questions/empathy-1-q1"]
    leading = [f"/jobs/{job.id}/second-ratings", f"/second-ratings/{review.id}/result"]

    for person, allowed in ((ian, reading), (hugo, leading), (ivy, []), (olga, [])):
        browser = sign_in(person)
        for address in (*reading, *leading):
            assert browser.get(address).status_code == (200 if address in allowed else 403), address
    assert sign_in(ian).post(f"/second-ratings/{review.id}/close").status_code == 403
    assert sign_in(ian).get(f"/second-ratings/{review.id}/questions/juggling").status_code == 404


def test_the_page_costs_the_same_for_one_and_for_many_colleagues(
    job: Job, rosa: Person, ian: Person, sign_in: SignIn, queries: Callable[[], Queries]
) -> None:
    browser = sign_in(rosa)
    with queries() as few:
        browser.get(f"/jobs/{job.id}/second-ratings")
    for number in range(3):
        factories.person(f"More {number}", RoleName.INTERVIEWER)
    db.session.commit()
    with queries() as many:
        browser.get(f"/jobs/{job.id}/second-ratings")

    assert len(few) == len(many)

"""Pages of candidates, and what they keep from those who still owe a scorecard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from hiring.candidates.operations import change_status
from hiring.decisions.operations import decide, draft_message
from hiring.extensions import db
from hiring.models import (
    Application,
    ApplicationStatus,
    Candidate,
    InterviewStatus,
    Job,
    Outcome,
    Person,
    now,
)
from tests import factories
from tests.conftest import Queries, SignIn

REASON = "Two of three answers named no action of their own."


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def carl(job: Job, hugo: Person, ivy: Person, ian: Person) -> Application:
    """Carl was interviewed by Ivy, who has submitted, and by Ian, who has not."""
    application = factories.application(job, "Carl Møller")
    held = factories.interview(application, factories.guide_version(job, hugo), ivy, ian)
    factories.scorecard(held, ivy)
    return application


def rejected(application: Application, by: Person) -> None:
    decide(
        application,
        by,
        Outcome.NO_HIRE,
        REASON,
        ["empathy"],
        reason_code="not_selected_skills",
        acknowledged_missing=True,
    )


def test_the_list_names_who_owes_a_scorecard(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    page = sign_in(rosa).get(f"/jobs/{carl.job_id}/candidates").text

    for words in ("Carl Møller", "1 held", "1 of 2", "missing: Ian", "Interview scheduled"):
        assert words in page


def test_an_interview_to_come_is_owed_by_nobody_yet(
    sign_in: SignIn, job: Job, rosa: Person, ivy: Person
) -> None:
    factories.interview(
        factories.application(job),
        factories.guide_version(job, rosa),
        ivy,
        starts_at=now() + timedelta(days=1),
        status=InterviewStatus.PLANNED,
    )

    page = sign_in(rosa).get(f"/jobs/{job.id}/candidates").text

    assert "missing" not in page
    assert "None due" in page


def test_the_list_takes_the_same_few_queries_for_one_and_thirty_candidates(
    sign_in: SignIn, carl: Application, rosa: Person, ivy: Person, queries: Callable[[], Queries]
) -> None:
    browser, url = sign_in(rosa), f"/jobs/{carl.job_id}/candidates"
    browser.get(url)
    with queries() as for_one:
        browser.get(url)
    version = factories.guide_version(carl.job, rosa, number=2)
    for number in range(29):
        held = factories.interview(factories.application(carl.job, f"Candidate {number}"), version, ivy)
        factories.scorecard(held, ivy)
    browser.get(url)

    with queries() as for_thirty:
        browser.get(url)

    assert len(for_one) == len(for_thirty) <= 9  # The transaction's BEGIN is one of them.


def names_in(page: str, *names: str) -> list[str]:
    return sorted((name for name in names if name in page), key=page.index)


def test_the_list_is_searched_without_accents(sign_in: SignIn, job: Job, rosa: Person) -> None:
    for name in ("José Núñez", "Дмитрий", "王小明"):
        factories.application(job, name)
    browser = sign_in(rosa)

    found = [
        names_in(
            browser.get(f"/jobs/{job.id}/candidates", query_string={"search": words}).text,
            "José Núñez",
            "Дмитрий",
            "王小明",
        )
        for words in ("jose nun", "дмит", "小明", "nobody")
    ]

    assert found == [["José Núñez"], ["Дмитрий"], ["王小明"], []]


def test_the_list_is_sorted_as_wished(sign_in: SignIn, job: Job, rosa: Person) -> None:
    for name, status in (
        ("Cleo", ApplicationStatus.APPLIED),
        ("Carl", ApplicationStatus.OFFER),
        ("Chen", ApplicationStatus.INTERVIEWED),
    ):
        factories.application(job, name).status = status
    browser = sign_in(rosa)

    orders = {
        sort: names_in(browser.get(f"/jobs/{job.id}/candidates?sort={sort}").text, "Carl", "Chen", "Cleo")
        for sort in ("name", "status", "date", "nonsense")
    }

    assert orders == {
        "name": ["Carl", "Chen", "Cleo"],
        "status": ["Cleo", "Chen", "Carl"],
        "date": ["Chen", "Carl", "Cleo"],
        "nonsense": ["Carl", "Chen", "Cleo"],
    }


def test_the_list_is_filtered_by_status(sign_in: SignIn, job: Job, rosa: Person) -> None:
    factories.application(job, "Cleo").status = ApplicationStatus.APPLIED
    factories.application(job, "Chen")

    page = sign_in(rosa).get(f"/jobs/{job.id}/candidates?status=applied").text

    assert names_in(page, "Cleo", "Chen") == ["Cleo"]


@pytest.mark.parametrize("address", ["", "/new", "/paste"])
def test_an_outsider_sees_no_candidates(sign_in: SignIn, job: Job, olga: Person, address: str) -> None:
    assert sign_in(olga).get(f"/jobs/{job.id}/candidates{address}").status_code == 403


@pytest.mark.parametrize("address", ["", "/edit"])
def test_an_outsider_sees_no_candidate(
    sign_in: SignIn, carl: Application, olga: Person, address: str
) -> None:
    assert sign_in(olga).get(f"/applications/{carl.id}{address}").status_code == 403


def test_hr_reads_and_changes_nothing(sign_in: SignIn, carl: Application, hana: Person) -> None:
    browser = sign_in(hana)

    assert browser.get(f"/jobs/{carl.job_id}/candidates").status_code == 200
    assert browser.get(f"/applications/{carl.id}").status_code == 200
    assert browser.post(f"/applications/{carl.id}/status", data={"status": "offer"}).status_code == 403


def test_a_candidate_is_added(sign_in: SignIn, job: Job, rosa: Person) -> None:
    answer = sign_in(rosa).post(
        f"/jobs/{job.id}/candidates/new",
        data={"name": "王小明", "email": "xiaoming@example.org", "source_of_contact": "Advert"},
    )

    application = db.session.scalars(select(Application)).one()
    assert answer.headers["Location"] == f"/applications/{application.id}"
    assert (application.candidate.name, application.source_of_contact) == ("王小明", "Advert")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "", "phone": "12 34"}, "Write the candidate's name, in any alphabet."),
        ({"name": "99", "phone": "12 34"}, "Write the candidate's name, in any alphabet."),
        ({"name": "x" * 201, "phone": "12 34"}, "Write at most 200 characters."),
        ({"name": "Carl", "email": "carl", "phone": "12 34"}, "Write an e-mail address such as"),
    ],
)
def test_a_wrong_candidate_is_refused_beside_the_field_with_what_was_typed(
    sign_in: SignIn, job: Job, rosa: Person, sent: dict[str, str], sentence: str
) -> None:
    answer = sign_in(rosa).post(f"/jobs/{job.id}/candidates/new", data=sent)

    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert 'value="12 34"' in answer.text


def test_who_is_a_candidate_already_is_linked(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    answer = sign_in(rosa).post(
        f"/jobs/{carl.job_id}/candidates/new", data={"name": "Karl", "email": carl.candidate.email}
    )

    assert answer.status_code == 422
    assert f'href="/applications/{carl.id}"' in answer.text


def test_several_candidates_are_pasted(sign_in: SignIn, job: Job, rosa: Person) -> None:
    lines = "Carl Møller, carl@example.org\r\n\r\n王小明;xiaoming@example.org\nMøller, Cleo\tcleo@example.org\nChen"

    answer = sign_in(rosa).post(f"/jobs/{job.id}/candidates/paste", data={"lines": lines})

    added = db.session.execute(select(Candidate.name, Candidate.email).order_by(Candidate.id)).all()
    assert answer.status_code == 303
    assert [tuple(row) for row in added] == [
        ("Carl Møller", "carl@example.org"),
        ("王小明", "xiaoming@example.org"),
        ("Møller, Cleo", "cleo@example.org"),
        ("Chen", ""),
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Paste one candidate in each line"),
        ("Carl, carl@example.org\nCleo, cleo", "Line 2: “cleo” is no e-mail address."),
        ("carl@example.org", "Line 1 has no name."),
        ("Carl, carl@example.org\nCarla, carl@example.org", "is a candidate for this job already"),
    ],
)
def test_one_wrong_line_adds_nobody(
    sign_in: SignIn, job: Job, rosa: Person, lines: str, sentence: str
) -> None:
    answer = sign_in(rosa).post(f"/jobs/{job.id}/candidates/paste", data={"lines": lines})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalars(select(Candidate)).all() == []


def test_facts_are_changed(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    revision = carl.candidate.revision
    answer = sign_in(rosa).post(
        f"/applications/{carl.id}/edit", data={"name": "Carla Møller", "revision": revision}
    )

    db.session.refresh(carl.candidate)
    assert (answer.status_code, carl.candidate.name) == (303, "Carla Møller")


def test_an_edit_over_somebody_elses_shows_both(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    browser, revision = sign_in(rosa), carl.candidate.revision
    browser.post(f"/applications/{carl.id}/edit", data={"name": "Carla", "revision": revision})

    answer = browser.post(f"/applications/{carl.id}/edit", data={"name": "Karl", "revision": revision})

    assert answer.status_code == 422
    assert "Carla" in answer.text
    assert 'value="Karl"' in answer.text


def test_a_status_is_changed(sign_in: SignIn, carl: Application, rosa: Person) -> None:
    restart = (now() + timedelta(days=20)).date()
    answer = sign_in(rosa).post(
        f"/applications/{carl.id}/status",
        data={"revision": carl.revision, "status": "on_hold", "reason": "Budget.", "restart_date": restart},
    )

    db.session.refresh(carl)
    assert answer.status_code == 303
    assert (carl.status, carl.restart_date) == (ApplicationStatus.ON_HOLD, restart)


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"status": "on_hold", "reason": "Budget."}, "restart_date", "Choose the date on which"),
        ({"status": "on_hold", "restart_date": "soon"}, "restart_date", "Choose a date, such as"),
        ({"status": "withdrawn", "reason": ""}, "reason", "Say why the application is closed."),
        ({"status": "king", "reason": "So."}, "status", "Choose a status from the list."),
        ({"status": "", "reason": "So."}, "status", "Choose a status."),
    ],
)
def test_a_wrong_status_is_refused_beside_the_field(
    sign_in: SignIn, carl: Application, rosa: Person, sent: dict[str, str], field: str, sentence: str
) -> None:
    answer = sign_in(rosa).post(f"/applications/{carl.id}/status", data={"revision": carl.revision} | sent)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text


def test_a_reader_of_the_ratings_sees_recommendation_and_decision(
    sign_in: SignIn, carl: Application, rosa: Person
) -> None:
    rejected(carl, rosa)

    page = sign_in(rosa).get(f"/applications/{carl.id}").text

    for words in (REASON, "Closed, not selected", "No hire", "Read the scorecard"):
        assert words in page


def test_who_owes_a_scorecard_is_told_why_the_others_ratings_are_hidden(
    sign_in: SignIn, carl: Application, ian: Person
) -> None:
    page = sign_in(ian).get(f"/applications/{carl.id}").text

    assert "You see the others' ratings once you have submitted yours." in unescape(page)
    assert "Open your kit" in page
    assert "Read the scorecard" not in page


def test_who_owes_a_scorecard_learns_nothing_of_the_decision(
    sign_in: SignIn, carl: Application, rosa: Person, hugo: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), hugo)
    rejected(carl, rosa)
    draft_message(carl, "msg-closed-not-selected", rosa)
    browser = sign_in(hugo)

    pages = {
        address: browser.get(address).text
        for address in (
            f"/applications/{carl.id}",
            f"/jobs/{carl.job_id}/candidates",
            f"/jobs/{carl.job_id}/candidates?sort=status",
            f"/jobs/{carl.job_id}",
        )
    }

    for page in pages.values():
        assert "In progress" in page
        for words in (REASON, "Closed, not selected", "No hire", "closing your application"):
            assert words not in page
    hidden = browser.get(f"/jobs/{carl.job_id}/candidates?status=closed_not_selected").text
    assert "Nobody matches" in hidden


def test_who_owes_a_scorecard_does_not_read_why_somebody_withdrew(
    sign_in: SignIn, carl: Application, rosa: Person, ian: Person
) -> None:
    change_status(carl, ApplicationStatus.WITHDRAWN, rosa, "Turned down our offer.")

    page = sign_in(ian).get(f"/applications/{carl.id}").text

    assert "Withdrawn" in page
    assert "Turned down our offer." not in page
    assert "Turned down our offer." in sign_in(rosa).get(f"/applications/{carl.id}").text


def test_who_owes_a_scorecard_is_offered_no_status_that_decides(
    sign_in: SignIn, carl: Application, hugo: Person
) -> None:
    factories.interview(carl, factories.guide_version(carl.job, hugo, number=2), hugo)

    page = sign_in(hugo).get(f"/applications/{carl.id}").text

    assert 'value="offer"' not in page
    assert 'value="withdrawn"' in page


def test_an_interviewer_sees_no_address_and_no_messages(
    sign_in: SignIn, carl: Application, ivy: Person, rosa: Person
) -> None:
    draft_message(carl, "msg-invitation", rosa)

    page = sign_in(ivy).get(f"/applications/{carl.id}").text

    assert carl.candidate.email not in page
    assert "we would like to meet you" not in page


def test_the_same_queries_for_one_and_three_interviews(
    sign_in: SignIn, carl: Application, rosa: Person, ivy: Person, queries: Callable[[], Queries]
) -> None:
    browser, url = sign_in(rosa), f"/applications/{carl.id}"
    change_status(carl, ApplicationStatus.INTERVIEWED, rosa)
    browser.get(url)
    with queries() as for_one:
        browser.get(url)
    for number in (2, 3):
        version = factories.guide_version(carl.job, rosa, number=number)
        factories.interview(carl, version, ivy)
    browser.get(url)

    with queries() as for_three:
        browser.get(url)

    assert len(for_one) == len(for_three)

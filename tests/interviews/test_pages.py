"""Pages of interviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from hiring.extensions import db
from hiring.interviews.operations import cancel_interview
from hiring.models import Application, GuideVersion, Interview, InterviewStatus, Job, Panelist, Person, now
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


@pytest.fixture
def carl(job: Job) -> Application:
    return factories.application(job)


@pytest.fixture
def interview(carl: Application, version: GuideVersion, ivy: Person, ian: Person) -> Interview:
    return factories.interview(carl, version, ivy, ian, status=InterviewStatus.PLANNED)


def typed(version: GuideVersion, *panel: Person, **changed: str) -> dict[str, str | list[str]]:
    day = (now() + timedelta(days=3)).date()
    fields: dict[str, str | list[str]] = {
        "plan": f"{version.id}-1",
        "date": day.isoformat(),
        "time": "14:30",
        "place": "Room Ebeltoft",
        "panel": [str(member.id) for member in panel],
    }
    return {**fields, **changed}


def stored() -> Interview:
    db.session.expire_all()
    return db.session.scalars(select(Interview).order_by(Interview.id.desc())).first()  # type: ignore[return-value]


def test_an_interview_is_planned(
    sign_in: SignIn, carl: Application, version: GuideVersion, rosa: Person, ivy: Person, ian: Person
) -> None:
    client = sign_in(rosa)

    answer = client.post(f"/applications/{carl.id}/interviews/new", data=typed(version, ivy, ian))
    page = client.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    for words in ("The interview is planned.", "Carl", "Room Ebeltoft", "14:30", "Ivy", "Ian", "Not due yet"):
        assert words in page
    day = (now() + timedelta(days=3)).date()
    assert stored().starts_at == datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)


def test_the_newest_guide_is_chosen_already_and_the_team_stands_first(
    sign_in: SignIn,
    carl: Application,
    job: Job,
    version: GuideVersion,
    rosa: Person,
    hugo: Person,
    olga: Person,
) -> None:
    newer = factories.guide_version(job, hugo, number=2)

    page = sign_in(rosa).get(f"/applications/{carl.id}/interviews/new").text

    assert page.index(f'value="{newer.id}-1"') < page.index(f'value="{version.id}-1"')
    assert (
        page.index(f'id="panel-{hugo.id}"')
        < page.index("Somebody else")
        < page.index(f'id="panel-{olga.id}"')
    )


def test_a_closed_account_is_not_offered(
    sign_in: SignIn, carl: Application, version: GuideVersion, rosa: Person, olga: Person
) -> None:
    olga.active = False

    page = sign_in(rosa).get(f"/applications/{carl.id}/interviews/new").text

    assert f'id="panel-{olga.id}"' not in page


def test_without_a_published_guide_the_page_says_what_to_do(
    sign_in: SignIn, carl: Application, job: Job, rosa: Person
) -> None:
    client = sign_in(rosa)

    for answer in (
        client.get(f"/applications/{carl.id}/interviews/new"),
        client.post(f"/applications/{carl.id}/interviews/new", data={"plan": "1-1"}),
    ):
        assert "No guide is published for this job yet" in answer.text
        assert f'href="/jobs/{job.id}/guide"' in answer.text


def test_an_outsider_plans_nothing(
    sign_in: SignIn, carl: Application, version: GuideVersion, interview: Interview, ivy: Person, olga: Person
) -> None:
    for person in (ivy, olga):
        client = sign_in(person)
        assert client.get(f"/applications/{carl.id}/interviews/new").status_code == 403
        assert client.get(f"/interviews/{interview.id}/edit").status_code == 403
        assert client.post(f"/interviews/{interview.id}/cancel", data={"reason": "x"}).status_code == 403
        assert client.post(f"/interviews/{interview.id}/held").status_code == 403
    assert sign_in(ivy).get(f"/interviews/{interview.id}").status_code == 200
    assert sign_in(olga).get(f"/interviews/{interview.id}").status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"date": "tomorrow"}, "Choose a date, such as"),
        ({"date": ""}, "Choose the date."),
        ({"time": "25:99"}, "Write the time as hours and minutes"),
        ({"date": "0001-01-01", "time_zone": "Asia/Tokyo"}, "Choose a date less than five years away."),
        ({"date": "9999-12-31", "time_zone": "America/New_York"}, "Choose a date less than five years away."),
        ({"time_zone": "Europe/Nowhere"}, "Choose a time zone from the list."),
        ({"date": "2027-03-28", "time": "02:30", "time_zone": "Europe/Copenhagen"}, "The clocks go forward"),
        ({"time": ""}, "Choose the time."),
        ({"date": "9999-12-31"}, "Choose a date less than five years away."),
        ({"date": "0001-01-01"}, "Choose a date less than five years away."),
        ({"place": "x" * 301}, "Write at most 300 characters."),
        ({"plan": "one"}, "Choose a round of the guide."),
        ({"plan": "999-1"}, "Choose a round of the guide."),
        ({"panel": []}, "Choose at least one person for the panel"),
        ({"panel": ["one"]}, "Choose people from the list."),
        ({"panel": ["99999"]}, "Choose people from the list."),
    ],
)
def test_a_wrong_answer_stands_beside_its_field(
    sign_in: SignIn,
    carl: Application,
    version: GuideVersion,
    rosa: Person,
    ivy: Person,
    changed: dict[str, str],
    sentence: str,
) -> None:
    fields = typed(version, ivy, **{"place": "By the harbour", **changed})

    answer = sign_in(rosa).post(f"/applications/{carl.id}/interviews/new", data=fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "place" in changed or "By the harbour" in answer.text
    assert f'value="{ivy.id}" checked' in answer.text or "panel" in changed


def test_an_empty_form_is_answered_in_sentences(
    sign_in: SignIn, carl: Application, version: GuideVersion, rosa: Person
) -> None:
    answer = sign_in(rosa).post(f"/applications/{carl.id}/interviews/new", data={})

    assert answer.status_code == 422
    assert "Choose the date." in answer.text


def test_a_person_twice_is_refused(
    sign_in: SignIn, carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    answer = sign_in(rosa).post(f"/applications/{carl.id}/interviews/new", data=typed(version, ivy, ivy))

    assert answer.status_code == 422
    assert "Ivy is on the panel twice. Choose each person once." in answer.text


def test_an_interview_is_changed(
    sign_in: SignIn, interview: Interview, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    fields = typed(version, ivy, revision=str(interview.revision), place="Room 5")

    answer = sign_in(rosa).post(f"/interviews/{interview.id}/edit", data=fields)

    assert answer.status_code == 303
    assert (stored().place, len(stored().panel)) == ("Room 5", 1)


def test_a_change_over_somebody_elses_shows_both(
    sign_in: SignIn, interview: Interview, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    client = sign_in(rosa)
    opened = str(interview.revision)
    client.post(f"/interviews/{interview.id}/edit", data=typed(version, ivy, revision=opened, place="Room 5"))

    answer = client.post(
        f"/interviews/{interview.id}/edit", data=typed(version, ivy, revision=opened, place="Room 6")
    )

    assert answer.status_code == 422
    assert "Room 5" in answer.text
    assert 'value="Room 6"' in answer.text
    again = client.post(
        f"/interviews/{interview.id}/edit",
        data=typed(version, ivy, revision=str(stored().revision), place="Room 6"),
    )
    assert again.status_code == 303


def test_cancelling_needs_a_reason_beside_its_field(
    sign_in: SignIn, interview: Interview, rosa: Person
) -> None:
    answer = sign_in(rosa).post(f"/interviews/{interview.id}/cancel", data={"reason": " "})

    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert stored().status is InterviewStatus.PLANNED


def test_a_cancelled_interview_says_who_and_why(
    sign_in: SignIn, interview: Interview, rosa: Person, ivy: Person
) -> None:
    client = sign_in(rosa)
    client.post(f"/interviews/{interview.id}/cancel", data={"reason": "The candidate is <ill>"})

    page = sign_in(ivy).get(f"/interviews/{interview.id}").text

    assert "Cancelled by Rosa" in page
    assert "The candidate is &lt;ill&gt;" in page
    assert "Open the kit" not in page


def test_marking_as_held(sign_in: SignIn, interview: Interview, rosa: Person) -> None:
    client = sign_in(rosa)

    first = client.post(f"/interviews/{interview.id}/held")
    second = client.post(f"/interviews/{interview.id}/held")

    assert (first.status_code, second.status_code) == (303, 422)
    assert "Only a planned interview can be marked as held." in second.text


def test_the_page_tells_who_has_submitted_and_nothing_else(
    sign_in: SignIn, interview: Interview, ivy: Person, ian: Person
) -> None:
    factories.scorecard(interview, ivy)

    page = sign_in(ian).get(f"/interviews/{interview.id}").text

    assert "1 of 2 scorecards submitted" in page
    assert "/scorecards/" not in page
    assert factories.EVIDENCE not in page
    assert "Solid examples." not in page


def test_a_panel_of_one_is_warned_of(
    sign_in: SignIn, carl: Application, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    alone = factories.interview(carl, version, ivy)

    assert "Only one interviewer" in sign_in(rosa).get(f"/interviews/{alone.id}").text


def test_a_place_that_is_no_web_address_is_no_link(
    sign_in: SignIn, interview: Interview, rosa: Person
) -> None:
    interview.place = "javascript:alert(1)"

    assert 'href="javascript' not in sign_in(rosa).get(f"/interviews/{interview.id}").text


def test_the_number_of_queries_does_not_grow_with_the_panel(
    sign_in: SignIn, interview: Interview, rosa: Person, queries: Callable[[], Queries]
) -> None:
    client = sign_in(rosa)
    counts = []
    for names in ((), ("Ada", "Bo", "Cy")):
        for name in names:
            interview.panel.append(Panelist(person=factories.person(name)))
        with queries() as seen:
            client.get(f"/interviews/{interview.id}")
            client.get(f"/interviews/{interview.id}/edit")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_cancelled_interview_cannot_be_changed(
    sign_in: SignIn, interview: Interview, version: GuideVersion, rosa: Person, ivy: Person
) -> None:
    cancel_interview(interview, rosa, "The candidate is ill")
    fields = typed(version, ivy, revision=str(interview.revision))

    answer = sign_in(rosa).post(f"/interviews/{interview.id}/edit", data=fields)

    assert answer.status_code == 422
    assert "This interview was cancelled. Plan a new one instead." in answer.text

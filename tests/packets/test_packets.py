"""The packet on the page and as PDF, for those who may read the ratings and those who may not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from hiring.decisions.operations import draft_message
from hiring.models import Application, Interview, Job, Person, now
from hiring.packets.document import packet_of
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def interview(job: Job, hugo: Person, ivy: Person, ian: Person) -> Interview:
    carl = factories.application(job, "Carl Łukasz 翀 ابن")
    return factories.interview(carl, factories.guide_version(job, hugo), ivy, ian)


@pytest.fixture
def carl(interview: Interview) -> Application:
    return interview.application


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


ADDRESSES = ["packet", "packet.pdf"]


def test_the_packet_holds_every_submitted_scorecard_and_no_draft(
    interview: Interview, carl: Application, ivy: Person, ian: Person
) -> None:
    factories.scorecard(interview, ivy)
    factories.scorecard(interview, ian, submitted=False)

    packet = packet_of(carl)

    assert [sheet.interviewer for sheet in packet.scorecards] == ["Ivy"]
    assert packet.missing == ("Ian",)


def test_a_packet_without_scorecards_says_so(carl: Application, rosa: Person, sign_in: SignIn) -> None:
    text = text_of(sign_in(rosa).get(f"/applications/{carl.id}/packet.pdf").data)

    assert "No scorecard has been submitted yet." in text
    assert "Decision None yet" in text


def test_the_pdf_holds_summary_evidence_and_an_unusual_name(
    interview: Interview, carl: Application, rosa: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    factories.scorecard(interview, ivy, (3, 4, None))
    factories.scorecard(interview, ian, (5, 4, 4))

    answer = sign_in(rosa).get(f"/applications/{carl.id}/packet.pdf?paper=a4")

    text = text_of(answer.data)
    assert answer.status_code == 200
    assert "Composite 4.00 on the scale from 1 to 5, from 2 interviewers." in text
    assert "Carl Łukasz 翀" in text
    assert text.count(factories.EVIDENCE) == 2 * len(factories.QUESTIONS)
    assert "Scorecard by Ivy" in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_outsider_is_refused(carl: Application, olga: Person, sign_in: SignIn, address: str) -> None:
    assert sign_in(olga).get(f"/applications/{carl.id}/{address}").status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_still_owes_a_scorecard_is_refused_and_may_read_once_it_is_submitted(
    interview: Interview, carl: Application, ivy: Person, ian: Person, sign_in: SignIn, address: str
) -> None:
    factories.scorecard(interview, ivy)
    client = sign_in(ian)
    before = client.get(f"/applications/{carl.id}/{address}").status_code
    factories.scorecard(interview, ian)

    after = sign_in(ian).get(f"/applications/{carl.id}/{address}").status_code

    assert (before, after) == (403, 200)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_application_that_does_not_exist_is_not_found(rosa: Person, sign_in: SignIn, address: str) -> None:
    assert sign_in(rosa).get(f"/applications/999/{address}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_one_scorecard_costs_as_many_queries_as_two(
    interview: Interview,
    carl: Application,
    rosa: Person,
    ivy: Person,
    ian: Person,
    sign_in: SignIn,
    queries: Callable[[], Queries],
    address: str,
) -> None:
    client, number = sign_in(rosa), carl.id
    counts = []
    for interviewer in (ivy, ian):
        factories.scorecard(interview, interviewer)
        with queries() as seen:
            assert client.get(f"/applications/{number}/{address}").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_letters_are_left_out_for_interviewers_who_do_not_see_the_candidate_list(
    interview: Interview, carl: Application, hugo: Person, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    factories.scorecard(interview, ivy)
    letter = draft_message(carl, "msg-received", rosa)
    letter.text, letter.sent_at = "Between the two of us, Carl.", now()

    texts = {
        person.name: text_of(sign_in(person).get(f"/applications/{carl.id}/packet.pdf").data)
        for person in (hugo, ivy)
    }

    told = {name: "Between the two of us" in text for name, text in texts.items()}
    assert told == {"Hugo": True, "Ivy": False}


def test_html_in_evidence_is_shown_as_it_was_typed(
    interview: Interview, carl: Application, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    card = factories.scorecard(interview, ivy)
    card.ratings[0].evidence = "<script>alert(1)</script> & more"

    page = sign_in(rosa).get(f"/applications/{carl.id}/packet").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page


def test_a_long_packet_says_where_each_scorecard_begins(
    job: Job, hugo: Person, rosa: Person, sign_in: SignIn
) -> None:
    panel = [
        factories.person(name, email=f"{name}@example.org") for name in ("Ana", "Bo", "Chen", "Dina", "Emil")
    ]
    interview = factories.interview(factories.application(job), factories.guide_version(job, hugo), *panel)
    for each in panel:
        factories.scorecard(interview, each)

    pdf = sign_in(rosa).get(f"/applications/{interview.application_id}/packet.pdf").data

    pages = [" ".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(pdf)).pages]
    listed = re.findall(r"Scorecard by (\w+) (\d+)", next(text for text in pages if "Contents" in text))
    assert [name for name, _page in listed] == ["Ana", "Bo", "Chen", "Dina", "Emil"]
    assert [f"Scorecard by {name}" in pages[int(number) - 1] for name, number in listed] == [True] * 5

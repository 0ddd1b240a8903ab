"""The decision record: what was decided and what it rested on, for those who may read the ratings."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import page
import pytest
from pypdf import PdfReader

from hiring.decisions.operations import decide
from hiring.errors import Refused
from hiring.export.choice import Choice
from hiring.extensions import db
from hiring.models import Application, Interview, Outcome, Paper, Person
from hiring.packets.document import packet_of
from hiring.packets.paper import decision_paper
from tests import factories
from tests.conftest import SignIn

NAMES = ["Carl Łukasz", "陈雨桐 堃", "مريم العلي", "Ọlá\u0323 Vân\u0303"]


@pytest.fixture
def interview(hugo: Person, ivy: Person, ian: Person) -> Interview:
    job = factories.job(lead=hugo)
    made = factories.interview(
        factories.application(job, "Carl"), factories.guide_version(job, hugo), ivy, ian
    )
    factories.scorecard(made, ivy, (3, 4, None))
    factories.scorecard(made, ian, (5, 4, 4))
    return made


@pytest.fixture
def carl(interview: Interview, hugo: Person) -> Application:
    """Carl, about whom Hugo decided twice."""
    carl = interview.application
    pause: dict[str, Any] = {"reason_code": "waiting_for_other_interviews", "restart_date": date(2030, 1, 1)}
    decide(carl, hugo, Outcome.HOLD, "One more reference.", ["empathy"], **pause)
    decide(carl, hugo, Outcome.HIRE, "Rang back twice, as both heard.", ["empathy", "patience"])
    db.session.commit()
    return carl


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_holds_every_decision_with_its_reason_and_the_figures(
    carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    answer = sign_in(rosa).get(f"/applications/{carl.id}/decision.pdf?paper=letter")

    text = text_of(answer.data)
    assert text.index("Rang back twice, as both heard.") < text.index("One more reference.")
    assert "Composite 4.00 on the scale from 1 to 5, from 2 interviewers." in text
    assert "Recommendations with their reasons" in text
    assert packet_of(carl, with_messages=False).data_hash in text
    assert "Carl" in PdfReader(io.BytesIO(answer.data)).metadata["/Title"]
    assert "hire" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", list(Paper))
def test_it_is_valid_pdf_ua_whatever_the_name(carl: Application, name: str, paper: Paper) -> None:
    carl.candidate.name = name

    report = page.validate_pdf_bytes(
        decision_paper(packet_of(carl), Choice("Rosa", paper)).pdf(), profile="ua1"
    )

    assert [failure.message for failure in report.failures] == []


def test_there_is_none_before_a_decision(interview: Interview, rosa: Person, sign_in: SignIn) -> None:
    application = interview.application

    assert sign_in(rosa).get(f"/applications/{application.id}/decision.pdf").status_code == 404
    assert "Decision record" not in sign_in(rosa).get(f"/applications/{application.id}/packet").text
    with pytest.raises(Refused, match="Nothing is decided about Carl yet"):
        decision_paper(packet_of(application), Choice("Rosa"))


def test_only_those_who_may_read_the_ratings_read_it(
    carl: Application, interview: Interview, rosa: Person, ivy: Person, olga: Person, sign_in: SignIn
) -> None:
    lena = factories.person("Lena")
    factories.interview(carl, interview.guide_version, lena)
    db.session.commit()
    address = f"/applications/{carl.id}/decision.pdf"

    answers = [sign_in(person).get(address).status_code for person in (rosa, ivy, lena, olga)]

    assert answers == [200, 200, 403, 403]
    assert address in sign_in(rosa).get(f"/applications/{carl.id}/packet").text

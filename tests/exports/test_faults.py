"""Documents of what nobody should write: they are made all the same, show it as it was typed, and fetch nothing."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from hiring.extensions import db
from hiring.models import Application, Person, Scorecard
from tests import factories
from tests.conftest import SignIn

LONG = "Rang back twice and said so in the ticket. " * 1200
LONG_NAME = "Maximiliane-Theodora " * 9 + "Quist"
EMOJI = "😀🎉👩🏽‍🚀" * 600
MOST_PAGES = 60


class Asked(ThreadingHTTPServer):
    """A server that notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Note)
        self.seen: list[str] = []


class _Note(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Notes the address and has nothing there."""
        assert isinstance(self.server, Asked)
        self.server.seen.append(self.path)
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def elsewhere() -> Iterator[Asked]:
    with Asked() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def card(hugo: Person, ivy: Person) -> Scorecard:
    job = factories.job(lead=hugo)
    interview = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    made = factories.scorecard(interview, ivy)
    db.session.commit()
    return made


def written(card: Scorecard, *texts: str) -> Application:
    for rating, text in zip(card.ratings, texts, strict=False):
        rating.evidence = text
    db.session.commit()
    return card.interview.application


def addresses(application: Application) -> list[str]:
    return [
        f"/applications/{application.id}/packet.pdf",
        f"/jobs/{application.job_id}/comparison.pdf",
        f"/jobs/{application.job_id}/comparison/evidence/empathy.pdf",
    ]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split())


def pdfs(sign_in: SignIn, rosa: Person, application: Application) -> list[bytes]:
    client = sign_in(rosa)
    answers = [client.get(address) for address in addresses(application)]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    for answer in answers:
        assert [each.message for each in page.validate_pdf_bytes(answer.data, profile="ua1").failures] == []
    return [answer.data for answer in answers]


def test_a_note_of_fifty_thousand_letters_is_printed_in_full(
    card: Scorecard, rosa: Person, sign_in: SignIn
) -> None:
    application = written(card, LONG + "The very end.")

    for pdf in pdfs(sign_in, rosa, application):
        text = text_of(pdf)
        assert text.count("ticket.") == LONG.count("ticket.")
        assert "The very end." in text
        assert len(PdfReader(io.BytesIO(pdf)).pages) < MOST_PAGES


def test_markup_is_shown_as_it_was_typed_and_leads_nowhere(
    card: Scorecard, rosa: Person, elsewhere: Asked, tmp_path: Path, sign_in: SignIn
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>Sesame</text></svg>", encoding="utf-8")
    address = f"http://127.0.0.1:{elsewhere.server_port}"
    application = written(
        card,
        f'<img src="{address}/picture.png"><img src="file://{secret}"><script>alert(1)</script>',
        f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/in.svg'/></svg> "
        f"<style>@import url({address}/style.css); p {{ background: url(file://{secret}) }}</style>",
        f'</blockquote></body></html><link rel="stylesheet" href="{address}/sheet.css"><object data="{secret}">',
    )
    application.candidate.name = f'<img src="{address}/name.png">'
    db.session.commit()

    for pdf in pdfs(sign_in, rosa, application):
        assert "<img src=" in text_of(pdf)
        assert b"Sesame" not in pdf
        assert "Sesame" not in text_of(pdf)
        assert "/EmbeddedFile" not in pdf.decode("latin-1")
    assert elsewhere.seen == []


def test_a_flood_of_emoji_and_a_name_of_two_hundred_letters_are_printed(
    card: Scorecard, rosa: Person, sign_in: SignIn
) -> None:
    application = written(card, EMOJI, "\u202eright to left\u202c " + "é̂" * 300, "W" * 20_000)
    application.candidate.name = LONG_NAME
    db.session.commit()

    for pdf in pdfs(sign_in, rosa, application):
        assert LONG_NAME.split()[0] in text_of(pdf)
        assert "😀" in text_of(pdf)
        assert len(PdfReader(io.BytesIO(pdf)).pages) < MOST_PAGES

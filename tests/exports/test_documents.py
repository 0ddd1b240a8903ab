"""Documents with a choice: what was chosen is in the file, what was left or taken out is nowhere in it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from hiring.debriefs.operations import open_debrief
from hiring.decisions.operations import decide
from hiring.extensions import db
from hiring.models import Application, AuditEvent, Interview, Job, Outcome, Person, RatingsOpen
from tests import factories
from tests.command_line import Run
from tests.conftest import SignIn

EVERYTHING_OUT = {"without_colleagues": "y", "without_candidates": "y"}


@pytest.fixture
def interview(hugo: Person, ivy: Person, ian: Person) -> Interview:
    """Carl, rated by Ivy Okafor and Ian, who write about colleagues and about Dora."""
    ivy.name = "Ivy Okafor"
    job = factories.job(lead=hugo)
    version = factories.guide_version(job, hugo)
    made = factories.interview(factories.application(job, "Carl Møller"), version, ivy, ian)
    card = factories.scorecard(made, ivy, (3, 4, 5))
    card.ratings[0].evidence = "Told Mr Brandt off. Better than Dora Lund, as Ivy and IVY OKAFOR agree. ivy@x"
    factories.scorecard(made, ian, (5, 4, 4))
    dora = factories.interview(factories.application(job, "Dora Lund"), version, ivy)
    factories.scorecard(dora, ivy, (2, 2, 2))
    decide(made.application, hugo, Outcome.HIRE, "Rang back twice, as Ivy heard.", ["empathy"])
    db.session.commit()
    return made


@pytest.fixture
def carl(interview: Interview) -> Application:
    return interview.application


@pytest.fixture
def job(carl: Application) -> Job:
    return carl.job


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split())


def everything_in(pdf: bytes) -> str:
    """All that can be got out of a file: text, outline, metadata, structure and the files inside it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        parts = [
            text_of(pdf),
            str(dict(document.docinfo)),
            bytes(document.Root.Metadata.read_bytes()).decode(),
        ]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary):
                parts += [str(value) for value in thing.values() if isinstance(value, pikepdf.String)]
        for name, attached in document.attachments.items():
            parts += [name, attached.get_file().read_bytes().decode("utf-8-sig")]
    return "\n".join(parts)


# The validator takes a last byte of compressed data for a part of the end of a line, if it is the one of "\\r".
MISREAD = "PDFA3A-STREAM-LENGTH-001"


def failures(pdf: bytes, profile: str = "ua1") -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        wrong = document.check_pdf_syntax()
    report = page.validate_pdf_bytes(pdf, profile=profile)
    return [*wrong, *(failure.message for failure in report.failures if failure.rule_id != MISREAD)]


def ask(client: FlaskClient, address: str, **typed: Any) -> Any:
    return client.post(address, data={"paper": "a4", "language": "en", "do": "download", **typed})


def addresses(carl: Application, interview: Interview, debrief_id: int) -> dict[str, str]:
    of_candidate = f"/applications/{carl.id}/documents"
    of_job = f"/jobs/{carl.job_id}/documents"
    of_guide = f"/guide-versions/{interview.guide_version_id}/documents"
    return {
        "packet": f"{of_candidate}/packet",
        "records": f"{of_candidate}/records",
        "decision": f"{of_candidate}/decision",
        "feedback": f"{of_candidate}/feedback",
        "comparison": f"{of_job}/comparison",
        "audit": f"{of_job}/audit",
        "guide": f"{of_guide}/guide",
        "compact-guide": f"{of_guide}/compact-guide",
        "blank-scorecard": f"{of_guide}/blank-scorecard",
        "cards": f"{of_guide}/cards",
        "kick-off": f"{of_guide}/kick-off",
        "handout": f"/interviews/{interview.id}/documents/handout",
        "minutes": f"/debriefs/{debrief_id}/documents/minutes",
    }


WHO = {"records": "hana", "audit": "hana", "feedback": "hugo"}


@pytest.mark.parametrize(
    "kind",
    [
        "packet",
        "records",
        "decision",
        "feedback",
        "comparison",
        "audit",
        "guide",
        "compact-guide",
        "blank-scorecard",
        "cards",
        "kick-off",
        "handout",
        "minutes",
    ],
)
def test_every_document_is_valid_in_grey_on_letter_paper_for_a_recipient(
    carl: Application,
    interview: Interview,
    kind: str,
    sign_in: SignIn,
    rosa: Person,
    hugo: Person,
    hana: Person,
) -> None:
    debrief = open_debrief(carl.job, hugo, {carl.id})
    db.session.commit()
    client = sign_in({"hana": hana, "hugo": hugo}.get(WHO.get(kind, ""), rosa))
    address = addresses(carl, interview, debrief.id)[kind]

    shown = client.get(address)
    answer = ask(client, address, paper="letter", grey="y", recipient="Zoë Quist")

    assert (shown.status_code, answer.status_code) == (200, 200)
    assert failures(answer.data) == []
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert [("For Zoë Quist only" in each.extract_text()) for each in pages] == [True] * len(pages)
    assert {round(float(side)) for side in pages[0].mediabox[2:]} == {612, 792}


def test_sections_come_in_the_chosen_order_and_the_others_not_at_all(
    carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    places = {
        "section-decisions": "1",
        "section-summary": "2",
        "section-scorecards": "",
        "section-messages": "",
    }

    text = text_of(ask(sign_in(rosa), f"/applications/{carl.id}/documents/packet", **places).data)

    assert text.index("Rang back twice") < text.index("Who gave what")
    assert "Scorecard by" not in text
    assert "Told Mr Brandt off" not in text


def test_a_document_without_any_section_is_refused_in_a_sentence(
    carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    nothing = {
        f"section-{id_}": ""
        for id_ in ("summary", "consensus", "decisions", "messages", "scorecards", "observations")
    }

    answer = ask(sign_in(rosa), f"/applications/{carl.id}/documents/packet", recipient="Zoë", **nothing)

    assert answer.status_code == 422
    assert "Leave at least one section in the document." in answer.text
    assert 'value="Zoë"' in answer.text


def test_what_is_taken_out_is_nowhere_in_the_file(carl: Application, hana: Person, sign_in: SignIn) -> None:
    answer = ask(
        sign_in(hana),
        f"/applications/{carl.id}/documents/records",
        with_data="y",
        names="Brandt\n\n Ivy@x ",
        **EVERYTHING_OUT,
    )

    found = everything_in(answer.data)
    assert failures(answer.data, "pdfa3a") == []
    assert "Carl Møller" in found
    assert "somebody else" in found
    for name in ("Ivy", "Okafor", "OKAFOR", "Dora", "Lund", "Ian", "Hugo", "Brandt", "ivy@"):
        assert name not in found.replace("Hana", ""), name
        assert name.lower() not in answer.headers["Content-Disposition"].lower()


def test_what_was_taken_out_is_logged_with_us(carl: Application, hana: Person, sign_in: SignIn) -> None:
    ask(
        sign_in(hana), f"/applications/{carl.id}/documents/records", **EVERYTHING_OUT, recipient="Carl Møller"
    )

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export_document")).one()
    removed = {each["name"]: (each["as"], each["times"]) for each in event.details["removed"]}
    assert (event.actor_name, event.details["document"], event.details["recipient"]) == (
        "Hana",
        "records",
        "Carl Møller",
    )
    assert removed["Dora Lund"] == ("another candidate", 1)
    assert removed["Ivy Okafor"][0].startswith("colleague")
    assert removed["Ivy Okafor"][1] > 3


def test_records_take_names_out_unless_somebody_chooses_otherwise(
    carl: Application, hana: Person, rosa: Person, sign_in: SignIn
) -> None:
    records = sign_in(hana).get(f"/applications/{carl.id}/documents/records").text
    packet = sign_in(rosa).get(f"/applications/{carl.id}/documents/packet").text

    assert 'checked id="without_colleagues"' in records
    assert 'checked id="without_colleagues"' not in packet


def test_a_comparison_shows_codes_in_the_place_of_names(
    job: Job, carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    answer = ask(sign_in(rosa), f"/jobs/{job.id}/documents/comparison", without_candidates="y")

    found = everything_in(answer.data)
    assert carl.code in found
    assert "Carl Møller" not in found
    assert "Ivy Okafor" in found


def test_evidence_on_too_many_candidates_for_one_document_is_refused_in_a_sentence(
    job: Job, rosa: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiring.comparisons.paper.MOST_WITH_EVIDENCE", 1)
    client, address = sign_in(rosa), f"/jobs/{job.id}/documents/comparison"

    whole = ask(client, address, recipient="Zoë")
    page_ = client.get(f"/jobs/{job.id}/comparison.pdf")
    figures = ask(client, address, **{"section-ranking": "1", "section-evidence": ""})

    assert (whole.status_code, page_.status_code, figures.mimetype) == (422, 400, "application/pdf")
    for answer in (whole, page_):
        assert "at most 1 candidates fit into one document; these are 2" in answer.text
    assert 'value="Zoë"' in whole.text


def test_a_guide_is_in_its_own_language_throughout(
    interview: Interview, rosa: Person, sign_in: SignIn
) -> None:
    version = interview.guide_version
    address = f"/guide-versions/{version.id}/documents/guide"
    client = sign_in(rosa)

    form = client.get(address).text
    pdf = ask(client, address, language="zh").data

    assert "Language of the document" not in form
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en"
    assert "Time plan" in text_of(pdf)


def test_the_data_inside_are_those_that_are_downloaded(job: Job, rosa: Person, sign_in: SignIn) -> None:
    address = f"/jobs/{job.id}/documents/comparison"

    whole = ask(sign_in(rosa), address, with_data="y")
    alone = ask(sign_in(rosa), address, kind_of_file="csv")

    assert failures(whole.data, "pdfa3a") == []
    with pikepdf.open(io.BytesIO(whole.data)) as document:
        inside = {name: attached.get_file() for name, attached in document.attachments.items()}
        assert inside["candidates.csv"].read_bytes() == alone.data
        assert inside["candidates.csv"].mime_type == "text/csv"
        assert str(document.attachments["candidates.csv"].relationship) == "/Data"
    rows = list(csv.DictReader(io.StringIO(alone.data.decode("utf-8-sig"))))
    assert {row["Candidate"] for row in rows} == {"Carl Møller", "Dora Lund"}
    assert alone.headers["Content-Disposition"].endswith(".csv")


@pytest.mark.parametrize("kind", ["packet", "guide", "audit", "comparison", "compact-guide"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_documents_with_figures_are_there_as_data(
    carl: Application, interview: Interview, hana: Person, sign_in: SignIn, kind: str, ending: str
) -> None:
    address = addresses(carl, interview, 0)[kind]

    answer = ask(sign_in(hana), address, kind_of_file=ending)

    assert answer.status_code == 200
    assert f".{ending}" in answer.headers["Content-Disposition"]
    assert len(answer.data) > 100


def test_what_was_chosen_is_there_again_but_not_for_whom(
    carl: Application, rosa: Person, hugo: Person, sign_in: SignIn
) -> None:
    address = f"/applications/{carl.id}/documents/packet"
    ask(
        sign_in(rosa),
        address,
        paper="letter",
        grey="y",
        recipient="Zoë",
        names="Brandt",
        **{"section-messages": ""},
    )

    again, other = sign_in(rosa).get(address).text, sign_in(hugo).get(address).text

    assert 'checked id="grey"' in again
    assert '<option selected value="letter">' in again
    assert "Zoë" not in again
    assert "Brandt" not in again
    assert again.count("selected>leave out") == 1
    assert 'checked id="grey"' not in other


@pytest.mark.parametrize("wrong", [{"paper": "papyrus"}, {"language": "tlh"}, {"recipient": "x" * 200}])
def test_what_cannot_be_chosen_is_refused_beside_its_field(
    carl: Application, rosa: Person, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    answer = ask(sign_in(rosa), f"/applications/{carl.id}/documents/packet", **wrong)

    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text


def test_there_is_no_feedback_before_a_decision(job: Job, hugo: Person, sign_in: SignIn) -> None:
    eve = factories.application(job, "Eve")
    db.session.commit()

    answer = ask(sign_in(hugo), f"/applications/{eve.id}/documents/feedback")

    assert answer.status_code == 422
    assert "Nothing is decided about Eve yet." in answer.text


def test_feedback_is_in_bands_and_words_without_a_figure_or_anybody_else(
    carl: Application, hugo: Person, sign_in: SignIn
) -> None:
    text = text_of(ask(sign_in(hugo), f"/applications/{carl.id}/documents/feedback").data)

    assert "A strength" in text
    for name in ("Ivy", "Ian", "Dora"):
        assert name not in text
    figures = text.replace("Page 1 of", "").split("At a glance")[1]
    assert "4.0" not in figures
    assert "4.00" not in figures


def test_hr_alone_hands_over_records_and_only_when_it_may_read_the_ratings(
    carl: Application, interview: Interview, hana: Person, rosa: Person, hugo: Person, sign_in: SignIn
) -> None:
    address = f"/applications/{carl.id}/documents/records"

    before = [sign_in(person).get(address).status_code for person in (hana, rosa, hugo, None)]
    factories.interview(carl, interview.guide_version, hana)
    db.session.commit()

    assert before == [200, 403, 403, 302]
    assert sign_in(hana).get(address).status_code == 403


def test_hr_alone_takes_an_extract_of_the_audit_and_only_while_it_owes_nothing_and_nothing_is_closed(
    job: Job, carl: Application, interview: Interview, hana: Person, rosa: Person, sign_in: SignIn
) -> None:
    address = f"/jobs/{job.id}/documents/audit"

    before = [sign_in(person).get(address).status_code for person in (hana, rosa)]
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    closed = sign_in(hana).get(address).status_code
    job.ratings_open = RatingsOpen.AFTER_OWN
    factories.interview(carl, interview.guide_version, hana)
    owing = sign_in(hana).get(address).status_code

    assert (before, closed, owing) == ([200, 403], 403, 403)


def test_the_command_line_makes_the_same_documents(
    hiring: Run, app: Flask, carl: Application, tmp_path: Any
) -> None:
    database = f"sqlite:///{tmp_path / 'hiring.sqlite3'}"
    out = tmp_path / "packet.pdf"
    words = (
        "--sections",
        "decisions,summary",
        "--redact",
        "interviewers,Brandt",
        "--recipient",
        "Zoë",
        "--grey",
    )

    number = str(carl.candidate_id)
    db.session.rollback()

    answer = hiring("export", "packet", number, "--output", str(out), *words, HIRING_DATABASE_URL=database)
    wrong = hiring(
        "export",
        "packet",
        number,
        "--output",
        str(out),
        "--sections",
        "horoscope",
        HIRING_DATABASE_URL=database,
    )

    assert answer.returncode == 0, answer.stderr
    text = text_of(out.read_bytes())
    assert "For Zoë only" in text
    assert "Ivy" not in text
    assert text.index("Rang back twice") < text.index("Who gave what")
    assert wrong.returncode == 2
    assert "Candidate packet has no section horoscope; choose from summary" in wrong.stderr


def test_the_command_line_puts_all_packets_into_one_document(
    carl: Application, hiring: Run, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'hiring.sqlite3'}"
    whole, archive = tmp_path / "packets.pdf", tmp_path / "packets.zip"
    options = ("--language", "zh", "--redact", "interviewers,candidates")
    job_id = str(carl.job_id)
    db.session.rollback()

    made = [
        hiring(
            "export",
            "packets",
            job_id,
            "--output",
            str(file),
            *options,
            HIRING_DATABASE_URL=database,
        )
        for file in (whole, archive)
    ]

    assert [answer.returncode for answer in made] == [0, 0], made
    assert failures(whole.read_bytes()) == []
    text = text_of(whole.read_bytes())
    assert "候选人" in text
    assert "Ivy" not in text
    assert "Carl Møller" in text
    with zipfile.ZipFile(archive) as packed:
        assert len(packed.namelist()) == 3

"""Every document in every language: no sentence is left in English, the file is valid, and its text can be copied."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html import unescape

import flask_babel
import page
import pikepdf
import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader
from sqlalchemy import select

from hiring.decisions.operations import decide
from hiring.demo.build import build_demo
from hiring.export.assembled import Assembled
from hiring.export.choice import Choice
from hiring.export.printed import Document, Prepared
from hiring.exports.kinds import KINDS
from hiring.extensions import db
from hiring.fairness.operations import answer, ask, publish_report
from hiring.guides.operations import publish, set_note
from hiring.guides.queries import newest_version
from hiring.i18n import DOCUMENT_LANGUAGES
from hiring.models import (
    Application,
    ApplicationStatus,
    Debrief,
    Ethnicity,
    Guide,
    GuideVersion,
    Interview,
    Job,
    Outcome,
    Person,
    Sex,
)
from tests import factories

TRANSLATED = [code for code in DOCUMENT_LANGUAGES if code != "en"]
SHORT = {"comparison": ("ranking", "matrix", "agreement", "method")}
BODY = re.compile(r"<body.*?</body>", re.DOTALL)
TAGS = re.compile(r"<(?:svg|style).*?</(?:svg|style)>|<[^>]+>", re.DOTALL)


class Misses:
    """Stands behind a catalogue and notes what is not in it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def gettext(self, sentence: str) -> str:
        """Notes the sentence and gives it back in English."""
        self.seen.add(sentence)
        return sentence

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Notes the sentence and gives it back in English."""
        self.seen.add(one)
        return one if number == 1 else many


@pytest.fixture
def subjects(app: Flask) -> Iterator[dict[str, object]]:
    """What each kind of document is made of: the demo, and a job with published selection rates."""
    with app.test_request_context():
        build_demo()
        by = db.session.scalars(select(Person).order_by(Person.id)).first()
        assert by is not None
        debrief = db.session.scalars(select(Debrief).order_by(Debrief.id)).first()
        assert debrief is not None
        application = db.session.get_one(Application, 1)
        decide(application, by, Outcome.HIRE, "Rang back twice.", ["empathy"])
        job = db.session.get_one(Job, 1)
        yield {
            "packet": application,
            "records": application,
            "decision": application,
            "feedback": application,
            "comparison": job,
            "adverse-impact": with_rates(by),
            "audit": job,
            "guide": db.session.get_one(GuideVersion, 1),
            "compact-guide": db.session.get_one(GuideVersion, 1),
            "minutes": debrief,
            "blank-scorecard": in_all_languages(by),
            "cards": in_all_languages(by),
            "kick-off": in_all_languages(by),
            "handout": db.session.get_one(Interview, 1),
        }


def in_all_languages(by: Person) -> GuideVersion:
    """The demo's guide, published anew with what a team adds, in every language."""
    guide = db.session.get_one(Guide, 1)
    set_note(guide.rounds[0].items[0], "7", by)
    guide.rounds[0].prompts = "7 ?"
    newest = newest_version(guide)
    assert newest is not None
    return newest if newest.number > 1 else publish(guide, by, although_unasked=True)


def with_rates(by: Person) -> Job:
    """A job whose selection rates are published."""
    job = factories.job("Counter agent", lead=by)
    ask(job, by, sex=True, ethnicity=False)
    for number, (sex, chosen) in enumerate([(Sex.WOMAN, 12), (Sex.MAN, 20)]):
        for each in range(40):
            application = factories.application(job, f"Somebody {number} {each}")
            application.status = ApplicationStatus.OFFER if each < chosen else ApplicationStatus.IN_REVIEW
            answer(application, sex, Ethnicity.NOT_SAID)
    db.session.commit()
    publish_report(job, by)
    db.session.commit()
    return job


def prepared(subjects: dict[str, object], language: str) -> Iterator[tuple[str, Document]]:
    with force_locale(language):
        for id_, subject in subjects.items():
            choice = Choice(exported_by="Rosa", language=language, sections=SHORT.get(id_, ()))
            yield id_, KINDS[id_].prepare(subject, choice, None)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_of_any_document_is_left_in_english(subjects: dict[str, object], language: str) -> None:
    misses = Misses()
    with force_locale(language):
        catalogue = flask_babel.get_domain().get_translations()
        catalogue.add_fallback(misses)
    try:
        for _id, document in prepared(subjects, language):
            assert document.name
    finally:
        catalogue._fallback = None

    assert misses.seen == set()


@pytest.mark.parametrize("language", DOCUMENT_LANGUAGES)
def test_every_document_is_valid_and_its_text_can_be_copied(
    subjects: dict[str, object], language: str
) -> None:
    wrong = {}
    for id_, document in prepared(subjects, language):
        if "guide" in id_ and language != "en":
            continue  # A guide is in its own language.
        pdf = document.pdf()
        failures = [each.message for each in page.validate_pdf_bytes(pdf, profile="ua1").failures]
        lost = letters(html_of(document)) - letters(text_of(pdf))
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            tagged = str(opened.Root.Lang)
        if failures or lost or tagged != language:
            wrong[id_] = (failures, dict(lost), tagged)

    assert wrong == {}


def html_of(document: Document) -> str:
    """What is put into a document: the HTML of all its parts, without what stands in its head."""
    parts: list[Prepared] = (
        [document.cover, *(section.document for section in document.sections)]
        if isinstance(document, Assembled)
        else [document]  # type: ignore[list-item]
    )
    return " ".join(unescape(TAGS.sub(" ", found[0])) for each in parts if (found := BODY.search(each.html)))


def text_of(pdf: bytes) -> str:
    return " ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)


def letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text; accents are composed, as readers show them."""
    return Counter(each for each in unicodedata.normalize("NFC", text) if each.isalnum())

"""Documents in every language: no sentence is left in English, and each catalogue fits the code."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from hiring.i18n import DOCUMENT_LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "hiring" / "translations"
VALUE = re.compile(r"%\((\w+)\)s")
KEYWORDS = {"_": None, "_l": None, "lazy_gettext": None, "gettext": None, "ngettext": (1, 2)}
TRANSLATED = [code for code in DOCUMENT_LANGUAGES if code != "en"]


def catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


@pytest.fixture(scope="module")
def sentences() -> set[object]:
    """What the code of documents says in English."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    rows = extract_from_dir(str(ROOT), methods, options, keywords=KEYWORDS)
    return {row[2] if isinstance(row[2], str) else row[2][0] for row in rows}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_holds_every_sentence_and_no_other(code: str, sentences: set[object]) -> None:
    found = {each.id if isinstance(each.id, str) else each.id[0] for each in messages(catalogue(code))}

    assert (sentences - found, found - sentences) == (set(), set())


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_translated_with_the_same_values(code: str) -> None:
    wrong = []
    for each in messages(catalogue(code)):
        asked = VALUE.findall(each.id if isinstance(each.id, str) else each.id[1])
        for form in each.string if isinstance(each.string, tuple) else [each.string]:
            # A form for one may do without the number.
            differing = set(asked) ^ set(VALUE.findall(form))
            if each.fuzzy or not form or differing - ({"num"} if isinstance(each.id, tuple) else set()):
                wrong.append((each.id, form))

    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_its_source(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))

    assert (FOLDER / code / "LC_MESSAGES" / "messages.mo").read_bytes() == compiled.getvalue()

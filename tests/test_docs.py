"""What the documents say is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click import Context, Group

from hiring.cli import hiring
from hiring.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORBIDDEN = re.compile(r"/work/|/root/|/tmp/|file://|localhost:\d+/simple", re.IGNORECASE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in own if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_no_document_names_a_place_on_somebodys_computer(document: Path) -> None:
    assert FORBIDDEN.findall(document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", re.findall(r"^\./run hiring (.+)$", README, re.MULTILINE))
def test_every_command_of_the_readme_is_understood(line: str) -> None:
    words = shlex.split(line)
    command, context = hiring, Context(hiring)
    while isinstance(command, Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    if "--help" not in words:
        command.make_context("", words)


def test_the_readme_names_every_setting() -> None:
    named = {name.lower() for name in re.findall(r"HIRING_([A-Z_]+)", README)}

    assert set(Settings.model_fields) - {"testing"} == named


def test_the_picture_has_words() -> None:
    assert re.search(r"!\[[^\]]{40,}\]\(docs/images/\w+\.png\)", README)

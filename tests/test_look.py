"""The visual language keeps its promises: docs/look.md, the Content-Security-Policy, the vendored files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "hiring" / "static"
PAGES = [file for file in sorted((ROOT / "templates").rglob("*.html")) if ".print" not in file.suffixes]
COMPONENTS = [
    file for file in sorted((ROOT / "templates" / "components").glob("*.html")) if file.stem != "print"
]
VENDORED = re.compile(r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|")
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))


def page_name(file: Path) -> str:
    return str(file.relative_to(ROOT / "templates"))


def vendored() -> list[tuple[Path, str]]:
    lists = {STATIC: STATIC / "vendor" / "VENDOR.md", ROOT / "tests/vendor": ROOT / "tests/vendor/README.md"}
    return [
        (folder / name, checksum)
        for folder, words in lists.items()
        for name, checksum in VENDORED.findall(words.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("file", "checksum"), vendored(), ids=lambda value: getattr(value, "name", ""))
def test_a_vendored_file_is_the_one_that_its_list_names(file: Path, checksum: str) -> None:
    assert hashlib.sha256(file.read_bytes()).hexdigest() == checksum


def test_every_vendored_file_is_listed() -> None:
    folders = (STATIC / "vendor", STATIC / "fonts" / "web", ROOT / "tests" / "vendor")
    found = {
        file for folder in folders for file in folder.iterdir() if file.suffix in (".js", ".css", ".woff2")
    }

    assert found - {file for file, _ in vendored()} == set()


ONE_FILE = ROOT / "templates" / "offline" / "form.html"  # Opened from a disk, it can load nothing.


@pytest.mark.parametrize("file", [page for page in PAGES if page != ONE_FILE], ids=page_name)
def test_a_template_has_no_inline_style_or_script(file: Path) -> None:
    markup = file.read_text(encoding="utf-8")

    assert (
        re.findall(r"""<style|<script(?![^>]*\bsrc=)|\sstyle=["']|\son[a-z]+=["']|javascript:""", markup)
        == []
    )


@pytest.mark.parametrize("file", PAGES, ids=page_name)
def test_a_template_uses_only_icons_of_the_sprite(file: Path) -> None:
    markup = file.read_text(encoding="utf-8")
    named = re.findall(r"""(?:\bicon\(|\bempty_state\(|\bicon=)["']([^"']+)["']""", markup)

    assert set(named) - ICONS == set()


@pytest.mark.parametrize("file", COMPONENTS, ids=page_name)
def test_the_docs_show_every_component(file: Path) -> None:
    look = (ROOT / "docs" / "look.md").read_text(encoding="utf-8")
    macros = re.findall(r"macro ([a-z]\w+)\(", file.read_text(encoding="utf-8"))

    assert [name for name in macros if f"{name}(" not in look] == []


def test_the_style_sheet_names_only_fonts_that_are_there() -> None:
    named = re.findall(r'url\("\.\./(fonts/[^"?]+)', (STATIC / "css" / "app.css").read_text(encoding="utf-8"))

    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_a_first_visit_is_light() -> None:
    files = ["css/app.css", "icons.svg", "icon.svg", "vendor/htmx.min.js", "fonts/web/inter-latin.woff2"]
    scripts = [STATIC / "js" / name for name in ("app.js", "theme.js", "menus.js", "status.js")]

    total = sum(file.stat().st_size for file in (*(STATIC / name for name in files), *scripts))

    assert total < 180_000, "Without compression; a page of 20 kB comes on top."

"""Imports point one way, and docs/architecture.md says what is true."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEVELS = {
    0: {"errors", "settings", "i18n", "passwords", "assessment"},
    1: {"extensions", "models", "labels", "wording", "planning"},
    2: {"audit", "queries", "operations", "document", "frozen", "figures", "evidence"}
    | {
        "composing",
        "starting",
        "parallel_form",
        "brief",
        "brief_cues",
        "board",
        "checks",
        "draft",
        "history",
        "languages",
        "content",
        "advice",
        "editions",
    }
    | {"formats", "parcel", "rows"}
    | {"columns", "whatif", "analysis", "explanation", "naming"}
    | {"mirror", "process", "questions"}
    | {"mail", "answers_file", "verification", "signing", "attempts"}
    | {"fields", "records", "versions", "writeup", "telltales"}
    | {"choice", "redaction", "tables"}
    | {"analyser", "contents", "indexing", "search", "duplicates"},
    3: {
        "forms",
        "access",
        "export",
        "tasks",
        "signing_in",
        "paper",
        "data",
        "kinds",
        "post",
        "calendar",
        "cleaning",
    },
    4: {"views", "pages", "builder"},
    5: {"app", "cli", "demo", "commands"},
}
LEVEL_OF = {name: level for level, names in LEVELS.items() for name in names}
COMMITTERS = {"views", "builder", "cli", "commands", "tasks"}
FORBIDDEN = {
    2: {"flask", "wtforms", "flask_wtf"},
    4: {"weasyprint"},
}

MODULES = sorted((ROOT / "hiring").rglob("*.py"))
CODE = [file for file in MODULES if "migrations" not in file.parts and file.name != "__init__.py"]


def level(dotted: str) -> int | None:
    """The level of a module of ours: its own name decides, else the package it lies in."""
    parts = dotted.split(".")
    if parts[0] == "question_bank":
        return 0
    if parts[0] != "hiring":
        return None
    known = [LEVEL_OF[part] for part in reversed(parts) if part in LEVEL_OF]
    return known[0] if known else 0


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def imports(file: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module]
            found += [
                f"{node.module}.{alias.name}" for alias in node.names if is_module(node.module, alias.name)
            ]
    return found


def is_module(package: str, name: str) -> bool:
    return (ROOT / package.replace(".", "/") / f"{name}.py").exists()


@pytest.mark.parametrize("file", CODE, ids=dotted)
def test_every_module_has_a_level(file: Path) -> None:
    parts = dotted(file).split(".")

    assert any(part in LEVEL_OF for part in parts), f"Add {file.name} to LEVELS and to docs/architecture.md."


@pytest.mark.parametrize("file", CODE, ids=dotted)
def test_imports_point_down(file: Path) -> None:
    own = level(dotted(file))
    upward = [name for name in imports(file) if (level(name) or 0) > (own or 0)]

    assert upward == []


@pytest.mark.parametrize("file", CODE, ids=dotted)
def test_a_level_does_not_use_what_it_must_not_know(file: Path) -> None:
    roots = {name.split(".")[0] for name in imports(file)}

    assert roots & FORBIDDEN.get(level(dotted(file)) or 0, set()) == set()


def test_no_view_looks_into_another_features_views() -> None:
    wrong = [
        (dotted(file), name)
        for file in CODE
        if file.name == "views.py"
        for name in imports(file)
        if name.startswith("hiring.") and name.endswith(".views")
    ]

    assert wrong == []


def test_views_do_not_query() -> None:
    wrong = [
        dotted(file) for file in CODE if file.name == "views.py" and "sqlalchemy.select" in selects(file)
    ]

    assert wrong == []


def selects(file: Path) -> set[str]:
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_only_doors_commit() -> None:
    wrong = [
        dotted(file)
        for file in CODE
        if ".commit()" in file.read_text(encoding="utf-8") and not COMMITTERS & set(dotted(file).split("."))
    ]

    assert wrong == []


def test_queries_never_use_operations() -> None:
    wrong = [
        dotted(file)
        for file in CODE
        if file.name in ("queries.py", "document.py")
        for name in imports(file)
        if name.endswith(".operations")
    ]

    assert wrong == []


def test_the_question_bank_knows_nothing_of_the_application() -> None:
    wrong = [
        file.name
        for file in (ROOT / "question_bank").rglob("*.py")
        for name in imports(file)
        if name.split(".")[0] in {"hiring", "flask", "sqlalchemy"}
    ]

    assert wrong == []


def test_the_picture_in_the_docs_names_every_package() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = [folder.parent.name for folder in (ROOT / "hiring").glob("*/__init__.py")]

    assert [name for name in packages if f"{name}/" not in picture] == []


def test_the_docs_name_every_level() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert [name for name in LEVEL_OF if f"`{name}`" not in picture] == []


def test_starting_up_loads_nothing_that_few_need() -> None:
    """Every command, worker and test would wait for them: they are imported where a figure needs them."""
    few_need = {"openpyxl", "scipy", "snowballstemmer", "weasyprint"}
    asked = f"import sys, hiring.app; print(sorted({few_need} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"

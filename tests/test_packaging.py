"""What is shipped is what is in the tree, what it needs is declared and free, and both commands say what is wrong."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import Distribution, PackageMetadata, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
SHIPPED = ("hiring", "question_bank", "templates")
OURS = ("hiring", "question_bank", "tests")
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)

pytestmark = pytest.mark.xdist_group("packaging")  # The builds are made once for all.

cfg = ConfigParser()
cfg.read(ROOT / "setup.cfg", encoding="utf-8")


def lines(words: str) -> list[str]:
    """The lines of a list in setup.cfg, without comments."""
    return [line for line in words.splitlines() if line and not line.startswith("#")]


def declared(*extras: str) -> list[Requirement]:
    """The libraries that the product asks for, with those of the extras."""
    lists = [cfg["options"]["install_requires"], *(cfg["options.extras_require"][extra] for extra in extras)]
    return [Requirement(line) for words in lists for line in lines(words)]


def shipped_files() -> set[str]:
    """What of the tree belongs into a wheel, by the names that it has there."""
    return {
        file.relative_to(ROOT).as_posix().replace("templates/", "hiring/templates/", 1)
        if top == "templates"
        else file.relative_to(ROOT).as_posix()
        for top in SHIPPED
        for file in (ROOT / top).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def build(kind: str, tree: Path, out: Path) -> Path:
    """Builds a wheel or an sdist of the tree with the locked setuptools, without a network."""
    code = f"from setuptools import build_meta; build_meta.build_{kind}({str(out)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(out.iterdir())


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built from a copy so that the tree stays clean."""
    tree = tmp_path_factory.mktemp("tree") / "checkout"
    unwanted = shutil.ignore_patterns(
        ".venv", ".git", ".*_cache", "__pycache__", "*.egg-info", "build", "instance"
    )
    shutil.copytree(ROOT, tree, ignore=unwanted)
    return build("sdist", tree, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python has none yet.
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(unpacked_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that neither may lack a file."""
    return build("wheel", unpacked_sdist, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        str(folder),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return folder


def run_installed(installed: Path, *arguments: str, home: Path) -> str:
    """What Python prints with the installed wheel instead of the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "HIRING_DATA_FOLDER": str(home)}
    environment.pop("HIRING_DATABASE_URL", None)
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_packages_listed_are_the_packages_in_the_tree() -> None:
    folders = [
        file.parent for top in ("hiring", "question_bank") for file in (ROOT / top).rglob("__init__.py")
    ]
    found = {folder.relative_to(ROOT).as_posix().replace("/", ".") for folder in folders}

    assert lines(cfg["options"]["packages"]) == sorted(found | {"hiring.templates"})


def test_the_wheel_holds_every_file_of_the_product_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert names == shipped_files()


@pytest.mark.parametrize(
    "pattern",
    [
        "hiring/templates/base.html",
        "hiring/migrations/env.py",
        "hiring/migrations/versions/0001_*.py",
        "hiring/static/css/*.css",
        "hiring/static/fonts/**/*.ttf",
        "question_bank/skills/empathy.yaml",
    ],
)
def test_the_installed_product_has_what_it_reads_at_run_time(installed: Path, pattern: str) -> None:
    assert list(installed.glob(pattern)) != []


def test_the_sdist_can_be_set_up_and_tested(unpacked_sdist: Path) -> None:
    wanted = (
        "run",
        "requirements.lock",
        "requirements-test.lock",
        "ruff.toml",
        "LICENSE",
        "tests/conftest.py",
    )

    assert [name for name in wanted if not (unpacked_sdist / name).is_file()] == []
    assert os.access(unpacked_sdist / "run", os.X_OK)


def test_the_installed_product_prepares_a_database_and_shows_its_first_page(
    installed: Path, tmp_path: Path
) -> None:
    page = (
        "import hiring; from hiring.app import create_app; app = create_app()\n"
        "print(hiring.__file__, app.test_client().get('/', follow_redirects=True).status_code)"
    )

    run_installed(installed, str(installed / "bin" / "hiring"), "init", home=tmp_path)
    answer = run_installed(installed, "-c", page, home=tmp_path)

    assert answer.split() == [str(installed / "hiring" / "__init__.py"), "200"]


def test_the_question_bank_is_usable_alone(installed: Path, tmp_path: Path) -> None:
    code = "import sys; from question_bank import skills; print(len(skills()), 'hiring' in sys.modules)"

    assert run_installed(installed, "-c", code, home=tmp_path).split() == ["22", "False"]


@pytest.mark.parametrize(
    ("top", "extras"),
    [("hiring", ["postgresql"]), ("question_bank", []), ("tests", ["postgresql", "test"])],
)
def test_every_library_that_is_imported_is_declared(top: str, extras: list[str]) -> None:
    owners = packages_distributions()
    names = {canonicalize_name(requirement.name) for requirement in declared(*extras)}
    undeclared = {
        (file.relative_to(ROOT).as_posix(), module)
        for file in (ROOT / top).rglob("*.py")
        for module in imports_of(file)
        if module not in sys.stdlib_module_names and module not in OURS
        if names.isdisjoint(canonicalize_name(owner) for owner in owners.get(module, [module]))
    }

    assert undeclared == set()


def test_every_library_that_is_declared_is_imported() -> None:
    owners = packages_distributions()
    used = {
        canonicalize_name(owner)
        for top in ("hiring", "question_bank")
        for file in (ROOT / top).rglob("*.py")
        for module in imports_of(file)
        for owner in owners.get(module, [])
    }

    used.add("tzdata")  # zoneinfo of the standard library reads it, where the system has no time zones.
    assert [each.name for each in declared() if canonicalize_name(each.name) not in used] == []


def imports_of(file: Path) -> Iterator[str]:
    """The top-level names of all modules that the file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["postgresql"]), ("requirements-test.lock", ["postgresql", "test"])],
)
def test_each_declared_library_is_locked_within_its_range(lock: str, extras: list[str]) -> None:
    pins = [(canonicalize_name(name), version) for name, version in PINNED.findall((ROOT / lock).read_text())]

    for requirement in declared(*extras):
        versions = [version for name, version in pins if name == canonicalize_name(requirement.name)]
        assert versions != [], requirement
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_tests_run_with_the_versions_that_are_served() -> None:
    served = PINNED.findall((ROOT / "requirements.lock").read_text())
    tested = PINNED.findall((ROOT / "requirements-test.lock").read_text())

    assert set(served) - set(tested) == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_hashes_and_no_place(lock: str) -> None:
    words = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", words.strip())

    assert [
        entry for entry in entries if not re.match(r"[\w.-]+==[^\n]+ \\\n    --hash=sha256:", entry)
    ] == []
    assert re.findall(r"https?:|file:|--index|--find-links| @ ", words) == []


def needed_at_run_time() -> dict[str, Distribution]:
    """Every installed library that the product needs to run, directly or through others."""
    found: dict[str, Distribution] = {}
    seen: set[str] = set()
    waiting = declared("postgresql")
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        library = found[canonicalize_name(requirement.name)] = distribution(requirement.name)
        waiting += [
            each for each in map(Requirement, library.requires or ()) if applies(each, requirement.extras)
        ]
    return found


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Whether a library is needed here, when these extras of the one that asks for it are wanted."""
    return requirement.marker is None or any(
        requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


def licence_choices(metadata: PackageMetadata) -> list[str]:
    """The licences among which a library's users may choose."""
    # A whole licence text in place of a name may quote the licences of others.
    name = (metadata.get("License-Expression") or metadata.get("License") or "").partition("\n")[0]
    classified = [each for each in metadata.get_all("Classifier") or [] if each.startswith("License ::")]
    return re.split(r" OR ", name) if metadata.get("License-Expression") else classified or [name]


def is_copyleft(licence: str) -> bool:
    """Whether a licence would bind the product; the compilers' exception frees what was compiled."""
    return not licence or bool(COPYLEFT.search(re.sub(r"GPL\S* WITH GCC-exception", "", licence)))


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("GPL-3.0-or-later", True),
        ("AGPLv3", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("BSD-3-Clause AND GPL-2.0-only", True),
        ("", True),
    ],
)
def test_copyleft_is_told_apart_from_what_only_looks_like_it(licence: str, binds: bool) -> None:
    assert is_copyleft(licence) is binds


def test_no_library_at_run_time_is_under_the_gpl() -> None:
    libraries = needed_at_run_time()
    choices = {name: licence_choices(library.metadata) for name, library in libraries.items()}

    assert {"flask", "weasyprint", "werkzeug", "psycopg-binary", "webauthn"} <= libraries.keys()
    assert [name for name in choices if all(map(is_copyleft, choices[name]))] == []


@pytest.fixture
def bare_system(tmp_path: Path) -> Path:
    """A folder of programs with ./run in a checkout beside it: a Debian without Pango and without rights."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in (
        "sh",
        "cat",
        "cksum",
        "cp",
        "dirname",
        "grep",
        "mkdir",
        "mktemp",
        "rm",
        "sed",
        "tail",
        "uname",
    ):
        (programs / name).symlink_to(shutil.which(name) or pytest.fail(f"There is no {name} here."))
    pretend(programs, "python3.14", 'case "$*" in *ctypes*) exit 1 ;; esac')
    pretend(programs, "apt-get", "exit 1")
    pretend(programs, "apt-cache", "exit 0")
    pretend(programs, "sudo", "exit 1")
    pretend(programs, "id", "echo 1000")
    shutil.copy(ROOT / "run", tmp_path / "run")
    return programs


def pretend(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    (programs / name).chmod(0o755)


def run_in(programs: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Calls the copy of ./run with these programs and none of the system's."""
    environment = {"PATH": str(programs), "HOME": str(programs.parent)}
    command = ["/bin/sh", str(programs.parent / "run"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "darwin", reason="The packages have Debian's names.")
def test_a_missing_library_gets_one_sentence_with_the_line_that_installs_it(bare_system: Path) -> None:
    done = run_in(bare_system)

    assert done.returncode == 1
    assert done.stderr == (
        "✗ System packages are missing; install them with this line and start again: "
        "sudo apt-get install --yes libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="The packages have Debian's names.")
def test_where_no_installer_is_known_the_packages_are_named(bare_system: Path) -> None:
    (bare_system / "apt-get").unlink()

    done = run_in(bare_system)

    assert done.returncode == 1
    assert done.stderr.startswith("✗ System packages are missing; install them, by your system's names")
    assert "libpango-1.0-0" in done.stderr


def test_without_a_network_one_sentence_says_so_and_nothing_is_started(bare_system: Path) -> None:
    make_environment = 'for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python"'
    script = f'case "$*" in *"-m venv"*) {make_environment} ;; *"-m pip"*) echo "no route"; exit 1 ;; esac'
    pretend(bare_system, "python3.14", script)
    for name in ("setup.cfg", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, bare_system.parent)

    done = run_in(bare_system, "hiring", "job", "list")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[-2:] == [
        "no route",
        "✗ The Python packages could not be fetched; check the network and start again.",
    ]


def test_an_unknown_command_is_answered_with_those_that_exist(bare_system: Path) -> None:
    done = run_in(bare_system, "dance")

    assert done.returncode == 2
    assert done.stderr.startswith("✗ There is no command dance. These exist:\n./run ")


def test_the_continuous_integration_calls_the_second_command() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert os.access(ROOT / "run", os.X_OK)
    assert script.read_text(encoding="ascii").splitlines()[-1] == "exec ./run test"

"""Settings from the environment; a wrong one is told by its name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hiring.app import create_app
from hiring.errors import SetupProblem
from hiring.settings import Settings, make_data_folder, read_settings


def test_the_database_lies_in_the_data_folder_by_default(tmp_path: Path) -> None:
    assert Settings(data_folder=tmp_path).database == f"sqlite:///{tmp_path}/hiring.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_by_its_current_driver(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://ann:secret@db.example/hiring")

    assert settings.database == "postgresql+psycopg://ann:secret@db.example/hiring"


def test_a_printed_address_shows_no_password() -> None:
    assert "secret" not in Settings(database_url="postgresql://ann:secret@db.example/hiring").shown_database


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "mysql://ann@db/hiring",
        "://",
        "postgresql://ann@db:port/hiring",
        "postgresql+asyncpg://ann@db/hiring",
        "sqlite+nonsense:///hiring",
    ],
)
def test_another_database_is_refused_by_the_name_of_the_variable(address: str) -> None:
    with pytest.raises(SetupProblem, match="HIRING_DATABASE_URL"):
        _ = Settings(database_url=address).database


def test_a_port_that_is_no_port_is_refused_by_the_name_of_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HIRING_PORT", "eighty")

    with pytest.raises(SetupProblem, match="HIRING_PORT"):
        read_settings()


def test_a_data_folder_that_cannot_be_made_is_refused_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(SetupProblem, match="cannot be written to") as refused:
        make_data_folder(file / "folder")
    assert str(file / "folder") in str(refused.value)


def test_a_variable_that_is_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HIRING_DATA_FOLDER", "HIRING_PORT"):
        monkeypatch.setenv(name, "")

    settings = read_settings()

    assert settings.data_folder.name == "hiring"
    assert settings.port == 8000


def test_a_folder_named_from_here_is_the_same_for_key_and_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Settings(data_folder=Path("data")).database == f"sqlite:///{tmp_path}/data/hiring.sqlite3"


def test_the_database_is_kept_from_others_in_an_open_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    create_app(Settings(data_folder=tmp_path, database_url=""))

    assert stat.S_IMODE((tmp_path / "hiring.sqlite3").stat().st_mode) == 0o600


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first, second = Settings(data_folder=tmp_path).key, Settings(data_folder=tmp_path).key

    assert first == second
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_given_secret_key_is_used_as_it_is(tmp_path: Path) -> None:
    assert Settings(data_folder=tmp_path, secret_key="given").key == "given"
    assert list(tmp_path.iterdir()) == []

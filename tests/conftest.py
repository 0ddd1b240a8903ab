"""An application with a migrated database for each test, and ways to be signed in as somebody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from hiring.app import create_app
from hiring.extensions import db
from hiring.models import Organisation, Person, RoleName
from hiring.settings import Settings
from tests import factories

pytest_plugins = ["tests.browser", "tests.command_line", "tests.mail_server", "tests.postgresql"]

FAST_ARGON2 = {"argon2__rounds": 1, "argon2__memory_cost": 1024, "argon2__parallelism": 1}


def settings_in(folder: Path) -> Settings:
    """Settings for an application whose data lies in ``folder``."""
    return Settings(data_folder=folder, database_url="", secret_key="secret for tests", testing=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty database at the newest revision, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return folder / "hiring.sqlite3"


class Browser(FlaskClient):
    """A client whose requests begin with an empty ``g``, as they do on a server.

    The fixture's context stays pushed, so that without this the second client of a test would
    browse as the person of the first.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        for name in list(g):
            g.pop(name)
        return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates that one test has compiled, for the applications of all the others."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture
def app(migrated: Path, compiled: FileSystemBytecodeCache, tmp_path: Path) -> Iterator[Flask]:
    """An application with an empty database of its own; its context is pushed."""
    shutil.copy(migrated, tmp_path / "hiring.sqlite3")
    app = create_app(
        settings_in(tmp_path),
        WTF_CSRF_ENABLED=False,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=FAST_ARGON2,
    )
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = compiled
    with app.app_context():
        db.session.add(Organisation(id=1, name="Nordlys Service"))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


SignIn = Callable[[Person | None], FlaskClient]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """``sign_in(person)`` gives a client that browses as that person; None browses as a stranger."""

    def client_of(person: Person | None) -> FlaskClient:
        client = app.test_client()
        if person is not None:
            db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"] = person.fs_uniquifier
                session["_fresh"] = True
        return client

    return client_of


@pytest.fixture
def rosa(app: Flask) -> Person:
    return factories.person("Rosa", RoleName.RECRUITER)


@pytest.fixture
def hugo(app: Flask) -> Person:
    return factories.person("Hugo", RoleName.HIRING_MANAGER)


@pytest.fixture
def ivy(app: Flask) -> Person:
    return factories.person("Ivy", RoleName.INTERVIEWER)


@pytest.fixture
def ian(app: Flask) -> Person:
    return factories.person("Ian", RoleName.INTERVIEWER)


@pytest.fixture
def olga(app: Flask) -> Person:
    """An outsider: she has an account and takes part in nothing."""
    return factories.person("Olga", RoleName.INTERVIEWER)


@pytest.fixture
def ada(app: Flask) -> Person:
    return factories.person("Ada", RoleName.ADMINISTRATOR)


@pytest.fixture
def hana(app: Flask) -> Person:
    return factories.person("Hana", RoleName.HR)


class Queries(list[str]):
    """The statements sent to the database while the block runs."""

    def __enter__(self) -> Queries:
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *problem: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        self.append(statement)


@pytest.fixture
def queries(app: Flask) -> Callable[[], Queries]:
    """``with queries() as seen: …`` collects the statements; ``len(seen)`` counts them."""

    def start() -> Queries:
        db.session.commit()
        db.session.expire_all()
        return Queries()

    return start

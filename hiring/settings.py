"""What an administrator may set, all by environment variables that begin with HIRING_."""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from platformdirs import user_data_dir
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hiring.errors import SetupProblem

ONE_HOUR = 3600
UPLOAD_LIMIT = 2 * 1024 * 1024
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Settings(BaseSettings):
    """The settings of one installation, read from the environment.

    ``data_folder`` holds the embedded database and the secret key; ``database_url`` moves the
    data elsewhere, for example to ``postgresql://user@host/hiring``. Mail goes nowhere until ``mail_server``
    and ``mail_from`` are set; ``address`` is where colleagues reach the product, for the links in mail.
    Once it is set, requests for any other host are refused. ``trusted_proxies`` is how many proxies stand before the
    product and say truly for whom they ask and whether that was over ``https``; with ``secure_cookies`` browsers are
    told to use nothing else.
    ``kept_documents_mb`` is how much room documents made today may take in the data folder; 0 keeps none.
    """

    model_config = SettingsConfigDict(env_prefix="HIRING_", env_ignore_empty=True, extra="ignore")

    data_folder: Annotated[Path, AfterValidator(Path.absolute)] = Field(
        default_factory=lambda: Path(user_data_dir("hiring", appauthor=False))
    )
    database_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=2, ge=1, le=64)
    secure_cookies: bool = False
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    kept_documents_mb: int = Field(default=200, ge=0)
    address: str = ""
    mail_server: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: MailSecurity = MailSecurity.STARTTLS
    mail_username: str = ""
    mail_password: str = ""
    mail_from: str = ""
    testing: bool = False

    @property
    def database_file(self) -> Path:
        """Where the embedded database lies."""
        return self.data_folder / "hiring.sqlite3"

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy address of the database, with psycopg 3 named as PostgreSQL's driver."""
        if not self.database_url:
            return f"sqlite:///{self.database_file}"
        try:
            url = make_url(self.database_url)
        except (ArgumentError, ValueError):  # A port that is no number is a ValueError.
            raise SetupProblem(
                "HIRING_DATABASE_URL is not a database address; write it like "
                "postgresql://user:password@host/name or sqlite:////folder/file.sqlite3."
            ) from None
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        if url.drivername not in DRIVERS:
            raise SetupProblem(
                "HIRING_DATABASE_URL must name a SQLite or a PostgreSQL database; "
                "begin it with sqlite:// or postgresql://."
            )
        return url.render_as_string(hide_password=False)

    @property
    def shown_database(self) -> str:
        """The address of the database without its password, fit to be printed."""
        return make_url(self.database).render_as_string(hide_password=True)

    @property
    def sends_mail(self) -> bool:
        """Whether an administrator has said where mail goes and from whom it comes."""
        return bool(self.mail_server and self.mail_from)

    @property
    def shown_address(self) -> str:
        """Where colleagues reach the product, without a slash at the end."""
        return (self.address or f"http://{self.host}:{self.port}").rstrip("/")

    @cached_property
    def key(self) -> str:
        """The secret that signs sessions: the one set, else the one kept in the data folder."""
        return self.secret_key or _kept_secret(self.data_folder / "secret_key")

    @property
    def hosts(self) -> list[str] | None:
        """The hosts that requests may name; None, any, until the address is set."""
        name = urlsplit(self.address).hostname if self.address else None
        return [name, "localhost", "127.0.0.1"] if name else None

    def flask_config(self) -> dict[str, Any]:
        """What Flask and its extensions need to know."""
        return {
            "SECRET_KEY": self.key,
            "SQLALCHEMY_DATABASE_URI": self.database,
            "TESTING": self.testing,
            "TRUSTED_HOSTS": self.hosts,
            "MAX_CONTENT_LENGTH": UPLOAD_LIMIT,
            "MAX_FORM_MEMORY_SIZE": UPLOAD_LIMIT,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "WTF_CSRF_TIME_LIMIT": 12 * ONE_HOUR,  # An interview day must not outlive its form.
        }


def read_settings(**given: Any) -> Settings:
    """The settings in force; a wrong one is refused with the name of its variable."""
    try:
        return Settings(**given)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = "HIRING_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SetupProblem(f"{name} cannot be used: {first['msg'].lower()}.") from None


def make_data_folder(folder: Path) -> None:
    """Makes the folder and proves that it can be written to.

    Raises SetupProblem with one sentence if it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise SetupProblem(
            f"The data folder {folder} cannot be written to ({problem.strerror}); "
            "make it writable or set HIRING_DATA_FOLDER to another folder."
        ) from None


def make_database_file(file: Path) -> None:
    """Makes an empty database that only its owner reads, also where the folder was there before and is open.

    What SQLite lays beside it gets the same rights.
    """
    file.touch(mode=0o600, exist_ok=True)


def _kept_secret(file: Path) -> str:
    make_data_folder(file.parent)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secret)
    return secret

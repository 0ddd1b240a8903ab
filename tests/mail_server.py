"""A mail server of the test's own, and an application that knows it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from hiring.settings import MailSecurity, Settings


@dataclass
class Letters:
    """What the server took; ``refuses`` is what it answers instead of taking anything."""

    taken: list[EmailMessage] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    refuses: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Called by the server for each message."""
        if self.refuses:
            return self.refuses
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        self.addresses += envelope.rcpt_tos
        return "250 Taken"


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture
def letters() -> Iterator[tuple[Letters, int]]:
    """The letters that arrive, and the port of the server that takes them."""
    found = Letters()
    controller = Controller(found, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield found, controller.port
    controller.stop()


@pytest.fixture
def mailed(app: Flask, letters: tuple[Letters, int]) -> Letters:
    """The application sends its mail to the server of the test."""
    found, port = letters
    known: Settings = app.extensions["hiring_settings"]
    app.extensions["hiring_settings"] = known.model_copy(
        update={
            "mail_server": "127.0.0.1",
            "mail_port": port,
            "mail_security": MailSecurity.NONE,
            "mail_from": "Hiring <hiring@example.org>",
            "address": "https://hiring.example.org/",
        }
    )
    return found

"""Mail: one message to one person, handed to the mail server that an administrator has named."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from hiring.errors import Refused, SetupProblem
from hiring.i18n import _
from hiring.settings import MailSecurity, Settings

SECONDS = 20  # A server that has not answered by then is told of as out of reach.


class NotSent(Refused):
    """The mail server did not take the message; the sentence says what it answered."""


def letter(settings: Settings, name: str, address: str, subject: str, text: str) -> EmailMessage:
    """A plain message from this installation to one person."""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = Address(_on_one_line(name), addr_spec=address)
    message["Subject"] = _on_one_line(subject)
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2].strip("> ") or None)
    message["Auto-Submitted"] = "auto-generated"  # Absence notices do not answer it (RFC 3834).
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage) -> None:
    """Hands the message over; once this returns, the mail server has taken it.

    Raises SetupProblem where no mail server is set, and NotSent where it does not take the message.
    """
    if not settings.sends_mail:
        raise SetupProblem(
            "Mail is not set up: set HIRING_MAIL_SERVER and HIRING_MAIL_FROM, for example to "
            "mail.example.org and hiring@example.org."
        )
    try:
        with _connected(settings) as server:
            server.send_message(message)
    except smtplib.SMTPResponseException as problem:
        words = f"{problem.smtp_code} {_text(problem.smtp_error)}"
        raise NotSent(_("The mail server refused: %(words)s", words=words)) from None
    except smtplib.SMTPRecipientsRefused as problem:
        words = "; ".join(f"{code} {_text(said)}" for code, said in problem.recipients.values())
        raise NotSent(_("The mail server refused the address: %(words)s", words=words)) from None
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(_("The mail server could not be reached: %(words)s", words=str(problem))) from None


def _connected(settings: Settings) -> smtplib.SMTP:
    where = (settings.mail_server, settings.mail_port)
    if settings.mail_security is MailSecurity.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=SECONDS, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(*where, timeout=SECONDS)
    try:
        if settings.mail_security is MailSecurity.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        if settings.mail_username:
            server.login(settings.mail_username, settings.mail_password)
    except BaseException:
        server.close()
        raise
    return server


def _text(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

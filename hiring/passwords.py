"""Which passwords are refused, at every door alike."""

from __future__ import annotations

from typing import Any

from flask_security import PasswordUtil

from hiring.i18n import _

SHORTEST = 10
FEWEST_DIFFERENT_CHARACTERS = 5

# The commonest passwords that are long enough; guessing begins with them.
COMMONEST = """
    1234567890 0123456789 0987654321 9876543210 12345678910 123456789a qwertyuiop qwerty1234 qwerty12345
    1q2w3e4r5t q1w2e3r4t5 1qaz2wsx3edc asdfghjkl1 zxcvbnm123 abcdefghij abcd123456 password12 password123
    password1234 password12345 passw0rd123 p@ssword123 p@ssw0rd123 welcome123 welcome1234 letmein123
    changeme123 iloveyou123 administrator football123 interview123 interviewer
"""


class Passwords(PasswordUtil):
    """Refuses the passwords that others try first."""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        problems, normalised = super().validate(password, is_register, **about)
        return problems or _guessable(normalised.casefold(), about.get("user")), normalised


def _guessable(password: str, person: Any) -> list[str] | None:
    if password in COMMONEST.split():
        return [_("This password is among the first that others try. Choose another one.")]
    if len(set(password)) < FEWEST_DIFFERENT_CHARACTERS:
        return [_("Choose a password with more different characters.")]
    if person is not None and password in (person.email.casefold(), person.name.casefold()):
        return [_("Choose a password other than a name or an e-mail address.")]
    return None

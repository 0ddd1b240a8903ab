"""``hiring person``."""

from __future__ import annotations

import sys

import click
from sqlalchemy import exists, func, select

from hiring.accounts.operations import add_person, new_password, set_password
from hiring.accounts.queries import everybody
from hiring.commands.common import in_application
from hiring.commands.printing import format_option, print_list
from hiring.errors import Refused
from hiring.extensions import db
from hiring.labels import label
from hiring.models import Job, Person, RoleName

ROLES = click.Choice([role.value for role in RoleName])


def has_demo() -> bool:
    """Whether the demo organisation is present."""
    return bool(db.session.scalar(select(exists().where(Job.is_demo))))


def person_with(email: str) -> Person:
    """The person with this address.

    Raises Refused if there is none.
    """
    person = db.session.scalar(select(Person).where(Person.email == func.lower(email.strip())))
    if person is None:
        raise Refused(f"Nobody here has the e-mail address {email}.")
    return person


@click.group()
def person() -> None:
    """Add people and give them new passwords."""


@person.command()
@click.option("--name", required=True, help="The name that colleagues see.")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--role", "roles", multiple=True, required=True, type=ROLES, help="A role; may be repeated.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_application
def add(name: str, email: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Add a person; a password is made and printed unless one is given on standard input."""
    password = _typed_password() if password_stdin else new_password()
    added = add_person(name, email, [RoleName(role) for role in roles], password, by=None)
    click.echo(f"Added {added.name} as {', '.join(label(role) for role in added.role_names)}.")
    if not password_stdin:
        _print_sign_in(added.email, password)


@person.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_application
def password(email: str, password_stdin: bool) -> None:
    """Give the person with the address EMAIL a new password."""
    found = person_with(email)
    new = _typed_password() if password_stdin else new_password()
    set_password(found, new, by=None)
    click.echo(f"{found.name} has a new password.")
    if not password_stdin:
        _print_sign_in(found.email, new)


@person.command("list")
@format_option
@in_application
def list_people(form: str) -> None:
    """List everybody with an account."""
    rows = [
        {
            "id": each.id,
            "name": each.name,
            "email": each.email,
            "roles": ", ".join(each.role_names),
            "active": each.active,
        }
        for each in everybody()
    ]
    print_list(rows, form)


def _typed_password() -> str:
    try:
        typed = sys.stdin.readline().rstrip("\r\n")
        typed.encode()  # A stream in another encoding than UTF-8 may let through what cannot be stored.
    except UnicodeError:
        raise Refused("Write the password in UTF-8.") from None
    return typed


def _print_sign_in(email: str, password: str) -> None:
    click.echo(f"Sign in with {email} and the password {password}, which is shown only now.")

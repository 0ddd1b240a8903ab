"""``hiring init`` and ``hiring demo``."""

from __future__ import annotations

import click
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import select

from hiring.accounts.operations import add_person, found_organisation, new_password
from hiring.accounts.queries import UNNAMED
from hiring.authoring.operations import record_edition
from hiring.bank.indexing import catch_up
from hiring.commands.common import in_application
from hiring.commands.people import has_demo
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import Organisation, Paper, Person, RoleName
from hiring.settings import Settings
from question_bank import bank_version

DEMO_NAME = "Nordlys Service"


@click.command()
@click.option("--organisation", help="The organisation's name on pages and documents.")
@click.option("--paper", type=click.Choice([paper.value for paper in Paper]), default=Paper.A4.value)
@click.option("--admin-name", help="The name of the first administrator.")
@click.option("--admin-email", help="The first administrator's address to sign in with.")
@click.option("--if-needed", is_flag=True, help="Say little where nothing needs to be done.")
@in_application
def init(
    organisation: str | None,
    paper: str,
    admin_name: str | None,
    admin_email: str | None,
    if_needed: bool,
) -> None:
    """Prepare the database, and on request the organisation and its first administrator."""
    settings: Settings = current_app.extensions["hiring_settings"]
    _migrate()
    if organisation or db.session.get(Organisation, 1) is None:
        found_organisation(organisation or UNNAMED, Paper(paper), by=None)
    catch_up()
    click.echo(f"Data folder: {settings.data_folder}")
    click.echo(f"Database:    {settings.shown_database}")
    _note_edition()
    if admin_email:
        _add_administrator(admin_name or admin_email.split("@")[0], admin_email)
    elif not if_needed and db.session.scalar(select(Person.id).limit(1)) is None:
        click.echo("Nobody can sign in yet. Either add the first administrator:")
        click.echo('  hiring person add --name "Your name" --email you@example.org --role administrator')
        click.echo('or look around first, in the organisation that "hiring demo" makes.')


def _migrate() -> None:
    import logging

    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()


def _note_edition() -> None:
    changes = record_edition()
    if changes is None:
        return
    click.echo(f"Questions:   edition {bank_version()} of the question bank")
    if changes:
        added = sum(each.before is None for each in changes)
        gone = sum(each.after is None for each in changes)
        click.echo(
            f"             Since the last edition {added} phrases were added, "
            f"{len(changes) - added - gone} changed, {gone} are gone; see /bank/editions."
        )


def _add_administrator(name: str, email: str) -> None:
    password = new_password()
    added = add_person(name, email, [RoleName.ADMINISTRATOR], password, by=None)
    click.echo(f"{added.name} may sign in with {added.email} and the password {password}, shown only now.")


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where people or jobs exist already.")
@click.option("--remove", is_flag=True, help="Delete the demo organisation with all that belongs to it.")
@click.option(
    "--with-own-candidates", is_flag=True, help="With --remove: also those you added to the demo's jobs."
)
@in_application
def demo(if_empty: bool, remove: bool, with_own_candidates: bool) -> None:
    """Make the demo organisation and print the sign-in of each role.

    Where the demo exists already its people get new passwords, and nothing else changes.
    """
    from hiring.demo import build, removal

    if remove:
        if not has_demo():
            raise Refused("There is no demo organisation to remove.")
        removal.remove_demo(by=None, with_own_candidates=with_own_candidates)
        click.echo("The demo organisation is gone.")
        return
    present = has_demo()
    if if_empty and (present or db.session.scalar(select(Person.id).limit(1)) is not None):
        if present:
            click.echo(
                'The demo is there; "./run hiring demo" gives its people new passwords and prints them.'
            )
        return
    sign_ins = build.renew_passwords() if present else build.build_demo()
    click.echo("The demo organisation is ready. Sign in as")
    for each in sign_ins:
        click.echo(f"  {each.role:<16} {each.email:<28} {each.password}")
    click.echo('The passwords are shown only now; "hiring demo" makes new ones.')

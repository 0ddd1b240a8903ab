"""``hiring remind``: writes to those who owe a scorecard, once or again and again."""

from __future__ import annotations

import time

import click
from flask import current_app

from hiring.commands.common import in_application
from hiring.errors import SetupProblem
from hiring.extensions import db
from hiring.mail import NotSent
from hiring.models import now
from hiring.reminders.document import OwedSeat, current_rule, due_seats
from hiring.reminders.operations import claim_due
from hiring.reminders.post import deliver
from hiring.settings import Settings

NOT_SET_UP = (
    "Mail is not set up: set HIRING_MAIL_SERVER and HIRING_MAIL_FROM, for example to mail.example.org and "
    "hiring@example.org."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say who would be reminded, and write to nobody.")
@click.option(
    "--every",
    type=click.IntRange(1, 1440),
    metavar="MINUTES",
    help="Go on and look again after so many minutes.",
)
@in_application
def remind(dry_run: bool, every: int | None) -> None:
    """Remind those who owe a scorecard, by the organisation's rule. Run it every quarter of an hour."""
    settings: Settings = current_app.extensions["hiring_settings"]
    if not dry_run and not settings.sends_mail:
        raise SetupProblem(NOT_SET_UP)
    _round(settings, dry_run)
    while every:
        time.sleep(every * 60)
        _round(settings, dry_run)


def _round(settings: Settings, dry_run: bool) -> None:
    rule, moment = current_rule(), now()
    seats = due_seats(moment)
    db.session.rollback()  # Nothing is held while mail is sent.
    if not rule.is_on:
        click.echo(
            "Reminders are switched off; an administrator switches them on under /organisation/reminders."
        )
    elif rule.is_quiet(moment):
        click.echo(f"Quiet hours until {rule.next_open_hour(moment):%Y-%m-%d %H:%M}; nobody is written to.")
    elif not seats:
        click.echo("Nobody is due for a reminder.")
    for seat in seats:
        click.echo(_said(seat) if dry_run else _sent(seat, settings))


def _said(seat: OwedSeat) -> str:
    return (
        f"Would remind {seat.name} ({seat.job}, interview {seat.interview_id}, reminder {seat.next_number})."
    )


def _sent(seat: OwedSeat, settings: Settings) -> str:
    reminder = claim_due(seat, now())
    db.session.commit()
    if reminder is None:
        return f"{seat.name} owes nothing any more (interview {seat.interview_id})."
    try:
        deliver(reminder, settings)
        words = (
            f"Reminded {seat.name} ({seat.job}, interview {seat.interview_id}, reminder {seat.next_number})."
        )
    except NotSent as problem:
        words = f"Not sent to {seat.name}: {problem}"
    db.session.commit()
    return words

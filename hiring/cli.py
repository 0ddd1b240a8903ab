"""``hiring``: the command line tool, and how its errors are told."""

from __future__ import annotations

import os
import sys
import unicodedata
from importlib import import_module
from typing import TYPE_CHECKING

import click

from hiring import __version__
from hiring.errors import Refused, SetupProblem

if TYPE_CHECKING:
    from sqlalchemy.exc import DatabaseError

BAD_INPUT = 2

# A command's module is loaded when it is called, so that ``hiring --help`` answers at once.
COMMANDS = {
    "init": ("installation", "Prepare the database, the organisation and the first administrator."),
    "demo": ("installation", "Make, renew or remove the demo organisation."),
    "serve": ("serving", "Serve the product to browsers."),
    "person": ("people", "Add people and give them new passwords."),
    "bank": ("bank", "Check and list the question bank."),
    "job": ("listing", "List jobs."),
    "candidate": ("listing", "List a job's candidates."),
    "export": ("documents", "Make PDF documents."),
    "remind": ("remind", "Write to those who owe a scorecard."),
    "guide": ("guide", "Choose the best questions for some minutes."),
    "panel": ("panel", "Plan who interviews whom."),
    "audit": ("record", "Check that the record of who did what is whole."),
    "assess": ("assess", "Agreement, severity and ranks of the ratings in a file."),
    "adverse-impact": ("adverse_impact", "Compare the selection rates of the groups in a file."),
}


class Commands(click.Group):
    """The commands, each imported from ``hiring.commands`` when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _ = COMMANDS[name]
        found = import_module(f"hiring.commands.{module}")
        return getattr(found, name.replace("-", "_"))  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="hiring")
def hiring() -> None:
    """Structured interviews: guides, scorecards, comparisons and documents.

    The database is named by HIRING_DATABASE_URL; without it, it lies in a data folder
    of your own, which "hiring init" prints.
    """


def main() -> None:
    """Runs the command; bad input ends in one sentence and exit code 2."""
    # Our matrices are small: threads of their own would only wait for one another, in every server process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        _refuse_unreadable(sys.argv)
        hiring.main(prog_name="hiring", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(BAD_INPUT)
    except (Refused, SetupProblem) as problem:
        _give_up(str(problem))
    except _database_error() as problem:
        _give_up(_database_sentence(str(problem.orig)))


def _database_error() -> type[DatabaseError]:
    """What the database raises; asked for only when something was raised, for many commands need no database."""
    from sqlalchemy.exc import DatabaseError

    return DatabaseError


def _refuse_unreadable(words: list[str]) -> None:
    if any(unicodedata.category(letter) in ("Cc", "Cs") for word in words for letter in word):
        raise SetupProblem("Write the command in UTF-8, without control characters.")


def _give_up(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(BAD_INPUT)


def _database_sentence(problem: str) -> str:
    reason = problem.strip().splitlines()[0]
    if "no such table" in reason or "does not exist" in reason:
        return 'The database is not prepared; run "hiring init" first.'
    return f"The database cannot be used: {reason}."


if __name__ == "__main__":
    main()

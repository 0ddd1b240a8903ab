"""``hiring audit``: whether the record is whole, and its head to keep elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hiring.auditing.signing import head_file, new_key, read_head
from hiring.auditing.verification import Verified, head, verified
from hiring.commands.common import in_application
from hiring.commands.printing import print_json, wrapped
from hiring.errors import Refused
from hiring.models import now

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_NAMED = 50


@click.group("audit")
def audit() -> None:
    """The record of who did what."""


@audit.command("verify")
@click.option("--head", "noted", type=FILE, help="A head that was noted earlier; it must still be there.")
@click.option("--public-key", type=FILE, help="The key with which the head must be signed.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@in_application
def verify(noted: Path | None, public_key: Path | None, form: str) -> None:
    """Find entries that were changed, removed or put elsewhere, and name them; ends with 1 if there are any."""
    if public_key is not None and noted is None:
        raise Refused("Name the head that the key has signed with --head.")
    key = public_key.read_bytes() if public_key else None
    found = verified(read_head(noted.read_text("utf-8"), key) if noted else None)
    if form == "json":
        print_json(_data(found))
    else:
        for line in _lines(found):
            click.echo(line)
    if found.flaws:
        sys.exit(1)


@audit.command("head")
@click.option("--sign", "private_key", type=FILE, help="A private key, made with “hiring audit key”.")
@in_application
def head_command(private_key: Path | None) -> None:
    """Print the end of the record, to be kept where nobody who can change the record can change it."""
    click.echo(head_file(head(), now(), private_key.read_bytes() if private_key else None), nl=False)


@audit.command("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def key(file: Path) -> None:
    """Make a key to sign heads with: FILE, and FILE.pub for those who check."""
    public = file.with_name(file.name + ".pub")
    if file.exists() or public.exists():
        raise Refused(f"{file} is there already. Choose another name; a key is never overwritten.")
    private_key, public_key = new_key()
    file.touch(mode=0o600)
    file.write_bytes(private_key)
    public.write_bytes(public_key)
    click.echo(f"The key is in {file}; keep it secret. Whoever checks needs {public}.")


def _data(found: Verified) -> dict[str, object]:
    return {
        "entries": found.head.entries,
        "last": found.head.last,
        "chain": found.head.chain,
        "erased": found.erased,
        "flaws": [
            {"kind": each.kind.value, "entry": each.entry, "action": each.action} for each in found.flaws
        ],
    }


def _lines(found: Verified) -> list[str]:
    summary = f"{found.head.entries} entries, of which {found.erased} had their names taken out."
    if not found.flaws:
        return [*wrapped(f"The record is whole: {summary}"), f"Head: {found.head.chain}"]
    told = [line for each in found.flaws[:MOST_NAMED] for line in wrapped(each.sentence, "- ")]
    more = len(found.flaws) - MOST_NAMED
    return [
        *wrapped(f"The record is not as it was written. {summary}"),
        *told,
        *([f"- and {more} more"] if more > 0 else []),
    ]

"""Several documents as one ZIP archive, streamed: the first byte leaves with the first document, memory stays small.

The same documents always give the same archive. A table of its files, with checksums, comes last.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, cast

from hiring.export.tables import NO_MOMENT, Column, Table, as_csv
from hiring.i18n import _

MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Entry:
    """A file to be: its name, whom it is about, what its data are known by, and how it is made."""

    name: str
    about: str
    fingerprint: str
    make: Callable[[], bytes]


class _Drain:
    """A file that is only written to; what was written is taken out in between."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        """Keeps the bytes until they are taken."""
        self.written += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self.written)
        self.written.clear()
        return taken


def streamed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive, a piece for each file. The entries are made one after the other, as the pieces are asked for."""
    drain = _Drain()
    rows: list[tuple[str, str, int, str, str]] = []
    with zipfile.ZipFile(cast(IO[bytes], drain), "w", zipfile.ZIP_STORED) as packed:
        for entry in entries:
            content = entry.make()
            _add(packed, entry.name, content)
            rows.append(
                (entry.name, entry.about, len(content), sha256(content).hexdigest(), entry.fingerprint)
            )
            yield drain.take()
        _add(packed, MANIFEST, as_csv([_manifest(rows)]))
    yield drain.take()


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    facts = zipfile.ZipInfo(name, NO_MOMENT)
    facts.external_attr = 0o600 << 16
    packed.writestr(facts, content)


def _manifest(rows: list[tuple[str, str, int, str, str]]) -> Table:
    columns = (
        Column("file", _("File")),
        Column("about", _("Candidate")),
        Column("bytes", _("Bytes")),
        Column("sha256", "SHA-256"),
        Column("fingerprint", _("Data fingerprint")),
    )
    return Table("manifest", _("Manifest"), columns, tuple(rows))

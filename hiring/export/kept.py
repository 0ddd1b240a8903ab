"""Documents that were made a while ago, kept on disk so that the same state asked for again costs next to nothing.

A document is found by everything that decides its bytes, so that a changed state is never answered with an old
document. What cannot be kept or read is made anew: keeping is never in the way. A file holds personal data, so only
its owner reads it, and what nobody asked for within a day is deleted with the next document that is asked for.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ONE_DAY = 24 * 3600
SUFFIX = ".document"
CHECK = 32  # Bytes at the beginning of a file: the SHA-256 of the rest.


@dataclass(frozen=True)
class KeptDocuments:
    """A folder of at most ``most`` bytes; 0 keeps nothing."""

    folder: Path
    most: int

    def document(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The document kept under the key, else the one that ``make`` makes, kept from now on."""
        if not self.most:
            return make()
        kept = self._read(key)
        if kept is None:
            kept = make()
            self._keep(key, kept)
        with suppress(OSError):
            self._make_room()
        return kept

    def forget_everything(self) -> None:
        """Deletes all that is kept, as when somebody's data are erased."""
        for file in self._files():
            file.unlink(missing_ok=True)

    def _read(self, key: str) -> bytes | None:
        file = self._file(key)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        check, document = content[:CHECK], content[CHECK:]
        if sha256(document).digest() != check:
            with suppress(OSError):
                file.unlink()
            return None
        with suppress(OSError):
            os.utime(file)  # What is asked for again stays longest.
        return document

    def _keep(self, key: str, document: bytes) -> None:
        if len(document) + CHECK > self.most:
            return
        draft = self.folder / f"{secrets.token_hex(8)}.draft"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(sha256(document).digest() + document)
            draft.replace(self._file(key))
        except OSError:  # A full disk, or a folder that is not ours: then nothing is kept.
            with suppress(OSError):
                draft.unlink()

    def _make_room(self) -> None:
        """Deletes what is old, and then what nobody has asked for the longest."""
        left, oldest = self.most, time.time() - ONE_DAY
        known = sorted(((file.stat(), file) for file in self._files()), key=lambda pair: -pair[0].st_mtime)
        for facts, file in known:
            left -= facts.st_size
            if left < 0 or facts.st_mtime < oldest:
                file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return [*self.folder.glob(f"*{SUFFIX}"), *self.folder.glob("*.draft")]

    def _file(self, key: str) -> Path:
        return self.folder / f"{sha256(key.encode()).hexdigest()}{SUFFIX}"

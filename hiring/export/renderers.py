"""Warm renderers in processes of their own, so that a document neither holds up pages nor takes a server down.

A renderer that dies in the middle is replaced, and the document is made again once. One that has made many
documents, or has grown, is replaced after its document. None serves anybody else after something went wrong: an
answer that comes late must never reach the next person.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, LifoQueue
from shutil import rmtree
from tempfile import mkdtemp
from threading import Thread

from hiring.errors import Refused
from hiring.export.renderer import DOCUMENT, LACKING, TOO_LARGE, Answer, Asked
from hiring.i18n import _

TRIES = 2


@dataclass(frozen=True)
class Limits:
    """What a renderer may take: seconds for one document; documents, and MiB, after which it is replaced.

    What needs more than ``most_memory`` MiB is refused: that is the ceiling of each renderer.
    """

    seconds: float = 600
    documents: int = 500
    memory: float = 400
    most_memory: int = 2048


class RendererEnded(Exception):
    """The process died before it answered."""


class Renderer:
    """One process, the pipe to it, and a folder for its copies of fonts."""

    def __init__(self, most_memory: int) -> None:
        self.documents, self.peak = 0, 0.0
        self.folder = mkdtemp(prefix="hiring-renderer-")
        self.pipe, its_end = Pipe()
        with its_end:
            self.process = _started(its_end, self.folder, most_memory)
        self.mourner = Thread(target=self._bury, daemon=True)
        self.mourner.start()

    def answer(self, asked: Asked, seconds: float) -> Answer:
        """What the process makes of it.

        Raises RendererEnded if the process dies, and TimeoutError if it takes longer.
        """
        try:
            self.pipe.send(asked)
            if not self.pipe.poll(seconds):
                raise TimeoutError
            answer: Answer = self.pipe.recv()
        except TimeoutError:
            raise
        except (EOFError, OSError) as problem:
            raise RendererEnded from problem
        self.documents, self.peak = self.documents + 1, answer[2]
        return answer

    def end(self) -> None:
        """Ends the process at once, whatever it does."""
        self.process.kill()
        self.mourner.join()
        self.pipe.close()

    def _bury(self) -> None:
        """Waits for the end, so that no dead process is left in the table and no font in the folder."""
        self.process.wait()
        rmtree(self.folder, ignore_errors=True)


class Place:
    """A place for one renderer, which is started when it is needed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.renderer: Renderer | None = None

    def answer(self, asked: Asked) -> Answer:
        """What a renderer makes of it; whatever goes wrong ends the renderer."""
        if self.renderer is None or self.renderer.process.poll() is not None:
            self.clear()
            self.renderer = Renderer(self.limits.most_memory)
        renderer = self.renderer
        try:
            answer = renderer.answer(asked, self.limits.seconds)
        except BaseException:
            self.clear()
            raise
        if answer[0] != DOCUMENT or self._is_spent(renderer):
            self.clear()
        return answer

    def clear(self) -> None:
        """Ends the renderer, if there is one."""
        renderer, self.renderer = self.renderer, None
        if renderer:
            renderer.end()

    def _is_spent(self, renderer: Renderer) -> bool:
        return renderer.documents >= self.limits.documents or renderer.peak > self.limits.memory


class Renderers:
    """At most so many renderers; the one used last is used first, so that the others may end idle."""

    def __init__(self, most: int, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.places = [Place(self.limits) for _number in range(most)]
        self.free: LifoQueue[Place] = LifoQueue()
        self.ended = False
        for place in self.places:
            self.free.put(place)

    def render(self, asked: Asked) -> bytes:
        """The document.

        Raises Refused with what the person who asked can do if it cannot be made.
        """
        try:
            place = self.free.get(timeout=self.limits.seconds)
        except Empty:
            raise Refused(
                _("Too many documents are being made at the moment; try again in a few minutes.")
            ) from None
        try:
            kind, content, _peak = self._answer(place, asked)
        finally:
            self.free.put(place)
        return _document(kind, content)

    def end(self) -> None:
        """Ends every renderer; no new one is started."""
        self.ended = True
        for place in self.places:
            place.clear()

    def _answer(self, place: Place, asked: Asked) -> Answer:
        for _try in range(TRIES):
            with suppress(RendererEnded):
                return self._once(place, asked)
        raise Refused(_too_large())

    def _once(self, place: Place, asked: Asked) -> Answer:
        if self.ended:
            raise Refused(_("The server is being stopped; ask for the document again in a minute."))
        try:
            return place.answer(asked)
        except TimeoutError:
            raise Refused(
                _(
                    "The document was given up after %(minutes)s minutes; export less at once, "
                    "for example the evidence on one skill.",
                    minutes=round(self.limits.seconds / 60),
                )
            ) from None


def lacks_pango() -> Refused:
    """What to do on a server that lacks the library that draws text."""
    return Refused(
        _(
            "PDF documents need the library Pango, which this server lacks: install libpango-1.0-0, "
            "libpangoft2-1.0-0 and libharfbuzz-subset0 on Debian or Ubuntu, or pango with Homebrew on macOS."
        )
    )


def _document(kind: str, content: bytes) -> bytes:
    if kind == LACKING:
        raise lacks_pango()
    if kind == TOO_LARGE:
        raise Refused(_too_large())
    if kind != DOCUMENT:
        raise RuntimeError(content.decode())
    return content


def _too_large() -> str:
    return _(
        "The document could not be made, probably because it is too large; export less at once, "
        "for example the evidence on one skill."
    )


def _started(pipe: Connection, folder: str, most_memory: int) -> subprocess.Popen[bytes]:
    """A fresh Python: a fork would take along whatever the server's other threads hold at the moment."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "hiring.export.renderer",
        str(pipe.fileno()),
        folder,
        str(most_memory),
    ]
    return subprocess.Popen(  # noqa: S603  # A command of our own.
        command,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        pass_fds=[pipe.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )

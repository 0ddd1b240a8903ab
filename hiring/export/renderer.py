"""One renderer in a process of its own: ``python -m hiring.export.renderer PIPE FOLDER MIB``, started by
``renderers``.

Takes one document after the other from the pipe and answers with a kind, the document or what went wrong, and the
most memory that it ever used, in MiB. It ends when the pipe is closed, when nobody has asked for a while, and when
the process that started it is gone. Nothing of the database is loaded here, so that it stays small.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from contextlib import redirect_stdout, suppress
from datetime import datetime
from io import StringIO
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree
from threading import Thread
from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from hiring.export.engine import Engine

DOCUMENT, LACKING, TOO_LARGE, FAILED = "document", "lacking", "too large", "failed"
IDLE_SECONDS = 600.0
MEBIBYTE = 1024 * 1024

Answer = tuple[str, bytes, float]


class LacksPango(Exception):
    """The library that draws text is not there."""


class Asked(TypedDict):
    """What ``Engine.render`` takes."""

    html: str
    title: str
    language: str
    paper: str
    created: datetime | None
    grey: NotRequired[bool]
    files: NotRequired[tuple[tuple[str, bytes], ...]]
    archive: NotRequired[bool]


def main() -> None:
    """Renders until the pipe named on the command line is closed."""
    pipe, folder = Connection(int(sys.argv[1])), sys.argv[2]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends its renderers.
    tempfile.tempdir = folder
    _bound_memory(int(sys.argv[3]))
    gc.disable()
    Thread(target=_end_with, args=(os.getppid(), folder), daemon=True).start()
    with suppress(EOFError, OSError):
        serve(pipe, IDLE_SECONDS)
    rmtree(folder, ignore_errors=True)


def serve(pipe: Connection, idle: float) -> None:
    """Answers what is asked; gives up after so many seconds without a question."""
    engine: Engine | None = None
    while pipe.poll(idle):
        asked: Asked = pipe.recv()
        try:
            engine = engine or _new_engine()
            answer = DOCUMENT, engine.render(**asked)
        except MemoryError:
            answer = TOO_LARGE, b""
        except LacksPango:
            answer = LACKING, b""
        except Exception:
            answer = FAILED, traceback.format_exc().encode()
        pipe.send((*answer, peak()))
        gc.collect()  # Nobody waits now.


def peak() -> float:
    """The most memory that this process ever used, in MiB."""
    with suppress(OSError, StopIteration):
        # getrusage counts what the process that started this one had used by then; Linux knows better.
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (MEBIBYTE if sys.platform == "darwin" else 1024)


def _new_engine() -> Engine:
    try:
        with redirect_stdout(StringIO()):  # WeasyPrint prints a page of advice, which we say in a sentence.
            from hiring.export.engine import Engine
    except OSError as problem:
        raise LacksPango from problem
    return Engine()


def _bound_memory(mebibytes: int) -> None:
    with suppress(OSError, ValueError):  # Not every system knows such a limit.
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * MEBIBYTE, hard))


def _end_with(parent: int, folder: str) -> None:
    """A killed server leaves neither a renderer nor its copies of fonts behind."""
    while os.getppid() == parent:
        time.sleep(1)
    rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main()

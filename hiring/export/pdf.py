"""HTML in, PDF out. WeasyPrint is loaded with the first document, not with the application."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING

from hiring.export.renderer import Asked
from hiring.export.renderers import Renderers, lacks_pango
from hiring.models import Paper

if TYPE_CHECKING:
    from hiring.export.engine import Engine

__all__ = ["Paper", "render_pdf"]

DOCUMENTS_PER_ENGINE = 500  # Pango keeps what it has measured; now and then it starts afresh.

_one_at_a_time = Lock()
_engine: Engine | None = None
_rendered = 0
_renderers: Renderers | None = None


def render_pdf(
    html: str,
    *,
    title: str,
    language: str,
    paper: Paper = Paper.A4,
    created: datetime | None = None,
    grey: bool = False,
    files: Sequence[tuple[str, bytes]] = (),
    archive: bool = False,
) -> bytes:
    """The document as a tagged PDF in our own fonts: PDF/UA-1, or PDF/A-3a for an archive, around ``files`` of data.

    ``created``, in UTC, is written into the file; the same arguments always give the same bytes.
    Raises Refused if the server lacks the library that draws text, and if a renderer's limits do not suffice.
    """
    asked: Asked = {
        "html": html,
        "title": title,
        "language": language,
        "paper": paper.value,
        "created": created,
        "grey": grey,
        "files": tuple(files),
        "archive": archive,
    }
    if _renderers is not None:
        return _renderers.render(asked)
    with _one_at_a_time, _without_collecting():
        return _warm_engine().render(**asked)


def processes() -> int:
    """How many documents can be made at the same time."""
    return len(_renderers.places) if _renderers is not None else 1


def use_processes(most: int) -> None:
    """From now on documents are made by so many processes beside this one, each started when it is needed."""
    global _renderers
    end_processes()
    _renderers = Renderers(most)


@atexit.register
def end_processes() -> None:
    """Ends the processes; from now on documents are made in this one."""
    global _renderers
    if _renderers is not None:
        _renderers.end()
    _renderers = None


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Python looks for garbage again and again among the millions of parts of a document, of which none is any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _warm_engine() -> Engine:
    global _engine, _rendered
    if _engine is None or _rendered >= DOCUMENTS_PER_ENGINE:
        _engine, _rendered = _new_engine(), 0
    _rendered += 1
    return _engine


@atexit.register
def _release() -> None:
    """The engine's copies of fonts are deleted while Python can still do it."""
    global _engine
    _engine = None


def _new_engine() -> Engine:
    try:
        with redirect_stdout(StringIO()):  # WeasyPrint prints a page of advice, which we say in a sentence.
            from hiring.export.engine import Engine
    except OSError as problem:
        raise lacks_pango() from problem
    return Engine()

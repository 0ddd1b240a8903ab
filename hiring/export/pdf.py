"""HTML in, PDF out. WeasyPrint is loaded with the first document, not with the application."""

from __future__ import annotations

import atexit
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING

from hiring.errors import Refused
from hiring.i18n import _
from hiring.models import Paper

if TYPE_CHECKING:
    from hiring.export.engine import Engine

__all__ = ["Paper", "render_pdf"]

DOCUMENTS_PER_ENGINE = 500  # Pango keeps what it has measured; now and then it starts afresh.

_one_at_a_time = Lock()
_engine: Engine | None = None
_rendered = 0


def render_pdf(
    html: str, *, title: str, language: str, paper: Paper = Paper.A4, created: datetime | None = None
) -> bytes:
    """The document as a tagged PDF (PDF/UA-1) in our own fonts.

    ``created``, in UTC, is written into the file; the same arguments always give the same bytes.
    Raises Refused if the server lacks the library that draws text.
    """
    with _one_at_a_time:
        return _warm_engine().render(html, title=title, language=language, paper=paper, created=created)


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
        raise Refused(
            _(
                "PDF documents need the library Pango, which this server lacks: install libpango-1.0-0, "
                "libpangoft2-1.0-0 and libharfbuzz-subset0 on Debian or Ubuntu, or pango with Homebrew on macOS."
            )
        ) from problem
    return Engine()

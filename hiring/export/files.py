"""Names of documents, and how they are handed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from flask import Response

from hiring.export.tables import MIME_TYPES, DataFormat

MOST_BYTES = 200  # File systems take 255; programs that save add their own " (1)".


def file_name(kind: str, *parts: object, suffix: str = "pdf") -> str:
    """A name that every system can store: ``file_name("interview guide", "Support agent", "v2")`` is
    ``interview-guide-support-agent-v2.pdf``. Letters of all scripts are kept.
    """
    words = [_slug(str(part)) for part in (kind, *parts)]
    name = "-".join(word for word in words if word).encode()[:MOST_BYTES].decode(errors="ignore")
    return f"{name.strip('-') or 'document'}.{suffix}"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).lower()
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in plain)
    return re.sub("-+", "-", kept).strip("-")


def pdf_response(pdf: bytes, name: str) -> Response:
    """The document as a download that is neither stored on the way nor taken for something else."""
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def data_response(content: bytes, ending: DataFormat, name: str) -> Response:
    """A file of data as a download of the same manners."""
    response = pdf_response(content, name)
    response.mimetype = MIME_TYPES[ending]
    return response


def stream_response(pieces: Iterator[bytes], name: str) -> Response:
    """An archive as a download of the same manners, sent while it is made."""
    response = Response(pieces, mimetype="application/zip")
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def content_disposition(name: str) -> str:
    """The header for a download (RFC 6266): plain letters for old programs, all letters for the others."""
    stem, _dot, suffix = name.rpartition(".")
    return f"attachment; filename=\"{_plain(stem)}.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-") or "document"

"""The head of the record in a file that can be kept elsewhere, signed if there is a key (Ed25519, RFC 8032)."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from hiring.auditing.verification import Head
from hiring.errors import Refused
from hiring.i18n import _


def new_key() -> tuple[bytes, bytes]:
    """A fresh private key and its public one, as PEM."""
    key = Ed25519PrivateKey.generate()
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def head_file(head: Head, noted_at: datetime, private_key: bytes | None = None) -> str:
    """The head as JSON: ``entries``, ``last``, ``chain``, ``noted_at`` and, with a key, ``signature``.

    Raises Refused if the key is none.
    """
    said = {**asdict(head), "noted_at": noted_at.isoformat()}
    if private_key is not None:
        try:
            key = load_pem_private_key(private_key, password=None)
        except (ValueError, TypeError):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise Refused(_("This is no private key in the form that “hiring audit key” writes."))
        said["signature"] = base64.b64encode(key.sign(_signed(said))).decode()
    return json.dumps(said, indent=2) + "\n"


def read_head(text: str, public_key: bytes | None = None) -> Head:
    """The head in a file.

    Raises Refused if the file is no head, or, with a key, where the signature is missing or not of this key.
    """
    try:
        said = json.loads(text)
        head = Head(int(said["entries"]), int(said["last"]), str(said["chain"]))
    except (ValueError, KeyError, TypeError):
        raise Refused(_("This file is no head of the record, as “hiring audit head” writes it.")) from None
    if public_key is not None:
        _check(said, public_key)
    return head


def _check(said: dict[str, object], public_key: bytes) -> None:
    signature = said.pop("signature", "")
    try:
        key = load_pem_public_key(public_key)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise Refused(_("This is no public key in the form that “hiring audit key” writes."))
    try:
        key.verify(base64.b64decode(str(signature)), _signed(said))
    except (InvalidSignature, ValueError):
        raise Refused(_("The head was not signed with this key, or was changed since.")) from None


def _signed(said: dict[str, object]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

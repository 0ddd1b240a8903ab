"""How often one may try to sign in: counted in the database, so that all processes and restarts count together.

An account is closed for a while after so many failures, whether it exists or not, and so is a place on the network from
which many accounts are tried (OWASP ASVS 5, 6.3.1). Nothing readable is stored, and nothing beyond the while.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address

from sqlalchemy import delete, func, select

from hiring.extensions import db
from hiring.models import FailedSignIn, now

WINDOW = timedelta(minutes=15)
MOST_FOR_ACCOUNT = 10
MOST_FROM_PLACE = 100


def keys_of(email: str, place: str | None, secret: str) -> dict[str, int]:
    """The keys under which an attempt counts, each with how many failures are let pass.

    Behind a proxy that says nothing of whom it speaks for, everybody comes from the machine itself; such places are not
    counted.
    """
    keys = {_keyed(f"account {email.strip().casefold()}", secret): MOST_FOR_ACCOUNT}
    if place and not _is_here(place):
        keys[_keyed(f"place {place}", secret)] = MOST_FROM_PLACE
    return keys


def minutes_to_wait(keys: Mapping[str, int]) -> int:
    """For how many minutes nobody may try under one of the keys; 0 if one may."""
    longest = 0
    for key, most in keys.items():
        since = now() - WINDOW
        query = select(func.count(), func.min(FailedSignIn.at)).where(
            FailedSignIn.key == key, FailedSignIn.at > since
        )
        count, first = db.session.execute(query).one()
        if count >= most:
            longest = max(longest, math.ceil((first - since).total_seconds() / 60))
    return longest


def note_failure(keys: Mapping[str, int]) -> None:
    """Counts a failure under each key, and forgets what is past."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at <= now() - WINDOW))
    db.session.add_all(FailedSignIn(key=key) for key in keys)


def forget_account(keys: Mapping[str, int]) -> None:
    """After the right password: the failures of the account count no more, those of the place do."""
    own = [key for key, most in keys.items() if most == MOST_FOR_ACCOUNT]
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.key.in_(own)))


def _keyed(text: str, secret: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _is_here(place: str) -> bool:
    try:
        return ip_address(place).is_loopback
    except ValueError:
        return True

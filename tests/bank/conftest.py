"""A database in which the bank has been made searchable, and own words to look for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade

from hiring.app import create_app
from hiring.bank.indexing import catch_up
from hiring.extensions import db
from hiring.models import BankEntry, BankRevision, EntryKind, Person, RevisionStatus
from tests.conftest import settings_in


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As for all tests, with what can be searched for."""
    folder = tmp_path_factory.mktemp("searchable")
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        catch_up()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder / "hiring.sqlite3"


AddProbe = Callable[..., BankEntry]


def add_probe(
    by: Person,
    question: str,
    language: str = "en",
    status: RevisionStatus = RevisionStatus.ACTIVE,
    ident: str = "empathy-o1",
) -> BankEntry:
    """An own probe for empathy with one question."""
    entry = BankEntry(kind=EntryKind.PROBE, ident=ident, skill_id="empathy", language=language)
    entry.revisions = [revision(by, probe(ident, question), status)]
    db.session.add(entry)
    db.session.flush()
    return entry


def revision(by: Person, content: dict[str, Any], status: RevisionStatus, number: int = 1) -> BankRevision:
    """Words as somebody wrote them, reviewed if they are in use."""
    reviewer = by if status in (RevisionStatus.REVIEWED, RevisionStatus.ACTIVE) else None
    return BankRevision(
        number=number, status=status, content=content, reason="A test.", author=by, reviewed_by=reviewer
    )


def probe(ident: str, question: str) -> dict[str, Any]:
    """What a file of the bank would say of a probe with one question."""
    asked = {"id": f"{ident}-q1", "form": "main", "kind": "behavioural", "text": question}
    return {"id": ident, "questions": [asked], "follow_ups": [{"star": "A", "text": "And then?"}]}
